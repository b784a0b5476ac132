"""What the papers of one case file tell about each other.

The board's proposal says whose a yrkande is ("yrkande från SD den 1 november 2031") when the
yrkande itself carries only a logotype, and prints the motion's title on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.grammar.dates import find_dates, first_date
from ingest.grammar.parties import party_letters
from ingest.parts import Part, PartKind

_DATE: Final = r"(?P<date>\d{1,2} [a-zåäö]{3,9} \d{4}|\d{4}-\d\d-\d\d)"
_FROM: Final = re.compile(
    rf"(?i)\b(?P<genre>\w*yrkandet?|yttrandet?|återremissyrkandet?)\s+från\s+"
    rf"(?P<parties>[^\n.;:]{{1,80}}?)\s+"
    rf"(?:(?:den|daterat|daterad|av den)\s+)+{_DATE}"
)
_NOTED: Final = re.compile(
    rf"(?:(?:[Rr]epresentanterna|[Ll]edamöterna) från (?P<parties>[^\n.]{{1,60}}?)|\("
    rf"(?P<party>[A-ZÅÄÖ][A-Za-z]{{0,3}})\)[^\n.]{{0,40}}?)"
    rf"\s+anteckna\w* som yttrande (?:en skrivelse|ett yttrande)[^\n.]{{0,20}}? från den {_DATE}"
)
_KINDS: Final = {PartKind.YRKANDE: "yrkande", PartKind.STATEMENT: "yttrande"}
_TELLING: Final = (PartKind.COUNCIL_PROPOSAL, PartKind.EXTRACT)
_HEAD: Final = 260
"""Characters of a paper within which its own date and that of its revision stand."""
_NAMELESS: Final = "vem som står bakom framgår inte av texten"

Told = dict[tuple[str, str], dict[tuple[str, ...], bool]]
"""Genre and ISO date to the parties told with them; True where an addition (tillägg) is told."""


def with_told_parties(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts, with the party of each yrkande that names none, where one other paper tells it.

    Where several are told with the same date, those whose own papers name them are left out, and
    then those that are an addition (tilläggsyrkande) where the paper is none, or the other way
    round. One that carries no date is of those told whom no other paper names. A yrkande that
    nobody tells of says so.
    """
    told: Told = {}
    for part in parts:
        if part.kind in _TELLING:
            for key, parties, adds in _told(text[part.start : part.end]):
                told.setdefault(key, {})[parties] = adds
    return [_with(text, part, parts, told) for part in parts]


def _told(text: str) -> Iterator[tuple[tuple[str, str], tuple[str, ...], bool]]:
    for pattern in (_FROM, _NOTED):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            named = party_letters(groups.get("parties") or groups.get("party") or "")
            date = first_date(match["date"])
            genre = "yttrande" if "yttrande" in match[0].casefold() else "yrkande"
            if date and named:
                yield (genre, date), named, match[0].casefold().startswith("tillägg")


def _with(text: str, part: Part, parts: Sequence[Part], told: Told) -> Part:
    genre = _KINDS.get(part.kind)
    if part.parties or genre is None:
        return part
    head = text[part.start : min(part.start + _HEAD, part.end)]
    adds = bool(re.search(r"(?i)\btilläggs?yrkande", head))
    found = {
        frozenset(parties): (parties, added)
        for date in _days(part, head) or [day for told_of, day in told if told_of == genre]
        for parties, added in told.get((genre, date), {}).items()
        if not _is_named(parties, date, part, parts, told)
    }
    alike = [parties for parties, added in found.values() if len(found) == 1 or added == adds]
    if len(alike) == 1:
        return replace(part, parties=alike[0])
    return part if part.authors else replace(part, unrecognised=(*part.unrecognised, _NAMELESS))


def _days(part: Part, head: str) -> list[str]:
    """The days that a paper's head names, its own first; none where it carries no date at all."""
    return list(dict.fromkeys(filter(None, [part.date, *_dates(head)])))


def _dates(head: str) -> list[str]:
    return [found.iso for found in find_dates(head) if len(found.iso) == 10]


def _is_named(
    parties: tuple[str, ...], date: str, part: Part, parts: Sequence[Part], told: Told
) -> bool:
    """True if another paper of the kind names these parties itself, with that day or, put to the
    same body, with one that nobody tells of it: a paper that was revised carries its later day."""
    genre = _KINDS[part.kind]
    return any(
        other.kind is part.kind
        and set(other.parties) == set(parties)
        and (
            other.date == date
            or (other.body == part.body and parties not in told.get((genre, other.date or ""), {}))
        )
        for other in parts
    )


def aligned(parts: Iterable[Part]) -> list[Part]:
    """The parts, a title that runs on into the text cut where another paper's title ends."""
    parts = list(parts)
    known = [_core(part.title) for part in parts if part.kind is PartKind.COUNCIL_PROPOSAL]
    return [_cut(part, [core for core in known if len(core) > 25]) for part in parts]


def _core(title: str) -> str:
    at = re.search(r" (?:av|från) ", title)
    return title[at.start() if at else 0 :].strip().casefold()


def _cut(part: Part, known: Sequence[str]) -> Part:
    title = part.title.casefold()
    for core in known:
        at = title.find(core)
        if at >= 0 and at + len(core) < len(title) and len(title) == len(part.title):
            return replace(part, title=part.title[: at + len(core)])
    return part
