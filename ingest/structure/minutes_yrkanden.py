"""Yrkanden: who moves what at the meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.grammar.deciding import hits
from ingest.grammar.names import FoundPerson, shared_party
from ingest.grammar.parties import find_parties
from ingest.records import Person, Yrkande
from ingest.structure.minutes_targets import MOVES, target_of
from ingest.structure.minutes_text import Stretch, statements

_HAND = r"(?:i\s+(?:första|andra|tredje)\s+hand\s+)?"
_CLAUSE = re.compile(
    rf"(?:,\s*(?:och\s+|samt\s+|dels\s+)?|\s(?:och|samt|dels|men)\s+"
    rf"|,?\s*i\s+andra\s+hand\s+){_HAND}"
    r"(?P<head>(?:yrkar\s+)?(?:på\s+)?(?:bifall|avslag|återremiss|bordläggning)\b"
    r"(?!\s*[.,]?\s*till\s+beslut)"
    r"|att\s+(?=[^,.]*?\b(?:avsl|bifall|bifalles|återremitter|bordlägg|besvara|tillstyrk"
    r"|avstyrk))|på\s+följande)"
)
_PASSIVE_BY = re.compile(r"\b(?:yrkas|föreslås|framställs|framförs)\s+(?:av|från)\b")
_NOT_A_MOVE = re.compile(
    r"\b(?:deltar|delta)\s+(?:inte|ej)\b|\breserverar\b|\bställer\s+(?:proposition|sedan|först"
    r"|härefter|därefter)"
    r"|\bfinner\b|\banteckn(?:ar|as)\b"
)
# A line that begins with a name, its party and a verb, and what may not stand above it
_NEW_MOVER = re.compile(
    r"\n\s*(?=(?:[-–•]\s*)?[A-ZÅÄÖ][\w-]+ [^.:;\n(]{2,40}\([A-ZÅÄÖ]\w{0,5}\)"
    r"(?:[^.:;()]{0,60}\([A-ZÅÄÖ]\w{0,5}\)){0,12}(?:\s+m\.?\s?fl\.?)?"
    r"(?:\s+(?:yrkar|yrkade|föreslår|föreslog|instämmer|tillstyrker|avstyrker)\b|:\s))"
)
_OPEN = re.compile(r"(?:,|\b(?:och|samt|med|av|till|på|från|för|mot|enligt|än))$")
# "yrkar de avslag", "Han yrkar vidare att …"
_JOINING = re.compile(r",?\s+(?:med|under)\s+instämmande\s+(?:av|från)\b")
_PRONOUN = re.compile(r"\byrkar\s+(?:de|han|hon|hen)\b|(?:^|(?<=\s))(?:De|Han|Hon|Hen)\s+yrkar\b")
_MOVES_HERE = re.compile(
    r"\byrka(?:r|de)\b|\([A-ZÅÄÖ]\w{0,5}\)\s+föreslår\s+(?:bifall|avslag|återremiss|bordläggning)\b"
)
_COLON = re.compile(r"^(?P<who>[^:]{3,200}):\s*(?P<what>\S)", re.S)


@dataclass(frozen=True, slots=True)
class _Clause:
    stance: str
    target: str | None


def yrkanden(stretch: Stretch) -> Iterator[Yrkande]:
    """The yrkanden of a section headed "Yrkanden" or the like, one record for each stance."""
    previous: Yrkande | None = None
    for start, end in _statements(stretch.text):
        read = list(_read(stretch, start, end)) or _same_mover(stretch, start, end, previous)
        yield from read
        previous = read[-1] if read else previous


def _same_mover(stretch: Stretch, start: int, end: int, previous: Yrkande | None) -> list[Yrkande]:
    """What the mover before moves besides: "I andra hand yrkar hon avslag." """
    m = _PRONOUN.search(stretch.text, start, end)
    if previous is None or m is None:
        return []
    return [
        stretch.record(
            Yrkande, start, end, people=previous.people, parties=previous.parties,
            stance=clause.stance, target=clause.target,
        )
        for clause in _clauses(stretch.text[m.end() : end])
    ]  # fmt: skip


def inline_yrkanden(stretch: Stretch) -> Iterator[Yrkande]:
    """Yrkanden told in running text outside such a section: only sentences with "yrkar"."""
    for start, end in _statements(stretch.text):
        if _MOVES_HERE.search(stretch.text[start:end]):
            yield from _read(stretch, start, end)


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, each with the list that it introduces."""
    pending: tuple[int, int] | None = None
    for start, end in _apart(text, statements(text)):
        sentence = text[start:end]
        if pending and _belongs_to(text, pending, start, sentence):
            pending = (pending[0], end)
            continue
        if pending:
            yield pending
        pending = (start, end)
    if pending:
        yield pending


