"""What would be quoted in an answer, and the parts and cases that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.compose import Library
from assistant.verify.source import Source
from ingest.document import Document
from ingest.grammar.references import case_key
from ingest.parts import Part

_HEAD = 1500
"""A document says in so many of its first characters whose it is."""
_OF = re.compile(r"\b([A-ZÅÄÖ][\wåäöÅÄÖ]+?)[sS]?[ \t]+(?:[Kk]ommun|KOMMUN|[Ss]tad|STAD)\b")
_SOFT = "\u00ad"
"""A soft hyphen stands inside words, and is no part of them."""
_CASES = 4
"""The cases of so many of the parts found are looked at."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What would be quoted, and the parts that it stands in.

    Attributes:
        sources: what would be quoted. parts: the parts that it stands in, with their documents.
        near: the parts that were found, quoted or not. library: where their cases are.
        municipalities: those whose papers were found, as they say themselves, in lower case.
    """

    sources: tuple[Source, ...]
    parts: tuple[tuple[Document, Part], ...]
    near: tuple[Part, ...] = ()
    library: Library | None = None
    municipalities: frozenset[str] = frozenset()

    @property
    def told(self) -> str:
        """The quotations with the titles of their papers."""
        said = (*(s.text for s in self.sources), *(p.title for _, p in self.parts))
        return "\n".join(said).replace(_SOFT, "")

    @property
    def titles(self) -> str:
        """The titles of the parts and of their documents."""
        return "\n".join(f"{d.title} {p.title}" for d, p in self.parts)

    @property
    def of_case(self) -> list[Part]:
        """The parts found, and the other parts of the cases of the best of them."""
        keys = [case_key(number) for part in self.near[:_CASES] for number in part.case_numbers]
        found = self.library.case([key for key in keys if key]) if self.library else ()
        return [*self.near, *(part for _, part in found)]

    @property
    def whole(self) -> str:
        """The whole text of the parts."""
        return "\n".join(f"{p.title}\n{d.text[p.start : p.end]}" for d, p in self.parts)


def municipalities(documents: Iterable[Document]) -> frozenset[str]:
    """The municipalities that documents say they are of, near their beginning, in lower case and
    without the genitive's s."""
    heads = (document.text[:_HEAD] for document in documents)
    return frozenset(match[1].lower() for head in heads for match in _OF.finditer(head))


def parts_of(sources: Sequence[Source], library: Library) -> list[tuple[Document, Part]]:
    """The parts that sources stand in, each once, with their documents."""
    found: dict[tuple[str, str], tuple[Document, Part]] = {}
    for source in sources:
        stored = library.document(source.file)
        part = stored.part_at(source.start) if stored else None
        if stored and part:
            found[source.file, part.id] = (stored.document, part)
    return list(found.values())


def first_group(match: re.Match[str] | None) -> str:
    """The first group that matched, or ""."""
    return next((group for group in match.groups() if group), "") if match else ""


def bare_stem(word: str) -> str:
    """A name or noun without the endings that it takes on: "regionen", "remissinstanserna"."""
    return re.sub(r"(?:erna|arna|orna|en|et|an|ets|ens|s|n)$", "", word) if len(word) > 5 else word
