"""People in a text: names with particles, hyphens and initials, their parties and roles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ingest.grammar.found import Found
from ingest.grammar.headings import kind_of
from ingest.grammar.parties import LETTERS, canonical, local_parties, party_letters
from ingest.grammar.roles import bare_role, find_role_after, find_role_before

UPPER = "A-ZÅÄÖÉÈÜÁÀÓØÆÇÑŠŽĆČĐŁÍÚÝŞİĞÔÊËÏÂÎÛÒÌÙÕÃ"
LOWER = "a-zåäöéèüáàóøæçñšžćčđłíúýşığôêëïâîûòìùõãßñńśźż"
_WORD = rf"[{UPPER}][{LOWER}{UPPER}]*(?:['’´`-][{UPPER}{LOWER}]+)*"
_INITIAL = rf"[{UPPER}](?:[.-][{UPPER}])*\.?"
_PARTY = re.compile(
    rf"\((?P<all>(?:båda|bägge|samtliga|alla)\s+(?:för\s+|från\s+)?)?(?P<party>{LETTERS}|–|-|—)\)"
    r"|\((?P<words>[Pp]artilös|[Oo]beroende|[Pp]olitisk vilde|[Pp]olitiskt obunden|[Uu]tan parti)\)"
)
_LINE_LONG = 45  # a line this long goes on in the next one; a shorter one may be a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson(Found):
    """A person as named; `start`, `end` hold the name alone, without party and role.

    Attributes:
        name: on one line.
        party: letters as this project writes them, or as printed where unknown, or None.
        role: the role before or after the name in its bare form ("ordförande"), or None.
        whole_end: the end of the name with its party in brackets.
    """

    name: str
    party: str | None = None
    role: str | None = None
    whole_end: int


@dataclass(frozen=True, slots=True)
class _Words:
    particles: frozenset[str]
    not_names: frozenset[str]
    organisations: frozenset[str]


@cache
def _words() -> _Words:
    path = Path(__file__).with_name("names.toml")
    data: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return _Words(
        frozenset(data["particles"]),
        frozenset(data["not_names"]),
        frozenset(data["organisations"]),
    )


@cache
def _bare_pattern() -> re.Pattern[str]:
    particles = "|".join(sorted(_words().particles, key=len, reverse=True))
    more = rf"(?:\s(?:(?:{particles})\s){{0,2}}(?:{_WORD}|{_INITIAL}(?=\s)))"
    return re.compile(rf"(?<![\w-])(?:{_WORD}|{_INITIAL}(?=\s)){more}{{1,4}}(?![\w-])")


def find_people(
    text: str, local: Mapping[str, str] | None = None, *, bare: bool = False
) -> list[FoundPerson]:
    """People named with a party in brackets, in order: "Anna af Ek (S), Bo Al-Ali (båda V)".

    `bare` adds names of two words and more without a party, and those that a role announces
    ("sekreterare Anna Ek"). `local` gives the document's own parties (`local_parties`).
    """
    people = _with_parties(text, local)
    if bare:
        people = sorted([*people, *_without_parties(text, people)], key=lambda p: p.start)
    return people


def _with_parties(text: str, local: Mapping[str, str] | None) -> list[FoundPerson]:
    people: list[FoundPerson] = []
    for m in _PARTY.finditer(text):
        floor = people[-1].whole_end if people else 0
        party = _party(m, local)
        span = _name_before(text, m.start(), floor, sure=bool(party and canonical(party, local)))
        if span is None or party == "":
            continue
        if m["all"]:
            people += _enumerated(text, floor, span[0], party)
        person = _person(text, *span, party=party, whole_end=m.end())
        people.append(person)
    return people


def _party(m: re.Match[str], local: Mapping[str, str] | None) -> str | None:
    """The party's letters; None for people of no party; "" if the brackets hold no party."""
    if m["words"] or m["party"] in ("-", "–", "—"):
        return None
    written = m["party"]
    known = canonical(written, local)
    if known:
        return known
    return written if written.isupper() or len(written) <= 3 else ""


def _person(text: str, start: int, end: int, *, party: str | None, whole_end: int) -> FoundPerson:
    return FoundPerson(
        start=start,
        end=end,
        name=" ".join(re.sub(r"-\s*\n\s*", "-", text[start:end]).split()),
        party=party,
        role=_role(text, start, whole_end),
        whole_end=whole_end,
    )


def _role(text: str, start: int, end: int) -> str | None:
    before = find_role_before(text[max(0, start - 45) : start])
    return bare_role(before) if before else find_role_after(text, end)


_NEAR = 60  # characters before a bracket in which "m.fl." and white space may stand
_AND_OTHERS = re.compile(r"\s+(?:m\.?\s?fl\.?|med\s+flera)\s*$")


def _name_before(text: str, end: int, floor: int, *, sure: bool = False) -> tuple[int, int] | None:
    """The name that ends before the bracket at `end`, not reaching back over `floor`.

    `sure`: a known party stands in the bracket, so that "Hamn" and "Park" are surnames.
    """
    low = max(0, end - _NEAR)
    stop = low + len(_AND_OTHERS.sub("", text[low:end]).rstrip())
    if stop <= floor:
        return None
    tokens = _tokens_before(text, stop, floor)
    while tokens and text[tokens[0][0] : tokens[0][1]] in _words().particles:
        tokens.pop(0)
    while tokens and _begins_no_name(text[tokens[0][0] : tokens[0][1]], len(tokens)):
        tokens.pop(0)
        while tokens and text[tokens[0][0] : tokens[0][1]] in _words().particles:
            tokens.pop(0)
    named = tokens[:-1] if sure and len(tokens) == 2 else tokens
    if not tokens or any(_is_collective(text[a:b]) for a, b in named):
        return None
    return tokens[0][0], tokens[-1][1]


