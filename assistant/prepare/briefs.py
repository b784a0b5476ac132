"""A brief for a meeting: for each item what is proposed, moved, decided before and missing.

Everything in a brief is a record or a span with its source; the words around them are in
`assistant/wording`, and what a brief looks like on paper is in `telling`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.prepare.attention import (
    ALTERNATIVES,
    Alarm,
    Missing,
    alarms,
    missing,
    weight,
)
from assistant.prepare.cases import Case, Paper, case, paper
from assistant.prepare.comparing import Pair, compare
from assistant.prepare.meetings import Meeting
from assistant.prepare.points import Point, PointKind, of
from assistant.prepare.register import Register, case_numbers
from assistant.prepare.sources import Sources, plain
from ingest.document import Span
from ingest.parts import Part, PartKind, Role
from ingest.records import Amount, DateNote, Decision, Demand, Record, Yrkande
from ingest.sentences import sentences
from vectorstore.index import Index
from vectorstore.stored import Stored

_MAIN = (PartKind.COUNCIL_PROPOSAL, PartKind.OFFICIAL_REPORT)
_LATER = (PartKind.PARAGRAPH, PartKind.EXTRACT)
_AHEAD = frozenset({"deadline", "valid_from", "valid_until", "postponed_to", "in_force"})
"""Dates that bind somebody; when a paper was written does not."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount or a date that binds. `text`: the clause or the point that it stands in."""

    value: str
    text: str
    source: Citation


@dataclass(frozen=True, slots=True)
class Difference:
    """The proposal on the table and one laid beside it."""

    first: Paper
    second: Paper
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of the meeting.

    Attributes:
        number: its place in the meeting, from 1.
        paper: the item itself, as the meeting's paper has it.
        proposals: papers of the case that propose something, up to the meeting.
        history: the case's other papers before the meeting, the earliest first.
        after: minutes of the meeting itself and whatever came later.
        differences: the proposal on the table against those laid beside it.
    """

    number: int
    paper: Paper
    case_number: str | None
    proposals: tuple[Paper, ...]
    history: tuple[Paper, ...]
    after: tuple[Paper, ...]
    differences: tuple[Difference, ...]
    amounts: tuple[Fact, ...]
    dates: tuple[Fact, ...]
    missing: tuple[Missing, ...]
    alarms: tuple[Alarm, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """What the item and the papers before it say, the item first."""
        return (*self.paper.points, *(point for p in self.history for point in p.points))


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A brief. `indexed`: whether the meeting's own paper can be opened in the index."""

    title: str
    file: str
    body: str | None
    date: str | None
    indexed: bool
    items: tuple[Item, ...]

    @property
    def first(self) -> tuple[Item, ...]:
        """The items that need attention, the most pressing first."""
        pressing = [item for item in self.items if weight(item.alarms)]
        return tuple(sorted(pressing, key=lambda item: -weight(item.alarms)))


def brief(index: Index, register: Register, meeting: Meeting) -> Brief:
    """The brief of a meeting over what is indexed."""
    sources = Sources()
    return Brief(
        title=meeting.title,
        file=meeting.stored.document.file,
        body=meeting.body,
        date=meeting.date,
        indexed=meeting.indexed,
        items=tuple(
            _item(index, register, meeting, number, part, sources)
            for number, part in enumerate(meeting.items, 1)
        ),
    )


def _item(
    index: Index, register: Register, meeting: Meeting, number: int, part: Part, sources: Sources
) -> Item:
    own = paper(meeting.stored, part, sources)
    others = _others(_cases(index, register, part, sources), own)
    before = tuple(p for p in others if not _after(p, meeting.date))
    proposals = tuple(p for p in before if of(p.points, PointKind.DEMAND))
    table = ([own] if of(own.points, PointKind.DEMAND) else []) + [
        p for p in reversed(proposals) if p.kind in _MAIN
    ]
    amounts, dates = _facts(meeting.stored, part, sources)
    deadlines = [fact.source for fact in dates]
    points = (*own.points, *(point for p in before for point in p.points))
    numbers = case_numbers(part)
    return Item(
        number=number,
        paper=own,
        case_number=next(reversed(numbers.values()), None) if numbers else None,
        proposals=proposals,
        history=before,
        after=tuple(p for p in others if _after(p, meeting.date)),
        differences=tuple(_differences(table, proposals)),
        amounts=amounts,
        dates=dates,
        missing=_missing(index, part, others, points),
        alarms=alarms(points, before, [fact.source for fact in amounts], deadlines),
    )


