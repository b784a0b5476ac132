"""The course of a case, meeting by meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.compose import Draft
from assistant.compose.by_decision import REVOKES, only_put_off
from assistant.compose.choose import Scene, is_meeting, of, related, same_matter, suited
from assistant.compose.decided import proposing_line, settled_at_once
from assistant.compose.phrasing import bare, framed, role_name
from assistant.compose.scene import Place
from assistant.verify.source import Source
from ingest.clean import clean
from ingest.document import Span
from ingest.grammar.dates import find_dates
from ingest.grammar.names import find_people
from ingest.parts import PartKind, Role
from ingest.records import Decision, Demand, Record
from ingest.sentences import sentences

_BEFORE = re.compile(r"^Bordlag[td] (?:den )?\d[^\n]*(?:\n[^\n]*\d{4}[^\n]*)*", re.MULTILINE)
"""A § that comes back names the days on which it was put off."""
_DAY = re.compile(r"^[A-ZÅÄÖ]\w+ den \d{1,2} [a-z]+ \d{4} [^\n]*styrelse$", re.MULTILINE)
"""The line that dates a board's word to the council: "Ekmarka den 3 maj 2031 Ekmarka
kommunstyrelse"."""
_STEPS = 8
"""How many meetings a course of events tells of."""
_EARLIER = 1200
"""How much of what one § tells of earlier days is quoted, in characters."""
_STEP = 600
"""How much of a decision it tells, in characters."""


def timeline(scene: Scene) -> Iterator[Draft]:
    """The decisions of one case, meeting by meeting."""
    meetings = suited(scene.question, scene.places, is_meeting)
    if not meetings:
        return
    titled = scene.library.titled(meetings[0].part.title)
    near = [
        *related(meetings[0], scene.library),
        *(Place(stored, part, meetings[0].score, ()) for stored, part in titled),
    ]
    case = list(
        {
            (p.document.file, p.part.id): p
            for p in (*reversed(near), meetings[0])
            if is_meeting(p.part)
        }.values()
    )[::-1]
    case += _revoked_by(scene, case)
    known = {(p.document.file, p.part.id) for p in case}
    case += [
        place
        for place in meetings[1:]
        if (place.document.file, place.part.id) not in known
        and same_matter(scene, meetings[0], place)
    ]
    words = _words_to_council(scene, case)
    steps = sorted([*case, *words], key=lambda place: place.part.date or "")
    told = _telling(steps)
    if any(only_put_off(place.part) for place in told):
        yield from _put_off_before(scene, steps)
    for place in told:
        if not is_meeting(place.part):
            yield from _proposed(scene, place)
            continue
        decisions = of(place.part, Decision)
        if decisions:
            source = _beginning(place, decisions[0])
            yield framed(place, source, scene.language, "step", role_name(source.role))
            for further in decisions[1:2]:
                other = _beginning(place, further)
                yield bare(place, other, role_name(other.role))
            yield from settled_at_once(scene, place)
    if len(told) == 1 and is_meeting(told[0].part):
        yield from _told_in(told[0])


def _revoked_by(scene: Scene, case: list[Place]) -> list[Place]:
    """The meetings found whose decision one of the case revokes, naming its day."""
    texts = [r.text for p in case for r in of(p.part, Decision) if REVOKES.search(r.text)]
    days = {date.iso for text in texts for date in find_dates(text)}
    bodies = " ".join(texts).lower()
    known = {(p.document.file, p.part.id) for p in case}
    return [
        place
        for place in scene.places
        if is_meeting(place.part)
        and place.part.date in days
        and (place.part.body or "\0").lower() in bodies
        and (place.document.file, place.part.id) not in known
        and _names_one(texts, place)
    ]


def _names_one(texts: Sequence[str], place: Place) -> bool:
    """True if one of these texts names a person whom the title of a § names."""
    people = [person.name for person in find_people(place.part.title)]
    return any(name in " ".join(text.split()) for name in people for text in texts)


