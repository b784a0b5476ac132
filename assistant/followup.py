"""Follow-up questions: what an earlier turn supplies makes them stand alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.cues import is_function_word
from assistant.naming import Period, months_named
from assistant.question import Question, cue_words, understand
from assistant.wording import say
from ingest.grammar.dates import MONTHS
from ingest.grammar.parties import party_letters
from vectorstore.lexical import analyser

_JOINS = re.compile(r"^(och|men|eller|så|då|and|but|so|then)\b[, ]*", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(det|den|detta|denna|dessa|de|dem|dom|han|honom|hans|hon|henne|hennes|dess|deras|där|då|samma|"
    r"därefter|senare|dit|därifrån|i stället|istället|instead|later|afterwards|"
    r"it|its|they|them|their|that|this|these|those|he|him|his|she|her|there|new ones?)\b",
    re.IGNORECASE,
)
_UNSPECIFIED = (
    r"(?! (?:om|för|av|från|mot|mellan|som|hos|vid|inom|kring|över|"
    r"under(?! (?:\d|året|våren|sommaren|hösten|mötet|sammanträdet))|"
    r"till(?! (?:slut|sist)\b)|på(?! nytt\b)|"
    r"i(?! (?:dag|år|stället|(?:kommun)?(?:fullmäktige|styrelsen)|nämnden|"
    rf"{'|'.join(MONTHS)})\b))\b)"
)
"""Nothing follows that says which one is meant; where it was treated does not."""
_MATTERS = re.compile(
    r"\b(ärendet|förslaget|förslagen|motionen|beslutet|yrkandet|yrkandena|initiativet|programmet|"
    r"uppdraget|frågan|avgiften|taxan|rapporten|granskningen|reservationen|omröstningen|voteringen|"
    r"punkten|punkterna|skrivelsen|dokumentet|partiet|partierna|nämnden|summan|beloppet|svaret|"
    r"the (?:proposal|motion|decision|initiative|matter|case|vote|fee|report|party|committee))\b"
    rf"{_UNSPECIFIED}(?! (?:about|on|for|of|by|from|to|in|that)\b)",
    re.IGNORECASE,
)
"""A definite noun with nothing after it to say which one it is."""
_DEFINITE = re.compile(
    r"\b[a-zåäöé]{2,}(?:en|et|an|on|n|ar?na|erna|orna)\b"
    rf"{_UNSPECIFIED}(?! [A-ZÅÄÖ])"
)
"""A definite noun, or what looks like one, with nothing after it to say which one it is."""
_INTRODUCES = re.compile(
    r"\b(?:en|ett|a|an|another) (?:annan |annat |ny |nytt |egen |new )?"
    r"(?:motion|initiativ\w*|interpellation|yrkande|förslag|rapport|granskning|initiative|proposal|"
    r"report) (?:om|angående|about|on) (?!(?:det|detta|den|denna|this|that|it)\b)",
    re.IGNORECASE,
)
"""A paper that the question brings in itself."""
_EVERYWHERE = re.compile(
    r"(?:stad|kommun|region|land)\w{0,4}$|^(?:året|månaden|veckan|dagen|gången|tiden)$|^.{1,4}$"
)
"""Where and when everything happens is no matter of its own; nor are the shortest words nouns."""
_NAMED = re.compile(r"(?<=\s)[A-ZÅÄÖ]|\d")
_WHEN_AND_WHO = re.compile(
    r"\b(?:\d{1,2} )?(?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]a[jy]|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|"
    r"[Oo][ck]t|[Nn]ov|[Dd]ec)\w* (?:19|20)\d\d\b|\b(?:19|20)\d\d\b|\b(?:City|Municipal) Council\b|"
    r"\b(?:Kommunf|F)ullmäktige\b|\bKommunstyrelsen\b|\b(?:S|M|SD|V|C|L|KD|MP|D)\b"
)
_EMPTY_IT = re.compile(
    r"\b(?:gick|går|var|är|blev|finns|fanns|hände|gäller) det (?=för|med|som|en|ett|i|på)",
    re.IGNORECASE,
)
"""A "det" that points at nothing: "Hur gick det för motionen om …?"."""
_SHORT = 5
"""A question of so few words lives on what was said before."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_OF_ITS_OWN = 1
"""With no more words of its own than this a question says nothing of its matter."""


def standalone(question: str, history: Sequence[Answer], local: Collection[str] = ()) -> Question:
    """The question as it would be understood without the conversation before it.

    A question that points back ("Och vilka reserverade sig?", "När var det?") gets the matter of
    the last turn that found something; what it asks for stays its own. `local`: see `understand`.
    """
    own = understand(question, local)
    before = _before(history)
    if before is None or not (_points_back(own) or _takes_up(own, before)):
        return own
    return _followed(own, before, local)


def may_follow(
    question: str, history: Sequence[Answer], local: Collection[str] = ()
) -> Question | None:
    """The question with the matter of the last turn that found something, though no word of it
    points back; None where nothing was found before, or where it names what it is about."""
    own = understand(question, local)
    before = _before(history)
    if before is None or not before.citations or own.cases or _NAMED.search(_dated(own)):
        return None
    return _followed(own, before, local)


