"""Raised digits: a reference to a footnote is written as one, so that "2010¹" is no year 20101."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ingest.formats.pdf_boxes import Place, is_raised

SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def with_raised(
    text: str, start: int, end: int, word: str, place_of: Callable[[int], Place]
) -> str:
    """The word, its first or last digits as superscript where the page raises them.

    `text` is the page's and the word stands at `[start, end)` in it; `word` is what is written for
    it, as long. `place_of` tells where a character stands.
    """
    place = place_of(start)
    at = end
    while at > start + 1 and text[at - 1].isdecimal() and is_raised(place_of(at - 1), place):
        at -= 1
    first = start
    if at == end:
        first += len(word) - len(word.lstrip("0123456789"))
        first = first if first < end and is_raised(place, place_of(first)) else start
    if word.isdecimal() and at == end and _stands_raised(text, start, end, place_of):
        at = start
    lead, tail = first - start, at - start
    return word[:lead].translate(SUPERSCRIPT) + word[lead:tail] + word[tail:].translate(SUPERSCRIPT)


def _stands_raised(text: str, start: int, end: int, place_of: Callable[[int], Place]) -> bool:
    """True if a number on its own is raised above the word that follows it."""
    following = end
    while following < len(text) and following < end + 3 and text[following] in " \r\n":
        following += 1
    if end - start > 2 or following >= len(text) or not text[following].isalpha():
        return False
    return is_raised(place_of(start), place_of(following))
