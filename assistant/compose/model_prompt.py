"""What a chat model is shown: numbered sources and their facts, fenced as data, in a budget."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.scene import Place
from assistant.question import Question
from assistant.verify.source import Source
from ingest.clean import clean
from ingest.document import Span
from ingest.parts import Part
from ingest.tokens import count, split
from prompts import render

BUDGET = 3_500
"""Tokens that the sources may take together."""
_MOST_SOURCES = 12
_SHORT_PART = 800  # tokens
_LEAST = 40  # tokens; less is not worth a source
_SENTENCES = 8
_OURS = re.compile(r"\[\s*(S\s*\d+)\s*\]|<\|[^|>]{0,40}\|>", re.IGNORECASE)
_ROLES = {
    "sv": {"proposal": "förslag", "decision": "beslut", "reservation": "reservation",
           "opinion": "åsikt", "information": "uppgift"},
    "en": {"proposal": "proposal", "decision": "decision", "reservation": "reservation",
           "opinion": "opinion", "information": "information"},
}  # fmt: skip
_LABELS = {
    "sv": ("roll", "av", "partier", "organ", "datum", "ärende"),
    "en": ("role", "by", "parties", "body", "date", "case"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A source as the model is shown it, and the part that it stands in."""

    place: Place
    source: Source


def chosen(places: Sequence[Place], budget: int = BUDGET) -> list[Shown]:
    """What to show, best first, until the budget is used; nothing twice.

    A short part is shown whole: its decision says little without the yrkanden and the vote beside
    it. Of a long one the hits are shown.
    """
    shown: list[Shown] = []
    left = budget
    for place in sorted(places, key=lambda place: -place.score):
        for span in _spans(place):
            text = place.document.text[span.start : span.end]
            size = count(text)
            if size > left and shown:
                continue
            if size > left:
                span = Span(span.start, span.start + split(text, left)[0][1])
            shown.append(Shown(place, place.source(span.start, span.end, place.part.role)))
            left -= min(size, left)
            if len(shown) == _MOST_SOURCES or left < _LEAST:
                return shown
    return shown


def _spans(place: Place) -> list[Span]:
    """The whole part if it is short, else its hits, none inside another."""
    part = place.part
    if count(place.document.text[part.start : part.end]) <= _SHORT_PART:
        return [Span(part.start, part.end)]
    found: list[Span] = []
    for hit in place.hits:
        span = Span(hit.passage.start, hit.passage.end)
        if not any(span.overlaps(other) for other in found):
            found.append(span)
    return found


def prompt(question: Question, shown: Sequence[Shown]) -> str:
    """The whole prompt."""
    language = question.language if question.language in _ROLES else "sv"
    # Nobody who wrote a document could know this line, so nobody can close the fence in it.
    fence = f"=== {secrets.token_hex(6)} ==="
    blocks = [_block(number, s, language, fence) for number, s in enumerate(shown, 1)]
    return render(
        "answer",
        language,
        question=_plain(question.text),
        sources="\n\n".join(blocks),
        sentences=str(_SENTENCES),
        fence=fence,
    )


def _block(number: int, shown: Shown, language: str, fence: str) -> str:
    text = clean(shown.place.document, Span(shown.source.start, shown.source.end)).text
    head = _head(shown, language)
    return f"[S{number}] {head}\n{fence}\n{_plain(text).strip()}\n{fence}"


def _head(shown: Shown, language: str) -> str:
    """Title, role and facts of a source, on one line."""
    part: Part = shown.place.part
    role, by, parties, body, date, case = _LABELS[language]
    authors = ", ".join(f"{a.name} ({a.party})" if a.party else a.name for a in part.authors[:6])
    facts = (
        (role, _ROLES[language][shown.source.role.value]),
        (by, authors),
        (parties, ", ".join(part.parties)),
        (body, part.body or ""),
        (date, part.date or ""),
        ("§", part.paragraph or ""),
        (case, part.case_number or ""),
    )
    told = "; ".join(f"{label}: {value}" for label, value in facts if value)
    return _plain(f"{part.title} ({told})").replace("\n", " ")


def _plain(text: str) -> str:
    """Text without anything that looks like our own tokens or a model's control marks."""
    return _OURS.sub(lambda m: f"({m[1]})" if m[1] else " ", text)
