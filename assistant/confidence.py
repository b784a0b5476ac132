"""Whether the evidence carries an answer: the decision to answer or to decline.

Likeness tells what has nothing to do with the papers at all ("Hur bakar man en sockerkaka?"), and
no more: questions of their matters that they do not answer find papers as near as those that they
do. What tells these is whether the thing asked for is there: the noun after "vilken" or "hur
många", the meeting that was named, a decision in the matter, the party that is said to have acted.
The figures are in docs/decisions/0011-declining.md.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answer import Outcome
from assistant.compose import Draft
from assistant.compose.matching import Matcher
from assistant.compose.scene import places
from assistant.expansion import meaning
from assistant.lacking import is_general, is_resident, lacking
from assistant.lacking_table import table
from assistant.question import Question, cue_words
from assistant.search import Hit
from assistant.translation import rendered
from assistant.verify.source import Source
from ingest.parts import Role
from vectorstore.index import Index
from vectorstore.lexical import analyser
from vectorstore.rerank import is_question

_THIN = 0.12
"""Share of the question's words that the best papers must hold, weighed by rarity."""
_TAIL = 7
"""How many letters at the end of a compound are its head, about."""
_OURS = ("decision", "demand", "vote", "abstention", "recusal", "reservation", "timeline")
"""Kinds of question that only papers of the genre answer."""
_PAST = ("ade", "dde", "gde", "kte", "lde", "pte", "rde", "ste", "xte")
"""How verbs end in the past tense."""
_OF_VERB = re.compile(r"(?:ning|ande|ende)(?:en|et|ar|arna|s)?$")
_VERB = 5
"""How a noun ends that is made of a verb, and how many letters of that tell it."""
_SORT = re.compile(r"s?(?:modell|typ|sort|märke|form|kategori|klass)(?:en|et|er)?$")
"""How a noun ends that asks for one sort of a thing."""
_PEOPLE = (
    "partist", "demokrat", "moderat", "liberal", "ledamot", "ledamöter", "politiker", "ordförande",
    "råd", "chef", "chefer", "företrädare", "representant", "representanter", "person", "personer",
)  # fmt: skip
_RESIDENT = re.compile(r"[A-ZÅÄÖ]\w{2,}bo$")
"""Somebody who lives somewhere: "vilken Ekmarkabo"."""
_FURTHER = re.compile(
    r"\w.*,? (?:och|samt|and) (?:(?:för|på|till|från|med|i|ur|av|vid|inom|of|in|at|on|for|to|from|"
    r"by) )?(?:vilken|vilket|vilka|hur|what|which|how)\b",
    re.IGNORECASE,
)
"""How a question goes on with another."""
_PROPOSAL = re.compile(
    r"\b(?:motion|medborgarförslag|initiativ)\w*\b.{0,60}?\bom (?P<about>.{8,})", re.IGNORECASE
)
"""A proposal by what it is about."""
_DECIDED = 0.18
"""Share of the question's words that a decision and its title must hold."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer.

    Attributes:
        coverage: share of the question's words, weighed by rarity, in the best hits.
        names_the_thing: False if the noun that the question asks for stands in none of the best.
        decided: False if a decision was asked for and what is told is no decision in the matter.
        lacks: the name of what is asked for and not told, or None; as `assistant.lacking` says.
    """

    coverage: float
    names_the_thing: bool = True
    decided: bool = True
    lacks: str | None = None


def gathered(
    question: Question,
    hits: Sequence[Hit],
    drafts: Sequence[Draft],
    index: Index,
    *,
    whole: bool = True,
) -> Evidence:
    """The evidence for an answer made of drafts.

    Args:
        whole: True if these are all the drafts; else what lacks is looked for in the hits.
    """
    if not hits or not drafts:
        return Evidence(0.0)
    matcher = Matcher(question, index)
    found = places(hits, index)
    parts, papers = [place.part for place in found], [place.document for place in found]
    near = nearest_text(hits)
    return Evidence(
        coverage=matcher.coverage(near),
        names_the_thing=_names_the_thing(question, near, matcher),
        decided=_decided(question, drafts, index, matcher),
        lacks=lacking(
            question, _told(drafts) if whole else _shown(hits, index), index, parts, papers
        ),
    )


def nearest_text(hits: Sequence[Hit]) -> str:
    """What the three best hits say, with their contexts."""
    return " ".join(f"{hit.passage.context} {hit.window.text}" for hit in hits[:3])


def outcome(evidence: Evidence) -> Outcome:
    """How the question ends."""
    if evidence.coverage < _THIN or evidence.lacks is not None:
        return Outcome.NOT_IN_DOCUMENTS
    if not evidence.names_the_thing or not evidence.decided:
        return Outcome.NOT_IN_DOCUMENTS
    return Outcome.ANSWERED


def _told(drafts: Sequence[Draft]) -> list[Source]:
    return [source for draft in drafts for source in draft.sources]


def _shown(hits: Sequence[Hit], index: Index) -> list[Source]:
    return [
        place.source(hit.window.start, hit.window.end)
        for place in places(hits, index)
        for hit in place.hits
    ]


def off_topic(question: Question, hits: Sequence[Hit], index: Index) -> bool:
    """True for a question that has nothing to do with the papers: none of them is near.

    How near is near stands in `confidence.toml` for each embedding model that it was measured
    with; with others nothing is off the topic. Neither is a query of keywords, nor one that names
    a board, a kind of paper or a number, or that asks for a decision, a vote, a demand.
    """
    limits = _near().get(index.manifest.model.partition("@")[0])
    named = question.cases or question.paragraphs or question.bodies or question.papers
    ours = named or set(_OURS) & set(question.kinds) or not is_question(question.text)
    if limits is None or not hits or ours:
        return False
    fewer = max(0.0, math.log10(limits["passages"] / max(1, index.lexical.count())))
    limit = limits[question.language] - limits["a_tenth"] * fewer
    return max(hit.dense for hit in hits) < limit