def _dated(question: Question) -> str:
    """The question without what it says of when, and of which body and party."""
    return _WHEN_AND_WHO.sub("", question.text)


def _followed(own: Question, before: Answer, local: Collection[str]) -> Question:
    matter = _matter(before)
    if not matter:
        return own
    text = f"{_JOINS.sub('', own.text).rstrip('?. ')}? ({matter})"
    text = text[:1].upper() + text[1:]
    earlier = understand(before.standalone_question, local)
    return replace(
        own,
        text=text,
        kinds=earlier.kinds if own.kinds == ("open",) and not own_words(own) else own.kinds,
        focus=tuple(dict.fromkeys((c.file, c.part_id) for c in before.citations)),
        matter=matter,
        periods=own.periods or _months_of_its_year(own, earlier) or earlier.periods,
        bodies=own.bodies or earlier.bodies,
        language=own.language if len(own.text.split()) > 3 else before.language,
    )


def _months_of_its_year(question: Question, earlier: Question) -> tuple[Period, ...]:
    """The months that a question names without a year, in the year that was spoken of."""
    years = {period.first[:4] for period in earlier.periods}
    if len(years) != 1:
        return ()
    (year,) = years
    months = sorted(months_named(question.text))
    return tuple(Period(f"{year}-{month:02}-01", f"{year}-{month:02}-31") for month in months)


def _before(history: Sequence[Answer]) -> Answer | None:
    """The last turn that found something, else the last one."""
    return next((a for a in reversed(history) if a.citations), history[-1] if history else None)


def _points_back(question: Question) -> bool:
    if _INTRODUCES.search(question.text):
        return False
    text = _EMPTY_IT.sub("", _first_of_several(question.text))
    points = bool(_JOINS.match(text) or _POINTS.search(text) or _MATTERS.search(text))
    points = points or (question.language == "en" and _definite(_WHEN_AND_WHO.sub("", text)))
    short = len(question.text.split()) <= _SHORT or len(own_words(question)) <= _OF_ITS_OWN
    return (points or short) and not question.cases


def _first_of_several(text: str) -> str:
    """The sentence that opens a question of several, where it says enough to be pointed at by the
    next: "En motion om bin kom i maj. Vem skrev den?"; else the whole question."""
    first = re.split(r"(?<=[.!]) (?=[A-ZÅÄÖ])", text)[0]
    enough = len(own_words(understand(first))) > _OF_ITS_OWN
    return first if first != text and enough else text


def _takes_up(question: Question, before: Answer) -> bool:
    """True if a question that names nobody speaks of "planen" after one of "biblioteksplanen":
    what was spoken of before, or the last part of the compound that named it."""
    if question.language != "sv" or question.cases or _NAMED.search(_dated(question)):
        return False
    terms = analyser().terms(f"{before.standalone_question} {_matter(before)}")
    said = {*terms.stems, *terms.parts}
    stems = (analyser().terms(word).stems for word in definite_nouns(question))
    return any(own and set(own) <= said for own in stems)


def definite_nouns(question: Question) -> list[str]:
    """The words of a Swedish question that look like definite nouns which nothing after them
    specifies ("kontraktet"); neither bodies nor the place itself ("staden")."""
    if question.language != "sv":
        return []
    known = {word.lower() for name in question.bodies for word in name.split()}
    return [
        word
        for word in _DEFINITE.findall(question.text)
        if not is_function_word(word) and not _EVERYWHERE.search(word) and word not in known
    ]


def _definite(text: str) -> bool:
    """True if an English question speaks of "the …" and names nobody and nothing."""
    return " the " in text.lower() and not _NAMED.search(text)


def own_words(question: Question) -> list[str]:
    """The words that say what a question is about, in lower case: neither what kind of thing it
    asks for, nor whom, when or which body it names."""
    known = {word.lower() for cue in cue_words(question.text) for word in cue.split()}
    named = {word for name in (*question.people, *question.bodies) for word in name.lower().split()}
    return [
        word
        for word in _WORD.findall(question.text.lower())
        if word not in known
        and not is_function_word(word)
        and not any(word.startswith(name[:8]) for name in named)
        and not party_letters(word.capitalize())
    ]


def _matter(before: Answer) -> str:
    """What the last turn was about: the title of the paper it cited most, or its question."""
    if not before.citations:
        return before.standalone_question.rstrip("?")
    main = max(before.citations, key=lambda c: _weight(before, c))
    title = main.part
    if len(_WORD.findall(title)) <= _OF_ITS_OWN:  # "Frågestund" says nothing of what was asked
        title = f"{title}: {before.standalone_question.rstrip('?. ')}"
    return say(before.language, "outcome.matter", title=title)


def _weight(answer: Answer, citation: Citation) -> int:
    return sum(other.part == citation.part for other in answer.citations)
