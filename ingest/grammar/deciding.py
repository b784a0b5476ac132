"""Deciding words as data: outcomes of decisions, stances of yrkanden, meanings of dates."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

Table = tuple[tuple[str, re.Pattern[str]], ...]


@cache
def table(name: str) -> Table:
    """A table of `deciding.toml`: names with their patterns. Raises KeyError if unknown."""
    path = Path(__file__).with_name("deciding.toml")
    rows: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    return tuple((key, re.compile("|".join(words), re.I | re.S)) for key, words in rows.items())


def hits(name: str, text: str) -> list[tuple[int, str]]:
    """Where each name of a table is first told in the text: position and name, in table order."""
    return [(m.start(), key) for key, pattern in table(name) if (m := pattern.search(text))]
