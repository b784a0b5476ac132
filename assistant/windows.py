"""Reading windows: the surroundings of a passage, as an exact span."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.passages import Passage
from ingest.tokens import count
from vectorstore.stored import Stored

WINDOW_TOKENS = 480
"""How much of a part is read around a passage, in cl100k tokens."""
_MOST_LETTERS = 6
"""No Swedish text has more characters to a token: longer ones need not be counted."""


@dataclass(frozen=True, slots=True)
class Window:
    """`text == document.text[start:end]`."""

    file: str
    start: int
    end: int
    text: str


def window(stored: Stored, passage: Passage, tokens: int = WINDOW_TOKENS) -> Window:
    """The passage's part where it is short enough, else as much of it as fits, paragraph by
    paragraph to both sides of the passage."""
    text = stored.document.text
    part = stored.part_at(passage.start)
    low, high = (part.start, part.end) if part else (passage.start, passage.end)
    if high - low <= _MOST_LETTERS * tokens and count(text[low:high]) <= tokens:
        return _made(passage.file, text, low, high)
    start, end = passage.start, passage.end
    used = count(text[start:end])
    # No token reaches over a blank line: a window has as many as its paragraphs together.
    while used < tokens:
        steps = [(_before(text, start, low), start), (end, _after(text, end, high))]
        # The shorter step first: the window grows evenly on both sides.
        for left, right in sorted(steps, key=lambda step: step[1] - step[0]):
            if left < right and used + (more := count(text[left:right])) <= tokens:
                start, end, used = min(start, left), max(end, right), used + more
                break
        else:
            break
    return _made(passage.file, text, start, end)


def _made(file: str, text: str, start: int, end: int) -> Window:
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    end -= len(body) - len(body.rstrip())
    end = max(start, end)
    return Window(file, start, end, text[start:end])


def _before(text: str, start: int, low: int) -> int:
    """Where the paragraph before `start` begins."""
    at = len(text[low:start].rstrip()) + low
    cut = text.rfind("\n\n", low, at)
    return low if cut == -1 else cut + 2


def _after(text: str, end: int, high: int) -> int:
    """Where the paragraph after `end` ends."""
    at = high - len(text[end:high].lstrip())
    cut = text.find("\n\n", at, high)
    return high if cut == -1 else cut
