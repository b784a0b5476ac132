"""Whom other people's papers tell of: a company, a union or a council of the young that wants
something has put no paper of its own, and what it wants stands in sentences."""

from __future__ import annotations

import re

from assistant.compose.choose import Scene
from assistant.compose.scene import Place
from ingest.clean import clean
from ingest.document import Span
from ingest.grammar.parties import party_letters
from ingest.sentences import sentences

_WANTS = re.compile(
    r"\b(?:vill|ville|önskar|önskade|föreslår|föreslog|kräver|krävde|begär|begärde|förordar|"
    r"förordade) (?:(?:de|den|det) )?(?P<who>[\wåäöÅÄÖ&.-]+(?: (?:&|och) [A-ZÅÄÖ][\w.]*)?)"
)
_SPEAKS = re.compile(
    r"^(?!kommun|läns?styrelse)\w*(?:fullmäktige|styrelsen|nämnden|utskottet|kontoret|förvaltningen)$"
    r"|^kommun(?:fullmäktige|styrelsen)$|^tjänste|^(?:kommunen|staden|stad)s?$",
    re.IGNORECASE,
)
"""Who has papers of their own, and the municipality, which speaks through all of them."""
_PAPER = re.compile(
    r"^(?:motion|förslag|initiativ|yrkande|alternativ|tilläggs|interpell|återremiss|partie|"
    r"reservant|majoritet|minoritet|opposition|allians|politiker|ledam|ordförand|revisor)|"
    r"(?:motionen|förslaget|initiativet|yrkandet|partier|partierna|ställar\w*)$",
    re.IGNORECASE,
)
"""Papers and politicians, whose points are records."""
_PRONOUN = re.compile(
    r"^(?:de|den|det|han|hon|dem|man|vi|ni|du|jag|att|inte|ha|bli|få|göra|se|ta|i|om|på|för|med)$",
    re.IGNORECASE,
)
_LEAST = 4
"""A name has so many letters, its ending left out."""
_ENDING = re.compile(r"(?:erna|arna|orna|en|et|s)$")
_TELLS = (
    r"vill|ville|önska\w*|önskemål|föreslå\w*|föreslog|förslag|kräv\w*|begär\w*|förorda\w*|"
    r"anser|ansåg|menar|menade|framför\w*|vädja\w*"
)
_REACH = 60
"""So many characters may stand between the name and what tells of its will."""


def told_of(scene: Scene, place: Place) -> bool:
    """True where the question asks what somebody wants who has written no paper, and who is not
    behind the one at hand, and a part that was found tells in a sentence what they want."""
    who = _who(scene)
    if who is None or _behind(place, who):
        return False
    said = re.compile(rf"\b{who}\w*(?:\W+\w+)?.{{0,{_REACH}}}?\b(?:{_TELLS})\b", re.IGNORECASE)
    return any(
        said.search(view.text[start:end])
        for found in scene.places
        for hit in found.hits
        for view in [clean(found.document, Span(hit.window.start, hit.window.end))]
        for start, end in sentences(view.text)
    )


def _who(scene: Scene) -> str | None:
    """The name that stands after what somebody wants, as an expression without its ending."""
    question = scene.question
    match = _WANTS.search(question.asks)
    if match is None or question.parties or question.people:
        return None
    who = match["who"].strip(".")
    if _SPEAKS.search(who) or _PAPER.search(who) or _PRONOUN.match(who) or party_letters(who):
        return None
    stem = who if who[0].isupper() else _ENDING.sub("", who)
    return re.escape(stem) if len(stem) >= _LEAST else None


def _behind(place: Place, who: str) -> bool:
    """True if the paper is theirs by its body, its hands or the head that names them."""
    part = place.part
    hands = " ".join((part.body or "", *(author.name for author in part.authors)))
    return bool(re.search(rf"\b{who}", hands, re.IGNORECASE))
