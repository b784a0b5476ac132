"""What a question names: people, parties, bodies, papers, and when."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import english
from assistant.cues import language_of, matches, matching
from ingest.grammar.dates import MONTHS, find_dates
from ingest.grammar.names import find_people
from ingest.grammar.parties import canonical, party_groups, party_letters

_SEASONS = {
    "våren": ("01-01", "06-30"), "vårens": ("01-01", "06-30"), "sommaren": ("06-01", "08-31"),
    "hösten": ("08-01", "12-31"), "höstens": ("08-01", "12-31"), "vintern": ("11-01", "12-31"),
    "spring": ("01-01", "06-30"), "summer": ("06-01", "08-31"), "autumn": ("08-01", "12-31"),
    "fall": ("08-01", "12-31"),
}  # fmt: skip
_MONTH_NUMBERS = {name: n for names in (MONTHS, english.MONTHS) for n, name in enumerate(names, 1)}
_SEASON = re.compile(rf"\b({'|'.join(_SEASONS)})(?: of)? ((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({'|'.join(_MONTH_NUMBERS)})s? ((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")
_MEETING = re.compile(r"(?:möte|sammanträde)\w{0,3}$", re.IGNORECASE)
"""What a month may be joined with."""


@dataclass(frozen=True, slots=True)
class Period:
    """Inclusive ISO dates. `exact`: True where a day or a month was named, False for a year."""

    first: str
    last: str
    exact: bool = True

    def holds(self, date: str | None) -> bool:
        """True if the ISO date lies within the period."""
        return date is not None and self.first <= date <= self.last


@lru_cache(maxsize=64)
def months_named(text: str) -> frozenset[int]:
    """The numbers of the months that a text names ("april", "aprilmötet"); an English one only with
    its capital ("May")."""
    words = [_MEETING.sub("", word) for word in re.findall(r"[A-Za-zåäö]+", text)]
    swedish = {MONTHS.index(word.lower()) + 1 for word in words if word.lower() in MONTHS}
    english = {
        _MONTH_NUMBERS[w.lower()] for w in words if w[:1].isupper() and w.lower() in _MONTH_NUMBERS
    }
    return frozenset(swedish | english)


def _base(name: str) -> str:
    """A name without the genitive's s: "Axel Darviks" is of Axel Darvik, and Attenius stays."""
    return name[:-1] if re.search(r"[^aeiouyåäöés]s$", name) else name


def people(text: str) -> tuple[str, ...]:
    """Names of people, with their party or without, and without the genitive's s."""
    if language_of(text) == "en":
        return english.people(text)
    found = (_without_opening(text, p.name) for p in find_people(text, bare=True))
    named = (name for name in found if " " in name and not _NO_PERSON.search(name))
    named = (name for name in named if not party_letters(name.split()[-1]))  # "Fick Centern …"
    return tuple(dict.fromkeys(_base(name) for name in named))


_NO_PERSON = re.compile(
    r"\b(?:stads?|kommuns?|regions?|AB|nämnd|fond|stiftelse)$|^(?:vilke[nt]|vilka|vems?|vad|hur)\b",
    re.IGNORECASE,
)
"""How what is no person's name ends or begins: "Borås Stad", "Vilket EU-projekt"."""


def _without_opening(text: str, name: str) -> str:
    """A name without the verb that opens the question: "Fick Siri Lund ja …"."""
    words = name.split()
    opens = len(words) > 2 and text.startswith(name) and text.rstrip().endswith("?")
    return " ".join(words[1:]) if opens else name


def papers(text: str) -> Sequence[str]:
    """The kinds of paper, as values of `PartKind`."""
    kinds = [kind for row in matches("paper", text) for kind in row["kinds"]]
    return tuple(dict.fromkeys(kinds))


