"""Parties in a text: names, letters, inflections, enumerations, and the document's own ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.grammar.found import Found, near

# "(S)", "(KD)", "(Fi)", "(LPo)": what may stand for a party in brackets after a name.
LETTERS = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö!]{0,6}"
_UNLISTED = r"[A-ZÅÄÖ][A-ZÅÄÖ!]{1,5}|[A-ZÅÄÖ][a-zåäö]|[A-ZÅÄÖ][a-zåäö]?[A-ZÅÄÖ][a-zåäö]?"
_INFLECTION = r"(?:s|n|en|ens|er|ers|erna|ernas)?"
_ACTS = (
    "vill", "ville", "tycker", "tyckte", "anser", "ansåg", "menar", "menade", "säger", "sa", "sade",
    "föreslår", "föreslog", "kräver", "krävde", "yrkar", "yrkade", "röstar", "röstade", "svarar",
    "svarade", "motiverar", "motiverade", "stödde", "stöder", "skrev", "reserverade", "avstod",
    "deltog", "instämde", "instämmer",
)  # fmt: skip
"""What a party does: a letter beside such a word is its name ("Vad tyckte M?", "om V ville")."""
_AFTER_ACTS = "|".join(rf"(?<=\b{verb}\s)" for verb in _ACTS)
_CUES = r"från|av|för|och|samt|med|partierna|partiet|gruppen|grupperna|ledamöterna|till"
_LISTS = re.compile(r"\s*,\s*")
_AND = re.compile(r"(?::s)?\s+(?:och|samt|and)\s+(?:the\s+)?")
_TOGETHER = re.compile(r"(?::s)?(?:[\s,&+/]|\b(?:och|samt|and|the)\b)*")
_LOCAL = re.compile(
    r"\b((?:[A-ZÅÄÖ][\wåäöÅÄÖ]*(?:partiet|listan|alternativet|borna|demokraterna|centern|unionen)"
    r"|(?:Lokalpartiet|Partiet|Kommunlistan|Kommunpartiet|Framtid för|Vi i|Rädda|Alternativ för)"
    r"(?: [A-ZÅÄÖ][\wåäöÅÄÖ]+){1,2})(?: [A-ZÅÄÖ][\wåäöÅÄÖ]+){0,2})\s+\((" + _UNLISTED + r")\)"
)
_LETTERS_CUE = re.compile(r"\([\w!]{1,8}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundParty(Found):
    """A party. `letters`: its letters where known ("V"), else its name as written."""

    letters: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    by_letters: Mapping[str, str]
    by_name: Mapping[str, str]
    stems: Mapping[str, str]
    groups: tuple[str, ...]
    blocs: Mapping[str, tuple[str, ...]]


@cache
def _lexicon() -> _Lexicon:
    path = Path(__file__).with_name("parties.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    by_letters: dict[str, str] = {}
    by_name: dict[str, str] = {}
    stems: dict[str, str] = {}
    for party in data["party"]:
        letters = party["letters"]
        by_letters |= dict.fromkeys((letters, *party.get("also", ())), letters)
        names = (*party["names"], *party.get("former", ()))
        by_name |= {name.casefold(): letters for name in names}
        stems |= dict.fromkeys(party["stems"], letters)
    blocs = {name.lower(): tuple(letters) for name, letters in data["blocs"].items()}
    return _Lexicon(by_letters, by_name, stems, tuple(data["groups"]["names"]), blocs)


def canonical(letters: str, local: Mapping[str, str] | None = None) -> str | None:
    """The party's letters as this project writes them ("Fi" → "FI"); None where unknown."""
    lexicon = _lexicon()
    if letters in lexicon.by_letters:
        return lexicon.by_letters[letters]
    if local and letters in local.values():
        return letters
    return next(
        (canon for known, canon in lexicon.by_letters.items() if known.upper() == letters.upper()),
        None,
    )


