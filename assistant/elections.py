"""Elections: who was put up or chosen for an office, as one asks for it and as papers tell it.

A council's nominating committee writes one line for each office: "Till ledamot i kulturnämnden i
stället för Siri Lund (S) för tiden t o m 2034 utse Olle Bro (S)." Hundreds of such lines stand one
after the other, and share most of their words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.question import Question

_ASKS = re.compile(
    r"^(?:och |and )?(?:vem|vilka|vilke[nt]|who|which)\b.{0,60}?\b(?:(?:in)?val(?:des|ts|d)|"
    r"(?:ut|till)sågs|utse(?:s|tts|dd)|nominera\w*|utnämn\w*|tillsattes|elected|appointed|chosen|"
    r"nominated)\b|"
    r"\b(?:föreslog|föreslår|föreslagit) valberedningen\b|\bvalberedningen\b.{0,20}\bföresl|"
    r"\bnominating committee\b.{0,20}\b(?:propose|nominate|suggest)|"
    r"^(?:och |and )?vem föreslogs\b|"
    r"^(?:och )?(?:vem|vilka|vilke[nt])\b.{0,60}?\bvalde (?:kommun)?(?:fullmäktige|styrelsen)\b|"
    r"^(?:och )?vem (?:tog över|tar över|efterträdde|ersatte)\b.{0,20}\b(?:som|efter)\b|"
    r"^(?:and )?who (?:took over|succeeded|replaced)\b.{0,20}\b(?:as|from|after)\b|"
    r"^(?:och )?(?:vem|vilka)\b.{0,40}?\bblev\b.{0,60}?\b(?:ledam|ordförande|ersättare|suppleant|"
    r"representant|revisor|nämndem|vigselförrättare|sekreterare)\w*",
    re.IGNORECASE,
)
_SUCCEEDS = re.compile(
    r"^(?:och |and )?(?:vem|vilken \w+|who)\b.{0,40}?\b(?:efterträ(?:d\w*|tt)|ersatte|ersätter|"
    r"ersatt|tog över|tar över|tagit över|replaced|succeeded|took over)\b|"
    r"(?:^|[.?!] )(?:och |and )?(?:vem|vilken \w+|who)\b.{0,60}\b(?:i ?stället|"
    r"i (?:hans|hennes|deras) ställe|instead)\b|"
    r"^(?:och |and )?(?:vem|vilken \w+|who)\b.{3,120}\b(?:efter|i ?stället för|när|after|"
    r"in place of) (?-i:[A-ZÅÄÖ]\w+ [A-ZÅÄÖ])",
    re.IGNORECASE,
)
"""Who came after somebody is asked."""
_ELECTS = re.compile(
    r"\b[Tt]ill [^.:]{4,200}?\b(?:utse[sr]?|utsågs|välj(?:s|er|a)|valdes)\b:?\s+\S+ \S|"
    r"\b(?:utse[sr]?|utsågs|välj(?:s|er)|valdes) [A-ZÅÄÖ]\w+ [^.]{3,80}? till\b|"
    r"\b[A-ZÅÄÖ]\w+ \((?:[A-ZÅÄÖ]{1,3}|-)\) (?:utses?|väljs|förordnas|utsågs|valdes) (?:till|som)\b"
)


@lru_cache(maxsize=64)
def asks_election(question: Question) -> bool:
    """True if a question asks who was put up or chosen for an office, or came after somebody."""
    return bool(_ASKS.search(question.asks)) or asks_successor(question)


def asks_successor(question: Question) -> bool:
    """True if a question asks who came after somebody whom it names."""
    return bool(question.people) and bool(_SUCCEEDS.search(question.asks))


def elects(text: str) -> bool:
    """True if a text puts somebody up for an office, or chooses them."""
    return bool(_ELECTS.search(text))
