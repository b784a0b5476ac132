"""Examining an index: whether everything stored is what it should be. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import BereddError
from vectorstore import checksums, lexical
from vectorstore.errors import IndexDamaged
from vectorstore.manifest import Manifest
from vectorstore.rows import to_entry, to_passage
from vectorstore.store import Store, Vectors
from vectorstore.stored import Entry, Stored, unpack

UNFINISHED = ".unfinished"
"""Lies in the index folder while a writer works, and after one that was killed."""


class Fault(StrEnum):
    """What can be wrong with an index."""

    UNFINISHED = "unfinished"
    """A writer was killed; what it left is swept at the next ingest."""
    DATABASE = "database"
    """Chroma's database is damaged, or cannot be read."""
    ROW = "unreadable_row"
    """A document's row cannot be understood."""
    DIGEST = "digest"
    """A document's row is not of the file that it says."""
    SPAN = "span"
    """A record is not what stands at its place in the text."""
    MISSING = "missing_passages"
    """Passages of a document are gone, or are not what stands at their place in the text."""
    STRAY = "stray_passages"
    """Passages that belong to no document."""
    VECTOR = "vector"
    """Vectors of a document's passages have a wrong length, or hold no numbers."""
    LEXICAL_MISSING = "lexical_missing"
    LEXICAL_DAMAGED = "lexical_damaged"
    LEXICAL_BEHIND = "lexical_out_of_step"
    """The lexical index shows another state than the store, or other passages."""


LOST = (Fault.ROW, Fault.DIGEST, Fault.SPAN)
"""Faults for which a document can only be read again from its file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `file`: the document, where it is one's; `count`: how many passages or files."""

    fault: Fault
    file: str | None = None
    count: int = 1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination gave.

    Attributes:
        findings: empty if the index is sound.
        documents, passages, lexical: how many there are; passages that belong to no document are
            not counted.
        sources: the file that each damaged document was read from, where that is known.
    """

    findings: tuple[Finding, ...]
    documents: int
    passages: int
    lexical: int
    sources: Mapping[str, str]

    def files(self, *faults: Fault) -> list[str]:
        """The documents that have one of the faults."""
        return sorted({f.file for f in self.findings if f.fault in faults and f.file})


def examine(folder: Path, manifest: Manifest, store: Store) -> Examination:
    """Examines an index. Hold the writer's lock, or what is being written is taken for damage."""
    findings = [Finding(Fault.UNFINISHED)] if (folder / UNFINISHED).exists() else []
    entries: dict[str, Entry] = {}
    sources: dict[str, str] = {}
    ids: set[str] = set()
    for row_id, text, beside in store.document_rows():
        try:
            entry = to_entry(text)
        except IndexDamaged:
            findings.append(Finding(Fault.ROW, row_id))
            continue
        entries[entry.file] = entry
        faults = list(_document_faults(row_id, entry, beside, store, manifest, ids))
        if faults:
            sources[entry.file] = entry.source
        findings += faults
    findings += _strays(store, entries)
    shown = lexical.peek(folder / "lexical")
    findings += _lexical_faults(folder / "lexical", manifest, shown, ids)
    return Examination(tuple(findings), len(entries), len(ids), len(shown or ()), sources)


def _document_faults(
    row_id: str,
    entry: Entry,
    beside: Mapping[str, Any],
    store: Store,
    manifest: Manifest,
    ids: set[str],
) -> Iterator[Finding]:
    """The faults of one document; the ids of its passages are added to `ids`."""
    try:
        stored = unpack(str(beside["packed"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        yield Finding(Fault.ROW, row_id)
        return
    of_bytes = entry.digest.partition(":")[0]
    stated = (entry.file, entry.digest, stored.document.digest)
    if (row_id, beside.get("digest"), of_bytes) != stated:
        yield Finding(Fault.DIGEST, row_id)
    wrong = sum(1 for _ in _wrong_spans(stored))
    if wrong:
        yield Finding(Fault.SPAN, row_id, wrong)
    yield from _passage_faults(entry, stored, store, manifest, ids)


def _wrong_spans(stored: Stored) -> Iterator[str]:
    text = stored.document.text
    for part in stored.parts:
        if not 0 <= part.start <= part.end <= len(text):
            yield part.id
        for record in part.records:
            if record.text != text[record.start : record.end]:
                yield record.text


def _passage_faults(
    entry: Entry, stored: Stored, store: Store, manifest: Manifest, ids: set[str]
) -> Iterator[Finding]:
    text = stored.document.text
    sound = poor = 0
    for row_id, said, beside, vector in store.passage_rows(entry.file):
        if beside.get("digest") != entry.digest:
            continue  # a stray one
        ids.add(row_id)
        try:
            passage = to_passage(said, beside)
        except BereddError:
            continue
        sound += row_id == passage.id and passage.text == text[passage.start : passage.end]
        poor += not _is_vector(vector, manifest.dimensions)
    if sound != entry.passages:
        yield Finding(Fault.MISSING, entry.file, abs(entry.passages - sound))
    if poor:
        yield Finding(Fault.VECTOR, entry.file, poor)


def _is_vector(vector: Vectors, dimensions: int) -> bool:
    length = float(np.linalg.norm(vector))
    return vector.shape == (dimensions,) and 0.5 < length < 2.0


def _strays(store: Store, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    stray: Counter[str] = Counter()
    for _, beside in store.all_metadata():
        entry = entries.get(str(beside.get("file")))
        if entry is None or entry.digest != beside.get("digest"):
            stray[str(beside.get("file"))] += 1
    return (Finding(Fault.STRAY, file, count) for file, count in stray.items())


def _lexical_faults(
    folder: Path, manifest: Manifest, shown: frozenset[str] | None, ids: Iterable[str]
) -> Iterator[Finding]:
    if not (folder / "meta.json").exists():
        yield Finding(Fault.LEXICAL_MISSING)
        return
    damaged = checksums.damaged_segments(folder)
    if damaged or shown is None:
        yield Finding(Fault.LEXICAL_DAMAGED, count=len(damaged), detail=", ".join(damaged))
        return
    different = len(shown ^ frozenset(ids))
    if lexical.generation_of(folder) != manifest.generation or different:
        yield Finding(Fault.LEXICAL_BEHIND, count=different)
