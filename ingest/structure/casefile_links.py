"""What the papers of one case file tell about each other.

The board's proposal says whose a yrkande is ("yrkande från SD den 1 november 2031") when the
yrkande itself carries only a logotype, and prints the motion's title on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.grammar.dates import first_date
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


def with_told_parties(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts, with the party of each yrkande that names none, where one other paper tells it."""
    told: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for part in parts:
        if part.kind in _TELLING:
            for key, parties in _told(text[part.start : part.end]):
                told.setdefault(key, set()).add(parties)
    return [_with(part, told) for part in parts]


def _told(text: str) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    for pattern in (_FROM, _NOTED):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            named = party_letters(groups.get("parties") or groups.get("party") or "")
            date = first_date(match["date"])
            genre = "yttrande" if "yttrande" in match[0].casefold() else "yrkande"
            if date and named:
                yield (genre, date), named


def _with(part: Part, told: dict[tuple[str, str], set[tuple[str, ...]]]) -> Part:
    genre = _KINDS.get(part.kind)
    if part.parties or genre is None or part.date is None:
        return part
    found = told.get((genre, part.date), set())
    return replace(part, parties=next(iter(found))) if len(found) == 1 else part


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
