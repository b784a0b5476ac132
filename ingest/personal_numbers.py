"""Personnummer and samordningsnummer: found by form, date and check digit, and masked in place."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace

from ingest.document import Document, Span

MASK = "X"
"""What stands for a digit; one for one, so that no offset moves."""
_FORM = re.compile(
    r"(?<![\d.,/-])(?P<century>18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:[ \t]?[-+\u2010-\u2015\u2212][ \t]?\n?|[ \t])?(?P<last>\d{4})(?![\d]|[.,/-]\d)"
)
_COORDINATION = 60
"""Added to the day in a samordningsnummer (lag 2022:1697 om samordningsnummer)."""


def find_personal_numbers(text: str) -> list[Span]:
    """Where personal numbers stand, in order: a date that there is, and a right check digit.

    About one in ten other numbers of the same form and with a possible date passes for one.
    """
    found = (m for m in _FORM.finditer(text) if _is_date(m) and _is_checked(m))
    return [Span(m.start(), m.end()) for m in found]


def masked(document: Document) -> tuple[Document, int]:
    """The document with the digits of personal numbers masked, and how many numbers it held.

    Text, title and nothing else change, and the text keeps its length: every span stays exact.
    """
    spans = find_personal_numbers(document.text)
    title = _masked(document.title)
    if not spans and title == document.title:
        return document, 0
    return replace(document, text=_masked(document.text), title=title), len(spans)


def _masked(text: str) -> str:
    pieces: list[str] = []
    at = 0
    for span in find_personal_numbers(text):
        pieces += (text[at : span.start], re.sub(r"\d", MASK, text[span.start : span.end]))
        at = span.end
    return "".join([*pieces, text[at:]])


def _is_date(match: re.Match[str]) -> bool:
    month, day = int(match["month"]), int(match["day"])
    day -= _COORDINATION if day > _COORDINATION else 0
    years = (match["century"],) if match["century"] else ("19", "20")
    return 1 <= month <= 12 and any(
        1 <= day <= monthrange(int(century + match["year"]), month)[1] for century in years
    )


def _is_checked(match: re.Match[str]) -> bool:
    """Luhn's check over the ten digits (Skatteverket, SKV 704)."""
    digits = "".join((match["year"], match["month"], match["day"], match["last"]))
    doubled = (int(d) * (2 - n % 2) for n, d in enumerate(digits))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
