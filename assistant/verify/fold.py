"""Folding away what extraction does to a text, and nothing else.

Folded: Unicode composition (NFC), ligatures, soft hyphens and other characters of no width,
carriage returns, the hyphen and break inside a word that a line end has cut, page furniture.
White space is made plain but not removed; letter case, digits and punctuation stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_MARKS = ("\u0300", "\u036f")
_NO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff\r"
_DAMAGE = re.compile(
    "[\u00ad\u200b\u200c\u200d\u2060\ufeff\r\ufb00-\ufb06\u0300-\u036f\u00a0\u2000-\u200a\u202f"
    "\u205f\u3000]"
)
_LINE_HYPHEN = re.compile(
    r"(?<=[a-zåäöéü])[-\u2010](?:[ \t]*\n\s*)(?!(?:och|eller|samt|respektive)\b)(?=[a-zåäöéü])"
    r"|(?<=[A-ZÅÄÖa-zåäöéü][-\u2010])[ \t]*\n\s*(?=[A-ZÅÄÖ])"
)
_PAGE_LINE = re.compile(
    r"\n\s*(?:[Ss]id(?:a|an)?\.?\s*\d{1,4}(?:\s*(?:av|\(|/)\s*\d{1,4}\)?)?|\d{1,4} ?\(\d{1,4}\)"
    r"|<!--[^<>\n]{0,40}-->)[ \t]*(?=\n)|\f"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `offsets[i]` is where `text[i]` came from, strictly within the original."""

    text: str
    offsets: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The original's half-open range for the folded characters `[start, end)`."""
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str, skip: Sequence[tuple[int, int]] = ()) -> Folded:
    """The folded text. `skip`: half-open ranges of the text to leave out (page furniture)."""
    gone = [*skip, *(m.span() for m in _PAGE_LINE.finditer(text))]
    if not gone and not _DAMAGE.search(text) and not _LINE_HYPHEN.search(text):
        return Folded(text, range(len(text)))
    kept = _kept(text, gone)
    joined = "".join(char for char, _ in kept)
    for m in reversed(list(_LINE_HYPHEN.finditer(joined))):
        del kept[m.start() : m.end()]
    composed = _composed(kept)
    return Folded("".join(char for char, _ in composed), [at for _, at in composed])


def _kept(text: str, gone: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """The characters that stay, each with its place: ligatures in parts, white space plain."""
    out = bytearray(len(text))
    for start, end in gone:
        start, end = max(start, 0), min(end, len(text))
        out[start:end] = b"\x01" * max(end - start, 0)
    kept: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if out[at]:
            if not kept or not kept[-1][0].isspace():
                kept.append(("\n", at))
        elif char in _LIGATURES:
            kept.extend((letter, at) for letter in _LIGATURES[char])
        elif char not in _NO_WIDTH:
            kept.append((" " if char.isspace() and char not in "\n\t" else char, at))
    return kept


def _composed(kept: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Base letters and the marks that follow them, made one character where Unicode has one."""
    if not any(_MARKS[0] <= char <= _MARKS[1] for char, _ in kept):
        return kept
    composed: list[tuple[str, int]] = []
    for char, at in kept:
        if composed and char > _MARKS[0] and unicodedata.combining(char):
            whole = unicodedata.normalize("NFC", composed[-1][0] + char)
            if len(whole) == 1:
                composed[-1] = (whole, composed[-1][1])
                continue
        composed.append((char, at))
    return composed
