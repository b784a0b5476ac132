"""Other words for the words of a question: everyday words to the genre's."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from assistant.question import Question
from vectorstore.lexical import analyser

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def expanded(question: Question) -> tuple[str, ...]:
    """Swedish words that mean what words of the question mean."""
    return tuple(dict.fromkeys(_synonyms_in(question.text)))


def alternatives(text: str) -> list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """The words of a text that can be said otherwise: (their stems, each other way's stems)."""
    return [
        (member, tuple(other for other in members if other != member))
        for members, _ in _groups_in(text)
        for member in members
        if _holds(_stems(text), member)
    ]


def meaning(word: str) -> tuple[str, ...]:
    """The other Swedish words of the groups that a word belongs to."""
    return tuple(dict.fromkeys(_synonyms_in(word)))


_Group = tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]
"""Words that mean the same: (their stems, themselves)."""


@cache
def _groups() -> list[_Group]:
    data = tomllib.loads(_file("synonyms.toml"))
    return [(tuple(_stems(member) for member in group), tuple(group)) for group in data["groups"]]


@lru_cache(maxsize=512)
def _synonyms_in(text: str) -> tuple[str, ...]:
    return tuple(member for _, group in _groups_in(text) for member in group)


@lru_cache(maxsize=512)
def _groups_in(text: str) -> list[_Group]:
    """The groups of which a member stands in a text."""
    stems = _stems(text)
    met = {n for stem in set(stems) for n in _by_first_stem().get(stem, ())}
    groups = [_groups()[n] for n in sorted(met)]
    return [one for one in groups if any(_holds(stems, member) for member in one[0])]


@cache
def _by_first_stem() -> dict[str, list[int]]:
    """The numbers of the groups that have a member beginning with a stem."""
    found: dict[str, list[int]] = {}
    for number, (members, _) in enumerate(_groups()):
        for member in members:
            found.setdefault(member[0], []).append(number)
    return found


@cache
def _stems(text: str) -> tuple[str, ...]:
    stem = analyser().stem
    return tuple(stem(word.lower()) for word in _WORD.findall(text))


def _holds(stems: tuple[str, ...], member: tuple[str, ...]) -> bool:
    """True if `member` stands in `stems` in one run."""
    size = len(member)
    return any(stems[i : i + size] == member for i in range(len(stems) - size + 1))


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
