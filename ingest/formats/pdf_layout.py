"""From the words of a page to its text, with the way back from each character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.formats.pdf_order import Row, Word, in_order


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bold or large words in a page's text: `[start, end)`, the font size, and if it is bold."""

    start: int
    end: int
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's text in reading order.

    Attributes:
        text: rows end with a line break; an empty line stands where the page leaves a gap.
        starts, chars: `text[starts[k]:]` begins with the page's own character `chars[k]`; the
            pieces are words.
        styles: the words' sizes and weights, in order.
        tables: half-open ranges of rows with several cells.
    """

    text: str
    starts: tuple[int, ...]
    chars: tuple[int, ...]
    lengths: tuple[int, ...]
    styles: tuple[Stretch, ...]
    tables: tuple[tuple[int, int], ...]

    def characters(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The page's own characters behind `text[start:end]`, a half-open range for each word."""
        first = max(0, bisect_right(self.starts, start) - 1)
        for at, char, length in zip(
            self.starts[first:], self.chars[first:], self.lengths[first:], strict=True
        ):
            if at >= end:
                return
            low, high = max(start, at), min(end, at + length)
            if low < high:
                yield char + low - at, char + high - at


def lay_out(words: Sequence[Word]) -> PageText:
    """The page's text in reading order."""
    return _written(in_order(words))


def _written(rows: Sequence[Row]) -> PageText:
    pieces: list[str] = []
    starts: list[int] = []
    words: list[Word] = []
    tables: list[tuple[int, int]] = []
    at, usual = 0, _usual_pitch(rows)
    for k, row in enumerate(rows):
        begin = at
        for i, run in enumerate(row):
            for j, word in enumerate(run.words):
                space = "" if not (i or j) else ("\t" if not j else _space(run.words[j - 1], word))
                pieces += (space, word.text)
                starts.append(at + len(space))
                words.append(word)
                at += len(space) + len(word.text)
        if len(row) > 1:
            tables.append((begin, at))
        if k + 1 < len(rows):
            pieces.append("\n\n" if _is_gap(row, rows[k + 1], usual) else "\n")
            at += len(pieces[-1])
    text = "".join(pieces)
    return PageText(
        text=text,
        starts=tuple(starts),
        chars=tuple(word.start for word in words),
        lengths=tuple(len(word.text) for word in words),
        styles=tuple(
            Stretch(start, start + len(word.text), word.size, word.bold)
            for start, word in zip(starts, words, strict=True)
        ),
        tables=tuple(_joined_tables(text, tables)),
    )


def _space(last: Word, word: Word) -> str:
    """Nothing where the PDF draws one word in two goes or a raised number ends it, else a space."""
    closes = last.text[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹" and word.text[0] in ".,;:)" and word.fresh
    return "" if closes or word.start == last.end else " "


def _usual_pitch(rows: Sequence[Row]) -> float:
    pitches = [a[0].bottom - b[0].bottom for a, b in pairwise(rows)]
    return median([pitch for pitch in pitches if 4 < pitch < 40] or [14.0])


def _is_gap(row: Row, following: Row, usual: float) -> bool:
    pitch = row[0].bottom - following[0].bottom
    size = max(row[0].words[0].size, following[0].words[0].size)
    return pitch > 1.35 * usual and pitch > 1.5 * size


def _joined_tables(text: str, rows: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Rows of cells that follow each other, two or more, as one range."""
    start, end, count = -1, -1, 0
    for low, high in rows:
        if start >= 0 and not text[end:low].strip() and low - end <= 2:
            end, count = high, count + 1
            continue
        if count > 1:
            yield start, end
        start, end, count = low, high, 1
    if count > 1:
        yield start, end
