"""Voters named in a list or a table, in the § or in an appendix to the minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.document import Document, Span
from ingest.grammar.names import LOWER, UPPER, find_people
from ingest.grammar.parties import LETTERS, canonical
from ingest.records import Person, Vote
from ingest.structure.minutes_text import Stretch
from ingest.structure.minutes_votes import appendix_of

_NAME = rf"[{UPPER}][{UPPER}{LOWER}'’. \t-]+(?:\n[ \t]*[{UPPER}][{UPPER}{LOWER}'’ -]+)?"
_HOW = {"ja": "yes", "nej": "no", "avstår": "abstain", "avst": "abstain"}
# A row of a voting list: name, party, seat, function, vote, each in a cell or on a line of its own.
_ROW = re.compile(
    rf"(?P<name>{_NAME}?)\s+\(?(?P<party>{LETTERS})\)?\s+\d{{1,3}}\s+"
    r"(?:Ledamot|Ersättare|Tj\.?\s?ers\w*|Ordförande|\d:[ea]\s+v(?:ice)?\s*[Oo]rdf\w*)\s+(?P<how>Ja|Nej|Avstår|Avst|Frånv\w*)\b"
)
_PLAIN_ROW = re.compile(
    rf"^[ \t]*(?P<name>[{UPPER}][{UPPER}{LOWER}'’. -]+?)[ \t]*\((?P<party>{LETTERS})\)[ \t:,–-]+(?P<how>[Jj]a|[Nn]ej|[Aa]vstår)[ \t]*$",
    re.MULTILINE,
)
_LIST_COUNTS = re.compile(
    r"Antal\s+Ja:?\s*(?P<yes>\d+).{0,40}?Antal\s+Nej:?\s*(?P<no>\d+)(?:.{0,40}?Antal\s+Avstår:?\s*(?P<abstain>\d+))?",
    re.DOTALL,
)
_HEADER_CELL = re.compile(r"(?i)^\s*(?:antal\s+)?(ja|nej|avst[åa]r\w*)")
_MARK = re.compile(r"(?i)^\s*(?:x|1|✓|✔|ja|nej|avstår)\s*$")


@dataclass(frozen=True, slots=True)
class VotingList:
    """A list of voters. `number`: the appendix it stands in, or None; counts as printed."""

    number: str | None
    voters: dict[str, tuple[Person, ...]]
    yes: int | None = None
    no: int | None = None


def listed_voters(stretch: Stretch, number: str | None = None) -> VotingList | None:
    """The voters of a list with a row for each ("Anna Ek / S / 12 / Ledamot / Ja"), or None."""
    text = stretch.text
    voters: dict[str, list[Person]] = {}
    for pattern in (_ROW, _PLAIN_ROW):
        for m in pattern.finditer(text):
            how = _HOW.get(m["how"].casefold())
            if how:
                voters.setdefault(how, []).append(_row_person(stretch, m))
        if voters:
            break
    counts = _LIST_COUNTS.search(text)
    if not voters:
        return None
    return VotingList(
        number,
        {how: tuple(people) for how, people in voters.items()},
        int(counts["yes"]) if counts else None,
        int(counts["no"]) if counts else None,
    )


def _row_person(stretch: Stretch, m: re.Match[str]) -> Person:
    span = stretch.span(*m.span("name"))
    party = canonical(m["party"], stretch.local) or m["party"]
    return Person(name=" ".join(m["name"].split()), party=party, start=span.start, end=span.end)


def table_voters(document: Document, span: Span) -> VotingList | None:
    """The voters of tables with a column for each answer and a mark in one of them."""
    voters: dict[str, list[Person]] = {}
    columns: list[str | None] = []
    for start, end in _rows(document.text, span):
        cells = _cells(document.text[start:end])
        header = [_column(cell) for _, cell in cells]
        if any(header):
            columns = header
            continue
        for how, person in _marked(cells, columns, start):
            voters.setdefault(how, []).append(person)
    return VotingList(None, {how: tuple(p) for how, p in voters.items()}) if voters else None


def _rows(text: str, span: Span) -> Iterator[tuple[int, int]]:
    for m in re.finditer(r"[^\n]*(?:\||\t)[^\n]*", text[span.start : span.end]):
        yield span.start + m.start(), span.start + m.end()


def _cells(row: str) -> list[tuple[int, str]]:
    """The cells of a row with their places in it; the outer pipes of Markdown are no cells."""
    mark = "|" if "|" in row else "\t"
    cells, at = [], 0
    for cell in row.split(mark):
        cells.append((at, cell))
        at += len(cell) + 1
    return cells[1:-1] if mark == "|" and len(cells) > 2 else cells


def _column(cell: str) -> str | None:
    m = _HEADER_CELL.match(cell)
    return _HOW.get(m[1].casefold()[:6].rstrip("r") + ("r" if m[1].casefold().startswith("avstår") else "")) if m else None


def _marked(
    cells: list[tuple[int, str]], columns: list[str | None], start: int
) -> Iterator[tuple[str, Person]]:
    if not columns or len(cells) > len(columns) + 1:
        return
    for (at, cell), how in zip(cells[1:], columns[1:], strict=False):
        people = find_people(cells[0][1])
        if how and _MARK.match(cell) and people:
            found = people[0]
            a = start + cells[0][0] + found.start
            yield how, Person(name=found.name, party=found.party, start=a, end=a + found.end - found.start)
        del at


def with_voters(vote: Vote, lists: list[VotingList]) -> Vote:
    """The vote with the voters of the list that belongs to it: named by number, equal in counts."""
    if vote.yes_voters or vote.no_voters:
        return vote
    number = appendix_of(vote.text)
    for found in lists:
        names = {how: found.voters.get(how, ()) for how in ("yes", "no", "abstain")}
        counts = (found.yes, found.no) if found.yes is not None else (len(names["yes"]), len(names["no"]))
        if (number is None or found.number in (None, number)) and counts == (vote.yes, vote.no):
            return replace(
                vote,
                yes_voters=names["yes"],
                no_voters=names["no"],
                abstainers=vote.abstainers or names["abstain"],
            )
    return vote
