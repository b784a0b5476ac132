"""Which of a paper's points an answer tells: those that meet the question best, as many as fit."""

from __future__ import annotations

from assistant.compose.asked import surnames
from assistant.compose.choose import Scene
from ingest.grammar.dates import find_dates
from ingest.grammar.numbers import find_amounts
from ingest.records import Decision, Record

_FIRST = 0.15
"""What it is worth to be the first point: the others carry out what it says."""
_SETTLED = 0.5
"""What a point counts that settles the whole matter, or puts it off."""
_SETTLES = ("återremiss", "bordläggning", "avslag", "bifall")
_SHORT = ("when", "amount", "who", "why")
_SHORT_BUDGET = 560
"""A name, a day, an amount or a reason is not answered with a page."""
_LONG = 6
"""A list of more points than this is cut down to those of the people whom the question names."""
_DAY = 0.3
"""What holding a date is worth to a record where a date is asked for."""
_OF_TITLE = 0.3
"""What the words count that the title of a § says, against those that a point alone says."""


def within(scene: Scene, records: list[Record], budget: int, title: str = "") -> list[Record]:
    """The records that meet the question best, as many as the budget of characters allows, in the
    order of the paper; at least one. Those of the people whom the question names, where only some
    name them. The words of the `title` that they stand under tell none of them from the others."""
    if scene.question.kind in _SHORT:
        budget = min(budget, _SHORT_BUDGET)
    own = [r for r in records if any(name in r.text for name in surnames(scene.question))]
    if own and len(records) > _LONG and 2 * len(own) <= len(records):
        records = own
    if sum(len(r.text) for r in records) <= budget:
        return records
    ranked = sorted(
        records, key=lambda r: -_fits(scene, r, title) - _weighs(r, first=r is records[0])
    )
    kept: list[Record] = []
    for record in ranked:
        if not kept or sum(len(r.text) for r in kept) + len(record.text) <= budget:
            kept.append(record)
    return sorted(kept, key=lambda r: r.start)


def _weighs(record: Record, *, first: bool) -> float:
    """What a point counts by itself: the others carry out what the first says, and one that settles
    the whole matter says most."""
    settles = isinstance(record, Decision) and record.outcome in _SETTLES
    return _FIRST * first + _SETTLED * settles


def _fits(scene: Scene, record: Record, title: str) -> float:
    """How well a record meets the question: by its words, and by the day or amount asked for."""
    dated = "when" in scene.question.kinds and bool(find_dates(record.text))
    counted = "amount" in scene.question.kinds and bool(find_amounts(record.text))
    said = scene.matcher.coverage(record.text)
    if title:
        own = scene.matcher.coverage(f"{title} {record.text}") - scene.matcher.coverage(title)
        said = _OF_TITLE * said + (1 - _OF_TITLE) * own
    return said + (_DAY if dated or counted else 0.0)


def meeting_best(scene: Scene, records: list[Record], most: int) -> list[Record]:
    """The records whose words meet the question best; all where there are few."""
    if len(records) <= most:
        return records
    ranked = sorted(records, key=lambda r: -scene.matcher.coverage(r.text))
    return sorted(ranked[:most], key=lambda r: r.start)
