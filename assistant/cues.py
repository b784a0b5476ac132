"""The tables of a question's words: what their patterns match, and which words say nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any


def language_of(text: str) -> str:
    """ "en" if the function words are more English than Swedish, else "sv"."""
    words = re.findall(r"[a-zåäö]+", text.lower())
    english, swedish = (
        sum(word in _function_words(code) for word in words) for code in ("en", "sv")
    )
    swedish += 1 if re.search("[åäö]", text) else 0
    return "en" if english > swedish else "sv"


def is_function_word(word: str) -> bool:
    """True for the commonest words of Swedish and English, in lower case."""
    return word in _function_words("sv") or word in _function_words("en")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(_data()["function_words"][language].split())


@cache
def rules(section: str) -> list[tuple[dict[str, Any], list[re.Pattern[str]]]]:
    """The rows of a section of the table, each with its compiled patterns."""
    return [
        (row, [re.compile(pattern, re.IGNORECASE) for pattern in row["patterns"]])
        for row in _data()[section]
    ]


@lru_cache(maxsize=256)
def matches(section: str, text: str) -> Sequence[dict[str, Any]]:
    """The rows of a section of which a pattern stands in a text."""
    return [row for row, patterns in rules(section) if any(p.search(text) for p in patterns)]


def matching(section: str, text: str) -> tuple[str, ...]:
    """The names of those rows."""
    return tuple(str(row["name"]) for row in matches(section, text))
