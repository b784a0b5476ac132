"""Voting tables: a row for each voter, a column for each answer, a mark where they meet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.document import Document, Span
from ingest.grammar.names import find_people
from ingest.grammar.parties import canonical
from ingest.records import Person
from ingest.structure.minutes_text import lines

_HEADER = re.compile(
    r"(?i)^\s*(?:antal\s+)?(?P<how>ja|nej|avst[åa]|frånv)[\wåä]*(?:\s*-?\s*röst\w*"
    r"|\s+från\s+.*)?\s*$"
)
_MARK = re.compile(r"(?i)^\s*(?:x|1|✓|✔|ja|nej|avstår)\s*$")
_TOTAL = re.compile(r"(?i)^\s*(?:summa|totalt|antal|resultat|röster)\b")
_HOW = {"ja": "yes", "nej": "no", "avstå": "abstain", "avsta": "abstain", "frånv": "absent"}
_CELL = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_FAR = 8  # characters between a mark and its column's middle


@dataclass(frozen=True, slots=True)
class VotingTable:
    """A voting table: its span in the document, who voted how, and the sums it prints, if any."""

    start: int
    end: int
    voters: dict[str, tuple[Person, ...]]
    sums: dict[str, int]

    def count(self, how: str) -> int:
        """The sum that the table prints for "yes", "no", "abstain" or "absent", else the marks."""
        return self.sums.get(how, len(self.voters.get(how, ())))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its offset in the document, its text, and its middle on the line."""

    start: int
    text: str
    middle: float


def voting_table(
    document: Document, span: Span, local: Mapping[str, str] | None = None
) -> VotingTable | None:
    """The voting table inside the span; its halves are put together where a page parts them.

    `local` are the document's own parties.
    """
    columns: list[tuple[float, str]] = []
    voters: dict[str, list[Person]] = {}
    sums: dict[str, int] = {}
    first = last = -1
    for start, end in _rows(document.text, span):
        cells = _cells(document.text, start, end)
        header = [(cell.middle, how) for cell in cells if (how := _column(cell.text))]
        if len(header) > 1 or (header and len(cells) == len(header)):
            columns, first = header, start if first < 0 else first
        elif columns and cells:
            last = end if _read_row(cells, columns, voters, sums, local) else last
    if not voters:
        return None
    return VotingTable(first, last, {how: tuple(people) for how, people in voters.items()}, sums)


def _read_row(
    cells: list[_Cell],
    columns: list[tuple[float, str]],
    voters: dict[str, list[Person]],
    sums: dict[str, int],
    local: Mapping[str, str] | None,
) -> bool:
    """Notes what a row says; False if it is no row of the table."""
    if _TOTAL.match(cells[0].text):
        sums.update({_nearest(columns, c): int(c.text) for c in cells[1:] if c.text.isdigit()})
        return True
    person = _voter(cells, local)
    marks = [cell for cell in cells[1:] if _MARK.match(cell.text)]
    if person is None or len(marks) != 1 or not _nearest(columns, marks[0]):
        return False
    voters.setdefault(_nearest(columns, marks[0]), []).append(person)
    return True


def _voter(cells: list[_Cell], local: Mapping[str, str] | None) -> Person | None:
    """Who a row is about: "Anna Ek (S)" in one cell, or name and party in two."""
    first, at = cells[0].text, cells[0].start
    if found := find_people(first):
        name, party = found[0].name, found[0].party
        return Person(name=name, party=party, start=at + found[0].start, end=at + found[0].end)
    letters = canonical(cells[1].text.strip(), local) if len(cells) > 2 else None
    if letters is None or len(first.split()) < 2:
        return None
    start = at + len(first) - len(first.lstrip())
    name = " ".join(first.split())
    return Person(name=name, party=letters, start=start, end=at + len(first.rstrip()))


def _rows(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Lines that may be rows: with bars, tabs or wide gaps."""
    for start, end in lines(text[span.start : span.end]):
        row = text[span.start + start : span.start + end]
        if "|" in row or "\t" in row or "  " in row.strip():
            yield span.start + start, span.start + end


def _cells(text: str, start: int, end: int) -> list[_Cell]:
    """The cells of a row that hold something. With bars or tabs the middle is the cell's index."""
    row = text[start:end]
    mark = "|" if "|" in row else "\t" if "\t" in row else None
    if mark is None:
        spans = [m.span() for m in _CELL.finditer(row)]
        return [_Cell(start + a, row[a:b], (a + b) / 2) for a, b in spans]
    cells, at = [], start
    for index, cell in enumerate(row.split(mark)):
        if cell.strip():
            cells.append(_Cell(at, cell, index * 100.0))
        at += len(cell) + 1
    return cells


def _column(cell: str) -> str | None:
    m = _HEADER.match(cell)
    return _HOW[m["how"].casefold()] if m else None


def _nearest(columns: list[tuple[float, str]], cell: _Cell) -> str:
    """The answer whose column stands over the cell; "" where none does."""
    distance, how = min((abs(middle - cell.middle), how) for middle, how in columns)
    return how if distance <= _FAR else ""
