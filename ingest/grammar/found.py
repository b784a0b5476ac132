"""Base of what the grammar finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something at the half-open range `[start, end)` of the text that was searched."""

    start: int
    end: int


def near(
    pattern: re.Pattern[str],
    cue: re.Pattern[str],
    text: str,
    start: int = 0,
    end: int | None = None,
    *,
    before: int,
    after: int,
) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text, start, end)` finds, looked for only near a cheap cue.

    Every match must hold a match of `cue` that begins at most `before` characters after the
    match's start and ends at most `after` characters before its end. Long papers hold few of most
    things, and a pattern that begins with a choice is tried at every character; a cue that begins
    with a letter or a digit is not.
    """
    stop = len(text) if end is None else min(end, len(text))
    for left, right in _windows(cue, text, start, stop, before, after):
        yield from pattern.finditer(text, left, right)


def _windows(
    cue: re.Pattern[str], text: str, start: int, stop: int, before: int, after: int
) -> Iterator[tuple[int, int]]:
    """The characters round each cue to the end of a word, those that meet made one."""
    left = right = -1
    for hit in cue.finditer(text, start, stop):
        if hit.end() + after <= right:
            continue
        begins = max(start, hit.start() - before)
        if begins > right >= 0:
            yield left, right
        left = begins if begins > right else left
        blank = _BLANK.search(text, min(hit.end() + after, stop), stop)
        right = blank.start() if blank else stop
    if right >= 0:
        yield left, right
