"""What an answer is: an outcome, sentences, and the citations that carry them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ingest.parts import Role


class Outcome(StrEnum):
    """How a question ended. Only `ANSWERED` and `PARTIAL` give an answer; the rest decline."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    ASKS_BACK = "asks_back"
    FALSE_PREMISE = "false_premise"
    NOT_IN_DOCUMENTS = "not_in_documents"
    NOTHING_INDEXED = "nothing_indexed"
    BAD_QUESTION = "bad_question"
    MODEL_FAILED = "model_failed"

    @property
    def answers(self) -> bool:
        """True if the outcome gives an answer; False if it declines."""
        return self in (Outcome.ANSWERED, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The exact place that carries a sentence.

    Attributes:
        id: "S1", "S2", … unique inside the answer.
        file: the document's path relative to the ingested folder.
        document, part: their titles. part_id: the part's id.
        type: the part's kind ("motion", "paragraph", …).
        role: what the quote does: proposal, decision, reservation, opinion or information.
        date: ISO date of the part, or None.
        body, case_number, paragraph: of the part, or None.
        page: 1-based page on which the quote begins, None where the format has none.
        start, end: half-open offsets into the document's extracted text.
        quote: `document.text[start:end]`, verbatim.
    """

    id: str
    file: str
    document: str
    part: str
    part_id: str = ""
    type: str
    role: Role
    date: str | None = None
    body: str | None = None
    case_number: str | None = None
    paragraph: str | None = None
    page: int | None = None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an answer with the ids of the citations that support it.

    `text` holds the source tokens too ("Motionen avslogs. [S1]").
    `role`: "proposal", "decision", "reservation", "opinion", "information", "fact" or "frame"
    (a frame states nothing of the documents: "Jag hittar inget svar.").
    """

    text: str
    citations: tuple[str, ...] = ()
    role: str = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer object that the command line, the web page and the evaluation share.

    Attributes:
        answer: the whole text with source tokens, the sentences joined as they are shown.
        searched: {"documents": n, "unreadable_pages": n}.
        timings_ms: {"understand": …, "search": …, "compose": …, "verify": …, "total": …}.
        nearest: citations that come nearest where the question is declined; pointers, no answer.
    """

    question: str
    standalone_question: str
    language: str
    outcome: Outcome
    answer: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    composer: str = "extractive"
    searched: dict[str, int] = field(default_factory=dict)
    timings_ms: dict[str, float] = field(default_factory=dict)
    id: str | None = None


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer as plain data, in the order of the fields of the design's answer object."""
    return {
        "id": answer.id,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "language": answer.language,
        "outcome": answer.outcome.value,
        "answer": answer.answer,
        "sentences": [
            {"text": s.text, "citations": list(s.citations), "role": s.role}
            for s in answer.sentences
        ],
        "citations": [_citation(c) for c in answer.citations],
        "nearest": [_citation(c) for c in answer.nearest],
        "composer": answer.composer,
        "searched": answer.searched,
        "timings_ms": answer.timings_ms,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {name: getattr(citation, name) for name in Citation.__slots__} | {
        "role": citation.role.value
    }
