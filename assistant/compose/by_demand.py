"""What somebody demanded: a paper's points, or what the minutes tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.compose import Draft
from assistant.compose.asked import OWN_YRKANDE, speakers, speaking, surnames
from assistant.compose.by_body import own_proposal
from assistant.compose.by_hand import title_span
from assistant.compose.choose import (
    ENTITY,
    Scene,
    entities,
    having,
    is_meeting,
    of,
    of_matter,
    of_the_matter,
    suited,
    with_cases,
)
from assistant.compose.decided import decisions
from assistant.compose.others import told_of
from assistant.compose.phrasing import bare, framed, listed
from assistant.compose.points import meeting_best, within
from assistant.compose.scene import PROPOSALS, Place
from assistant.verify.source import Source
from ingest.document import Span
from ingest.grammar.parties import party_letters
from ingest.parts import Part, PartKind, Role
from ingest.records import Decision, Demand, Record, Yrkande

IN_STACK = 0.8
"""What a proposal is worth that lies in the same file as the best part found, of its score."""
_CASES = 3
"""A party's own paper is looked for in the cases of so many of the best parts found."""
_NEARLY = 0.8
_DEMAND_BUDGET = 2200
"""How much of a proposal is quoted, in characters; what meets the question best comes first."""
_OF_ITS_TIME, _FIRST_NAMED = 0.35, 0.6
"""What a party's own paper gains for its day, and for the party named first."""
_SAID = 0.5
"""What the words of a § count against the search's score."""
_MOTIONS_OWN = re.compile(
    r"\b(?:vill|ville|kräver|krävde|yrkar|yrkade|föreslår|föreslog|begär|begärde|önskar|önskade) "
    r"(?:motionär\w*|motionen)\b|\bmotion(?:en|ären|ärerna)s? (?:krav|förslag|yrkanden?)\b|"
    r"\b(?:motionen|motionären|motionärerna) (?:vill|ville|kräver|krävde|yrkar|yrkade|föreslår|"
    r"föreslog|begär|begärde)\b",
    re.IGNORECASE,
)
"""What a motion or its movers want is asked, and not what is proposed in answer."""
_BODY = re.compile(r"\b\w*(?:nämnden|styrelsen|utskottet|fullmäktige)\b", re.IGNORECASE)
_MOVED = re.compile(
    r"(?:\w*yrkande|initiativ\w*|förslag) (?:av|från) .{1,80}? (?=angående|om )", re.I
)
"""How the title of a § begins that says who wants something, before it says what."""


def demand(scene: Scene) -> Iterator[Draft]:
    """What a paper asks for: its lead-in and every att-sats or point."""
    own = own_proposal(scene)
    place = own or _proposal(scene)
    if place is None or (not own and told_of(scene, place)):
        return
    if not own and (won := _carried_by_those_named(scene, place)):
        at, records = won
        yield from decisions(scene, at, within(scene, records, _DEMAND_BUDGET))
        return
    if not own and (moved := _moved_by_those_named(scene, place)):
        at, records = moved
        yield from listed(at, records, scene.language, "from", Role.PROPOSAL.value)
        return
    if not own and _said_in_their_own(scene, place):
        return  # their own paper tells it in its sentences
    if place.part.kind is PartKind.AGENDA_ITEM and _names_somebody(scene):
        return  # what stands on an agenda nobody in particular asks for
    best = scene.places[0]
    nearer = place.score < _NEARLY * best.score and not own
    if nearer and (title := _titled_by_those_named(scene, best)):
        yield framed(best, title, scene.language, "from", Role.PROPOSAL.value)
        return
    points = _to_those_named(scene, of(place.part, Demand))
    if points:
        yield from demands(scene, place, within(scene, points, _DEMAND_BUDGET), "from")
        return
    if own:
        yield from decisions(scene, own, within(scene, of(own.part, Decision), _DEMAND_BUDGET))
        return
    if title := _titled_by_those_named(scene, place):
        yield framed(place, title, scene.language, "from", Role.PROPOSAL.value)
        return
    yrkanden = _by_those_named(scene, of(place.part, Yrkande))
    yield from listed(
        place, meeting_best(scene, yrkanden, 3), scene.language, "from", Role.PROPOSAL.value
    )


def _to_those_named(scene: Scene, points: list[Record]) -> list[Record]:
    """Of what auditors recommend to several bodies, what they do to the body that is named."""
    if PartKind.AUDIT not in scene.question.papers:
        return points
    named = [match[0].lower() for match in _BODY.finditer(scene.question.asks)]
    own = [
        r
        for r in points
        if isinstance(r, Demand) and any(body in (r.lead_in or "").lower() for body in named)
    ]
    return [*own] or points


