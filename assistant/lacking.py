"""What a question asks for and the passages that would answer it do not hold.

Papers of a municipality lie near every question about it; what tells that they do not answer one
is that something asked for is not in them: the event ("vann", "avgick"), the form (a price, a
day), the party or the body that is said to have spoken. The words stand in `lacking.toml`, the
figures in docs/decisions/0011-declining.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.compose import Library
from assistant.compose.shape import counts
from assistant.expansion import meaning
from assistant.lacking_table import table
from assistant.question import Question, months_named
from assistant.verify.source import Source
from ingest.document import Document
from ingest.grammar.parties import party_letters
from ingest.grammar.references import case_key
from ingest.parts import Part, PartKind, Role
from ingest.records import Decision

_REACH = 60
"""How many characters may stand between a name and the verb of what it says."""
_PRONOUNS = frozenset(
    (
        "de",
        "den",
        "det",
        "han",
        "hon",
        "dem",
        "deras",
        "dess",
        "man",
        "vi",
        "they",
        "he",
        "she",
        "it",
    )
)
_VOTED = re.compile(
    r"\bhur röstade (.+?)(?: (?:om|i|när|för|mot|vid)\b|\?|$)|\bhow did (.+?) vote\b", re.IGNORECASE
)
_ALL_OF_THEM = re.compile(
    r"fullmäktige|styrelsen|nämnden|council|board|committee|ledamöterna|members", re.IGNORECASE
)
_ANSWERED = re.compile(r"\b(?:svarade|svarat|answer(?:ed)?|repl(?:y|ied))\b", re.IGNORECASE)
_ANSWER = re.compile(r"\b(?:be)?svar", re.IGNORECASE)
_LASTS = re.compile(r"\b\d+ (?:år|månader|veckor|dagar|timmar)\b")
"""How long something lasted counts nothing."""
_MOVES = re.compile(r"\byrka[^.]*", re.IGNORECASE)
"""Whoever moves that a motion be rejected has not answered a question."""
_SINCE = re.compile(r"\b(?:från|sedan|from|since)(?: \d+)? \w+ (?:19|20)\d\d\b", re.IGNORECASE)
"""When something began that was decided on later."""
_HOW_MANY = re.compile(
    r"\bhur många (?!har\b|hade\b|är\b|var\b|blev\b|fick\b|ska\b)((?:[a-zåäö-]+ ?){1,3})",
    re.IGNORECASE,
)
_CASES = 4
"""The cases of so many of the parts found are looked at."""
_MASTHEAD = 20_000
"""The municipality of a document is named in so many of its first characters."""
_FIGURE = re.compile(r"\d[\d  .,]*")
_STATE = 7
"""How many letters at the beginning of a participle tell it."""
_VERB = 5
"""How many letters at the beginning of a verb tell it."""
_TAIL = 7
"""How many letters at the end of a compound are its head, about."""
_HEAD = 6
"""The same where a number stands beside it: "hemtjänsttagare", "omsorgstagare"."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What would be quoted, and the parts that it stands in."""

    sources: tuple[Source, ...]
    parts: tuple[tuple[Document, Part], ...]
    near: tuple[Part, ...] = ()
    library: Library | None = None

    @property
    def told(self) -> str:
        """The quotations with the titles of their papers."""
        return "\n".join((*(s.text for s in self.sources), *(p.title for _, p in self.parts)))

    @property
    def of_case(self) -> list[Part]:
        """The parts found, and the other parts of the cases of the best of them."""
        keys = [case_key(number) for part in self.near[:_CASES] for number in part.case_numbers]
        found = self.library.case([key for key in keys if key]) if self.library else ()
        return [*self.near, *(part for _, part in found)]

    @property
    def whole(self) -> str:
        """The whole text of the parts."""
        return "\n".join(f"{p.title}\n{d.text[p.start : p.end]}" for d, p in self.parts)


def lacking(
    question: Question, sources: Sequence[Source], library: Library, near: Sequence[Part] = ()
) -> str | None:
    """The name of the first thing that is asked for and not there, or None where nothing is.

    Args:
        sources: what would be quoted.
        near: the parts that were found, quoted or not.
    """
    evidence = _Evidence(tuple(sources), tuple(_parts(sources, library)), tuple(near), library)
    return next((name for name, lacks in RULES if lacks(question, evidence)), None)


def _parts(sources: Sequence[Source], library: Library) -> list[tuple[Document, Part]]:
    found: dict[tuple[str, str], tuple[Document, Part]] = {}
    for source in sources:
        stored = library.document(source.file)
        part = stored.part_at(source.start) if stored else None
        if stored and part:
            found[source.file, part.id] = (stored.document, part)
    return list(found.values())


