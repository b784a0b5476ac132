"""How points of a decision are told: as decided, or as proposed to a higher body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.compose import Draft
from assistant.compose.choose import Scene
from assistant.compose.phrasing import bare, framed, role_name
from assistant.compose.scene import Place
from assistant.verify.source import Source
from ingest.document import Span
from ingest.parts import Role
from ingest.records import Decision, Record
from ingest.sentences import sentences

PROPOSES = re.compile(r"\b(föreslå|tillstyrk|avstyrk|hemställ(?!an))", re.IGNORECASE)
"""A point that says of itself that it is only proposed."""
_PROPOSAL = re.compile(r"\bförslag till\b|\bföreslå|\bhemställ", re.IGNORECASE)
_LEAD = re.compile(r"(?:\A|\n)[ \t]*((?:Enligt|I enlighet med|På förslag av)\b[^.:]{5,200}:)\s*\Z")
_DECIDES = re.compile(r"(?:\A|\n)[ \t]*([A-ZÅÄÖ][^\n.:]{2,80}\bbeslut\w*[^\n.:]{0,20}:?)\s*\Z")
_ASKS_DELAY = re.compile(
    r"\bbordl|\båterremi|\b(?:sköt|skjut)\w*.{0,80}\bupp\b|\bvänta|\bpostpone|\btabled\b|"
    r"\bput off\b|\breferred? back\b",
    re.IGNORECASE,
)
"""It is asked whether a matter was put off."""
_AT_ONCE = re.compile(
    r"\b(?:finner|fann|beslut\w*)\b[^.]*\bavgöras\s+(?:i\s?dag|nu|i\s?kväll|vid\s+dagens|vid\s+samman)",
    re.IGNORECASE,
)
_LONG_DECISION = 1200
_OF_A_LONG = 600
"""A decision that is longer than this, in characters, is not quoted whole, but so much of it."""


def decisions(scene: Scene, place: Place, records: list[Record]) -> Iterator[Draft]:
    """Decisions told as such, each kind under its own frame: what a board proposes to a higher body
    stands under the line that says so; a first point that itself says that it proposes is told as
    it is."""
    key = "decision" if place.part.body and place.part.date else "decision_undated"
    says_so = bool(records) and bool(PROPOSES.search(records[0].text))
    opened: str | None = None
    for record in records:
        role = _role(record)
        if says_so and role == Role.DECISION.value:
            role = "fact"
        source, *further = _told(scene, place, record)
        if role == opened:
            yield bare(place, source, role)
        elif role == Role.PROPOSAL.value and (above := proposing_line(place, record)):
            line = place.source(above.start, above.end)
            yield framed(place, line, scene.language, "from", role_name(line.role))
            yield bare(place, source, role)
        else:
            lead = _lead_in(place, record)
            if lead is not None and not further:
                source = place.source(lead, record.end, source.role)
            decided = role == Role.DECISION.value
            yield framed(place, source, scene.language, key if decided else "from", role)
        opened = role
        for other in further:
            yield bare(place, other, role)


def _role(record: Record) -> str:
    """What a point does: it decides, or is proposed to a higher body."""
    proposed = isinstance(record, Decision) and record.proposed_to
    return Role.PROPOSAL.value if proposed else Role.DECISION.value


def proposing_line(place: Place, first: Record) -> Span | None:
    """The line that says of a point that it is proposed ("… föreslår att kommunfullmäktige
    beslutar:"), or the heading that does: without it the point would read as decided."""
    if first.evidence:
        return first.evidence[0]
    above = place.document.text[place.part.start : first.start].rstrip()
    line = above.rpartition("\n")[2].strip()
    if not line or not _PROPOSAL.search(line):
        return None
    start = place.part.start + len(above) - len(line)
    return Span(start, start + len(line))


def _told(scene: Scene, place: Place, record: Record) -> list[Source]:
    """A decision, or of a long one the sentences that meet the question best, in their order: the
    budget of a city is one decision."""
    whole = place.record_source(record)
    if len(whole.text) <= _LONG_DECISION:
        return [whole]
    spans = sentences(whole.text)
    ranked = sorted(spans, key=lambda s: -scene.matcher.coverage(whole.text[s[0] : s[1]]))
    kept: list[tuple[int, int]] = []
    for start, end in ranked:
        if not kept or sum(e - s for s, e in kept) + end - start <= _OF_A_LONG:
            kept.append((start, end))
    return [
        place.source(record.start + start, record.start + end, whole.role)
        for start, end in sorted(kept)
    ]


def led(place: Place, records: list[Record]) -> int:
    """How long the line is that leads in the first of these decisions, in characters."""
    proposed = next((r for r in records if _role(r) == Role.PROPOSAL.value), None)
    above = proposing_line(place, proposed) if proposed else None
    if above is not None:
        return len(above)
    at = _lead_in(place, records[0]) if records else None
    return records[0].start - at if at is not None else 0


def _lead_in(place: Place, record: Record) -> int | None:
    """Where the line begins that says by whose proposal the decision was made, if one stands right
    before it: "Enligt punkt 1 i återremissyrkande från V:"; or, where the minutes do not say whose
    they are, that it was decided: "Styrelsen beslutar"."""
    above = place.document.text[place.part.start : record.start]
    match = _LEAD.search(above)
    if match is None and not place.part.body and record.text[:1].islower():
        match = _DECIDES.search(above)
    return place.part.start + match.start(1) if match else None


def settled_at_once(scene: Scene, place: Place) -> Iterator[Draft]:
    """The sentence of a § by which a meeting would not put the matter off, where it is asked
    whether it did: that something was decided says so only to those who know."""
    if not _ASKS_DELAY.search(scene.question.asks):
        return
    text = place.document.text[place.part.start : place.part.end]
    for start, end in sentences(text):
        if _AT_ONCE.search(text, start, end):
            at = place.part.start
            yield bare(place, place.source(at + start, at + end), "fact")
            return
