"""English questions in the papers' words: a glossary of the genre, word by word.

The papers are Swedish. The multilingual vectors find what an English question means; the glossary
finds what it says. Names, numbers and words that the glossary lacks stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.cues import is_function_word
from assistant.question import Question
from vectorstore.stems import english_stemmer

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s?$")
_LONGEST = 4
"""Words of the longest phrases in the glossary."""
_MOST = 4
"""How many Swedish words are tried for an English one."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A word of an English question, or a few that mean one thing.

    Attributes:
        english: as the question has it.
        swedish: what the papers may say for it, likeliest first; empty for a name, a number and a
            word that the glossary lacks.
    """

    english: str
    swedish: tuple[str, ...] = ()


@lru_cache(maxsize=512)
def rendered(text: str) -> tuple[Rendered, ...]:
    """The words of an English text that carry meaning, in order, the longest phrases first."""
    words = [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]
    plain = [word.lower() for word in words]
    found: list[Rendered] = []
    at = 0
    while at < len(words):
        size = next((n for n in range(_LONGEST, 0, -1) if _entry(plain, at, n) is not None), 0)
        if swedish := _entry(plain, at, size):
            found.append(Rendered(" ".join(words[at : at + size]), swedish))
        elif not size and not is_function_word(plain[at]):
            found.append(Rendered(words[at]))
        at += size or 1
    return tuple(found)


def asked_in_english(question: Question) -> tuple[Rendered, ...]:
    """The words of an English question. Names of people stay as they are ("Pia Ask"), and so does
    the matter that an earlier turn supplied: it is the title of a paper, and Swedish."""
    asked = question.text.replace(question.matter, " ") if question.matter else question.text
    people = [name for name in question.people if not _is_english(name)]
    names = "|".join(map(re.escape, people))
    pieces = re.split(f"({names})", asked) if names else [asked]
    found = [
        word
        for piece in pieces
        for word in ((Rendered(piece),) if piece in people else rendered(piece))
    ]
    return (*found, *((Rendered(question.matter),) if question.matter else ()))


def _is_english(name: str) -> bool:
    """True for what only looks like a name: each of its words is English ("Housing First")."""
    return all(_entry([word], 0, 1) is not None for word in name.lower().split())


def in_swedish(question: Question) -> str:
    """An English question, word by word in the likeliest Swedish; names and numbers as they are."""
    words = asked_in_english(question)
    return " ".join(word.swedish[0] if word.swedish else word.english for word in words)


def _entry(words: list[str], at: int, size: int) -> tuple[str, ...] | None:
    """What the glossary says of so many words: nothing where it says that they carry nothing."""
    some = words[at : at + size]
    if not size or len(some) < size:
        return None
    exact = _glossary().get(" ".join(some))
    return exact if exact is not None else _by_stems().get(" ".join(map(_stem, some)))


@cache
def _glossary() -> dict[str, tuple[str, ...]]:
    """Swedish words by English ones, lower case."""
    lines = Path(__file__).with_name("glossary.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if not line.startswith("#")]
    return {
        " ".join(_WORD.findall(english)): tuple(filter(None, swedish.split("; ")))
        for english, _, swedish in rows
    }


@cache
def _by_stems() -> dict[str, tuple[str, ...]]:
    """The same by their stems; where two have the same, what is said for either."""
    found: dict[str, dict[str, None]] = {}
    for english, swedish in _glossary().items():
        if swedish:
            stems = " ".join(map(_stem, english.split()))
            found.setdefault(stems, {}).update(dict.fromkeys(swedish))
    return {stems: tuple(words)[:_MOST] for stems, words in found.items()}


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return _stemmer()(word)


_stemmer = cache(english_stemmer)
