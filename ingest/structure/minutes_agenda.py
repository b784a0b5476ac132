"""A summons (kallelse) or agenda: every item with what is proposed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.document import Document
from ingest.grammar.dates import find_dates
from ingest.grammar.headings import find_headings
from ingest.grammar.names import learn_parties
from ingest.grammar.references import find_cases
from ingest.parts import Part, PartKind, Role
from ingest.records import DateNote, Demand, Record
from ingest.structure.minutes_facts import facts
from ingest.structure.minutes_opinions import chairs
from ingest.structure.minutes_sections import Section
from ingest.structure.minutes_text import Stretch, body_in, lines, minutes_view, one_line

_FORM = re.compile(
    r"(?im)^\s*(?:#+\s*)?(?:\S.{0,40}\s)?(?:kallelse|föredragningslista|dagordning|ärendelista"
    r"|agenda)\b(?!\s+och\s+handlingar\s+skickas)"
)
_OTHER = re.compile(r"(?i)\s*(?:tjänsteskrivelse|tjänsteutlåtande|motion|interpellation)\b")
"""What a paper calls itself that only speaks of a summons."""
_MINUTES = re.compile(r"(?im)^\s*(?:\S.{0,40}\s)?(?:sammanträdes)?protokoll\b")
_NUMBERED = re.compile(r"(?m)^[ \t]*(?P<n>\d{1,3})(?:\.|\))?(?:[ ]+|\t)(?=[A-ZÅÄÖ\"”])")
_CASE_TAIL = re.compile(r"[\s,(–-]*(?:\b[Dd]nr\.?:?|\b[Dd]iarienr:?|\b[Ää]rendenr:?)?\s*$")
_POINT = re.compile(r"(?m)^[ \t]*(?:(?P<n>\d{1,2})[.)]|(?P<mark>[-−–•])|(?P<att>att)\b)[ \t]*")
_FIRST = 3000  # characters that tell the form, the body and the date
_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of the agenda: its place in the clean view and its number."""

    start: int
    end: int
    number: str
    text_at: int


def is_agenda(document: Document) -> bool:
    """True if the document calls a meeting: it says so before it speaks of minutes."""
    head = document.text[:_FIRST]
    if _OTHER.match(head):
        return False
    told, minutes = _FORM.search(head), _MINUTES.search(head)
    if not told or (minutes and minutes.start() < told.start()):
        return False
    return len(_items(minutes_view(document).text)) > 1


def parts(document: Document) -> tuple[Part, ...]:
    """The front page and every item, in order, covering the whole text; empty without items."""
    view = minutes_view(document)
    items = _items(view.text)
    if not items:
        return ()
    everything = Stretch(document, view, 0, len(view.text), learn_parties(view.text))
    body, date = _meeting(document)
    starts = [view.offsets[item.start] for item in items]
    found = [_item(everything, item, body, date) for item in items]
    front = _front(everything, items[0].start, body, date)
    bounds = [0, *starts, len(document.text)]
    covering = [front, *found] if document.text[: starts[0]].strip() else found
    spans = list(pairwise(bounds))[-len(covering) :]
    return tuple(
        replace(part, start=0 if i == 0 else a, end=b)
        for i, (part, (a, b)) in enumerate(zip(covering, spans, strict=True))
    )


def _items(text: str) -> list[_Item]:
    """Numbered items in succession; what is numbered anew inside one is part of it."""
    marks = []
    wanted: int | None = None
    for m in _NUMBERED.finditer(text):
        number = int(m["n"])
        if (wanted is None and number <= 3) or number == wanted:
            marks.append(m)
            wanted = number + 1
    if not marks:
        return []
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [_Item(m.start(), end, m["n"], m.end()) for m, end in zip(marks, ends, strict=True)]


def _meeting(document: Document) -> tuple[str | None, str | None]:
    """The body that meets and the day; a summons also says when it was written."""
    head = document.text[:_FIRST]
    body = next((found for a, b in lines(head) if (found := body_in(head[a:b]))), None)
    dates = [found for found in find_dates(head) if len(found.iso) == 10]
    near = [
        d
        for d in dates
        if re.search(r"(?i)(?:sammanträde\w*|tid|dag(?:en)?|datum)\b[^\n]{0,40}$", head[: d.start])
    ]
    weekday = [d for d in near if re.search(r"(?i)\w+dag(?:en)?\s+(?:den\s+)?$", head[: d.start])]
    chosen = next(iter(weekday or near or dates), None)
    return body, chosen.iso if chosen else None


def _front(everything: Stretch, end: int, body: str | None, date: str | None) -> Part:
    head = everything.cut(0, end)
    records: list[Record] = []
    for found in find_dates(head.text):
        if found.iso == date and not records:
            records.append(
                head.record(DateNote, found.start, found.end, date=found.iso, meaning="meeting")
            )
    title = " ".join(["Kallelse", *filter(None, (body, date))])
    return Part(
        id="head", kind=PartKind.SECTION, role=Role.INFORMATION, title=title, start=0, end=0,
        page=everything.document.page_at(0), date=date, body=body, records=tuple(records),
    )  # fmt: skip


