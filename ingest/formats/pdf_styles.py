"""Headings, emphasis and tables of a PDF, from the sizes and weights of its words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.document import Mark, MarkKind
from ingest.formats.pdf_layout import PageText, Stretch

_LONGEST_HEADING = 140
_NO_HEADING = re.compile(r"^\W*$|[.,;]$|^[-–−•·▪●○]\s|^\d+$")


class _Line(NamedTuple):
    start: int
    end: int
    size: float
    """The size of most of its letters."""
    bold: bool
    """True if every word is."""


def style_marks(text: str, layouts: Sequence[tuple[int, PageText]]) -> Iterator[Mark]:
    """Marks from the layouts of the pages, each with where its page begins in `text`."""
    usual = _usual_size([layout for _, layout in layouts])
    mostly_bold = _mostly_bold([layout for _, layout in layouts])
    lines: list[_Line] = []
    bold: list[Mark] = []
    for at, layout in layouts:
        lines += _lines(text, at, layout)
        for start, end in layout.tables:
            yield Mark(MarkKind.TABLE, at + start, at + end)
        if not mostly_bold:
            bold += _emphasis(text, at, layout)
    headings = list(_headings(text, lines, usual, mostly_bold))
    yield from headings
    starts = [mark.start for mark in headings]
    yield from (mark for mark in bold if not _is_heading(mark, headings, starts))


def _is_heading(mark: Mark, headings: Sequence[Mark], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, mark.start) - 1
    return at >= 0 and mark.end <= headings[at].end


def _usual_size(layouts: Sequence[PageText]) -> float:
    sizes: Counter[float] = Counter()
    for layout in layouts:
        for style in layout.styles:
            sizes[round(style.size, 1)] += style.end - style.start
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _mostly_bold(layouts: Sequence[PageText]) -> bool:
    lengths = Counter[bool]()
    for layout in layouts:
        for style in layout.styles:
            lengths[style.bold] += style.end - style.start
    return lengths[True] > lengths[False]


def _emphasis(text: str, at: int, layout: PageText) -> Iterator[Mark]:
    """Bold words that follow each other, line ends between them included, gaps not."""
    start = end = -1
    for style in layout.styles:
        if start >= 0 and "\n\n" in text[at + end : at + style.start]:
            yield Mark(MarkKind.EMPHASIS, at + start, at + end)
            start = -1
        if style.bold:
            start = style.start if start < 0 else start
            end = style.end
        elif start >= 0:
            yield Mark(MarkKind.EMPHASIS, at + start, at + end)
            start = -1
    if start >= 0:
        yield Mark(MarkKind.EMPHASIS, at + start, at + end)


def _lines(text: str, at: int, layout: PageText) -> Iterator[_Line]:
    line: list[Stretch] = []
    for style in layout.styles:
        if line and "\n" in text[at + line[-1].end : at + style.start]:
            yield _line(at, line)
            line = []
        line.append(style)
    if line:
        yield _line(at, line)


def _line(at: int, words: Sequence[Stretch]) -> _Line:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += word.end - word.start
    bold = all(word.bold for word in words)
    return _Line(at + words[0].start, at + words[-1].end, sizes.most_common(1)[0][0], bold)


def _headings(text: str, lines: Sequence[_Line], usual: float, mostly_bold: bool) -> Iterator[Mark]:
    """Short lines set larger than the body, or bold; lines of one heading together."""
    chosen = [
        line
        for line in lines
        if (line.size > 1.12 * usual or (line.bold and not mostly_bold and line.size >= usual))
        and line.end - line.start <= _LONGEST_HEADING
        and not _NO_HEADING.search(text[line.start : line.end])
    ]
    ranks = sorted({(line.size, line.bold) for line in chosen}, reverse=True)
    start = end = 0
    look: tuple[float, bool] | None = None
    for line in chosen:
        if look == (line.size, line.bold) and text[end : line.start] == "\n":
            end = line.end
            continue
        if look:
            yield Mark(MarkKind.HEADING, start, end, level=min(6, ranks.index(look) + 1))
        start, end, look = line.start, line.end, (line.size, line.bold)
    if look:
        yield Mark(MarkKind.HEADING, start, end, level=min(6, ranks.index(look) + 1))
