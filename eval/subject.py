"""What is examined: anything that answers questions, and anything that finds passages.

This is the evaluation's only door to the assistant. Everything else in the package knows the two
protocols below, so that a scripted subject, a baseline or another product is examined alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """One passage that a search returned.

    Attributes:
        file, start, end: its exact place, half-open offsets into the document's text.
        text: `document.text[start:end]`.
        score: higher is better; comparable within one system only.
        label: where it stands, for people.
        twins: files in which (nearly) the same stands, and which are shown as one with this.
    """

    file: str
    start: int
    end: int
    text: str
    score: float
    label: str = ""
    twins: tuple[str, ...] = ()


class Searcher(Protocol):
    """Finds passages. `name` stands in tables."""

    @property
    def name(self) -> str:
        """A short name for tables."""
        ...

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """At most `k` passages, best first."""
        ...


class Subject(Searcher, Protocol):
    """Answers questions, and finds passages."""

    def converse(self, questions: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """One answer object for each question; each question knows the turns before it."""
        ...

    def settings(self) -> Mapping[str, Any]:
        """What a person needs to know to repeat the run."""
        ...


class Scripted:
    """A subject that answers from a table; for tests and for learning what a run looks like.

    A question that the table lacks is declined.
    """

    name = "scripted"

    def __init__(
        self,
        answers: Mapping[str, Mapping[str, Any]],
        passages: Mapping[str, Sequence[Retrieved]] | None = None,
    ) -> None:
        self._answers = answers
        self._passages = passages or {}

    def converse(self, questions: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """The scripted answers."""
        declined = {"outcome": "not_in_documents", "answer": "", "timings_ms": {"total": 1.0}}
        return [
            {"question": question, **self._answers.get(question, declined)}
            for question in questions
        ]

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """The scripted passages."""
        return list(self._passages.get(question, ()))[:k]

    def settings(self) -> Mapping[str, Any]:
        """Nothing to set."""
        return {"subject": self.name}
