"""What a question asks for and the passages that would answer it do not hold.

Papers of a municipality lie near every question about it; what tells that they do not answer one
is that something asked for is not in them: the event ("vann", "avgick"), the form (a price, a
day), the party or the body that is said to have spoken. The words stand in `lacking.toml`, the
figures in docs/decisions/0011-declining.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant import lacking_kinds, lacking_names, lacking_times, lacking_voices
from assistant.compose import Library
from assistant.compose.amounts import counts
from assistant.compose.shape import gives_reason, tells
from assistant.expansion import meaning
from assistant.lacking_evidence import Evidence, bare_stem, first_group, municipalities, parts_of
from assistant.lacking_table import table
from assistant.question import Question
from assistant.several import parts_of as parts_of_question
from assistant.translation import rendered
from assistant.verify.source import Source
from ingest.document import Document
from ingest.parts import Part, PartKind, Role
from ingest.records import Abstention, Decision, Record, Recusal, Reservation

_LASTS = re.compile(
    r"\b(?:\d+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|tolv) "
    r"(?:år|månad(?:er)?|veck(?:a|or)|dag(?:ar)?|tim(?:me|mar))\b|\b\d{1,2}\. (?=[A-ZÅÄÖ])|"
    r"\b(?:alla|samtliga|båda)\b",
    re.IGNORECASE,
)
"""How long something lasted counts nothing, nor does the number of a point in a list; "all" is no
number of them."""
_TIMES = ("minuter", "timmar", "dygn", "dagar", "veckor", "månader")
"""… but where time is what is counted."""
_OF_A_PART = ("event", "form", "for_whom", "length", "grows", "state", "counted")
"""What one of several questions in a question may lack, and another not."""
_RECORDS = {"abstention": Abstention, "recusal": Recusal, "reservation": Reservation}
_ASIDE = tuple(_RECORDS)
_HOW_MANY = re.compile(
    r"\bhur många (?:av (?:(?-i:[A-ZÅÄÖ])\w+ )*)?(?!har\b|hade\b|är\b|var\b|blev\b|fick\b|ska\b)"
    r"((?:[a-zåäö-]+ ?){1,3})|"
    r"\bhow many ((?:[a-z’'-]+ ){0,3}?[a-z-]+)(?= (?:did|does|do|has|have|had|are|is|was|were|will|"
    r"would|should|can|could|may|must|of|in|at|on|for|from|to|with|that|who|which|there|by|took|"
    r"\w+ed|sit|sat|came|come|went|got|gave|made|left|ran|use|work|live|want|need)\b|[,?])",
    re.IGNORECASE,
)
_IN_THE_END = re.compile(
    r"\b(?:till slut|slutligen|till sist|i slutändan|finally|in the end|eventually)\b",
    re.IGNORECASE,
)
"""How a matter ended is asked."""
_LEFT = re.compile(
    r"\b(?:lämna(?:de|t)|avgick|avgått|avsade|avsagt|slutade|slutat|gav upp|sade upp|"
    r"hoppade?(?: \w+){0,2} av|drog (?:sig )?tillbaka|dragit (?:sig )?tillbaka|leave|left|"
    r"resign(?:ed)?|quit|"
    r"avstod|avstått|lade ne[dr] sin|lade sin röst|abstain(?:ed)?|"
    r"withdrew|withdraw|saknades|uteblev|frånvarande|absent|jävig[at]?|jäv|disqualified|avbröts|"
    r"avbrutits|ställdes in|ställts in|cancelled)\b",
    re.IGNORECASE,
)
"""Somebody is said to have left, withdrawn or stood aside, or something to have been broken off:
papers note it, and seldom why."""
_HE = re.compile(r"\b(?:han|hon|hans|hennes|he|she|his|her)\b", re.IGNORECASE)
_WHY = re.compile(
    r"^(?:och |men |and |but )?(?:varför|av vilke[nt] \w+|why|for what reason|"
    r"vad (?:var|är) (?:skälet|orsaken|anledningen)|what was the reason)\b",
    re.IGNORECASE,
)
"""Nothing but a reason is asked for."""
_CLAUSE = re.compile(
    r"\b(?:har|hade|är|var|blev|blir|fick|får|ska|skulle|finns|fanns|kan|kunde|i|på|som|inom)\b"
)
"""With these words a clause goes on after the thing that is counted."""
_ALREADY = re.compile(
    r"(?<=\w) (?:när|sedan|efter att|after|when|once) (?:[\w-]+ ){1,4}?(?:hade|had)\b.*",
    re.IGNORECASE,
)
"""What had happened before what is asked about."""
_BY_THE_WAY = re.compile(
    r"(?<=\w),? (?:när|sedan|efter att|enligt|after|when|once|according to) "
    r"(?:[\w()§/:-]+ ?){2,}.*",
    re.IGNORECASE,
)
"""When or by whose word it was, after what is asked."""
_FIGURE = re.compile(r"\d[\d  .,]*")
_STATE = 7
"""How many letters at the beginning of a participle tell it."""
_VERB = 5
"""How many letters at the beginning of a verb tell it."""
_TAIL = 7
"""How many letters at the end of a compound are its head, about."""
_HANDED_IN = re.compile(
    r"\b(?:lämnade|lämnat|lämnades|skickade|skickat|gav|gett|la|lade|lagt)\b.{0,40}?\bin\b|"
    r"\b(?:handed|sent|put) in\b|\bsubmitted\b",
    re.IGNORECASE,
)
_SWEDISH = re.compile(r"\(([a-zåäö-]{5,})\)")
"""A Swedish word that an English question gives in brackets."""
_WON = re.compile(r"\b(?:vann|vunnit|won|win)\b", re.IGNORECASE)
_BEFORE, _AFTER = 60, 90
"""How far from the name of a thing, in characters, stands how many of it there are."""
_HEAD = 6
"""The same where a number stands beside it: "hemtjänsttagare", "omsorgstagare"."""


def lacking(
    question: Question,
    sources: Sequence[Source],
    library: Library,
    near: Sequence[Part] = (),
    found: Iterable[Document] = (),
) -> str | None:
    """The name of the first thing that is asked for and not there, or None where nothing is.

    Args:
        sources: what would be quoted.
        near: the parts that were found, quoted or not. found: the documents that they stand in.
    """
    evidence = Evidence(
        tuple(sources),
        tuple(parts_of(sources, library)),
        tuple(near),
        library,
        municipalities(found),
    )
    parts = parts_of_question(question)
    return next(
        (
            name
            for name, lacks in RULES
            if lacks(question, evidence)
            and not (name in _OF_A_PART and len(parts) > 1 and _told_in_part(parts, evidence))
        ),
        None,
    )


def _told_in_part(parts: Sequence[Question], evidence: Evidence) -> bool:
    """True if one of the questions in a question lacks nothing of what each of them may lack: it is
    answered in part."""
    rules = [lacks for name, lacks in RULES if name in _OF_A_PART]
    return not all(any(lacks(part, evidence) for lacks in rules) for part in parts)


def _event(question: Question, evidence: Evidence) -> bool:
    """An event is told by its verb or its kin. Where a decision is asked for, that tells it, and
    who stood aside when somebody was elected is told by that."""
    if question.kind in ("decision", "compare", "timeline", *_ASIDE):
        return False
    asks = _BY_THE_WAY.sub("", _ALREADY.sub("", question.asks))
    if question.kind == "who" and _hands_of_a_proposal(evidence):
        asks = _HANDED_IN.sub("", asks)
    if question.kind == "vote" and any(tells("vote", s.text) for s in evidence.sources):
        asks = _WON.sub("", asks)  # the figures tell who won
    return any(rule.unmet(asks, evidence.told) for rule in table().events)


def _hands_of_a_proposal(evidence: Evidence) -> bool:
    """True if those who signed a proposal would be quoted: it is they who handed it in."""
    return any(
        source.start <= author.start < source.end
        for source in evidence.sources
        for document, part in evidence.parts
        if part.role is Role.PROPOSAL and document.file == source.file
        for author in part.authors
    )


def _form(question: Question, evidence: Evidence) -> bool:
    return any(rule.unmet(question.asks, evidence.told) for rule in table().forms)


def _for_whom(question: Question, evidence: Evidence) -> bool:
    prices = table().forms[1].asks.search(question.asks)
    return bool(prices) and any(
        rule.unmet(question.asks, evidence.told) for rule in table().for_whom
    )


def _outcome(question: Question, evidence: Evidence) -> bool:
    """What was decided is told by a paper that records decisions, an outcome by its words."""
    if table().who_decides.search(question.asks):
        return False  # what a court or an authority decided, `_decider` looks for
    ended = "decision" in question.kinds and _IN_THE_END.search(question.asks)
    if ended and _nothing_settled(evidence):
        return True
    if table().decides.search(question.asks):
        return not any(part.role is Role.DECISION for _, part in evidence.parts)
    return table().outcome.unmet(question.asks, evidence.told)


def _nothing_settled(evidence: Evidence) -> bool:
    """True if nothing but the putting off of the matter would be quoted of what was decided."""
    decisions = [r for _, p in evidence.parts for r in p.records if isinstance(r, Decision)]
    return bool(decisions) and all(r.outcome == "bordläggning" for r in decisions)


def _noted(question: Question, evidence: Evidence) -> bool:
    """Who was disqualified, stood aside, reserved themselves or voted is told with that word, or
    under the heading that says it."""
    record = _RECORDS.get(question.kind)
    told = (
        tells(question.kind, s.text) or _recorded(s, record, evidence) for s in evidence.sources
    )
    return not any(told)


def _recorded(source: Source, kind: type[Record] | None, evidence: Evidence) -> bool:
    """True if a quotation is such a record of its part."""
    return kind is not None and any(
        isinstance(record, kind) and record.start <= source.start and source.end <= record.end
        for document, part in evidence.parts
        if document.file == source.file
        for record in part.records
    )


def _reason(question: Question, evidence: Evidence) -> bool:
    """Why somebody left, or something was broken off, is told with a word of reasons."""
    if not _WHY.search(question.asks) or not _LEFT.search(question.asks):
        return False
    names = [name.split()[-1] for name in question.people]
    return not any(
        gives_reason(source.text) and (not names or _speaks_of(names, source.text))
        for source in evidence.sources
    )


def _speaks_of(names: Sequence[str], text: str) -> bool:
    """True if a text names one of these people, or says "he" or "she"."""
    return any(name in text for name in names) or bool(_HE.search(text))


def _decided_so(question: Question, evidence: Evidence) -> bool:
    """Why a body decided something is told only where one of its decisions says that it did."""
    match = table().decided_so.search(question.asks)
    if match is None:
        return False
    verb = first_group(match).lower()
    verbs = [verb, *meaning(verb), *(w for one in rendered(verb) for w in one.swedish)]
    own = [p for p in evidence.of_case if p.role is Role.DECISION]
    texts = [r.text.lower() for p in own for r in p.records if isinstance(r, Decision)]
    wanted = {word.removesuffix("a")[:_VERB] for word in verbs}
    return bool(texts) and not any(stem in text for stem in wanted for text in texts)


def _grows(question: Question, evidence: Evidence) -> bool:
    match = table().grows.search(question.asks)
    if match is None:
        return False
    tail = bare_stem(first_group(match).lower()).removesuffix("a")[-_TAIL:]
    return not any(tail in word for word in evidence.told.lower().split())


def _state(question: Question, evidence: Evidence) -> bool:
    """How many were ill or hired is told with that word."""
    match = table().state.search(question.asks)
    if match is None:
        return False
    word = first_group(match).lower()
    wanted = {one[:_STATE] for one in _in_swedish(question, word) or (word, *meaning(word))}
    return not any(stem in evidence.told.lower() for stem in wanted)


def _counted(question: Question, evidence: Evidence) -> bool:
    """How many of something there are is told by a number beside its name."""
    match = _HOW_MANY.search(question.asks)
    if match is None or question.kind != "amount":
        return False
    phrase = _CLAUSE.split(first_group(match).lower())[0]
    named = [word for word in phrase.split() if len(word) > _VERB]
    if question.language == "en":
        named = [*_in_swedish(question, first_group(match)), *_SWEDISH.findall(question.asks)]
    wanted = {one.lower() for word in named for one in (word, *meaning(word))}
    if not wanted or any(is_general(one) or is_resident(one) for one in wanted):
        return False
    heads = [bare_stem(word)[-_HEAD:] for word in wanted]
    timed = any(one.endswith(_TIMES) for one in wanted)
    texts = (source.text.replace("\u00ad", "") for source in evidence.sources)
    near = ((text if timed else _LASTS.sub("", text)).lower() for text in texts)
    return not any(counts(beside) for text in near for beside in _beside(text, heads))


def _beside(text: str, heads: Sequence[str]) -> Iterator[str]:
    """What stands around each place where a text holds one of these."""
    for head in heads:
        for match in re.finditer(re.escape(head), text):
            yield text[max(0, match.start() - _BEFORE) : match.end() + _AFTER]


def _treated(question: Question, evidence: Evidence) -> bool:
    """What became of a motion, and what was thought of it, is not told where it is only listed
    among what has come in."""
    asked = question.kind in (
        "decision",
        "opinion",
        "vote",
        "reservation",
    ) or table().who_says.search(question.asks)
    if not asked or PartKind.MOTION not in question.papers or not evidence.parts:
        return False
    return bool(table().listed.search(evidence.parts[0][1].title))


def _decided_to(question: Question, evidence: Evidence) -> bool:
    """The amount that a question says was decided stands in a decision, where one is found."""
    match = table().decided_to.search(question.asks)
    decisions = [r.text for _, p in evidence.parts for r in p.records if isinstance(r, Decision)]
    if match is None or not decisions or not {"why", "decision"} & set(question.kinds):
        return False
    amount = _digits(match["amount"])
    return amount not in {_digits(f) for text in decisions for f in _FIGURE.findall(text)}


def _in_swedish(question: Question, words: str) -> list[str]:
    """What the papers may call the last thing that English words name; nothing of Swedish ones."""
    found = rendered(words) if question.language == "en" else ()
    return list(found[-1].swedish) if found else []


def is_general(noun: str) -> bool:
    """True for a noun that says nothing of the thing asked for ("belopp", "ledamot")."""
    return noun in table().general or f"{noun}er" in table().general


def is_resident(noun: str) -> bool:
    """True for those who live somewhere ("Ekmarkabor", "älvsborgare"): papers say "invånare"."""
    return noun.endswith(("bor", "borna", "borgare", "borgarna"))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


RULES: tuple[tuple[str, Callable[[Question, Evidence], bool]], ...] = (
    ("event", _event),
    ("form", _form),
    ("for_whom", _for_whom),
    ("outcome", _outcome),
    ("party", lacking_voices.party),
    ("voter", lacking_voices.voter),
    ("content", lacking_voices.content),
    ("speaker", lacking_voices.speaker),
    ("decider", lacking_voices.decider),
    ("elsewhere", lacking_voices.elsewhere),
    ("month", lacking_times.month),
    ("day", lacking_times.day),
    ("year", lacking_times.year),
    ("length", lacking_times.length),
    ("to_come", lacking_times.to_come),
    ("decided_so", _decided_so),
    ("grows", _grows),
    ("state", _state),
    ("counted", _counted),
    ("treated", _treated),
    ("decided_to", _decided_to),
    ("named", lacking_names.named),
    ("person", lacking_names.person),
    ("place", lacking_names.place),
    ("role", lacking_names.role),
    ("writer", lacking_names.writer),
    ("reason", _reason),
    ("noted", _noted),
    ("reason", lacking_kinds.reason),
    ("role", lacking_kinds.office),
    ("length", lacking_kinds.unit),
    ("day", lacking_kinds.since),
)
"""Each rule by its name, which `lacks.NAME` puts into words for people."""