def _item(everything: Stretch, item: _Item, body: str | None, date: str | None) -> Part:
    stretch = everything.cut(item.start, item.end)
    title, cases, below = _title(stretch, item)
    content = stretch.cut(below, _content_end(stretch.text, below))
    start = everything.view.offsets[item.start]
    year = int(date[:4]) if date else None
    records = [*_proposals(content), *facts(Section("", None, "", content), year), *chairs(content)]
    return Part(
        id=f"item-{item.number}",
        kind=PartKind.AGENDA_ITEM,
        role=Role.PROPOSAL if any(r.kind == "demand" for r in records) else Role.INFORMATION,
        title=title,
        start=start,
        end=start,
        page=everything.document.page_at(start),
        case_number=cases[0] if cases else None,
        case_numbers=cases,
        date=date,
        body=body,
        records=tuple(sorted(records, key=lambda r: (r.start, r.end))),
    )


def _content_end(text: str, begin: int) -> int:
    """Where an item's own text ends: a row of a table ends at the first blank line."""
    blank = text.find("\n\n", begin)
    in_row = "\t" in text[:begin] or text[begin : begin + 1] == "\t"
    return blank if in_row and blank >= 0 else len(text)


def _title(stretch: Stretch, item: _Item) -> tuple[str, tuple[str, ...], int]:
    """The title, the case numbers, and where the content begins, relative to the item."""
    text = stretch.text
    begin = item.text_at - item.start
    end = _title_end(text, begin)
    title, rest = text[begin:end], end
    row = text[end:].startswith(("\t", "   "))
    if row:
        rest = min(
            (i for i in (text.find("\t", end + 1), text.find("\n", end)) if i > 0), default=end
        )
    line_end = text.find("\n", end)
    cases = _cell_cases(text[end:rest]) if row else ()
    where = title if row else title + " " + text[end : line_end if line_end > 0 else len(text)]
    cases = cases or tuple(dict.fromkeys(case.written for case in find_cases(where)))
    for case in cases:
        at = title.rfind(case)
        if at > 0 and at + len(case) >= len(title.rstrip(" ).,")):
            title = _CASE_TAIL.sub("", title[:at])
    return one_line(title).rstrip(" ,"), cases, rest


def _title_end(text: str, begin: int) -> int:
    """Where a title ends: at a cell's end, a heading, a blank line or a line that begins anew."""
    cell = _column_end(text, begin)
    at = begin
    for i, m in enumerate(re.finditer(r"[^\n]+|\n(?=\n)", text[begin:])):
        line = m[0]
        if cell >= 0 and begin + m.end() > cell:
            return cell
        fresh = i > 0 and not line.strip()[:1].islower() and cell < 0
        if i == _TITLE_LINES or not line.strip() or fresh:
            break
        at = begin + m.end()
    return at


def _column_end(text: str, begin: int) -> int:
    """Where the first column ends: at a tab, or on the first line at a wide gap; else -1."""
    tab = text.find("\t", begin)
    gap = re.compile(r"(?<=\S)(?= {3,}\S)").search(text, begin, text.find("\n", begin))
    return gap.start() if tab < 0 and gap else tab


def _cell_cases(cell: str) -> tuple[str, ...]:
    """The case number in a column of its own, where the letters of its register may be left out."""
    written = tuple(case.written for case in find_cases(cell))
    m = re.search(r"(?<![\d-])((?:19|20)\d\d[-/]\d{3,6})(?![\d-])", cell)
    return written or ((m[1],) if m else ())


def _proposals(content: Stretch) -> Iterator[Demand]:
    """What is proposed, point by point, below "Förslag till beslut"."""
    text = content.text
    heads = find_headings(text)
    for i, heading in enumerate(heads):
        if heading.kind != "proposal":
            continue
        end = heads[i + 1].start if i + 1 < len(heads) else len(text)
        lead = content.span(heading.start, heading.end)
        for a, b, number in _points(text, heading.end, end):
            yield content.record(
                Demand, a, b, number=number, lead_in=heading.label, evidence=(lead,)
            )


def _points(text: str, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    marks = [m for m in _POINT.finditer(text, start, end) if m["n"] or m["att"]]
    first = marks[0].start() if marks else end
    for m in re.finditer(r"(?:[^\n]+\n?)+", text[start:first]):
        plain = m[0].strip()
        if plain and not plain.endswith(":"):
            yield start + m.start(), start + m.end(), None
    for m, following in zip(marks, [*(n.start() for n in marks[1:]), end], strict=False):
        if text[m.start() : following].strip():
            yield m.start(), following, m["n"]
