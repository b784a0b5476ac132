"""An answer while it grows: each draft is verified as it comes, and each step is timed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Outcome, Sentence
from assistant.citing import Citer
from assistant.compose import Draft
from assistant.verify import verify


class Clock:
    """Times the steps of one answer, in milliseconds."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._steps: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            spent = (time.perf_counter() - began) * 1000
            self._steps[step] = round(self._steps.get(step, 0.0) + spent, 1)

    def read(self) -> dict[str, float]:
        """What was timed, and the total so far."""
        total = round((time.perf_counter() - self._began) * 1000, 1)
        known = sum(self._steps.values())
        return {**self._steps, "compose": round(max(0.0, total - known), 1), "total": total}


def _verified(draft: Draft, citer: Citer, language: str) -> Sentence | None:
    """The draft as a sentence with its source tokens, or None where it does not stand."""
    if not draft.sources:
        return Sentence(text=draft.text, role="frame") if draft.role == "frame" else None
    said = next(
        (
            text
            for text in (draft.text, draft.plain)
            if text
            and verify(
                text, draft.sources, told_as=draft.role, language="en" if language == "en" else "sv"
            ).accepted
        ),
        None,
    )
    if said is None:
        return None
    ids = tuple(citer.cite(source) for source in draft.sources)
    tokens = " ".join(f"[{i}]" for i in ids)
    return Sentence(text=f"{said} {tokens}", citations=ids, role=draft.role)


@dataclass(slots=True)
class Growing:
    """An answer while its sentences arrive.

    Attributes:
        ends: how it will end, once the first sentence has shown what it is about.
        lacks: what is asked for and not told, as `assistant.lacking` names it.
    """

    base: Answer
    citer: Citer
    clock: Clock
    ends: Outcome | None = None
    lacks: str | None = None
    sentences: list[Sentence] = field(default_factory=list)
    text: str = ""

    @property
    def says_something(self) -> bool:
        """True if a sentence tells something of the documents."""
        return any(sentence.citations for sentence in self.sentences)

    def add(self, draft: Draft) -> bool:
        """Takes in a draft if it stands; False if the verifier strikes it."""
        with self.clock("verify"):
            sentence = _verified(draft, self.citer, self.base.language)
        if sentence is None:
            return False
        opening = "" if not self.text else "\n- " if draft.line else "\n"
        self.text += opening + sentence.text
        self.sentences.append(sentence)
        return True

    def answer(self, ends: Outcome) -> Answer:
        """The answer so far."""
        return replace(
            self.base,
            outcome=ends,
            answer=self.text,
            sentences=tuple(self.sentences),
            citations=self.citer.used(self.sentences),
            timings_ms=self.clock.read(),
        )
