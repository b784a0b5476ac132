"""Who is said to have spoken, voted or decided, and does not in what would be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.compose.asked import OWN_YRKANDE, speaking
from assistant.compose.shape import tells
from assistant.lacking_evidence import Evidence, bare_stem, first_group
from assistant.lacking_table import table
from assistant.question import Question
from ingest.grammar.parties import party_groups, party_letters
from ingest.parts import PartKind

_REACH = 60
"""How many characters may stand between a name and the verb of what it says."""
_PRONOUNS = frozenset(
    [
        "de",
        "den",
        "det",
        "han",
        "hon",
        "dem",
        "deras",
        "dess",
        "man",
        "vi",
        "they",
        "he",
        "she",
        "it",
    ]
)
_VOTED = re.compile(
    r"\bhur röstade (.+?)(?: (?:om|i|när|för|mot|vid)\b|\?|$)|\bhow did (.+?) vote\b", re.IGNORECASE
)
_ALL_OF_THEM = re.compile(
    r"fullmäktige|styrelsen|nämnden|council|board|committee|ledamöterna|members", re.IGNORECASE
)
_ANSWERED = re.compile(r"\b(?:svarade|svarat|answer(?:ed)?|repl(?:y|ied))\b", re.IGNORECASE)
_ANSWER = re.compile(r"\b(?:be)?svar", re.IGNORECASE)
_WHICH_ANSWER = re.compile(
    r"\bvilket svar (?:fick|gav|gavs)\b|\bfick .{1,60}\b(?:till|för) svar\b|"
    r"\bwhat (?:answer|reply) (?:did|was)\b",
    re.IGNORECASE,
)
"""An answer is asked for, whoever gave it."""
_SETTLES = re.compile(r"\bavslå|\bavslog|\bavslag|\bbifall|\bbiföll|\btillstyrk|\bavstyrk", re.I)
"""A motion is answered by what was decided."""
_AUDITORS = re.compile(r"\brevisor|\w*revision|\bauditor", re.IGNORECASE)
_TO_WHOM = re.compile(
    r"^((?:kommun)?(?:fullmäktige|styrelsen)|\w+(?:nämnden|utskottet)) \w+$", re.IGNORECASE
)
"""Whoever answers, and to whom: "kommunstyrelsen regionen"."""
_ADVERBS = re.compile(r"(?: (?:egentligen|då|sedan|sen|själv\w*|också|actually|then))+$", re.I)
_OFFICIAL = re.compile(
    r"\btjänste(?:man|kvinna|person)|\bhandlägg|\butredar|\bofficial", re.IGNORECASE
)
"""An official is asked for, who speaks for no party."""
_EVERYBODY = re.compile(
    r"\w*(?:nämnderna|instanserna|förvaltningarna|bolagen|partierna)$", re.IGNORECASE
)
"""Several are asked about together, by no name."""
_ITS_WORD = PartKind.COUNCIL_PROPOSAL
_QUESTIONS = (PartKind.INTERPELLATION, PartKind.QUESTION)
"""Papers that put a question answer none."""
_HANDED = re.compile(r"\bför besvarande\b|\bbesvarar interpellationen\b", re.IGNORECASE)
"""That somebody is to answer, or does, tells nothing of the answer."""
_MOVES = re.compile(r"\byrka[^.]*", re.IGNORECASE)
"""Whoever moves that a motion be rejected has not answered a question."""
_ITS_WILL = re.compile(
    r"\b\w*(?:styrelsens|nämndens|fullmäktiges|utskottets) (?:\w+ )?(?:vilja|förslag|linje|önskan|"
    r"hållning|åsikt|besked|avslag|rekommendation|yttrande)\b",
    re.IGNORECASE,
)
"""What a body wanted is spoken of, and not how it voted."""
_MASTHEAD = 20_000
"""The municipality of a document is named in so many of its first characters."""


def party(question: Question, evidence: Evidence) -> bool:
    """A party that the question names is named in the papers, or stands behind one of them. Where
    nobody is known to, the party may be one that only a letterhead shows."""
    known = any(part.parties or part.authors for _, part in evidence.parts)
    meeting = any(part.kind is PartKind.PARAGRAPH for _, part in evidence.parts)
    of_official = question.kind == "who" and _OFFICIAL.search(question.asks)
    if not question.parties or of_official or not (known or meeting):
        return False
    there = {letters for _, part in evidence.parts for letters in part.parties}
    there |= {a.party for _, part in evidence.parts for a in part.authors if a.party}
    missing = {letters for letters in question.parties if letters not in there}
    missing -= set(party_letters(evidence.whole)) if missing else set()
    if question.kind == "compare":
        return missing == set(question.parties)
    first = question.parties[0]  # who acted is named first, whose motion it was later
    if first in party_letters(question.asks) or first not in missing:
        return first in missing
    blocs = {letters for group in party_groups(evidence.whole) for letters in group.letters}
    return set(question.parties) <= missing - blocs


def content(question: Question, evidence: Evidence) -> bool:
    """What a party demanded is not told where minutes only say that it moved its own yrkande."""
    if question.kind != "demand" or not question.parties:
        return False
    named = speaking(question)
    papers = (part for _, part in evidence.parts if part.kind is not PartKind.PARAGRAPH)
    if any(named & {*part.parties} for part in papers):
        return False
    theirs = [s.text for s in evidence.sources if named & {*party_letters(s.text)}]
    return bool(theirs) and all(OWN_YRKANDE.search(" ".join(text.split())) for text in theirs)


def voter(question: Question, evidence: Evidence) -> bool:
    """How a party or a person voted is told with their name, how a body did by its own paper or by
    its word to the council."""
    voting = question.bodies and not _ITS_WILL.search(question.asks)
    of_body = question.kind == "vote" and voting and evidence.parts
    if of_body and not any(tells("vote", text) for text in _of_bodies(question, evidence)):
        return True
    match = _VOTED.search(question.asks)
    if match is None or _ALL_OF_THEM.search(first_group(match)):
        return False
    if not (question.parties or question.people):
        return False
    there = set(party_letters(evidence.told))
    surnames = (name.split()[-1] for name in question.people)
    return not there & set(question.parties) and not any(n in evidence.told for n in surnames)


def _of_bodies(question: Question, evidence: Evidence) -> Iterator[str]:
    """The quotations from papers of the bodies that a question names, and from words to the
    council."""
    own = [
        (document.file, part)
        for document, part in evidence.parts
        if part.body in question.bodies or part.kind is _ITS_WORD
    ]
    for source in evidence.sources:
        if any(source.file == f and p.start <= source.start < p.end for f, p in own):
            yield source.text


_TOWN = re.compile(r"(\w+?)s? (?:kommun|stad)\W*$", re.IGNORECASE)
"""A municipality, which speaks through every paper of its own."""


def speaker(question: Question, evidence: Evidence) -> bool:
    """What somebody answered or thought stands in a paper of theirs, or is told as their words."""
    match = table().who_says.search(question.asks)
    who = _TO_WHOM.sub(r"\1", first_group(match) or "")
    if _WHICH_ANSWER.search(question.asks):
        return not (_is_answered(evidence) or _SETTLES.search(evidence.told))
    if not who or question.kind in ("compare", "timeline"):
        return False
    answers = bool(_ANSWERED.search(question.asks))
    if _ADVERBS.sub("", who).lower() in _PRONOUNS:
        return answers and not _is_answered(evidence)
    if _EVERYBODY.search(who):
        return not re.search(rf"\b(?:{table().says})\b", evidence.told, re.IGNORECASE)
    if _AUDITORS.search(who) and any(part.kind is PartKind.AUDIT for _, part in evidence.parts):
        return False
    letters = set(party_letters(who))
    name = re.escape(bare_stem(who.split()[-1] if letters or question.people else who))
    for _, part in evidence.parts:
        hands = " ".join((part.body or "", *(a.name for a in part.authors)))
        if letters & set(part.parties) or re.search(rf"\b\w*{name}", hands, re.IGNORECASE):
            return False
        if re.match(rf"\W*{name}", part.title, re.IGNORECASE):
            return False  # "Stadsrevisionens årsredogörelse"
    town = _TOWN.match(who)
    if town and town[1].lower() in evidence.municipalities:
        return False
    if re.search(rf"\b{name}s? (?:kommun|stad)\b", evidence.whole, re.IGNORECASE):
        return False  # the municipality itself speaks through every paper of its own
    named = name if not letters else rf"(?:{name}|\({'|'.join(letters)}\))"
    said = rf"\b\w*{named}[\wåäö]*\)?.{{0,{_REACH}}}\b(?:{table().says})\b"
    told = _told_in_answer(evidence) if answers else evidence.told
    told = _MOVES.sub("", told) if question.people else told
    return not re.search(said, told, re.IGNORECASE | re.DOTALL)


def _is_answered(evidence: Evidence) -> bool:
    """True if a reply would be quoted, or words that say what was answered."""
    replied = any(part.kind is PartKind.REPLY for _, part in evidence.parts)
    return replied or bool(_ANSWER.search(_HANDED.sub("", _told_in_answer(evidence))))


def _told_in_answer(evidence: Evidence) -> str:
    """The quotations with the titles of their papers, without the papers that put the question."""
    asking = [(d.file, p) for d, p in evidence.parts if p.kind in _QUESTIONS]
    told = [
        source.text
        for source in evidence.sources
        if not any(source.file == f and p.start <= source.start < p.end for f, p in asking)
    ]
    titles = (part.title for _, part in evidence.parts if part.kind not in _QUESTIONS)
    return "\n".join((*told, *titles))


def decider(question: Question, evidence: Evidence) -> bool:
    """What the state decided is told with its name and a verb of deciding."""
    who = first_group(table().who_decides.search(question.asks))
    if not who:
        return False
    name = re.escape(bare_stem(table().in_swedish.get(who.lower(), who)))
    told = rf"\b{name}\w*\b.{{0,{_REACH}}}\b(?:{table().decides_so})"
    return not re.search(told, evidence.told, re.IGNORECASE | re.DOTALL)


def elsewhere(question: Question, evidence: Evidence) -> bool:
    """What another municipality decided is not told by the minutes of this one."""
    match = table().elsewhere.search(question.asks)
    if match is None or not evidence.parts:
        return False
    place = first_group(match)
    if any(place in (part.body or "") for part in evidence.near):
        return False  # "Hisingens socialnämnd" is a board of this one
    if re.search(rf"\b\w*nämnd\w* {re.escape(place)}\b", evidence.whole, re.IGNORECASE):
        return False
    if place.lower() in evidence.municipalities:
        return False
    own = re.compile(rf"\b{re.escape(place)}s?[- ](?:stad|kommun)\b", re.IGNORECASE)
    texts = "\n".join({d.text[:_MASTHEAD] for d, _ in evidence.parts})
    others = re.findall(r"\b([A-ZÅÄÖ][a-zåäö]+?)s? (?:[Ss]tad|[Kk]ommun)\b", texts)
    most = max(set(others), key=others.count, default="")
    return bool(most) and most != place and not own.search(evidence.told)
