"""A case over time: its papers from motion to decision, each with what it proposes or decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.prepare.points import Point, points, who
from assistant.prepare.register import Entry, Register, case_numbers
from assistant.prepare.sources import Sources, opening
from ingest.parts import Part, PartKind, Role
from vectorstore.index import Index
from vectorstore.stored import Stored

_ORDER = (
    (PartKind.MOTION, PartKind.INITIATIVE, PartKind.INTERPELLATION, PartKind.QUESTION),
    (PartKind.OFFICIAL_REPORT, PartKind.CONSULTATION, PartKind.REPLY, PartKind.AUDIT),
    (PartKind.AGENDA_ITEM,),
    (PartKind.YRKANDE, PartKind.ALTERNATIVE_PROPOSAL),
    (PartKind.COUNCIL_PROPOSAL, PartKind.EXTRACT, PartKind.PARAGRAPH),
    (PartKind.RESERVATION, PartKind.STATEMENT),
)
"""Which papers come first of those that have one date, as a case goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of a case: one step of it.

    Attributes:
        by: who signed or wrote it, and the parties behind it.
        numbers: its case numbers as written; another body's differ from the case's.
        points: what it proposes, decides or records, in its own order.
        copy: True for an extract of minutes that are a paper of the case themselves.
        source: where it begins.
    """

    file: str
    part_id: str
    title: str
    kind: PartKind
    role: Role
    date: str | None
    body: str | None
    paragraph: str | None
    by: tuple[str, ...]
    numbers: tuple[str, ...]
    points: tuple[Point, ...]
    copy: bool
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case and its papers, the earliest first; those without a date come last."""

    entry: Entry
    papers: tuple[Paper, ...]


def case(index: Index, register: Register, key: str, sources: Sources | None = None) -> Case | None:
    """The case with a key of the register, or None where there is none."""
    entry = register.entry(key)
    if entry is None:
        return None
    places = in_order(_places(index, register, entry.key))
    sources = sources or Sources()
    papers = tuple(paper(stored, part, sources) for stored, part in places)
    return Case(entry=entry, papers=_copies_marked(papers))


def paper(stored: Stored, part: Part, sources: Sources) -> Paper:
    """A part of a document as a paper of a case."""
    source = sources.cite(stored, opening(stored, part), part.role)
    return Paper(
        file=stored.document.file,
        part_id=part.id,
        title=part.title,
        kind=part.kind,
        role=part.role,
        date=dated(stored, part),
        body=part.body,
        paragraph=part.paragraph,
        by=who(part.authors, part.parties),
        numbers=tuple(reversed(case_numbers(part).values())),
        points=points(stored, part, sources),
        copy=False,
        source=source,
    )


def dated(stored: Stored, part: Part) -> str | None:
    """The date of a paper: its own, else that of its file where all of the file has one date."""
    dates = {other.date for other in stored.parts if other.date}
    return part.date or (dates.pop() if len(dates) == 1 else None)


def in_order(places: Iterable[tuple[Stored, Part]]) -> list[tuple[Stored, Part]]:
    """Papers by date, and within a day as a case goes."""
    return sorted(
        places,
        key=lambda place: (
            dated(*place) or "9999",
            _rank(place[1].kind),
            place[0].document.file,
            place[1].start,
        ),
    )


def _rank(kind: PartKind) -> int:
    return next((at for at, kinds in enumerate(_ORDER) if kind in kinds), len(_ORDER))


def _places(index: Index, register: Register, key: str) -> list[tuple[Stored, Part]]:
    found = []
    for file, part_id in register.places.get(key, ()):
        stored = index.document(file)
        part = next((p for p in stored.parts if p.id == part_id), None) if stored else None
        if stored is not None and part is not None:
            found.append((stored, part))
    return found


def _copies_marked(papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    minutes = {_meeting(p) for p in papers if p.kind is PartKind.PARAGRAPH}
    return tuple(
        replace(p, copy=True, points=())
        if p.kind is PartKind.EXTRACT and p.paragraph and _meeting(p) in minutes
        else p
        for p in papers
    )


def _meeting(paper: Paper) -> tuple[str | None, str | None, str | None]:
    return paper.body, paper.date, paper.paragraph
