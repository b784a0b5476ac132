"""Errors of the index."""

from __future__ import annotations

from ingest.errors import BereddError


class IndexMissing(BereddError):
    """There is no index where one was asked for."""


class IndexBusy(BereddError):
    """Another process is writing to the index."""


class IndexMismatch(BereddError):
    """The index was made by another model or another version."""


class IndexDamaged(BereddError):
    """The index cannot be read."""


class StoreFailed(BereddError):
    """The store could not be read or written: a full disk, a server that is gone."""
