"""Composers: from a question and its hits to drafts, sentence by sentence.

A composer proposes; `assistant.verify` disposes. A new composer is a new file with a class that has
`name` and `compose`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.question import Question
from assistant.search import Hit
from assistant.verify.source import Source
from ingest.parts import Part
from vectorstore.stored import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One sentence that a composer would say, without source tokens.

    Attributes:
        text: the sentence.
        sources: what it leans on; empty only for a frame, which states nothing of the documents.
        role: as in `assistant.answer.Sentence`.
        line: True if it stands on a line of its own, as one item of a list.
        plain: what to say where the sentence does not stand: the bare quotation, or "".
    """

    text: str
    sources: tuple[Source, ...] = ()
    role: str = "fact"
    line: bool = False
    plain: str = ""


class Library(Protocol):
    """Where a composer reads documents."""

    def document(self, file: str) -> Stored | None:
        """The document with its parts and records, or None."""

    def case(self, keys: Sequence[str]) -> list[tuple[Stored, Part]]:
        """Every part of the cases with these numbers, by date."""

    def titled(self, title: str) -> list[tuple[Stored, Part]]:
        """Every part whose title says the same as this one, by date."""

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of stems."""


class Composer(Protocol):
    """What writes answers."""

    @property
    def name(self) -> str:
        """ "extractive", or "<provider>:<model>"."""

    @property
    def at_once(self) -> bool:
        """True if the drafts cost nothing to wait for: then all are weighed before any is told."""

    def compose(self, question: Question, hits: Sequence[Hit], library: Library) -> Iterator[Draft]:
        """Drafts in the order in which they are to be read; none where nothing answers."""
