"""Lines of a text as page furniture sees them: what they look like, and what page they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 160
"""A longer line is no running head."""

_PAGE_NUMBER = re.compile(
    r"(?:^|(?<=[\s|·•,-]))(?:"
    r"(?:sid(?:a|an|nr)?|page)[.:]?\s*(?P<a>\d{1,4})(?:\s*(?:av|of|[/(])\s*(?P<am>\d{1,4})\)?)?"
    r"|(?P<b>\d{1,4}) ?\((?P<bm>\d{1,4})\)"
    r"|(?P<c>\d{1,4}) (?:av|of) (?P<cm>\d{1,4})"
    r")$",
    re.IGNORECASE,
)
_LEADING_NUMBER = re.compile(r"^(\d{1,4}) ?(?:\((\d{1,4})\)|/ ?(\d{1,4}))(?=$|\s)")
BARE_NUMBER = re.compile(r"[-–—|\s]*(\d{1,4})[-–—|\s]*")
_DIGITS = re.compile(r"\d+")
_IDENTITY = re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])\w{10,}\b")


class Line(NamedTuple):
    """A line with words on it: where its words stand, and what it looks like, digits masked."""

    start: int
    end: int
    text: str
    key: str


def lines_of(text: str) -> Iterator[Line]:
    """The lines that hold words, in order."""
    at = 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = at + raw.index(words[0])
            yield Line(start, start + len(words), words, _key(words))
        at += len(raw) + 1


def _key(words: str) -> str:
    """What a line looks like: case folded, digits and identities masked; "" for a long line."""
    if len(words) > LONGEST:
        return ""
    masked = _DIGITS.sub("#", _IDENTITY.sub("#", words))
    return " ".join(masked.casefold().split())


def page_number(words: str) -> tuple[int, int | None] | None:
    """The page number a line ends or begins with, and how many pages there are, if it says so."""
    if len(words) > LONGEST:
        return None
    match = _PAGE_NUMBER.search(words)
    if match:
        found = [match[name] for name in ("a", "b", "c")]
        totals = [match[name] for name in ("am", "bm", "cm")]
    else:
        match = _LEADING_NUMBER.match(words)
        if not match:
            return None
        found, totals = [match[1]], [match[2], match[3]]
    number = int(next(filter(None, found)))
    total = next(map(int, filter(None, totals)), None)
    return (number, total) if total is None or 1 <= number <= total else None
