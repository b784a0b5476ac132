"""Who wrote, signed or stands behind a paper.

Works on the shadow text of `papers_text`; every offset is one of the document's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ingest.document import Span
from ingest.grammar.names import FoundPerson, find_people, shared_party
from ingest.grammar.parties import find_groups, find_parties, party_letters
from ingest.records import Person
from ingest.structure.papers_names import NAME, names_with_parties, only_names
from ingest.structure.papers_text import Line, lines

_ROLE_LINE: Final = re.compile(
    r"(?i)^(?:\d:?[ea] |förste |andre |första |andra )?(?:vice |v )?(?:ordförande|gruppledare|ledamot|ersättare|kommunalråd|oppositionsråd|kommunalrådskandidat|regionråd|riksdagsledamot)\b.{0,60}$"
)
_PLACE_DATE: Final = re.compile(
    r"^[A-ZÅÄÖ][\wåäö]+(?: [A-ZÅÄÖ][\wåäö]+)?,? (?:den |20\d\d-|\d{1,2} [a-z]{3,9} 20)\S.{0,70}$"
)
_SKIPPED: Final = re.compile(
    r"(?i)^(?:[_.…-]{3,}.*|\d+ ?\(\d+\)|sida \d.*|[¹²³⁴⁵⁶⁷⁸⁹]+ .*|\d{1,2} (?:se|jfr|http).*|/?(?:underskrift|underskrifter|namnförtydligande)/?)$"
)
_FOR: Final = re.compile(r"(?i)^/?(?:för |/)?(?:\w+gruppen )?")


def people_at(text: str, start: int, end: int, local: Mapping[str, str] | None = None) -> list[Person]:
    """People with a party in brackets between two offsets, in order."""
    found = shared_party(find_people(text[start:end], local), text[start:end])
    return [_shifted(person, start, None) for person in found]


def unique(people: Sequence[Person]) -> list[Person]:
    """Each person once by name; the first place is kept, a party found later is added."""
    kept: dict[str, Person] = {}
    for person in people:
        key = person.name.casefold()
        before = kept.get(key)
        if before is None:
            kept[key] = person
        elif before.party is None and person.party:
            kept[key] = replace(before, party=person.party)
    return list(kept.values())


def signed(text: str, span: Span, local: Mapping[str, str] | None = None) -> list[Person]:
    """The people in the signature block at the end of a paper, with their parties."""
    return _read_block(text, _block(lines(text, span.start, span.end)), local)


def signed_anywhere(text: str, span: Span, local: Mapping[str, str] | None = None) -> list[Person]:
    """Lines that hold nothing but names with parties in brackets, wherever they stand."""
    block = [line for line in lines(text, span.start, span.end) if names_with_parties(line.text)]
    return _read_block(text, block, local)


def parties_of_block(text: str, span: Span, local: Mapping[str, str] | None = None) -> list[tuple[str, Span]]:
    """The parties and party groups that the signature block names, with their places."""
    found = []
    for line in _block(lines(text, span.start, span.end)):
        piece = text[line.start : line.end]
        named = find_parties(piece, local) or (find_groups(piece) if len(line.text) < 60 else [])
        found += [(p.letters, Span(line.start + p.start, line.start + p.end)) for p in named]
    return found


def place_date(text: str, span: Span) -> str | None:
    """The line "Ekmarka den 3 maj 2031 …" that dates a paper at its end, or None."""
    for line in reversed(lines(text, span.start, span.end)[-40:]):
        if _PLACE_DATE.match(line.text):
            return line.text
    return None


def _block(all_lines: Sequence[Line]) -> list[Line]:
    """The lines of the signature block, in order; empty if the paper does not end in one."""
    block: list[Line] = []
    for line in reversed(all_lines[-30:]):
        if _belongs(line.text):
            block.append(line)
        elif not _SKIPPED.match(line.text):
            break
    block.reverse()
    return block if any(_is_names(line.text) for line in block) else []


def _belongs(text: str) -> bool:
    if len(text) > 160:
        return False
    return bool(
        _is_names(text) or _is_party_line(text) or _ROLE_LINE.match(text) or _PLACE_DATE.match(text)
    )


def _is_names(text: str) -> bool:
    return only_names(text) and not _is_party_line(text)


def _is_party_line(text: str) -> bool:
    """True for "Vänsterpartiet", "För Vänsterpartiet i kommunstyrelsen", "Allianspartierna i Ekmarka"."""
    bare = _FOR.sub("", text)
    found = [*find_parties(bare), *find_groups(bare)]
    if not found or min(p.start for p in found) > 2 or re.search(r"\([A-ZÅÄÖ]", text):
        return False
    rest = bare[max(p.end for p in found) :]
    return len(rest) < 40 and not re.search(r"[.;!?]|\b(?:har|är|vill|anser|ser|yrkar|föreslår)\b", rest)


def _read_block(
    text: str, block: Sequence[Line], local: Mapping[str, str] | None
) -> list[Person]:
    people: list[Person] = []
    party: str | None = None
    seen_party = False
    for line in block:
        if _is_party_line(line.text):
            letters = party_letters(line.text, local)
            party = letters[0] if len(letters) == 1 else None
            if not seen_party and party:
                people = [p if p.party else replace(p, party=party) for p in people]
            seen_party = True
        elif _is_names(line.text):
            people += [
                person if person.party else replace(person, party=party)
                for person in _names_in(text, line, local)
            ]
    return people


def _names_in(text: str, line: Line, local: Mapping[str, str] | None) -> list[Person]:
    found = find_people(text[line.start : line.end], local)
    rest = text[line.start : line.end]
    people = [_shifted(person, line.start, None) for person in found]
    for person in found:
        rest = rest[: person.start] + "," * (person.whole_end - person.start) + rest[person.whole_end :]
    for match in re.finditer(NAME, rest):
        people.append(
            Person(name=match[0], start=line.start + match.start(), end=line.start + match.end())
        )
    return sorted(people, key=lambda person: person.start)


def _shifted(person: FoundPerson, offset: int, role: str | None) -> Person:
    return Person(
        name=person.name,
        party=person.party,
        role=person.role or role,
        start=person.start + offset,
        end=person.end + offset,
    )
