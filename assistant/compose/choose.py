"""What a composer by record looks at, and which of the parts found a question is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.compose import Library
from assistant.compose.matching import Matcher
from assistant.compose.scene import PROPOSALS, Place
from assistant.naming import months_named
from assistant.question import Question
from ingest.document import Span
from ingest.grammar.parties import party_letters
from ingest.grammar.references import case_key
from ingest.parts import Part, PartKind
from ingest.records import Record

_WORD = re.compile(r"[\w-]+")
_CLOSE = 0.72
"""A part whose score is below this share of the best one is another matter."""
_FAR = 0.6
"""Where no part fits that is so close, the best one above this share is taken."""
_NAMED = 0.55
"""The same for a part of the very kind that the question names."""
_TITLE = 4
_SAME = 0.7
"""A title of at least so many words is of the matter that holds this share of them."""
_OF_CASE = 0.8
"""What a part is worth that was found by its case, of the score of the part that named it."""
_BEST = 3
"""The papers of a body are looked for in the cases of so many of the best parts found."""
_POLITICAL = (*PROPOSALS, PartKind.STATEMENT, PartKind.REPLY)
"""Papers that lie in a case file for its own case."""
_ABOUT = 0.6
"""A part is about the matter if it holds this share of what the best one holds of the question."""
_ABOUT_THEN = 0.37
"""The same where it is of the very body and day that the question names, or was found first."""
_READ = 6000
"""How much of a part is read for that, in characters."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)\d\d))?\b")
_OTHER_TIME = 2
"""What a title of another time costs, in what naming a party or a day is worth."""
ENTITY = 0.15
"""What naming a party or person, a day or a body is worth against the search's score (0–1)."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a composer by record looks at."""

    question: Question
    places: Sequence[Place]
    library: Library
    matcher: Matcher

    @property
    def language(self) -> str:
        """Of the answer's own words."""
        return self.question.language


def suited(question: Question, found: Sequence[Place], fits: Callable[[Part], bool]) -> list[Place]:
    """The parts that fit and are about the matter, best first; entities that the question names
    count on top of the search's score."""
    if not found:
        return []
    fitting = [place for place in found if fits(place.part)]
    best = found[0].score
    close = [p for p in fitting if p.score >= _floor(question, p.part) * best]
    close = (
        _of_body(question, fitting, best)
        or close
        or _of_same(question, fitting)
        or [p for p in fitting if p.score >= _FAR * best][:1]
    )
    return sorted(close, key=lambda place: -(place.score + ENTITY * entities(question, place.part)))


def _of_same(question: Question, fitting: Sequence[Place]) -> list[Place]:
    """The parts of the matter that a follow-up is about, where the very paper spoken of is none of
    those that fit: it outscores everything by its title."""
    spoken_of = any((p.document.file, p.part.id) in question.focus for p in fitting)
    if not question.matter or spoken_of:
        return []
    files = {file for file, _ in question.focus}
    return [
        p
        for p in fitting
        if (p.document.file in files and not is_meeting(p.part)) or of_matter(question, p.part)
    ]


def of_matter(question: Question, part: Part) -> bool:
    """True if a part's title is made of the words of the matter that a conversation is about."""
    title, matter = (set(_WORD.findall(text.lower())) for text in (part.title, question.matter))
    return _shares(title, matter)


def _shares(title: set[str], matter: set[str]) -> bool:
    """True if a title is made of the words of the matter, or nearly so."""
    return len(title) >= _TITLE and len(title & matter) >= _SAME * len(title)


def _of_body(question: Question, fitting: list[Place], best: float) -> list[Place]:
    """The meetings of the bodies that the question names, where a meeting is what fits."""
    own = [p for p in fitting if p.part.body in question.bodies and p.score >= _FAR * best]
    return own if own and all(is_meeting(p.part) for p in own) else []


def _floor(question: Question, part: Part) -> float:
    return _NAMED if part.kind in question.papers else _CLOSE


def entities(question: Question, part: Part) -> float:
    """How many of the question's people, parties, bodies and dates the part carries, as a sum."""
    names = {part.title, *(author.name for author in part.authors), *_movers(part)}
    people = sum(_named(person, names) for person in question.people)
    behind = {*part.parties, *_letters(part), *party_letters(part.title)}
    parties = bool(set(question.parties) & behind)
    dates = any(period.exact and period.holds(part.date) for period in question.periods)
    bodies = part.body in question.bodies
    papers = part.kind in question.papers
    return people + parties + dates + bodies + papers - _OTHER_TIME * _of_other_time(question, part)


def _of_other_time(question: Question, part: Part) -> bool:
    """True if the part's title names another year first, or other months, than the question: the
    annual report for 2022 is not the one for 2023, and a budget for 2024 with plans for 2025–2026
    is not the one for 2025."""
    asked = set(_YEAR.findall(question.text))
    told = _YEARS.search(part.title)
    other_year = bool(asked and told) and not asked & _spanned(told)
    months, others = months_named(question.text), months_named(part.title)
    return other_year or bool(months and others and not months & others)


def _spanned(years: re.Match[str] | None) -> set[str]:
    """A year, or all from the first to the last."""
    if years is None:
        return set()
    first, last = int(years[1]), int(years[2] or years[1])
    return {str(year) for year in range(first, last + 1)}


