"""Amounts: money, and how many there are of something, as they are asked for and told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question

_NO_AMOUNT = re.compile(
    r"\b\d+(?:\.\d+){2,}|§+\s*\d+|\b(?:19|20)\d\d:\d+|\b(?:19|20)\d\d\b(?:[-/–]\d\d?)*|"
    r"\b\d{1,2} (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w*|"
    r"\b\w+ \d{4}-\d+|^\W*\d+[.)]|\b(?:nr|kvartal|punkt|bilaga|kap\.?) \d+|[¹²³⁴⁵⁶⁷⁸⁹]|"
    r"\b\d+ ?\(\d+\)|\b\d+ ?kap\b|\b\d+(?: (?:eller|och) \d+)? ?§|(?<=[a-zåäö’”])\d\b|"
    r"\b\w*(?:förslag|handling|ärende|nummer)\w* (?:nr )?\d+",
    re.IGNORECASE,
)
"""Figures that number or date something and count nothing."""
_COUNTED = re.compile(
    r"\d|\b(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hälften|dubbel\w*|hundra\w*|tusen\w*|"
    r"inga|ingen|alla|samtliga|vart?\s(?:anna[nt]|tredje|fjärde|femte|sjätte|sjunde|åttonde|tionde))\b",
    re.IGNORECASE,
)
_NUMERAL = (
    r"(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|"
    r"sjutton|arton|nitton|tjugo\w*|trettio\w*|fyrtio\w*|femtio\w*|hundra\w*|halv\w*|några)"
)
_FIGURE = rf"(?:\d[\d  .,]*|\b{_NUMERAL})"
_NO_THINGS = re.compile(
    rf"{_FIGURE}-års?\w*|{_FIGURE}[ -]?(?:(?:och|till|eller|–) {_FIGURE} ?)?"
    r"(?:års?|åren|månad(?:er|ers)?|veck(?:a|or|ors)|dygn|dag(?:ar|ars)?|tim(?:me|mar|mars)|"
    r"minuter|kronor|kr|tkr|mnkr|mkr|mdkr|miljon(?:er)?|miljard(?:er)?|öre|procent|%)(?!\w)|"
    r"\b(?:19|20)\d\d(?:[-–—:]+\d+)+|—\d\d–\d\d|\b(?:en|ett|inga|ingen|alla|samtliga)\b",
    re.IGNORECASE,
)
"""How long something lasts, money and shares, days in figures, laws by their numbers, and words
that give no number of things."""
_MONEY = re.compile(
    r"\d\s*(?:kronor|kr\b|tkr|mnkr|mkr|mdkr|tusen|miljon|miljard|öre|procent|%)|"
    rf"\b{_NUMERAL} (?:kronor|tusen|miljon|miljard|öre|procent)",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"betal|kost|pris|\bskuld(?:en|er|erna)?\b|\bböt|\bvite|\bkronor|summa|belopp|pengar|budget|avgift|taxa|nota|ersättning|bidrag|anslag|skatt|"
    r"invester|fonden|fonds|kapital|dela(?:s|des)? ut|utdelning|skjuta till|"
    r"hyra|lön|arvode|loss på|\bspara|"
    r"besparing|intäkt|inkomst|förlust|vinst|plus med|minus med|överskott|underskott|köpeskilling|"
    r"\bhur mycket\b.{0,60}\b(?:fått|fick|gett|gav|gick till|går till|"
    r"satsa\w*|lagt|lade|lägger|lägga|"
    r"bevilja\w*|tilldela\w*|sponsra\w*)|"
    r"\bpay|\bpaid|\bcost|\bmoney|\bfee\b|\bbudget|\bprice|\bcontribution|\bsav(?:e|ed|ings?)\b|\bspen[dt]\b|\brevenue|\bincome",
    re.IGNORECASE,
)
"""What is asked for is money."""
_HOW_MANY = re.compile(
    r"\bhur många\b(?! (?:kronor|miljon|miljarder|pengar|tusen))|"
    r"\bhow many\b(?! (?:kronor|million|billion))",
    re.IGNORECASE,
)
_MANY_THINGS = re.compile(
    r"\bhur många\b(?! (?:\w+ )?(?:kronor|miljon|pengar|tusen|procent|år|månader|veckor|dagar|"
    r"dygn|timmar|minuter|mandatperioder))|"
    r"\bhow many\b(?! (?:\w+ )?(?:kronor|million|billion|per ?cent|years|months|weeks|days|hours|"
    r"minutes|terms))",
    re.IGNORECASE,
)
"""Things or people are counted, not money or time."""
_OF_WHAT = re.compile(
    r"\bhur många (?:(?:nya|fler|olika|större|av|de|\w+(?:iga|ska|liga)) )?(?P<noun>[a-zåäö]{5,})",
    re.IGNORECASE,
)
_HEAD = 7
"""What is counted, and how many letters of it tell it."""
_OF_THEM = 0.6
"""What a number of the thing asked for tells more than another one, as a share of the gain."""
_FREE = re.compile(
    r"\bavgiftsfri|\bkostnadsfri|\bgratis|\bing(?:a|en) \w*(?:kostnad|avgift)", re.IGNORECASE
)
_NUMBER = rf"(?:\d[\d  .,–-]*|\b{_NUMERAL} )\s*"
_MEASURES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(told, re.IGNORECASE))
    for asks, told in (
        (
            r"\bhur stora? (?:är|blir|var) (?:\w+ )?\w*(?:mark|tomt|fastighet|yta|område|lokal|"
            r"park|byggnad)\w*|\bareal\w*|\bkvadratmeter|\bhow (?:large|big) (?:is|are|was) "
            r"(?:the )?(?:\w+ )?(?:site|plot|property|land|area|park|building|premises)",
            rf"{_NUMBER}(?:kvm|kvadratm\w+|m2|m²|hektar|ha)(?!\w)",
        ),
        (
            r"\bhur (?:nära|långt bort|långt från|högt?|höga|djupt?|brett?|breda?)\b(?!.{0,40}"
            r"\b(?:avgift|pris|kostnad|belopp|arvode|ersättning|andel|skatt))|"
            r"\bhow (?:near|close|far|tall|deep|wide)\b",
            rf"{_NUMBER}(?:m|meter|km|kilometer|mil|cm|våningar)(?!\w)",
        ),
        (
            r"\b\w*andel(?:en|ar|arna)?\b|\bhur stor del\b|\bhur många procent\b|"
            r"\b(?:what|how large a) (?:share|proportion|percentage)\b|\bper ?cent|"
            r"\bhow (?:large|big) (?:is|are|was|were) (?:\w+ ){0,3}(?:shares?|stakes?)\b",
            r"\d\s*(?:%|procent)|\bprocent\b|\bhälften\b|\b(?:tredje|fjärde|fem|tion)delar?\b",
        ),
        (
            r"\b(?:installerade?|samlade) effekt(?:en)?\b|"
            r"\bhur mycket (?:el|energi|ström|värme)\b|kilowatt|megawatt|"
            r"\b(?:capacity|output|electricity|energy|power)\b",
            rf"{_NUMBER}(?:[kMGT]Wh?|\w*watt\w*)(?!\w)",
        ),
        (
            r"\bhur mycket (?:\w+ )?(?:mat|avfall|sopor|skräp|svinn)\b|\bhur tungt?\b|\bvikten\b|"
            r"\bhow (?:heavy|much (?:food|waste|rubbish))\b",
            rf"{_NUMBER}(?:gram|g|kg|kilo|kilogram|ton)(?!\w)",
        ),
    )
)
"""What else than money is measured, as one asks for it and with the units that tell it: areas,
distances, shares, power and energy, weights."""


def asks_money(question: Question) -> bool:
    """True if it is money that is asked for, and not how many there are of something."""
    return bool(_PAID.search(question.asks)) and not _HOW_MANY.search(question.asks)


def tells_money(text: str) -> bool:
    """True if a text holds a sum of money or a share."""
    return bool(_MONEY.search(text))


def counts(text: str) -> bool:
    """True if a text holds a number that is no date, § or case number."""
    return bool(_COUNTED.search(_NO_AMOUNT.sub(" ", text)))


def counts_things(text: str) -> bool:
    """True if a text holds a number of things: no time, no money, nothing that numbers or dates."""
    return bool(_COUNTED.search(_NO_AMOUNT.sub(" ", _NO_THINGS.sub(" ", " ".join(text.split())))))


def tells_amount(question: Question, texts: Sequence[str]) -> bool:
    """True if one of the texts holds the kind of amount that is asked for."""
    if asks_money(question):
        return any(tells_money(text) or _FREE.search(text) for text in texts)
    if _MANY_THINGS.search(question.asks):
        return any(map(counts_things, texts))
    return any(map(counts, texts))


def fit(question: Question, text: str) -> float:
    """How well a text tells the amount asked for: 1 by a number, by one with the unit where
    something is asked for that has units of its own; .6 more by one that stands
    beside the very thing that is counted; 0 by none."""
    if asks_money(question):
        held = tells_money(_NO_AMOUNT.sub(" ", text))
    elif measured := [told for asks, told in _MEASURES if asks.search(question.asks)]:
        held = any(told.search(text) for told in measured)
    else:
        held = counts(text)
    return held + _OF_THEM * _counts_them(question, text)


def _counts_them(question: Question, text: str) -> bool:
    """True if a number stands beside the very thing that is counted: "72 kandidater"."""
    match = _OF_WHAT.search(question.asks)
    if match is None:
        return False
    head = re.escape(match["noun"].lower()[:_HEAD])
    them = (
        rf"(?:\d|\b{_NUMERAL}) (?:\w+ ){{0,2}}?\w*{head}|\bantalet \w*{head}[^.]{{0,80}}? till \d"
    )
    return bool(re.search(them, text, re.IGNORECASE))
