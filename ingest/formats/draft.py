"""A document in the making: text that grows, with marks on what has been written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from typing import TypeVar

from ingest.document import Document, Mark, MarkKind
from ingest.errors import ReadError
from ingest.formats.source import MAX_CHARACTERS, Source, title_for
from ingest.formats.text import text_marks

T = TypeVar("T")

_NO_HEADINGS_IN = (
    MarkKind.LIST_ITEM,
    MarkKind.TABLE,
    MarkKind.FURNITURE,
    MarkKind.FOOTNOTE,
    MarkKind.HEADING,
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def superscript(number: int) -> str:
    """The number as raised digits: a reference to a footnote."""
    return str(number).translate(_SUPERSCRIPT)


class Draft:
    """Collects text and marks for one document.

    Attributes:
        marks: what has been marked so far, in no order.
        length: characters written so far.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._tail = ""
        self.length = 0
        self.marks: list[Mark] = []

    def add(self, text: str) -> None:
        """Writes text as it is.

        Raises:
            ReadError: the whole has become enormous.
        """
        if not text:
            return
        self._pieces.append(text)
        self._tail = (self._tail + text)[-2:]
        self.length += len(text)
        if self.length > MAX_CHARACTERS:
            raise ReadError("the text is enormous", "Split the file.")

    def end_line(self) -> None:
        """Ends the line that is being written, if there is one."""
        if self.length and not self._tail.endswith("\n"):
            self.add("\n")

    def end_block(self) -> None:
        """Ends the line and leaves one line empty, unless one is."""
        self.end_line()
        if self.length and self._tail != "\n\n":
            self.add("\n")

    @property
    def text(self) -> str:
        """What has been written so far."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return "".join(self._pieces)

    @property
    def at_line_start(self) -> bool:
        """True if nothing stands on the line yet."""
        return not self.length or self._tail.endswith("\n")

    @property
    def text_ends_with_space(self) -> bool:
        """True if a further space would say nothing."""
        return not self.length or self._tail.endswith((" ", "\n", "\t"))

    def mark(self, kind: MarkKind, start: int, *, level: int = 0) -> None:
        """Marks what has been written since `start`."""
        if start < self.length:
            self.marks.append(Mark(kind, start, self.length, level))

    @contextmanager
    def marked(self, kind: MarkKind | None, *, level: int = 0) -> Iterator[None]:
        """Marks what is written inside the `with`; nothing for None."""
        start = self.length
        yield
        if kind:
            self.mark(kind, start, level=level)

    def table(self, rows: Iterable[Iterable[T]], write_cell: Callable[[T], object]) -> None:
        """Writes a table, a row a line, its cells divided by a tab; `write_cell` writes one."""
        self.end_line()
        with self.marked(MarkKind.TABLE):
            for row in rows:
                for i, cell in enumerate(row):
                    self.add("\t" if i else "")
                    write_cell(cell)
                self.add("\n")

    def document(
        self, source: Source, *, kind: str, title: str = "", warnings: Iterable[str] = ()
    ) -> Document:
        """The finished document. `kind`: its format; `title`: its own, if it has one.

        Raises:
            ReadError: nothing but white space was written.
        """
        text = self.text.rstrip() + "\n"
        if not text.strip():
            raise ReadError("the file holds no text", "Export it again, or remove it.")
        marks = _with_bold_headings(text, [*self._trimmed(text), *self._found(text)])
        return Document(
            file=source.file,
            digest=source.digest,
            format=kind,
            title=" ".join(title.split())[:200] or title_for(source.file, text),
            text=text,
            marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
            warnings=tuple(warnings),
        )

    def _trimmed(self, text: str) -> Iterator[Mark]:
        """The marks without the white space at their ends; emphasis that touches becomes one."""
        last: Mark | None = None
        for mark in sorted(self.marks, key=lambda mark: (mark.kind, mark.start)):
            start, end = _trim(text, mark.start, mark.end)
            if start >= end:
                continue
            trimmed = Mark(mark.kind, start, end, mark.level)
            if last and _touch(text, last, trimmed):
                last = Mark(last.kind, last.start, trimmed.end, last.level)
                continue
            if last:
                yield last
            last = trimmed
        if last:
            yield last

    def _found(self, text: str) -> Iterator[Mark]:
        """What the writer typed instead of formatting: bullets, numbers, `**bold**`."""
        known = {(mark.kind, _trim(text, mark.start, mark.end)[0]) for mark in self.marks}
        numbered = {start for kind, start in known if kind is MarkKind.HEADING}
        for mark in text_marks(text):
            listed = mark.kind is MarkKind.LIST_ITEM and mark.start in numbered
            if (mark.kind, mark.start) not in known and not listed:
                yield mark


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _touch(text: str, a: Mark, b: Mark) -> bool:
    same = a.kind is b.kind is MarkKind.EMPHASIS
    return same and not text[a.end : b.start].strip(" \t")


def _with_bold_headings(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks; emphasis that takes up a short line of its own is a heading, below all others."""
    level = 1 + max((mark.level for mark in marks if mark.kind is MarkKind.HEADING), default=0)
    inside = [m for m in marks if m.kind in _NO_HEADINGS_IN]
    starts = [m.start for m in sorted(inside, key=lambda m: m.start)]
    ends = list(accumulate((m.end for m in sorted(inside, key=lambda m: m.start)), max))

    def is_free(mark: Mark) -> bool:
        at = bisect_right(starts, mark.start) - 1
        return at < 0 or ends[at] <= mark.start

    return [
        Mark(MarkKind.HEADING, mark.start, mark.end, min(level, 6))
        if mark.kind is MarkKind.EMPHASIS and _is_line(text, mark) and is_free(mark)
        else mark
        for mark in marks
    ]


def _is_line(text: str, mark: Mark) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    alone = before in ("", "\n") and after in ("", "\n")
    words = text[mark.start : mark.end]
    return alone and len(words) <= 120 and "\n" not in words and words[-1] not in ".,;:"
