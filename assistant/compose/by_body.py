"""Where a board or a committee speaks in a matter: in its own paper or its own § of minutes."""

from __future__ import annotations

import re

from assistant.compose.choose import Scene, of, same_matter, with_cases
from assistant.compose.scene import Place
from ingest.parts import PartKind
from ingest.records import Decision, Demand

_BODY = re.compile(
    r"\b(?:föreslog|föreslår|föreslagit|hade|har|ville|vill|gick|var|är|tyckte|tycker|ansåg|anser|"
    r"krävde|kräver|begärde|begär|önskade|önskar) "
    r"(?:\w+s (?=\w*(?:styrelse|nämnd|utskott|fullmäktige|kontor|förvaltning)\b))?"
    r"(?:\w+- (?:och|samt) )?(?P<body>\w*(?:styrelsen?|nämnd(?:en)?|utskott(?:et)?|fullmäktige|"
    r"kontor(?:et)?|förvaltning(?:en)?)|tjänste(?:männen|personerna))s?\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?P<body>(?:\w+- (?:och|samt) )?\w*(?:styrelsen|nämnden|utskottet|fullmäktige|kontoret|"
    r"förvaltningen)|tjänste(?:männen|personerna))s?\b",
    re.IGNORECASE,
)
"""A body by its name in the definite form, wherever a question names it."""
_WHOLE = (("styrelse", "n"), ("nämnd", "en"), ("utskott", "et"), ("kontor", "et"), ("ning", "en"))
"""How the name of a body ends where nobody's stands before it, and where it does."""
_OFFICE = re.compile(r"(?:kontoret|förvaltningen|tjänste\w+)$")
"""Officials, who speak in their reports."""
_ANY_OFFICE = ("förvaltningen", "kontoret", "tjänstemännen", "tjänstepersonerna")
_HEAD = 1500
"""A report names its office in so many of its first characters."""
_CASES = 2
"""The cases of so many of the best parts are looked at."""
_SPOKEN = (PartKind.COUNCIL_PROPOSAL, PartKind.PARAGRAPH, PartKind.EXTRACT, PartKind.CONSULTATION)


def own_proposal(scene: Scene) -> Place | None:
    """Where the body that a question asks of proposed something; None where the question asks of
    no body, or where that body says nothing in the matter."""
    match = _BODY.search(scene.question.asks)
    if match is None:
        return None
    body = _definite(match["body"].lower())
    if _OFFICE.search(body) and scene.question.parties:
        return None  # a party's proposal is asked for beside the officials'
    return _best_of(scene, body)


def bodies_compared(scene: Scene) -> list[Place]:
    """Where each of the bodies that a question names beside each other proposed or decided
    something in the matter, in the order of the question; nothing where fewer than two did."""
    named = [_definite(m["body"].lower()) for m in _NAMED.finditer(scene.question.asks)]
    found = [place for body in dict.fromkeys(named) if (place := _best_of(scene, body))]
    apart = len({(p.document.file, p.part.id) for p in found}) == len(found)
    together = all(same_matter(scene, found[0], place) for place in found[1:])
    return found if len(found) > 1 and apart and together else []


def _best_of(scene: Scene, body: str) -> Place | None:
    own = [p for p in with_cases(scene, scene.places, _CASES) if _speaks(p, body) and _settles(p)]
    dated = [p for p in own if _of_the_time(scene, p)]
    return max(dated or own, key=lambda p: p.score, default=None)


def _of_the_time(scene: Scene, place: Place) -> bool:
    """True if a place is of a time that the question names."""
    return any(period.holds(place.part.date) for period in scene.question.periods)


def _definite(body: str) -> str:
    """The name of a body as papers have it: "socialnämnden" for "Ekmarkas socialnämnd"."""
    ending = next((more for bare, more in _WHOLE if body.endswith(bare)), "")
    return body + ending


def _settles(place: Place) -> bool:
    return bool(of(place.part, Demand) or of(place.part, Decision))


def _speaks(place: Place, body: str) -> bool:
    if _OFFICE.search(body):
        return place.part.kind is PartKind.OFFICIAL_REPORT and _is_of(place, body)
    said = (place.part.body or "").lower()
    return place.part.kind in _SPOKEN and bool(said) and said.endswith(body)


def _is_of(place: Place, office: str) -> bool:
    """True for a report of that office, which its head names."""
    head = place.document.text[place.part.start : place.part.start + _HEAD].lower()
    return office in _ANY_OFFICE or office.removesuffix("et").removesuffix("en") in head
