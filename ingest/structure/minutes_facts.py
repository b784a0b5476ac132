"""Dates, sums and references that a § states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.grammar.dates import find_dates
from ingest.grammar.deciding import hits
from ingest.grammar.numbers import find_amounts
from ingest.grammar.references import find_cases, find_handlingar, find_laws, find_paragraphs
from ingest.records import Amount, DateNote, Record, Reference
from ingest.structure.minutes_sections import Section
from ingest.structure.minutes_text import Stretch, one_line

_NARROW = 80  # characters before a date that tell what it means


def facts(section: Section, year: int | None) -> Iterator[Record]:
    """The dates with a meaning, the sums and the references of a section.

    `year` completes dates that are written without one.
    """
    yield from _dates(section, year)
    yield from _amounts(section.body)
    yield from references(section.body)


def _dates(section: Section, year: int | None) -> Iterator[DateNote]:
    stretch = section.body
    for found in find_dates(stretch.text, year):
        meaning = _meaning(section, stretch.text[max(0, found.start - _NARROW) : found.start])
        if meaning:
            yield stretch.record(DateNote, found.start, found.end, date=found.iso, meaning=meaning)


def _meaning(section: Section, before: str) -> str | None:
    if section.kind == "earlier":
        return "earlier_treatment"
    if section.kind in ("papers",):
        return "issued"
    before = before if section.kind == "decision" else before[-45:]
    return next((name for _, name in hits("dates", before)), None)


def _amounts(stretch: Stretch) -> Iterator[Amount]:
    text = stretch.text
    for found in find_amounts(text):
        start, end = _clause(text, found.start, found.end)
        yield stretch.record(
            Amount, found.start, found.end, value=found.value, purpose=one_line(text[start:end])
        )


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around `[start, end)`, cut at full stops and blank lines."""
    before = list(
        re.finditer(
            r"\.\s+(?=[A-ZÅÄÖ])|\n\s*\n|\n(?=\s*(?:\d{1,2}\.|[-−–•])\s)",
            text[max(0, start - 500) : start],
        )
    )
    left = max(0, start - 500) + before[-1].end() if before else max(0, start - 500)
    after = re.search(r"\.(?:\s|$)|\n\s*\n|\n(?=\s*(?:\d{1,2}\.|[-−–•])\s)", text[end : end + 500])
    return left, end + (after.start() if after else min(500, len(text) - end))


def references(stretch: Stretch) -> Iterator[Reference]:
    """Cases, paragraphs, handlingar and laws that the stretch names."""
    text = stretch.text
    for find in (find_cases, find_paragraphs, find_handlingar, find_laws):
        for found in find(text):
            yield stretch.record(
                Reference, found.start, found.end, to=found.to, target=found.target
            )
