"""What a paper asks for: att-satser and numbered points, one by one, with what governs them.

Works on the shadow text of `papers_text`; every offset is one of the document's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from ingest.document import Document, MarkKind, Span
from ingest.parts import PartKind
from ingest.records import Demand
from ingest.structure.papers_leads import Lead, leads, stop_after, with_sentence
from ingest.structure.papers_text import one_line, trimmed

ASKING: Final = frozenset(
    {
        PartKind.MOTION, PartKind.YRKANDE, PartKind.ALTERNATIVE_PROPOSAL, PartKind.INITIATIVE,
        PartKind.COUNCIL_PROPOSAL, PartKind.OFFICIAL_REPORT, PartKind.STATEMENT,
        PartKind.INTERPELLATION, PartKind.QUESTION, PartKind.CONSULTATION, PartKind.RESERVATION,
        PartKind.AUDIT,
    }
)  # fmt: skip

_NUMBER: Final = re.compile(
    r"(?<![\w§.,/:-])(?:R ?(?=\d{1,2}\. ))?\(?(?P<number>\d{1,2})[.)]\s+(?=[\wÅÄÖåäö”\"’(])"
)
_NO_POINT: Final = re.compile(
    r"(?i)\b(?:\w*punkt|\w*punkter|\w*punkterna|bilaga|kapitel|kap|nr|sida|sid|steg"
    r"|fas|etapp|alternativ|mål|strategi|och|den|till|artikel)\s+$"
)
_BULLET: Final = re.compile(
    r"(?:^|(?<=\n)|(?<=[\s:]))[•·▪◦●○\uf0b7*](?!\*)\s*(?=\S)|(?:^|(?<=\n))[ ]*[-–−—][ ]+(?=\S)"
)
_LETTER: Final = re.compile(r"(?:^|(?<=\n))[ ]*(?P<number>[a-zå])[.)]\s+(?=\S)")
_ATT: Final = re.compile(
    r"(?:^|(?<=\n))[ ]*(?:[-–•·]\s*)?(?=(?:[Aa]tt|ATT)\s)|(?<=[,;.] )(?=att\s)|(?<=samt )(?=att\s)"
)
_PARAGRAPH: Final = re.compile(r"\n[ ]*(?:\n[ ]*)+")
_SUB_LEAD: Final = re.compile(
    r"(?:^|(?<=\n))[ ]*(?P<lead>(?:[IiFf](?:ör)? |För egen del|Kommun"
    r"|Nämnd)[^\n.:]{2,110}:|(?:Kommunstyrelsen|Kommunfullmäktige|[A-ZÅÄÖ]\w+"
    r"(?:nämnden|utskottet))"
    r"(?: (?:föreslås|beslutar|föreslår)[^\n.:]{0,110})?(?: att)?:)[ ]*"
)
_GOES_ON: Final = re.compile(
    r"[a-zåäö(”\"•·▪\uf0b7*–-]|[a-z]\)|Nuvarande|Ny (?:lydelse|formulering)"
    r"|Föreslagen (?:lydelse|formulering)"
)
# A page's end may cut a sentence before a name: "… inom ramen för | Ekmarka kommuns program".
_HALF: Final = re.compile(
    r"\b(?:för|och|att|i|av|till|med|som|den|det|de|inom|på|om|en|ett|samt|från|vid|under|enligt)$"
)
_PROPOSES: Final = re.compile(
    r"\b(?:föreslår|föreslås|hemställer|beslutar)\b[^\n]*:\s*$", re.MULTILINE
)
_JOINT_AFTER: Final = re.compile(r"(?:[,;]|(?<!\s))\s+(?:samt|och)(?:\s+att)?$")
_OPENS: Final = re.compile(r"(?:[:;t]|\bbesluta[rs]?(?: följande)?)$")
# "Kommunstyrelsen föreslår kommunfullmäktige besluta": what the points below hang on
_EDGE: Final = " \n\t*_–-•·"


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a list: its words and its number or letter."""

    start: int
    end: int
    number: str | None


def demands(document: Document, text: str, span: Span, kind: PartKind) -> tuple[Demand, ...]:
    """The demands of the paper at `span`; `text` is the document's shadow."""
    if kind not in ASKING:
        return ()
    found: list[Demand] = []
    every = leads(text, span, kind)
    for at, lead in enumerate(every):
        if found and lead.start < found[-1].end:
            continue
        stop = stop_after(text, lead, span.end)
        if kind is PartKind.AUDIT and at + 1 < len(every):
            stop = min(stop, every[at + 1].start)  # what is recommended to the next body
        under = _under(document, text, with_sentence(text, lead, stop), stop)
        found += takewhile(_recommends(text), under) if kind is PartKind.AUDIT else under
    return tuple(found)


def _recommends(text: str) -> Callable[[Demand], bool]:
    """Whether a paragraph under a lead-in recommends: a point of a list, or one that says so."""

    def test(demand: Demand) -> bool:
        marked = re.search(r"(?:[•·▪*\uf0b7–-]|\d[.)])\s*$", text[demand.start - 8 : demand.start])
        return bool(marked) or bool(re.match(r"[Aa]tt\b|[^.]*\brekommend", demand.text))

    return test


def _under(document: Document, text: str, lead: Lead, stop: int) -> list[Demand]:
    if lead.clause:
        return [
            _demand(document, text, Item(lead.clause.start, lead.clause.end, None), (lead.span,))
        ]
    found = []
    for evidence, start, end in _segments(text, lead, stop):
        for item in points(text, start, end):
            found.append(_demand(document, text, item, evidence))
    return found


