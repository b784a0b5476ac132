"""The text as the grammar of papers reads it: same length, furniture and debris blanked out.

Because nothing is moved, an offset found here is an offset in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ingest.document import Document, MarkKind, Span

_BLANKED = (MarkKind.FURNITURE, MarkKind.DEBRIS)
_ODD_SPACES = "\u00a0\u00ad\u200b\ufeff\u2007\u202f\t\r\f\v"
_WRAP = re.compile(r"(?m)^((?=[^\n]*\S)[^\n]*+)\n(?=(\S[^\n]*+))")
# An att-sats or a point of a list begins a line of its own, however its line begins.
_LIST_ITEM = re.compile(
    r"(?i:att)\b|[-–•·▪*\uf0b7]|\(?(?:\d{1,2}|[a-z])[.)]\s|§|\d+ ?§|samt\s*$|och\s*$"
)
_COLUMNS = re.compile(r"\S {3,}\S")
# "så | att", "genom | att": an att-clause inside a sentence, cut by the end of a line.
_HALF = re.compile(r"\b(?:så|genom|för|om|utan|av|på|innebär|uppdrag|innebära)\s*$")
_FULL = 60
_LINE = re.compile(r"[^\n]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something.

    Attributes:
        start, end: from its first to after its last character that is not white space.
        text: the line on one line, each run of white space one space.
        gap: how many line breaks stand before it; `NEW_PAGE` where a page begins.
    """

    start: int
    end: int
    text: str
    gap: int = 0


NEW_PAGE = 99

_EMPTY = re.compile(r"\n[ \t]*\n")
_HEAD = 400
"""The running head that a document begins with is shorter, in characters."""


def shadow(document: Document, *, headed: bool = False) -> str:
    """The document's text, as long as it is, with everything blanked that is no word of the paper.

    Furniture, debris, soft hyphens, form feeds and odd spaces become spaces; so does a line break
    inside a paragraph, so that one line is one heading, one point or one paragraph.

    Args:
        headed: True where the running head stays that the document begins with: on its first page
            it says whose paper it is, and of which day.
    """
    text = document.text
    kept = _first_line(text) if headed else 0
    pieces: list[str] = []
    at = 0
    for mark in document.marks:
        if mark.kind in _BLANKED and mark.end > max(at, kept):
            start = max(mark.start, at, kept)
            pieces += (text[at:start], " " * (mark.end - start))
            at = mark.end
    pieces.append(text[at:])
    plain = "".join(pieces)[: len(text)]
    for odd in _ODD_SPACES:
        plain = plain.replace(odd, " ")
    return _WRAP.sub(_joined, plain)


def _first_line(text: str) -> int:
    """The end of the first lines of a text, up to the first empty one."""
    opened = len(text) - len(text.lstrip())
    blank = _EMPTY.search(text, opened, opened + _HEAD)
    return blank.start() if blank else 0


def _joined(match: re.Match[str]) -> str:
    """A line and its break; the break a space where the next line only goes on with this one."""
    line, following = match[1], match[2]
    if (
        _COLUMNS.search(line)
        or (_LIST_ITEM.match(following) and not _HALF.search(line))
        or line.rstrip().endswith((":", "____", "----"))
    ):
        return match[0]
    flows = following[0].islower() or (len(line) >= _FULL and line.rstrip()[-1] not in ".!?;")
    return line + (" " if flows else "\n")


def one_line(text: str) -> str:
    """The text with each run of white space made into one space."""
    return _SPACES.sub(" ", text).strip()


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; empty at `start` if nothing else is there."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (
        Span(start + left, start + left + len(piece.strip()))
        if piece.strip()
        else Span(start, start)
    )


def lines(text: str, start: int = 0, end: int | None = None) -> tuple[Line, ...]:
    """The lines of `text[start:end]` that hold something, in order."""
    found = []
    before = start
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        span = trimmed(text, match.start(), match.end())
        if span.start == span.end:
            continue
        gap = text.count("\n", before, span.start)
        found.append(Line(span.start, span.end, one_line(text[span.start : span.end]), gap))
        before = span.end
    return tuple(found)


def line_at(all_lines: tuple[Line, ...], offset: int) -> int:
    """The index of the last line that starts at or before `offset`; 0 where there is none."""
    return max(bisect_right(all_lines, offset, key=lambda line: line.start) - 1, 0)
