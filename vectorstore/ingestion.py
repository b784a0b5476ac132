"""Ingestion: from files to a stored index, a batch at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.document import Document
from ingest.errors import BereddError
from ingest.formats import Failure, Found, discover
from ingest.parts import Part
from ingest.passages import Passage
from vectorstore.index import Index
from vectorstore.lock import writing
from vectorstore.plan import Plan, plan
from vectorstore.reading import READING_VERSION, Reading, read_all
from vectorstore.store import Vectors, text_digest, to_embed
from vectorstore.stored import Entry, Stored, kind_of

_PASSAGES_A_BATCH = 1500
"""How many passages are embedded and written together: more sort better by length, fewer lose
less when the process is killed."""

_DIRTY = ".unfinished"


class Embeds(Protocol):
    """What ingestion needs of an embedding model."""

    def passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of texts, `(len(texts), dimensions)` float32."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an ingest tells how far it has come; every call may be left silent.

    Attributes:
        start: called once with the number of files to read and their bytes.
        read: called with each file read.
        embed: called with (passages done, passages of the batch).
        stored: called with each file stored.
        waiting: called with the holder of the lock before waiting for it.
    """

    start: Callable[[int, int], None] = lambda files, size: None
    read: Callable[[str, int], None] = lambda file, size: None
    embed: Callable[[int, int], None] = lambda done, total: None
    stored: Callable[[str, int], None] = lambda file, size: None
    waiting: Callable[[str], None] = lambda holder: None


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, by document id; `warnings` by document id too."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    warnings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def ingest(
    index: Index,
    embeds: Embeds,
    paths: Sequence[Path],
    *,
    prune: bool = False,
    progress: Progress | None = None,
    wait_s: float = 600.0,
) -> Report:
    """Reads files and folders into an index; files that have not changed are left alone.

    What was stored before stays if its file can no longer be read; the failure is reported.

    Args:
        prune: also removes documents whose files are gone.
        wait_s: how long to wait for another writer.

    Raises:
        BereddError: the index cannot be written; what was stored stays, and the next run goes on.
    """
    progress = progress or Progress()
    with writing(index.folder, wait_s=wait_s, waiting=progress.waiting):
        index.refresh()
        try:
            return _ingest(index, embeds, paths, prune, progress)
        except OSError as error:
            raise BereddError(
                f"The index in {index.folder} cannot be written: {error.strerror or error}. "
                "Make room or mend the permissions and run the command again; it goes on where "
                "it stopped."
            ) from error


def _ingest(
    index: Index, embeds: Embeds, paths: Sequence[Path], prune: bool, progress: Progress
) -> Report:
    found, failures = discover(paths)
    sources, digests, unread = _digests(found)
    todo = plan(
        {file: entry.digest for file, entry in index.entries.items()},
        digests,
        gone=_gone(index, sources, prune),
    )
    dirty = index.folder / _DIRTY
    if dirty.exists():
        index.heal()
    if todo.write or todo.removed:
        dirty.touch()
    failures = [*failures, *unread]
    warnings: dict[str, tuple[str, ...]] = {}
    sizes = {file: sources[file].path.stat().st_size for file in todo.write}
    progress.start(len(sizes), sum(sizes.values()))
    readings = read_all([sources[file] for file in todo.write])
    for batch in _batches(_watched(readings, sizes, progress)):
        failures.extend(r.failure for r in batch if r.failure)
        good = [r for r in batch if r.document]
        warnings |= _warned(good)
        _write(index, embeds, good, sources, digests, progress)
        for reading in batch:
            progress.stored(reading.file, sizes[reading.file])
    _remove(index, todo.removed)
    dirty.unlink(missing_ok=True)
    return _report(todo, failures, warnings)


def _digests(
    found: Iterable[Found],
) -> tuple[dict[str, Found], dict[str, str], list[Failure]]:
    sources, digests, unread = {}, {}, []
    for item in found:
        try:
            with item.path.open("rb") as file:
                bytes_digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            unread.append(
                Failure(
                    item.file,
                    f"it cannot be opened ({error.strerror})",
                    "Check that you may read it and ingest again.",
                )
            )
            continue
        sources[item.file] = item
        digests[item.file] = f"{bytes_digest}:{READING_VERSION}"
    return sources, digests, unread


def _gone(index: Index, sources: Mapping[str, Found], prune: bool) -> Iterator[str]:
    """Stored ids to remove: files now known by another id, and with `prune` those that are gone."""
    here = {os.path.realpath(item.path): file for file, item in sources.items()}
    for file, entry in index.entries.items():
        renamed = here.get(entry.source, file) != file
        if renamed or (prune and not Path(entry.source).exists()):
            yield file


