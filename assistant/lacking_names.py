"""Names that a question asks for, or brings along, and that nothing which would be quoted holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lacking_evidence import Evidence, bare_stem
from assistant.lacking_table import table
from assistant.question import Question
from ingest.grammar.dates import MONTHS
from ingest.grammar.parties import canonical, party_groups, party_letters
from ingest.parts import PartKind
from vectorstore.lexical import analyser

_NAME = re.compile(r"(?<![\w’'-])[A-ZÅÄÖÉ][\wåäöé&-]+")
_OPENS = re.compile(r"(?:^|[.:;!?•*”\"’'–(\n-]\s*|\d[.)]\s*)$")
"""Where a capital letter says nothing, for a sentence, a quotation or a point begins there."""
_STEM = 5
"""How many letters of a name tell it: its endings differ, and so does what it is joined with."""
_RARE = 2.5
"""Below this inverse document frequency a name stands in about every tenth passage."""
_WHOLE = 400_000
"""So much of a document is looked through, in characters."""


def named(question: Question, evidence: Evidence) -> bool:
    """What has a name of its own (a company, a school) and is asked for is told by a name that the
    question does not hold."""
    if not table().named.search(question.asks):
        return False
    brought = {name[:_STEM].lower() for name in _NAME.findall(question.text)}
    told = {name for source in evidence.sources for name in _names(source.text)}
    return not any(
        name[:_STEM].lower() not in brought and not _everywhere(name, evidence) for name in told
    )


def _everywhere(name: str, evidence: Evidence) -> bool:
    """True for a name that stands in so many passages that it tells nothing: the city's own."""
    stems = analyser().terms(name).stems
    if evidence.library is None or not stems:
        return False
    return max(evidence.library.rarity(stems).values(), default=_RARE) < _RARE


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
    asked = [
        name
        for name in _names(question.asks)
        if len(name) > _STEM
        and name.lower() not in known
        and name.lower() not in MONTHS
        and not party_groups(name)
        and not party_letters(name)
        and not canonical(name.partition("-")[0])
        and not table().no_name.search(name)
    ]
    texts = list(_texts(evidence)) if asked else []
    return any(not any(_stem(name) in text for text in texts) for name in asked)


def _stem(name: str) -> str:
    name = name.lower().partition("-")[0]  # "SKL-projektet" is "SKL:s projekt"
    return bare_stem(name)[: max(_STEM, len(name) - 4)]


def _texts(evidence: Evidence) -> Iterator[str]:
    """What the papers that would be quoted say, in lower case: of minutes the § alone."""
    for document, part in evidence.parts:
        minutes = part.kind is PartKind.PARAGRAPH
        text = document.text[part.start : part.end] if minutes else document.text[:_WHOLE]
        yield f"{part.title} {part.body or ''} {document.title} {text}".lower()


def _names(text: str) -> Iterator[str]:
    """The words of a text that are names by their capital letter."""
    for match in _NAME.finditer(text):
        if not _OPENS.search(text[: match.start()]) or _goes_on(text, match.end()):
            yield match[0]


def _goes_on(text: str, end: int) -> bool:
    """True if a name is followed by another: "Stena Fastigheter"."""
    return bool(re.match(r" (?:[A-ZÅÄÖÉ]|och [A-ZÅÄÖÉ])", text[end : end + 6]))