_LONE = re.compile(
    r"(?i:\b(?:var|är|hade|har|sig|sätter|stod|gick|gör|gjorde|räknar|räknade|gav|lade|såg|ser|fick|"
    r"får|ska|skulle|hos|enligt|och|did|was|were|does|according to)) "
    r"([A-ZÅÄÖ])(?=[ ?,.]|$)"
)
"""A letter that somebody asks about as one asks about people: "Varför var S emot?"."""
_IN_BODY = re.compile(r"\bi (?:kommun)?(?:fullmäktige|styrelsen)\b|\bi K[FS]\b", re.IGNORECASE)
"""Where it happened: "Hur gick det i fullmäktige med styrelsens förslag?" asks of the council."""
_AS_WANTED = re.compile(
    r",? (?:så )?som (?:kommun)?(?:fullmäktige|styrelsen) (?:ville|föreslog|önskade|hade (?:velat|"
    r"föreslagit|önskat))\b",
    re.IGNORECASE,
)
"""What somebody else had wanted: "Lade fullmäktige ned uppdraget, så som styrelsen ville?"."""
_SEAT = re.compile(
    r"\b(?:ersättar|ledam|ordförande|suppleant|plats|uppdrag)\w* i "
    r"(?:(?:kommun)?(?:fullmäktige|styrelsen)|\w*nämnden)\b",
    re.IGNORECASE,
)
"""Where somebody has a seat, which is not where it happened."""
_WHOSE_BODY = re.compile(
    r"\b(?:kommun)?(?:fullmäktiges|styrelsens)\b(?! (?:beslut|ställning|svar|omröstning))", re.I
)
"""A body whose line or proposal somebody else took up: "Fällde fullmäktige styrelsens förslag?"."""
_DECIDES = re.compile(
    r"\b(?:vad|hur) (?:beslutade|beslöt|bestämde|röstade|sade) "
    r"((?:kommun)?(?:fullmäktige|styrelsen))|"
    r"\b(?:fick|fått|få) \w+ ((?:kommun)?(?:fullmäktige|styrelsen)) med sig\b",
    re.IGNORECASE,
)


_VOTED_FOR = re.compile(
    r"\b(?:ja|nej|för|mot|till|bifall|avslag) (?:till )?\w*(?:styrelsens|nämndens|utskottets) "
    r"förslag\b",
    re.IGNORECASE,
)
"""Whose proposal was voted on says not where it was."""


def bodies_asked(text: str) -> tuple[str, ...]:
    """The bodies that a question is about: where it comes in several sentences, those of the last
    that names any ("Styrelsen ville säga nej. Vad beslutade fullmäktige?")."""
    text = _VOTED_FOR.sub("", _AS_WANTED.sub("", text))
    text = seated if matching("body", seated := _SEAT.sub("", text)) else text
    pieces = [piece for piece in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text) if piece]
    named = ((matching("body", piece), piece) for piece in reversed(pieces))
    bodies, piece = next(((some, piece) for some, piece in named if some), ((), ""))
    decides = matching("body", " ".join(m[1] or m[2] for m in _DECIDES.finditer(piece)))
    there = decides or matching("body", " ".join(m[0] for m in _IN_BODY.finditer(piece)))
    there = there or matching("body", _WHOSE_BODY.sub("", piece))
    return there if len(there) == 1 and len(bodies) > 1 else bodies


def parties(text: str, local: Collection[str]) -> tuple[str, ...]:
    """Letters of the parties, by their Swedish names and letters, their English names, or the bloc
    that is named alone ("de rödgröna")."""
    found = party_letters(text, {letters: letters for letters in local})
    if not found:
        found = tuple(sorted({letters for g in party_groups(text) for letters in g.letters}))
    found += tuple(match[1] for match in _LONE.finditer(text) if canonical(match[1]))
    alone = (x for x in local if len(x) > 1 and re.search(rf"(?<![\w:]){re.escape(x)}(?!\w)", text))
    return tuple(dict.fromkeys((*found, *alone, *matching("party", text))))


def periods(text: str) -> tuple[Period, ...]:
    """Days, months and seasons, and the years that are named without any."""
    found: list[Period] = []
    for date in find_dates(text):
        if len(date.iso) == 10:
            found.append(Period(date.iso, date.iso))
    for match in _MONTH_YEAR.finditer(text):
        month = f"{match[2]}-{_MONTH_NUMBERS[match[1].lower()]:02}"
        if not any(period.first.startswith(month) for period in found):
            found.append(Period(f"{month}-01", f"{month}-31"))
    for match in _SEASON.finditer(text):
        first, last = _SEASONS[match[1].lower()]
        found.append(Period(f"{match[2]}-{first}", f"{match[2]}-{last}"))
    named = {period.first[:4] for period in found}
    found += [
        Period(f"{year}-01-01", f"{year}-12-31", exact=False)
        for year in dict.fromkeys(_YEAR.findall(text))
        if year not in named
    ]
    return tuple(found)
