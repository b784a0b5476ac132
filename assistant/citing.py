"""Citations: sources numbered in the order of their first use, each the exact place."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation, Sentence
from assistant.search import Hit
from assistant.verify.source import Source
from ingest.parts import Part, Role
from vectorstore.index import Index
from vectorstore.stored import Stored


class Citer:
    """Numbers the sources of one answer."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._ids: dict[tuple[str, int, int], str] = {}
        self._citations: dict[str, Citation] = {}

    def cite(self, source: Source) -> str:
        """The id of a source; the same span has the same id."""
        key = (source.file, source.start, source.end)
        if key not in self._ids:
            stored = self._index.document(source.file)
            if stored is None:
                raise LookupError(source.file)
            self._ids[key] = f"S{len(self._ids) + 1}"
            self._citations[self._ids[key]] = citation(
                self._ids[key], stored, source.start, source.end, source.role
            )
        return self._ids[key]

    def used(self, sentences: Sequence[Sentence]) -> tuple[Citation, ...]:
        """The citations that sentences use, in order."""
        ids = dict.fromkeys(i for sentence in sentences for i in sentence.citations)
        return tuple(self._citations[i] for i in ids)

    def nearest(self, hits: Sequence[Hit]) -> tuple[Citation, ...]:
        """Hits as citations: pointers to what comes nearest, no answer."""
        found = []
        for number, hit in enumerate(hits, 1):
            stored = self._index.document(hit.passage.file)
            if stored is not None:
                passage = hit.passage
                found.append(
                    citation(f"N{number}", stored, passage.start, passage.end, passage.role)
                )
        return tuple(found)


def citation(name: str, stored: Stored, start: int, end: int, role: Role) -> Citation:
    """The characters `[start, end)` of a document as a citation."""
    document = stored.document
    part: Part | None = stored.part_at(start)
    return Citation(
        id=name,
        file=document.file,
        document=document.title,
        part=part.title if part else document.title,
        part_id=part.id if part else "",
        type=part.kind.value if part else "other",
        role=role,
        date=part.date if part else None,
        body=part.body if part else None,
        case_number=part.case_number if part else None,
        paragraph=part.paragraph if part else None,
        page=document.page_at(start),
        start=start,
        end=end,
        quote=document.text[start:end],
    )
