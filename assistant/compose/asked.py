"""Whom a question asks about, of those that it names."""

from __future__ import annotations

import re

from assistant.question import Question, last_question
from ingest.grammar.parties import party_letters

_OWNED = re.compile(r"\b\S+s (?=(?:\w+ )?(?:förslag|yrkande|motion|initiativ|reservation)\w*\b)")
"""Whose proposal it is says not who speaks of it."""
OWN_YRKANDE = re.compile(
    r"\byrkar (?:på )?bifall till (?:[^.]{1,60} (?:och|samt) )?(?:det egna |sitt eget )?"
    r"\w*yrkande[nta]*(?: från [^.]{1,60}?)?"
    r"(?: den \d+ \w+ \d{4})?(?: (?:och|samt) avslag på [^.]*)?\.?$",
    re.IGNORECASE,
)
"""Somebody moves a yrkande that is a paper of its own."""


def speaking(question: Question) -> set[str]:
    """The parties that a question asks about: those that its last sentence names, without those
    whose paper it only speaks of ("Moderaternas motion"); all that it names where none is left."""
    asks = last_question(question.asks)
    owners = party_letters(" ".join(match[0] for match in _OWNED.finditer(question.asks)))
    named = [letters for letters in question.parties if letters not in owners]
    last = set(party_letters(asks))
    return {letters for letters in named if letters in last} or {*named} or {*question.parties}


def speakers(question: Question) -> tuple[str, ...]:
    """The people that a question asks about: those of its last sentence, where that names a party
    or one of them; else all that it names."""
    asks = last_question(question.asks)
    last = tuple(name for name in question.people if name.split()[-1] in asks)
    if party_letters(asks):  # who asks is the party, where of the people only a paper is spoken of
        owned = " ".join(match[0] for match in _OWNED.finditer(asks))
        last = tuple(name for name in last if f"{name.split()[-1]}s " not in owned)
    return last if last or party_letters(asks) else question.people


def surnames(question: Question) -> set[str]:
    """The last names of the people whom a question names."""
    return {name.split()[-1] for name in question.people}
