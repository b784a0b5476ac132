"""How fast papers are read: from the file to its parts and records, on one core."""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from eval.tables import lines_table
from ingest.errors import ReadError
from ingest.formats import discover, read
from ingest.structure import analyse

_WIDTH = 110


@dataclass(slots=True)
class _Sum:
    """What was read of one format.

    Attributes:
        reading, analysing: processor time in seconds, of this process alone: LibreOffice and
            Tesseract run in processes of their own.
    """

    files: int = 0
    failed: int = 0
    size: int = 0
    pages: int = 0
    parts: int = 0
    records: int = 0
    reading: float = 0.0
    analysing: float = 0.0


def main(argv: list[str]) -> int:
    """`python -m eval speed PATH…`: a table by format; 0 if every file was read, else 1."""
    made = argparse.ArgumentParser(
        prog="python -m eval speed",
        description="Read files into parts and records, one after the other, and time it.",
    )
    made.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    made.add_argument("--formats", nargs="+", default=(), metavar="SUFFIX", help="only these")
    args = made.parse_args(argv)
    sums = measured(args.paths, frozenset(args.formats))
    rows = [_row(name, of) for name, of in sorted(sums.items())]
    Console(width=_WIDTH).print(lines_table("", _COLUMNS, rows))
    return 1 if any(of.failed for of in sums.values()) else 0


def measured(paths: list[Path], formats: frozenset[str] = frozenset()) -> dict[str, _Sum]:
    """What was read, by the files' suffix without its dot; with `formats`, of those only."""
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for found in discover(paths)[0]:
        suffix = found.path.suffix.removeprefix(".").lower()
        if not formats or suffix in formats:
            _read(found.path, found.file, sums[suffix])
    return dict(sums)


def _read(path: Path, file: str, of: _Sum) -> None:
    of.files += 1
    of.size += path.stat().st_size
    began = time.process_time()
    try:
        document = read(path, file)
    except ReadError:
        of.failed += 1
        return
    seen = time.process_time()
    parts = analyse(document)
    of.reading += seen - began
    of.analysing += time.process_time() - seen
    of.pages += len(document.pages)
    of.parts += len(parts)
    of.records += sum(len(part.records) for part in parts)


_COLUMNS = (
    "format", "files", "failed", "MB", "pages", "parts", "records", "reading s", "parts s",
    "MB each s", "pages each s",
)  # fmt: skip


def _row(name: str, of: _Sum) -> list[str]:
    spent = of.reading + of.analysing or 1e-9
    return [
        name, str(of.files), str(of.failed), f"{of.size / 1e6:.1f}", str(of.pages), str(of.parts),
        str(of.records), f"{of.reading:.1f}", f"{of.analysing:.1f}", f"{of.size / 1e6 / spent:.2f}",
        f"{of.pages / spent:.0f}" if of.pages else "–",
    ]  # fmt: skip
