"""Dates as Swedish papers write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.grammar.found import Found, near

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH = "|".join((*MONTHS, r"sept\b\.?", *(name[:3] + r"\b\.?" for name in MONTHS)))
_DATE = re.compile(
    r"(?<![\d-])(?P<y1>(?:19|20)\d\d)[-‐–](?P<m1>\d\d)[-‐–](?P<d1>\d\d)(?!\d)"
    rf"|(?<![\d-])(?P<d2>\d{{1,2}})(?:\s*:?[ae])?\s+(?P<m2>{_MONTH})(?:\s+(?P<y2>(?:19|20)\d\d))?"
    rf"(?!\w)"
    rf"|\b(?P<m3>{'|'.join(MONTHS)})\s+(?P<y3>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d-])(?P<d4>\d{1,2})/(?P<m4>\d{1,2})[ -](?P<y4>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d-])(?P<y5>20\d\d)(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
_DATE_CUE = re.compile(
    r"(?:19|20)\d\d|\d(?:\s*:?[aeAE])?\s+(?:ja|fe|ma|ap|ju|au|se|ok|no|de)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate(Found):
    """A date. `iso`: "2023-01-26", or "2023-01" for a month, or "01-26" where no year is known."""

    iso: str


def find_dates(text: str, year: int | None = None) -> list[FoundDate]:
    """Every date in order. `year` completes "den 26 januari", where no year is written.

    Impossible dates ("31 juni 2024") are left out.
    """
    found = []
    for m in near(_DATE, _DATE_CUE, text, before=20, after=40):
        iso = _iso(m, year)
        if iso:
            found.append(FoundDate(start=m.start(), end=m.end(), iso=iso))
    return found


def first_date(text: str, year: int | None = None) -> str | None:
    """The first complete date in ISO form, or None."""
    return next((found.iso for found in find_dates(text, year) if len(found.iso) == 10), None)


def _iso(m: re.Match[str], year: int | None) -> str | None:
    groups = {key[0]: value for key, value in m.groupdict().items() if value}
    month = _month(groups["m"])
    written = int(groups["y"]) if "y" in groups else year
    if "d" not in groups:
        return f"{written}-{month:02}"
    day = int(groups["d"])
    try:
        date(written or 2024, month, day)
    except ValueError:
        return None
    return f"{written}-{month:02}-{day:02}" if written else f"{month:02}-{day:02}"


def _month(word: str) -> int:
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    word = word.casefold().rstrip(".")
    return _SHORT.get(word) or _SHORT[word[:3]]