def _event(question: Question, evidence: _Evidence) -> bool:
    """An event is told by its verb or its kin. Where a decision is asked for, that tells it."""
    if question.kind in ("decision", "compare", "timeline"):
        return False
    return any(rule.unmet(question.asks, evidence.told) for rule in table().events)


def _form(question: Question, evidence: _Evidence) -> bool:
    return any(rule.unmet(question.asks, evidence.told) for rule in table().forms)


def _for_whom(question: Question, evidence: _Evidence) -> bool:
    prices = table().forms[1].asks.search(question.asks)
    return bool(prices) and any(
        rule.unmet(question.asks, evidence.told) for rule in table().for_whom
    )


def _outcome(question: Question, evidence: _Evidence) -> bool:
    """What was decided is told by a paper that records decisions, an outcome by its words."""
    if table().who_decides.search(question.asks):
        return False  # what a court or an authority decided, `_decider` looks for
    if table().decides.search(question.asks):
        return not any(part.role is Role.DECISION for _, part in evidence.parts)
    return table().outcome.unmet(question.asks, evidence.told)


def _party(question: Question, evidence: _Evidence) -> bool:
    """A party that the question names is named in the papers, or stands behind one of them. Where
    nobody is known to, the party may be one that only a letterhead shows."""
    known = any(part.parties or part.authors for _, part in evidence.parts)
    meeting = any(part.kind is PartKind.PARAGRAPH for _, part in evidence.parts)
    if not question.parties or not (known or meeting):
        return False
    there = {letters for _, part in evidence.parts for letters in part.parties}
    there |= {a.party for _, part in evidence.parts for a in part.authors if a.party}
    missing = {letters for letters in question.parties if letters not in there}
    missing -= set(party_letters(evidence.whole)) if missing else set()
    if question.kind == "compare":
        return missing == set(question.parties)
    return question.parties[0] in missing  # who acted is named first, whose motion it was later


def _voter(question: Question, evidence: _Evidence) -> bool:
    """How a party or a person voted is told with their name."""
    match = _VOTED.search(question.asks)
    if match is None or _ALL_OF_THEM.search(_first(match)):
        return False
    if not (question.parties or question.people):
        return False
    there = set(party_letters(evidence.told))
    surnames = (name.split()[-1] for name in question.people)
    return not there & set(question.parties) and not any(n in evidence.told for n in surnames)


def _speaker(question: Question, evidence: _Evidence) -> bool:
    """What somebody answered or thought stands in a paper of theirs, or is told as their words."""
    match = table().who_says.search(question.asks)
    who = _first(match)
    if not who or question.kind == "compare":
        return False
    if who.split()[0].lower() in _PRONOUNS:
        return bool(_ANSWERED.search(question.asks)) and not _ANSWER.search(evidence.told)
    letters = set(party_letters(who))
    name = re.escape(_stem(who.split()[-1] if letters or question.people else who))
    for _, part in evidence.parts:
        hands = " ".join((part.body or "", *(a.name for a in part.authors)))
        if letters & set(part.parties) or re.search(rf"\b\w*{name}", hands, re.IGNORECASE):
            return False
        if re.match(rf"\W*{name}", part.title, re.IGNORECASE):
            return False  # "Stadsrevisionens årsredogörelse"
    if re.search(rf"\b{name}s? (?:kommun|stad)\b", evidence.whole, re.IGNORECASE):
        return False  # the municipality itself speaks through every paper of its own
    named = name if not letters else rf"(?:{name}|\({'|'.join(letters)}\))"
    said = rf"\b\w*{named}[\wåäö]*\)?.{{0,{_REACH}}}\b(?:{table().says})\b"
    told = _MOVES.sub("", evidence.told) if question.people else evidence.told
    return not re.search(said, told, re.IGNORECASE | re.DOTALL)


def _decider(question: Question, evidence: _Evidence) -> bool:
    """What the state decided is told with its name and a verb of deciding."""
    who = _first(table().who_decides.search(question.asks))
    if not who:
        return False
    name = re.escape(_stem(table().in_swedish.get(who.lower(), who)))
    told = rf"\b{name}\w*\b.{{0,{_REACH}}}\b(?:{table().decides_so})"
    return not re.search(told, evidence.told, re.IGNORECASE | re.DOTALL)