def _words_to_council(scene: Scene, case: list[Place]) -> list[Place]:
    """The board's words to the council in the case, where no minutes tell of that meeting of the
    board."""
    known = {(place.part.body, place.part.date) for place in case}
    near = [*related(case[0], scene.library), *scene.places]
    words = {
        (p.part.body, p.part.date): p
        for p in reversed(near)
        if p.part.kind is PartKind.COUNCIL_PROPOSAL
        and of(p.part, Demand)
        and _DAY.search(p.document.text, p.part.start, p.part.end)
        and same_matter(scene, case[0], p)
    }
    return [place for key, place in words.items() if key not in known and all(key)]


def _proposed(scene: Scene, place: Place) -> Iterator[Draft]:
    """What a board proposed to the council, with the line that tells the day."""
    point = of(place.part, Demand)[0]
    lead = point.evidence[0] if point.evidence else None
    near = lead is not None and not place.document.text[lead.end : point.start].strip()
    start = lead.start if lead is not None and near else point.start
    source = place.source(start, point.end, Role.PROPOSAL)
    if len(source.text) > _STEP:
        source = place.source(point.start, point.end, Role.PROPOSAL)
    if len(source.text) <= _STEP:
        yield framed(place, source, scene.language, "step", role_name(source.role))
        for day in list(_DAY.finditer(place.document.text, place.part.start, place.part.end))[-1:]:
            yield bare(place, place.source(*day.span()), "fact")


def _told_in(place: Place) -> Iterator[Draft]:
    """What a § that is the only one of its case tells of the days before it, in its own order."""
    text = clean(place.document, Span(place.part.start, place.part.end))
    room = _EARLIER
    own = [Span(r.start, r.end) for r in of(place.part, Decision)]
    for start, end in sentences(text.text):
        span = text.span(start, end)
        said = text.text[start:end]
        dated = _ends(said) and any(date.iso for date in find_dates(said))
        if dated and len(said) <= room and not any(span.overlaps(one) for one in own):
            room -= len(said)
            yield bare(place, place.source(span.start, span.end), role_name(Role.INFORMATION))


def _ends(said: str) -> bool:
    """True for a whole sentence, and no line of a list of papers."""
    return said.rstrip().endswith(".")


def _beginning(place: Place, record: Record) -> Source:
    """A decision, or the first sentences of one that is longer than a step may be; what is only
    proposed to a higher body with the line that says so."""
    source = place.record_source(record)
    proposed = isinstance(record, Decision) and record.proposed_to
    line = proposing_line(place, record) if proposed else None
    if line is not None and not place.document.text[line.end : record.start].strip():
        source = place.source(line.start, record.end, source.role)
    if len(source.text) <= _STEP:
        return source
    ends = [end for _, end in sentences(source.text) if end <= _STEP]
    if not ends:
        return source
    return place.source(source.start, source.start + ends[-1], source.role)


def _put_off_before(scene: Scene, steps: list[Place]) -> Iterator[Draft]:
    """The line in which the last meeting says when the matter was put off before."""
    for place in reversed(steps):
        match = _BEFORE.search(place.document.text, place.part.start, place.part.end)
        if match:
            source = place.source(*match.span())
            yield framed(place, source, scene.language, "from", "fact")
            return


def _telling(steps: list[Place]) -> list[Place]:
    """So many steps as an answer holds, in order: those that settled something before those that
    only put it off, and of these the last."""
    dated = [
        p
        for p in steps
        if p.part.date and p.part.body and (of(p.part, Decision) or not is_meeting(p.part))
    ]
    settled = [p for p in dated if not only_put_off(p.part)]
    put_off = [p for p in dated if only_put_off(p.part)]
    room = max(0, _STEPS - len(settled))
    kept = {id(p) for p in (*settled[-_STEPS:], *(put_off[-room:] if room else ()))}
    return [place for place in dated if id(place) in kept]
