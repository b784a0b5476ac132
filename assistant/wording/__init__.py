"""Beredd's own words, one file for each language; the code holds no sentence of its own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from ingest.grammar.dates import MONTHS

LANGUAGES = ("sv", "en")
_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def say(language: str, key: str, **slots: object) -> str:
    """The sentence `section.key` of a language with its slots filled.

    Raises:
        KeyError: no such sentence, or a slot was not filled.
    """
    section, _, name = key.partition(".")
    return _texts(language)[section][name].format(**slots)


def date(language: str, iso: str) -> str:
    """An ISO date as people write it: "den 22 augusti 2024", "22 August 2024"."""
    year, month, day = iso.split("-")
    names = MONTHS if language == "sv" else _ENGLISH
    return say(language, "page.date", day=int(day), month=names[int(month) - 1], year=year)


@cache
def _texts(language: str) -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name(f"{language}.toml")
    data: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return data
