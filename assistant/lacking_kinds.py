"""The kind of thing that a question asks for, where it has no other words than its own: a reason,
who has an office, so many hours, the day from which something applies."""

from __future__ import annotations

import re

from assistant.compose.shape import tells_reason
from assistant.lacking_evidence import Evidence, first_group
from assistant.question import Question
from ingest.grammar.names import find_people
from ingest.parts import PartKind

_WHY = re.compile(
    r"^(?:och |men |and |but )?(?:varför|av vilke[nt] \w+|why|for what reason|"
    r"vad (?:var|är) (?:skälet|orsaken|anledningen)|what was the reason)\b",
    re.IGNORECASE,
)
"""Nothing but a reason is asked for."""
_PUT_OFF = re.compile(r"\bbordl|\båterremi", re.IGNORECASE)
"""Why something was not decided is told by its having been put off."""
_OFFICE = re.compile(
    r"^(?:och )?(?:vem (?:är|var|blir|blev)|vad heter) (?:(?:den|de|det|ny|nya|nuvarande) )*"
    r"\w*(?:rektor|chef|direktör|sekreterare|samordnare|jurist|föreståndare|ombudsman|strateg)"
    r"(?:en|n)?\b",
    re.IGNORECASE,
)
"""Who has an office is asked."""
_UNITS = {
    "minuter": r"minut",
    "timmar": r"\btim|\bdygn|\b(?:hel|halv)tid|\bkl(?:\.|ockan)",
    "dygn": r"\bdygn|\btim",
    "dagar": r"\bdag|\bdygn|veck",
    "veckor": r"veck|\bdag|månad",
    "månader": r"månad|veck|kvartal|halvår|\bår",
    "år": r"\bår|årig|månad|\b(?:19|20)\d\d",
    "mandatperioder": r"mandatperiod|\bår",
}
"""The unit that is counted, and those in which it may be told."""
_HOW_MANY = re.compile(
    r"\bhur många (?:\w+ )?(minuter|timmar|dygn|dagar|veckor|månader|år|mandatperioder)\b",
    re.IGNORECASE,
)
_SINCE_WHEN = re.compile(
    r"^(?:och )?från (?:vilket datum|vilken dag|och med när|när)\b|^from (?:what|which) date\b",
    re.IGNORECASE,
)
_APPLIES = re.compile(
    r"\bfrån (?:och med|den \d|\d|årsskiftet|dag)|\bfr\.? ?o\.? ?m|\bträde?r? i kraft|"
    r"\bikraftträd|\bmed början\b|\bgäll\w+ .{0,40}\d|\bstart(?:ar|datum)?\b.{0,40}\d|\bsedan\b|"
    r"\btill den \d|\btidpunkt\b",
    re.IGNORECASE,
)
"""The day from which something applies is asked, and how it is told."""


def reason(question: Question, evidence: Evidence) -> bool:
    """Why something was so is told with some word of reasons where nothing but minutes would be
    quoted: they tell in form what was done, where a report may give a reason without the word."""
    kinds = {part.kind for _, part in evidence.parts}
    if question.kind != "why" or not _WHY.search(question.asks) or kinds != {PartKind.PARAGRAPH}:
        return False
    texts = [source.text for source in evidence.sources]
    return not any(tells_reason(text) or _PUT_OFF.search(text) for text in texts)


def office(question: Question, evidence: Evidence) -> bool:
    """Who has an office is told with somebody's name."""
    if not _OFFICE.search(question.asks):
        return False
    return not any(find_people(source.text, bare=True) for source in evidence.sources)


def unit(question: Question, evidence: Evidence) -> bool:
    """How many hours, days or years it is, is told in hours, days or years."""
    match = _HOW_MANY.search(question.asks)
    if match is None:
        return False
    return not re.search(_UNITS[first_group(match).lower()], evidence.told, re.IGNORECASE)


def since(question: Question, evidence: Evidence) -> bool:
    """From what day something applies is told as the day from which it does."""
    if not _SINCE_WHEN.search(question.asks):
        return False
    return not any(_APPLIES.search(" ".join(s.text.split())) for s in evidence.sources)
