"""What Chroma raises, told as errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vectorstore.errors import StoreFailed


class Guarded:
    """A Chroma collection whose failures are told as errors that say what to do."""

    def __init__(self, collection: Any, where: Path | str) -> None:
        self._collection, self._where = collection, where

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._collection, name)

        def guarded(*args: Any, **options: Any) -> Any:
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
