"""The form under which a dictionary has an inflected Swedish word: "skolan" → "skola".

Snowball's Swedish stemmer cuts endings by their letters alone: it leaves "skolan", "strategin" and
"reglementet" as they are, and cuts "kostnad" shorter than "kostnader". A form whose dictionary
form is in the word list is reduced to that first, and stemmed then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORTEST = 4
"""Shorter words are left as they are."""
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("orna", ("a",)),
    ("arna", ("", "e")),
    ("erna", ("", "e", "um")),
    ("na", ("",)),
    ("or", ("a",)),
    ("ar", ("", "e")),
    ("er", ("", "e", "um")),
    ("en", ("", "e")),
    ("et", ("", "e", "um")),
    ("n", ("",)),
    ("r", ("",)),
    ("t", ("",)),
)
"""Definite and plural endings of nouns, the neuter of adjectives, and what stands in their place
in the dictionary."""
_VOWELS = "aeiouyåäö"
_SYNCOPE = re.compile(rf"(?<=[^\W{_VOWELS}])([lrn])(?:arna|erna|ar|er|en|et)$")
"""Forms that lack an e of the dictionary's: "regler", "cyklarna", "registret", "medlen"."""
_DEFINITE = re.compile(rf"(?<=\w\w[{_VOWELS}])n$")
_DOUBLED = re.compile(r"(m|n)\1$")


def base(word: str, words: frozenset[str]) -> str:
    """The dictionary form of a lower-case noun form, or the word itself where none is known.

    >>> base("reglerna", frozenset({"regel"}))
    'regel'
    """
    if word in words:
        definite = _DEFINITE.sub("", word)  # the list has "gatan" beside "gata"
        return definite if definite in words else word
    if len(word) < _SHORTEST:
        return word
    forms = (word, word[:-1]) if word.endswith("s") else (word,)
    for form in forms:
        if form in words:
            return form
        found = next((one for one in _candidates(form) if one in words), None)
        if found is not None:
            return found
    return word


def _candidates(form: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        if not form.endswith(ending) or len(form) - len(ending) < 2:
            continue
        rest = form[: -len(ending)]
        if ending == "r" and rest[-1] not in _VOWELS:
            continue
        for end in instead:
            yield rest + end
        yield _DOUBLED.sub(r"\1", rest)
    yield _SYNCOPE.sub(r"e\1", form)
