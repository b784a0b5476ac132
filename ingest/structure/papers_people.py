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
from ingest.grammar.parties import find_groups, find_parties
from ingest.records import Person
from ingest.structure.papers_names import NAME, names_with_parties, only_names
from ingest.structure.papers_text import Line, lines

_ROLE_LINE: Final = re.compile(
    r"(?i)^(?:\d:?[ea] |förste |andre |första |andra )?(?:vice |v )?(?:ordförande"
    r"|gruppledare|ledamot|ersättare|kommunalråd|oppositionsråd|kommunalrådskandidat"
    r"|regionråd|riksdagsledamot)\b.{0,60}$"
)
_PLACE_DATE: Final = re.compile(
    r"^[A-ZÅÄÖ][\wåäö]+(?: [A-ZÅÄÖ][\wåäö]+)?,? (?:den |20\d\d-|\d{1,2} [a-z]{3,9} 20)\S.{0,70}$"
)
_SKIPPED: Final = re.compile(
    r"(?i)^(?:[_.…-]{3,}.*|\d+ ?\(\d+\)|sida \d.*|[¹²³⁴⁵⁶⁷⁸⁹]+ .*|\d{1,2} (?:se|jfr"
    r"|http).*|/?(?:underskrift|underskrifter|namnförtydligande)/?"
    r"|(?=.{0,240}(?:@|\bwww\.|\bbox \d|\b\d{3} ?\d\d [a-zåäö]|\btelefon\b|\borg\.?nr)).{5,240}"
    r"|beslut(?:at|et)? (?:av|att) .{5,200}|(?:kopia|bilag\w+)\b.{0,120})$"
)
_FOOTNOTE: Final = re.compile(r"^\d{1,2} [A-ZÅÄÖ].{5,200}$")
_CLOSING_NAME: Final = re.compile(
    rf"[.!?] (?P<name>{NAME}), (?P<role>[^\n.]{{0,60}}(?:ordförande|kommunalråd"
    rf"|ledamot)[^\n.]{{0,40}})\s*$"
)
# "Anna Ek, ledamot" · "Anna Ek ledamot för Vänsterpartiet", on two lines in the paper
_OWN_ROLE: Final = re.compile(
    r"(?:,\s*|\s(?=(?:ledamot|ersättare|gruppledare|kommunalråd|oppositionsråd)\b))"
    r"(?P<role>(?:\d:[ea] |förste |andre |tf )?(?:vice )?[a-zåäö-]{3,30}"
    r"(?: (?:i|för) [\wåäöÅÄÖ -]{3,40})?)$"
)
_SENDER: Final = re.compile(
    r"(?:^|(?<=\n))[ ]*[*_]{0,2}"
    r"(?:(?P<label>Namn|Förslagsställare|Förslagslämnare|Inlämnat av|Avsändare|Från)[ ]*:"
    r"[*_]{0,2}[ ]*"
    r"|(?:Förslagsställare|Förnamn[ ]+Efternamn)\b[^\n:]*\n[ ]*)"
    rf"(?P<name>{NAME.replace(' (?:', ' +(?:', 1)})(?:[ ]*\((?P<party>[A-ZÅÄÖ]\w{{0,5}})\))?"
)
_LAST: Final = 30
"""A paper is signed in one of so many of its last lines."""
_ORGAN: Final = re.compile(
    r"(?i)\w+(?:nämnden|styrelsen|revisionen|kontoret|förvaltningen|fullmäktige)\b"
)
_FOR_WHOM: Final = re.compile(
    r"(?<=  )För [A-ZÅÄÖ][\wåäö-]+(?: [\wåäöÅÄÖ-]+)*|^För [A-ZÅÄÖ][\wåäö-]+(?=  )"
)
"""One of several columns of a line, a party that is not known by its letters among them."""
_FOR: Final = re.compile(r"(?i)^/?(?:för |/)?(?:\w+gruppen )?")


def people_at(
    text: str, start: int, end: int, local: Mapping[str, str] | None = None
) -> list[Person]:
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


def signed(
    text: str, span: Span, local: Mapping[str, str] | None = None, *, noted: bool = True
) -> list[Person]:
    """The people in the signature block at the end of a paper, with their parties.

    Args:
        noted: True where a note may stand below the names, right under the paper's own date.
    """
    all_lines = lines(text, span.start, span.end)
    block = _block(all_lines, local)
    if not block and noted:
        block = _under_its_date(all_lines[-_LAST:], local)
    return _read_block(text, block, local)


def signed_anywhere(text: str, span: Span, local: Mapping[str, str] | None = None) -> list[Person]:
    """Lines that hold nothing but names with parties in brackets, wherever they stand."""
    block = [line for line in lines(text, span.start, span.end) if names_with_parties(line.text)]
    return _read_block(text, block, local)


