"""Stems of words, by Tantivy's Snowball stemmers. With `lexical.py` Tantivy's only home."""

from __future__ import annotations

import re
from collections.abc import Callable

import tantivy

_DOUBLED = re.compile(r"mm(?:ets?|ens?|er|ers|erna|ernas)$")


def swedish_stemmer() -> Callable[[str], str]:
    """From a lower-case Swedish word to its stem."""
    stem = _stemmer("swedish")
    # The stemmer leaves "programmet" as it is: it does not undo a doubled m.
    return lambda word: stem(_DOUBLED.sub("m", word))


def english_stemmer() -> Callable[[str], str]:
    """From a lower-case English word to its stem."""
    return _stemmer("english")


def _stemmer(language: str) -> Callable[[str], str]:
    analyser = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
        .filter(tantivy.Filter.stemmer(language))
        .build()
    )

    def stem(word: str) -> str:
        found = analyser.analyze(word)
        return str(found[0]) if found else word

    return stem
