"""The shape of an answer: whether a text holds the kind of thing that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose import amounts
from assistant.question import Question
from ingest.grammar.dates import find_dates
from ingest.grammar.names import find_people
from ingest.grammar.parties import party_letters

_SHAPE = 0.22
"""What a sentence gains for each kind of thing asked for that it holds."""
_DAY = 0.3
"""What a day tells more than a year does, where it is asked when, as a share of the gain."""
_OTHER_YEAR = 0.15
"""What a sentence loses that tells of other years than the one asked for."""
_ASKING = 0.1
"""What a question loses that a paper asks: it answers none."""
_ASKS_QUESTION = re.compile(
    r"\bfråg|\bundra|\binterpell|\bask(?:s|ed)?\b|\bquestion", re.IGNORECASE
)
_FULL = len("2031-01-01")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HOW_LONG = re.compile(
    r"\bhur (?:länge|lång tid)\b|\b(?:inom|under|på) (?:vilken|hur lång) tid\b|\bhow long\b|"
    r"\bwithin what time\b",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"(?:\d|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|arton|tjugo\w*|halvt?)) ?"
    r"(?:tim|dag|dygn|veck|månad|kvartal|halvår|år|mandatperiod)|\bsenast\b|\btills vidare\b|"
    r"\bårsvis",
    re.IGNORECASE,
)
"""How long something lasts or may take, and how one asks for it."""
_ASKS_SEVERAL = re.compile(
    r"^(?:och )?(?:vilka|which|what) (?!(?:\w+ ){0,2}(?:politiker|ledamöter|partier|parties)\b)\w",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\w, (?:\w+ ){1,4}(?:och|samt|respektive) \w|\w(?:, \w+){2,}")
"""Several things are asked for, and enumerated."""
_WHICH_THINGS = re.compile(
    r"\b(?:vilka|which|what) (?:(?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|andra|övriga|two|"
    r"three|four|five|six|other) )?(?P<noun>[a-zåäö]{5,})",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"[A-ZÅÄÖ][\w-]+(?:(?: [A-ZÅÄÖ][\w-]+)*, [A-ZÅÄÖ][\w-]+)* (?:och|samt) [A-ZÅÄÖ]\w"
)
"""Which of some things are asked for, and names one after the other."""
_THING = 6
"""So many letters of a thing tell it."""
_WHICH_PEOPLE = re.compile(
    r"^(?:och )?(?:vad heter (?:den|de|han|hon|mannen|kvinnan|personen|personerna)\b(?!.*\b(?:plan|"
    r"policy|lag|bolag|företag|skola|program|projekt|område)\w*)|"
    r"vad heter \w*(?:chef|direktör|ordförande|ledamot|handläggare|sekreterare|jurist|"
    r"rektor|arkitekt|konstnär|författare|projektledare|föreståndare|samordnare|präst|lärare)"
    r"(?:en|n|na|er|erna|s)?\b|"
    r"vilka (?:\w+ ){0,2}(?:personer|politiker|ledamöter|företrädare|representanter)|"
    r"vilken (?:\w+ )?(?:person|politiker|ledamot|konstnär|arkitekt|författare|tjänsteman|chef|"
    r"expert|forskare)|which (?:\w+ ){0,2}(?:people|persons?))\b",
    re.IGNORECASE,
)
"""People are asked for, by name or by party."""
_LETTERHEAD = re.compile(
    r"\b(?:Postadress|Besöksadress|Kontaktcenter|Telefon|Diarienummer)\b.*\b"
    r"(?:Besöksadress|Kontaktcenter|Telefon|Diarienummer|E-post)\b|\S@\S+\.\w+ \S+@|\S@\S+ www\.",
    re.DOTALL,
)
"""The lines of a letterhead."""
_FEW = 250
"""A letterhead that a sentence runs on from is longer than this, in characters."""
_OPENS_LIST = re.compile(r"Förslag till (?:beslut|kommun)[^.]{0,80}:$")
"""The words that open a proposal's list."""
_LEADERS = re.compile(r"\.{5,}")
_SPEAKS = re.compile(r"\b[a-zåäöé]{3,}\b")
_REASON = re.compile(
    r"\b(eftersom|därför|på grund av|med anledning av|till följd av|för att|då det|motiv\w*|"
    r"skäl\w*|syft\w+|mot bakgrund|bakgrunden|bedöm\w+|anser|menar|orsak\w*|resultera\w*|"
    r"risk(?:en|er|erar)?|"
    r"olycklig\w*|förbiseende\w*|skulle (?:kräva|innebära|leda|medföra|försvåra)|i kombination med|"
    r"beror|berodde|leder till|medför|realistisk\w*|orimlig\w*)\b|, för (?!att\b)",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:eftersom|därför|på grund av(?! jäv)|med anledning av|till följd av|för att|då det|"
    r"skäl\w*|orsak\w*|mot bakgrund|bakgrunden (?:till|är)|beror|berodde|motiver\w+)\b|"
    r", för (?!att\b)",
    re.IGNORECASE,
)
"""Words that can give nothing but a reason."""
_PLAINLY = 0.5
"""What such words tell more than others do where a reason is asked for, as a share of the gain."""
_ASKS_OUTCOME = re.compile(
    r"\bvad händer\b.{0,20}\b(?:om|när|med de[nm]|annars)\b|\bvilka konsekvenser\b|"
    r"\bwhat happens\b.{0,20}\b(?:if|when|to)\b|\bconsequences\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\bböter\b|\bvite\b|\bdöm(?:s|as)\b|\bstraff|\bsanktion|\bavgift (?:tas|ska)|\bannars\b|"
    r"\bkonsekvens|\b(?:medför|innebär|leder till|riskerar)\b|\bom\b.{0,60}\binte\b",
    re.IGNORECASE,
)
"""What follows from something is asked, and how papers tell it."""
_AGAINST = 0.75
"""What an objection tells where one is asked for, as a share of the gain."""
_ASKS_AGAINST = re.compile(
    r"\bemot\b|\bnej\b|\bavsl(?!ut|öj)|\bavstyrk|\binte\b|\bmotsatte|\binvän[dt]|\bkriti|\bräck(?:te|er)\b|\bbesvarad\b|\bagainst\b|\breject|\bnot\b|"
    r"\boppose|\bobject|\bturn(?:ed)? down\b",
    re.IGNORECASE,
)
_OBJECTS = re.compile(
    r"\b(?:inte|ingen|inget|inga|redan|dock|däremot|men|tyvärr|snarare|i ?stället|samtidigt|"
    r"onödig\w*|tvek\w*|olämplig\w*|svår\w*|saknas|begränsa\w*|resurskrävande|kostsam\w*)\b",
    re.IGNORECASE,
)
"""Why somebody was against something is asked, and how an objection is told."""
_BODY = re.compile(r"\b(?:\w*fullmäktige|\w*styrelsen|\w*nämnden)\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"\b(definier\w+|definition\w*|avses|menas|innebär|betyder|är styr\w+)\b", re.IGNORECASE
)
_TERM = re.compile(
    r"\b(?:menas med|avses med|betyder|innebär|definieras|begreppet|termen|ordet|meant by)\s+"
    r"(?:begreppet |termen |ordet |att |en |ett |the term )?\W?(?P<term>[\wåäö-]{4,})|"
    r"^(?:och |and )?(?:vad är|what is|what are) (?:en |ett |an? |the )?\W?"
    r"(?P<whole>[\wåäö-]{3,})\W*$",
    re.IGNORECASE,
)
_OPENS = r"(?:^|[.:*•–-]\s*|\b(?:termen|begreppet|ordet|med)\s+)\W?"
_MEANS = r"är|innebär|avser|avses|menas|beskriver|definieras|betyder|betecknar|syftar|omfattar"
_STEM = 12
"""So many letters of a term are looked for: its endings differ."""
_TELLS = {
    kind: re.compile(cue, re.IGNORECASE)
    for kind, cue in (
        ("abstention", r"\bavst(?:od|år|ått|å)\b|\bned(?:lagd)? sin röst|\bdel(?:tar|tog|ta) inte"),
        ("recusal", r"jäv|\binte (?:deltagit|deltog|deltar|medverkat) i (?:gransk|hand|bered)"),
        ("reservation", r"reserv"),
        ("vote", r"röst|votering|\backlamation|\b(?:\d+ (?:ja|nej)|(?:ja|nej) \(\d)"),
    )
}
"""The words with which what a kind of question asks for is told."""
_STAND = re.compile(
    r"\b(?:vi|oss|\w+partiet|\w+demokraterna|moderaterna|liberalerna|centern)\b.{0,60}?\b(?:avslå\w*|"
    r"avstyrk\w*|bifall\w*|tillstyrk\w*|ställer|positiv\w*|tveksam\w*|kritisk\w*|anser|menar|"
    r"tycker|föreslår|yrkar|delar)\b|\b(?:olycklig|felaktig|orimlig|oansvarig|onödig|angelägen)",
    re.IGNORECASE,
)
"""Where somebody says what they think of a proposal."""
_ASKS_BY_WHEN = re.compile(r"\bsenast\b|\bby (?:when|what date)\b|\bdeadline\b", re.IGNORECASE)
_BY_WHEN = re.compile(r"\bsenast\b.{0,40}\d", re.IGNORECASE)
"""When something must be done at the latest, and how one asks for it."""
_ASKS_TIE = re.compile(r"\blika\b|\butslagsröst|\bcasting\b|\btied?\b", re.IGNORECASE)
_CASTING = re.compile(r"\butslagsröst", re.IGNORECASE)
"""How a tied vote was settled, and how one asks for it."""
_ASKS_CONCLUSION = re.compile(
    r"\bslutsats|\bomdöme|\bbetyg\b|\bsammantage|\bsammanfatt|\bhelhet|"
    r"\b(?:kom|kommer|kommit)\b.{0,60}\bfram till|"
    r"\b(?:bedömde|bedömer|ansåg|tyckte|tycker)\b.{0,60}\brevis|"
    r"\brevis\w+\b.{0,60}\b(?:bedöm|ansåg|anser|tyck)|\bbedömning|"
    r"\bconclu|\boverall\b|\bverdict\b|\bassessment",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"\bsammantage|\bsammanvägd|\bsammanfattningsvis|\bslutsats|\b(?:vår|revisor\w+|stadsrevis\w+|"
    r"\w+(?:kontoret|förvaltningen|nämnden)s?)\b.{0,30}\bbedöm|"
    r"\bbedömningen är|\bden samlade bedömningen|\bgör bedömningen",
    re.IGNORECASE,
)
"""What a paper concludes, and how one asks for it."""


