"""Storing what was read: a batch is embedded while the one before it is written."""

from __future__ import annotations

import contextlib
import ctypes
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from ingest.formats import Found
from ingest.parts import Part
from ingest.passages import Passage
from vectorstore.index import Index
from vectorstore.reading import Reading
from vectorstore.rows import text_digest, to_embed
from vectorstore.store import Vectors
from vectorstore.stored import Entry, Stored, kind_of


class Embeds(Protocol):
    """What ingestion needs of an embedding model."""

    def passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of texts, `(len(texts), dimensions)` float32."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Read documents to be stored together, with the files they came from.

    Attributes:
        readings: none of them a failure.
        sources: each document's file, by document id.
        digests: each file's digest, by document id.
    """

    readings: Sequence[Reading]
    sources: Mapping[str, Found]
    digests: Mapping[str, str]


class Writer:
    """Embeds batches in the caller's thread and writes each in another, one at a time, in order.

    Use it as a context: on leaving, what was put has been written, and an error of the writing is
    raised. A batch that could not be written ends the next `put`; nothing is written after it.
    """

    def __init__(self, index: Index, embeds: Embeds) -> None:
        self._index, self._embeds = index, embeds
        self._thread = ThreadPoolExecutor(1, "beredd-writer")
        self._running: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._wait()
        finally:
            self._thread.shutdown()

    def put(
        self, batch: Batch, embedded: Callable[[int, int], None], stored: Callable[[], None]
    ) -> None:
        """Embeds a batch, waits for the one before it, and has this one written.

        Args:
            embedded: called with (passages done, passages of the batch).
            stored: called, in the writing thread, when the batch is stored.
        """
        rows = [row for reading in batch.readings for row in reading.passages]
        known = [r.file for r in batch.readings if r.file in self._index.entries]
        vectors = _vectors(self._index, self._embeds, rows, known, embedded)
        self._wait()
        _give_back_memory()
        self._running = self._thread.submit(self._write, batch, rows, vectors, stored)

    def _wait(self) -> None:
        if self._running is not None:
            self._running.result()

    def _write(
        self,
        batch: Batch,
        rows: Sequence[Passage],
        vectors: Vectors,
        stored: Callable[[], None],
    ) -> None:
        """Stores a batch of documents, then tells the readers."""
        at = 0
        for reading in batch.readings:
            assert reading.document is not None
            here = slice(at, at + len(reading.passages))
            at = here.stop
            entry = _entry(reading, rows[here], batch, masked=self._index.manifest.masked)
            _put(self._index, Stored(reading.document, reading.parts), entry,
                 rows[here], vectors[here])  # fmt: skip
        if batch.readings:
            files = [reading.file for reading in batch.readings]
            self._index.lexical.update(self._index.advance(), rows, files)
        stored()


def _give_back_memory() -> None:
    """Returns freed memory to the system, where the C library can (glibc's `malloc_trim`).

    Batches of every shape leave the heap of each thread in fragments: without this an ingest of
    five thousand passages peaks at 2.8 GiB, with it at 2.0.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _put(
    index: Index, stored: Stored, entry: Entry, rows: Sequence[Passage], vectors: Vectors
) -> None:
    stale: set[str] = set()
    if entry.file in index.entries:
        stale = set(index.store.passage_ids(entry.file)) - {row.id for row in rows}
    index.store.put_passages(rows, vectors, entry.digest)
    index.store.put_document(stored, entry)
    index.store.delete_passages(sorted(stale))


def _vectors(
    index: Index,
    embeds: Embeds,
    rows: Sequence[Passage],
    known: Sequence[str],
    embedded: Callable[[int, int], None],
) -> Vectors:
    """The vectors of passages; what a changed document still says is not embedded again."""
    kept = index.store.vectors_by_text(known)
    texts = [to_embed(row) for row in rows]
    digests = [text_digest(text) for text in texts]
    new = [n for n, digest in enumerate(digests) if digest not in kept]
    fresh = embeds.passages([texts[n] for n in new], _counted(len(new), embedded))
    vectors = np.empty((len(rows), index.manifest.dimensions), dtype=np.float32)
    for n, digest in enumerate(digests):
        if digest in kept:
            vectors[n] = kept[digest]
    if new:
        vectors[new] = fresh
    return vectors


def _entry(reading: Reading, rows: Sequence[Passage], batch: Batch, *, masked: bool) -> Entry:
    document, parts = reading.document, reading.parts
    assert document is not None, "a failure is not stored"
    return Entry(
        file=document.file,
        title=document.title,
        kind=kind_of(parts),
        digest=batch.digests[document.file],
        format=document.format,
        pages=len(document.pages),
        unreadable_pages=document.unreadable_pages,
        parts=len(parts),
        records=sum(len(part.records) for part in parts),
        passages=len(rows),
        ingested_at=datetime.now(UTC).isoformat(timespec="seconds"),
        source=os.path.realpath(batch.sources[document.file].path),
        warnings=document.warnings,
        parties=tuple(sorted({letters for part in parts for letters in _parties(part)})),
        bodies=tuple(sorted({part.body for part in parts if part.body})),
        personal_numbers=reading.personal_numbers,
        masked=masked,
    )


def _parties(part: Part) -> set[str]:
    """Letters of the parties behind a part and its authors; names of no party are left out."""
    named = {*part.parties, *(author.party for author in part.authors if author.party)}
    return {letters for letters in named if len(letters) <= 4}


def _counted(total: int, embedded: Callable[[int, int], None]) -> Callable[[int], None]:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        embedded(done, total)

    return advance
