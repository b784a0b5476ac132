"""Waiting for a database that another program has locked, and not for ever.

Chroma waits without an end. SQLite's lock on a database is a lock on some of its bytes, and the
system tells who holds it: the file is asked, never opened by a second SQLite in this process. It is
not closed again either, for closing a file gives up every lock that a process has on it.
Only where the system is Linux: elsewhere nothing is asked.
"""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
from pathlib import Path

from vectorstore.errors import IndexBusy

WAIT_S = 20.0
"""How long a database that another program holds is waited for."""
_SHARED = 0x40000000 + 2, 510
"""The bytes that a reader locks together with others, and a writer alone (SQLite's os.h)."""
_FLOCK = "hhqqi4x"
"""struct flock: kind, from where, start, length, process."""
_PAUSE_S = 0.05
_open: dict[tuple[int, int], int] = {}
_guard = threading.Lock()


def wait_until_free(database: Path, wait_s: float = WAIT_S) -> None:
    """Returns when no other process holds the database for itself.

    Raises:
        IndexBusy: one still does after `wait_s` seconds.
    """
    ends = time.monotonic() + wait_s
    while holder := _holder(database):
        if time.monotonic() >= ends:
            raise IndexBusy(
                f"Another program (process {holder}) has locked {database}. "
                "Close it, and try again: nothing is lost."
            )
        time.sleep(_PAUSE_S)


def _holder(database: Path) -> int | None:
    """The process that lets nobody read, or None."""
    if sys.platform != "linux":
        return None
    import fcntl

    try:
        found = database.stat()
        with _guard:
            key = (found.st_dev, found.st_ino)
            if key not in _open:
                _open[key] = os.open(database, os.O_RDONLY | os.O_CLOEXEC)
        wanted = struct.pack(_FLOCK, fcntl.F_RDLCK, os.SEEK_SET, *_SHARED, 0)
        kind, _, _, _, process = struct.unpack(
            _FLOCK, fcntl.fcntl(_open[key], fcntl.F_GETLK, wanted)
        )
    except OSError:  # not there, or on a disk without locks: Chroma says what it meets
        return None
    return None if kind == fcntl.F_UNLCK else process or -1
