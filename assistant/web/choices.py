"""What a search can be limited to: the bodies, kinds, parties and cases that are indexed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.filters import Filters
from vectorstore.index import Index

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Choices:
    """Values to choose from, the commonest first, and the first and last date."""

    bodies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    period: tuple[str, str] | None = field(default=None)


def choices(index: Index) -> Choices:
    """The values that the index holds; reads every passage once."""
    bodies: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    parties: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    dates: set[str] = set()
    for passage in index.store.all_passages():
        bodies.update([passage.body] if passage.body else [])
        kinds[passage.kind.value] += 1
        parties.update(passage.parties)
        cases.update(passage.case_numbers)
        dates.update([passage.date] if passage.date else [])
    return Choices(
        tuple(sorted(bodies)),
        tuple(kind for kind, _ in kinds.most_common()),
        tuple(sorted(parties)),
        tuple(sorted(cases)),
        (min(dates), max(dates)) if dates else None,
    )


def chosen(
    bodies: Sequence[str] | None,
    kinds: Sequence[str] | None,
    parties: Sequence[str] | None,
    cases: Sequence[str] | None,
    first: str | None,
    last: str | None,
) -> Filters:
    """What a person has chosen, as filters. Dates that are none are left out."""
    return Filters(
        bodies=tuple(bodies or ()),
        kinds=tuple(kinds or ()),
        parties=tuple(parties or ()),
        cases=tuple(cases or ()),
        first=_day(first),
        last=_day(last),
    )


def _day(text: str | None) -> str | None:
    stripped = (text or "").strip()
    return stripped if _DATE.fullmatch(stripped) else None