def related(place: Place, library: Library) -> list[Place]:
    """The other parts of the same case, by its number or, where no meeting has that, by their
    titles."""
    keys = [key for key in map(case_key, place.part.case_numbers) if key]
    found = library.case(keys)
    if not any(is_meeting(part) for _, part in found):  # minutes without case numbers
        found = [*found, *library.titled(place.part.title)]
    parts = {(stored.document.file, part.id): (stored, part) for stored, part in found}
    parts.pop((place.document.file, place.part.id), None)
    return [Place(stored, part, place.score, ()) for stored, part in parts.values()]


def with_cases(scene: Scene, found: Sequence[Place], most: int) -> list[Place]:
    """The parts given, and the other parts of the `most` best cases that were found, the papers of
    politicians that lie in the same file among them."""
    known = {(p.document.file, p.part.id): p for p in found}
    for place in _of_cases(scene.places, most):
        beside = [p for p in place.stored.parts if p.kind in _POLITICAL]
        stack = [Place(place.stored, part, place.score, ()) for part in beside]
        for other in (*related(place, scene.library), *stack):
            key = (other.document.file, other.part.id)
            known.setdefault(key, replace(other, score=_OF_CASE * place.score))
    return list(known.values())


def _of_cases(found: Sequence[Place], most: int) -> list[Place]:
    """The best part of each of so many cases, best first. Papers of one file are of one case."""
    seen: set[str] = set()
    best: list[Place] = []
    for place in found:
        file = () if is_meeting(place.part) else (place.document.file,)
        keys = {key for key in (*map(case_key, place.part.case_numbers), *file) if key}
        if not keys & seen:
            best.append(place)
        seen |= keys
    return best[:most]


def by_body_named(scene: Scene, fits: Callable[[Part], bool]) -> list[Place]:
    """The parts that fit, best first: those of the body that the question names, where one of the
    parts found or of their cases is. A board's vote also stands in its word to the council."""
    bodies = scene.question.bodies
    near = sorted(
        (*scene.places, *(with_cases(scene, (), _BEST) if bodies else ())),
        key=lambda place: -place.score,
    )
    found = {(p.document.file, p.part.id): p for p in reversed(near)}
    ranked = suited(scene.question, [*reversed(found.values())], fits)
    own = [place for place in ranked if place.part.body in bodies]
    return of_the_matter(scene, own) or own or ranked


def of_the_matter(scene: Scene, fitting: Sequence[Place]) -> list[Place]:
    """Those that are about the matter: who reserved themselves in another one is no answer. Where
    none is by its words, the one that the search found first, if it is not far from it."""
    best = max((scene.matcher.coverage(words_of(place)) for place in scene.places), default=0.0)
    english = scene.language == "en"  # which shares few words with the papers
    stack = {file for file, _ in scene.question.focus}
    said = [(place, scene.matcher.coverage(words_of(place))) for place in fitting]
    about = [
        place
        for place, share in said
        if share >= _needed(scene.question, place.part) * best
        or (english and place is scene.places[0])
        or (place.document.file in stack and not is_meeting(place.part))
    ]
    first = (p for p, share in said if p is scene.places[0] and share >= _ABOUT_THEN * best)
    return about or list(first)


def _needed(question: Question, part: Part) -> float:
    """How much of what the best part holds a part must hold to be of the matter: less where it is
    of the very body and day, or month, that the question names."""
    timely = any(period.exact and period.holds(part.date) for period in question.periods)
    return _ABOUT_THEN if timely and part.body in question.bodies else _ABOUT


def words_of(place: Place) -> str:
    """A part's title, how it begins, and what of it was found: a § on a budget goes on for long."""
    part, text = place.part, place.document.text
    found = (Span(hit.window.start, hit.window.end) for hit in place.hits)
    further = (text[s.start : s.end] for s in found if s.start >= part.start + _READ)
    return " ".join((part.title, text[part.start : part.end][:_READ], *further))


def having(kind: type[Record]) -> Callable[[Part], bool]:
    """A test for parts with a record of a kind."""
    return lambda part: any(isinstance(record, kind) for record in part.records)


def of(part: Part, kind: type[Record]) -> list[Record]:
    """The part's records of a kind."""
    return [record for record in part.records if isinstance(record, kind)]


def same_matter(scene: Scene, one: Place, other: Place) -> bool:
    """True if two §§ have nearly the same title."""
    first, second = (set(scene.matcher.stems(p.part.title)) for p in (one, other))
    return len(first & second) >= 0.6 * max(1, min(len(first), len(second)))


def is_meeting(part: Part) -> bool:
    """True for a § of minutes, where decisions stand."""
    return part.kind is PartKind.PARAGRAPH


def _named(person: str, names: Iterable[str]) -> bool:
    wanted = set(person.lower().split())
    return any(wanted <= set(_WORD.findall(name.lower())) for name in names)


def _movers(part: Part) -> set[str]:
    """The people who moved or reserved themselves in a § of minutes."""
    return {p.name for r in part.records for p in getattr(r, "people", ())}


def _letters(part: Part) -> set[str]:
    return {author.party for author in part.authors if author.party}
