"""The scene: what the hits show, gathered by part, as the composers look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose import Library
from assistant.search import Hit
from assistant.verify.source import Fact, FactKind, Source
from ingest.document import Document, MarkKind, Span
from ingest.parts import Part, PartKind, Role
from ingest.records import Decision, Demand, Record, Reservation, Statement, Yrkande
from vectorstore.stored import Stored


@dataclass(frozen=True, slots=True)
class Place:
    """A part that was found.

    Attributes:
        score: of its best hit.
        hits: its hits, best first.
    """

    stored: Stored
    part: Part
    score: float
    hits: tuple[Hit, ...]

    @property
    def document(self) -> Document:
        """The document that the part stands in."""
        return self.stored.document

    def source(self, start: int, end: int, role: Role | None = None) -> Source:
        """The characters `[start, end)` as a source with what is known of the part."""
        return source(self.document, self.part, start, end, role)

    def record_source(self, record: Record) -> Source:
        """A record's span as a source, with the role of a record of its kind."""
        return self.source(record.start, record.end, role_of(record, self.part))


def places(hits: Sequence[Hit], library: Library) -> list[Place]:
    """The parts that hits stand in, by their best hit."""
    by_part: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        by_part.setdefault((hit.passage.file, hit.passage.part), []).append(hit)
    found = []
    for (file, part_id), some in by_part.items():
        stored = library.document(file)
        if stored is not None:
            found.append(Place(stored, stored.part(part_id), some[0].score, tuple(some)))
    return found


def source(
    document: Document, part: Part, start: int, end: int, role: Role | None = None
) -> Source:
    """A span of a document as a source, with the facts of its part."""
    return Source(
        file=document.file,
        text=document.text[start:end],
        start=start,
        end=end,
        page=document.page_at(start),
        role=role or role_at(part, start, end),
        kind=part.kind,
        facts=facts(document, part),
        whole=None if _is_whole(document.text, start, end) else document.text,
        furniture=_furniture(document, start, end),
    )


_OPENS = frozenset('-–−•·*§”"(')
_ENDS = frozenset('.:;!?”")')


def _is_whole(text: str, start: int, end: int) -> bool:
    """True if a span begins and ends where its paper begins and ends a unit.

    Papers often run a heading into the sentence after it, without a stop. What goes on in lower
    case goes on with the same sentence, and may turn its meaning: then the verifier sees it all.
    """
    before, after = (
        text[max(0, start - 80) : start].rstrip()[-1:],
        text[end : end + 80].lstrip()[:1],
    )
    opened = not before or before in _ENDS or not text[start : start + 1].islower()
    closed = text[start:end].rstrip()[-1:] in _ENDS or not after.islower()
    return opened and closed


def role_of(record: Record, part: Part) -> Role:
    """What a record does: a yrkande in minutes is a proposal, whatever the minutes are, and so is
    what a board decides to propose to a higher body."""
    if isinstance(record, Decision) and record.proposed_to:
        return Role.PROPOSAL
    if isinstance(record, Decision):
        return Role.DECISION if part.role is Role.DECISION else Role.INFORMATION
    if isinstance(record, Yrkande | Demand):
        return Role.PROPOSAL
    if isinstance(record, Reservation):
        return Role.RESERVATION
    if isinstance(record, Statement):
        return Role.OPINION
    return Role.INFORMATION


def facts(document: Document, part: Part) -> tuple[Fact, ...]:
    """What is known of a part, for the verifier to hold a frame against."""
    found = [Fact(FactKind.TITLE, part.title), Fact(FactKind.TITLE, document.title)]
    if part.body:
        found.append(Fact(FactKind.BODY, part.body))
    if part.date:
        found.append(Fact(FactKind.DATE, part.date))
    if part.paragraph:
        found.append(Fact(FactKind.PARAGRAPH, part.paragraph))
    found += [Fact(FactKind.CASE, case) for case in part.case_numbers]
    found += [Fact(FactKind.PARTY, party) for party in part.parties]
    found += [Fact(FactKind.AUTHOR, a.name, a.party, Span(a.start, a.end)) for a in part.authors]
    return tuple(found)


def _furniture(document: Document, start: int, end: int) -> tuple[Span, ...]:
    return tuple(
        Span(mark.start, mark.end)
        for mark in document.marks
        if mark.kind in (MarkKind.FURNITURE, MarkKind.DEBRIS)
        and mark.start < end
        and mark.end > start
    )


def role_at(part: Part, start: int, end: int) -> Role:
    """What a stretch of a part does.

    A § of minutes is a decision only where it decides: the background, the yrkanden and the
    reservations that stand in it are none.
    """
    if part.role is not Role.DECISION:
        return part.role
    here = [record for record in part.records if record.start < end and start < record.end]
    roles = {role_of(record, part) for record in here if isinstance(record, _ROLED)}
    careful = (Role.PROPOSAL, Role.RESERVATION, Role.OPINION, Role.DECISION)
    return next((role for role in careful if role in roles), Role.INFORMATION)


_ROLED = (Decision, Yrkande, Demand, Reservation, Statement)


PROPOSALS = (
    PartKind.MOTION,
    PartKind.YRKANDE,
    PartKind.ALTERNATIVE_PROPOSAL,
    PartKind.INITIATIVE,
    PartKind.INTERPELLATION,
    PartKind.QUESTION,
    PartKind.COUNCIL_PROPOSAL,
    PartKind.RESERVATION,
)
"""Papers in which somebody asks for something."""
