"""Understanding a question: its language, what it asks for, and whom, when and what it names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from assistant import english
from ingest.grammar.dates import MONTHS, find_dates
from ingest.grammar.names import find_people
from ingest.grammar.parties import canonical, party_groups, party_letters
from ingest.grammar.references import find_cases, find_paragraphs
from ingest.parts import PartKind

MAX_CHARACTERS = 4000
"""A longer question is cut: nobody asks more in one breath."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as understood.

    Attributes:
        text: the standalone question.
        language: "sv" or "en".
        kinds: what it asks for, main kind first; ("open",) where no rule says.
        papers: kinds of paper that it names.
        bodies: bodies that it names ("Kommunfullmäktige").
        parties: letters of the parties that it names.
        people: names that it names.
        periods: days, months, seasons and years that it names.
        cases: diarienummer in canonical form.
        paragraphs: numbers of the §§ that it names.
        focus: parts that the conversation is about, as (file, part id).
        matter: what an earlier turn supplied, "" where the question stood alone.
    """

    text: str
    language: str
    kinds: tuple[str, ...]
    papers: tuple[PartKind, ...] = ()
    bodies: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    cases: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    focus: tuple[tuple[str, str], ...] = ()
    matter: str = ""

    @property
    def kind(self) -> str:
        """The main kind."""
        return self.kinds[0]

    @property
    def asks(self) -> str:
        """The question's own words, without the matter that an earlier turn supplied."""
        return self.text.replace(f"({self.matter})", "").strip() if self.matter else self.text


def understand(text: str, local: Collection[str] = ()) -> Question:
    """Understands a standalone question by rules. Never raises.

    `local`: letters of the parties that the indexed papers name, local ones among them.
    """
    text = " ".join(text[:MAX_CHARACTERS].split())
    papers = tuple(PartKind(kind) for kind in _papers(text))
    return Question(
        text=text,
        language=language_of(text),
        kinds=_kinds(text, papers) or ("open",),
        papers=papers,
        bodies=_bodies_asked(text),
        parties=_parties(text, local),
        people=_people(text),
        periods=_periods(text),
        cases=tuple(dict.fromkeys(found.target for found in find_cases(text))),
        paragraphs=tuple(dict.fromkeys(found.target for found in find_paragraphs(text))),
    )


def language_of(text: str) -> str:
    """ "en" if the function words are more English than Swedish, else "sv"."""
    words = re.findall(r"[a-zåäö]+", text.lower())
    english, swedish = (
        sum(word in _function_words(code) for word in words) for code in ("en", "sv")
    )
    swedish += 1 if re.search("[åäö]", text) else 0
    return "en" if english > swedish else "sv"


def is_function_word(word: str) -> bool:
    """True for the commonest words of Swedish and English, in lower case."""
    return word in _function_words("sv") or word in _function_words("en")


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


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("question.toml").read_text(encoding="utf-8"))


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(_data()["function_words"][language].split())


@cache
def _rules(section: str) -> list[tuple[dict[str, Any], list[re.Pattern[str]]]]:
    return [
        (row, [re.compile(pattern, re.IGNORECASE) for pattern in row["patterns"]])
        for row in _data()[section]
    ]


@lru_cache(maxsize=256)
def _matches(section: str, text: str) -> Sequence[dict[str, Any]]:
    return [row for row, patterns in _rules(section) if any(p.search(text) for p in patterns)]


def _matching(section: str, text: str) -> tuple[str, ...]:
    return tuple(str(row["name"]) for row in _matches(section, text))


def last_question(text: str) -> str:
    """The last sentence of a text that asks, if it says what it asks for; else the whole text."""
    pieces = [piece for piece in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text) if piece]
    last = pieces[-1] if pieces else text
    return last if last.endswith("?") and _matching("kind", last) else text


_TWO_SIDES = re.compile(r"\b(?:respektive|medan|i stället|och (?:vad|vilken|vilket|vilka))\b")
_CUE = 14
"""A pattern that matches more characters than this has matched more than a cue."""
_WHAT_TASK = re.compile(r"^vad (?:fick|gavs?|ska|skulle)\b", re.IGNORECASE)
"""What somebody is to do is asked, and a vote is only when that was decided."""
_JUDGES = re.compile(
    r"revis\w+\b.{0,60}\b(?:omdöme|bedöm\w+|slutsats|kriti\w+|rekommend\w+)|\baudit\w*\b.{0,60}\b"
    r"(?:assess|conclu|critici|recommend)",
    re.IGNORECASE,
)
"""What auditors think of something is no decision."""
_WHAT_SORT = re.compile(
    r"^(?:och |and )?(?:\w+ )?(?:(?:vilken|vilket|vilka|vad för) (?:sorts?|slags?|typ(?:er)?)|"
    r"(?:what|which) (?:sorts?|kinds?|types?))\b",
    re.IGNORECASE,
)
"""What sort of thing it was that somebody wanted is told in words of their own, not by a point."""
_WHO_WANTED = re.compile(
    r"^(?:[Oo]ch )?[Vv]ilk(?:a|en|et) (?!(?:\w+ ){0,2}(?:part|politiker|led[ai]m|\w*grupp))"
    r"(?:[a-zåäö]+ ){1,3}(?:ville|vill|önskade|önskar) "
    r"(?:bli|gå|få|se|ha|stå|in|med|ut|[a-zåäö]+a)\b"
)
"""Who it was that wanted to do something is asked, and not what they wanted."""
_ASKS_WHO = re.compile(r"^(?:och |and )?(?:vem|vilka|vilken|who|which)\b", re.IGNORECASE)
_ABOVE_SHAPE = ("compare", "timeline", "vote", "abstention", "recusal", "reservation")
"""Kinds whose words say more than the shape of the question."""


