"""From a stretch of text whose genre is known to a part with its people and records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.document import Document, Span
from ingest.parts import Part, PartKind, Role
from ingest.records import Demand, Person, Record, Signature
from ingest.structure.demands import demands
from ingest.structure.papers_backing import POLITICAL, backing, parties_of, reservation
from ingest.structure.papers_bodies import adopted_by, body_of, cell, put_to
from ingest.structure.papers_facts import facts
from ingest.structure.papers_officials import handlers, signers
from ingest.structure.papers_people import (
    closing_name,
    labelled_name,
    people_at,
    place_date,
    proposer,
    signed,
    signed_anywhere,
    unique,
)
from ingest.structure.papers_source import Paper, Source
from ingest.structure.papers_text import Line, one_line
from ingest.structure.papers_titles import cases_of, date_of, paragraph_of, title_of

_ROLES: Final[dict[PartKind, Role]] = {
    PartKind.COUNCIL_PROPOSAL: Role.PROPOSAL,
    PartKind.MOTION: Role.PROPOSAL,
    PartKind.YRKANDE: Role.PROPOSAL,
    PartKind.ALTERNATIVE_PROPOSAL: Role.PROPOSAL,
    PartKind.INITIATIVE: Role.PROPOSAL,
    PartKind.STATEMENT: Role.OPINION,
    PartKind.CONSULTATION: Role.OPINION,
    PartKind.REPLY: Role.OPINION,
    PartKind.AUDIT: Role.OPINION,
    PartKind.INTERPELLATION: Role.OPINION,
    PartKind.QUESTION: Role.OPINION,
    PartKind.RESERVATION: Role.RESERVATION,
    PartKind.EXTRACT: Role.DECISION,
}
_SIGNER_ROLES: Final[dict[PartKind, str]] = {
    PartKind.MOTION: "motionär",
    PartKind.INTERPELLATION: "interpellant",
    PartKind.QUESTION: "frågeställare",
    PartKind.INITIATIVE: "initiativtagare",
}
_BY_NAME: Final = frozenset(
    {PartKind.MOTION, PartKind.INTERPELLATION, PartKind.QUESTION, PartKind.REPLY}
)
_AUDITORS: Final = re.compile(
    r"(?i)(?:stadsrevisionen|revisionskontoret|kommunrevisionen|\w+ revisorer"
    r"|revisorerna|\w+revision)\b"
)
_UNDATED: Final = frozenset({PartKind.APPENDIX, PartKind.OTHER, PartKind.TABLE_OF_CONTENTS})
_HEAD: Final = 900
_HANDED_IN: Final = re.compile(r"(?i)\b(?:inlämna[dt]|inskickat|datum)\s*:\s*\S+(?: \S+){0,2}")


def build(source: Source, paper: Paper, number: int) -> Part:
    """The part for one paper; `number` is its place in the file."""
    document, text, all_lines, local = source.document, source.text, source.lines, source.local
    head = _head(document.text, all_lines, paper)
    span = Span(paper.start, paper.end)
    people = _people(text, all_lines, paper, local)
    asked = demands(document, text, span, paper.kind)
    behind = backing(source, paper)
    records: list[Record] = [*behind, *_signatures(document, people), *asked]
    records += reservation(source, paper, people, behind)
    records += facts(document, text, span)
    records.sort(key=lambda record: (record.start, record.end))
    return Part(
        id=f"{paper.kind.value}-{number}",
        kind=paper.kind,
        role=_role(paper.kind, asked),
        title=paper.title or title_of(all_lines, paper.genre, paper.last, paper.kind),
        start=paper.start,
        end=paper.end,
        page=document.page_at(paper.start),
        paragraph=paragraph_of(head) if paper.kind is PartKind.EXTRACT else None,
        case_number=next(iter(cases_of(head)), None),
        case_numbers=cases_of(head),
        date=_date(text, all_lines, paper, head),
        body=_body(text, all_lines, paper),
        authors=tuple(people),
        parties=parties_of(people, behind),
        records=tuple(records),
        unrecognised=paper.unrecognised,
    )


def _role(kind: PartKind, asked: Sequence[Demand]) -> Role:
    if kind is PartKind.OFFICIAL_REPORT:
        return Role.PROPOSAL if asked else Role.INFORMATION
    return _ROLES.get(kind, Role.INFORMATION)


def _head(text: str, all_lines: Sequence[Line], paper: Paper) -> str:
    """The head of the paper on one line: letterhead, genre, dates, numbers."""
    size = 420 if paper.kind in POLITICAL else _HEAD
    start = all_lines[paper.first].start if all_lines else paper.start
    return one_line(text[start : min(start + size, paper.end)])


def _date(text: str, all_lines: Sequence[Line], paper: Paper, head: str) -> str | None:
    if paper.kind in (PartKind.COUNCIL_PROPOSAL, PartKind.REPLY) and (
        told := date_of(place_date(text, Span(paper.start, paper.end)) or "")
    ):
        return told
    if paper.kind in _UNDATED:
        return None
    if paper.kind is PartKind.REGULATION:
        adopted = re.search(r"(?i)(?:antag|fastställ|beslut)[^\n]{0,120}", head)
        return date_of(adopted[0]) if adopted else None
    for line in all_lines[paper.first : min(paper.genre + 7, paper.last)]:
        if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,2} [a-z]+ \d{4}", line.text):
            return date_of(line.text)
    if paper.kind in _BY_NAME:
        genre = all_lines[paper.genre]
        told = date_of(head[: genre.end - all_lines[paper.first].start + 90])
        placed = date_of(place_date(text, Span(paper.start, paper.end)) or "")
        handed_in = _HANDED_IN.search(head)
        return told or placed or (date_of(handed_in[0]) if handed_in else None)
    if paper.kind is PartKind.AUDIT:
        return date_of(place_date(text, Span(paper.start, paper.end)) or "") or date_of(head)
    return date_of(head)


def _body(text: str, all_lines: Sequence[Line], paper: Paper) -> str | None:
    if paper.kind is PartKind.COUNCIL_PROPOSAL:
        dated = place_date(text, Span(paper.start, paper.end)) or ""
        proposer = re.search(
            r"\d{4} (?P<body>[A-ZÅÄÖ][\w ]+(?:styrelse|beredning|nämnd|presidium))\w*$", dated
        )
        return (
            "Kommunstyrelsen"
            if not proposer or "styrelse" in proposer["body"]
            else proposer["body"]
        )
    if paper.kind in _BY_NAME:
        return None
    if paper.kind is PartKind.AUDIT:
        cells = (cell(line.text) for line in all_lines[paper.first : paper.first + 20])
        return next((name for name in cells if _AUDITORS.match(name) and len(name) < 60), None)
    written = body_of(all_lines, paper.first, paper.genre, paper.last)
    head = text[paper.start : min(paper.start + _HEAD, paper.end)]
    if paper.kind is PartKind.REGULATION:
        return adopted_by(head) or written
    return written or (put_to(head) if paper.kind in POLITICAL else None)


def _people(
    text: str, all_lines: Sequence[Line], paper: Paper, local: Mapping[str, str]
) -> list[Person]:
    span = Span(paper.start, paper.end)
    if paper.kind is PartKind.OFFICIAL_REPORT:
        genre = all_lines[paper.genre].start
        return unique([*handlers(text, genre, paper.end), *signers(text, Span(genre, paper.end))])
    if paper.kind in (PartKind.APPENDIX, PartKind.REGULATION, PartKind.EXTRACT):
        return []
    if paper.kind is PartKind.INITIATIVE and (own := proposer(text, span)):
        return [_with_role(person, _SIGNER_ROLES.get(paper.kind)) for person in own]
    found = signed(text, span, local, noted=paper.kind is not PartKind.COUNCIL_PROPOSAL)
    if paper.kind in (PartKind.INITIATIVE, PartKind.QUESTION):
        found = found or labelled_name(text, span)
    if paper.kind in _BY_NAME:
        found = found or signed_anywhere(text, span, local)
        if paper.kind is PartKind.REPLY:
            found = found or closing_name(text, span)
        else:
            found += _titled_authors(text, all_lines, paper, local)
    return [_with_role(person, _SIGNER_ROLES.get(paper.kind)) for person in unique(found)]


def _titled_authors(
    text: str, all_lines: Sequence[Line], paper: Paper, local: Mapping[str, str]
) -> list[Person]:
    """Those whom the title names: "Motion av Anna Ek (V) och Bo Al (V) om …"."""
    for line in all_lines[paper.genre : min(paper.genre + 4, paper.last)]:
        words = text[line.start : line.end]
        begin = min(
            (at for at in (words.find(" av "), words.find(" från ")) if at >= 0), default=-1
        )
        if begin < 0 or begin > 40 or "till" in words[:begin].casefold().split():
            continue
        stops = [words.find(stop, begin) for stop in (" om ", " till ", " angående ", " gällande ")]
        end = min((at for at in stops if at > 0), default=len(words))
        return people_at(text, line.start + begin, line.start + end, local)
    return []


def _with_role(person: Person, role: str | None) -> Person:
    if person.role or role is None:
        return person
    return Person(
        name=person.name, party=person.party, role=role, start=person.start, end=person.end
    )


def _signatures(document: Document, people: Sequence[Person]) -> list[Record]:
    return [
        Signature(
            start=person.start,
            end=person.end,
            text=document.text[person.start : person.end],
            name=person.name,
            party=person.party,
            role=person.role,
        )
        for person in people
    ]
