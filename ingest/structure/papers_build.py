"""From a stretch of text whose genre is known to a part with its people and records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.document import Document, Span
from ingest.grammar.names import find_party_members
from ingest.grammar.parties import find_parties, local_parties, party_letters
from ingest.parts import Part, PartKind, Role
from ingest.records import Demand, Person, Record, Reservation, Signature, Support
from ingest.structure.demands import demands
from ingest.structure.papers_facts import facts
from ingest.structure.papers_officials import handlers, signers
from ingest.structure.papers_people import (
    closing_name,
    parties_of_block,
    people_at,
    place_date,
    signed,
    signed_anywhere,
    unique,
)
from ingest.structure.papers_text import Line, one_line
from ingest.structure.papers_titles import body_of, cases_of, date_of, paragraph_of, title_of

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
_POLITICAL: Final = frozenset(
    {
        PartKind.YRKANDE, PartKind.STATEMENT, PartKind.RESERVATION, PartKind.INITIATIVE,
        PartKind.ALTERNATIVE_PROPOSAL,
    }
)  # fmt: skip
_BY_NAME: Final = frozenset({PartKind.MOTION, PartKind.INTERPELLATION, PartKind.QUESTION, PartKind.REPLY})
_AUDITORS: Final = re.compile(
    r"(?i)(?:stadsrevisionen|revisionskontoret|kommunrevisionen|\w+ revisorer|revisorerna|\w+revision)\b"
)
_UNDATED: Final = frozenset({PartKind.APPENDIX, PartKind.OTHER, PartKind.TABLE_OF_CONTENTS})
_HEAD: Final = 900


@dataclass(frozen=True, slots=True)
class Paper:
    """A stretch of text whose genre is known.

    Attributes:
        first, genre, last: indices of its first line, of the line that names its genre, and of the
            first line after it.
        start, end: its characters; at least those of its lines.
        unrecognised: what of its form the grammar did not know.
    """

    kind: PartKind
    first: int
    genre: int
    last: int
    start: int
    end: int
    title: str | None = None
    unrecognised: tuple[str, ...] = ()


def build(
    document: Document, text: str, all_lines: Sequence[Line], paper: Paper, number: int
) -> Part:
    """The part for one paper; `text` is the document's shadow, `number` its place in the file."""
    local = local_parties(text)
    head = _head(document.text, all_lines, paper)
    span = Span(paper.start, paper.end)
    people = _people(text, all_lines, paper, local)
    asked = demands(document, text, span, paper.kind)
    backing = _backing(document, text, all_lines, paper, local)
    records: list[Record] = [*backing, *_signatures(document, people), *asked]
    records += _reservation(document, text, paper, people, backing, local)
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
        parties=_parties(people, backing),
        records=tuple(records),
        unrecognised=paper.unrecognised,
    )


def _role(kind: PartKind, asked: Sequence[Demand]) -> Role:
    if kind is PartKind.OFFICIAL_REPORT:
        return Role.PROPOSAL if asked else Role.INFORMATION
    return _ROLES.get(kind, Role.INFORMATION)


def _head(text: str, all_lines: Sequence[Line], paper: Paper) -> str:
    """The head of the paper on one line: letterhead, genre, dates, numbers."""
    size = 420 if paper.kind in _POLITICAL else _HEAD
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
        return date_of(head[: genre.end - all_lines[paper.first].start + 90])
    return date_of(head)


def _body(text: str, all_lines: Sequence[Line], paper: Paper) -> str | None:
    if paper.kind is PartKind.COUNCIL_PROPOSAL:
        dated = place_date(text, Span(paper.start, paper.end)) or ""
        proposer = re.search(r"\d{4} (?P<body>[A-ZÅÄÖ][\w ]+(?:styrelse|beredning|nämnd|presidium))\w*$", dated)
        return "Kommunstyrelsen" if not proposer or "styrelse" in proposer["body"] else proposer["body"]
    if paper.kind in _BY_NAME:
        return None
    if paper.kind is PartKind.AUDIT:
        lines = (line.text for line in all_lines[paper.first : paper.first + 20])
        return next((text for text in lines if _AUDITORS.match(text) and len(text) < 60), None)
    return body_of(all_lines, paper.first, paper.genre, paper.last)


