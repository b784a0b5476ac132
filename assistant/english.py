"""What is different in an English question: its capitals, and what may stand before it asks."""

from __future__ import annotations

import re

from ingest.grammar.names import find_people

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_OPENS = "In|On|At|By|For|From|Since|Under|After|Before|During"
_ASKS = "who|what|which|when|where|why|how|did|does|was|were|can|do"
_INTRODUCTION = re.compile(
    rf"^(?:{_OPENS}|According to|When|Now that)\b[^?]{{3,90}}?, "
    rf"(?=(?:(?:on|by|from|until|since|for) )?(?:{_ASKS})\b)"
)
_POSSESSIVE = re.compile(r"[’']s?(?!\w)")
_NO_NAME = re.compile(
    rf"\b(?:(?i:{'|'.join(MONTHS)})|{_OPENS}|"
    r"Which|What|Who|When|Where|Why|How|Did|Does|Do|Was|Were|Is|Are|Has|Have|Can|The|"
    r"(?i:part(?:y|ies)|democrats?|moderates?|greens?|liberals?|council|board|committee|city))\b"
)
"""Words that have a capital and are no part of a name."""


def people(text: str) -> tuple[str, ...]:
    """The people whom an English question names. Words that begin a sentence or name a party have
    capitals too ("In May", "Sweden Democrats"), and the owner's s is no letter of a name."""
    found = find_people(_POSSESSIVE.sub(" ", text), bare=True)
    return tuple(dict.fromkeys(p.name for p in found if not _NO_NAME.search(p.name)))


def without_introduction(text: str) -> str:
    """A question without what an English one begins with: "In January 2024, what did …"."""
    return _INTRODUCTION.sub("", text)
