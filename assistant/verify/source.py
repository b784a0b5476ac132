"""The values that verification takes and returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.document import Span
from ingest.parts import PartKind, Role


class FactKind(StrEnum):
    """What a fact of a part says. A frame around a quotation may use these and nothing else."""

    AUTHOR = "author"
    """A person who signed or wrote the paper; `party` is that person's."""
    PARTY = "party"
    """A party behind the paper, as letters."""
    BODY = "body"
    """Who meets, decides or writes."""
    DATE = "date"
    """The date of the meeting or of the paper, ISO."""
    CASE = "case"
    """Diarienummer as written."""
    PARAGRAPH = "paragraph"
    """The number of the § without the sign."""
    TITLE = "title"
    """The title of the part or of the document."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of the part that a source stands in.

    Attributes:
        value: the name, letters, ISO date, number or title.
        party: the party of an author, as letters, or None.
        span: where the document says so, or None where it follows from the part's place.
    """

    kind: FactKind
    value: str
    party: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A stretch of a document that a sentence leans on.

    Attributes:
        file: the document's path.
        text: `document.text[start:end]`, verbatim.
        start, end: half-open offsets into the document's text.
        page: 1-based page of `start`, None where the format has none.
        role: what this very stretch does (a yrkande inside minutes is a proposal).
        kind: the part's kind, or None.
        facts: what is known of its part.
        whole: the document's whole text where the caller has it: then a sentence that the span
            cuts is judged with what was cut off ("Motionen avslås | inte").
        furniture: spans of the document to be read past: running heads, debris of conversion.
    """

    file: str
    text: str
    start: int
    end: int
    page: int | None = None
    role: Role = Role.INFORMATION
    kind: PartKind | None = None
    facts: tuple[Fact, ...] = ()
    whole: str | None = field(default=None, repr=False, compare=False, hash=False)
    furniture: tuple[Span, ...] = ()


class Fault(StrEnum):
    """Why a sentence or a quotation does not stand."""

    EMPTY = "empty"
    NO_SOURCE = "no_source"
    NUMBER = "number"
    DATE = "date"
    REFERENCE = "reference"
    """A §, a case number or another reference."""
    NAME = "name"
    PARTY = "party"
    BODY = "body"
    NEGATION = "negation"
    QUANTITY = "quantity"
    VERB = "verb"
    ROLE = "role"
    CONTENT = "content"
    """Words that no source holds."""
    ORDER = "order"
    """The words are there, but not in this connection."""
    CUT = "cut"
    """The source goes on, or begins, with words that change the meaning."""
    QUOTE = "quote"
    """What stands in quotation marks is not verbatim in the source."""
    TOO_SHORT = "too_short"
    PAGE = "page"
    OFFSETS = "offsets"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found.

    Attributes:
        accepted: True if every word of the sentence is carried by the sources.
        faults: why not, with the words at fault; empty if accepted.
        spans: for each source that carries the sentence, by its index, the span of the document
            that does; ordered by index.
        role: the most careful role among the sources used (a proposal before a decision).
        marked: True if the sentence says itself that somebody asks for it or thinks it.
    """

    accepted: bool
    faults: tuple[tuple[Fault, str], ...] = ()
    spans: Mapping[int, Span] = field(default_factory=dict)
    role: Role = Role.INFORMATION
    marked: bool = False
