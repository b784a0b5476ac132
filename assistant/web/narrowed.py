"""What a search was limited to: in an address, in what a browser keeps, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.filters import Filters
from assistant.web.choices import chosen
from assistant.web.words import Words

_LISTS = {"bodies": "body", "kinds": "kind", "parties": "party", "cases": "case"}
"""A field of the filters → its name in an address."""
_DAYS = {"first": "from", "last": "to"}
_BETWEEN = "|"
"""Between the values of one field: Gradio gives a name of an address one value only."""
_MOST = 20
_LONGEST = 200


def to_query(limits: Filters) -> dict[str, str | None]:
    """The filters as the part of an address that `from_query` reads; None: nothing is chosen."""
    lists = {name: _BETWEEN.join(getattr(limits, field)) for field, name in _LISTS.items()}
    days = {name: getattr(limits, field) for field, name in _DAYS.items()}
    return {name: value or None for name, value in (lists | days).items()}


def from_query(asked: Mapping[str, Any]) -> Filters:
    """The filters that an address names. Anybody can write one: what makes no sense is left out."""
    given = {name: str(asked.get(name, "")) for name in (*_LISTS.values(), *_DAYS.values())}
    lists = {field: given[name].split(_BETWEEN) for field, name in _LISTS.items()}
    return from_plain(lists | {field: given[name] for field, name in _DAYS.items()})


def to_plain(limits: Filters) -> dict[str, Any]:
    """The filters as plain data."""
    lists = {field: list(getattr(limits, field)) for field in _LISTS}
    return lists | {field: getattr(limits, field) for field in _DAYS}


def from_plain(data: object) -> Filters:
    """The inverse of `to_plain`; whatever cannot be read is left out."""
    given = data if isinstance(data, Mapping) else {}
    bodies, kinds, parties, cases = (_values(given.get(field)) for field in _LISTS)
    first, last = (str(given.get(field) or "") for field in _DAYS)
    return chosen(bodies, kinds, parties, cases, first, last)


def told(limits: Filters, words: Words) -> str:
    """What the search was limited to, for people; "" where it was not."""
    named = [
        *limits.bodies,
        *(words.known("kind", kind) for kind in limits.kinds),
        *limits.parties,
        *limits.cases,
    ]
    if limits.first:
        named.append(words("filter.since", day=words.day(limits.first)))
    if limits.last:
        named.append(words("filter.until", day=words.day(limits.last)))
    return ", ".join(named)


def _values(given: object) -> list[str]:
    values = given if isinstance(given, list) else []
    kept = [value.strip()[:_LONGEST] for value in values if isinstance(value, str)]
    return [value for value in kept if value][:_MOST]