def _said_in_their_own(scene: Scene, place: Place) -> bool:
    """True if the paper that would be told is another party's than those named, and one by those is
    as near that lists no points: a särskilt yttrande says what they want in its sentences."""
    named = speaking(scene.question) & {*scene.question.parties}
    if not named or not place.part.parties or named & {*place.part.parties}:
        return False
    return any(
        other.part.kind is PartKind.STATEMENT
        and named & {*other.part.parties}
        and other.score >= _NEARLY * place.score
        for other in scene.places
    )


def _titled_by_those_named(scene: Scene, place: Place) -> Source | None:
    """The title of a § where it says what the parties named ask for ("Yrkande från V angående …"):
    the minutes list the yrkande, and say no more of it."""
    named = speaking(scene.question) & {*scene.question.parties}
    moved = _MOVED.match(place.part.title)
    if not moved or not named & {*party_letters(moved[0])}:
        return None
    span = title_span(place)
    return place.source(span.start, span.end, Role.PROPOSAL) if span else None


def _carried_by_those_named(scene: Scene, place: Place) -> tuple[Place, list[Record]] | None:
    """What the parties named won a meeting for, where no paper of theirs was found and the § is
    nearer to the question than the paper that would be told."""
    named = speaking(scene.question)
    if not scene.question.parties or named & {*place.part.parties}:
        return None
    for other in scene.places:
        if not is_meeting(other.part) or other.score < place.score:
            continue
        won: list[Record] = [
            r
            for r in of(other.part, Decision)
            if isinstance(r, Decision) and named <= {*party_letters(r.according_to or "")}
        ]
        if won:
            return other, won
    return None


def _names_somebody(scene: Scene) -> bool:
    return bool(speaking(scene.question) or speakers(scene.question))


def _moved_by_those_named(scene: Scene, place: Place) -> tuple[Place, list[Record]] | None:
    """What the parties or people named moved at a meeting, and the yrkande that they supported,
    where the paper that would be told is not theirs; nothing where minutes only say that they moved
    a paper of their own."""
    named, people = speaking(scene.question), speakers(scene.question)
    if not (named or people) or (named & {*place.part.parties}) or _by(place, people):
        return None
    if place.part.kind in {*scene.question.papers} & {*PROPOSALS} and not place.part.authors:
        return None  # the very paper asked about, whoever signed it

    def moves(part: Part) -> bool:
        return is_meeting(part) and any(_theirs(r, named, people) for r in of(part, Yrkande))

    fitting = suited(scene.question, scene.places, moves)
    near = of_the_matter(scene, fitting) or (fitting if named and not people else [])
    for other in sorted(near, key=lambda p: -_said_of_it(scene, p))[:1]:
        yrkanden = of(other.part, Yrkande)
        own = [r for r in yrkanden if _theirs(r, named, people)]
        return other, [*dict.fromkeys((*own, *(s for r in own for s in _supported(r, yrkanden))))]
    return None


def _points(place: Place) -> str:
    return " ".join(record.text for record in of(place.part, Demand))


def _said_of_it(scene: Scene, place: Place, moved: str | None = None) -> float:
    """How well a paper or § meets the question: by the search, and by the words of its title and of
    what it asks for (`moved`; the yrkanden of a § where None is given)."""
    if moved is None:
        moved = " ".join(record.text for record in of(place.part, Yrkande))
    said = scene.matcher.coverage(f"{place.part.title} {moved}")
    return place.score / scene.places[0].score + _SAID * said


def _theirs(record: Record, named: set[str], people: Sequence[str]) -> bool:
    """True for a yrkande of these parties or people that says more than that it is a paper."""
    if not isinstance(record, Yrkande) or OWN_YRKANDE.search(" ".join(record.text.split())):
        return False
    last = {name.split()[-1] for name in people}
    hands = any(person.name.split()[-1] in last for person in record.people)
    return hands or (not last and bool(named & {*record.parties}))


def _supported(record: Record, yrkanden: Sequence[Record]) -> Iterator[Record]:
    """The yrkande of somebody else that a yrkande is for: "bifall till Siri Lunds yrkande"."""
    target = getattr(record, "target", None) or ""
    if "yrkande" not in target:
        return
    for other in yrkanden:
        assert isinstance(other, Yrkande)
        if other is not record and any(p.name in target for p in other.people):
            yield other


def _by_those_named(scene: Scene, records: list[Record]) -> list[Record]:
    """The yrkanden of the people whom the question names; all where it names none of them."""
    own = [r for r in records if any(name in r.text for name in surnames(scene.question))]
    return own or records


def demands(scene: Scene, place: Place, points: list[Record], key: str) -> Iterator[Draft]:
    """The lead-in and the points under it, each its own cited line."""
    said: set[Span] = set()
    opened = False
    for record in points:
        assert isinstance(record, Demand)
        lead = record.evidence[0] if record.evidence and record.lead_in else None
        if lead and lead not in said and _runs_on(place, lead, record):
            said.add(lead)
            source = place.source(lead.start, record.end, Role.PROPOSAL)
            yield framed(place, source, scene.language, "also" if opened else key, "proposal")
            opened = True
            continue
        if lead and lead not in said and not lead.overlaps(Span(record.start, record.end)):
            said.add(lead)
            source = place.source(lead.start, lead.end, Role.PROPOSAL)
            yield framed(place, source, scene.language, "also" if opened else key, "proposal")
            opened = True
        source = place.record_source(record)
        if opened:
            yield bare(place, source, "proposal")
        else:
            yield framed(place, source, scene.language, key, "proposal")
            opened = True