def parties_of_block(
    text: str, span: Span, local: Mapping[str, str] | None = None
) -> list[tuple[str, Span]]:
    """The parties and party groups that the signature block names, with their places."""
    found = []
    for line in _block(lines(text, span.start, span.end), local):
        piece = text[line.start : line.end]
        named = find_parties(piece, local) or (find_groups(piece) if len(line.text) < 60 else [])
        found += [(p.letters, Span(line.start + p.start, line.start + p.end)) for p in named]
    return found


def closing_name(text: str, span: Span) -> list[Person]:
    """Who ends a paper inside its last line: "… som förut. Anna Ek, ordförande i nämnden"."""
    match = _CLOSING_NAME.search(text, max(span.start, span.end - 300), span.end)
    if not match:
        return []
    role = match["role"].strip()
    return [Person(name=match["name"], role=role, start=match.start("name"), end=match.end("name"))]


def labelled_name(text: str, span: Span) -> list[Person]:
    """Who a form names as its sender: "Namn: Anna Ek"."""
    match = _SENDER.search(text, span.start, span.end)
    if not match:
        return []
    name, party = " ".join(match["name"].split()), match["party"]
    return [Person(name=name, party=party, start=match.start("name"), end=match.end("name"))]


def proposer(text: str, span: Span) -> list[Person]:
    """Who a form says has put the proposal: "Förslagsställare: Anna Ek". Who signs further down
    answers it."""
    match = _SENDER.search(text, span.start, span.end)
    named = match and (match["label"] or "").startswith("Förslags")
    return labelled_name(text, span) if named else []


def place_date(text: str, span: Span) -> str | None:
    """The line "Ekmarka den 3 maj 2031 …" that dates a paper at its end, or None."""
    for line in reversed(lines(text, span.start, span.end)[-40:]):
        if _PLACE_DATE.match(line.text):
            return line.text
    return None


def _block(all_lines: Sequence[Line], local: Mapping[str, str] | None = None) -> list[Line]:
    """The lines of the signature block, in order; empty if the paper does not end in one."""
    last = all_lines[-_LAST:]
    block: list[Line] = []
    for at in range(len(last) - 1, -1, -1):
        text = last[at].text
        if _belongs(text, local) or (at and _is_title(text, last[at - 1].text)):
            block.append(last[at])
        elif not _SKIPPED.match(text) and (block or not _FOOTNOTE.match(text)):
            break
    block.reverse()
    while block and not _belongs(block[0].text, local):
        block.pop(0)
    return block if any(_is_names(line.text) for line in block) else []


def _under_its_date(last: Sequence[Line], local: Mapping[str, str] | None) -> list[Line]:
    """The names right under the line that dates a paper, where a note stands below them."""
    dated = [at for at, line in enumerate(last) if _PLACE_DATE.match(line.text)]
    block: list[Line] = []
    for line in last[dated[-1] + 1 :] if dated else ():
        if not _belongs(line.text, local) or _ORGAN.search(line.text):
            break
        block.append(line)
    return block if block and _is_names(block[0].text) else []


def _is_title(text: str, above: str) -> bool:
    """True for what somebody is, printed under the name: "Ordförande i ungdomsrådet"."""
    return len(text) < 80 and text[0].isalpha() and text[-1] not in ".:;?!" and _is_names(above)


def _belongs(text: str, local: Mapping[str, str] | None = None) -> bool:
    if len(text) > 160:
        return False
    return bool(
        _is_names(text)
        or _is_party_line(text, local)
        or _ROLE_LINE.match(text)
        or _PLACE_DATE.match(text)
    )


def _is_names(text: str) -> bool:
    return only_names(_OWN_ROLE.sub("", text)) and not _is_party_line(text)


def _is_party_line(text: str, local: Mapping[str, str] | None = None) -> bool:
    """True for "Vänsterpartiet", "För Moderaterna i Ekmarka", "Allianspartierna"."""
    bare = _FOR.sub("", text)
    found = [*find_parties(bare, local), *find_groups(bare)]
    if not found or min(p.start for p in found) > 2 or re.search(r"\([A-ZÅÄÖ]", text):
        return False
    rest = bare[max(p.end for p in found) :]
    return len(rest) < 40 and not re.search(
        r"[.;!?]|\b(?:har|är|vill|anser|ser|yrkar|föreslår)\b", rest
    )


