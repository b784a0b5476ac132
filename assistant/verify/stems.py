"""Stems for Swedish content words: inflection is let go, tense is not."""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = (
    "arnas", "ernas", "ornas", "andet", "andes", "endet", "arna", "erna", "orna", "aren", "ande",
    "arens", "ende", "erns", "ades", "ens", "ets", "ars", "ers", "ors", "are", "ade", "ats", "ast",
    "ans", "ar", "er", "or", "en", "et", "at", "ad", "as", "es", "an", "na", "a", "e", "s",
)  # fmt: skip
_BY_LENGTH = tuple(sorted(_ENDINGS, key=len, reverse=True))
_PAST = ("ade", "ades", "dde", "ddes", "tts", "ats", "rde", "rdes", "kte", "ktes", "pte", "ste")
_SHORTEST = 3


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in small letters, at least three letters long.

    A past form keeps a mark, so that "utreddes" is never "utreds".
    """
    mark = "+past" if len(word) > 5 and word.endswith(_PAST) else ""
    for ending in _BY_LENGTH:
        if ending == "s" and (len(word) < 5 or word[-2] == "s"):
            continue
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)] + mark
    return word + mark


def name_key(word: str) -> str:
    """A name without its genitive; "Lars" loses its s too, on both sides alike."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
