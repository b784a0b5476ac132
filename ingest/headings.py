"""The headings inside a paper: those that its format marks, and those that the genre knows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, islice

from ingest.clean import clean
from ingest.document import Document, Mark, MarkKind, Span
from ingest.grammar.headings import find_headings

_GENRE_LEVEL = 3
"""A heading of the genre stands below the headings that a format marks by style."""


def headings(document: Document, span: Span) -> list[Mark]:
    """The headings in a span of a document, by start; none overlaps another."""
    marked = list(_marked(document, span))
    starts = [mark.start for mark in marked]
    ends = list(accumulate((mark.end for mark in marked), max))
    view = clean(document, span)
    for heading in find_headings(view.text):
        found = view.span(heading.start, heading.end)
        before = bisect_left(starts, found.end)
        if not before or ends[before - 1] <= found.start:
            marked.append(Mark(MarkKind.HEADING, found.start, found.end, _GENRE_LEVEL))
    return sorted(marked, key=lambda mark: mark.start)


def _marked(document: Document, span: Span) -> Iterator[Mark]:
    first = bisect_left(document.marks, span.start, key=lambda mark: mark.start)
    for mark in islice(document.marks, first, None):
        if mark.start > span.end:
            return
        if mark.kind is MarkKind.HEADING and mark.end <= span.end:
            yield mark