def _read_block(text: str, block: Sequence[Line], local: Mapping[str, str] | None) -> list[Person]:
    people: list[Person] = []
    columns: list[tuple[int, str | None]] = []
    seen_party = False
    for at, line in enumerate(block):
        if _is_party_line(line.text, local):
            columns = _columns(text, line, local)
            if not seen_party and len(columns) == 1:
                people = [p if p.party else replace(p, party=columns[0][1]) for p in people]
            elif not seen_party and at and _is_names(block[at - 1].text):
                people = [_of_column(text, block[at - 1], person, columns) for person in people]
            seen_party = True
        elif _is_names(line.text):
            title = block[at + 1].text if at + 1 < len(block) else ""
            people += _signers(text, line, columns, title, local)
    return people


def _signers(
    text: str,
    line: Line,
    columns: Sequence[tuple[int, str | None]],
    below: str,
    local: Mapping[str, str] | None,
) -> list[Person]:
    """The people of one line, each with the party above and the title below."""
    found = []
    own = _OWN_ROLE.search(line.text)
    title = own["role"] if own else (below if below and not _belongs(below) else None)
    role = _ROLE_LINE.match(below)
    title = below if title is None and role else title
    for person in _names_in(text, line, local):
        column = person.start - _line_start(text, line)
        told = _of_role(own["role"] if own else below, local) if own or role else None
        party = person.party or _above(columns, column) or told
        found.append(replace(person, party=party, role=person.role or (title and title.lower())))
    if len(found) > 1 and title and not own:
        found = [replace(person, role=None) for person in found]
    return found


def _of_role(below: str, local: Mapping[str, str] | None) -> str | None:
    """The party that the line below a name tells: "ledamot för Centerpartiet"."""
    found = find_parties(below, local)
    return found[0].letters if len(found) == 1 else None


def _line_start(text: str, line: Line) -> int:
    return text.rfind("\n", 0, line.start) + 1


def _of_column(
    text: str, line: Line, person: Person, columns: Sequence[tuple[int, str | None]]
) -> Person:
    """A person of that line with the party printed below them, where they have none yet."""
    if person.party or person.start < line.start or not columns:
        return person
    return replace(person, party=_above(columns, person.start - _line_start(text, line)))


def _columns(
    text: str, line: Line, local: Mapping[str, str] | None
) -> list[tuple[int, str | None]]:
    """Where on the line each party stands, and its letters."""
    piece = text[line.start : line.end]
    found = find_parties(piece, local)
    offset = line.start - _line_start(text, line)
    unique: dict[str | None, int] = {p.letters: p.start + offset for p in reversed(found)}
    for match in _FOR_WHOM.finditer(piece):
        if not any(match.start() <= party.start < match.end() for party in found):
            unique[None] = match.start() + offset
    return sorted(((column, letters) for letters, column in unique.items()), key=lambda c: c[0])


def _above(columns: Sequence[tuple[int, str | None]], column: int) -> str | None:
    if not columns:
        return None
    if len(columns) == 1:
        return columns[0][1]
    return min(columns, key=lambda each: abs(each[0] - column))[1]


def _names_in(text: str, line: Line, local: Mapping[str, str] | None) -> list[Person]:
    found = find_people(text[line.start : line.end], local)
    rest = text[line.start : line.end]
    people = [_shifted(person, line.start, None) for person in found]
    for person in found:
        rest = (
            rest[: person.start]
            + "," * (person.whole_end - person.start)
            + rest[person.whole_end :]
        )
    rest = _OWN_ROLE.sub(lambda match: "," * len(match[0]), rest)
    for match in re.finditer(NAME, rest):
        for name in _apart(match[0]):
            start = line.start + match.start() + match[0].find(name)
            people.append(Person(name=name, start=start, end=start + len(name)))
    return _without_parties(sorted(people, key=lambda person: person.start), local)


def _without_parties(people: list[Person], local: Mapping[str, str] | None) -> list[Person]:
    """The people, a party's name among them ("Anna Ek, Miljöpartiet de Gröna") made their party."""
    kept: list[Person] = []
    for person in people:
        party = find_parties(person.name, local)
        if party and party[0].start == 0:
            kept = [each if each.party else replace(each, party=party[0].letters) for each in kept]
        else:
            kept.append(person)
    return kept


def _apart(words: str) -> list[str]:
    """Two names that only a space divides: four capitalised words are two people."""
    parts = words.split(" ")
    if len(parts) == 4 and all(part[0].isupper() and "-" not in part for part in parts):
        return [" ".join(parts[:2]), " ".join(parts[2:])]
    return [words]


def _shifted(person: FoundPerson, offset: int, role: str | None) -> Person:
    return Person(
        name=person.name,
        party=person.party,
        role=person.role or role,
        start=person.start + offset,
        end=person.end + offset,
    )