def _kinds(text: str, papers: Collection[PartKind]) -> tuple[str, ...]:
    """The kinds that the question's words name, the one that its shape tells before the rest."""
    first = [kind for kind in _matching("kind", text) if kind in _ABOVE_SHAPE]
    if _WHAT_TASK.search(text):
        first = [kind for kind in first if kind != "vote"]
    if _TWO_SIDES.search(text) and len(party_groups(text)) > 1:
        first.insert(0, "compare")
    if "abstention" in first and _ASKS_WHO.search(text):
        first = ["abstention", *(kind for kind in first if kind != "abstention")]
    if "recusal" in first:  # to take no part for jäv is no abstention
        first = ["recusal", *(kind for kind in first if kind not in ("recusal", "abstention"))]
    last = english.without_introduction(last_question(text))
    auditors = PartKind.AUDIT in papers and not party_letters(text)  # they reserve nothing by vote
    found = tuple(dict.fromkeys((*first, *_matching("shape", last), *_matching("kind", last))))
    if (_WHAT_SORT.search(last) and not first) or _WHO_WANTED.search(last):
        found = tuple(kind for kind in found if kind != "demand")
    told = {"reservation", "decision"} if _JUDGES.search(text) else {"reservation"}
    return tuple(kind for kind in found if not (auditors and kind in told))


@lru_cache(maxsize=64)
def cue_words(text: str) -> tuple[str, ...]:
    """The words of a question that say what kind of thing it asks for ("krävde", "röstade"): a
    paper that answers need not hold them."""
    found = [
        text[match.start() : _word_end(text, match.end())]
        for _, patterns in _rules("kind")
        for pattern in patterns
        for match in [pattern.search(text)]
        if match and match.end() - match.start() <= _CUE
    ]
    return tuple(word for cue in found for word in cue.split())


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalpha():
        at += 1
    return at


def _base(name: str) -> str:
    """A name without the genitive's s: "Axel Darviks" is of Axel Darvik, and Attenius stays."""
    return name[:-1] if re.search(r"[^aeiouyåäöés]s$", name) else name


def _people(text: str) -> tuple[str, ...]:
    if language_of(text) == "en":
        return english.people(text)
    return tuple(dict.fromkeys(_base(p.name) for p in find_people(text, bare=True)))


def _papers(text: str) -> Sequence[str]:
    kinds = [kind for row in _matches("paper", text) for kind in row["kinds"]]
    return tuple(dict.fromkeys(kinds))


_LONE = re.compile(
    r"(?i:\b(?:var|är|hade|har|sig|sätter|stod|gick|gör|gjorde|räknar|räknade|gav|lade|såg|ser|fick|"
    r"får|ska|skulle|hos|enligt|och|did|was|were|does|according to)) "
    r"([A-ZÅÄÖ])(?=[ ?,.]|$)"
)
"""A letter that somebody asks about as one asks about people: "Varför var S emot?"."""
_IN_BODY = re.compile(r"\bi (?:kommun)?(?:fullmäktige|styrelsen)\b|\bi K[FS]\b", re.IGNORECASE)
"""Where it happened: "Hur gick det i fullmäktige med styrelsens förslag?" asks of the council."""


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


def _bodies_asked(text: str) -> tuple[str, ...]:
    """The bodies that a question is about: where it comes in several sentences, those of the last
    that names any ("Styrelsen ville säga nej. Vad beslutade fullmäktige?")."""
    pieces = [piece for piece in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text) if piece]
    named = ((_matching("body", piece), piece) for piece in reversed(pieces))
    bodies, piece = next(((some, piece) for some, piece in named if some), ((), ""))
    decides = _matching("body", " ".join(m[1] or m[2] for m in _DECIDES.finditer(piece)))
    there = decides or _matching("body", " ".join(m[0] for m in _IN_BODY.finditer(piece)))
    there = there or _matching("body", _WHOSE_BODY.sub("", piece))
    return there if len(there) == 1 and len(bodies) > 1 else bodies


def _parties(text: str, local: Collection[str]) -> tuple[str, ...]:
    """Letters of the parties, by their Swedish names and letters, their English names, or the bloc
    that is named alone ("de rödgröna")."""
    found = party_letters(text, {letters: letters for letters in local})
    if not found:
        found = tuple(sorted({letters for g in party_groups(text) for letters in g.letters}))
    found += tuple(match[1] for match in _LONE.finditer(text) if canonical(match[1]))
    alone = (x for x in local if len(x) > 1 and re.search(rf"(?<![\w:]){re.escape(x)}(?!\w)", text))
    return tuple(dict.fromkeys((*found, *alone, *_matching("party", text))))


def _periods(text: str) -> tuple[Period, ...]:
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
