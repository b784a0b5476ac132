"""Names that a question asks for, or brings along, and that nothing which would be quoted holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.compose.scene import PROPOSALS
from assistant.lacking_evidence import Evidence, bare_stem, first_group, municipalities
from assistant.lacking_table import table
from assistant.question import Question
from ingest.grammar.dates import MONTHS
from ingest.grammar.names import find_people
from ingest.grammar.parties import canonical, party_groups, party_letters
from ingest.parts import PartKind
from vectorstore.lexical import analyser

_NAME = re.compile(r"(?<![\w’'-])[A-ZÅÄÖÉ][\wåäöé&-]+")
_NEAR = 12
_OPENS = re.compile(r"(?:[.:;!?•*”\"’'–(\n-]\s*|\d[.)]\s*)$")
"""Where a capital letter says nothing, for a sentence, a quotation or a point begins there."""
_FIRST_WORD = re.compile(r"^\W*\w+ ")
"""What opens a question has its capital for that alone."""
_STEM = 5
"""How many letters of a name tell it: its endings differ, and so does what it is joined with."""
_LONG = 18
"""A name with so many letters is a compound: its first third tells it, of others the first half."""
_RARE = 0.22
"""What is less rare stands in about every tenth passage and tells nothing: the city's own name."""
_ALONE = 0.6
"""A word that opens a sentence and is as rare as this is a name, about."""
_OFFICES = {
    "ordförande": ("ordförande",),
    "sekreterare": ("sekreterare", "vid protokollet"),
    "ledde": ("ordförande", "led", "ordet"),
    "chair": ("ordförande",),
    "secretary": ("sekreterare", "vid protokollet"),
}
_OFFICE = re.compile(
    r"^(?:och )?vem (?:var|är|satt som|tjänstgjorde som) (?:\w+ )??\w*?(ordförande|sekreterare)\b|"
    r"^(?:och )?vem (ledde) (?:\w+ ){0,3}?\w*(?:mötet?|sammanträdet?)\b|"
    r"^who (?:was|is) (?:the )?(?:\w+ )?(chair|secretary)",
    re.IGNORECASE,
)
"""Who had an office is asked, and the words with which it is told."""
_WROTE = re.compile(
    r"^(?:och )?(?:vem|vilka|vilke[nt] \w+)\b.{0,30}\b(?:skrev|skrivit|författa|undertecknade?|"
    r"väckte|lade fram|la fram|lämnade in|stod bakom|står bakom|låg bakom|ligger bakom)\b.{0,40}"
    r"\b(?:motion|initiativ|yrkande|interpellation|förslag|skrivelse)|"
    r"^who (?:wrote|signed|submitted|tabled)\b.{0,40}\b(?:motion|initiative|proposal|question)",
    re.IGNORECASE,
)
"""Who wrote a political paper is asked."""
_NOWHERE = "\x00"
"""Stands in no passage."""
_MASTHEAD = 400
"""A document says whose it is in so many of its first characters."""
_WHOLE = 400_000
"""So much of a document is looked through, in characters."""


def named(question: Question, evidence: Evidence) -> bool:
    """What has a name of its own (a company, a school) and is asked for is told by a name that the
    question does not hold."""
    if not table().named.search(question.asks):
        return False
    brought = {_bare(name) for name in _NAME.findall(question.asks)}
    told = (name for source in evidence.sources for name in _told(source.text, evidence))
    return not any(_bare(name) not in brought and _spread(name, evidence) >= _RARE for name in told)


def _bare(name: str) -> str:
    return bare_stem(name.lower())


def _told(text: str, evidence: Evidence) -> Iterator[str]:
    """The names of a text, those among them that open a sentence or a line: a word that hardly any
    other passage holds."""
    yield from _names(text)
    for match in _NAME.finditer(text):
        if _spread(match[0], evidence) >= _ALONE:
            yield match[0]


def _spread(name: str, evidence: Evidence) -> float:
    """How rare a name is among the passages, from 0 to 1, by its inverse document frequency; 0 for
    a word that says nothing."""
    stems = analyser().terms(name).stems
    if evidence.library is None or not stems:
        return 0.0 if not stems else 1.0
    found = evidence.library.rarity([*stems, _NOWHERE])
    return max(found[stem] for stem in stems) / (found[_NOWHERE] or 1.0)


