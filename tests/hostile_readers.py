"""Readers that fail on b.txt as hostile files make them fail; a process of its own imports them."""

from __future__ import annotations

import os
import time
from pathlib import Path

from vectorstore.reading import Reading, read_one


def hangs_on_b(path: Path, file: str, *, mask: bool = False) -> Reading:
    """Takes an hour."""
    if file == "b.txt":
        time.sleep(3600)
    return read_one(path, file)


def swells_on_b(path: Path, file: str, *, mask: bool = False) -> Reading:
    """Wants eight gigabytes."""
    if file == "b.txt":
        return Reading(file + str(len(bytearray(8 * 1024**3))))
    return read_one(path, file)


def dies_on_b(path: Path, file: str, *, mask: bool = False) -> Reading:
    """Ends as a segmentation fault would end it."""
    if file == "b.txt":
        os._exit(11)
    return read_one(path, file)