def local_parties(text: str) -> dict[str, str]:
    """Parties that the text introduces itself: "Lokalpartiet Ekmarka (LPE)" → name to letters."""
    named = near(_LOCAL, _LETTERS_CUE, text, before=200, after=20)
    return {" ".join(m[1].split()): m[2] for m in named}


def find_parties(text: str, local: Mapping[str, str] | None = None) -> list[FoundParty]:
    """Every mention of a party, in order, without overlap.

    Single letters count only where the text says so: in brackets, in an enumeration, in the
    genitive ("S:s"), after a word like "från" or beside one like "tyckte". `local` adds names as
    `local_parties` gives them; letters given as their own name stay letters, and are no word ("EL"
    is not "el").
    """
    names = {name: letters for name, letters in (local or {}).items() if name != letters}
    found = [*_named(text, names), *_lettered(text, local or {})]
    found.sort(key=lambda party: (party.start, -party.end))
    kept: list[FoundParty] = []
    for party in found:
        if not kept or party.start >= kept[-1].end:
            kept.append(party)
    return kept


def is_parties(text: str) -> bool:
    """True for a line of nothing but parties' names: "Vänsterpartiet, Miljöpartiet"."""
    found = find_parties(text)
    named = sum(party.end - party.start for party in found)
    return bool(found) and found[0].start == 0 and len(text) - named <= 4 * len(found)


