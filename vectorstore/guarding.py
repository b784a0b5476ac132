"""What Chroma raises, told as errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vectorstore.errors import StoreFailed
from vectorstore.locked import wait_until_free

DATABASE = "chroma.sqlite3"
"""Chroma's database in its folder."""


class Guarded:
    """A Chroma collection whose failures are told as errors that say what to do.

    A database that another program holds is waited for, for `wait_s` seconds; then IndexBusy.
    """

    def __init__(self, collection: Any, where: Path | str, wait_s: float) -> None:
        self._collection, self._where, self._wait_s = collection, where, wait_s

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._collection, name)

        def guarded(*args: Any, **options: Any) -> Any:
            if isinstance(self._where, Path):
                wait_until_free(self._where / DATABASE, self._wait_s)
            with told(self._where):
                return method(*args, **options)

        return guarded


@contextmanager
def told(where: Path | str) -> Iterator[None]:
    """Turns Chroma's errors into StoreFailed; a programming error stays what it is."""
    try:
        yield
    except (TypeError, ValueError):
        raise
    except Exception as error:  # Chroma raises many kinds, some of them from Rust
        raise StoreFailed(
            f"The store at {where} failed ({error}). If the disk is full make room, if a server "
            "holds the store see that it runs, and run the command again: what was stored is kept."
        ) from error