@cache
def _near() -> Mapping[str, Mapping[str, float]]:
    near: dict[str, dict[str, float]] = _data()["near"]
    return near


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("confidence.toml").read_text(encoding="utf-8"))


@cache
def _asks_for(language: str) -> re.Pattern[str]:
    return re.compile(_data()["asks_for"][language], re.IGNORECASE)


def asked_for(text: str, language: str) -> re.Match[str] | None:
    """Where a question asks for a thing by "vilken", "what" or their kin, the thing as the group
    `noun`; None where it asks for none."""
    return _asks_for(language).search(text)


def _names_the_thing(question: Question, near: str, matcher: Matcher) -> bool:
    """True unless the question asks for a thing ("vilken entreprenör") that nothing found names."""
    match = asked_for(question.asks, question.language)
    if match is None or _asked_by_the_way(question, match):
        return True
    if question.language == "en":
        return _names_it_in_swedish(match["noun"], near, matcher)
    noun = match["noun"].lower()
    if {noun, noun.removesuffix("s")} & table().general:  # "vilket partis märke"
        return True
    if len(noun) < 4 or noun in cue_words(question.text.lower()):
        return True
    if noun.endswith(_PAST) and "hur många" in match[0].lower():
        return True  # "hur många sade ja" counts whoever they are
    if noun.endswith(_PEOPLE) or is_resident(noun) or _RESIDENT.match(match["noun"]):
        return True  # "fullmäktigeledamot" asks for a person as "ledamot" does
    if _holds_verb(noun, near):
        return True
    there = matcher.stems(near)
    of_what = _SORT.sub("", noun)  # "spårvagnsmodell" is told of trams
    if of_what != noun and len(of_what) >= _VERB and there & matcher.stems(of_what):
        return True
    others = (matcher.stems(word) for word in meaning(noun) if word != noun)
    if any(other and other <= there for other in others):
        return True  # "kommunalskatt" is told of "utdebiteringen"
    if there & matcher.stems(" ".join(meaning(noun))):
        return _holds_head(noun, near) or len(noun) <= _TAIL + 1
    if there & matcher.stems(noun):
        return _holds_head(noun, near) or (len(noun) <= _TAIL + 1 and _holds_end(noun, there))
    return len(noun) > _TAIL + 1 and _holds_head(noun, near)


def _asked_by_the_way(question: Question, match: re.Match[str]) -> bool:
    """True if the thing is asked for after another question: "Hur mycket fick klubben, och ur
    vilken pott?" is answered in part without it."""
    before = question.asks[: match.start("noun")]
    return bool(_FURTHER.search(before))


def _holds_verb(noun: str, near: str) -> bool:
    """True if the verb is met that a noun is made of: "utredning" by "utreda"."""
    verb = _OF_VERB.sub("", noun)
    if verb == noun or len(verb) < _VERB:
        return False
    return any(word.startswith(verb) for word in near.lower().split())


def _names_it_in_swedish(words: str, near: str, matcher: Matcher) -> bool:
    """The same of the last thing that English words name, where the glossary knows it."""
    every = rendered(words)
    found = [word for word in every if not word.english.endswith("ed")] or every
    nouns = [noun.lower() for noun in found[-1].swedish] if found else []
    if not nouns or any(map(is_general, nouns)) or any(noun.endswith(_PEOPLE) for noun in nouns):
        return True
    there = matcher.stems(near)
    return any(there & matcher.stems(noun) or _holds_head(noun, near) for noun in nouns)


def _holds_head(noun: str, near: str) -> bool:
    """True if a word ends as the noun does: "ersättning" will do where "timersättning" is asked
    for, and "byggnad" will not where "byggentreprenör" is."""
    tail = noun[-_TAIL:]
    return any(tail in word for word in near.lower().split())


def _holds_end(noun: str, there: frozenset[str]) -> bool:
    """True unless a short noun is a compound of which nothing but its beginning is met: "matkedja"
    by "mattransport". `there`: the stems and compound parts that are met."""
    terms = analyser().terms(noun)
    if not terms.parts:
        return True
    return bool(there & {*terms.stems, [*terms.parts][-1]})


def _decided(question: Question, drafts: Sequence[Draft], index: Index, matcher: Matcher) -> bool:
    """True unless a decision was asked for and the one told is of another matter or day."""
    if question.kind != "decision" or question.matter:
        return True
    proposal = _PROPOSAL.search(question.asks)
    if not question.bodies and proposal is None:
        return True
    first = drafts[0].sources[0] if drafts[0].sources else None
    stored = index.document(first.file) if first else None
    part = stored.part_at(first.start) if stored and first else None
    if part is None:
        return True
    days = [period for period in question.periods if period.first == period.last]
    if part.role is Role.DECISION and days and not any(day.holds(part.date) for day in days):
        return False
    if proposal and part.role is Role.DECISION and stored:
        about = replace(question, text=proposal["about"])
        whole = f"{part.title} {stored.document.text[part.start : part.end]}"
        if Matcher(about, index).coverage(whole) < _DECIDED:
            return False
    if not question.bodies:
        return True
    said = " ".join((part.title, *(draft.text for draft in drafts)))
    return matcher.coverage(said) >= _DECIDED
