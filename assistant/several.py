"""Questions that take several searches: two sides of a matter are seldom found by one."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.naming import Period
from assistant.question import Question, understand
from ingest.grammar.parties import party_sides

_PARTS = re.compile(
    r",? (?:och|samt|and) (?=(?:(?:för|på|till|från|med|i|sedan|under) )?"
    r"(?:när|vem|av vem|för vem|vilka|vilken|vilket|vad|hur|var|varför|"
    r"till vem|i vilket|when|who|what|which|how|where|why)\b|"
    r"(?:blev|gick) det\b|fick (?:de|hon|han|partiet|motionären) |did (?:it|they|she|he)\b)",
    re.IGNORECASE,
)
"""Between two questions in one."""
_TWO = re.compile(r"\b([\w-]+) respektive ([\w-]+)\b")


def several(question: Question) -> tuple[Question, ...]:
    """The question of each side alone, where a comparison names two; else nothing.

    "M:s respektive V:s förslag om X" is searched as "M:s förslag om X" and "V:s förslag om X".
    """
    if question.kind != "compare":
        return ()
    text = question.text
    groups = party_sides(text)
    if len(groups) == 2:
        (a, b) = groups
        return (
            _of(question, text[: b.start] + text[b.end :], a.letters),
            _of(question, text[: a.start] + text[a.end :], b.letters),
        )
    if len(question.periods) == 2:
        return tuple(_in_time(question, period) for period in question.periods)
    named = _TWO.search(text)
    if named is None:
        return ()
    before, after = text[: named.start()], text[named.end() :]
    return tuple(replace(question, text=f"{before}{word}{after}") for word in named.groups())


def _in_time(question: Question, period: Period) -> Question:
    """The question of one year alone."""
    others = {p.first[:4] for p in question.periods} - {period.first[:4]}
    text = question.text
    for year in others:
        text = re.sub(rf"\b{year}\b", period.first[:4], text)
    return replace(question, text=text, periods=(period,))


def _of(question: Question, text: str, letters: frozenset[str]) -> Question:
    """The question with the words of one side, and its parties alone."""
    own = tuple(party for party in question.parties if party in letters)
    return replace(question, text=text, parties=own)


def parts_of(question: Question) -> list[Question]:
    """The questions inside a question, by their own words: "När … och vem …?" are two, and so is
    one that compares two years."""
    if question.kind == "compare" and len(question.periods) == 2:
        return [replace(question, periods=(period,)) for period in question.periods]
    pieces = [piece.strip(" ?") for piece in _PARTS.split(question.text)]
    if len(pieces) == 1 or any(len(piece.split()) < 2 for piece in pieces):
        return [question]
    return [
        replace(question, text=piece, kinds=understand(piece).kinds, matter="")
        for piece in pieces[:3]
    ]