def _is_collective(word: str) -> bool:
    return word in _words().organisations or word.endswith(
        ("partiet", "listan", "nämnden", "bolaget")
    )


def _begins_no_name(word: str, left: int) -> bool:
    return word in _words().not_names and not (left == 2 and word == "Val")


def _tokens_before(text: str, stop: int, floor: int) -> list[tuple[int, int]]:
    tokens: list[tuple[int, int]] = []
    at = stop
    while len(tokens) < 7:
        m = re.search(
            rf"(?<![\w.’'-])({_WORD}|{_INITIAL}|[{LOWER}]{{1,3}})$", text[max(floor, at - 40) : at]
        )
        if not m:
            break
        word = m[1]
        start = at - len(word)
        if word[0].islower() and word not in _words().particles:
            break
        if word in _words().not_names and len(tokens) >= 1:
            break
        tokens.insert(0, (start, at))
        gap = re.search(
            r"(?:[ \t\u00a0]+|[ \t]*\n[ \t]*)$", text[max(floor, start - _NEAR) : start]
        )
        if not gap or ("\n" in gap[0] and not _goes_on(text, start - len(gap[0]), len(tokens))):
            break
        at = start - len(gap[0])
    return tokens


def _goes_on(text: str, line_end: int, words: int) -> bool:
    """True if the line that ends at `line_end` goes on in the next, where `words` were found."""
    line = text[text.rfind("\n", 0, line_end) + 1 : line_end]
    if kind_of(line):
        return False
    return len(line) >= _LINE_LONG or words < 2


def _enumerated(text: str, floor: int, end: int, party: str | None) -> list[FoundPerson]:
    """The names before the last one of "A B, C D och E F (samtliga S)"."""
    people: list[FoundPerson] = []
    at = end
    while True:
        joint = re.search(r"(?:,|\boch|\bsamt)\s*$", text[floor:at])
        if not joint:
            return people
        stop = len(text[: floor + joint.start()].rstrip())
        span = _name_before(text, stop, floor)
        if span is None:
            return people
        people.insert(0, _person(text, *span, party=party, whole_end=span[1]))
        at = span[0]


def _without_parties(text: str, people: list[FoundPerson]) -> list[FoundPerson]:
    taken = [(p.start, p.whole_end) for p in people]
    found = []
    for m in _bare_pattern().finditer(text):
        span = _trimmed(text, m.start(), m.end())
        if span is None or any(a < span[1] and span[0] < b for a, b in taken):
            continue
        found.append(_person(text, *span, party=None, whole_end=span[1]))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = _words()
    while first := re.match(rf"({_WORD})\s", text[start:end]):
        if first[1] not in words.not_names:
            break
        start += first.end()
    end = _line_end(text, start, end)
    tokens = text[start:end].split()
    if len(tokens) < 2 or any(_is_collective(t) or t in words.not_names for t in tokens):
        return None
    return start, end


def _line_end(text: str, start: int, end: int) -> int:
    """Where a name ends that seems to go on in the next line; it does only from a long one."""
    at = text.find("\n", start, end)
    if at < 0 or at - text.rfind("\n", 0, start) - 1 >= _LINE_LONG:
        return end
    return at if " " in text[start:at].strip() else end


def shared_party(people: list[FoundPerson], text: str) -> list[FoundPerson]:
    """Gives "Anna Ek och Bo Al (V)" one party: a name without takes that of the next in the list.

    For runs of names joined by commas and "och" only; others stay as they are.
    """
    result = list(people)
    for i in range(len(result) - 2, -1, -1):
        this, following = result[i], result[i + 1]
        joint = text[this.whole_end : following.start]
        if this.party is None and following.party and re.fullmatch(r"\s*(?:,|och|samt)\s*", joint):
            result[i] = replace(this, party=following.party)
    return result


def learn_parties(text: str) -> dict[str, str]:
    """The document's own parties: those it introduces by name, and letters it puts after people.

    Names, or the letters themselves, to letters; pass it as `local` to the other functions.
    """
    learnt = local_parties(text)
    for person in find_people(text):
        if person.party and canonical(person.party) is None and len(person.party) > 1:
            learnt.setdefault(person.party, person.party)
    return learnt


def known_people(text: str, local: Mapping[str, str] | None = None) -> dict[str, str]:
    """Names to parties, for the people whom the text names with one party and never with two."""
    parties: dict[str, set[str]] = {}
    for person in find_people(text, local):
        if person.party and " " in person.name:
            parties.setdefault(person.name, set()).add(person.party)
    return {name: found.pop() for name, found in parties.items() if len(found) == 1}


_FROM = re.compile(
    r"\b(?:[Ll]edamöterna|[Ll]edamöter|[Gg]rupperna|[Gg]ruppen|[Pp]artierna|[Rr]epresentanterna"
    r"|[Ss]amtliga)\s+"
    r"(?:(?:från|för|i)\s+)?"
    r"(?P<parties>(?:[A-ZÅÄÖ][\w ]*?(?:,\s*|\s+och\s+|\s+samt\s+))*[A-ZÅÄÖ]\w*)"
)


def find_party_members(text: str, local: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The parties of "Ledamöterna från SD", "samtliga ledamöter för M och KD"."""
    letters: list[str] = []
    for m in _FROM.finditer(text):
        letters += party_letters(m["parties"], local)
    return tuple(dict.fromkeys(letters))
