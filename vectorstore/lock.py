"""One writer at a time: a lock file in the index folder that names its holder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from vectorstore.errors import IndexBusy, StoreFailed

_NAME = ".writer"


@contextmanager
def writing(
    folder: Path, *, wait_s: float = 0.0, waiting: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Holds the writer's lock of an index folder.

    The lock goes with the process: a killed writer holds nothing.

    Args:
        wait_s: how long to wait for another writer, in seconds.
        waiting: told who holds the lock before the wait begins.

    Raises:
        IndexBusy: another process still writes; the message names it.
        StoreFailed: the folder cannot be written.
    """
    lock = FileLock(folder / f"{_NAME}.lock")
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waiting:
                waiting(_holder(folder))
            lock.acquire(timeout=wait_s)
    except Timeout:
        raise IndexBusy(
            f"The index in {folder} is being written by {_holder(folder)}. "
            "Wait until it has finished, and run the command again."
        ) from None
    except OSError as error:
        raise StoreFailed(
            f"The folder {folder} cannot be written ({error.strerror}). Check its permissions, "
            "and whether its disk was mounted to be read only."
        ) from error
    try:
        (folder / _NAME).write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        (folder / _NAME).unlink(missing_ok=True)
        lock.release()


def _holder(folder: Path) -> str:
    try:
        return f"process {(folder / _NAME).read_text(encoding='utf-8')}"
    except OSError:
        return "another process"
