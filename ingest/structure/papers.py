"""A single paper: a motion, a tjänsteskrivelse, a reglemente, an audit report, or an unknown form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ingest.document import Document, Span
from ingest.parts import Part, PartKind
from ingest.structure.papers_build import Paper, build
from ingest.structure.papers_headings import HeadingMark, headings
from ingest.structure.papers_heads import head_lines
from ingest.structure.papers_kinds import kind_of
from ingest.structure.papers_text import Line, line_at, shadow

__all__ = ["HeadingMark", "headings", "parts"]

_SECTIONED: Final = {
    PartKind.REGULATION: PartKind.REGULATION,
    PartKind.AUDIT: PartKind.AUDIT,
    PartKind.OTHER: PartKind.SECTION,
}
_SHORTEST: Final = 1500
"""Characters below which a paper is one part, whatever headings it has."""


def parts(document: Document) -> tuple[Part, ...]:
    """The paper with its records, covering the whole text; empty for a text without words.

    A reglemente, an audit report and a form that is not known become one part for each of their
    outermost sections; every other paper is one part.
    """
    text = shadow(document)
    all_lines = head_lines(text, [page.start for page in document.pages])
    if not all_lines:
        return ()
    kind, genre = kind_of(text, all_lines)
    papers = _sections(document, all_lines, kind, genre) if kind in _SECTIONED else []
    if not papers:
        unknown = ("formen kändes inte igen",) if kind is PartKind.OTHER else ()
        papers = [
            Paper(
                kind=kind, first=0, genre=genre, last=len(all_lines), start=0,
                end=len(document.text), unrecognised=unknown,
            )
        ]  # fmt: skip
    return tuple(
        build(document, text, all_lines, paper, number) for number, paper in enumerate(papers, 1)
    )


def _sections(
    document: Document, all_lines: Sequence[Line], kind: PartKind, genre: int
) -> list[Paper]:
    """One paper for each outermost heading, and one for what stands before the first."""
    size = len(document.text)
    if size < _SHORTEST:
        return []
    outer = _outermost(headings(document, Span(0, size)))
    if len(outer) < 2:
        return []
    unknown = ("formen kändes inte igen",) if kind is PartKind.OTHER else ()
    starts = [heading.start for heading in outer]
    titles: list[str | None] = [heading.title for heading in outer]
    if starts[0] > 0:
        starts, titles = [0, *starts], [None, *titles]
    lines = tuple(all_lines)
    papers = []
    for at, (start, title) in enumerate(zip(starts, titles, strict=True)):
        end = starts[at + 1] if at + 1 < len(starts) else size
        first = line_at(lines, start) if start else 0
        papers.append(
            Paper(
                kind=_SECTIONED[kind],
                first=first,
                genre=genre if at == 0 and title is None else first,
                last=line_at(lines, end) if end < size else len(lines),
                start=start,
                end=end,
                title=title,
                unrecognised=unknown,
            )
        )
    return papers


def _outermost(found: Sequence[HeadingMark]) -> list[HeadingMark]:
    """The headings of the outermost level that at least two have; one alone is the title."""
    for level in sorted({heading.level for heading in found}):
        same = [heading for heading in found if heading.level <= level]
        if len(same) >= 3 or (len(same) >= 2 and level > 1):
            return same
    return []
