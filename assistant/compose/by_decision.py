"""What was decided: which meeting settled the matter, and what it decided."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.compose import Draft
from assistant.compose.by_vote import carried
from assistant.compose.choose import (
    ENTITY,
    Scene,
    by_body_named,
    entities,
    is_meeting,
    of,
    of_the_matter,
    related,
    same_matter,
    with_cases,
)
from assistant.compose.decided import PROPOSES, decisions, led, settled_at_once
from assistant.compose.phrasing import listed
from assistant.compose.points import within
from assistant.compose.scene import Place
from assistant.naming import months_named
from assistant.question import Question
from ingest.grammar.dates import find_dates
from ingest.parts import Part, PartKind, Role
from ingest.records import Decision, Record

_HIGHEST = "Kommunfullmäktige"
_BOARD = re.compile(
    r"\b(?:beslutade|beslöt|bestämde|svarade|sade|sa|yttrade|rekommenderade) "
    r"(?P<board>(?:\w+- (?:och|samt) )?\w{4,}(?:nämnden|utskottet)|"
    r"nämnden för [a-zåäö]+(?: och [a-zåäö]+)?)\b",
    re.IGNORECASE,
)
"""What a board decided, or answered to a motion, is asked."""
_ASKED = re.compile(r"(?:Interpellation|Fråga|Enkel fråga)\b")
"""A § with such a title decides no more than that something may be asked."""
_PUTS_OFF = re.compile(
    r"\b(?:sköt|skjuta|sköts|skjutits|skjutit)\b.{0,120}?\b(?:upp|på framtiden)\b|\bbordlade|"
    r"\b(?:upp|ställning)\b.{0,60}\b(?:igen|nästa gång|på nytt)\b|\buppskjut|"
    r"\bsenarelade|\b(?:postponed|tabled|put off|deferred)\b",
    re.IGNORECASE,
)
"""It is asked how a matter was put off, and not how it was settled."""
_NOTED = "antecknad"
REVOKES = re.compile(r"\b(?:upphäv|återkalla|ersätt)", re.IGNORECASE)
_SAID = 0.3
"""What the words of a § count against the search's score."""
_ON_DAY = 0.2
"""What a § gains whose meeting was on the day or in the month that the question names."""
_IN_ITS_TIME = 0.7
"""How near the matter a § of that time is, as a share of how near the best one is."""
_PUT_OFF = 0.2
"""What a § loses that only put the matter off."""
_CASES = 2
"""A board's own § is looked for in the cases of so many of the best parts found."""
_ELECTS = re.compile(r"\b(?:ut|till)se(?:s|r|tts)?\b|\b(?:in)?välj(?:s|er|a)\b|\bförordna", re.I)
_ELECTIONS = 600
"""A decision that elects somebody, and how much of such decisions is quoted, in characters."""
_DECISION_BUDGET = 880
"""How much of a decision is quoted, in characters; what meets the question best comes first."""


def decision(scene: Scene, *, noting: bool = True) -> Iterator[Draft]:
    """What was decided, point by point; only from papers that record decisions.

    Args:
        noting: False where nothing is told of a § that only took note of something: it is asked
            what that was.
    """
    places = _of_board(scene) or by_body_named(
        scene, lambda part: part.role is Role.DECISION and any(map(_is_decision, part.records))
    )
    places = of_the_matter(scene, places) or _of_the_case(scene) or places
    places.sort(key=lambda place: -_aptness(scene, place))
    places = _timely(scene, places)
    if PartKind.INTERPELLATION not in scene.question.papers:
        places.sort(key=lambda place: bool(_ASKED.match(place.part.title)))
    word = _by_its_proposal(scene) if places and not _of_bodies(scene, places[0]) else None
    if word is not None:
        told = of(word.part, Decision)[:2]
        yield from listed(word, told, scene.language, "from", "fact")
        return
    if board := _BOARD.search(scene.question.asks):
        places = [p for p in places if _is_of(p, board["board"])] or places
    if places and _of_another_board(scene, places[0]):
        return
    for place in places[:1]:
        decisive = place if board else _decisive(scene, place)
        own = of(decisive.part, Decision)
        if not noting and all(isinstance(r, Decision) and r.outcome == _NOTED for r in own):
            return
        room = _DECISION_BUDGET - led(decisive, own)
        points = within(scene, own, room, decisive.part.title)
        drafts = list(decisions(scene, decisive, points))
        yield from drafts
        yield from settled_at_once(scene, decisive)
        room = _DECISION_BUDGET - sum(len(draft.text) for draft in drafts)
        yield from carried(scene, decisive, room)
        yield from _revoked(scene, decisive)


