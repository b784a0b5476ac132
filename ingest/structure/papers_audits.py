"""What an audit paper is about, where its title is the genre's word alone."""

from __future__ import annotations

import re
from typing import Final

_GENRE: Final = (
    r"(?:rapportsammandrag|sammandrag|(?:gransknings|revisions)(?:rapport|skrivelse|pm)|missiv|"
    r"revisionsrapporten?s sammanfattning)"
)
_BARE: Final = re.compile(rf"(?i){_GENRE}\W*")
_OPENS: Final = re.compile(rf"(?i){_GENRE}\s*[–:-]\s+")
_TOLD: Final = re.compile(
    r"\b(?:[Aa]vslutat|[Gg]enomfört|[Gg]jort|[Uu]tfört) (?:en |sin )?(?:\w+ )?"
    r"(?P<what>granskning(?:en)? av [^.:;]{6,140}?)[.:;]"
)
"""How auditors begin: "Revisorerna har avslutat granskningen av …"."""
_LEAST: Final = 12
"""A subject has at least so many characters."""
_READ: Final = 3000
"""So many characters are looked through for that."""
_BROKEN: Final = re.compile(r"(?<=[a-zåäö])- (?=[a-zåäö])(?!(?:och|eller|samt|respektive)\b)")
"""A word that was divided at the end of a line."""


def only_genre(title: str) -> bool:
    """True for a title that says what kind of audit paper it is, and not what of."""
    return bool(_BARE.fullmatch(title))


def joined(title: str) -> str:
    """A title of more than one line with the words whole that a line's end divides."""
    return _BROKEN.sub("", title)


def audited(title: str, text: str) -> str | None:
    """What an audit paper is about, by the title that its file carries or by its first sentences;
    None where neither tells.

    Args:
        title: of the document, with or without the genre's word before it.
        text: of the document.
    """
    named = _OPENS.sub("", title)
    if len(named) >= _LEAST and named != title:
        return named[:1].upper() + named[1:]
    told = _TOLD.search(joined(" ".join(text[:_READ].split())))
    if told is None:
        return None if only_genre(title) or title.endswith(".") else title
    what = told["what"].replace("granskningen", "granskning", 1)
    return what[:1].upper() + what[1:]