def _people(
    text: str, all_lines: Sequence[Line], paper: Paper, local: Mapping[str, str]
) -> list[Person]:
    span = Span(paper.start, paper.end)
    if paper.kind is PartKind.OFFICIAL_REPORT:
        genre = all_lines[paper.genre].start
        return unique([*handlers(text, genre, paper.end), *signers(text, Span(genre, paper.end))])
    if paper.kind in (PartKind.APPENDIX, PartKind.REGULATION, PartKind.EXTRACT):
        return []
    found = signed(text, span, local)
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
        begin = min((at for at in (words.find(" av "), words.find(" från ")) if at >= 0), default=-1)
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


def _backing(
    document: Document,
    text: str,
    all_lines: Sequence[Line],
    paper: Paper,
    local: Mapping[str, str],
) -> list[Support]:
    """The parties behind a political paper: from its head and from its signature block."""
    if paper.kind not in _POLITICAL:
        return []
    found: list[tuple[str, Span]] = []
    for line in all_lines[paper.first : min(paper.genre + 4, paper.last)]:
        words = text[line.start : line.end]
        if line.start > all_lines[paper.genre].start and not _is_head_line(line.text):
            break
        found += _parties_in_head(words, line.start, local)
        if "yttrande" in words.casefold()[8:]:
            break
    found += parties_of_block(text, Span(paper.start, paper.end), local)
    supports = {}
    for letters, span in found:
        words = document.text[span.start : span.end]
        supports.setdefault(letters, Support(start=span.start, end=span.end, text=words, party=letters))
    return list(supports.values())


def _is_head_line(line: str) -> bool:
    return len(line) < 130 and not any(word in line for word in ("angående", "otion", "Förslag", "avseende"))


def _parties_in_head(
    words: str, offset: int, local: Mapping[str, str]
) -> list[tuple[str, Span]]:
    """The parties of a head line, up to "Särskilt yttrande" (those have their own opinion)."""
    stop = re.search(r"(?i)(?<!^)\bsärskilt\s+yttrande|angående|avseende|\sang\.", words)
    words = words[: stop.start()] if stop else words
    found = [(p.letters, Span(offset + p.start, offset + p.end)) for p in find_parties(words, local)]
    for match in re.finditer(r"(?<![\wåäöÅÄÖ-])(?:[A-ZÅÄÖ]{1,3}|Mp|Kd|Sd|Fi)(?![\wåäöÅÄÖ-])", words):
        letters = party_letters(match[0], local)
        if letters:
            found.append((letters[0], Span(offset + match.start(), offset + match.end())))
    return found


def _parties(people: Sequence[Person], backing: Sequence[Support]) -> tuple[str, ...]:
    letters = [support.party for support in backing]
    letters += [person.party for person in people if person.party]
    return tuple(dict.fromkeys(letters))


def _reservation(
    document: Document,
    text: str,
    paper: Paper,
    people: Sequence[Person],
    backing: Sequence[Support],
    local: Mapping[str, str],
) -> list[Record]:
    if paper.kind is not PartKind.RESERVATION:
        return []
    words = re.search(
        r"[^.\n]*\breserver\w+[^.\n]*(?:till förmån för (?P<own>[^.\n]{3,120}))?[^.\n]*\.?",
        text[paper.start : paper.end],
    )
    if not words:
        return []
    start, end = paper.start + words.start(), paper.start + words.end()
    start += len(words[0]) - len(words[0].lstrip())
    named = people_at(text, start, end, local)
    parties = [*_parties(people, backing), *find_party_members(words[0], local)]
    return [
        Reservation(
            start=start,
            end=end,
            text=document.text[start:end],
            people=tuple(unique([*named, *people])),
            parties=tuple(dict.fromkeys([*parties, *(p.party for p in named if p.party)])),
            in_favour_of=one_line(words["own"]) if words["own"] else None,
        )
    ]
