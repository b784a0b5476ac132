"""What questions ask for and how it is told, as `lacking.toml` has it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rule:
    """Where `asks` matches a question, some quotation matches `told`."""

    asks: re.Pattern[str]
    told: re.Pattern[str]

    def unmet(self, question: str, told: str) -> bool:
        """True if the question asks for it and it is not told."""
        return bool(self.asks.search(question)) and not self.told.search(told)


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of `lacking.toml`, compiled; each is told of there."""

    general: frozenset[str]
    events: tuple[Rule, ...]
    forms: tuple[Rule, ...]
    for_whom: tuple[Rule, ...]
    outcome: Rule
    decides: re.Pattern[str]
    who_says: re.Pattern[str]
    says: str
    who_decides: re.Pattern[str]
    decides_so: str
    in_swedish: dict[str, str]
    grows: re.Pattern[str]
    elsewhere: re.Pattern[str]
    state: re.Pattern[str]
    listed: re.Pattern[str]
    decided_to: re.Pattern[str]
    decided_so: re.Pattern[str]
    named: re.Pattern[str]
    no_name: re.Pattern[str]


@cache
def table() -> Table:
    """The table, read once."""
    data = tomllib.loads(Path(__file__).with_name("lacking.toml").read_text(encoding="utf-8"))

    def rule(row: dict[str, str]) -> Rule:
        flags = re.IGNORECASE | re.MULTILINE
        return Rule(re.compile(row["asks"], flags), re.compile(row["told"], flags))

    return Table(
        general=frozenset(data["nouns"]["general"].split()),
        events=tuple(rule(row) for row in data["event"]),
        forms=tuple(rule(row) for row in data["form"]),
        for_whom=tuple(rule(row) for row in data["for_whom"]),
        outcome=rule(data["outcome"]),
        decides=re.compile(data["outcome"]["decides"], re.IGNORECASE),
        who_says=re.compile(data["who_says"]["asks"], re.IGNORECASE),
        says=data["who_says"]["says"],
        who_decides=re.compile(data["who_decides"]["asks"], re.IGNORECASE),
        decides_so=data["who_decides"]["told"],
        in_swedish=data["who_decides"]["english"],
        grows=re.compile(data["grows"]["asks"], re.IGNORECASE),
        state=re.compile(data["state"]["asks"], re.IGNORECASE),
        elsewhere=re.compile(data["elsewhere"]["asks"]),
        listed=re.compile(data["listed"]["title"], re.IGNORECASE),
        decided_to=re.compile(data["decided_to"]["asks"], re.IGNORECASE),
        decided_so=re.compile(data["decided_so"]["asks"], re.IGNORECASE),
        named=re.compile(data["named"]["asks"], re.IGNORECASE),
        no_name=re.compile(data["named"]["no_name"], re.IGNORECASE),
    )
