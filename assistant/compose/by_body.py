"""Where a board or a committee speaks in a matter: in its own paper or its own § of minutes."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.compose.choose import Scene, of, related
from assistant.compose.scene import Place
from ingest.parts import PartKind
from ingest.records import Decision, Demand

_BODY = re.compile(
    r"\b(?:föreslog|föreslår|föreslagit|hade|har|ville|vill|gick|var|är) "
    r"(?P<body>\w*(?:styrelsen|nämnden|utskottet))s?\b",
    re.IGNORECASE,
)
_CASES = 2
"""The cases of so many of the best parts are looked at."""
_OF_CASE = 0.8
"""What a part is worth that was found by its case, of the score of the part that named it."""
_SPOKEN = (PartKind.COUNCIL_PROPOSAL, PartKind.PARAGRAPH, PartKind.EXTRACT, PartKind.CONSULTATION)


def own_proposal(scene: Scene) -> Place | None:
    """Where the body that a question asks of proposed something; None where the question asks of
    no body, or where that body says nothing in the matter."""
    match = _BODY.search(scene.question.text.replace(scene.question.matter or "\0", ""))
    if match is None:
        return None
    body = match["body"].lower()
    own = [p for p in _near(scene) if _speaks(p, body) and _settles(p)]
    return max(own, key=lambda p: p.score, default=None)


def _near(scene: Scene) -> list[Place]:
    """What was found, and the other parts of the cases of the best of it."""
    found = {(p.document.file, p.part.id): p for p in scene.places}
    for place in scene.places[:_CASES]:
        for other in related(place, scene.library):
            key = (other.document.file, other.part.id)
            found.setdefault(key, replace(other, score=_OF_CASE * place.score))
    return list(found.values())


def _settles(place: Place) -> bool:
    return bool(of(place.part, Demand) or of(place.part, Decision))


def _speaks(place: Place, body: str) -> bool:
    said = (place.part.body or "").lower()
    return place.part.kind in _SPOKEN and bool(said) and said.endswith(body)
