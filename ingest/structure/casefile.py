"""A stacked case file, cut into its papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.clean import clean
from ingest.document import Document
from ingest.grammar.parties import find_parties
from ingest.parts import Part, PartKind
from ingest.structure.casefile_links import aligned, with_told_parties
from ingest.structure.casefile_meeting import with_meeting
from ingest.structure.casefile_tails import tail
from ingest.structure.papers_build import build
from ingest.structure.papers_head import Head
from ingest.structure.papers_heads import heads
from ingest.structure.papers_kinds import kind_of
from ingest.structure.papers_letterhead import governing_title, head_lines
from ingest.structure.papers_political import political_title
from ingest.structure.papers_source import Paper, Source
from ingest.structure.papers_text import Line, shadow


@dataclass(frozen=True, slots=True)
class Cut:
    """One paper of a stack: `lines[first:last]`; `head` is None for what has no head of its own."""

    first: int
    last: int
    kind: PartKind
    head: Head | None


def cuts(all_lines: Sequence[Line]) -> tuple[Cut, ...]:
    """The papers of a stack, in order, covering all lines."""
    found = heads(all_lines)
    starts: list[tuple[int, Head | None]] = [(head.first, head) for head in found]
    if starts and 0 < starts[0][0] <= _SHORT and starts[0][1] and _is_whose(all_lines[0]):
        starts[0] = (0, starts[0][1])
    if starts and starts[0][0] > 0 and _is_letter(all_lines[: starts[0][0]]):
        starts[0] = (0, starts[0][1])
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, None))
    result: list[Cut] = []
    for (first, head), (last, _) in zip(starts, [*starts[1:], (len(all_lines), None)], strict=True):
        kind = head.kind if head else PartKind.OTHER
        begins = tail(all_lines, first, last, kind)
        result.append(Cut(first, begins or last, kind, head))
        if begins:
            result.append(Cut(begins, last, _bound_in(all_lines, begins), None))
    return tuple(result)


def _is_letter(above: Sequence[Line]) -> bool:
    """True for the few lines of an address and a date above the head of a paper."""
    return len(above) <= _ADDRESS and sum(len(line.text) for line in above) < _FEW


def _is_whose(line: Line) -> bool:
    """True for a line that says whose paper begins: "Vänsterpartiet Ekmarka"."""
    named = find_parties(line.text)
    return bool(named) and named[0].start == 0 and len(line.text) < _NAME


def _bound_in(all_lines: Sequence[Line], at: int) -> PartKind:
    """The kind of what was bound in without a head: what its first words call it."""
    if governing_title(all_lines, at) is not None:
        return PartKind.REGULATION
    return political_title(all_lines[at].text) or PartKind.APPENDIX


_ADDRESS: Final = 6
_FEW: Final = 200
"""An address has so few lines and characters."""
_SHORT: Final = 2
_NAME: Final = 60
"""So few lines, the first of so many characters, are no paper above the first head."""
_GENRES: Final = frozenset(
    {
        "handling",
        "official",
        "extract",
        "political",
        "plain",
        "consultation",
        "banner",
        "letterhead",
    }
)


def is_casefile(document: Document) -> bool:
    """True if several papers by different hands lie in the document, or one with its appendices."""
    text = shadow(document)
    found = heads(head_lines(text, [page.start for page in document.pages]))
    named = [head for head in found if head.form in _GENRES and head.kind is not PartKind.APPENDIX]
    if len(named) >= 2 or (named and named[0].form == "handling" and named[0].first <= 3):
        return True
    if len(named) == 1 and named[0].form == "letterhead":
        return True  # a letter, or a form that was filled in, and what it was answered
    if len(named) == 1 and named[0].kind is PartKind.REPLY and named[0].first > _SHORT:
        return True  # what was asked has its genre in the running head
    return len(named) == 1 and named[0].first <= 3 and any(h.form == "label" for h in found)


def _cover(text: str, bounds: Sequence[int]) -> PartKind:
    """The kind of what stands before the first head: a list of contents, or nothing known."""
    lists = re.search(r"(?i)\binneh(?:åll|åller|ållsförteckning)\b", text[bounds[0] : bounds[1]])
    return PartKind.TABLE_OF_CONTENTS if lists else PartKind.OTHER


def _before_the_first(
    text: str, all_lines: Sequence[Line], found: Sequence[Cut], bounds: Sequence[int]
) -> tuple[PartKind, int]:
    """What stands before the first head, and the line that says so: a list of contents, what was
    answered below under a letterhead, or nothing known."""
    following = found[1].head if len(found) > 1 else None
    answers = following is not None and following.kind is PartKind.REPLY
    if following is not None and (answers or following.form in ("letterhead", "audit")):
        kind, genre = kind_of(text[: bounds[1]], all_lines[: found[1].first])
        if kind is PartKind.OTHER and answers:
            return PartKind.INTERPELLATION, genre
        return kind, genre
    return _cover(text, bounds[:2]), found[0].first


def parts(document: Document) -> tuple[Part, ...]:
    """The papers of a stacked case file with their records, in order, covering the whole text."""
    source = Source.of(document)
    text, all_lines = source.text, source.lines
    if not all_lines:
        return ()
    found = cuts(all_lines)
    bounds = [0, *(all_lines[cut.first].start for cut in found[1:]), len(document.text)]
    kind, genre = _before_the_first(text, all_lines, found, bounds)
    papers = [
        Paper(
            kind=kind if cut.head is None and at == 0 else cut.kind,
            first=cut.first,
            genre=cut.head.line if cut.head else (genre if at == 0 else cut.first),
            last=cut.last,
            start=bounds[at],
            end=bounds[at + 1],
        )
        for at, cut in enumerate(found)
    ]
    view = clean(document)
    built = [
        with_meeting(document, view, build(source, paper, at)) for at, paper in enumerate(papers, 1)
    ]
    return tuple(aligned(with_told_parties(text, built)))
