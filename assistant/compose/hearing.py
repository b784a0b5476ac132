"""Whose papers may answer: those of whom a question asks what they said or did."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.asked import speaking
from assistant.compose.by_side import VOICES
from assistant.compose.choose import Scene, is_meeting, of_the_matter, with_cases
from assistant.compose.scene import Place
from assistant.translation import rendered

_BY_HANDS = ("abstention", "recusal", "reservation")
"""What somebody did in another matter is no answer to these."""
_BOARD = re.compile(
    r"\b(?!kommunstyrelse|styrelse|kommunalråd|borgarråd)"
    r"(?P<stem>\w+(?:nämnd|styrelse|kontor|förvaltning|råd))(?:en|et|n)?s?\b",
    re.IGNORECASE,
)
"""A board or an office that a question names, and its name without its definite ending."""
_A_BOARD = re.compile(r".+(?:nämnd|råd|styrelse|kontor|förvaltning)$")
_CASES = 1
"""A party's own paper is looked for in the case that a follow-up is about."""
_NEAR = 0.8
"""A paper that scores below this share of the best one is no party's word in the matter."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The parts whose sentences may answer.

    Attributes:
        named: the question's words for the boards whose own papers these are, where it asks for
            their reasons: every sentence there may hold them.
    """

    places: Sequence[Place]
    named: tuple[str, ...] = ()


def hearing(scene: Scene) -> Heard:
    """The parts of the matter where it asks what somebody did, the papers of the parties and boards
    named where it asks for what they say or for their reasons and one of these is near; else all
    that were found."""
    question, found = scene.question, scene.places
    if question.kind in _BY_HANDS:
        return Heard(of_the_matter(scene, found))
    if question.matter and (theirs := spoken_of(scene)).places:
        return theirs
    if question.kind not in ("why", "demand") or not question.parties:
        return Heard(found)
    named = set(question.parties)
    near = with_cases(scene, found, _CASES) if question.matter else found
    own = [p for p in near if p.part.kind in VOICES and named & {*p.part.parties}]
    close = own and (question.matter or own[0].score >= _NEAR * found[0].score)
    return Heard(own if close else found)


def spoken_of(scene: Scene) -> Heard:
    """The papers in the stack that a conversation is about by the party or the board that a further
    question names: what they say stands in their own words."""
    named = speaking(scene.question)
    boards = _boards(scene)
    files = {file for file, _ in scene.question.focus}
    known = {(p.document.file, p.part.id): p for p in scene.places}
    own: list[Place] = []
    for place in {p.document.file: p for p in scene.places if p.document.file in files}.values():
        for part in place.stored.parts:
            key = (place.document.file, part.id)
            party = part.kind in VOICES and named & {*part.parties}
            board = any(name in (part.body or "").lower() for name in boards)
            if party or (board and (not is_meeting(part) or key in scene.question.focus)):
                own.append(known.get(key, Place(place.stored, part, place.score, ())))
    words = tuple(boards.values()) if scene.question.kind == "why" else ()
    return Heard(sorted(own, key=lambda place: -place.score), words)


def _boards(scene: Scene) -> dict[str, str]:
    """The boards and offices that a question names, as papers call them, and in its own words."""
    asks = scene.question.asks
    if scene.question.language == "en":
        words = ((w.english, name) for w in rendered(asks) for name in w.swedish)
        return {name: english for english, name in words if _A_BOARD.match(name)}
    return {match["stem"].lower(): match[0] for match in _BOARD.finditer(asks)}
