"""Whether the evidence carries an answer: the decision to answer or to decline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Sentence
from assistant.compose.matching import Matcher
from assistant.question import Question
from assistant.search import Hit
from vectorstore.index import Index


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer.

    Attributes:
        coverage: share of the question's words, weighed by rarity, in the best hit and its title.
        cosine: of the best hit by meaning.
        lexical: BM25 of the best hit.
    """

    coverage: float
    cosine: float
    lexical: float


def gathered(question: Question, hits: Sequence[Hit], index: Index) -> Evidence:
    """The evidence that hits give."""
    if not hits:
        return Evidence(0.0, 0.0, 0.0)
    matcher = Matcher(question, index)
    coverage = max(matcher.coverage(f"{hit.passage.context} {hit.window.text}") for hit in hits[:3])
    return Evidence(coverage, max(h.dense for h in hits[:5]), max(h.lexical for h in hits[:5]))


def supports(evidence: Evidence, sentences: Sequence[Sentence]) -> bool:
    """True if the evidence is good enough to show the sentences as an answer."""
    return bool(sentences) and (evidence.coverage >= 0.15 or evidence.cosine >= 0.83)
