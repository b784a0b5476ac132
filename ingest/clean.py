"""Clean views of a text that keep the way back to every character.

Grammar and search read the clean view; quotes and spans are cut from the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, overload

from ingest.document import Document, MarkKind, Span

_LINE_HYPHEN = re.compile(
    r"(?<=[^\W\d_])[-\u2010](?:[ \t]*\n){1,3}[ \t]*(?=[^\W\d_A-ZÅÄÖÉÜ])"
    r"(?!(?:och|eller|samt|respektive|men|till|såväl)\b)"
)
_SILENT = re.compile(
    "[\u00ad\r\u200b\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]"  # prints nothing
    "|[\ufb00-\ufb06]"  # ligatures: ﬁ, ﬂ, ﬀ …
    "|[\u0300-\u036f]+"  # combining marks: a letter in decomposed form
)
_LEFT_OUT = (MarkKind.FURNITURE, MarkKind.DEBRIS)


class _Edit(NamedTuple):
    """What a clean view shows instead of the document's characters `[start, end)`."""

    start: int
    end: int
    shown: str


@dataclass(frozen=True, slots=True)
class Offsets(Sequence[int]):
    """For each character of a clean text, the offset it came from, kept in pieces.

    Attributes:
        clean: where each piece begins in the clean text, and the clean text's length at the end.
        starts, ends: the piece's characters in the document, half-open.
    """

    clean: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return self.clean[-1]

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        piece = bisect_right(self.clean, at) - 1
        inside = at - self.clean[piece] if self._as_written(piece) else 0
        return self.starts[piece] + inside

    def end(self, index: int) -> int:
        """One past the document's characters that the clean character stands for."""
        piece = bisect_right(self.clean, index) - 1
        end = self.starts[piece] + index - self.clean[piece] + 1
        return end if self._as_written(piece) else self.ends[piece]

    def position(self, offset: int) -> int:
        """The first clean position that stands at or after the document's `offset`."""
        piece = bisect_right(self.ends, offset)
        if piece == len(self.ends):
            return len(self)
        inside = max(0, offset - self.starts[piece])
        if inside and not self._as_written(piece):
            return self.clean[piece + 1]
        return self.clean[piece] + inside

    def between(self, low: int, high: int) -> Offsets:
        """The offsets of the clean characters `[low, high)`."""
        first, last = bisect_right(self.clean, low) - 1, bisect_left(self.clean, high)
        if low >= high:
            return Offsets((0,), (), ())
        clean = (low, *self.clean[first + 1 : last], high)
        starts, ends = list(self.starts[first:last]), list(self.ends[first:last])
        if self._as_written(last - 1):
            ends[-1] -= self.clean[last] - high
        if self._as_written(first):
            starts[0] += low - self.clean[first]
        return Offsets(tuple(at - low for at in clean), tuple(starts), tuple(ends))

    def _as_written(self, piece: int) -> bool:
        """True if the piece shows the document's own characters, one for one."""
        length = self.clean[piece + 1] - self.clean[piece]
        return length == self.ends[piece] - self.starts[piece]


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean text and, for each of its characters, the offset it came from.

    Attributes:
        text: the clean text.
        offsets: `offsets[i]` is where `text[i]` stands in the document; never decreasing, and
            equal only for the letters of one ligature.
    """

    text: str
    offsets: Offsets

    def span(self, start: int, end: int) -> Span:
        """The document's span for the clean characters `[start, end)`; `start < end`."""
        return Span(self.offsets[start], self.offsets.end(end - 1))

    def position(self, offset: int) -> int:
        """The first clean position that stands at or after `offset` in the document."""
        return self.offsets.position(offset)


def clean(document: Document, span: Span | None = None) -> Clean:
    """The clean view of a document, or of one span of it.

    Left out: furniture, debris, soft hyphens, carriage returns, what prints nothing, and the hyphen
    and line break inside a word that a line end has cut. Ligatures are spelled out and decomposed
    letters composed; the bars of a Markdown table become tabs, its `<br>` line breaks. Line breaks
    are kept: headings and lists need them.
    """
    whole = _whole(_Same(document))
    if span is None:
        return whole
    low, high = whole.offsets.position(span.start), whole.offsets.position(span.end)
    return Clean(whole.text[low:high], whole.offsets.between(low, high))


class _Same:
    """A document as a cache key, by identity: comparing by value would compare whole texts."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=4)
def _whole(same: _Same) -> Clean:
    text = same.document.text
    edits = _merged([*_mark_edits(same.document), *_letter_edits(text)])
    first = _view(text, edits)
    hyphens = [
        _Edit(first.offsets[m.start()], first.offsets[m.end() - 1] + 1, "")
        for m in _LINE_HYPHEN.finditer(first.text)
    ]
    return _view(text, _merged([*edits, *hyphens])) if hyphens else first


def _mark_edits(document: Document) -> Iterator[_Edit]:
    text = document.text
    for mark in document.marks:
        if mark.kind in _LEFT_OUT and mark.start < mark.end:
            yield _Edit(mark.start, mark.end, _shown(text, mark.start, mark.end))


def _shown(text: str, start: int, end: int) -> str:
    """What debris leaves behind: a tab for the bar between two cells, a line break for `<br>`."""
    if end - start > 40:
        return ""
    debris = text[start:end].strip()
    if debris.lower().startswith("<br"):
        return "\n"
    inside = start and text[start - 1] != "\n" and text[end : end + 1] not in ("", "\n", "\r")
    return "\t" if debris == "|" and inside else ""


def _letter_edits(text: str) -> Iterator[_Edit]:
    for match in _SILENT.finditer(text):
        start, end = match.span()
        if "\u0300" <= match[0][0] <= "\u036f":
            if start:
                yield _Edit(start - 1, end, unicodedata.normalize("NFC", text[start - 1 : end]))
        elif match[0] >= "\ufb00" and match[0] != "\ufeff":
            yield _Edit(start, end, unicodedata.normalize("NFKC", match[0]))
        else:
            yield _Edit(start, end, "")


def _merged(edits: Iterable[_Edit]) -> list[_Edit]:
    """The edits without overlaps: what lies inside another is dropped, what sticks out joins it."""
    merged: list[_Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if merged and edit.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = _Edit(last.start, max(last.end, edit.end), last.shown)
        else:
            merged.append(edit)
    return merged


def _view(text: str, edits: Sequence[_Edit]) -> Clean:
    pieces: list[str] = []
    clean, starts, ends = [0], [], []
    at = 0
    for edit in (*edits, _Edit(len(text), len(text), "")):
        for start, end, shown in ((at, edit.start, text[at : edit.start]), edit):
            if shown:
                pieces.append(shown)
                starts.append(start)
                ends.append(end)
                clean.append(clean[-1] + len(shown))
        at = edit.end
    return Clean("".join(pieces), Offsets(tuple(clean), tuple(starts), tuple(ends)))