def _segments(text: str, lead: Lead, stop: int) -> Iterator[tuple[tuple[Span, ...], int, int]]:
    """The stretches under one lead-in, cut where it says for which body ("I kommunstyrelsen:")."""
    subs = [
        (trimmed(text, m.start("lead"), m.end("lead")), m.end())
        for m in _SUB_LEAD.finditer(text, lead.end, stop)
    ]
    first_end = subs[0][0].start if subs else stop
    if text[lead.end : first_end].strip():
        yield (lead.span,), lead.end, first_end
    for at, (sub, begins) in enumerate(subs):
        ends = subs[at + 1][0].start if at + 1 < len(subs) else stop
        close = not text[lead.end : sub.start].strip()
        yield ((Span(lead.start, sub.end),) if close else (sub, lead.span)), begins, ends


def points(text: str, start: int, end: int) -> list[Item]:
    """The points of a list in `text[start:end]`; its paragraphs where it has no marks."""
    marks = _numbered(text, start, end)
    if not marks:
        marks = _marked(_BULLET, text, start, end) or _marked(_LETTER, text, start, end)
    if not marks:
        marks = _marked(_ATT, text, start, end)
    if not marks:
        return list(_paragraphs(text, start, end))
    preface = trimmed(text, start, marks[0][2])
    items = []
    if len(preface) > 15 and not _OPENS.search(text, preface.start, preface.end):
        items.append(Item(preface.start, preface.end, None))
    for at, (begins, number, _) in enumerate(marks):
        last = at + 1 == len(marks)
        ends = end if last else _without_lead(text, begins, marks[at + 1][2])
        items.append(Item(begins, _last_end(text, begins, ends) if last else ends, number))
    return [item for item in items if _holds_words(text, item)]


def _numbered(text: str, start: int, end: int) -> list[tuple[int, str | None, int]]:
    """The points 1, 2, 3 … as (start of the words, number, start of the number)."""
    found: list[tuple[int, str | None, int]] = []
    expected: int | None = None
    for match in _NUMBER.finditer(text, start, end):
        number = int(match["number"])
        if _NO_POINT.search(text[max(match.start() - 24, start) : match.start()]):
            continue
        if expected is None:
            before = text[start : match.start()].strip()
            if before and (len(before) > 300 or number != 1):
                continue
        elif number != expected:
            continue
        found.append((match.end(), match["number"], match.start()))
        expected = number + 1
    return found


def _marked(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> list[tuple[int, str | None, int]]:
    """Points after bullets, letters or "att"; the first must stand at the very beginning."""
    found: list[tuple[int, str | None, int]] = []
    for match in pattern.finditer(text, start, end):
        if not found and text[start : match.start()].strip(_EDGE):
            return []
        found.append((match.end(), match.groupdict().get("number"), match.start()))
    return found


def _without_lead(text: str, start: int, end: int) -> int:
    """The end of a point without a new lead-in after it: "… N.N. väljs. [Nämnden föreslår:]"."""
    if not text[start:end].rstrip().endswith(":"):
        return end
    breaks = [
        m.start() for m in _PARAGRAPH.finditer(text, start, end) if text[m.end() : end].strip()
    ]
    while breaks and not _PROPOSES.search(text, breaks[0], end):
        breaks.pop(0)
    return breaks[0] if breaks else end


def _last_end(text: str, start: int, end: int) -> int:
    """Where the last point of a list ends: at its paragraph's end, unless it clearly goes on."""
    for match in _PARAGRAPH.finditer(text, start, end):
        before = text[start : match.start()].rstrip()
        if before.endswith(":"):
            return end
        if _HALF.search(before):
            continue
        if not _GOES_ON.match(text, match.end(), end):
            return match.start()
    return end


def _paragraphs(text: str, start: int, end: int) -> Iterator[Item]:
    at = start
    while at < end:
        span = trimmed(text, at, end)
        if not len(span):
            return
        ends = _last_end(text, span.start, end)
        item = Item(span.start, ends, None)
        if _holds_words(text, item):
            yield item
        at = max(ends, span.start + 1)


def _holds_words(text: str, item: Item) -> bool:
    words = text[item.start : item.end].strip(_EDGE)
    return len(words) > 5 and any(char.isalpha() for char in words)


def _demand(document: Document, text: str, item: Item, evidence: tuple[Span, ...]) -> Demand:
    span = _stripped(text, item.start, item.end)
    lead_in = one_line(text[evidence[0].start : evidence[0].end])
    return Demand(
        start=span.start,
        end=span.end,
        text=document.text[span.start : span.end],
        evidence=evidence,
        number=item.number,
        lead_in=lead_in or None,
        emphasised=_emphasised(document, span),
    )


def _stripped(text: str, start: int, end: int) -> Span:
    piece = re.split(r"_{5,}", text[start:end])[0]
    left = len(piece) - len(piece.lstrip(_EDGE))
    kept = _JOINT_AFTER.sub("", piece.rstrip(" \n\t*_•·,;")).rstrip(" \n\t*_•·,;")
    return Span(start + left, max(start + len(kept), start + left))


def _emphasised(document: Document, span: Span) -> bool:
    """True if at least half of the words are printed in bold."""
    text = document.text
    if text[max(span.start - 2, 0) : span.start] == "**" == text[span.end : span.end + 2]:
        return True
    bold = sum(
        max(min(mark.end, span.end) - max(mark.start, span.start), 0)
        for mark in document.marks
        if mark.kind is MarkKind.EMPHASIS
    )
    return bold * 2 >= len(span) > 0
