"""What needs attention in an item, and what is missing for it: closed sets, weighed and found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation
from assistant.prepare.cases import Paper
from assistant.prepare.points import Point, PointKind, of
from ingest.parts import PartKind


class Reason(StrEnum):
    """Why an item needs attention."""

    VOTE = "vote"
    RESERVATION = "reservation"
    CONTESTED = "contested"
    """Several yrkanden that want different things."""
    ALTERNATIVE = "alternative"
    """A party has put a written proposal beside the one on the table."""
    RETURNED = "returned"
    POSTPONED = "postponed"
    RECUSAL = "recusal"
    AMOUNT = "amount"
    DEADLINE = "deadline"


WEIGHTS = {
    Reason.VOTE: 3,
    Reason.RESERVATION: 3,
    Reason.CONTESTED: 3,
    Reason.ALTERNATIVE: 2,
    Reason.RETURNED: 2,
    Reason.POSTPONED: 1,
    Reason.RECUSAL: 1,
    Reason.AMOUNT: 1,
    Reason.DEADLINE: 1,
}
"""How much a reason counts when items are put in order; disagreement comes before money."""

ALTERNATIVES = (PartKind.ALTERNATIVE_PROPOSAL, PartKind.YRKANDE)
_KINDS = {
    Reason.VOTE: PointKind.VOTE,
    Reason.RESERVATION: PointKind.RESERVATION,
    Reason.RECUSAL: PointKind.RECUSAL,
}
_TURNED = {"återremiss": Reason.RETURNED, "bordläggning": Reason.POSTPONED}
_INFORMS = re.compile(r"(?:information|informerar|anmälan|meddelande|delegation)", re.IGNORECASE)
"""Titles of items that only inform: there need be neither a proposal nor a report."""
_ASKS = re.compile(r"interpellation|\bfråga\b", re.IGNORECASE)
"""Titles of items that a politician answers: no official reports on them."""
_ORIGINS = {
    re.compile(r"\bmotion", re.IGNORECASE): PartKind.MOTION,
    re.compile(r"\binterpellation", re.IGNORECASE): PartKind.INTERPELLATION,
    re.compile(r"\b\w*initiativ(?:et|ärende)?\b", re.IGNORECASE): PartKind.INITIATIVE,
}
"""Titles that name the paper which the item answers."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reason with the places that show it."""

    reason: Reason
    sources: tuple[Citation, ...]


class Gap(StrEnum):
    """What was looked for and is not among the indexed papers."""

    NO_CASE_NUMBER = "no_case_number"
    NO_OTHER_PAPERS = "no_other_papers"
    NO_REPORT = "no_report"
    NO_ORIGIN = "no_origin"
    """The paper that the item answers: a motion, an interpellation, an initiative."""
    NO_PROPOSAL = "no_proposal"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap. `detail`: the kind of the paper for `NO_ORIGIN`, the file for `UNREADABLE`."""

    gap: Gap
    detail: str = ""


def alarms(
    points: Sequence[Point],
    papers: Sequence[Paper],
    amounts: Sequence[Citation],
    deadlines: Sequence[Citation],
) -> tuple[Alarm, ...]:
    """The reasons that hold for an item, the weightiest first."""
    found = {reason: [p.source for p in of(points, kind)] for reason, kind in _KINDS.items()}
    found[Reason.CONTESTED] = [p.source for p in contested(points)]
    found[Reason.ALTERNATIVE] = [p.source for p in papers if p.kind in ALTERNATIVES]
    for outcome, reason in _TURNED.items():
        turned = of(points, PointKind.DECISION)
        found[reason] = [p.source for p in turned if p.outcome == outcome]
    found[Reason.AMOUNT] = list(amounts)
    found[Reason.DEADLINE] = list(deadlines)
    held = [Alarm(reason, tuple(places)) for reason, places in found.items() if places]
    return tuple(sorted(held, key=lambda alarm: -WEIGHTS[alarm.reason]))


def contested(points: Iterable[Point]) -> tuple[Point, ...]:
    """The yrkanden of a meeting that want different things; () where all want one thing."""
    moved = of(points, PointKind.YRKANDE)
    wanted: dict[tuple[str, str], set[tuple[str | None, str | None]]] = {}
    for p in moved:
        place = (p.source.file, p.source.part_id)
        wanted.setdefault(place, set()).add((p.outcome, p.target))
    torn = {place for place, stances in wanted.items() if len(stances) > 1}
    return tuple(p for p in moved if (p.source.file, p.source.part_id) in torn)


def weight(found: Iterable[Alarm]) -> int:
    """How much attention the reasons ask for."""
    return sum(WEIGHTS[alarm.reason] for alarm in found)


def missing(
    title: str,
    case_number: str | None,
    papers: Sequence[Paper],
    *,
    proposed: bool,
    unreadable: Sequence[str],
) -> tuple[Missing, ...]:
    """What an item lacks among the indexed papers.

    Args:
        papers: the case's other papers.
        proposed: True where something is proposed, in the item or in one of the papers.
        unreadable: the files among the papers that have pages which could not be read.
    """
    if case_number is None:
        return (Missing(Gap.NO_CASE_NUMBER),) if proposed else ()
    if not proposed and _INFORMS.search(title):
        return ()
    found = []
    kinds = {paper.kind for paper in papers}
    if not papers:
        found.append(Missing(Gap.NO_OTHER_PAPERS))
    elif PartKind.OFFICIAL_REPORT not in kinds and proposed and not _ASKS.search(title):
        found.append(Missing(Gap.NO_REPORT))
    for name, kind in _ORIGINS.items():
        if papers and name.search(title) and kind not in kinds:
            found.append(Missing(Gap.NO_ORIGIN, kind.value))
    if not proposed:
        found.append(Missing(Gap.NO_PROPOSAL))
    return (*found, *(Missing(Gap.UNREADABLE, file) for file in unreadable))
