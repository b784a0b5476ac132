"""Understanding a question: its language, what it asks for, and whom, when and what it names."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from assistant import english, naming
from assistant.cues import language_of, matching, rules
from assistant.naming import Period
from ingest.grammar.parties import party_groups, party_letters
from ingest.grammar.references import find_cases, find_paragraphs
from ingest.parts import PartKind

MAX_CHARACTERS = 4000
"""A longer question is cut: nobody asks more in one breath."""


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
    papers = tuple(PartKind(kind) for kind in naming.papers(text))
    return Question(
        text=text,
        language=language_of(text),
        kinds=_kinds(text, papers) or ("open",),
        papers=papers,
        bodies=naming.bodies_asked(text),
        parties=naming.parties(text, local),
        people=naming.people(text),
        periods=naming.periods(text),
        cases=tuple(dict.fromkeys(found.target for found in find_cases(text))),
        paragraphs=tuple(dict.fromkeys(found.target for found in find_paragraphs(text))),
    )


def last_question(text: str) -> str:
    """The last sentence of a text that asks, if it says what it asks for; else the whole text."""
    pieces = [piece for piece in re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text) if piece]
    last = pieces[-1] if pieces else text
    return last if last.endswith("?") and matching("kind", last) else text


_TWO_SIDES = re.compile(r"\b(?:respektive|medan|i stället|och (?:vad|vilken|vilket|vilka))\b")
_CUE = 14
"""A pattern that matches more characters than this has matched more than a cue."""
_WHAT_TASK = re.compile(r"^vad (?:fick|gavs?|ska|skulle)\b", re.IGNORECASE)
"""What somebody is to do is asked, and a vote is only when that was decided."""
_INSTEAD = re.compile(
    r"\b(?:beslut\w+|bestämdes?|blev det|bifölls|decided|happened)\b.{0,30}"
    r"\b(?:i ?stället|instead)\b",
    re.IGNORECASE,
)
"""What came in the place of what was voted down is asked."""
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
    r"^(?:[Oo]ch )?[Vv]ilk(?:a|en|et) (?!(?:\w+ ){0,2}(?:part|politiker|led[ai]m|\w*grupp|saker|"
    r"krav|punkter|åtgärder|ändringar|uppdrag|frågor|förslag))"
    r"(?:[a-zåäö]+ ){1,3}(?:ville|vill|önskade|önskar) (?:(?:i|den|under|på) [\w ]{3,18} )?"
    r"(?:bli|gå|få|se|ha|stå|in|med|ut|[a-zåäö]+a)\b"
)
"""Who it was that wanted to do something is asked, and not what they wanted."""
_BY_THE_WAY = re.compile(
    r"(?<!\ballt)(?<!\bdet)(?<!\bvad)(?<!\ball)(?<!\bthing) (?:som|that|which) (?:[\w-]+ ){1,4}?"
    r"(?:vill|ville|önskar|önskade|föreslår|föreslog|krävde|"
    r"kräver|yrkade|begärde|wants?|wanted|proposed|demanded|asked for|requested)\b[^?,]*"
)
"""A clause that tells of a thing what somebody wanted with it, and does not ask."""
_VOTED_DOWN = re.compile(
    r"(?<=\w),? (?:det|den|de|dem|the one|those) (?:som|that|which) (?:sedan |senare |then )?"
    r"(?:\w+ ){0,3}(?:röstade?s?|fälldes?|avslogs?|stoppades?|klubbades?|antogs?|biföll|bifölls|"
    r"voted|rejected|adopted|turned)\b[^?,]*",
    re.IGNORECASE,
)
"""A clause that tells which proposal is meant by what became of it."""
_WANTED_DECIDED = re.compile(
    r"\b((?:ville|vill|krävde|kräver|föreslog|föreslår|yrkade|yrkar|önskade)\b[^?,]{0,80}?) att "
    r"\w*(?:fullmäktige|styrelsen|nämnden) (?:ska|skulle|borde) (?:besluta|bestämma)\b",
    re.IGNORECASE,
)
"""What somebody wanted a body to decide is a demand."""
_ASKS_WHO = re.compile(r"^(?:och |and )?(?:vem|vilka|vilken|who|which)\b", re.IGNORECASE)
_REQUIRED = re.compile(
    r"\bhur många\b.{0,60}\b(?:måste|krävs|behövs|behöver)\b|"
    r"\bhow many\b.{0,60}\b(?:must|needed|required|need to|have to)\b",
    re.IGNORECASE,
)
"""How many votes it takes is asked, and not how a vote ended."""
_BY_HANDS = ("abstention", "recusal", "reservation")
_ABOVE_SHAPE = ("compare", "timeline", "vote", "abstention", "recusal", "reservation")
"""Kinds whose words say more than the shape of the question."""


def _kinds(text: str, papers: Collection[PartKind]) -> tuple[str, ...]:
    """The kinds that the question's words name, the one that its shape tells before the rest."""
    text = _WANTED_DECIDED.sub(r"\1", _VOTED_DOWN.sub("", text))
    last = english.without_introduction(last_question(text))
    first = [kind for kind in matching("kind", text) if kind in _ABOVE_SHAPE]
    if _WHAT_TASK.search(text) or _INSTEAD.search(last):
        first = [kind for kind in first if kind != "vote"]
    if _TWO_SIDES.search(text) and len(party_groups(text)) > 1:
        first.insert(0, "compare")
    if _ASKS_WHO.search(text) and set(first) & set(_BY_HANDS):  # "när … sköts upp" is no course
        first = [kind for kind in first if kind != "timeline"]
    if "abstention" in first and _ASKS_WHO.search(text):
        first = ["abstention", *(kind for kind in first if kind != "abstention")]
    if _REQUIRED.search(text):
        first = [kind for kind in first if kind != "vote"]
    if "recusal" in first:  # to take no part for jäv is no abstention
        first = ["recusal", *(kind for kind in first if kind not in ("recusal", "abstention"))]
    auditors = PartKind.AUDIT in papers and not party_letters(text)  # they reserve nothing by vote
    found = tuple(dict.fromkeys((*first, *matching("shape", last), *matching("kind", last))))
    aside = "demand" in found and "demand" not in matching("kind", _BY_THE_WAY.sub("", last))
    if (_WHAT_SORT.search(last) and not first) or _WHO_WANTED.search(last) or aside:
        found = tuple(kind for kind in found if kind != "demand")
    told = {"reservation", "decision"} if _JUDGES.search(text) else {"reservation"}
    return tuple(kind for kind in found if not (auditors and kind in told))


@lru_cache(maxsize=64)
def cue_words(text: str) -> tuple[str, ...]:
    """The words of a question that say what kind of thing it asks for ("krävde", "röstade"): a
    paper that answers need not hold them."""
    found = [
        text[match.start() : _word_end(text, match.end())]
        for _, patterns in rules("kind")
        for pattern in patterns
        for match in [pattern.search(text)]
        if match and match.end() - match.start() <= _CUE
    ]
    return tuple(word for cue in found for word in cue.split())


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalpha():
        at += 1
    return at
