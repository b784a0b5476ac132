"""A second look at the candidates of a search: where in a passage the question's words stand.

BM25 and the cosine see a passage as a bag. A question asks for one place, so here each candidate is
read: how much of the question one sentence covers, how much the whole passage, and whether words
that follow each other in the question do so in the passage. No weights are learned;
docs/decisions/0006-adapter.md tells what was tried and what lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.sentences import sentences
from vectorstore.analysis import Analyser

Rarity = Callable[[Iterable[str]], Mapping[str, float]]
"""Inverse document frequencies of stems, as `Lexical.rarity` gives them."""

_ASKS = re.compile(
    r"\?|^\W*(?:vad|vem|vems|vilken|vilket|vilka|hur|när|var|vart|varför|varifrån|"
    r"who|whose|what|which|how|when|where|why)\b",
    re.IGNORECASE,
)
_NEAR = 3
"""Words at most this far apart, in order, still form the question's phrase."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a search has found.

    Attributes:
        text: what it says. context: the titles and headings above it; every sentence has them.
        lexical: its BM25 score, 0 where not found so. dense: its cosine to the question.
    """

    text: str
    context: str = ""
    lexical: float = 0.0
    dense: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a candidate, each between 0 and 1.

    Attributes:
        lexical: BM25 relative to the best candidate's.
        sentence, passage: the share of the question that the best sentence, and the whole passage,
            cover, by the rarity of the words.
        phrase: the share of the question's neighbouring words that are neighbours here too.
        dense: the cosine relative to the best candidate's; 0 at `spread` below it.
    """

    lexical: float
    sentence: float
    passage: float
    phrase: float
    dense: float


@dataclass(frozen=True, slots=True)
class Reranker:
    """Scores candidates between 0 and 1.

    Attributes:
        words: weight of the lexical kinds of evidence together, against the cosine.
        spread: the cosine's range among good candidates of one question. The default model's best
            thirty lie within 0.05 to 0.1 of each other; other models may spread wider.
    """

    analyser: Analyser
    words: float = 0.55
    spread: float = 0.07

    def scores(self, question: str, candidates: Sequence[Candidate], rarity: Rarity) -> list[float]:
        """A score for each candidate, in their order; higher is better. Under 1 ms a candidate."""
        return [self.mixed(found) for found in self.evidence(question, candidates, rarity)]

    def mixed(self, found: Evidence) -> float:
        """One score: the lexical evidence in equal parts, and the cosine."""
        kinds = (found.lexical, found.sentence, found.passage, found.phrase)
        lexical = sum(kinds) / len(kinds)
        return self.words * lexical + (1 - self.words) * found.dense

    def evidence(
        self, question: str, candidates: Sequence[Candidate], rarity: Rarity
    ) -> list[Evidence]:
        """The evidence for each candidate, in their order."""
        asked = _Asked.of(question, self.analyser, rarity)
        top = max((c.lexical for c in candidates), default=0.0) or 1.0
        nearest = max((c.dense for c in candidates), default=0.0)
        return [
            Evidence(
                lexical=candidate.lexical / top,
                dense=max(0.0, 1 - (nearest - candidate.dense) / self.spread),
                **_read(asked, candidate, self.analyser),
            )
            for candidate in candidates
        ]


def is_question(text: str) -> bool:
    """True for a question, in Swedish or English; False for a heading, a name, a list of words."""
    return bool(_ASKS.search(text))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question's stems and parts with their rarity, and its pairs of neighbouring stems."""

    rarity: Mapping[str, float]
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, question: str, analyser: Analyser, rarity: Rarity) -> _Asked:
        words = analyser.sequence(question)
        stems = [stem for stem, _ in words]
        every = dict.fromkeys(term for stem, parts in words for term in (stem, *parts))
        return cls(rarity(every), tuple(pairwise(stems)))

    def covered(self, terms: set[str]) -> float:
        """The share of the question that the terms cover; 0 for a question without words."""
        whole = sum(self.rarity.values())
        return sum(r for term, r in self.rarity.items() if term in terms) / whole if whole else 0.0

    def phrase(self, places: Mapping[str, list[int]]) -> float:
        """The share of the neighbouring words that stand near each other, in order."""
        worth = {pair: self.rarity[pair[0]] + self.rarity[pair[1]] for pair in self.pairs}
        whole = sum(worth.values())
        met = sum(worth[a, b] for a, b in worth if _near(places.get(a), places.get(b)))
        return met / whole if whole else 0.0


def _read(asked: _Asked, candidate: Candidate, analyser: Analyser) -> dict[str, float]:
    heading = analyser.sequence(candidate.context)
    above = _terms(heading)
    best, whole = asked.covered(above), set(above)
    places: dict[str, list[int]] = {}
    at = _placed(heading, 0, places)
    for start, end in sentences(candidate.text):
        words = analyser.sequence(candidate.text[start:end])
        terms = _terms(words)
        whole |= terms
        best = max(best, asked.covered(above | terms))
        at = _placed(words, at, places)
    return {
        "sentence": best,
        "passage": asked.covered(whole),
        "phrase": asked.phrase(places),
    }


def _placed(words: Sequence[tuple[str, object]], at: int, places: dict[str, list[int]]) -> int:
    """Notes where each stem stands, from `at`; where the next sentence begins: out of reach."""
    for number, (stem, _) in enumerate(words, at):
        places.setdefault(stem, []).append(number)
    return at + len(words) + _NEAR


def _terms(words: Iterable[tuple[str, tuple[str, ...]]]) -> set[str]:
    return {term for stem, parts in words for term in (stem, *parts)}


def _near(before: list[int] | None, after: list[int] | None) -> bool:
    return any(0 < b - a <= _NEAR for a in before or () for b in after or ())