_ASKS_ADVICE = re.compile(r"\brekommend|\brådde\b|\bråd(?:et)?\b|\brecommend|\badvi[sc]e", re.I)
_ADVISES = re.compile(r"\brekommendera|\brekommendation|\bbör\b|\bbehöver\b", re.IGNORECASE)
"""What the auditors recommend, and how one asks for it."""
_CASE_NUMBER = re.compile(
    r"\s*(?:[Dd]nr:? ?)?(?:\b[A-ZÅÄÖ]{1,5}[ -]?)?\b\d{2,4}[/-]\d+(?:[/-]\d+)*\W*$"
)
"""A case number after a title."""


def says_what_is_asked(question: Question, texts: Sequence[str]) -> bool:
    """False where an amount, money or a person is asked for and none of the texts holds any."""
    if _WHICH_PEOPLE.search(question.asks):
        return any(_names_another(question, text) for text in texts)
    if question.kind == "amount":
        return amounts.tells_amount(question, texts)
    return True


def tells(kind: str, text: str) -> bool:
    """True if a text holds the word with which what a kind of question asks for is told: jäv is
    told with "jäv"; True for kinds that have no such word."""
    return kind not in _TELLS or bool(_TELLS[kind].search(text))


def gives_reason(text: str) -> bool:
    """True if a text gives a reason in so many words, and not that somebody was disqualified."""
    return bool(_CAUSE.search(text))


