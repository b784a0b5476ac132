"""Lines that hold nothing but names: the marks of a signature.

Decided word by word, not by one pattern, so that no line of many capitals takes long.
"""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = r"[A-ZÅÄÖÉ][\wåäöéüáíøñ'’´-]*\.?"
NAME: Final = rf"{_WORD}(?: (?:(?:af|av|von|van|de|der|den|la|ben|al|el|bin) )?{_WORD}){{1,3}}"
"""A name of two to four words, with particles between them."""

_TOKEN: Final = re.compile(rf"{_WORD}$")
_PARTICLES: Final = frozenset(
    {"af", "av", "von", "van", "de", "der", "den", "la", "ben", "al", "el", "bin"}
)
_JOINTS: Final = frozenset({"och", "&", "samt", "/"})
_BRACKET: Final = re.compile(r"\([A-ZÅÄÖ–-][\wÅÄÖåäö, -]{0,8}\)")
_ADJUSTERS: Final = frozenset(
    {
        "Ordförande", "ordförande", "Justerande", "Justeras", "Justerare", "Sekreterare",
        "Tjänstgörande", "Vid", "protokollet", "Tf", "Protokollsjusterare", "justerare",
        "Mötesordförande",
    }
)  # fmt: skip
_LONGEST: Final = 160


def only_names(text: str) -> bool:
    """True for "Anna Ek (V), Bo von Al": two capitalised words or more, nothing else."""
    if len(text) > _LONGEST:
        return False
    words = [word.strip(",;") for word in _BRACKET.sub(" ", text).split()]
    words = [word for word in words if word and word not in _JOINTS]
    names = [word for word in words if word not in _PARTICLES]
    return len(names) >= 2 and all(_TOKEN.match(word) for word in names)


def names_with_parties(text: str) -> bool:
    """True for a line of names, each with its party in brackets."""
    if not only_names(text):
        return False
    brackets = len(_BRACKET.findall(text))
    words = len(_BRACKET.sub(" ", text).split())
    return brackets > 0 and words <= brackets * 6


def adjusters(text: str) -> bool:
    """True for "Ordförande  Justerande  Anna Ek (V)  Bo Al": who signs a protokollsutdrag."""
    words = [word.strip(",:;.") for word in _BRACKET.sub(" ", text[:400]).split()]
    words = [word for word in words if word and word not in _PARTICLES]
    return bool(words) and all(word in _ADJUSTERS or _TOKEN.match(word) for word in words)
