"""Decisions, point by point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.document import Span
from ingest.records import Decision
from ingest.structure.minutes_outcomes import (
    BODY,
    according_to,
    capital,
    decider_of,
    outcome_of,
    proposed_to,
)
from ingest.structure.minutes_points import IS_NOTICE, LEAD_START, Block, blocks
from ingest.structure.minutes_sections import Section
from ingest.structure.minutes_text import Stretch, one_line, statements

_INLINE_DECISION = re.compile(
    rf"(?m)^\s*(?P<text>{BODY}\s+(?:beslutar|beslutade|beslutar|beslöt)\b(?!\s+(?:först|härefter"
    rf"|sedan|därefter|(?:den\s+|vid\s+sammanträdet\s+)?\d)))"
)
# A decision told as a state, where no heading and no deciding body stand above it.
_STATE = re.compile(
    r"^(?:Den\s+)?(?:[A-ZÅÄÖ][a-zåäö]+(?:en|et|na|n|gan|an))\s+(?:(?:anses|förklaras|är)\s+"
    r"(?:\w+\s+)?besvarad"
    r"|bordläggs|återremitteras|avslås|bifalls|bifalles|godkänns|antecknas|noteras"
    r"|läggs\s+till\s+handlingarna|får\s+ställas)"
)
_ASKS_ON = re.compile(r":\s*(?:[-−–•·*\uf0b7]\s*)*$")
_OPERATIVE = re.compile(
    r"\b(?:förklaras|hänskjuts|upphör|ändras|översänds|överlämnas|remitteras|ska|fördelas|avsätts"
    r"|tilldelas|får|ges|avslutas"
    r"|regleras|upphävs|höjs|sänks|stryks|kompletteras|finansieras|delegeras|uppdras|medges|utgår"
    r"|beslutar|tillämpas|gäller|träder)\b"
)
_SIGNATURES = re.compile(
    r"(?:^|\n)[^\n.]{3,50},\s*(?:ordförande|justerare|sekreterare|nämndsekreterare"
    r"|kommunsekreterare)"
    r"\s*(?:\n[^\n.]{3,50},\s*\w+\s*)*$"
)
_OWN_PROPOSAL = re.compile(
    rf"(?i)^(?:beslut\s*[–-]\s*)?(?:{BODY}s?\s+)?förslag till (?:beslut i |beslut till )?"
    rf"(?P<to>{BODY})"
)


@dataclass(frozen=True, slots=True)
class _Context:
    """What governs the points that follow a lead-in."""

    decider: str | None
    according: str | None = None
    target: str | None = None
    lead: Span | None = None


def decisions(section: Section, body: str | None) -> Iterator[Decision]:
    """The decisions of a section headed "Beslut" or the like, one record a point."""
    stretch = _without_signatures(section.body)
    owner = _owner(section.label)
    named = body if owner in (None, "Nämnden", "Styrelsen", "Utskottet", "Fullmäktige") else owner
    context = _Context(named or owner, target=_target(section.label))
    first = context
    points: list[tuple[Block, _Context]] = []
    noticed = False
    for block in blocks(stretch.text):
        text = stretch.text[block.start : block.end]
        last = points[-1][0] if points and points[-1][1] is context else None
        before = stretch.text[last.start : last.end] if last else ""
        if _is_lead(text, block):
            context = _lead(stretch, block, first, context)
        elif IS_NOTICE.search(text) and not block.number:
            noticed = True
        elif last and _is_over(text, block, before):
            break
        elif last and _goes_on(text, block, before, last):
            points[-1] = (replace(last, end=block.end), context)
        elif not (noticed and outcome_of(text) == "annat" and not _OPERATIVE.search(text)):
            points.append((block, context))
    for block, its in points:
        if stretch.text[block.start : block.end].strip():
            yield _decision(stretch, block, its)


def inline_decisions(stretch: Stretch, body: str | None) -> Iterator[Decision]:
    """Decisions told in running text ("Nämnden beslutar att …") where no heading says so."""
    text = stretch.text
    for m in _INLINE_DECISION.finditer(text):
        end = text.find("\n\n", m.end())
        yield from decisions(
            Section("decision", None, "", stretch.cut(m.start(), end if end > 0 else len(text))),
            body,
        )


def stated_decisions(stretch: Stretch, body: str | None) -> Iterator[Decision]:
    """Decisions told as a state in a § without headings ("Interpellationen anses besvarad.")."""
    for start, end in statements(stretch.text):
        sentence = stretch.text[start:end]
        if (_STATE.match(sentence) or decider_of(sentence)) and end - start < 300:
            yield _decision(stretch, Block(start, end, ""), _Context(body))


def _without_signatures(stretch: Stretch) -> Stretch:
    """The section without the names that sign the minutes below their last §."""
    m = _SIGNATURES.search(stretch.text)
    return stretch.cut(0, m.start()) if m else stretch


def _owner(label: str) -> str | None:
    """The body in "Socialnämndens beslut" and "Kommunfullmäktige beslutar"."""
    m = re.match(rf"(?P<body>{BODY}?)s?\s+(?:beslut(?:ar|ade)?|förslag)\b", label)
    return (
        capital(m["body"].removesuffix("s") if m["body"].endswith("ens") else m["body"])
        if m and m["body"]
        else None
    )


def _target(label: str) -> str | None:
    m = _OWN_PROPOSAL.match(label)
    return capital(one_line(m["to"])) if m else None


def _is_lead(text: str, block: Block) -> bool:
    stripped = text.rstrip()
    if block.mark in ("n", "n2", "letter"):
        return False
    if stripped.endswith(":"):
        return bool(LEAD_START.match(text)) or "beslut" in text or "förslag" in text
    return bool(
        re.search(r"\bbeslutar?(?:\s+följande\.?)?$|\bbesluta$|\bbeslutar\s+att$", stripped)
    )


def _lead(stretch: Stretch, block: Block, first: _Context, context: _Context) -> _Context:
    """The context after a lead-in: a new decider clears the old one's proposal."""
    text = stretch.text[block.start : block.end]
    target = proposed_to(text)
    decider = decider_of(text)
    own = re.search(r"\bför egen del\b|\bbeslutar\b", text) and not target
    return _Context(
        decider or first.decider,
        according_to(text) or (context.according if decider is None and target is None else None),
        target or (None if own and decider else first.target),
        stretch.span(block.start, block.end),
    )


