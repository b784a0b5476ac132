"""A turn as the page shows it: the answer's lines with their source marks, and the cards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.web import narrowed
from assistant.web.cards import Card, card
from assistant.web.conversation import Turn
from assistant.web.markup import fill
from assistant.web.paths import link
from assistant.web.words import Words
from vectorstore.index import Index

_TOKEN = re.compile(r"\s*\[([SN]\d+)\]")
_QUOTED = re.compile(r"(”[^”]+”)")
_TOLD = ("decision", "proposal", "reservation", "opinion")
"""Roles that are said in front of a sentence."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `quoted` where it repeats a paper's words."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence: its pieces, the ids of its sources, and what it tells ("" where it is plain).

    `item`: True if it is an item of a list.
    """

    pieces: tuple[Piece, ...]
    sources: tuple[str, ...]
    role: str
    item: bool


def lines(answer: Answer) -> list[Line]:
    """The answer's sentences in order. A role is told where it differs from the line before."""
    items = {text[2:].strip() for text in answer.answer.split("\n") if text.startswith("- ")}
    made: list[Line] = []
    last = ""
    for sentence in answer.sentences:
        role = sentence.role if sentence.role in _TOLD else ""
        plain = without_tokens(sentence.text)
        made.append(
            Line(
                pieces=_pieces(plain),
                sources=sentence.citations,
                role=role if role != last else "",
                item=sentence.text.strip() in items,
            )
        )
        last = role
    return made


def _pieces(text: str) -> tuple[Piece, ...]:
    parts = (part for part in _QUOTED.split(text) if part)
    return tuple(Piece(part, bool(_QUOTED.fullmatch(part))) for part in parts)


def render(turns: Iterable[Turn], index: Index | None, words: Words, *, busy: bool = False) -> str:
    """The turns of a conversation; `busy`: the last one is still being answered."""
    shown = list(turns)
    views = [
        _view(turn, index, words, busy=busy and at == len(shown) - 1)
        for at, turn in enumerate(shown)
    ]
    return fill("turns", words, turns=views, here=link("ask", words.language))


def _view(turn: Turn, index: Index | None, words: Words, *, busy: bool) -> dict[str, object]:
    answer = turn.answer
    sources = answer.citations or answer.nearest
    cards = [card(citation, index, words) for citation in sources]
    return {
        "id": turn.id,
        "answer": answer,
        "answered": answer.outcome.answers,
        "cited": bool(answer.citations),
        "lines": lines(answer),
        "cards": cards,
        "names": {c.id: _name(c) for c in cards},
        "busy": busy,
        "verdict": turn.verdict,
        "wrong": turn.wrong_sources,
        "copied": footnoted(answer, words),
        "link": _link(turn, words),
        "limits": narrowed.told(turn.limits, words),
        "seconds": round(answer.timings_ms.get("total", 0.0) / 1000, 1),
    }


def _link(turn: Turn, words: Words) -> str:
    """A link that asks the question again, on its own and limited as it was."""
    answer = turn.answer
    alone = answer.standalone_question if answer.outcome.answers else answer.question
    asked: dict[str, object] = {"q": alone, **narrowed.to_query(turn.limits)}
    return link("ask", words.language, "", **asked)


def _name(shown: Card) -> str:
    return ", ".join([shown.kind, shown.title, *shown.facts[:1]])


def without_tokens(text: str) -> str:
    """An answer's text without its source tokens."""
    return _TOKEN.sub("", text)


def footnoted(answer: Answer, words: Words) -> str:
    """The answer as plain text with its sources as footnotes, to paste elsewhere."""
    text = re.sub(r"\[S(\d+)\]", r"[\1]", answer.answer)
    notes = [_footnote(citation, words) for citation in answer.citations]
    return "\n".join([answer.question, "", text, "", *notes])


def _footnote(citation: Citation, words: Words) -> str:
    quote = " ".join(citation.quote.split())
    facts = (
        citation.body,
        citation.date,
        f"§ {citation.paragraph}" if citation.paragraph else None,
        citation.case_number,
        words("card.page", page=citation.page) if citation.page else None,
    )
    place = ", ".join(filter(None, (citation.part, *facts)))
    role = words.known("role", citation.role.value)
    return f"[{citation.id.lstrip('SN')}] {place} ({role}). ”{quote}” {citation.file}"