def _elsewhere(question: Question, evidence: _Evidence) -> bool:
    """What another municipality decided is not told by the minutes of this one."""
    match = table().elsewhere.search(question.asks)
    if match is None or not evidence.parts:
        return False
    place = _first(match)
    own = re.compile(rf"\b{re.escape(place)}s?[- ](?:stad|kommun)\b", re.IGNORECASE)
    texts = "\n".join({d.text[:_MASTHEAD] for d, _ in evidence.parts})
    others = re.findall(r"\b([A-ZÅÄÖ][a-zåäö]+?)s? (?:[Ss]tad|[Kk]ommun)\b", texts)
    most = max(set(others), key=others.count, default="")
    return bool(most) and most != place and not own.search(evidence.told)


def _month(question: Question, evidence: _Evidence) -> bool:
    """A decision of a month that the question names is of that month."""
    if question.kind != "decision":
        return False
    named = months_named(_SINCE.sub("", question.asks))
    days = {p.date for _, p in evidence.parts if p.role is Role.DECISION and p.date}
    return bool(named and days) and not any(int(day[5:7]) in named for day in days)


def _decided_so(question: Question, evidence: _Evidence) -> bool:
    """Why a body decided something is told only where one of its decisions says that it did."""
    match = table().decided_so.search(question.asks)
    if match is None:
        return False
    verb = _first(match).lower()
    own = [p for p in evidence.of_case if p.role is Role.DECISION]
    texts = [r.text.lower() for p in own for r in p.records if isinstance(r, Decision)]
    wanted = {word.removesuffix("a")[:_VERB] for word in (verb, *meaning(verb))}
    return bool(texts) and not any(stem in text for stem in wanted for text in texts)


def _grows(question: Question, evidence: _Evidence) -> bool:
    match = table().grows.search(question.asks)
    if match is None:
        return False
    tail = _stem(_first(match).lower())[-_TAIL:]
    return not any(tail in word for word in evidence.told.lower().split())


def _state(question: Question, evidence: _Evidence) -> bool:
    """How many were ill or hired is told with that word."""
    match = table().state.search(question.asks)
    if match is None:
        return False
    word = match["state"].lower()
    wanted = {one[:_STATE] for one in (word, *meaning(word))}
    return not any(stem in evidence.told.lower() for stem in wanted)


def _counted(question: Question, evidence: _Evidence) -> bool:
    """How many of something there are is told by a number beside its name."""
    match = _HOW_MANY.search(question.asks)
    if match is None or question.kind != "amount":
        return False
    named = [word for word in match[1].lower().split() if len(word) > _VERB]
    wanted = {one.lower() for word in named for one in (word, *meaning(word))}
    if not wanted or wanted & table().general:
        return False
    heads = [_stem(word)[-_HEAD:] for word in wanted]
    near = (_LASTS.sub("", source.text.lower()) for source in evidence.sources)
    return not any(counts(text) and any(head in text for head in heads) for text in near)


def _treated(question: Question, evidence: _Evidence) -> bool:
    """What became of a motion is not told where it is only listed among what has come in."""
    asked = question.kind == "decision" or table().who_says.search(question.asks)
    if not asked or PartKind.MOTION not in question.papers or not evidence.parts:
        return False
    return bool(table().listed.search(evidence.parts[0][1].title))


def _decided_to(question: Question, evidence: _Evidence) -> bool:
    """The amount that a question says was decided stands in a decision, where one is found."""
    match = table().decided_to.search(question.asks)
    decisions = [r.text for _, p in evidence.parts for r in p.records if isinstance(r, Decision)]
    if match is None or not decisions or not {"why", "decision"} & set(question.kinds):
        return False
    amount = _digits(match["amount"])
    return amount not in {_digits(f) for text in decisions for f in _FIGURE.findall(text)}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _first(match: re.Match[str] | None) -> str:
    """The first group that matched, or ""."""
    return next((group for group in match.groups() if group), "") if match else ""


def _stem(word: str) -> str:
    """A name or noun without the endings that it takes on: "regionen", "remissinstanserna"."""
    return re.sub(r"(?:erna|arna|orna|en|et|an|ets|ens|s|n)$", "", word) if len(word) > 5 else word


RULES: tuple[tuple[str, Callable[[Question, _Evidence], bool]], ...] = (
    ("event", _event),
    ("form", _form),
    ("for_whom", _for_whom),
    ("outcome", _outcome),
    ("party", _party),
    ("voter", _voter),
    ("speaker", _speaker),
    ("decider", _decider),
    ("elsewhere", _elsewhere),
    ("month", _month),
    ("decided_so", _decided_so),
    ("grows", _grows),
    ("state", _state),
    ("counted", _counted),
    ("treated", _treated),
    ("decided_to", _decided_to),
)
"""Each rule by its name, which `lacks.NAME` puts into words for people."""