def _of_board(scene: Scene) -> list[Place]:
    """Where the very board that is asked about decided something in the cases of the best parts
    found: its own § may lie in the file of another body's case."""
    match = _BOARD.search(scene.question.asks)
    if match is None:
        return []
    near = with_cases(scene, scene.places, _CASES)
    return [
        place
        for place in (*near, *_extracts(scene))
        if _is_of(place, match["board"]) and any(map(_is_decision, place.part.records))
    ]


def _extracts(scene: Scene) -> list[Place]:
    """The extracts of minutes in the files of the best parts found."""
    files = {p.document.file: p for p in reversed(scene.places[:_CASES])}
    return [
        Place(place.stored, part, place.score, ())
        for place in files.values()
        for part in place.stored.parts
        if part.kind is PartKind.EXTRACT
    ]


def _of_the_case(scene: Scene) -> list[Place]:
    """The parts that decided something in the case of the best part found."""
    near = with_cases(scene, (), 1)
    return [
        p for p in near if p.part.role is Role.DECISION and any(map(_is_decision, p.part.records))
    ]


def _of_another_board(scene: Scene, place: Place) -> bool:
    """True if it is asked what a board decided, the decision at hand is not that board's, and
    another part was found before it, which may tell it in its sentences."""
    match = _BOARD.search(scene.question.asks)
    if match is None or place is scene.places[0]:
        return False
    board, first = match["board"].lower(), scene.places[0]
    told = first.document.text[first.part.start : first.part.end].lower()
    return not _is_of(place, board) and board in " ".join(told.split())


def _is_of(place: Place, board: str) -> bool:
    """True for a paper of that board: "Ekmarkas kulturnämnd" has "kulturnämnden" in its head."""
    return (place.part.body or "").lower().endswith(board.lower())


def _timely(scene: Scene, places: list[Place]) -> list[Place]:
    """Those of the day or month that the question names, where one of them is about the matter."""
    if not places:
        return places
    own = [p for p in places if _of_its_time(scene, p)]
    if not own and scene.question.matter:
        own = [p for p in _of_the_case(scene) if _of_its_time(scene, p)]
    near = [p for p in own if _aptness(scene, p) >= _IN_ITS_TIME * _aptness(scene, places[0])]
    return near or places


def _of_its_time(scene: Scene, place: Place) -> bool:
    """True for a paper of a day or month that the question names; of a month in any year where it
    names none."""
    exact = [period for period in scene.question.periods if period.exact]
    months = frozenset() if exact else months_named(scene.question.asks)
    day = place.part.date or ""
    return any(period.holds(day) for period in exact) or (len(day) > 6 and int(day[5:7]) in months)


def _of_bodies(scene: Scene, place: Place) -> bool:
    """True where no body is named, or the one whose paper it is."""
    return not scene.question.bodies or place.part.body in scene.question.bodies


def _by_its_proposal(scene: Scene) -> Place | None:
    """The word of the board that a question names to the council, where it tells what the board
    decided and no minutes of its own do: the best one of the stack a conversation is about."""
    files = {file for file, _ in scene.question.focus}
    for place in scene.places:
        for part in place.stored.parts if place.document.file in files else ():
            told = any(map(_is_decision, part.records)) and part.role is not Role.DECISION
            if (
                told
                and part.kind is PartKind.COUNCIL_PROPOSAL
                and part.body in scene.question.bodies
            ):
                return Place(place.stored, part, place.score, ())
    return None