def _runs_on(place: Place, lead: Span, record: Record) -> bool:
    """True if a point goes on in the line of its lead-in: "Jag föreslår att kommunen bygger …"."""
    between = place.document.text[lead.end : record.start]
    return lead.end <= record.start and not between.strip() and "\n" not in between


def _proposal(scene: Scene) -> Place | None:
    """The paper that asks for something which the question is about.

    None where the question names a kind of paper, one of that kind fits best, and it asks for
    nothing in the genre's own terms: an audit report recommends in its sentences.
    """
    best = scene.places[0].part
    if best.kind in scene.question.papers and best.kind not in PROPOSALS:
        return next((p for p in scene.places if _lists(p, scene.places[0])), None)
    named = speaking(scene.question)
    near = with_stack(scene)
    people = speakers(scene.question)
    near = with_cases(scene, near, _CASES) if named or people else near
    asking = suited(scene.question, near, having(Demand))
    if people and (theirs := [p for p in asking if p.part.kind in PROPOSALS and _by(p, people)]):
        of_kind = [p for p in theirs if p.part.kind in scene.question.papers]
        return max(of_kind or theirs, key=lambda p: _said_of_it(scene, p, _points(p)))
    if people and not named and PartKind.MOTION in scene.question.papers:
        asking = [
            p for p in asking if p.part.kind not in PROPOSALS or p.part.kind is PartKind.MOTION
        ]
    own = [p for p in asking if named & set(p.part.parties) and p.part.kind in PROPOSALS]
    own = [p for p in own if of_matter(scene.question, p.part)] or own
    if own:
        return max(own, key=lambda place: _own(scene, place))
    if PartKind.MOTION in scene.question.papers and _MOTIONS_OWN.search(scene.question.asks):
        asking = [p for p in asking if p.part.kind is PartKind.MOTION] or asking
    if set(scene.question.papers) == {PartKind.OFFICIAL_REPORT} and not named and not people:
        asking = [p for p in asking if p.part.kind is PartKind.OFFICIAL_REPORT] or asking
    papers = [place for place in asking if place.part.kind in PROPOSALS]
    papers = [p for p in papers if p.part.kind in scene.question.papers] or papers
    if papers and papers[0].score >= _NEARLY * asking[0].score:
        return papers[0]
    if asking:
        return asking[0]
    moved = suited(scene.question, scene.places, having(Yrkande))
    return moved[0] if moved else None


def _by(place: Place, people: Sequence[str]) -> bool:
    """True for a paper that one of these people wrote."""
    last = {name.split()[-1] for name in people}
    return any(author.name.split()[-1] in last for author in place.part.authors)


def _lists(place: Place, best: Place) -> bool:
    """True for a part of the same paper as the best one that lists what is asked for."""
    same = place.document.file == best.document.file and place.part.kind is best.part.kind
    return same and having(Demand)(place.part)


def _own(scene: Scene, place: Place) -> float:
    """How well a party's own paper meets the question: by the search, by the words of its demands
    and by how far those behind it are those named; more where it is of the day or month that is
    named, and where the party named first is behind it, for that is the one that asks."""
    periods = [period for period in scene.question.periods if period.exact]
    timely = any(period.holds(place.part.date) for period in periods)
    behind, asked = set(place.part.parties), speaking(scene.question)
    alike = len(behind & asked) / max(1, len(behind | asked))
    first = next((p for p in scene.question.parties if p in asked), None) in place.part.parties
    said = scene.matcher.coverage(f"{place.part.title} {_points(place)}")
    named = ENTITY * entities(scene.question, place.part)
    return _OF_ITS_TIME * timely + _FIRST_NAMED * first + alike + place.score + said + named


def with_stack(scene: Scene) -> list[Place]:
    """The parts found, and the proposals that lie in the same stack as the best of them: a reply
    or a report may tell of a proposal in more of the question's words than the proposal itself."""
    best = scene.places[0]
    known = {(place.document.file, place.part.id) for place in scene.places}
    stack = [
        Place(best.stored, part, IN_STACK * best.score, ())
        for part in best.stored.parts
        if part.kind in PROPOSALS and (best.document.file, part.id) not in known
    ]
    lifted = [
        replace(place, score=max(place.score, IN_STACK * best.score))
        if place.document.file == best.document.file and place.part.kind in PROPOSALS
        else place
        for place in scene.places
    ]
    return lifted + stack
