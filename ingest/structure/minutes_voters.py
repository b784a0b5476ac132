"""Voters named in a list or a table, in the § or in an appendix to the minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.grammar.names import LOWER, UPPER
from ingest.grammar.parties import LETTERS, canonical
from ingest.records import Person, Vote
from ingest.structure.minutes_tables import VotingTable
from ingest.structure.minutes_text import Stretch
from ingest.structure.minutes_votes import appendix_of, meaning_in

_NAME = (
    rf"[{UPPER}][{UPPER}{LOWER}'’. \t-]{{1,60}}(?:\n[ \t]*[{UPPER}][{UPPER}{LOWER}'’ -]{{1,60}})?"
)
_HOW = {"ja": "yes", "nej": "no", "avstår": "abstain", "avst": "abstain"}
# A row of a voting list: name, party, seat, function, vote, each in a cell or on a line of its own.
_ROW = re.compile(
    rf"(?P<name>{_NAME}?)\s+\(?(?P<party>{LETTERS})\)?\s+\d{{1,3}}\s+"
    r"(?:Ledamot|Ersättare|Tj\.?\s?ers\w*|Ordförande|\d:[ea]\s+v(?:ice)?\s*[Oo]rdf\w*)\s+"
    r"(?P<how>Ja|Nej|Avstår|Avst|Frånv\w*)\b"
)
_PLAIN_ROW = re.compile(
    rf"^[ \t]*(?P<name>[{UPPER}][{UPPER}{LOWER}'’. -]{{1,60}}?)[ \t]*"
    rf"\((?P<party>{LETTERS})\)[ \t:,–-]+(?P<how>[Jj]a|[Nn]ej|[Aa]vstår)[ \t]*$",
    re.MULTILINE,
)
_LIST_COUNTS = re.compile(
    r"Antal\s+Ja:?\s*(?P<yes>\d+).{0,40}?Antal\s+Nej:?\s*(?P<no>\d+)"
    r"(?:.{0,40}?Antal\s+Avstår:?\s*(?P<abstain>\d+))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class VotingList:
    """A list of voters.

    Attributes:
        number: the appendix it stands in, or None for a list inside the §.
        voters: who voted "yes", "no" and "abstain".
        yes, no: the counts as printed, or None.
    """

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


def table_list(table: VotingTable) -> VotingList:
    """The voters of a table as a list."""
    return VotingList(None, table.voters, table.count("yes"), table.count("no"))


def vote_of(table: VotingTable, paragraph: Stretch) -> Vote:
    """The vote that a table alone tells, with what the § says that yes and no meant."""
    document, meaning = paragraph.document, meaning_in(paragraph)
    return Vote(
        start=table.start,
        end=table.end,
        text=document.text[table.start : table.end],
        yes=table.count("yes"),
        no=table.count("no"),
        abstain=table.count("abstain") or None,
        absent=table.count("absent") or None,
        yes_means=meaning[0] if meaning else None,
        no_means=meaning[1] if meaning else None,
        evidence=(meaning[2],) if meaning else (),
        yes_voters=table.voters.get("yes", ()),
        no_voters=table.voters.get("no", ()),
        abstainers=table.voters.get("abstain", ()),
    )


def with_voters(vote: Vote, lists: list[VotingList]) -> Vote:
    """The vote with the voters of the list that belongs to it: named by number, equal in counts."""
    if vote.yes_voters or vote.no_voters:
        return vote
    number = appendix_of(vote.text)
    for found in lists:
        if found.number in (None, number) and _counts(found) == (vote.yes, vote.no):
            return replace(
                vote,
                yes_voters=found.voters.get("yes", ()),
                no_voters=found.voters.get("no", ()),
                abstainers=vote.abstainers or found.voters.get("abstain", ()),
            )
    return vote


def _counts(found: VotingList) -> tuple[int | None, int | None]:
    if found.yes is not None:
        return found.yes, found.no
    return len(found.voters.get("yes", ())), len(found.voters.get("no", ()))
