"""Quotations: whether they stand where they are said to stand, and where they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.verify.fold import Folded, fold
from assistant.verify.source import Fault
from ingest.document import Document, MarkKind, Span

_SHORTEST_WORDS = 3
_SHORTEST_LETTERS = 12
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "»": '"', "«": '"', "’": "'", "‘": "'"})
_INNER_HYPHEN = re.compile(r"(?<=[a-zåäöé])\\-(?=[a-zåäöé])")


def means_something(quote: str) -> bool:
    """False for a quotation too short to show anything: "och", "avslås", "§ 3"."""
    words = [word for word in re.findall(r"[^\W_]+", quote) if not word.isdigit()]
    return len(words) >= _SHORTEST_WORDS and sum(map(len, words)) >= _SHORTEST_LETTERS


def check_quote(
    quote: str, document: Document, start: int, end: int, page: int | None
) -> Fault | None:
    """None if the quotation is exactly what the document holds at `[start, end)`, on that page.

    Otherwise why not: EMPTY, OFFSETS (out of bounds), QUOTE (other words), PAGE, TOO_SHORT.
    """
    if not quote.strip():
        return Fault.EMPTY
    if not 0 <= start < end <= len(document.text):
        return Fault.OFFSETS
    if document.text[start:end] != quote:
        return Fault.QUOTE
    if document.page_at(start) != page:
        return Fault.PAGE
    return None if means_something(quote) else Fault.TOO_SHORT


def find_quote(
    quote: str,
    text: str,
    near: int | Span | None = None,
    furniture: tuple[Span, ...] = (),
) -> Span | None:
    """Where in `text` the quotation stands, or None.

    Tolerates the damage of extraction on either side and nothing else: not one letter, digit or
    mark of punctuation may differ. Of several occurrences the one inside or nearest to `near`
    (an offset or a span) is given; without `near`, a quotation that occurs twice is ambiguous and
    None is given. A quotation too short to mean anything is nowhere.
    """
    if not means_something(quote):
        return None
    folded = _folded(text, tuple((span.start, span.end) for span in furniture))
    pattern = _pattern(fold(quote).text)
    found = [Span(*folded.origin(*m.span())) for m in pattern.finditer(folded.text)]
    if not found or (near is None and len(found) > 1):
        return None
    return found[0] if near is None else min(found, key=lambda span: _distance(span, near))


def furniture_of(document: Document) -> tuple[Span, ...]:
    """The spans of a document that no quotation holds, even where it runs across them."""
    return tuple(
        Span(mark.start, mark.end)
        for mark in document.marks
        if mark.kind in (MarkKind.FURNITURE, MarkKind.DEBRIS)
    )


@lru_cache(maxsize=64)
def _folded(text: str, skip: tuple[tuple[int, int], ...]) -> Folded:
    folded = fold(text, skip)
    return Folded(folded.text.translate(_MARKS), folded.offsets)


def _pattern(quote: str) -> re.Pattern[str]:
    """The quotation with white space of any kind and length between its words.

    A hyphen between small letters may be gone: nobody can tell "e-förslag" cut at a line end from
    "eförslag" cut there.
    """
    words = (re.escape(word) for word in quote.translate(_MARKS).split())
    body = _INNER_HYPHEN.sub("-?", r"\s+".join(words))
    return re.compile(rf"(?<!\w){body}(?!\w)")


def _distance(span: Span, near: int | Span) -> int:
    if isinstance(near, int):
        return abs(span.start - near)
    return 0 if near.holds(span) else max(near.start - span.start, span.end - near.end)
