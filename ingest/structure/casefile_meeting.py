"""What a case file tells of meetings: an extract's decisions, a board's dissent before a proposal.

The grammar is that of minutes; here only the stretches are chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ingest.clean import Clean
from ingest.document import Document, Span
from ingest.parts import Part, PartKind
from ingest.records import Decision, Record
from ingest.structure.demands import points
from ingest.structure.minutes_decisions import decides, decisions, inline_decisions
from ingest.structure.minutes_opinions import opinions
from ingest.structure.minutes_outcomes import (
    BODY,
    according_to,
    capital,
    decider_of,
    outcome_of,
)
from ingest.structure.minutes_sections import Section, sections
from ingest.structure.minutes_text import Stretch
from ingest.structure.minutes_votes import votes
from ingest.structure.minutes_yrkanden import inline_yrkanden, yrkanden
from ingest.structure.papers_leads import stop_at
from ingest.structure.papers_text import one_line

_DISSENT: Final = re.compile(
    r"-{4,}|Vid behandling(?:en)? av ärendet|\n[ ]*(?:Yrkanden|Beslutsgång)[ ]*\n"
)
_HEADED: Final = re.compile(
    r"(?:^|(?<=\n))[ ]*Beslut(?:[ ]+[Ee]nligt (?P<by>[^\n:]{3,140}?)"
    r"(?:, med [^\n:]{3,80})?(?::|(?=\n| 1\.))|[ ]+(?:[Ii] )?[^\n:.]{3,90}:|[ ]*:?[ ]*"
    r"(?=\n| 1\. |[ ][A-ZÅÄÖ]))"
)
_DECIDED: Final = re.compile(
    r"(?:^|(?<=\n)|(?<=\. ))[ ]*(?P<all>(?P<who>[A-ZÅÄÖ]\w*(?:styrelsen|fullmäktige"
    r"|nämnden|utskottet)) beslutade(?P<what>[^\n.]{5,400})\.?)"
)
_MEETS: Final = re.compile(
    r"(?:nämnd(?:en)?|styrelsen?|fullmäktige|utskott(?:et)?|råd(?:et)?|grupp|AB|beredning(?:en)?|"
    r"presidi(?:um|et)|förbund(?:et)?|direktion(?:en)?)\b",
    re.IGNORECASE,
)
"""A name of what meets and decides."""
_OF_NOBODY: Final = ("Nämnden", "Styrelsen", "Kommunfullmäktige")
"""What is no name, and a council whose decision an extract may only propose."""
_DECIDED_IN: Final = re.compile(rf"\bBeslut\s+i\s+(?P<body>{BODY})", re.IGNORECASE)
_TOLD: Final = frozenset(
    {"decision", "yrkande", "vote", "reservation", "statement", "abstention", "recusal"}
)


def with_meeting(document: Document, view: Clean, part: Part) -> Part:
    """The part with what it tells of a meeting, where it is of a kind that does."""
    if part.kind not in (PartKind.EXTRACT, PartKind.COUNCIL_PROPOSAL):
        return part
    part = replace(part, records=_merged(part.records, told(document, view, part)))
    if part.kind is PartKind.EXTRACT and not _MEETS.search(part.body or ""):
        return replace(part, body=_decider(part, document) or part.body)
    return part


def _decider(part: Part, document: Document) -> str | None:
    """The body that an extract's decisions name first, or the line above them ("Beslut i
    kulturnämnden"): its letterhead may show no more than a logotype."""
    named = [r.decider for r in part.records if isinstance(r, Decision) and r.decider != part.body]
    headed = _DECIDED_IN.search(document.text, part.start, part.end)
    if headed:
        named.append(capital(one_line(headed["body"])))
    return next((name for name in named if name and name not in _OF_NOBODY), None)


def told(document: Document, view: Clean, part: Part) -> list[Record]:
    """The decisions, yrkanden, votes and opinions that an extract or a board's proposal tells."""
    start = part.start
    if part.kind is PartKind.COUNCIL_PROPOSAL:
        dissent = _DISSENT.search(document.text, part.start, part.end)
        if not dissent:
            return []
        start = dissent.start()
    begin, end = view.position(start), view.position(part.end)
    if begin >= end:
        return []
    found = [r for r in _records(Stretch(document, view, begin, end), part.body) if r.kind in _TOLD]
    return _once(found)


def _records(stretch: Stretch, body: str | None) -> Iterator[Record]:
    inside = sections(stretch)
    yield from votes(stretch)
    decided: list[Decision] = []
    for section in inside:
        if decides(section, body):
            decided += decisions(section, body)
    for section in inside:
        if section.kind == "" and not decided:
            decided += inline_decisions(section.body, body)
        yield from _moved(section)
        yield from opinions(section)
    yield from decided or _run_on(stretch, body)


def _run_on(stretch: Stretch, body: str | None) -> Iterator[Decision]:
    """Decisions whose heading shares its line with them: "Beslut  Enligt förslaget: 1. …"."""
    text = stretch.text
    for heading in _HEADED.finditer(text):
        stop = stop_at(text, heading.end(), len(text))
        follows = according_to(heading[0]) or (one_line(heading["by"]) if heading["by"] else None)
        for item in points(text, heading.end(), stop):
            words = text[item.start : item.end]
            yield stretch.record(
                Decision, item.start, item.end, outcome=outcome_of(words),
                decider=decider_of(words) or body, number=item.number, according_to=follows,
            )  # fmt: skip
        return
    for sentence in _DECIDED.finditer(text):
        yield stretch.record(
            Decision, *sentence.span("all"), outcome=outcome_of(sentence["what"]),
            decider=one_line(sentence["who"]),
        )  # fmt: skip


def _moved(section: Section) -> Iterator[Record]:
    if section.kind == "yrkanden":
        yield from yrkanden(section.body)
    elif section.kind in ("", "procedure", "debate", "summary"):
        yield from inline_yrkanden(section.body)


def _once(records: list[Record]) -> list[Record]:
    unique = {(record.kind, record.start, record.end): record for record in records}
    return list(unique.values())


def _merged(own: tuple[Record, ...], found: list[Record]) -> tuple[Record, ...]:
    """The part's own records and those of its meeting; an old decision told twice counts once."""
    spans = [Span(record.start, record.end) for record in found if record.kind == "decision"]
    kept = [
        record
        for record in own
        if record.kind != "decision"
        or not any(span.overlaps(Span(record.start, record.end)) for span in spans)
    ]
    return tuple(sorted([*kept, *found], key=lambda record: (record.start, record.end)))
