"""The headings inside a paper: those that its format marks, and those that the genre knows."""

from __future__ import annotations

from ingest.clean import clean
from ingest.document import Document, Mark, MarkKind, Span
from ingest.grammar.headings import find_headings

_GENRE_LEVEL = 3
"""A heading of the genre stands below the headings that a format marks by style."""


def headings(document: Document, span: Span) -> list[Mark]:
    """The headings in a span of a document, by start; none overlaps another."""
    marked = [
        mark
        for mark in document.marks
        if mark.kind is MarkKind.HEADING and span.start <= mark.start and mark.end <= span.end
    ]
    view = clean(document, span)
    for heading in find_headings(view.text):
        found = view.span(heading.start, heading.end)
        if not any(found.start < mark.end and mark.start < found.end for mark in marked):
            marked.append(Mark(MarkKind.HEADING, found.start, found.end, _GENRE_LEVEL))
    return sorted(marked, key=lambda mark: mark.start)
