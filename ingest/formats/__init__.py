"""Readers: from a file's bytes to a `Document`."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document


def read(path: Path, file: str) -> Document:
    """Reads one file. `file` becomes the document's id.

    Raises:
        ReadError: the file cannot be read; it says why and what to do.
    """
    raise NotImplementedError
