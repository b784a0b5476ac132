"""A chat model may make a follow-up question stand alone; it may not put anything into it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from assistant.compose.model_chat import Chat, ChatFailed
from assistant.verify.tokens import CRITICAL, tokens
from prompts import render

_LONGEST = 400
_EXACT = CRITICAL - {"verb", "modal", "quantity", "negation", "limit"}


def rewritten(chat: Chat, question: str, history: Sequence[str], language: str) -> str | None:
    """The question as the model would ask it alone, or None where it is of no use.

    Args:
        history: what was asked and answered before, oldest first.

    Of no use: the model fails, answers instead of asking, or names a number, date, person, party
    or body that neither the question nor the conversation holds.
    """
    fence = f"=== {secrets.token_hex(6)} ==="
    said = "\n".join(history)
    prompt = render(
        "rewrite",
        "en" if language == "en" else "sv",
        question=question,
        history=said,
        fence=fence,
    )
    reply = ""
    try:
        for piece in chat.stream(prompt):
            reply += piece
            if len(reply) > _LONGEST:
                return None
    except ChatFailed:
        return None
    reply = " ".join(re.sub(r"[*`\"”“]", "", reply).split())
    if not reply.endswith("?") or not _invents_nothing(reply, f"{said}\n{question}"):
        return None
    return reply


def _invents_nothing(reply: str, held: str) -> bool:
    known = {key for token in tokens(held) for key in token.offers}
    return all(
        any(key in known for key in token.offers) for token in tokens(reply) if token.kind in _EXACT
    )
