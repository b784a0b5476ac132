"""Ingestion: from files to a stored index, a batch at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import BereddError
from ingest.formats import Failure, Found, discover
from vectorstore.examination import UNFINISHED
from vectorstore.index import Index
from vectorstore.lock import writing
from vectorstore.plan import Plan, plan
from vectorstore.reading import READING_VERSION, Reading, read_all
from vectorstore.storing import Batch, Embeds, Writer

_PASSAGES_A_BATCH = 1500
"""How many passages are embedded and written together: more sort better by length, fewer lose
less when the process is killed."""
_STALE = 0.1
"""Where more of the lexical index are passages that have been deleted, it is filled anew."""
_FIRST_BATCH = 300
"""The first batch is small, so that embedding soon has something to do."""


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
    mask: bool = False,
    progress: Progress | None = None,
    wait_s: float = 600.0,
) -> Report:
    """Reads files and folders into an index; files that have not changed are left alone.

    What was stored before stays if its file can no longer be read; the failure is reported.

    Args:
        prune: also removes documents whose files are gone.
        mask: masks personal numbers, from now on in whatever is read into this index.
        wait_s: how long to wait for another writer.

    Raises:
        BereddError: the index cannot be written; what was stored stays, and the next run goes on.
    """
    progress = progress or Progress()
    with _writing(index, progress, wait_s):
        if mask and not index.manifest.masked:
            index.advance(masked=True)
        found, failures = discover(paths)
        return _ingest(index, embeds, found, failures, progress, prune=prune)


def reread(
    index: Index,
    embeds: Embeds,
    files: Sequence[str],
    *,
    progress: Progress | None = None,
    wait_s: float = 600.0,
) -> Report:
    """Reads documents that are indexed once more from where they came, changed or not.

    Args:
        files: ids of documents; others are left out.

    Raises:
        BereddError: as `ingest` does.
    """
    progress = progress or Progress()
    with _writing(index, progress, wait_s):
        here = [file for file in files if file in index.entries]
        found = [Found(Path(index.entries[file].source), file) for file in here]
        return _ingest(index, embeds, found, (), progress, again=frozenset(here))


@contextmanager
def _writing(index: Index, progress: Progress, wait_s: float) -> Iterator[None]:
    with writing(index.folder, wait_s=wait_s, waiting=progress.waiting):
        index.refresh()
        try:
            yield
        except OSError as error:
            raise BereddError(
                f"The index in {index.folder} cannot be written: {error.strerror or error}. "
                "Make room or mend the permissions and run the command again; it goes on where "
                "it stopped."
            ) from error


def _ingest(
    index: Index,
    embeds: Embeds,
    found: Sequence[Found],
    failures: Sequence[Failure],
    progress: Progress,
    *,
    prune: bool = False,
    again: frozenset[str] = frozenset(),
) -> Report:
    mask = index.manifest.masked
    sources, digests, unread = _digests(found, mask)
    todo = plan(
        {f: "" if f in again else entry.digest for f, entry in index.entries.items()},
        digests,
        gone=_gone(index, sources, prune),
    )
    dirty = index.folder / UNFINISHED
    if dirty.exists():
        index.heal()
    if todo.write or todo.removed:
        dirty.touch()
    failures = [*failures, *unread]
    warnings: dict[str, tuple[str, ...]] = {}
    sizes = {file: sources[file].path.stat().st_size for file in todo.write}
    progress.start(len(sizes), sum(sizes.values()))
    readings = read_all([sources[file] for file in todo.write], mask=mask)
    with Writer(index, embeds) as writer:
        for batch in _batches(_watched(readings, sizes, progress)):
            failures.extend(r.failure for r in batch if r.failure)
            good = [r for r in batch if r.document]
            warnings |= _warned(good)
            writer.put(Batch(good, sources, digests), progress.embed, _told(batch, sizes, progress))
    _remove(index, todo.removed)
    if index.lexical.deleted_share() > _STALE:
        index.lexical.refill(index.advance(), index.store.all_passages())
    dirty.unlink(missing_ok=True)
    return _report(todo, failures, warnings)


def _digests(
    found: Iterable[Found], mask: bool
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
        digests[item.file] = f"{bytes_digest}:{READING_VERSION}{':masked' if mask else ''}"
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


def _told(
    batch: Sequence[Reading], sizes: Mapping[str, int], progress: Progress
) -> Callable[[], None]:
    def tell() -> None:
        for reading in batch:
            progress.stored(reading.file, sizes[reading.file])

    return tell


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    size, enough = 0, _FIRST_BATCH
    for reading in readings:
        batch.append(reading)
        size += len(reading.passages)
        if size >= enough:
            yield batch
            batch, size, enough = [], 0, _PASSAGES_A_BATCH
    if batch:
        yield batch


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
