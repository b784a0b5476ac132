"""Answers from records: what a paper holds in the genre's own terms needs no guessing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.compose import Draft
from assistant.compose.by_decision import decision
from assistant.compose.by_demand import IN_STACK, demand
from assistant.compose.by_hand import adopted, authors, role_in_meeting
from assistant.compose.by_timeline import timeline
from assistant.compose.by_vote import vote
from assistant.compose.by_voters import told_by_name
from assistant.compose.choose import (
    Scene,
    by_body_named,
    having,
    is_meeting,
    of,
    of_the_matter,
    suited,
)
from assistant.compose.phrasing import bare, framed, listed
from assistant.compose.scene import Place
from ingest.grammar.names import find_people
from ingest.parts import Part, PartKind, Role
from ingest.records import (
    Abstention,
    Attendance,
    Record,
    Recusal,
    Reservation,
    Statement,
    Vote,
)
from ingest.sentences import sentences

_ABSTAINS = re.compile(r"\bavst(?:år|od)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\bjäv", re.IGNORECASE)
_ASKS_WRITTEN = re.compile(r"\bskriftlig|\bin writing\b|\bwritten\b", re.IGNORECASE)
_CAME_IN = re.compile(r"\bskriftlig\w* reservation\w*\b[^.]*\b(?:inkom|lämna)\w*", re.IGNORECASE)
"""Whether a reservation was written is asked, and how minutes tell that it came in."""
ByRecord = Callable[[Scene], Iterator[Draft]]


def abstention(scene: Scene) -> Iterator[Draft]:
    """Who took no part in a decision, or abstained in a vote; of the body named, where a § of its
    own tells it."""
    told = [
        (place, drafts)
        for how in (_took_no_part, _abstained, _stood_aside)
        for place, drafts in how(scene)
    ]
    own = [drafts for place, drafts in told if place.part.body in scene.question.bodies]
    yield from (own or [drafts for _, drafts in told] or [[]])[0]


_Told = Iterator[tuple[Place, list[Draft]]]


def _took_no_part(scene: Scene) -> _Told:
    for place in of_the_matter(scene, by_body_named(scene, having(Abstention)))[:1]:
        records = of(place.part, Abstention)
        yield place, list(listed(place, records, scene.language, "from", "fact"))


def _abstained(scene: Scene) -> _Told:
    for place in of_the_matter(scene, by_body_named(scene, _has_abstainers))[:1]:
        votes: list[Record] = [
            r for r in of(place.part, Vote) if isinstance(r, Vote) and r.abstainers
        ]
        drafts = list(listed(place, votes[:2], scene.language, "from", "fact"))
        for one in votes[:2]:
            assert isinstance(one, Vote)
            drafts += told_by_name(place, one, one.abstainers)
        yield place, drafts


def _stood_aside(scene: Scene) -> _Told:
    for place in of_the_matter(scene, by_body_named(scene, having(Vote)))[:1]:
        spans = list(_standing_aside(place))
        drafts = [
            framed(place, place.source(*span), scene.language, "from", "fact") for span in spans
        ]
        if drafts:
            yield place, drafts


def _standing_aside(place: Place) -> Iterator[tuple[int, int]]:
    """The sentences of a § with a vote that name somebody who abstained."""
    for start, end in _sentences_with(place, _ABSTAINS):
        if any(find_people(place.document.text[start:end])):
            yield start, end


def recusal(scene: Scene) -> Iterator[Draft]:
    """Who left the handling of a case for jäv, and who led it instead."""
    for place in of_the_matter(scene, suited(scene.question, _told_of(scene), having(Recusal)))[:1]:
        yield from listed(place, of(place.part, Recusal), scene.language, "from", "fact")
        chairs = [r for r in of(place.part, Attendance) if "ordförande" in role_in_meeting(r)]
        yield from (bare(place, place.record_source(r), "fact") for r in chairs[:2])
        return
    meetings = [place for place in _told_of(scene) if is_meeting(place.part)]
    for place in of_the_matter(scene, suited(scene.question, meetings, lambda part: True))[:1]:
        for other, record in _of_paragraph(place):
            source = other.record_source(record)
            yield framed(other, source, scene.language, "from", "fact")
        return
    yield from _in_their_own_paper(scene)


def _in_their_own_paper(scene: Scene) -> Iterator[Draft]:
    """Who stood aside as a paper of no meeting tells it, in whichever of its sections: auditors say
    at the end who of them took no part."""
    for place in scene.places[:1]:
        for part in place.stored.parts if not is_meeting(place.part) else ():
            section = replace(place, part=part)
            for start, end in _sentences_with(section, _ASIDE):
                if any(find_people(place.document.text[start:end], bare=True)):
                    source = section.source(start, end)
                    yield framed(section, source, scene.language, "from", "fact")


def _of_paragraph(place: Place) -> Iterator[tuple[Place, Record]]:
    """Who was disqualified in a § as another one of the same minutes tells it: "anmäler jäv i
    § 44"."""
    if not place.part.paragraph:
        return
    named = re.compile(rf"§§? ?(?:\d+[a-z]?(?:, | och |–))*{re.escape(place.part.paragraph)}\b")
    for part in place.stored.parts:
        other = replace(place, part=part)
        yield from ((other, r) for r in of(part, Recusal) if named.search(r.text))


def reservation(scene: Scene) -> Iterator[Draft]:
    """Who made a reservation, and in favour of what."""
    near = suited(scene.question, _told_of(scene), having(Reservation))
    for place in of_the_matter(scene, near)[:1]:
        yield from listed(
            place, of(place.part, Reservation), scene.language, "from", Role.RESERVATION.value
        )
        if place.part.kind is PartKind.RESERVATION:
            yield from authors(replace(scene, places=[place]), titled=False)
        for record in of(place.part, Statement)[:1]:
            yield bare(place, place.record_source(record), Role.OPINION.value)
        if _ASKS_WRITTEN.search(scene.question.asks):
            for start, end in _sentences_with(place, _CAME_IN):
                yield bare(place, place.source(start, end), "fact")


def _sentences_with(place: Place, words: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The sentences of a part that hold these words."""
    text, part = place.document.text, place.part
    for start, end in sentences(text[part.start : part.end]):
        if words.search(text, part.start + start, part.start + end):
            yield part.start + start, part.start + end


def _told_of(scene: Scene) -> list[Place]:
    """The parts found and, of a conversation, the other parts of the stack that it is about."""
    files = {file for file, _ in scene.question.focus}
    known = {(p.document.file, p.part.id) for p in scene.places}
    first = {p.document.file: p for p in reversed(scene.places) if p.document.file in files}
    more = [
        Place(place.stored, part, IN_STACK * place.score, ())
        for place in first.values()
        if not is_meeting(place.part)
        for part in place.stored.parts
        if (place.document.file, part.id) not in known
    ]
    return [*scene.places, *more]


def _has_abstainers(part: Part) -> bool:
    return any(isinstance(r, Vote) and r.abstainers for r in part.records)


BY_KIND: dict[str, ByRecord] = {
    "vote": vote,
    "abstention": abstention,
    "recusal": recusal,
    "reservation": reservation,
    "decision": decision,
    "demand": demand,
    "timeline": timeline,
    "when": adopted,
}