def _goes_on(text: str, block: Block, before: str, last: Block) -> bool:
    """True if the block belongs to the point before it, whose text is `before`."""
    if block.mark in ("n", "n2", "att"):
        return False
    if block.mark in ("bullet", "letter"):
        return (last.mark in ("n", "n2", "") and last.mark != block.mark) or last.mark == "att"
    if _ASKS_ON.search(before):
        return True
    if decider_of(text) or LEAD_START.match(text):
        return False
    if last.mark in ("n", "n2", "letter", "att", "bullet"):
        return True
    return outcome_of(text) == "annat" or text.lstrip()[:1].islower()


def _is_over(text: str, block: Block, before: str) -> bool:
    """True if the block is no part of the decision: a new paragraph of fact after a whole one."""
    if (
        not block.apart
        or block.mark
        or not re.search(r"[.!?]$", before.rstrip())
        or ":\n" in before
    ):
        return False
    return (
        outcome_of(text) == "annat"
        and decider_of(text) is None
        and text.lstrip()[:1].isupper()
        and not _OPERATIVE.search(text)
    )


def _decision(stretch: Stretch, block: Block, context: _Context) -> Decision:
    text = stretch.text[block.start : block.end]
    bare = re.sub(r"^\s*(?:\d{1,2}[.)]|[-−–•])\s*", "", text)
    proposes = decider_of(bare) or re.match(r"\s*(?:\d+\.\s*)?att\s+föreslå\b", text)
    own_target = proposed_to(text) if not context.target and proposes else None
    return stretch.record(
        Decision,
        block.start,
        block.end,
        outcome=outcome_of(text),
        decider=_decider(bare, context),
        number=block.number,
        according_to=context.according or according_to(text),
        proposed_to=context.target or own_target,
        evidence=(context.lead,) if context.lead else (),
    )


def _decider(text: str, context: _Context) -> str | None:
    own = decider_of(text)
    if own and context.target and own == context.target:
        return context.decider
    generic = own in ("Nämnden", "Styrelsen", "Utskottet", "Fullmäktige")
    return context.decider if generic or own is None else own
