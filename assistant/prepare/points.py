"""Points: what a paper proposes, decides or records, each one a record with its exact source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation
from assistant.prepare.sources import Sources, plain
from ingest.document import Span
from ingest.parts import Part, PartKind, Role
from ingest.records import (
    Abstention,
    Decision,
    Demand,
    Person,
    Record,
    Recusal,
    Reservation,
    Statement,
    Vote,
    Yrkande,
)
from vectorstore.stored import Stored

_ASKING = frozenset({PartKind.INTERPELLATION, PartKind.QUESTION})


class PointKind(StrEnum):
    """What a point is. `PROPOSED` is a body's decision that only proposes to another body."""

    DEMAND = "demand"
    QUESTION = "question"
    PROPOSED = "proposed"
    DECISION = "decision"
    YRKANDE = "yrkande"
    VOTE = "vote"
    RESERVATION = "reservation"
    STATEMENT = "statement"
    ABSTENTION = "abstention"
    RECUSAL = "recusal"


ROLES = {
    PointKind.DEMAND: Role.PROPOSAL,
    PointKind.QUESTION: Role.INFORMATION,
    PointKind.PROPOSED: Role.PROPOSAL,
    PointKind.DECISION: Role.DECISION,
    PointKind.YRKANDE: Role.PROPOSAL,
    PointKind.VOTE: Role.INFORMATION,
    PointKind.RESERVATION: Role.RESERVATION,
    PointKind.STATEMENT: Role.OPINION,
    PointKind.ABSTENTION: Role.INFORMATION,
    PointKind.RECUSAL: Role.INFORMATION,
}
"""What each kind of point does: a proposal is never shown as a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How a vote went. Counts are None where the paper gives none; `*_means` is on one line."""

    yes: int | None
    no: int | None
    abstain: int | None
    casting_vote: bool
    yes_means: str | None
    no_means: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing that a paper says in the genre's terms.

    Attributes:
        number: its number in the paper, or None.
        lead: the words that govern a demand ("Kommunstyrelsen ger … i uppdrag att"), or None;
            lead_source: where they stand.
        outcome: of a decision ("bifall", …); the stance of a yrkande; None elsewhere. "annat" is
            None: it says nothing.
        target: what a yrkande is about ("kommunstyrelsens förslag"), or None.
        body: who decides, or proposes to another body.
        to: the body that a proposal is put to.
        who: people and parties as a person writes them ("Tomas Rask (V)", "KD").
        parties: their letters.
        count: of a vote.
        text: its words on one line, to read; `source` has them as they stand, and where.
    """

    kind: PointKind
    text: str
    number: str | None = None
    lead: str | None = None
    lead_source: Citation | None = None
    outcome: str | None = None
    target: str | None = None
    body: str | None = None
    to: str | None = None
    who: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    count: Count | None = None
    source: Citation


def points(stored: Stored, part: Part, sources: Sources) -> tuple[Point, ...]:
    """What a part says, in the order of the text; the same words are one point."""
    made = [_point(stored, part, record, sources) for record in part.records]
    return tuple(dict.fromkeys(point for point in made if point is not None))


def _point(stored: Stored, part: Part, record: Record, sources: Sources) -> Point | None:
    kind = kind_of(record, part)
    if kind is None:
        return None
    span = Span(record.start, record.end)
    people = getattr(record, "people", ())
    parties = tuple(getattr(record, "parties", ()))
    return Point(
        kind=kind,
        text=plain(stored, span),
        number=getattr(record, "number", None),
        lead=record.lead_in if isinstance(record, Demand) else None,
        lead_source=_lead_source(stored, record, sources),
        outcome=_outcome(record),
        target=record.target if isinstance(record, Yrkande) else None,
        body=record.decider if isinstance(record, Decision) else None,
        to=record.proposed_to if isinstance(record, Decision) else None,
        who=who(people, parties),
        parties=parties or tuple(dict.fromkeys(p.party for p in people if p.party)),
        count=_count(record) if isinstance(record, Vote) else None,
        source=sources.cite(stored, span, ROLES[kind]),
    )


def _lead_source(stored: Stored, record: Record, sources: Sources) -> Citation | None:
    if not isinstance(record, Demand) or not record.lead_in or not record.evidence:
        return None
    return sources.cite(stored, record.evidence[0], Role.PROPOSAL)


def kind_of(record: Record, part: Part) -> PointKind | None:
    """The kind of point that a record is; None for records that are none (names, dates, sums)."""
    match record:
        case Demand():
            return PointKind.QUESTION if part.kind in _ASKING else PointKind.DEMAND
        case Decision():
            proposes = record.proposed_to or part.role is Role.PROPOSAL
            return PointKind.PROPOSED if proposes else PointKind.DECISION
        case Yrkande():
            return PointKind.YRKANDE
        case Vote():
            return PointKind.VOTE
        case Reservation():
            return PointKind.RESERVATION
        case Statement():
            return PointKind.STATEMENT
        case Abstention():
            return PointKind.ABSTENTION
        case Recusal():
            return PointKind.RECUSAL
    return None


def who(people: Iterable[Person], parties: Iterable[str]) -> tuple[str, ...]:
    """People with their parties; parties of which nobody is named stand by themselves."""
    named = [f"{p.name} ({p.party})" if p.party else p.name for p in people]
    shown = {p.party for p in people}
    return tuple(dict.fromkeys([*named, *(party for party in parties if party not in shown)]))


def of(found: Iterable[Point], *kinds: PointKind) -> tuple[Point, ...]:
    """The points of some kinds, in order."""
    return tuple(point for point in found if point.kind in kinds)


def _outcome(record: Record) -> str | None:
    if isinstance(record, Decision):
        return None if record.outcome == "annat" else record.outcome
    if isinstance(record, Yrkande):
        return None if record.stance == "annat" else record.stance
    return None


def _count(vote: Vote) -> Count:
    return Count(
        yes=vote.yes,
        no=vote.no,
        abstain=vote.abstain,
        casting_vote=vote.casting_vote,
        yes_means=vote.yes_means,
        no_means=vote.no_means,
    )
