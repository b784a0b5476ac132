"""Which parties stand behind a paper, and what a reservation says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.document import Span
from ingest.grammar.names import find_party_members
from ingest.grammar.parties import find_parties, party_letters
from ingest.parts import PartKind
from ingest.records import Person, Record, Reservation, Support
from ingest.structure.papers_people import parties_of_block, people_at, unique
from ingest.structure.papers_source import Paper, Source
from ingest.structure.papers_text import one_line

POLITICAL: Final = frozenset(
    {
        PartKind.YRKANDE, PartKind.STATEMENT, PartKind.RESERVATION, PartKind.INITIATIVE,
        PartKind.ALTERNATIVE_PROPOSAL,
    }
)  # fmt: skip

_NAME: Final = 4
"""A party's letters speak for nobody; its name has more."""
_AS_US: Final = re.compile(r"\b(?:[Vv]i|[Oo]ss)(?:\s+(?:i|från|som))?\s+\Z|\bFör\s+\Z")
_TOGETHER: Final = re.compile(r"(?:,|\boch|\bsamt|\bmed)\s+\Z")
_HOLDS: Final = re.compile(
    r"\s+(?:i\s+\w+\s+)?(?:önskar|vill|ser|anser|menar|delar|tycker|finner|föreslår|yrkar|kräver|"
    r"välkomnar|motsätter|instämmer|ställer sig|(?:är|var) (?:helt )?(?:eniga?|positiva?|kritiska?|"
    r"tveksamma?))\b"
)
"""How a party speaks of itself in a paper of its own."""


def backing(source: Source, paper: Paper) -> list[Support]:
    """The parties behind a political paper: from its head and from its signature block."""
    text, all_lines, local = source.text, source.lines, source.local
    if paper.kind not in POLITICAL:
        return []
    found: list[tuple[str, Span]] = []
    for line in all_lines[paper.first : min(paper.genre + 4, paper.last)]:
        words = text[line.start : line.end]
        if line.start > all_lines[paper.genre].start and not _is_head_line(line.text):
            break
        found += _parties_in_head(words, line.start, local)
        if "yttrande" in words.casefold()[8:]:
            break
    span = Span(paper.start, paper.end)
    found += parties_of_block(text, span, local)
    found = found or _speaking(text, span, local)
    supports: dict[str, Support] = {}
    for letters, span in found:
        words = source.document.text[span.start : span.end]
        supports.setdefault(
            letters, Support(start=span.start, end=span.end, text=words, party=letters)
        )
    return list(supports.values())


def _speaking(text: str, span: Span, local: Mapping[str, str]) -> list[tuple[str, Span]]:
    """The party that a paper without a signature speaks as ("Vi i Vänsterpartiet anser …",
    "Vänsterpartiet vill …"), where it is one and the same throughout."""
    words = text[span.start : span.end]
    named = [
        (party.letters, Span(span.start + party.start, span.start + party.end))
        for party in find_parties(words, local)
        if len(words[party.start : party.end]) > _NAME
        and not words[party.start : party.end].endswith("s")
        and (_AS_US.search(words, 0, party.start) or _HOLDS.match(words, party.end))
    ]
    others = any(_TOGETHER.search(text, span.start, at.start) for _, at in named)
    return named[:1] if len({letters for letters, _ in named}) == 1 and not others else []


def _is_head_line(line: str) -> bool:
    return len(line) < 130 and not any(
        word in line for word in ("angående", "otion", "Förslag", "avseende")
    )


def _parties_in_head(words: str, offset: int, local: Mapping[str, str]) -> list[tuple[str, Span]]:
    """The parties of a head line, up to "Särskilt yttrande" (those have their own opinion)."""
    stop = re.search(r"(?i)(?<!^)\bsärskilt\s+yttrande|angående|avseende|\sang\.", words)
    words = words[: stop.start()] if stop else words
    found = [
        (p.letters, Span(offset + p.start, offset + p.end)) for p in find_parties(words, local)
    ]
    for match in re.finditer(
        r"(?<![\wåäöÅÄÖ-])(?:[A-ZÅÄÖ]{1,3}|Mp|Kd|Sd|Fi)(?![\wåäöÅÄÖ-])", words
    ):
        letters = party_letters(match[0], local)
        if letters:
            found.append((letters[0], Span(offset + match.start(), offset + match.end())))
    return found


def parties_of(people: Sequence[Person], backing: Sequence[Support]) -> tuple[str, ...]:
    """The letters of all parties behind a paper, each once."""
    letters = [support.party for support in backing]
    letters += [person.party for person in people if person.party]
    return tuple(dict.fromkeys(letters))


def reservation(
    source: Source, paper: Paper, people: Sequence[Person], backing: Sequence[Support]
) -> list[Record]:
    """The record of a reservation, where the paper is one."""
    text, local = source.text, source.local
    if paper.kind is not PartKind.RESERVATION:
        return []
    words = re.search(r"[^.\n]*\breserver\w+[^.\n]*\.?", text[paper.start : paper.end])
    if not words:
        return []
    own = re.search(r"till förmån för (?P<own>[^.\n]{3,120})", words[0])
    start, end = paper.start + words.start(), paper.start + words.end()
    start += len(words[0]) - len(words[0].lstrip())
    named = people_at(text, start, end, local)
    parties = [*parties_of(people, backing), *find_party_members(words[0], local)]
    return [
        Reservation(
            start=start,
            end=end,
            text=source.document.text[start:end],
            people=tuple(unique([*named, *people])),
            parties=tuple(dict.fromkeys([*parties, *(p.party for p in named if p.party)])),
            in_favour_of=one_line(own["own"]) if own else None,
        )
    ]
