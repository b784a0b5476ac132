"""The second look at sentences: how well each answers, by a model that reads it with the question.

The rules find what a question's words and the shape of its answer point to; the model tells which
of the best of them answers. Without a model the rules stand alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.compose.candidates import Candidate
from assistant.question import Question
from vectorstore.pairs import paired

_READ = 12
"""How many sentences are read a second time."""
_WORTH = 0.1
"""What a score counts against the rules': the logarithm of the odds that a sentence answers."""


class Judge(Protocol):
    """Tells how well sentences answer a question."""

    def scores(
        self, question: str, sentences: Sequence[str]
    ) -> npt.NDArray[np.float32] | None:
        """One score for each sentence, higher is better; None where it cannot tell."""


def reread(
    question: Question, ranked: Sequence[Candidate], judge: Judge | None
) -> list[Candidate]:
    """The candidates, best first, after the best of them were read a second time."""
    best, rest = ranked[:_READ], ranked[_READ:]
    told = [paired(one.place.part.title, one.text) for one in best]
    scores = judge.scores(question.text, told) if judge and len(best) > 1 else None
    if scores is None:
        return list(ranked)
    read = [
        replace(one, score=one.score + _WORTH * float(score))
        for one, score in zip(best, scores, strict=True)
    ]
    least = _WORTH * float(scores.min())
    return sorted(
        [*read, *(replace(one, score=one.score + least) for one in rest)],
        key=lambda one: -one.score,
    )

