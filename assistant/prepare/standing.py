"""Where a case stands: what the latest decision in the indexed papers did with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Citation
from assistant.citing import citation
from ingest.parts import Part, PartKind, Role
from ingest.records import Decision
from vectorstore.stored import Stored

_MINUTES = (PartKind.PARAGRAPH, PartKind.EXTRACT)


class Stage(StrEnum):
    """How far a case has come in the indexed papers; the case itself may have come further."""

    OPEN = "open"
    """No decision is indexed."""
    PROPOSED = "proposed"
    """The latest decision only proposes to another body."""
    RETURNED = "returned"
    POSTPONED = "postponed"
    DECIDED = "decided"


_STAGES = {"återremiss": Stage.RETURNED, "bordläggning": Stage.POSTPONED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The latest decision.

    Attributes:
        outcome: "bifall", "avslag", … or None where the decision is of no such form.
        body, date: who decided and when; to: the body that a proposal goes to.
        source: the point of the decision that says so; None where no decision is indexed.
    """

    stage: Stage
    outcome: str | None = None
    body: str | None = None
    date: str | None = None
    to: str | None = None
    source: Citation | None = None


def standing(places: Iterable[tuple[Stored, Part]]) -> Standing:
    """Where a case with these papers stands."""
    decided = [(stored, part, found) for stored, part in places if (found := _decisions(part))]
    if not decided:
        return Standing(stage=Stage.OPEN)
    stored, part, found = max(decided, key=lambda place: place[1].date or "")
    main = next((decision for decision in found if decision.outcome != "annat"), found[0])
    role = Role.PROPOSAL if main.proposed_to else Role.DECISION
    return Standing(
        stage=Stage.PROPOSED if main.proposed_to else _STAGES.get(main.outcome, Stage.DECIDED),
        outcome=None if main.outcome == "annat" else main.outcome,
        body=part.body or main.decider,
        date=part.date,
        to=main.proposed_to,
        source=citation("S1", stored, main.start, main.end, role),
    )


def _decisions(part: Part) -> Sequence[Decision]:
    if part.kind not in _MINUTES:
        return ()
    return [record for record in part.records if isinstance(record, Decision)]