def writer(question: Question, evidence: Evidence) -> bool:
    """Who wrote a motion, or is behind a proposal, is told with somebody's name, or a party's, that
    the question does not bring along."""
    if not _WROTE.search(question.asks):
        return False
    brought = {word for name in question.people for word in name.lower().split()}
    if any(part.kind in PROPOSALS and part.parties for _, part in evidence.parts):
        return False  # a logotype signs it
    for source in evidence.sources:
        people = (person.name.lower() for person in find_people(source.text, bare=True))
        if any(not set(name.split()) & brought for name in people):
            return False
        if set(party_letters(source.text)) - set(question.parties):
            return False
    return True


def role(question: Question, evidence: Evidence) -> bool:
    """Who had an office is told with the name of that office, or of one like it, and somebody's."""
    match = _OFFICE.search(question.asks)
    if match is None:
        return False
    words = _OFFICES[first_group(match).lower()]
    named = (s.text for s in evidence.sources if any(word in s.text.lower() for word in words))
    return not any(find_people(text, bare=True) for text in named)


def person(question: Question, evidence: Evidence) -> bool:
    """The people whom a question names are named in the papers that would be quoted, one of them
    at least, by one of their names. English questions spell too much with a capital letter."""
    if question.language != "sv" or not evidence.parts:
        return False
    words = {word.lower() for name in question.people for word in name.split()}
    return bool(words) and not any(word in text for text in _texts(evidence) for word in words)


def place(question: Question, evidence: Evidence) -> bool:
    """A place, a school or a company that a question names is named in the papers that would be
    quoted. English questions spell too much with a capital letter."""
    if question.language != "sv" or not evidence.parts:
        return False
    known = {word.lower() for name in (*question.people, *question.bodies) for word in name.split()}
    own = _theirs(evidence)
    known |= own
    asked = [
        name
        for name in _names(_FIRST_WORD.sub("", question.asks))
        if len(name) > _STEM
        and not name.partition("-")[0].isupper()  # what letters stand for is spelled out
        and name.lower() not in known
        and name.lower().removesuffix("s") not in known
        and name.lower() not in MONTHS
        and not party_groups(name)
        and not party_letters(name)
        and not canonical(name.partition("-")[0])
        and not table().no_name.search(name)
        and not any(name.lower().startswith(theirs) for theirs in own if len(theirs) > 2)
    ]
    texts = list(_texts(evidence)) if asked else []
    return any(not any(_stem(name) in text for text in texts) for name in asked)


def _theirs(evidence: Evidence) -> frozenset[str]:
    """The municipalities that the papers which would be quoted may be of: the one that they say
    they are, else those of the papers found beside them."""
    own = municipalities(document for document, _ in evidence.parts)
    return own or evidence.municipalities


def _stem(name: str) -> str:
    name = name.lower().partition("-")[0]  # "SKL-projektet" is "SKL:s projekt"
    share = 2 if len(name) < _LONG else 3  # "Tallmobadsfastigheten" is of Tallmobadet
    return bare_stem(name)[: max(_STEM, len(name) // share)]


def _texts(evidence: Evidence) -> Iterator[str]:
    """What the papers that would be quoted say, in lower case: of minutes the § alone and what
    stands above the first, which says whose they are."""
    whole: set[str] = set()
    for document, part in evidence.parts:
        own = document.text[part.start : part.end]
        head = document.text[:_MASTHEAD]
        yield f"{part.title} {part.body or ''} {document.title} {head} {own}".lower()
        if part.kind is not PartKind.PARAGRAPH and document.file not in whole:
            whole.add(document.file)
            yield document.text[:_WHOLE].lower()


def _names(text: str) -> Iterator[str]:
    """The words of a text that are names by their capital letter."""
    for match in _NAME.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if not (match.start() == 0 or _OPENS.search(before)) or _goes_on(text, match.end()):
            yield match[0]


def _goes_on(text: str, end: int) -> bool:
    """True if a name is followed by another: "Stena Fastigheter"."""
    return bool(re.match(r" (?:[A-ZÅÄÖÉ]|och [A-ZÅÄÖÉ])", text[end : end + 6]))
