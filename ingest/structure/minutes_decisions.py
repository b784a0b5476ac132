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
from ingest.structure.minutes_sections import Section
from ingest.structure.minutes_text import Stretch, lines, one_line, statements

_ITEM = re.compile(
    r"^\s*(?:(?P<n>\d{1,2})[.)]\s+(?=\S)|(?P<n2>\d{1,2})\s+(?=[A-ZÅÄÖ])|(?P<letter>[a-z])\)\s+|"
    r"(?P<bullet>[-−–•·*\uf0b7])\s+|(?P<att>att\b))"
)
_LEAD_START = re.compile(
    rf"^\s*(?:Enligt\b|På\s+förs?lag\b|I enlighet med\b|{BODY}\s+(?:beslutar|beslutade|föreslår"
    rf"|tillstyrker|avstyrker|för egen del|förslag till)|Under förutsättning|Dessutom|Därutöver"
    rf"|För egen del|Förslag till)"
)
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
_ITEM_ENDS = r"[,;.]$|\b(?:och|samt|dels)$"
_ASKS_ON = re.compile(r":\s*(?:[-−–•·*\uf0b7]\s*)*$")
# Told under "Beslut" though nothing is decided: who is disqualified, or that nobody is.
_IS_NOTICE = re.compile(
    r"\banmäl(?:er|de)\s+jäv\b|\bansåg\s+sig\s+(?:inte\s+)?förhindrad|\bjäv\s+anmäl"
    r"|\bdelt(?:ar|og)\s+(?:inte|ej)\s+i\s+(?:beslut|handlägg)|\breserver(?:ar|ade)\s+sig\b",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or list item: its place in the section and the number or mark it begins with."""

    start: int
    end: int
    mark: str
    number: str | None = None
    apart: bool = False  # a blank line stands before it


def decisions(section: Section, body: str | None) -> Iterator[Decision]:
    """The decisions of a section headed "Beslut" or the like, one record a point."""
    stretch = _without_signatures(section.body)
    owner = _owner(section.label)
    named = body if owner in (None, "Nämnden", "Styrelsen", "Utskottet", "Fullmäktige") else owner
    context = _Context(named or owner, target=_target(section.label))
    first = context
    points: list[tuple[_Block, _Context]] = []
    noticed = False
    for block in _blocks(stretch.text):
        text = stretch.text[block.start : block.end]
        last = points[-1][0] if points and points[-1][1] is context else None
        before = stretch.text[last.start : last.end] if last else ""
        if _is_lead(text, block):
            context = _lead(stretch, block, first, context)
        elif _IS_NOTICE.search(text) and not block.number:
            noticed = True
        elif last and _is_over(text, block, before):
            break
        elif last and _goes_on(text, block, before, last):
            points[-1] = (replace(last, end=block.end), context)
        elif not (noticed and outcome_of(text) == "annat" and not _OPERATIVE.search(text)):
            points.append((block, context))
    for block, its in points:
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
            yield _decision(stretch, _Block(start, end, ""), _Context(body))


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


def _blocks(text: str) -> Iterator[_Block]:
    """The section's paragraphs and list items, by start."""
    block: _Block | None = None
    blank = False
    for a, b in lines(text):
        line = text[a:b]
        if not line.strip(" _-–—*\t"):
            blank = True
            if block is not None:
                yield block
            block = None
            continue
        item = _item(text, line, block)
        before = text[block.start : block.end] if block else ""
        if block is not None and (item or _breaks(before, line)):
            yield _without_lead(before, block) if item and item["n"] else block
            block, blank = None, _is_whole(before)
        block = _Block(a, b, *_mark(item), blank) if block is None else replace(block, end=b)
        blank = False
    if block is not None:
        yield block


def _item(text: str, line: str, block: _Block | None) -> re.Match[str] | None:
    """The mark that begins a list item, if the line does; "att" inside a sentence begins none."""
    item = _ITEM.match(line)
    if item is None or block is None or not (item["att"] or item["n2"]):
        return item
    before = text[block.start : block.end].rstrip()
    if item["n2"]:
        return item if before.endswith((".", ":")) else None
    asked = before.endswith((":", "beslutar", "besluta", "beslut", "beslutade"))
    ended = re.search(_ITEM_ENDS, before) or not _punctuated(text)
    return item if asked or (block.mark == "att" and ended) else None


def _punctuated(text: str) -> bool:
    """True if the att-satser of a list end in a comma, a stop or "och"."""
    ends = [text[: m.start()].rstrip() for m in re.finditer(r"(?m)^\s*att\b", text)]
    return any(re.search(_ITEM_ENDS, end) for end in ends)


def _mark(item: re.Match[str] | None) -> tuple[str, str | None]:
    if item is None:
        return "", None
    return item.lastgroup or "", item["n"] or item["n2"] or item["letter"]


def _is_whole(text: str) -> bool:
    """True if the text is one short line that says it all ("Antecknas.")."""
    return len(text) < 50 and "\n" not in text and text.rstrip().endswith(".")


def _without_lead(text: str, block: _Block) -> _Block:
    """A numbered point without the paragraph below it that leads in the next point."""
    below = re.search(r"(?<=\.)\n(?=[A-ZÅÄÖ][^\n]*)", text) if text.rstrip().endswith(":") else None
    return replace(block, end=block.start + below.start()) if below and block.number else block


def _breaks(previous: str, line: str) -> bool:
    """True if `line` begins a paragraph of its own with no blank line before it."""
    if _is_whole(previous) and line[:1].isupper():
        return True
    if previous.rstrip().endswith(":"):
        return bool(_LEAD_START.match(previous)) or line[:1].isupper()
    begins = (
        bool(_LEAD_START.match(line) or _IS_NOTICE.search(line)) or decider_of(line) is not None
    )
    return begins and previous.rstrip().endswith((".", "”", '"', ")"))


def _is_lead(text: str, block: _Block) -> bool:
    stripped = text.rstrip()
    if block.mark in ("n", "n2", "letter"):
        return False
    if stripped.endswith(":"):
        return bool(_LEAD_START.match(text)) or "beslut" in text or "förslag" in text
    return bool(
        re.search(r"\bbeslutar?(?:\s+följande\.?)?$|\bbesluta$|\bbeslutar\s+att$", stripped)
    )


def _lead(stretch: Stretch, block: _Block, first: _Context, context: _Context) -> _Context:
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


def _goes_on(text: str, block: _Block, before: str, last: _Block) -> bool:
    """True if the block belongs to the point before it, whose text is `before`."""
    if block.mark in ("n", "n2", "att"):
        return False
    if block.mark in ("bullet", "letter"):
        return (last.mark in ("n", "n2", "") and last.mark != block.mark) or last.mark == "att"
    if _ASKS_ON.search(before):
        return True
    if decider_of(text) or _LEAD_START.match(text):
        return False
    if last.mark in ("n", "n2", "letter", "att", "bullet"):
        return True
    return outcome_of(text) == "annat" or text.lstrip()[:1].islower()


def _is_over(text: str, block: _Block, before: str) -> bool:
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


def _decision(stretch: Stretch, block: _Block, context: _Context) -> Decision:
    text = stretch.text[block.start : block.end]
    proposes = decider_of(text) or re.match(r"\s*(?:\d+\.\s*)?att\s+föreslå\b", text)
    own_target = proposed_to(text) if not context.target and proposes else None
    return stretch.record(
        Decision,
        block.start,
        block.end,
        outcome=outcome_of(text),
        decider=_decider(text, context),
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