def tells_reason(text: str) -> bool:
    """True if a text gives a reason, or weighs one: in any of the words that may."""
    return bool(_REASON.search(text))


def _names_another(question: Question, text: str) -> bool:
    """True if a text names a person or a party that the question does not bring along."""
    asked = question.asks.lower()
    people = (person.name.lower() for person in find_people(text, bare=True))
    parties = set(party_letters(text)) - set(question.parties)
    return bool(parties) or any(not set(name.split()) & set(asked.split()) for name in people)


def dates_something(text: str) -> bool:
    """True if a text names a day, a month or a year."""
    return bool(_YEAR.search(text) or find_dates(text))


def _tells_a_day(text: str) -> bool:
    return any(len(date.iso) == _FULL for date in find_dates(text))


def tells_nothing(text: str, title: str) -> bool:
    """True for the heading of a paper, a letterhead, the words that open a list, a line of a table
    of contents, and a line of nothing but names and figures: they tell what a paper is about, and
    no more."""
    if (len(text) < _FEW and _LETTERHEAD.search(text)) or _OPENS_LIST.match(text):
        return True
    bare = _CASE_NUMBER.sub("", text).strip(".: ")
    if text.startswith("§") or bare in title or _LEADERS.search(text):
        return True
    return not _SPEAKS.search(text) and not amounts.tells_money(text)


