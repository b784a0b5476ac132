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
from ingest.structure.minutes_points import ASKS_ANOTHER, IS_NOTICE, LEAD_START, Block, blocks
from ingest.structure.minutes_sections import Section
from ingest.structure.minutes_text import Stretch, one_line, statements

_INLINE_DECISION = re.compile(
    rf"(?m)^\s*(?P<text>{BODY}\s+(?:(?:beslutar|beslutade|beslutar|beslöt)\b(?!\s+(?:först|härefter"
    rf"|sedan|därefter|(?:den\s+|vid\s+sammanträdet\s+)?\d))|föreslår\s+{BODY}\s+(?:att\s+)?besluta\b))"
)
# A decision told as a state, where no heading and no deciding body stand above it.
_STATE = re.compile(
    r"^(?:Den\s+)?(?:[A-ZÅÄÖ][a-zåäö]+(?:en|et|na|n|gan|an))\s+(?:(?:anses|förklaras|är|var)\s+"
    r"(?:\w+\s+)?besvarad"
    r"|bordläggs|återremitteras|avslås|bifalls|bifalles|godkänns|antecknas|noteras"
    r"|läggs\s+till\s+handlingarna|får\s+ställas)"
)
_ASKS_ON = re.compile(r":\s*(?:[-−–•·*\uf0b7]\s*)*$")
_OPERATIVE = re.compile(
    r"\b(?:förklaras|hänskjuts|upphör|ändras|översänds|överlämnas|remitteras|ska|fördelas|avsätts"
    r"|tilldelas|får|ges|avslutas"
    r"|regleras|upphävs|höjs|sänks|stryks|kompletteras|finansieras|delegeras|uppdras|medges|utgår"
    r"|beslutar|tillämpas|gäller|träder|belastar|belastas|bekostas)\b"
)
_GENERIC = ("Nämnden", "Styrelsen", "Utskottet", "Fullmäktige")
_LISTED = re.compile(r"\n\s*(?:att\b|[-−–•·]\s|\d{1,2}[.)]\s|[a-z][.)]\s)")
_REPORTS = re.compile(
    r"(?i)\b(?:redovisas|redovisades|anmäls|anmäldes|anmälts|meddelas|inkommit)\b[^.]*:$"
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


def decides(section: Section, body: str | None) -> bool:
    """A section of decisions: headed so, or the body's own proposal to another body."""
    if section.kind == "decision":
        return True
    label = section.label.casefold()
    own = (body or "nämnden").casefold()
    short = re.sub(r"^\w+s (?=\w+utskott$)", "", own)
    ours = label.startswith((own, short, "nämndens", "utskottets")) and not label.endswith(own)
    return section.kind == "proposal" and ours and " till " in label


def decisions(section: Section, body: str | None) -> Iterator[Decision]:
    """The decisions of a section headed "Beslut" or the like, one record a point."""
    stretch = _without_signatures(section.body)
    owner = _owner(section.label)
    named = body if owner is None or owner in _GENERIC else owner
    context = _Context(named or owner, target=_target(section.label))
    first = context
    points: list[tuple[Block, _Context]] = []
    noticed = False
    for block in blocks(stretch.text):
        text = stretch.text[block.start : block.end]
        last = points[-1][0] if points and points[-1][1] is context else None
        before = stretch.text[last.start : last.end] if last else ""
        if last and _lists_facts(text, block, before):
            break
        if _is_lead(text, block):
            context = _lead(stretch, block, first, context)
        elif IS_NOTICE.search(text) and not block.number:
            noticed = True
            if told := _before_notice(text):
                points.append((replace(block, end=block.start + told), context))
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
        end = _told_until(text, m.end())
        yield from decisions(Section("decision", None, "", stretch.cut(m.start(), end)), body)


def _told_until(text: str, at: int) -> int:
    """The end of the paragraph at `at`, with the list that hangs on it where it only leads in."""
    end = text.find("\n\n", at)
    if end > 0 and re.search(r"[.!?]\s*$", text[at:end]):
        return end
    while end > 0 and _LISTED.match(text, end):
        end = text.find("\n\n", end + 2)
    return end if end > 0 else len(text)


def stated_decisions(stretch: Stretch, body: str | None) -> Iterator[Decision]:
    """Decisions told as a state in a § without headings ("Interpellationen anses besvarad.")."""
    for start, end in statements(stretch.text):
        sentence = stretch.text[start:end]
        if (_STATE.match(sentence) or decider_of(sentence)) and end - start < 300:
            yield _decision(stretch, Block(start, end, ""), _Context(body))


def _before_notice(text: str) -> int:
    """Where a sentence begins that only notes who stood aside, with a decision told before it in
    the same paragraph; 0 where none is."""
    notice = IS_NOTICE.search(text)
    starts = [start for start, _ in statements(text) if notice and start <= notice.start()]
    at = max(starts, default=0)
    return at if at and (decider_of(text[:at]) or outcome_of(text[:at]) != "annat") else 0


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
        or ASKS_ANOTHER.search(stripped)
    )


def _lead(stretch: Stretch, block: Block, first: _Context, context: _Context) -> _Context:
    """The context after a lead-in: a new decider clears the old one's proposal."""
    text = stretch.text[block.start : block.end]
    target = proposed_to(text)
    decider = _named_decider(decider_of(text), first.decider)
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


def _lists_facts(text: str, block: Block, before: str) -> bool:
    """True if the block opens a list of what was told or reported, below the decision to note it.

    "Följande beslut redovisas:" · "1. Länsstyrelsen: Beslut om bidrag"
    """
    if not block.apart or not before.rstrip().endswith("."):
        return False
    if _acts(text):
        return False
    if _REPORTS.search(text):
        return True
    noted = outcome_of(before) in ("antecknad", "godkänd") and not block.mark.startswith("att")
    return noted and bool(block.mark) and outcome_of(text) == "annat"


def _acts(text: str) -> bool:
    """True if the words decide something, or ask for it."""
    return bool(_OPERATIVE.search(text) or decider_of(text) or re.search(r"(?i)\batt\b", text))


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
    return context.decider if own is None else _named_decider(own, context.decider)


def _named_decider(own: str | None, known: str | None) -> str | None:
    """The decider as told; for "Nämnden" and the like the one that is known by name."""
    return (known or own) if own in _GENERIC else own
