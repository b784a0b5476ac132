"""Reading files in another process, ahead of the embedding that waits for them.

A reader that crashes or hangs on a hostile file takes its process with it, not the ingest.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats import Failure, Found, read
from ingest.headings import headings
from ingest.parts import Part
from ingest.passages import Passage, passages
from ingest.personal_numbers import masked
from ingest.structure import analyse

READING_VERSION = 15
"""Raise it when reading, parts, records or passages change: files are then read again."""

_AHEAD = 6
"""How many files may wait, read, for the embedding."""
TIME_LIMIT_S = 600.0
"""A file that takes longer to read than this is given up."""
MEMORY_LIMIT = 4 * 1024**3
"""Bytes of address space that the reading process, and every program that it starts, may take."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave: a document with parts and passages, or a failure.

    `personal_numbers`: how many the text holds, masked or not.
    """

    file: str
    document: Document | None = None
    parts: tuple[Part, ...] = ()
    passages: tuple[Passage, ...] = ()
    failure: Failure | None = None
    personal_numbers: int = 0


def read_one(path: Path, file: str, *, mask: bool = False) -> Reading:
    """Reads a file to its passages; a file that cannot be read becomes a failure.

    Args:
        mask: personal numbers are masked before anything else is made of the text.
    """
    try:
        document = read(path, file)
    except ReadError as error:
        return Reading(file, failure=Failure(file, error.reason, error.remedy))
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror})"
        return Reading(file, failure=Failure(file, reason, "Check that you may read it."))
    hidden, count = masked(document)
    document = hidden if mask else document
    parts = analyse(document)
    rows = tuple(passages(document, parts, headings))
    return Reading(file, document, parts, rows, personal_numbers=count)


def read_apart(path: Path, file: str) -> Reading:
    """Reads one file in a process of its own: what it does there cannot harm the caller."""
    return next(_until_broken(deque([Found(path, file)]), False))


def read_all(found: Sequence[Found], *, mask: bool = False) -> Iterator[Reading]:
    """Reads files in order, in a worker process that runs ahead of the caller."""
    rest = deque(found)
    while rest:
        yield from _until_broken(rest, mask)


def _until_broken(rest: deque[Found], mask: bool) -> Iterator[Reading]:
    """Reads until all is read or the worker dies; the file that killed it is a failure."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        max_workers=1, mp_context=context, initializer=_bounded, initargs=(MEMORY_LIMIT,)
    )
    running: deque[tuple[Found, Future[Reading]]] = deque()
    try:
        while rest or running:
            while rest and len(running) < _AHEAD:
                item = rest.popleft()
                running.append((item, pool.submit(read_one, item.path, item.file, mask=mask)))
            item, future = running.popleft()
            reading = _result(item, future)
            if reading is not None:
                yield reading
                continue
            rest.extendleft(waiting for waiting, _ in reversed(running))
            running.clear()
            yield Reading(item.file, failure=_crashed(item))
            return
    finally:
        for process in list((pool._processes or {}).values()) if running or rest else []:
            process.kill()
        pool.shutdown(wait=not (running or rest), cancel_futures=True)


def _result(item: Found, future: Future[Reading]) -> Reading | None:
    """The reading; None if the worker died or hangs on this file."""
    try:
        return future.result(timeout=TIME_LIMIT_S)
    except (BrokenProcessPool, TimeoutError):
        return None
    except MemoryError:
        return Reading(item.file, failure=_too_large(item))
    except Exception as error:  # a defect of a reader must not cost the other files
        return Reading(item.file, failure=_defect(item, error))


def _bounded(size: int) -> None:
    """Limits this process's memory to so many bytes, where the system can, and its life to its
    parent's: a pool's worker does not notice that the process it works for was killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, ValueError, OSError):
        return


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _crashed(item: Found) -> Failure:
    return Failure(
        item.file,
        "reading it crashed or took too long",
        "Open it in its own program, save it anew and ingest again.",
    )


def _too_large(item: Found) -> Failure:
    limit = f"{MEMORY_LIMIT // 1024**3} GB"
    return Failure(item.file, f"reading it needs more memory than {limit}", "Split it.")


def _defect(item: Found, error: Exception) -> Failure:
    return Failure(
        item.file,
        f"reading it failed ({type(error).__name__}: {error})",
        "Save it in another format, and report the fault.",
    )
