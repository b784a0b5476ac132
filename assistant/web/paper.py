"""A paper as the page shows it: its parts in order, the quote marked, and pictures of PDF pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from assistant.web.cards import unwrapped
from assistant.web.words import Words
from ingest.document import Document, MarkKind, Span
from ingest.errors import ReadError
from ingest.formats import pdf
from ingest.formats.pdf_boxes import Box
from vectorstore.index import Index
from vectorstore.stored import Entry, Stored

PICTURE_PX = 1200
"""How wide a page's picture is."""
_FIRST = ("quote", "hidden", "heading")
"""Which look wins. What is debris elsewhere is shown inside a quote, which stands as it stands."""
_PICTURES = 3
"""How many pages of a long quote are pictured."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look: "text", "heading", "quote" or "page" (a page's number).

    `first`: True for the first run of the quote, which is what links lead to.
    """

    look: str
    text: str
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a paper: what it is, and its text in runs. `facts`: as on a card."""

    id: str
    title: str
    kind: str
    role: str
    role_word: str
    facts: tuple[str, ...]
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of a PDF. `boxes`: where the quote stands: left, top, width and height in percent."""

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


def sections(stored: Stored, quote: Span | None, words: Words) -> list[Section]:
    """The parts of a paper in order, which together hold all of its text."""
    made = []
    for number, part in enumerate(stored.parts, 1):
        facts = (
            part.body,
            words.day(part.date),
            f"§ {part.paragraph}" if part.paragraph else None,
            part.case_number,
        )
        made.append(
            Section(
                id=f"del-{number}",
                title=part.title,
                kind=words.known("kind", part.kind.value),
                role=part.role.value,
                role_word=words.known("role", part.role.value),
                facts=tuple(fact for fact in facts if fact),
                runs=_trimmed(_runs(stored.document, part.start, part.end, quote)),
            )
        )
    return made


def _runs(document: Document, start: int, end: int, quote: Span | None) -> Iterator[Run]:
    """The characters `[start, end)` cut where their look changes."""
    looks = _looks(document, quote)
    cuts = sorted(
        {start, end, *(at for low, high, _ in looks for at in (low, high) if start < at < end)}
        | {page.start for page in document.pages if start <= page.start < end}
    )
    pages = {page.start: page.label or str(page.number) for page in document.pages}
    for low, high in pairwise(cuts):
        if low in pages:
            yield Run("page", pages[low])
        held = {look for a, b, look in looks if a <= low and high <= b}
        look = next((look for look in _FIRST if look in held), "text")
        if look == "hidden":
            continue
        text = unwrapped(document.text[low:high])
        if text:
            yield Run(look, text, look == "quote" and quote is not None and low == quote.start)


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Without empty lines and page numbers at the end, which belong to what comes next."""
    kept = list(runs)
    while kept and (kept[-1].look == "page" or not kept[-1].text.strip()):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def _looks(document: Document, quote: Span | None) -> list[tuple[int, int, str]]:
    looks = [
        (mark.start, mark.end, "heading" if mark.kind is MarkKind.HEADING else "hidden")
        for mark in document.marks
        if mark.kind in (MarkKind.HEADING, MarkKind.FURNITURE, MarkKind.DEBRIS)
    ]
    if quote is not None:
        looks.append((quote.start, quote.end, "quote"))
    return looks


def span_of(document: Document, start: str | None, end: str | None) -> Span | None:
    """The span that an address asks for, or None where it asks for none that the text has."""
    try:
        low, high = int(start or ""), int(end or "")
    except ValueError:
        return None
    return Span(low, high) if 0 <= low < high <= len(document.text) else None


def pictures(entry: Entry, document: Document, quote: Span | None) -> list[Picture]:
    """The pages of a PDF that a quote stands on; none where the file is no PDF or is gone."""
    path = Path(entry.source)
    if quote is None or not _pictured(entry) or not document.pages or not path.is_file():
        return []
    starts = [page.start for page in document.pages]
    first, last = (max(bisect_right(starts, at) - 1, 0) for at in (quote.start, quote.end - 1))
    numbers = [page.number for page in document.pages[first : last + 1]][:_PICTURES]
    made: list[Picture] = []
    for number in numbers:
        try:
            found = pdf.boxes(path, number, quote.start, quote.end, document)
        except ReadError:
            return made
        made.append(Picture(number, tuple(_percent(box) for box in found)))
    return made


def _percent(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(100 * side, 3) for side in box)
    return left, top, round(right - left, 3), round(bottom - top, 3)


def _pictured(entry: Entry) -> bool:
    """True for a PDF whose pages may be shown: a picture would show what was masked in the text."""
    return entry.format == "pdf" and not entry.masked


def page_png(index: Index, file: str, number: int) -> bytes | None:
    """The picture of an indexed PDF's page, or None where there is none."""
    entry = index.entries.get(file)
    if entry is None or not _pictured(entry) or not Path(entry.source).is_file():
        return None
    try:
        return _rendered(entry.source, entry.digest, number)
    except ReadError:
        return None


@lru_cache(maxsize=32)
def _rendered(source: str, digest: str, number: int) -> bytes:
    return pdf.render(Path(source), number, PICTURE_PX)