def _defines_it(asked: str, text: str) -> bool:
    """True if a sentence says what the very term asked for means: "Termen X beskriver …"."""
    match = _TERM.search(asked)
    if match is None:
        return False
    stem = re.escape((match["term"] or match["whole"])[:_STEM])
    return bool(re.search(rf"{_OPENS}{stem}\w*\W{{1,3}}(?:\w+ ){{0,4}}?(?:{_MEANS})\b", text, re.I))


def _names_them(question: Question, text: str) -> bool:
    """True if a text names several of the things asked for: "Ale, Tallmo och Ekmarka kommuner"."""
    match = _WHICH_THINGS.search(question.asks)
    if match is None or not _NAMES.search(text):
        return False
    return bool(re.search(rf"\b{re.escape(match['noun'][:_THING])}", text, re.IGNORECASE))


def _objects(question: Question, text: str) -> bool:
    """True if it is asked why somebody was against something, and the text objects to something."""
    return bool(_ASKS_AGAINST.search(question.asks) and _OBJECTS.search(text))


def shape(question: Question, text: str) -> float:
    """What a sentence gains by holding what is asked for (a date, a number, a name, a reason), and
    loses by being a heading or the stump of a table."""
    kinds = set(question.kinds)
    timed = _LASTS if _HOW_LONG.search(question.asks) else _YEAR
    held = (
        ("when" in kinds and bool(timed.search(text) or (timed is _YEAR and find_dates(text))))
        + _DAY * ("when" in kinds and timed is _YEAR and _tells_a_day(text))
        + (amounts.fit(question, text) if "amount" in kinds else 0.0)
        + ("who" in kinds and bool(find_people(text) or _BODY.search(text)))
        + ("why" in kinds and bool(_REASON.search(text)))
        + _PLAINLY * ("why" in kinds and bool(_CAUSE.search(text)))
        + bool(_ASKS_OUTCOME.search(question.asks) and _FOLLOWS.search(text))
        + _AGAINST * bool({"why", "opinion"} & kinds and _objects(question, text))
        + ("definition" in kinds and bool(_DEFINES.search(text)))
        + 2 * ("definition" in kinds and _defines_it(question.asks, text))
        + bool({"compare", "opinion"} & kinds and _STAND.search(text))
        + any(told.search(text) for kind, told in _TELLS.items() if kind in kinds)
        + 2 * bool(_ASKS_TIE.search(question.asks) and _CASTING.search(text))
        + bool(_ASKS_BY_WHEN.search(question.asks) and _BY_WHEN.search(text))
        + bool(_ASKS_ADVICE.search(question.asks) and _ADVISES.search(text))
        + bool(_ASKS_CONCLUSION.search(question.asks) and _CONCLUDES.search(text))
    )
    if _ASKS_SEVERAL.search(question.asks):
        held += bool(_SEVERAL.search(text))
    held += _names_them(question, text)
    asked = {period.first[:4] for period in question.periods}
    told = set(_YEAR.findall(text))
    other = bool(asked and told) and not asked & told
    asking = text.endswith("?") and not _ASKS_QUESTION.search(question.asks)
    stump = len(text) < 60 and not re.search(r"[.!?:]$|\d|^[•▪●■]", text)
    return (
        _SHAPE * held
        - (0.2 if stump else 0.0)
        - (_OTHER_YEAR if other else 0.0)
        - (_ASKING if asking else 0.0)
    )
