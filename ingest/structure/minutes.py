"""Minutes: every § with what was decided, moved, voted and noted in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.clean import Clean
from ingest.document import Document, Span
from ingest.grammar.dates import find_dates, first_date
from ingest.grammar.names import known_people, learn_parties
from ingest.parts import Part, PartKind, Role
from ingest.records import DateNote, Decision, Record, Vote
from ingest.structure.minutes_appendices import appendices, appendix_number
from ingest.structure.minutes_attendance import attendance, listed_attendance
from ingest.structure.minutes_decisions import (
    decides,
    decisions,
    inline_decisions,
    stated_decisions,
)
from ingest.structure.minutes_facts import facts
from ingest.structure.minutes_frame import Frame, Head, find_frame
from ingest.structure.minutes_opinions import chairs, opinions
from ingest.structure.minutes_sections import Section, sections
from ingest.structure.minutes_tables import voting_table
from ingest.structure.minutes_text import Stretch, body_in, lines, minutes_view, one_line
from ingest.structure.minutes_titles import Title, read_title, title_width
from ingest.structure.minutes_voters import (
    VotingList,
    listed_voters,
    table_list,
    vote_of,
    with_voters,
)
from ingest.structure.minutes_votes import votes
from ingest.structure.minutes_yrkanden import inline_yrkanden, yrkanden

_PROTOCOL = re.compile(
    r"(?i)\bprotokoll\b(?!sutdrag)|\bsammanträdesprotokoll\b|\bprotokoll\s*(?:nr|\(nr)"
    r"|\bsammanträdesdatum\b"
)
_EXTRACT = re.compile(r"(?i)\bprotokollsutdrag\b|\butdrag ur\b")
_SUMMONS = re.compile(r"(?i)\bkallelse\b|\bföredragningslista\b")
_MEETS = re.compile(r"(?i)\bsammanträdesdatum\b")
_NEAR = 120
"""How far after that word a page's head tells the body and the day, in characters."""
_DECIDING = re.compile(r"(?im)^[ \t]*(?:beslutande|närvarande(?: ledamöter)?)\b")
_ADJUSTED = re.compile(
    r"(?im)^[ \t]*(?:justerare|justerande|utse(?:s|dd) att justera|justerade? paragrafer|"
    r"paragrafer|(?:plats och )?tid för justering|justering(?:en)?s? (?:plats|dag|tid)\w*)\b"
)
"""Minutes that do not call themselves so tell who decided and who adjusts them."""
_NO_VOTES = ("statement", "reservation", "abstention", "earlier", "papers", "sent_to", "summary")
_HEAD_LENGTH = 3000  # characters of a document that tell its form, body and date


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What holds for every § of the minutes."""

    body: str | None
    date: str | None

    @property
    def year(self) -> int | None:
        return int(self.date[:4]) if self.date else None


def is_minutes(document: Document) -> bool:
    """True if the document is the minutes of a meeting, or an extract of several §§ of them; no
    summons, no rule book, no extract of one §."""
    view = minutes_view(document)
    heads = find_frame(view.text).heads
    if not heads or heads[0].start > len(view.text) // 2 + _HEAD_LENGTH:
        return False
    head = document.text[:_HEAD_LENGTH]
    told = _PROTOCOL.search(head) or _as_minutes(head[: _first_head(view, heads)])
    before = head[: told.start() if told else _HEAD_LENGTH]
    if _SUMMONS.search(before):
        return False
    decided = sum(_decides(inside) for inside in _inside(document, view, heads[:5]))
    extract = _is_extract(head, told)
    if extract or not told:
        return extract and decided > 1
    return decided > 0 and (len(heads) > 1 or heads[0].start < _HEAD_LENGTH)


def _is_extract(head: str, told: re.Match[str] | None) -> bool:
    """True if a document calls itself an extract before it speaks of minutes."""
    return bool(_EXTRACT.search(head[: told.start() if told else _HEAD_LENGTH]))


def _as_minutes(front: str) -> re.Match[str] | None:
    """What tells that a front page is that of minutes, where the word is not there."""
    return _DECIDING.search(front) if _ADJUSTED.search(front) else None


def _first_head(view: Clean, heads: tuple[Head, ...]) -> int:
    """Where the first § begins, in the document."""
    return view.offsets[heads[0].start]


def _decides(inside: tuple[Section, ...]) -> bool:
    return any(section.kind == "decision" for section in inside)


def _inside(
    document: Document, view: Clean, heads: tuple[Head, ...]
) -> Iterator[tuple[Section, ...]]:
    for a, b in _bounds(heads, len(view.text)):
        yield sections(Stretch(document, view, a, b))


def parts(document: Document) -> tuple[Part, ...]:
    """The minutes' parts: front page, table of contents, every §, appendices, in order.

    Empty where no § is found.
    """
    view = minutes_view(document)
    frame = find_frame(view.text)
    if not frame.heads:
        return ()
    local = learn_parties(view.text)
    meeting = _meeting(document, view, frame)
    known = known_people(view.text, local)
    everything = Stretch(document, view, 0, len(view.text), local, known)
    last = _bounds(frame.heads, len(view.text))[-1]
    tail = appendices(everything, last)
    end = tail[0].start if tail else len(view.text)
    lists = [each for a in tail if (each := listed_voters(a, appendix_number(a)))]
    found = [
        *_front(everything, frame, meeting),
        *_paragraphs(everything, frame, end, meeting, lists),
        *(_appendix(a, meeting) for a in tail),
    ]
    return _covering(document, found)


def _bounds(heads: tuple[Head, ...], end: int) -> list[tuple[int, int]]:
    starts = [head.start for head in heads]
    return [(a, b) for a, b in pairwise([*starts, end])]


def _meeting(document: Document, view: Clean, frame: Frame) -> _Meeting:
    head = document.text[:_HEAD_LENGTH]
    body: str | None = None
    for a, b in lines(head):
        body = body or body_in(head[a:b])
    front = head[: _first_head(view, frame.heads)]
    head = front if first_date(front) else head
    told = re.search(
        r"(?i)(?:sammanträdesdatum|sammanträdesdag|sammanträde|datum)[^\d]{0,60}?(?=\d)", head
    )
    date = first_date(head[told.end() :]) if told else first_date(head)
    return _Meeting(body, date or first_date(head))


def _meetings(document: Document) -> list[tuple[int, _Meeting]]:
    """Where the heads of pages tell of another meeting, in extracts of several ones; empty where
    they all tell of one."""
    head = document.text[:_HEAD_LENGTH]
    if not _is_extract(head, _PROTOCOL.search(head)):
        return []
    told = []
    for m in _MEETS.finditer(document.text):
        near = document.text[m.end() : m.end() + _NEAR]
        date = first_date(near)
        body = next((b for a, z in lines(near) if (b := body_in(near[a:z]))), None)
        if date and body:
            told.append((m.start(), _Meeting(body, date)))
    return told if len({meeting for _, meeting in told}) > 1 else []


def _front(everything: Stretch, frame: Frame, meeting: _Meeting) -> Iterator[Part]:
    first = frame.heads[0].start
    contents = frame.contents
    head_end = contents if contents is not None else first
    if everything.document.text[: _offset(everything, head_end)].strip():
        head = everything.cut(0, head_end)
        records = [*_meeting_date(head, meeting), *attendance(head)]
        yield _part(head, "head", PartKind.MINUTES_HEAD, _head_title(meeting), records, meeting)
    if contents is not None and everything.text[contents:first].strip():
        table = everything.cut(contents, first)
        yield _part(table, "contents", PartKind.TABLE_OF_CONTENTS, "Innehåll", [], meeting)


def _offset(everything: Stretch, position: int) -> int:
    view = everything.view
    return view.offsets[position] if position < len(view.text) else len(everything.document.text)


def _head_title(meeting: _Meeting) -> str:
    return " ".join(["Protokoll", *filter(None, (meeting.body, meeting.date))])


def _meeting_date(head: Stretch, meeting: _Meeting) -> Iterator[Record]:
    """The date of the meeting where the front page, running heads included, first says it."""
    text = head.document.text[: min(_HEAD_LENGTH, _end_offset(head))]
    for found in find_dates(text):
        if found.iso == meeting.date:
            yield DateNote(
                start=found.start,
                end=found.end,
                text=text[found.start : found.end],
                date=found.iso,
                meaning="meeting",
            )
            return


def _paragraphs(
    everything: Stretch, frame: Frame, end: int, meeting: _Meeting, lists: list[VotingList]
) -> Iterator[Part]:
    width = title_width(everything.text, frame.heads)
    counts: dict[str, int] = {}
    held = _meetings(everything.document)
    for head, (a, b) in zip(frame.heads, _bounds(frame.heads, end), strict=True):
        counts[head.number] = counts.get(head.number, 0) + 1
        again = f"-{counts[head.number]}" if counts[head.number] > 1 else ""
        title = read_title(everything.text, head, b, width)
        stretch = everything.cut(a, b)
        at = _offset(everything, a)
        its = next((own for where, own in reversed(held) if where < at), meeting)
        records = _records(everything.cut(title.body, b), stretch, its, lists)
        part = _part(stretch, f"p{head.number}{again}", PartKind.PARAGRAPH, "", records, its)
        yield _titled(part, head, title)


def _titled(part: Part, head: Head, title: Title) -> Part:
    return replace(
        part,
        title=title.title or f"§ {head.number}",
        role=Role.DECISION if any(r.kind == "decision" for r in part.records) else Role.INFORMATION,
        paragraph=head.number,
        case_number=title.cases[0] if title.cases else None,
        case_numbers=title.cases,
        unrecognised=() if title.title else ("rubrik saknas",),
    )


def _records(
    body: Stretch, paragraph: Stretch, meeting: _Meeting, lists: list[VotingList]
) -> list[Record]:
    inside = sections(body)
    span = Span(paragraph.view.offsets[paragraph.start], _end_offset(paragraph))
    records: list[Record] = list(_votes(body, inside, span, lists))
    records += _decisions(inside, meeting)
    for section in inside:
        records += _section_records(section, meeting)
    records += chairs(body)
    return _sorted(records)


def _votes(
    body: Stretch, inside: tuple[Section, ...], span: Span, lists: list[VotingList]
) -> Iterator[Vote]:
    """The votes of a § with their voters; a table with no words about it is a vote too."""
    skipped = [s.body for s in inside if s.kind in _NO_VOTES]
    table = voting_table(body.document, span, body.local)
    own = [table_list(table)] if table else []
    if found := listed_voters(body):
        own.append(found)
    told = [with_voters(vote, [*lists, *own]) for vote in votes(body, skipped)]
    yield from told
    if table and not told:
        yield vote_of(table, body)


def _decisions(inside: tuple[Section, ...], meeting: _Meeting) -> list[Decision]:
    """The decisions of a §: under their heading, else told in its text."""
    decided = [d for s in inside if decides(s, meeting.body) for d in decisions(s, meeting.body)]
    if decided:
        return decided
    plain = [s.body for s in inside if s.kind in ("", "debate", "summary")]
    told = [d for body in plain for d in inline_decisions(body, meeting.body)]
    return told or [
        d for s in inside if s.kind == "" for d in stated_decisions(s.body, meeting.body)
    ]


def _section_records(section: Section, meeting: _Meeting) -> Iterator[Record]:
    if section.kind == "yrkanden":
        yield from yrkanden(section.body)
    elif section.kind in ("", "procedure", "debate", "summary", "proposal"):
        yield from inline_yrkanden(section.body)
    yield from opinions(section)
    yield from facts(section, meeting.year)


def _sorted(records: list[Record]) -> list[Record]:
    """By start, without the twins of records that two readers found."""
    unique = {(r.kind, r.start, r.end, repr(r)): r for r in records}
    return sorted(unique.values(), key=lambda r: (r.start, r.end, r.kind))


def _appendix(appendix: Stretch, meeting: _Meeting) -> Part:
    number = appendix_number(appendix)
    title = f"Bilaga {number}" if number else one_line(appendix.text[:60].split("\n")[0])
    kind = PartKind.APPENDIX if number else PartKind.OTHER
    key = f"appendix-{number}" if number else "signatures"
    return _part(appendix, key, kind, title, list(listed_attendance(appendix)), meeting)


def _part(
    stretch: Stretch, key: str, kind: PartKind, title: str, records: list[Record], meeting: _Meeting
) -> Part:
    start = _offset(stretch, stretch.start)
    return Part(
        id=key,
        kind=kind,
        role=Role.INFORMATION,
        title=title,
        start=start,
        end=_end_offset(stretch),
        page=stretch.document.page_at(start),
        date=meeting.date,
        body=meeting.body,
        records=tuple(records),
    )


def _end_offset(stretch: Stretch) -> int:
    return stretch.view.offsets[stretch.end - 1] + 1 if stretch.end > stretch.start else 0


def _covering(document: Document, found: list[Part]) -> tuple[Part, ...]:
    """The parts stretched so that they cover the text, with ids that are unique."""
    starts = [0, *(part.start for part in found[1:]), len(document.text)]
    seen: dict[str, int] = {}
    covering = []
    for part, (start, end) in zip(found, pairwise(starts), strict=True):
        seen[part.id] = seen.get(part.id, 0) + 1
        key = part.id if seen[part.id] == 1 else f"{part.id}-{seen[part.id]}"
        covering.append(replace(part, id=key, start=start, end=end))
    return tuple(covering)
