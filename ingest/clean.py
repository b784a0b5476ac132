"""Clean views of a text that keep the way back to every character.

Grammar and search read the clean view; quotes and spans are cut from the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.document import Document, MarkKind, Span

_LINE_HYPHEN = re.compile(
    r"(?<=[a-zåäöéü])[-\u2010]\n(?=[a-zåäöéü])(?!och\b|eller\b|samt\b|respektive\b)"
)
_SOFT_HYPHEN = "\u00ad"
_LEFT_OUT = (MarkKind.FURNITURE, MarkKind.DEBRIS)


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean text and, for each of its characters, the offset it came from.

    Attributes:
        text: the clean text.
        offsets: `offsets[i]` is where `text[i]` stands in the document; strictly increasing.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The document's span for the clean characters `[start, end)`; `start < end`."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def position(self, offset: int) -> int:
        """The first clean position that stands at or after `offset` in the document."""
        return bisect_left(self.offsets, offset)


def clean(document: Document, span: Span | None = None) -> Clean:
    """The clean view of a document, or of one span of it.

    Left out: furniture, debris, soft hyphens, carriage returns and the hyphen and line break
    inside a word that a line end has cut. Line breaks are kept: headings and lists need them.
    """
    span = span or Span(0, len(document.text))
    text = document.text
    drop = [
        (mark.start, mark.end)
        for mark in document.marks
        if mark.kind in _LEFT_OUT and mark.start < span.end and mark.end > span.start
    ]
    drop += [m.span() for m in _LINE_HYPHEN.finditer(text, span.start, span.end)]
    keep = bytearray(b"\x01") * len(span)
    for start, end in drop:
        start, end = max(start, span.start), min(end, span.end)
        keep[start - span.start : end - span.start] = bytes(end - start)
    offsets = tuple(
        i
        for i in range(span.start, span.end)
        if keep[i - span.start] and text[i] not in (_SOFT_HYPHEN, "\r")
    )
    return Clean("".join(text[i] for i in offsets), offsets)