def party_letters(text: str, local: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The letters of the parties that a phrase names, in order, each once.

    The phrase is taken to speak of parties, so a bare "M" counts.
    """
    whole = re.fullmatch(rf"\s*({LETTERS})\s*", text)
    if whole and (letters := canonical(whole[1], local)):
        return (letters,)
    return tuple(dict.fromkeys(party.letters for party in find_parties(text, local)))


@dataclass(frozen=True, slots=True)
class PartyGroup:
    """Parties that are named together. `start`, `end`: where."""

    start: int
    end: int
    letters: frozenset[str]


def party_groups(text: str) -> list[PartyGroup]:
    """The parties of a text as they are named together: "M, KD och L … från V och S:s" are two
    groups, and so are "M, KD och S, V" and "S, V och MP och SD". Blocs count by their parties ("de
    rödgröna")."""
    groups: list[PartyGroup] = []
    named = _with_blocs(text)
    for n, party in enumerate(named):
        letters = frozenset(_lexicon().blocs.get(party.letters, (party.letters,)))
        if n and _with_last(text, named, n):
            last = groups[-1]
            groups[-1] = PartyGroup(last.start, party.end, last.letters | letters)
        else:
            groups.append(PartyGroup(party.start, party.end, letters))
    return list({group.letters: group for group in reversed(groups)}.values())[::-1]


def party_sides(text: str) -> list[PartyGroup]:
    """The sides of a comparison: the groups of parties; where two parties are all that is named,
    each is a side ("skillnaden mellan S och M")."""
    groups = party_groups(text)
    named = _with_blocs(text)
    if len(groups) != 1 or len(named) != 2:
        return groups
    return [
        PartyGroup(p.start, p.end, frozenset(_lexicon().blocs.get(p.letters, (p.letters,))))
        for p in named
    ]


def _with_last(text: str, named: list[FoundParty], n: int) -> bool:
    """True if a party belongs to the same list as the one before it."""
    between = text[named[n - 1].end : named[n].start]
    if not _TOGETHER.fullmatch(between):
        return False
    after = text[named[n].end : named[n + 1].start] if n + 1 < len(named) else ""
    before = text[named[n - 2].end : named[n - 1].start] if n > 1 else ""
    if n > 2 and _AND.fullmatch(before) and _AND.fullmatch(between):
        return not _LISTS.fullmatch(text[named[n - 3].end : named[n - 2].start])
    begins_anew = bool(_LISTS.fullmatch(after)) and not _LISTS.fullmatch(between)
    commas = n > 1 and bool(_LISTS.fullmatch(before))
    return not (begins_anew and commas)


def _with_blocs(text: str) -> list[FoundParty]:
    blocs = "|".join(sorted(map(re.escape, _lexicon().blocs), key=len, reverse=True))
    found = [
        FoundParty(start=m.start(), end=m.end(), letters=m[1].lower())
        for m in re.finditer(rf"\b({blocs})s?\b", text, re.IGNORECASE)
    ]
    return sorted([*find_parties(text), *found], key=lambda party: party.start)


def find_groups(text: str) -> list[FoundParty]:
    """Words for several parties at once ("Allianspartierna"); `letters` is the word as written."""
    pattern = "|".join(re.escape(name) for name in _lexicon().groups)
    return [
        FoundParty(start=m.start(), end=m.end(), letters=m[0].rstrip("s"))
        for m in re.finditer(rf"\b(?:{pattern})s?\b", text, re.IGNORECASE)
    ]


@cache
def _name_pattern(local: tuple[str, ...]) -> re.Pattern[str]:
    lexicon = _lexicon()
    names = sorted({*lexicon.by_name, *(name.casefold() for name in local)}, key=len, reverse=True)
    whole = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    stems = "|".join(sorted(lexicon.stems, key=len, reverse=True))
    return re.compile(rf"\b(?:(?P<name>{whole})s?|(?P<stem>{stems}){_INFLECTION})\b", re.IGNORECASE)


def _named(text: str, local: Mapping[str, str]) -> list[FoundParty]:
    lexicon = _lexicon()
    names = dict(lexicon.by_name) | {name.casefold(): letters for name, letters in local.items()}
    found = []
    for m in _name_pattern(tuple(local)).finditer(text):
        if m["name"]:
            letters = names[" ".join(m["name"].casefold().split())]
        else:
            letters = lexicon.stems[m["stem"].casefold()]
        if not _is_common_word(m[0]):
            found.append(FoundParty(start=m.start(), end=m.end(), letters=letters))
    return found


def _is_common_word(word: str) -> bool:
    """True for "moderat" the adjective and "centern" the place, written small."""
    return word in ("moderat", "centern", "demokraterna", "liberalerna")


@cache
def _letter_pattern(local: tuple[str, ...]) -> re.Pattern[str]:
    known = sorted({*_lexicon().by_letters, *local}, key=len, reverse=True)
    one = "(?:" + "|".join(re.escape(letters) for letters in known) + r")(?![\wåäöÅÄÖ!&])"
    joined = r",\s*(?:och\s+|samt\s+)?|\s(?:och|samt|respektive|eller|&|\+|/)\s*|[/+]"
    parted = rf"-?\s*(?:{joined}|-(?=[A-ZÅÄÖ]))\s*"
    return re.compile(
        rf"(?<![\wåäöÅÄÖ.&:-])(?:{one}(?:{parted}{one})+(?::s)?|{one}:s\b"
        rf"|{one}(?=-(?:grupp|ledam|politik|parti|repres))|(?:SD|KD|MP)(?![\wåäöÅÄÖ!&-])"
        rf"|(?<=\()\s*{one}(?=\s*[),])|(?<=[A-ZÅÄÖ],\s){one}(?=\s*\))"
        rf"|(?:(?<=\bfrån\s)|(?<=\bav\s)|(?<=partierna\s)|(?<=gruppen\s)|(?<=partiet\s)){one}"
        rf"|(?:{_AFTER_ACTS}){one}|{one}(?=\s(?:{'|'.join(_ACTS)})\b))"
    )


def _lettered(text: str, local: Mapping[str, str]) -> list[FoundParty]:
    known = tuple(sorted(local.values()))
    found = []
    for run in _letter_pattern(known).finditer(text):
        for m in re.finditer(r"[A-Za-zÅÄÖåäö!]+", run[0].removesuffix(":s")):
            letters = canonical(m[0], local)
            if letters and m[0] not in ("och", "samt", "respektive", "eller"):
                start = run.start() + m.start()
                found.append(FoundParty(start=start, end=start + len(m[0]), letters=letters))
    return found
