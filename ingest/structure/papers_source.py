"""A document as the grammar of papers reads it, and a paper in it before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.document import Document
from ingest.grammar.parties import local_parties
from ingest.parts import PartKind
from ingest.structure.papers_letterhead import head_lines
from ingest.structure.papers_text import Line, shadow


@dataclass(frozen=True, slots=True)
class Paper:
    """A stretch of text whose genre is known.

    Attributes:
        first, genre, last: indices of its first line, of the line that names its genre, and of the
            first line after it.
        start, end: its characters; at least those of its lines.
        unrecognised: what of its form the grammar did not know.
    """

    kind: PartKind
    first: int
    genre: int
    last: int
    start: int
    end: int
    title: str | None = None
    unrecognised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document with what every paper in it is read from: shadow, lines, its own parties."""

    document: Document
    text: str
    lines: tuple[Line, ...]
    local: Mapping[str, str]

    @classmethod
    def of(cls, document: Document, *, headed: bool = False) -> Source:
        """The source of a document; `headed` as in `shadow`."""
        text = shadow(document, headed=headed)
        lines = head_lines(text, [page.start for page in document.pages])
        return cls(document, text, lines, local_parties(text))
