"""Feeds damaged files to the whole reading: python -m tests.fuzz_readers --n COUNT [PATH…].

Every damaged file must become a document with parts, records and passages that are what their spans
say, or a failure with its reason. Anything else, and any file that takes too long, is printed with
what it takes to repeat it, and ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import random
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from ingest.formats import FORMATS
from tests.reading_holds import check
from vectorstore.reading import read_one

SLOW = frozenset({".doc", ".rtf"})
"""Formats that start a program for each file; damaged only when named by `--slow`."""
TIME_LIMIT_S = 20.0
"""Processor time for one file: a busy machine makes nothing fail."""
_LARGEST = 3_000_000
_AT_ONCE = 50
"""Files to one call of the worker."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A damaged file that was neither read nor refused."""

    file: str
    seed: int
    error: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one damaged file gave: "read", "refused" or a failure."""

    what: str
    suffix: str
    seconds: float
    failure: Failure | None = None


class _TooSlow(BaseException):
    """Raised by the alarm; no reader's own `except Exception` may catch it."""


def files(paths: Sequence[Path], *, slow: bool, largest: int = _LARGEST) -> list[Path]:
    """The files to damage, below the paths."""
    found = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return sorted(
        file
        for file in found
        if file.suffix.lower() in FORMATS
        and (slow or (file.suffix.lower() not in SLOW and "skannad" not in file.name))
        and file.is_file()
        and 0 < file.stat().st_size <= largest
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


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises `_TooSlow` after so much processor time, where the system has alarms."""
    if not hasattr(signal, "SIGPROF"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def attempt(file: Path, seed: int, limit_s: float = TIME_LIMIT_S) -> Outcome:
    """Damages and reads one file through to its passages."""
    data = damaged(file.read_bytes(), random.Random(seed)) or b" "
    suffix = file.suffix.lower()
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"skadad{suffix}")
        path.write_bytes(data)
        try:
            with _limited(limit_s):
                reading = read_one(path, file.name)
                check(reading)
            what, error = ("refused" if reading.failure else "read"), ""
        except _TooSlow:
            what, error = "failed", f"took more than {limit_s:.0f} s\n{traceback.format_exc(-4)}"
        except Exception:
            what, error = "failed", traceback.format_exc(limit=-4)
    failure = Failure(str(file), seed, error) if error else None
    return Outcome(what, suffix, time.process_time() - began, failure)


def tries(count: int, chosen: Sequence[Path], seed: int) -> list[tuple[Path, int]]:
    """Which files are damaged with which seeds, taking the formats in turn."""
    by_format: dict[str, list[Path]] = {}
    for file in chosen:
        by_format.setdefault(file.suffix.lower(), []).append(file)
    kinds = sorted(by_format)
    numbered = ((by_format[kinds[i % len(kinds)]], seed + i) for i in range(count))
    return [(random.Random(n).choice(group), n) for group, n in numbered]


def run(count: int, chosen: Sequence[Path], seed: int = 0) -> list[Failure]:
    """Reads `count` damaged files in this process; the failures."""
    outcomes = (attempt(file, n) for file, n in tries(count, chosen, seed))
    return [outcome.failure for outcome in outcomes if outcome.failure]


def outcomes(todo: Sequence[tuple[Path, int]]) -> Iterator[Outcome]:
    """Reads damaged files in a process that may die of them; a death is a failure."""
    context = multiprocessing.get_context("spawn")
    at = 0
    size = _AT_ONCE
    while at < len(todo):
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            try:
                while at < len(todo):
                    some = todo[at : at + size]
                    yield from pool.submit(_several, some).result()
                    at += len(some)
                    size = _AT_ONCE
            except BrokenProcessPool:
                if size == 1:
                    file, n = todo[at]
                    yield Outcome("failed", file.suffix, 0.0, Failure(str(file), n, "it crashed"))
                    at += 1
                size = 1


def _several(some: Sequence[tuple[Path, int]]) -> list[Outcome]:
    return [attempt(file, n) for file, n in some]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs="*", default=[Path("samples")])
    parser.add_argument("--n", type=int, default=1000, help="how many files (default: 1000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--largest", type=int, default=_LARGEST, help="bytes; larger are left out")
    parser.add_argument("--slow", action="store_true", help="also doc, rtf and scans")
    given = parser.parse_args()
    chosen = files(given.paths, slow=given.slow, largest=given.largest)
    if not chosen:
        print("No files to damage.", file=sys.stderr)
        return 2
    began = time.perf_counter()
    seen: list[Outcome] = []
    for outcome in outcomes(tries(given.n, chosen, given.seed)):
        seen.append(outcome)
        if outcome.failure:
            wrong = outcome.failure
            print(f"{wrong.file} (seed {wrong.seed})\n{wrong.error}", file=sys.stderr, flush=True)
    print(_summary(seen, len(chosen), time.perf_counter() - began))
    return 1 if any(outcome.failure for outcome in seen) else 0


def _summary(seen: Sequence[Outcome], count: int, seconds: float) -> str:
    whats = Counter(outcome.what for outcome in seen)
    kinds = sorted({outcome.suffix for outcome in seen})
    told = ", ".join(f"{whats[what]} {what}" for what in ("read", "refused", "failed"))
    slowest = max(outcome.seconds for outcome in seen)
    return (
        f"{len(seen)} damaged copies of {count} files ({' '.join(kinds)}): {told}. "
        f"{seconds:.0f} s; the slowest took {slowest:.1f} s of processor time."
    )


if __name__ == "__main__":
    sys.exit(main())
