"""Does a citation, or a retrieved passage, cover a gold passage? Offsets decide, never likeness.

Text is compared *squeezed*: white space, hyphens and invisible characters taken out and what
remains in Unicode form NFC. A quote copied from a PDF's page and the text that another reader made
of the same page then agree, line-end hyphens included, while no letter or digit is ever folded
away. This only finds the place; whether a citation is verbatim is asked of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eval.cases import Gold
from ingest.document import Document, Span

MIN_SHARE = 0.5
"""Share of the gold quote's words that citations must hold to cover it."""
MIN_WORDS_INSIDE = 4
"""Words that a citation must hold to cover a quote which it lies wholly inside."""
MAX_CITATION = 3000
"""A longer citation, in characters, points at a paper, not a place, and covers nothing."""

_DROPPED = r"\s\-\u00ad\u2010\u2011\u200b-\u200d\u2060\ufeff\ufffe\x00-\x1f"
_KEPT = re.compile(rf"[^{_DROPPED}]+")
_CLUSTER = re.compile(rf"[^{_DROPPED}\u0300-\u036f][\u0300-\u036f]*")
_WORD = re.compile(r"\S+")
_SECTION = re.compile(
    # "§ 12", "Ks § 12", "KSN 2024-00123 § 45", "### § 7": the heading of a §, no reference to one
    r"^[ \t#*]*(?:[A-ZÅÄÖ]\w{1,5}[ \t]+(?:[\d/-]+[ \t]+)?)?§[ \t]*(\d+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without its white space and hyphens, and where each character left stood.

    `starts[i]` and `ends[i]` are the half-open offsets of `text[i]` in the original.
    """

    text: str
    starts: array[int]
    ends: array[int]


@lru_cache(maxsize=64)
def squeeze(text: str) -> Squeezed:
    """`text` without white space, hyphens and invisible characters, in NFC."""
    out: list[str] = []
    starts = array("L")
    ends = array("L")
    if unicodedata.is_normalized("NFC", text):
        for run in _KEPT.finditer(text):
            out.append(run.group())
            starts.extend(range(run.start(), run.end()))
            ends.extend(range(run.start() + 1, run.end() + 1))
        return Squeezed("".join(out), starts, ends)
    for found in _CLUSTER.finditer(text):
        for letter in unicodedata.normalize("NFC", found.group()):
            out.append(letter)
            starts.append(found.start())
            ends.append(found.end())
    return Squeezed("".join(out), starts, ends)


def same_file(one: str, other: str) -> bool:
    """True if one path is a suffix of the other, whole path elements compared."""
    left, right = _elements(one), _elements(other)
    shorter = min(len(left), len(right))
    return shorter > 0 and left[-shorter:] == right[-shorter:]


@lru_cache(maxsize=8192)
def occurrences(quote: str, text: str) -> tuple[Span, ...]:
    """Every place in `text` where `quote` stands, white space and hyphens apart, by start."""
    needle = squeeze(quote).text
    if not needle:
        return ()
    hay = squeeze(text)
    spans: list[Span] = []
    at = hay.text.find(needle)
    while at >= 0:
        spans.append(Span(hay.starts[at], hay.ends[at + len(needle) - 1]))
        at = hay.text.find(needle, at + 1)
    return tuple(spans)


def places(gold: Gold, document: Document) -> tuple[Span, ...]:
    """Where the gold quote stands in the document: on its page and in its § where they are given.

    The § narrows a quote that is found several times; where no line of the text names the §, every
    occurrence counts, since not every format writes the sign at the beginning of a line.
    """
    found = occurrences(gold.quote, document.text)
    if gold.page is not None:
        found = tuple(span for span in found if document.page_at(span.start) == gold.page)
    if gold.section is None or len(found) < 2:
        return found
    wanted = re.sub(r"\D", "", gold.section)
    within = tuple(span for span in found if _section_at(document.text, span.start) == wanted)
    return within or found


def covers(spans: Sequence[Span], place: Span, text: str) -> bool:
    """True if citations at `spans` show the gold passage at `place`.

    Either they hold, together, at least half of its words, or one of them lies wholly inside it
    and holds at least four words (a sentence taken from a long gold passage).
    """
    cited = [span for span in spans if 0 < len(span) <= MAX_CITATION]
    if shared_words(cited, place, text) >= MIN_SHARE:
        return True
    return any(
        place.holds(span) and len(_WORD.findall(text[span.start : span.end])) >= MIN_WORDS_INSIDE
        for span in cited
    )


def shared_words(spans: Sequence[Span], place: Span, text: str) -> float:
    """Share (0–1) of the words at `place` that lie inside the union of `spans`."""
    words = [Span(w.start(), w.end()) for w in _WORD.finditer(text, place.start, place.end)]
    if not words:
        return 0.0
    joined = union(spans)
    return sum(any(span.holds(word) for span in joined) for word in words) / len(words)


def holds_all(spans: Iterable[Span], place: Span, text: str) -> bool:
    """True if every letter at `place` lies inside the union of `spans`.

    Neighbouring passages may hold it together; the white space between them is nobody's.
    """
    joined = union(spans)
    words = _WORD.finditer(text, place.start, place.end)
    inside = [_letters_inside(Span(w.start(), w.end()), joined) for w in words]
    return bool(inside) and all(inside)


def union(spans: Iterable[Span]) -> list[Span]:
    """The spans merged where they touch or overlap, by start."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _letters_inside(word: Span, joined: Sequence[Span]) -> bool:
    inside = sum(max(0, min(word.end, span.end) - max(word.start, span.start)) for span in joined)
    return inside == len(word)


def _section_at(text: str, offset: int) -> str | None:
    """Number of the last § that began a line before `offset`."""
    last = None
    for found in _SECTION.finditer(text, 0, offset):
        last = found.group(1)
    return last


def _elements(path: str) -> list[str]:
    return [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
