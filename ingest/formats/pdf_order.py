"""Reading order: from the words of a page, with their places, to its rows.

PDF text comes in the order in which it was drawn. That is nearly always the order in which it is
read, so it is kept, except where the page itself shows that it is wrong: where a line stands above
the one before it, or where two columns were drawn line by line across the gutter.

Coordinates are in points with y upwards, turned so that the text runs to the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_GUTTER = 9.0
"""A white strip at least this wide, in points, may divide columns."""
_MOST_RUNS = 1500
"""A page with more pieces of text than this is a map or a drawing; it keeps the order drawn."""
_MOST_ROWS = 150
"""Rows of a page that may share a gutter; more would be no prose."""
_BULLET = re.compile(
    r"(?:[-–−•·▪●○◦*o§\uf0b7\uf0a7\uf0d8]|[⁰¹²³⁴-⁹]+|\(?(?:\d{1,3}(?:\.\d{1,2})*|[a-z])[.):]?)$"
)


class Word(NamedTuple):
    """A word: its characters `[start, end)` in the page's own order, its box, size and weight."""

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    fresh: bool
    """True if the PDF breaks the line before it."""
    text: str
    turn: int
    """How often it is turned left by 90 degrees against the page's own axes."""


class Run(NamedTuple):
    """Words that follow each other on a line without a wide gap."""

    words: tuple[Word, ...]
    left: float
    bottom: float
    right: float
    top: float

    @property
    def length(self) -> int:
        return sum(len(word.text) + 1 for word in self.words) - 1


Row = list[Run]


def in_order(words: Sequence[Word]) -> list[Row]:
    """The page's rows in reading order; words turned sideways come last, as they were drawn."""
    turn = words[0].turn if words else 0
    runs = list(_runs([word for word in words if word.turn == turn]))
    if _is_disordered(runs):
        runs = _with_edges_in_place(runs)
    if len(runs) <= _MOST_RUNS and _is_disordered(runs):
        runs = list(_cut(runs))
    rows = list(_across_columns(list(_rows(runs))))
    aside = [[_run(line)] for line in _drawn([word for word in words if word.turn != turn])]
    return [*rows, *aside]


# --- Runs and rows -------------------------------------------------------------------------------


def _runs(words: Sequence[Word]) -> Iterator[Run]:
    run: list[Word] = []
    for word in words:
        if run and not _continues(run, word):
            yield _run(run)
            run = []
        run.append(word)
    if run:
        yield _run(run)


