"""Documents as they are stored: the text, pages, marks, parts and records in one value."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import asdict, dataclass, fields
from typing import Any

from ingest import records
from ingest.document import Document, Mark, MarkKind, Page
from ingest.parts import Part, PartKind, Role
from ingest.records import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index lists of a document.

    Attributes:
        file: the document's id.
        digest: SHA-256 of the file's bytes and of what reading depends on (see `vectorstore.plan`).
        kind: the kind of its first paper, or "minutes".
        unreadable_pages: 1-based numbers.
        passages: how many passages it has.
        ingested_at: ISO time, UTC.
        source: the path it was read from, for `--prune` and for showing the original.
        parties: letters of the parties behind its papers. bodies: who meets or writes in them.
        personal_numbers: how many it holds. masked: they are masked in what is stored.
    """

    file: str
    title: str
    kind: str
    digest: str
    format: str
    pages: int
    unreadable_pages: tuple[int, ...]
    parts: int
    records: int
    passages: int
    ingested_at: str
    source: str
    warnings: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    personal_numbers: int = 0
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """A document with its parts, as the index holds it."""

    document: Document
    parts: tuple[Part, ...]

    def part(self, part_id: str) -> Part:
        """The part with this id. Raises KeyError."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)

    def part_at(self, offset: int) -> Part | None:
        """The part that holds the character at `offset`."""
        for part in self.parts:
            if part.start <= offset < part.end:
                return part
        return None


def kind_of(parts: tuple[Part, ...]) -> str:
    """The kind of a document by its parts: "minutes", "case_file", else its first part's kind."""
    kinds = [part.kind for part in parts if part.kind is not PartKind.TABLE_OF_CONTENTS]
    if PartKind.PARAGRAPH in kinds:
        return "minutes"
    if PartKind.AGENDA_ITEM in kinds:
        return "agenda"
    if len(set(kinds) - {PartKind.APPENDIX, PartKind.OTHER, PartKind.SECTION}) > 1:
        return "case_file"
    return kinds[0].value if kinds else PartKind.OTHER.value


def pack(stored: Stored) -> str:
    """The document as one compressed string of ASCII characters."""
    document = stored.document
    data = {
        "file": document.file,
        "digest": document.digest,
        "format": document.format,
        "title": document.title,
        "text": document.text,
        "pages": [asdict(page) for page in document.pages],
        "marks": [[m.kind.value, m.start, m.end, m.level] for m in document.marks],
        "warnings": list(document.warnings),
        "parts": [_part(part) for part in stored.parts],
    }
    raw = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(raw, 6)).decode("ascii")


def unpack(packed: str) -> Stored:
    """The inverse of `pack`. Raises ValueError for anything else."""
    try:
        data = json.loads(zlib.decompress(base64.b64decode(packed)))
    except zlib.error as error:
        raise ValueError("not a packed document") from error
    document = Document(
        file=data["file"],
        digest=data["digest"],
        format=data["format"],
        title=data["title"],
        text=data["text"],
        pages=tuple(Page(**page) for page in data["pages"]),
        marks=tuple(Mark(MarkKind(kind), *rest) for kind, *rest in data["marks"]),
        warnings=tuple(data["warnings"]),
    )
    return Stored(document, tuple(_typed(part) for part in data["parts"]))


def _part(part: Part) -> dict[str, Any]:
    data = {field.name: getattr(part, field.name) for field in fields(part)}
    data["authors"] = [asdict(author) for author in part.authors]
    data["records"] = [records.to_json(record) for record in part.records]
    return data


def _typed(data: dict[str, Any]) -> Part:
    data["kind"], data["role"] = PartKind(data["kind"]), Role(data["role"])
    data["authors"] = tuple(Person(**author) for author in data["authors"])
    data["records"] = tuple(records.from_json(record) for record in data["records"])
    for name in ("case_numbers", "parties", "unrecognised"):
        data[name] = tuple(data[name])
    return Part(**data)
