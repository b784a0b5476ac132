"""A single paper: a motion, a tjänsteskrivelse, a reglemente, an audit, or an unknown form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.clean import clean
from ingest.document import Document, Span
from ingest.parts import Part, PartKind
from ingest.structure.casefile_meeting import with_meeting
from ingest.structure.papers_audits import audited, joined, only_genre
from ingest.structure.papers_build import build
from ingest.structure.papers_headings import HeadingMark, headings
from ingest.structure.papers_kinds import kind_of, named_in
from ingest.structure.papers_letterhead import governing_title
from ingest.structure.papers_source import Paper, Source
from ingest.structure.papers_text import Line, line_at
from ingest.structure.papers_titles import cut_title, title_of

__all__ = ["HeadingMark", "headings", "parts"]

_SECTIONED: Final = {
    PartKind.REGULATION: PartKind.REGULATION,
    PartKind.AUDIT: PartKind.AUDIT,
    PartKind.OTHER: PartKind.SECTION,
}
_NOTHING: Final = 40
"""Characters under a heading that are no text of its own."""
_SHORTEST: Final = 1500
"""Characters below which a paper is one part, whatever headings it has."""
_COVER: Final = 5
"""The title on a cover is one of so many lines."""
_YEARS: Final = re.compile(r"(?:19|20)\d\d ?[-–] ?(?:19|20)?\d\d$")


def parts(document: Document) -> tuple[Part, ...]:
    """The paper with its records, covering the whole text; empty for a text without words.

    A reglemente, an audit report and a form that is not known become one part for each of their
    outermost sections; every other paper is one part.
    """
    source = Source.of(document)
    headed = Source.of(document, headed=True)
    running = named_in(headed.lines[:_COVER])
    kind, genre = kind_of(source.text, source.lines)
    if running and named_in(source.lines[:_COVER]) is None and (kind is not running or genre == 0):
        source = headed
        kind, genre = kind_of(source.text, source.lines)
    all_lines = source.lines
    if not all_lines:
        return ()
    if running and (kind is PartKind.OTHER or (genre > _COVER and running is not kind)):
        kind, genre = running, 0
    papers = _sections(document, all_lines, kind, genre) if kind in _SECTIONED else []
    if not papers:
        unknown = ("formen kändes inte igen",) if kind is PartKind.OTHER else ()
        papers = [
            Paper(
                kind=kind, first=0, genre=genre, last=len(all_lines), start=0,
                end=len(document.text), unrecognised=unknown,
            )
        ]  # fmt: skip
    built = [build(source, paper, at) for at, paper in enumerate(papers, 1)]
    if kind is PartKind.EXTRACT:
        view = clean(document)
        built = [with_meeting(document, view, part) for part in built]
    return _as_one(built)


def _as_one(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The sections of one paper, each with the paper's own date, case number and body.

    Who signs at the end dates it all; what a section tells of another day does not.
    """
    first = parts[0]
    date = first.date or (parts[-1].date if parts[-1].kind is PartKind.AUDIT else None)
    return tuple(
        replace(
            part,
            date=date,
            body=first.body,
            case_number=first.case_number or part.case_number,
            case_numbers=tuple(dict.fromkeys([*first.case_numbers, *part.case_numbers])),
        )
        for part in parts
    )


def _sections(
    document: Document, all_lines: Sequence[Line], kind: PartKind, genre: int
) -> list[Paper]:
    """One paper for each outermost heading, and one for what stands before the first."""
    size = len(document.text)
    if size < _SHORTEST:
        return []
    found = headings(document, Span(0, size))
    outer = _filled(_outermost(found), size)
    if len(outer) < 2:
        return []
    name = _name(document, all_lines, found, outer[0], (kind, genre))
    unknown = ("formen kändes inte igen",) if kind is PartKind.OTHER else ()
    starts = [heading.start for heading in outer]
    titles = [_of_section(name, heading.title, kind) for heading in outer]
    if document.text[: starts[0]].strip():
        starts, titles = [0, *starts], [name, *titles]
    starts[0] = 0
    lines = tuple(all_lines)
    papers = []
    for at, (start, title) in enumerate(zip(starts, titles, strict=True)):
        end = starts[at + 1] if at + 1 < len(starts) else size
        first = line_at(lines, start) if start else 0
        papers.append(
            Paper(
                kind=_SECTIONED[kind],
                first=first,
                genre=genre if at == 0 else first,
                last=line_at(lines, end) if end < size else len(lines),
                start=start,
                end=end,
                title=title,
                unrecognised=unknown,
            )
        )
    return papers


def _filled(outer: Sequence[HeadingMark], size: int) -> list[HeadingMark]:
    """The headings without those that stand directly above another: nothing is under them.

    The section begins at the heading above, an entry of a table of contents apart; so is a numbered
    heading that stands again further down.
    """
    numbered = {heading.title for heading in outer if heading.title[:1].isdigit()}
    last = {heading.title: heading.start for heading in outer}
    outer = [h for h in outer if h.title not in numbered or h.start == last[h.title]]
    if not outer:
        return []
    ends = [*(heading.start for heading in outer[1:]), size]
    filled = []
    above: HeadingMark | None = None
    for heading, end in zip(outer, ends, strict=True):
        if end - heading.end > _NOTHING or end == size:
            filled.append(replace(heading, start=above.start) if above else heading)
            above = None
        else:
            above = None if heading.title[-1].isdigit() else heading
    return filled


def _name(
    document: Document,
    all_lines: Sequence[Line],
    found: Sequence[HeadingMark],
    first: HeadingMark,
    told: tuple[PartKind, int],
) -> str:
    """What the whole paper is called: a heading above its first section, else its first words."""
    kind, genre = told
    if kind is PartKind.REGULATION and (titled := _on_the_cover(all_lines)):
        return titled
    above = [heading for heading in found if heading.start < first.start and heading.level == 1]
    if above:
        return cut_title(above[0].title)
    if kind is PartKind.OTHER:
        return document.title
    title = title_of(all_lines, genre, len(all_lines), kind)
    if kind is PartKind.AUDIT and only_genre(title):
        return audited(document.title, document.text) or title
    return found[0].title if title.endswith((".", "…")) else title


def _of_section(name: str, title: str, kind: PartKind) -> str:
    """A section's title behind its paper's, or that alone where the section's adds nothing."""
    title = joined(title) if kind is PartKind.AUDIT else title
    if kind is PartKind.AUDIT and (only_genre(title) or title.endswith(name)):
        return name
    return f"{name}: {title}"


def _on_the_cover(all_lines: Sequence[Line]) -> str | None:
    """The line of the first few that names a reglemente, a plan or a strategy, with the years that
    stand alone below it; None where none does: what follows may be a table of contents."""
    for at, line in enumerate(all_lines[:_COVER]):
        if governing_title([line], 0):
            below = all_lines[at + 1].text if at + 1 < len(all_lines) else ""
            return cut_title(f"{line.text} {below}" if _YEARS.match(below) else line.text)
    return None


def _outermost(found: Sequence[HeadingMark]) -> list[HeadingMark]:
    """The headings of the outermost level that at least two have; one alone is the title."""
    for level in sorted({heading.level for heading in found}):
        same = [heading for heading in found if heading.level <= level]
        if same and same[0].level < level and sum(h.level == same[0].level for h in same) == 1:
            same = same[1:]
        if len(same) >= 2:
            return same
    return []