def _apart(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, cut where a new mover begins a line below one that no stop has ended."""
    for start, end in spans:
        for m in _NEW_MOVER.finditer(text, start, end):
            above = text[start : m.start()].rstrip()
            if above and not _OPEN.search(above):
                yield start, start + len(above)
                start = m.end()
        yield start, end


def _belongs_to(text: str, before: tuple[int, int], start: int, sentence: str) -> bool:
    previous = text[before[0] : before[1]].rstrip()
    if not MOVES.search(previous):
        return (
            not MOVES.search(previous)
            and "\n\n" not in text[before[1] : start]
            and (previous.endswith((",", " och", ")")))
        )
    if MOVES.search(sentence) and find_people_at_start(sentence):
        return False
    listed = re.match(r"\s*(?:[-−–•·*\uf0b7]\s|\d{1,2}[.)]\s|att\b|[a-zåäö])", sentence)
    return bool(listed) or previous.endswith(":")


def find_people_at_start(sentence: str) -> bool:
    """True if a sentence begins with a name or a party, as a new mover does."""
    return bool(
        re.match(
            r"\s*(?:[-−–•·*]\s+)?[A-ZÅÄÖ][^:]{0,200}?(?:\([A-ZÅÄÖ]|yrkar|föreslår)", sentence, re.S
        )
    )


def _read(stretch: Stretch, start: int, end: int) -> Iterator[Yrkande]:
    text = stretch.text[start:end]
    parted = _parted(stretch, text, start, end)
    if parted is None or (
        _NOT_A_MOVE.search(text[: min(len(text), 200)])
        and not re.search(r"\byrka(?:r|de|s)\b", text)
    ):
        return
    people, parties, what = parted
    persons = tuple(stretch.person(p, start) for p in people) or _chair(stretch, start, text)
    if not persons and not parties:
        return
    letters = tuple(dict.fromkeys([*(p.party for p in people if p.party), *parties]))
    for clause in _clauses(what):
        yield stretch.record(
            Yrkande,
            start,
            end,
            people=persons,
            parties=letters,
            stance=clause.stance,
            target=clause.target,
        )


def _chair(stretch: Stretch, start: int, text: str) -> tuple[Person, ...]:
    """The chair, where a move is told of "Ordföranden" with no name."""
    m = re.match(r"\s*(?P<who>Ordföranden?)\s+(?:yrkar|föreslår)\b", text)
    if m is None:
        return ()
    span = stretch.span(start + m.start("who"), start + m.end("who"))
    return (Person(name=m["who"], role="ordförande", start=span.start, end=span.end),)


def _parted(
    stretch: Stretch, text: str, start: int, end: int
) -> tuple[list[FoundPerson], tuple[str, ...], str] | None:
    """Who moves and what: the movers stand before the verb, or right after it when it is first."""
    people = shared_party(stretch.people(start, end, bare=True), text)
    verb = MOVES.search(text)
    if verb is None:
        return _without_verb(stretch, text, people)
    passive = _PASSIVE_BY.search(text)
    if passive:
        movers = _run(text, people, passive.end())
        return movers, _parties(stretch, text[passive.end() :], movers), text[: passive.start()]
    before = text[: verb.start()]
    movers = [p for p in people if p.end <= verb.start() and _is_mover(p, text)]
    parties = _parties(stretch, before, movers)
    if movers or parties:
        joined = _joined(text, people, verb.end())
        rest = text[joined[-1].whole_end :].lstrip(" ,") if joined else text[verb.end() :].lstrip()
        return [*movers, *joined], parties, f"{verb[0]} {rest}"
    movers = _run(text, people, verb.end())
    if not movers:
        found = find_parties(text[verb.end() : verb.end() + 60], stretch.local)
        lead = re.match(r"\s+(?:även\s+|också\s+)?", text[verb.end() :])
        near = [p for p in found if lead and p.start <= lead.end()]
        if not near:
            return [], (), text[verb.start() :]
        return [], (near[0].letters,), text[verb.end() + near[0].end :]
    return movers, (), text[verb.start() : verb.end()] + " " + text[movers[-1].whole_end :]


def _joined(text: str, people: list[FoundPerson], at: int) -> list[FoundPerson]:
    """Those who join the mover at once: "yrkar, med instämmande av Bo Alm (S), att …"."""
    joining = _JOINING.match(text, at)
    return _run(text, people, joining.end()) if joining else []


def _is_mover(person: FoundPerson, text: str) -> bool:
    """Not somebody named for something else: "med anledning av Bo Alms (S) förslag"."""
    before = text[max(0, person.start - 30) : person.start]
    if re.search(
        r"\b(?:instämmande|bifall|stöd|tillsammans|instämmanden)\s+(?:av|från|med)\s+$", before
    ):
        return True
    known = person.party is not None or person.role is not None or person.whole_end > person.end
    return known and not re.search(r"\b(?:av|från|mot|till)\s+(?:\w+\s+)?$", before)


def _run(text: str, people: list[FoundPerson], at: int) -> list[FoundPerson]:
    """The people of an enumeration that begins at `at`."""
    run: list[FoundPerson] = []
    for person in people:
        between = text[at : person.start]
        if person.start < at:
            continue
        if not re.fullmatch(
            r"\s*(?:(?:,|och|samt|även|också|:|[\wåäö:]+\s+vice|tjänstgörande|ordföranden?"
            r"|ledamoten?|ledamöterna"
            r"|ersättar(?:en|na)|vice)\s*)*",
            between,
        ):
            break
        run.append(person)
        at = person.whole_end
    return run


def _parties(stretch: Stretch, text: str, movers: list[FoundPerson]) -> tuple[str, ...]:
    """Parties that move as parties ("Ledamöterna från SD", "Socialdemokraterna")."""
    letters = []
    for party in find_parties(text, stretch.local):
        inside = any(m.start <= party.start < m.whole_end for m in movers)
        bracket = text[max(0, party.start - 1) : party.start] == "("
        if (
            not inside
            and not bracket
            and not re.search(r"\b(?:yrkande|förslag)\w*\s+från\s+[^.]*$", text[: party.start])
        ):
            letters.append(party.letters)
    bare = re.match(r"\s*(?:\(?([A-ZÅÄÖ]{1,3})\)?)\s*$", text)
    if bare and not letters and not movers:
        letters += [bare[1]]
    return tuple(dict.fromkeys(letters))


def _without_verb(
    stretch: Stretch, text: str, people: list[FoundPerson]
) -> tuple[list[FoundPerson], tuple[str, ...], str] | None:
    """ "Anna Ek (S): Bifall till motionen" and a sentence whose verb was forgotten."""
    colon = _COLON.match(text)
    at = colon.start("what") if colon else None
    if at is None:
        stance = re.search(r"(?<=\)\s)(?:bifall|avslag|återremiss|bordläggning)\b", text)
        at = stance.start() if stance else None
    if at is None:
        return None
    movers = [p for p in people if p.end <= at and p.party]
    parties = _parties(stretch, text[:at], movers)
    stance_named = bool(hits("stances", text[at:])) or text[at:].startswith("att ")
    return (movers, parties, text[at:]) if stance_named and (movers or parties) else None


def _clauses(what: str) -> list[_Clause]:
    """The stances of what is moved, each with its target."""
    cuts = [0, *(m.start("head") for m in _CLAUSE.finditer(what)), len(what)]
    clauses = [_clause(what[a:b]) for a, b in pairwise(cuts) if what[a:b].strip()]
    return [c for i, c in enumerate(clauses) if c not in clauses[:i]]


def _clause(what: str) -> _Clause:
    stance = _stance(what)
    return _Clause(stance, target_of(what, stance))


def _stance(what: str) -> str:
    head = what[:160]
    told = hits("stances", head) or hits("stances", what)
    return min(told)[1] if told else "annat"
