"""Rules for a model that rewrites a follow-up question."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.compose.model_chat import ChatFailed
from assistant.compose.model_rewrite import rewritten

HISTORY = ("Vad beslutade kommunfullmäktige om simkortet?", "Motionen av Karin Holm (V) bifölls.")


class Saying:
    name = "test:saying"

    def __init__(self, reply: str | None) -> None:
        self.reply = reply

    def stream(self, prompt: str) -> Iterator[str]:
        if self.reply is None:
            raise ChatFailed("scripted")
        yield from self.reply


def test_a_pronoun_is_filled_in_from_the_conversation() -> None:
    asked = "Vilka reserverade sig mot beslutet om simkortet?"
    assert rewritten(Saying(asked), "Vilka reserverade sig?", HISTORY, "sv") == asked


@pytest.mark.parametrize(
    "reply",
    [
        None,
        "",
        "Det var Karin Holm (V).",
        "Vilka reserverade sig mot Bo Als förslag?",
        "Vilka reserverade sig den 3 maj 2024?",
        "Vad tyckte Moderaterna om simkortet?",
        "Varför? " * 200,
    ],
)
def test_a_rewrite_that_fails_or_invents_is_of_no_use(reply: str | None) -> None:
    assert rewritten(Saying(reply), "Vilka reserverade sig?", HISTORY, "sv") is None
