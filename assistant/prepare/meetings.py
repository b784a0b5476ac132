"""A meeting to prepare: minutes or a summons, from the index, a file or pasted text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document
from ingest.errors import BereddError, ReadError
from ingest.formats import read_source
from ingest.formats.source import Source
from ingest.parts import Part, PartKind
from ingest.structure import analyse, minutes_agenda
from vectorstore.errors import IndexMissing
from vectorstore.index import Index
from vectorstore.reading import Reading, read_one
from vectorstore.stored import Entry, Stored

_ITEMS = (PartKind.AGENDA_ITEM, PartKind.PARAGRAPH)
_HEADS = (PartKind.SECTION, PartKind.MINUTES_HEAD)
_LONGEST_TEXT = 400_000
"""Characters of pasted text that are read: more than any summons has."""


class NoItems(BereddError):
    """There are no items of a meeting: the paper holds none, or is not there."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting's paper and its items in order.

    Attributes:
        indexed: True where the paper is in the index, so that its places can be opened.
    """

    stored: Stored
    items: tuple[Part, ...]
    indexed: bool

    @property
    def body(self) -> str | None:
        """Who meets."""
        return next((item.body for item in self.items if item.body), None)

    @property
    def date(self) -> str | None:
        """ISO date of the meeting."""
        return next((item.date for item in self.items if item.date), None)

    @property
    def title(self) -> str:
        """What the paper calls itself."""
        heads = (part.title for part in self.stored.parts if part.kind in _HEADS)
        return next((title for title in heads if title), self.stored.document.title)


def listed(index: Index) -> tuple[Entry, ...]:
    """The indexed papers of meetings, minutes and summonses, by title."""
    found = [entry for entry in index.entries.values() if entry.kind in ("minutes", "agenda")]
    return tuple(sorted(found, key=lambda entry: (entry.title.lower(), entry.file)))


def meant(index: Index, name: str) -> Meeting:
    """The meeting of an indexed document, or of a file.

    A file that is in the index as it is counts as the indexed document.

    Raises:
        BereddError: there is no such document or file, or it holds no items.
    """
    path = Path(name)
    if name not in index.entries and path.is_file():
        return _of_file(index, path)
    try:
        return in_index(index, index.find(name))
    except IndexMissing as error:
        raise BereddError(
            f'"{name}" is neither a file nor an indexed document. '
            "List what is indexed with: beredd documents"
        ) from error


def in_index(index: Index, file: str) -> Meeting:
    """The meeting of an indexed document. Raises BereddError."""
    stored = index.document(file)
    if stored is None:
        raise NoItems(f"{file} is not in the index. List what is with: beredd documents")
    return _meeting(stored, indexed=True)


def of_text(text: str, name: str) -> Meeting:
    """The meeting of pasted text; `name` is shown as its file. Raises BereddError."""
    if len(text) > _LONGEST_TEXT:
        raise BereddError(f"The text is longer than {_LONGEST_TEXT} characters. Paste less of it.")
    if not text.strip():
        raise BereddError("There is no text. Paste the summons or the agenda.")
    document = read_source(Source(name, text.encode("utf-8", "replace")), ".txt")
    return _meeting(Stored(document, analyse(document)), indexed=False)


def of_reading(index: Index | None, reading: Reading) -> Meeting:
    """The meeting of a file that has been read. Raises BereddError."""
    if reading.document is None:
        failure = reading.failure
        if failure is None:
            raise NoItems(f"{reading.file} could not be read.")
        raise ReadError(f"{failure.file}: {failure.reason}", failure.remedy)
    for entry in index.entries.values() if index else ():
        if index and entry.digest.partition(":")[0] == reading.document.digest:
            return in_index(index, entry.file)
    return _meeting(Stored(reading.document, reading.parts), indexed=False)


def _of_file(index: Index, path: Path) -> Meeting:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    for entry in index.entries.values():
        if entry.digest.partition(":")[0] == digest:
            return in_index(index, entry.file)
    return of_reading(None, read_one(path, path.name))


def _meeting(stored: Stored, *, indexed: bool) -> Meeting:
    items = _items(stored.parts)
    if not items and not indexed:
        # A bare list of items calls itself nothing, but can be read as an agenda all the same.
        stored = Stored(stored.document, _as_agenda(stored.document) or stored.parts)
        items = _items(stored.parts)
    if not items:
        raise NoItems(
            f"{stored.document.file} holds no items of a meeting. "
            "Give minutes, a summons or an agenda with numbered items."
        )
    return Meeting(stored, items, indexed)


def _items(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.kind in _ITEMS)


def _as_agenda(document: Document) -> tuple[Part, ...]:
    return minutes_agenda.parts(document)