def _watched(
    readings: Iterable[Reading], sizes: Mapping[str, int], progress: Progress
) -> Iterator[Reading]:
    for reading in readings:
        progress.read(reading.file, sizes[reading.file])
        yield reading


def _warned(readings: Iterable[Reading]) -> dict[str, tuple[str, ...]]:
    """What a person should know about the reading of each document, where there is anything."""
    found = {r.file: r.document.warnings for r in readings if r.document}
    return {file: warnings for file, warnings in found.items() if warnings}


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    size = 0
    for reading in readings:
        batch.append(reading)
        size += len(reading.passages)
        if size >= _PASSAGES_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _write(
    index: Index,
    embeds: Embeds,
    readings: Sequence[Reading],
    sources: Mapping[str, Found],
    digests: Mapping[str, str],
    progress: Progress,
) -> None:
    """Embeds and stores a batch of documents, then tells the readers."""
    if not readings:
        return
    rows = [row for reading in readings for row in reading.passages]
    known = [reading.file for reading in readings if reading.file in index.entries]
    vectors = _vectors(index, embeds, rows, known, progress)
    at = 0
    for reading in readings:
        assert reading.document is not None
        here = slice(at, at + len(reading.passages))
        at = here.stop
        _put(index, reading.document, reading.parts, rows[here], vectors[here],
             digests[reading.file], sources[reading.file])  # fmt: skip
    index.lexical.update(index.advance(), rows, [reading.file for reading in readings])


def _put(
    index: Index,
    document: Document,
    parts: tuple[Part, ...],
    rows: Sequence[Passage],
    vectors: Vectors,
    digest: str,
    source: Found,
) -> None:
    stale: set[str] = set()
    if document.file in index.entries:
        stale = set(index.store.passage_ids(document.file)) - {row.id for row in rows}
    index.store.put_passages(rows, vectors, digest)
    entry = _entry(document, parts, rows, digest, source)
    index.store.put_document(Stored(document, parts), entry)
    index.store.delete_passages(sorted(stale))


def _vectors(
    index: Index,
    embeds: Embeds,
    rows: Sequence[Passage],
    known: Sequence[str],
    progress: Progress,
) -> Vectors:
    """The vectors of passages; what a changed document still says is not embedded again."""
    kept = index.store.vectors_by_text(known)
    texts = [to_embed(row) for row in rows]
    digests = [text_digest(text) for text in texts]
    new = [n for n, digest in enumerate(digests) if digest not in kept]
    fresh = embeds.passages([texts[n] for n in new], _counted(len(new), progress))
    vectors = np.empty((len(rows), index.manifest.dimensions), dtype=np.float32)
    for n, digest in enumerate(digests):
        if digest in kept:
            vectors[n] = kept[digest]
    if new:
        vectors[new] = fresh
    return vectors


def _entry(
    document: Document,
    parts: tuple[Part, ...],
    rows: Sequence[Passage],
    digest: str,
    source: Found,
) -> Entry:
    return Entry(
        file=document.file,
        title=document.title,
        kind=kind_of(parts),
        digest=digest,
        format=document.format,
        pages=len(document.pages),
        unreadable_pages=document.unreadable_pages,
        parts=len(parts),
        records=sum(len(part.records) for part in parts),
        passages=len(rows),
        ingested_at=datetime.now(UTC).isoformat(timespec="seconds"),
        source=os.path.realpath(source.path),
        warnings=document.warnings,
        parties=tuple(sorted({letters for part in parts for letters in _parties(part)})),
        bodies=tuple(sorted({part.body for part in parts if part.body})),
    )


def _parties(part: Part) -> set[str]:
    """Letters of the parties behind a part and its authors; names of no party are left out."""
    named = {*part.parties, *(author.party for author in part.authors if author.party)}
    return {letters for letters in named if len(letters) <= 4}


def _counted(total: int, progress: Progress) -> Callable[[int], None]:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        progress.embed(done, total)

    return advance


def _remove(index: Index, files: Sequence[str]) -> None:
    if files:
        for file in files:
            index.store.remove_document(file)
        index.lexical.update(index.advance(), (), files)


def _report(
    todo: Plan, failures: Sequence[Failure], warnings: Mapping[str, tuple[str, ...]]
) -> Report:
    failed = {failure.file for failure in failures}
    return Report(
        added=tuple(file for file in todo.added if file not in failed),
        changed=tuple(file for file in todo.changed if file not in failed),
        unchanged=todo.unchanged,
        removed=todo.removed,
        failed=tuple(failures),
        warnings=warnings,
    )
