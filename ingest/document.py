"""What a file becomes when it is read: text, pages and marks, all addressed by offsets.

Every offset in Beredd is a half-open range of characters (Python string indices) into
`Document.text`, the text exactly as extracted. Nothing rewrites that text afterwards; whatever is
debris or page furniture is *marked*, and `ingest.clean` makes views without it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters `[start, end)` in a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: Span) -> bool:
        """True if `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True if the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the original.

    Attributes:
        number: 1-based position in the file.
        start, end: the page's characters in the document's text, half-open.
        label: the page's printed number where the format gives one ("iv"), else None.
        confidence: mean OCR word confidence 0–100, None where the text was not read by OCR.
        readable: False if the page holds an image from which no text could be read.
    """

    number: int
    start: int
    end: int
    label: str | None = None
    confidence: float | None = None
    readable: bool = True


class MarkKind(StrEnum):
    """What a stretch of text is, apart from what it says."""

    HEADING = "heading"
    """A heading; `level` 1 is the outermost."""
    LIST_ITEM = "list_item"
    """One item of a list, its bullet or number included."""
    TABLE = "table"
    """A table; one row a line, cells divided by a tab."""
    EMPHASIS = "emphasis"
    """Bold or otherwise emphasised words, the emphasised characters only."""
    FOOTNOTE = "footnote"
    """A footnote or endnote, its number included."""
    FURNITURE = "furniture"
    """No part of what the paper says: running heads, page numbers, signature strips, form feeds."""
    DEBRIS = "debris"
    """Left over by a conversion: `[bookmark: _GoBack]`, the asterisks of `**bold**`."""
    TEXT_BOX = "text_box"
    """Text that stood in a box outside the running text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the characters `[start, end)` of a document's text."""

    kind: MarkKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    Attributes:
        file: the file's path relative to the folder that was ingested, with `/`; the document's id.
        digest: SHA-256 of the file's bytes, in hex.
        format: "txt", "pdf", "docx", …
        title: a title for people; the document's own where it has one, else from the file name.
        text: the extracted text. Spans point into this very string.
        pages: in order; empty where the format has none.
        marks: by start. They may overlap and nest.
        warnings: what a person should know about the reading, a sentence each.
    """

    file: str
    digest: str
    format: str
    title: str
    text: str
    pages: tuple[Page, ...] = ()
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The 1-based number of the page that holds the character at `offset`.

        None where the format has no pages.
        """
        if not self.pages:
            return None
        at = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[max(at, 0)].number

    def marked(self, kind: MarkKind) -> tuple[Mark, ...]:
        """The marks of one kind, by start."""
        return tuple(mark for mark in self.marks if mark.kind is kind)

    @property
    def unreadable_pages(self) -> tuple[int, ...]:
        """1-based numbers of the pages from which no text could be read."""
        return tuple(page.number for page in self.pages if not page.readable)
