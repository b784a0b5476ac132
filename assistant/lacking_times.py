"""Days, months, years and lengths of time that are named or asked for and not told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.compose.amounts import counts
from assistant.lacking_evidence import Evidence
from assistant.naming import months_named, periods
from assistant.question import Question
from ingest.grammar.dates import find_dates
from ingest.parts import Role

_BY_MEETINGS = ("decision", "vote", "abstention", "recusal", "reservation")
_SINCE = re.compile(r"\b(?:från|sedan|from|since)(?: \d+)? \w+ (?:19|20)\d\d\b", re.IGNORECASE)
"""When something began that was decided on later."""
_SINCE_YEAR = re.compile(r"\b(?:från|sedan|since|from) (?:år )?(?:19|20)\d\d\b", re.IGNORECASE)
_WILL = re.compile(
    r"^(?:(?:och|men) )?(?:(?:till|från|sedan) )?när (?:ska|skall|skulle|kommer|beräknas|"
    r"beräknades|väntas|väntades|planeras|planerades|flyttar|öppnar|öppnas|invigs|börjar|startar|slutar|tas|"
    r"byggs|rivs|stänger|stängs|införs|träder|är .{3,60} (?:klar|färdig)\w?)\b|"
    r"^(?:(?:and|but) )?when (?:will\b|(?:is|are|was|were) .{2,60}\b(?:going to|expected to|"
    r"supposed to|due to|to be)\b)",
    re.IGNORECASE,
)
"""What is to come is asked for."""
_LATER = re.compile(
    r"\b(?:19|20)\d\d\b|\bkvartal|\bhalvår|\bsenast\b|\bnästa\b|\bomgående\b|\bomedelbart\b|"
    r"\binom (?:\d|en|ett|två|tre|fyra|fem|sex|tio|kort)\b|\b(?:vår|höst)(?:en|ens|terminen)\b|"
    r"\b(?:sommaren|vintern)s?\b|\b(?:års?skifte|mandatperiod)\w*|\b(?:januari|februari|mars|april|maj|"
    r"juni|juli|augusti|september|oktober|november|december)\b|\b\d{1,2}/\d{1,2}\b|\bkl(?:ockan)?\b|"
    r"\b(?:när|så snart)\b|\bår (?:ett|två|tre|\d)|\b(?:\d|två|tre|fyra|fem) år\b",
    re.IGNORECASE,
)
"""How what is to come is dated."""
_LEVEL = re.compile(r"\b(?:19|20)\d\d års (?:pris|penning|kostnads)\w*|\b(?:19|20)\d\d[:/-]\d+\b")
"""The year in whose prices sums are told, and numbers of laws and cases."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LENGTH = (
    r"(?:tid|paus|period|frist|sekretess|karens|semester|handläggning|mandatperiod|uppsägning|resa|"
    r"restid|utbildning|kurs|förlängning|provtid|prövotid|arrende)"
)
_HOW_LONG = re.compile(
    rf"\bhur (?:länge|lång(?:a|t)? \w*{_LENGTH}\w*)\b|\bhow long\b(?! (?:is|was|are|were) (?:the )?"
    r"(?:\w+ )?(?:road|route|street|line|bridge|tunnel|fence|list|path|track)\b)|"
    r"\bhur många (?:minuter|timmar|dygn|dagar|veckor|månader|år|mandatperioder)\b|"
    r"\bhow many (?:minutes|hours|days|weeks|months|years|terms)\b",
    re.IGNORECASE,
)
"""How long something lasts or takes is asked for."""
_LASTS = re.compile(
    r"(?:\d|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|femton|arton|tjugo\w*|"
    r"trettio\w*|fyrtio\w*|femtio\w*|hundra|halvt?|ett par|några|flera)[ -])[ -]?"
    r"(?:minut|tim|dag|dygn|veck|månad|kvartal|halvår|år|mandatperiod|läsår|termin)|"
    r"\bsenast\b|\btills\b|\btill och med\b|\bt\.o\.m\b|\bfram till\b|\bsedan\b|\bårsvis\b|"
    r"\bårig\w*|\b(?:19|20)\d\d ?[-–—/] ?(?:19|20)?\d\d(?!\d|-)|\bhalvår|\bdygnet\b|"
    r"\b(?:från|mellan|under|till) (?:år )?(?:19|20)\d\d\b|\bpermanent|\bförlängs?\b|\btidsbegräns",
    re.IGNORECASE,
)
"""How long something lasts is told so."""


def month(question: Question, evidence: Evidence) -> bool:
    """What a meeting did in a month that the question names is told by a meeting of that month."""
    if question.kind not in _BY_MEETINGS:
        return False
    told = _SINCE.sub("", question.asks)
    named = months_named(told)
    days = {p.date for _, p in evidence.parts if p.role is Role.DECISION and p.date}
    exact = {period.first[:7] for period in periods(told) if period.exact}
    if exact and len(exact) == len(named):  # each month with its year
        return bool(days) and not exact & {day[:7] for day in days}
    return bool(named and days) and not any(int(day[5:7]) in named for day in days)


def day(question: Question, evidence: Evidence) -> bool:
    """One of the days that a question names is named in the papers that would be quoted, or is
    theirs."""
    named = {period.first for period in periods(question.asks) if period.first == period.last}
    if not named or not evidence.parts or named & {part.date for _, part in evidence.parts}:
        return False
    return not named & {date.iso for date in find_dates(evidence.whole)}


def year(question: Question, evidence: Evidence) -> bool:
    """How much or how many there were in a year is told of that year: with its number, by a paper
    of that year or the next, or where no year is told at all."""
    named = {p.first[:4] for p in periods(question.asks) if not p.exact}
    since = _SINCE_YEAR.search(question.asks)
    if question.kind != "amount" or len(named) != 1 or since or not evidence.parts:
        return False
    (asked,) = named
    dates = {part.date[:4] for _, part in evidence.parts if part.date}
    if asked in evidence.titles:
        return False
    told = set(_YEAR.findall(evidence.told))
    if dates & {asked, str(int(asked) + 1)} and any(_undated(s.text) for s in evidence.sources):
        return False
    return bool(told) and asked not in told


def _undated(text: str) -> bool:
    """True if a text counts something and tells of no year."""
    return counts(text) and not _YEAR.search(text)


def length(question: Question, evidence: Evidence) -> bool:
    """How long something lasts is told with a length of time or the day that ends it."""
    if not _HOW_LONG.search(question.asks):
        return False
    return not any(_LASTS.search(" ".join(source.text.split())) for source in evidence.sources)


def to_come(question: Question, evidence: Evidence) -> bool:
    """When something is to happen is told with a time that is not past when the paper is written:
    the meetings that have treated it, the days of yrkanden and the years of prices tell none."""
    if question.kind != "when" or not _WILL.search(question.asks):
        return False
    return not any(_LATER.search(text) for text in _without_the_past(evidence))


def _without_the_past(evidence: Evidence) -> Iterator[str]:
    """The quotations without days and years before their papers' own, and figures that only look
    like years."""
    dates = [part.date for _, part in evidence.parts if part.date]
    first = min(dates, default="")
    for source in evidence.sources:
        text = _LEVEL.sub(" ", " ".join(source.text.split()))
        past = [
            found for found in find_dates(text) if first and found.iso < first[: len(found.iso)]
        ]
        for found in reversed(past):
            text = text[: found.start] + " " + text[found.end :]
        yield _YEAR.sub(lambda year: year[0] if year[0] >= first[:4] else " ", text)