def _drawn(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words at the page's edge, turned sideways: the lines as they were drawn."""
    line: list[Word] = []
    for word in words:
        if line and word.fresh:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _continues(run: Sequence[Word], word: Word) -> bool:
    last = run[-1]
    if not _same_line(last, word):
        return False
    gap, size = word.left - last.right, max(last.size, word.size, 4.0)
    bullet = len(run) == 1 and _BULLET.match(last.text)
    return -size < gap < size * (5.0 if bullet else 1.6)


def _same_line(a: Word | Run, b: Word | Run) -> bool:
    shared = min(a.top, b.top) - max(a.bottom, b.bottom)
    return shared > 0.5 * max(0.1, min(a.top - a.bottom, b.top - b.bottom))


def _run(words: Sequence[Word]) -> Run:
    return Run(
        tuple(words),
        min(word.left for word in words),
        min(word.bottom for word in words),
        max(word.right for word in words),
        max(word.top for word in words),
    )


def _rows(runs: Sequence[Run]) -> Iterator[Row]:
    """Runs side by side that follow each other become one row."""
    row: Row = []
    for run in runs:
        if row and not (_same_line(row[-1], run) and run.left >= row[-1].right - 1.0):
            yield row
            row = []
        row.append(run)
    if row:
        yield row


# --- Order ---------------------------------------------------------------------------------------


def _is_disordered(runs: Sequence[Run]) -> bool:
    """True if a run stands above one of the runs shortly before it, in the same column."""
    for i, run in enumerate(runs):
        for earlier in runs[max(0, i - 40) : i]:
            if run.bottom >= earlier.top - 1.0 and _share_column(run, earlier):
                return True
    return False


def _with_edges_in_place(runs: Sequence[Run]) -> list[Run]:
    """Feet drawn before the rest of the page go last, heads drawn after it go first."""
    lowest = list(accumulate(reversed([run.bottom for run in runs]), min))[::-1]
    feet = 0
    for i in range(len(runs) - 1):
        if max(run.top for run in runs[: i + 1]) <= lowest[i + 1] + 1.0:
            feet = i + 1
        elif i > 30:
            break
    body = list(runs[feet:])
    highest = list(accumulate((run.top for run in body), max))
    heads = len(body)
    for i in range(len(body) - 1, 0, -1):
        if min(run.bottom for run in body[i:]) >= highest[i - 1] - 1.0:
            heads = i
        elif i < len(body) - 30:
            break
    return [*body[heads:], *body[:heads], *runs[:feet]]


def _share_column(a: Run, b: Run) -> bool:
    shared = min(a.right, b.right) - max(a.left, b.left)
    return shared > 0.25 * max(1.0, min(a.right - a.left, b.right - b.left))


def _cut(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs top to bottom, column by column where a gutter divides prose."""
    strips: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.top):
        if strips and run.top > min(other.bottom for other in strips[-1]) + 0.5:
            strips[-1].append(run)
        else:
            strips.append([run])
    group: list[Run] = []
    for strip in strips:
        if group and not _columns([*group, *strip]):
            yield from _in_columns(group)
            group = []
        group.extend(strip)
    yield from _in_columns(group)


def _in_columns(runs: Sequence[Run]) -> Iterator[Run]:
    columns = _columns(runs)
    if columns and len(columns) > 1:
        for column in columns:
            yield from _in_columns(column)
    else:
        yield from _row_by_row(runs)


def _row_by_row(runs: Sequence[Run]) -> list[Run]:
    ordered: list[Run] = []
    left = sorted(runs, key=lambda run: (-run.top, run.left))
    while left:
        head = left[0]
        beside = [run for run in left if _same_line(head, run)]
        ordered += sorted(beside, key=lambda run: run.left)
        chosen = {id(run) for run in beside}
        left = [run for run in left if id(run) not in chosen]
    return ordered


def _columns(runs: Sequence[Run]) -> list[list[Run]] | None:
    """The runs divided at a gutter; None where there is none, or cells beside it."""
    by_left = sorted(runs, key=lambda run: run.left)
    reach = by_left[0].right
    for k, run in enumerate(by_left):
        if run.left - reach >= _GUTTER:
            sides = [by_left[:k], by_left[k:]]
            if all(_is_prose(side) for side in sides):
                return sides
        reach = max(reach, run.right)
    return None


def _is_prose(runs: Sequence[Run]) -> bool:
    """True for lines that fill a column, False for the cells of a table."""
    width = max(run.right for run in runs) - min(run.left for run in runs)
    filled = sum(run.right - run.left > 0.7 * width for run in runs)
    return sum(run.length for run in runs) >= 22 * len(runs) and filled >= 0.4 * len(runs)


def _across_columns(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows; where a stretch of them runs across a gutter between two columns of prose, the
    left column first."""
    at = 0
    while at < len(rows):
        end, gutter = _stretch(rows, at)
        if gutter and _two_columns(rows[at:end], gutter):
            middle = sum(gutter) / 2
            left = [[run for run in row if run.left < middle] for row in rows[at:end]]
            right = [[run for run in row if run.left >= middle] for row in rows[at:end]]
            yield from filter(None, left)
            yield from _across_columns([row for row in right if row])
            at = end
        else:
            yield rows[at]
            at += 1


def _stretch(rows: Sequence[Row], at: int) -> tuple[int, tuple[float, float] | None]:
    """How far the rows from `at` on share a gutter, and that gutter (left, right)."""
    if len(rows[at]) < 2:
        return at, None
    low, high = max(
        ((a.right, b.left) for a, b in pairwise(rows[at])), key=lambda gap: gap[1] - gap[0]
    )
    end = at
    for row in rows[at : at + _MOST_ROWS]:
        inside = [run for run in row if run.left < high and run.right > low]
        new_low = max([low, *(run.right for run in inside if run.left < low)])
        new_high = min([high, *(run.left for run in inside if run.left >= low)])
        if new_high - new_low < _GUTTER:
            break
        low, high = new_low, new_high
        end += 1
    return end, (low, high)


def _two_columns(rows: Sequence[Row], gutter: tuple[float, float]) -> bool:
    """True if both sides of the gutter are filled lines of prose, not cells of a table."""
    both = [row for row in rows if len(row) > 1]
    if len(both) < 4:
        return False
    middle = sum(gutter) / 2
    for side in (
        [run for row in rows for run in row if run.left < middle],
        [run for row in rows for run in row if run.left >= middle],
    ):
        if not side or not _is_prose(side):
            return False
    return True