def _missing(
    index: Index, part: Part, others: Sequence[Paper], points: Sequence[Point]
) -> tuple[Missing, ...]:
    """What an item lacks; a § of minutes without a case number is the meeting's own business."""
    if part.case_number is None and part.kind is not PartKind.AGENDA_ITEM:
        return ()
    proposed = of(points, PointKind.DEMAND, PointKind.PROPOSED, PointKind.DECISION)
    return missing(
        part.title,
        part.case_number,
        others,
        proposed=bool(proposed),
        unreadable=_unreadable(index, others),
    )


def _cases(index: Index, register: Register, part: Part, sources: Sources) -> Iterable[Case]:
    for key in reversed(case_numbers(part)):
        found = case(index, register, key, sources)
        if found:
            yield found


def _others(cases: Iterable[Case], own: Paper) -> list[Paper]:
    """The papers of the item's cases but for the item itself and other items of its paper."""
    found = {(p.file, p.part_id): p for one in cases for p in one.papers if not p.copy}
    return [p for (file, _), p in found.items() if file != own.file]


def _after(found: Paper, date: str | None) -> bool:
    """True for what came after a meeting, its own minutes among it."""
    if date is None or found.date is None:
        return False
    return found.date > date or (found.date == date and found.kind in _LATER)


def _differences(table: Sequence[Paper], proposals: Sequence[Paper]) -> Iterable[Difference]:
    """The fullest proposal on the table against each one laid beside it."""
    main = max(table, key=lambda p: len(of(p.points, PointKind.DEMAND)), default=None)
    if main is None:
        return
    demands = of(main.points, PointKind.DEMAND)
    for other in proposals:
        if other.kind in ALTERNATIVES:
            pairs = compare(demands, of(other.points, PointKind.DEMAND))
            yield Difference(main, other, pairs)


def _facts(
    stored: Stored, part: Part, sources: Sources
) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The amounts and the binding dates of what an item proposes, moves or decides."""
    wholes = [r for r in part.records if isinstance(r, Demand | Decision | Yrkande)]
    amounts: dict[tuple[str, str], Fact] = {}
    dates: dict[tuple[str, str], Fact] = {}
    for record in part.records:
        whole = next((w for w in wholes if w.start <= record.start and record.end <= w.end), None)
        if isinstance(record, Amount) and (whole or part.kind is PartKind.AGENDA_ITEM):
            fact = _fact(stored, part, record, whole, record.purpose, sources)
            amounts.setdefault((fact.value, fact.text), fact)
        elif isinstance(record, DateNote) and record.meaning in _AHEAD:
            fact = _fact(stored, part, record, whole, None, sources)
            dates.setdefault((fact.value, fact.text), fact)
    return tuple(amounts.values()), tuple(dates.values())


def _fact(
    stored: Stored,
    part: Part,
    record: Record,
    whole: Record | None,
    clause: str | None,
    sources: Sources,
) -> Fact:
    span = Span(record.start, record.end)
    around = Span(whole.start, whole.end) if whole else _sentence(stored, part, record.start)
    text = plain(stored, around) if whole or not clause else clause
    source = sources.cite(stored, span, Role.INFORMATION)
    return Fact(plain(stored, span), text, source)


def _sentence(stored: Stored, part: Part, offset: int) -> Span:
    """The sentence of the part that holds the character at `offset`."""
    for start, end in sentences(stored.document.text[part.start : part.end]):
        if part.start + start <= offset < part.start + end:
            return Span(part.start + start, part.start + end)
    return Span(offset, offset + 1)


def _unreadable(index: Index, papers: Sequence[Paper]) -> tuple[str, ...]:
    files = dict.fromkeys(p.file for p in papers)
    entries = (index.entries.get(file) for file in files)
    return tuple(entry.file for entry in entries if entry and entry.unreadable_pages)
