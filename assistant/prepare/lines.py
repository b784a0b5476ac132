"""What a brief is on paper: lines with numbered sources.

A line has words of our own (`text`) and the paper's words (`quote`); the two are never mixed, so
that every reader can see which is which.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answer import Citation
from ingest.parts import Role


class Style(StrEnum):
    """What a line is on paper."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    """A part of the brief: the contents, an item, the sources."""
    LABEL = "label"
    """The facts under a heading."""
    SUBHEADING = "subheading"
    LINE = "line"
    """An item of a list."""
    INNER = "inner"
    """An item of a list inside the line above."""
    ENTRY = "entry"
    """An item of a list that leads to an item of the meeting."""
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a brief.

    Attributes:
        text: our words; quote: the paper's words, verbatim but for line breaks.
        sources: numbers of the sources that it rests on, as in `Told.sources`.
        role: what the quote does; None where the line quotes nothing.
        item: the meeting's item that a heading begins or an entry leads to, or None.
    """

    style: Style
    text: str
    quote: str = ""
    sources: tuple[int, ...] = ()
    role: Role | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A brief in one language. The source with number n is `sources[n - 1]`."""

    language: str
    lines: tuple[Line, ...]
    sources: tuple[Citation, ...]


@dataclass(slots=True)
class Numbers:
    """Numbers sources in the order of their use."""

    found: dict[tuple[str, int, int], Citation] = field(default_factory=dict)

    def of(self, sources: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of these sources, each once."""
        numbers = []
        for source in sources:
            key = (source.file, source.start, source.end)
            self.found.setdefault(key, source)
            numbers.append(list(self.found).index(key) + 1)
        return tuple(dict.fromkeys(numbers))
