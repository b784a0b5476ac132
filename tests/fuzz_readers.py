"""Feeds damaged files to the readers: python -m tests.fuzz_readers COUNT [PATH…] [--seed N].

Every damaged file must become a `Document` whose spans hold, or raise `ReadError`. Anything else
is printed with what it takes to repeat it, and ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.clean import clean
from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats import FORMATS, read_source
from ingest.formats.source import Source

SLOW = frozenset({".doc", ".rtf"})
"""Formats that start a program for each file; damaged only when named by `--slow`."""
_LARGEST = 3_000_000


@dataclass(frozen=True, slots=True)
class Failure:
    """A damaged file that was neither read nor refused."""

    file: str
    seed: int
    error: str


def files(paths: Sequence[Path], *, slow: bool) -> list[Path]:
    """The files to damage, below the paths."""
    found = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return sorted(
        file
        for file in found
        if file.suffix.lower() in FORMATS
        and (slow or file.suffix.lower() not in SLOW)
        and file.is_file()
        and 0 < file.stat().st_size <= _LARGEST
    )


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The bytes with a few random changes; in a zip archive often inside one of its parts."""
    if data.startswith(b"PK") and rng.random() < 0.6:
        return _damaged_part(data, rng)
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        _change(changed, rng)
    return bytes(changed)


def _damaged_part(data: bytes, rng: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            content = bytearray(old.read(name))
            if name == chosen:
                for _ in range(rng.choice((1, 2, 5))):
                    _change(content, rng)
            new.writestr(name, bytes(content))
    return stream.getvalue()


def _change(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data) + 1)
    size = rng.choice((1, 1, 4, 64, 1024))
    match rng.randrange(6):
        case 0:
            data[at : at + 1] = bytes([rng.randrange(256)])
        case 1:
            del data[at : at + size]
        case 2:
            data[at:at] = rng.randbytes(size)
        case 3:
            start = rng.randrange(len(data) + 1)
            data[at:at] = data[start : start + size]
        case 4:
            data[at : at + size] = bytes(size)
        case _:
            if rng.random() < 0.1:
                del data[at:]


def check(document: Document) -> None:
    """Raises AssertionError if a span of the document does not hold."""
    length = len(document.text)
    assert all(0 <= mark.start < mark.end <= length for mark in document.marks), "marks"
    assert all(0 <= page.start <= page.end <= length for page in document.pages), "pages"
    view = clean(document)
    assert len(view.text) == len(view.offsets), "clean"
    document.text.encode("utf-8")


def attempt(file: Path, seed: int) -> Failure | None:
    """Damages and reads one file; the failure, if it was neither read nor refused."""
    data = damaged(file.read_bytes(), random.Random(seed))
    source = Source(file=PurePosixPath(file.name).as_posix(), data=data or b" ")
    try:
        check(read_source(source))
    except ReadError:
        return None
    except Exception:
        return Failure(str(file), seed, traceback.format_exc(limit=-4))
    return None


def run(count: int, chosen: Sequence[Path], seed: int = 0) -> list[Failure]:
    """Reads `count` damaged files, taking the formats in turn; the failures."""
    by_format: dict[str, list[Path]] = {}
    for file in chosen:
        by_format.setdefault(file.suffix.lower(), []).append(file)
    kinds = sorted(by_format)
    tries = ((by_format[kinds[i % len(kinds)]], seed + i) for i in range(count))
    attempts = (attempt(random.Random(n).choice(group), n) for group, n in tries)
    return [failure for failure in attempts if failure]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("paths", type=Path, nargs="*", default=[Path("samples")])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slow", action="store_true", help="also doc and rtf")
    given = parser.parse_args()
    chosen = files(given.paths, slow=given.slow)
    if not chosen:
        print("No files to damage.", file=sys.stderr)
        return 2
    began = time.perf_counter()
    failures = run(given.count, chosen, given.seed)
    for failure in failures:
        print(f"{failure.file} (seed {failure.seed})\n{failure.error}", file=sys.stderr)
    seconds = time.perf_counter() - began
    print(f"{given.count} damaged files in {seconds:.0f} s: {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