def _aptness(scene: Scene, place: Place) -> float:
    """How well a § meets the question: by the search and by the words of its title and points."""
    points = " ".join(record.text for record in of(place.part, Decision))
    said = scene.matcher.coverage(f"{place.part.title} {points}")
    timely = any(p.exact and p.holds(place.part.date) for p in scene.question.periods)
    idle = only_put_off(place.part) is not bool(_PUTS_OFF.search(scene.question.asks))
    return (
        _ON_DAY * timely
        - _PUT_OFF * idle
        + place.score
        + ENTITY * entities(scene.question, place.part)
        + _SAID * said
    )


def _revoked(scene: Scene, place: Place) -> Iterator[Draft]:
    """The later decision that revokes the one told, if the papers hold one: it names its day."""
    if place.part.date is None:
        return
    for other in [*scene.places, *related(place, scene.library)]:
        if (other.part.date or "") <= place.part.date:
            continue
        for record in of(other.part, Decision):
            days = {date.iso for date in find_dates(record.text)}
            short = len(record.text) <= _DECISION_BUDGET
            if short and REVOKES.search(record.text) and place.part.date in days:
                yield from decisions(scene, other, [record])
                return


def _decisive(scene: Scene, place: Place) -> Place:
    """The meeting that settled the case: where the one found only put it off, the last one of the
    same body within the time asked for that did not, or put it off last; where it only proposed
    something to another body which the question does not set aside, the one that had the last
    word."""
    if _PUTS_OFF.search(scene.question.asks):
        return place
    lower = place.part.body != _HIGHEST or _proposed_too(place.part)
    nobody_named = not scene.question.bodies and lower
    if nobody_named or (
        _only_proposed(place.part) and place.part.body not in scene.question.bodies
    ):
        place = _last_word(scene, place)
    if not only_put_off(place.part):
        return place
    later = [
        other
        for other in [*scene.places, *related(place, scene.library)]
        if is_meeting(other.part)
        and other.part.body == place.part.body
        and (other.part.date or "") > (place.part.date or "")
        and any(map(_is_decision, other.part.records))
        and same_matter(scene, place, other)
        and _in_time(scene.question, other.part)
    ]
    settled = [other for other in later if not only_put_off(other.part)]
    return max(settled or later, key=lambda p: p.part.date or "", default=place)


def _last_word(scene: Scene, place: Place) -> Place:
    """The latest § of the case that decided and did not only propose; `place` where none did."""
    near = [*related(place, scene.library), *(p for p in scene.places if _like(scene, place, p))]
    settled = [
        other
        for other in near
        if is_meeting(other.part)
        and (other.part.date or "") >= (place.part.date or "")
        and any(map(_is_decision, other.part.records))
        and not _only_proposed(other.part)
        and (_in_time(scene.question, other.part) or not _in_time(scene.question, place.part))
    ]
    return max(settled, key=lambda p: p.part.date or "", default=place)


def _like(scene: Scene, one: Place, other: Place) -> bool:
    return one is not other and same_matter(scene, one, other)


def _only_proposed(part: Part) -> bool:
    """True if all that was decided is to propose something to a higher body."""
    decisions = [r for r in part.records if isinstance(r, Decision)]
    return bool(decisions) and all(r.proposed_to or PROPOSES.search(r.text) for r in decisions)


def _proposed_too(part: Part) -> bool:
    """True if something that was decided is to propose something to a higher body."""
    return any(
        r.proposed_to or PROPOSES.search(r.text) for r in part.records if isinstance(r, Decision)
    )


def only_put_off(part: Part) -> bool:
    """True if all that a § decided is to put the matter off."""
    outcomes = {r.outcome for r in part.records if isinstance(r, Decision)}
    return outcomes == {"bordläggning"}


def _in_time(question: Question, part: Part) -> bool:
    return not question.periods or any(period.holds(part.date) for period in question.periods)


def elected(scene: Scene) -> Iterator[Draft]:
    """Who was elected or appointed: the decisions of the § that say so."""

    def elects(part: Part) -> bool:
        return any(_ELECTS.search(record.text) for record in of(part, Decision))

    for place in of_the_matter(scene, by_body_named(scene, elects))[:1]:
        chosen = [r for r in of(place.part, Decision) if _ELECTS.search(r.text)]
        yield from decisions(scene, place, within(scene, chosen, _ELECTIONS))


def _is_decision(record: Record) -> bool:
    return isinstance(record, Decision)
