"""Comparisons: two papers of the same matter by different hands, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.compose import Draft
from assistant.compose.by_body import bodies_compared, own_proposal
from assistant.compose.by_demand import demands, with_stack
from assistant.compose.by_sentence import by_sentence
from assistant.compose.choose import Scene, entities, of, same_matter, with_cases
from assistant.compose.decided import decisions
from assistant.compose.points import within
from assistant.compose.scene import PROPOSALS, Place
from assistant.question import Question, understand
from assistant.verify.source import Source
from ingest.grammar.parties import party_sides
from ingest.grammar.references import case_key
from ingest.parts import PartKind
from ingest.records import Decision, Demand

_POINTS = 700
_SENTENCES = 420
"""How much of each side is quoted, in characters: of its demands, and of its other sentences."""
_SIDE = 1150
"""The same of both together where two sides are compared: what is not demanded is reasons."""
_ALONE = 620
"""The same of sentences where one side is asked for and no other."""
_NEAR = 0.75
"""A side covers at least this share of what the best one covers of the question."""
_FAR = 0.65
"""The same for a side by the very parties that the question names."""
_BESIDE = 0.5
"""The same where it lies in one stack with the best one."""
_CASES = 3
"""The papers of the cases of so many of the parts found are looked at."""
_HANDS = 0.5
"""What the hands of a side count against its matter."""
_TOGETHER = 0.2
"""What two papers gain that were put to the same body."""
_NAMED = 0.15
"""What a side gains for each party, body or kind of paper that the question names."""
_OFFICIALS = re.compile(
    r"\w*(?:förvaltning|kontor|nämnd|styrelse|remissinstans|förslag|tjänstem[aä]n|reservant|motionär|majoritet|opposition|sid(?:a|or)n?\b)|"
    r"\b(?:proposal|office|committee|sides?|administration)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:och )?vad (?:tyckte|tycker|ansåg|anser|menade|menar|sade|sa)\b.{2,60}? om\b",
    re.IGNORECASE,
)
"""Who is asked about, of the words before "om"."""
VOICES = (*PROPOSALS, PartKind.OFFICIAL_REPORT, PartKind.REPLY, PartKind.STATEMENT)
"""Kinds of paper in which somebody speaks for themselves."""


def compare(scene: Scene) -> Iterator[Draft]:
    """What each of two sides asks for, and the sentences of each that meet the question best."""
    if "vote" in scene.question.kinds or not _names_a_side(scene.question):
        return
    if not scene.question.parties and (bodies := bodies_compared(scene)):
        for place in bodies:
            yield from _of_body(scene, place)
        return
    sides = _sides(scene)
    if len(sides) < 2:
        return
    for place in sides:
        yield from _told(scene, place, most=_SIDE)


def _of_body(scene: Scene, place: Place) -> Iterator[Draft]:
    """What a body proposed or decided."""
    points = of(place.part, Demand)
    if points:
        yield from demands(scene, place, within(scene, points, _SIDE), "compare")
    else:
        yield from decisions(scene, place, within(scene, of(place.part, Decision), _SIDE))


def _names_a_side(question: Question) -> bool:
    """True where the question names somebody or some paper that could be a side: figures that are
    compared with a budget are no two sides."""
    papers = set(question.papers) - {PartKind.AUDIT}  # the auditors have one voice
    named = question.parties or question.people or question.bodies or papers
    return bool(named) or bool(_OFFICIALS.search(question.asks))


def opinion(scene: Scene) -> Iterator[Draft]:
    """What those whom a question names want and say in the matter: parties by their own paper, a
    body by what it decided or proposed."""
    named = set(scene.question.parties)
    if named and not _speakers(scene.question):
        return
    spoken = own_proposal(scene) if not named else None
    if spoken:
        yield from decisions(scene, spoken, within(scene, of(spoken.part, Decision), _POINTS))
        return
    own = [p for p in _around(scene) if p.part.kind in VOICES and named & {*p.part.parties}]
    if not own:
        return
    place = max(own, key=lambda p: (_shared(named, p), _meets(scene, p)))
    if _one_matter(scene, scene.places[0], place):
        yield from _told(scene, place, _ALONE)


def _speakers(question: Question) -> bool:
    """False where somebody other than the parties that are named is asked what they thought of a
    party's proposal: "Vad tyckte hamnbolaget om M:s idé?"."""
    subject = _SUBJECT.search(question.asks)
    if subject is None:
        return True
    heard = understand(f"{subject[0]} det?", question.parties).parties
    return bool(set(heard) & set(question.parties) or party_sides(subject[0]))


def _shared(named: set[str], place: Place) -> float:
    """How far the parties behind a paper are those named: 1 where they are the same."""
    own = set(place.part.parties)
    return len(named & own) / max(1, len(named | own))


def _told(scene: Scene, place: Place, budget: int = _SENTENCES, most: int = 0) -> Iterator[Draft]:
    """What one side asks for, and the sentences of it that meet the question best: `budget`
    characters of these, or what is left of `most`."""
    said: list[Source] = []
    for draft in demands(scene, place, within(scene, of(place.part, Demand), _POINTS), "compare"):
        said += draft.sources
        yield draft
    budget = max(budget, most - sum(len(source.text) for source in said))
    yield from by_sentence(scene.question, [place], scene.library, said=said, budget=budget)


def _sides(scene: Scene) -> list[Place]:
    """The two best voices in one matter; with fewer than two there is nothing to compare.

    Where the question names two sides by their parties, the papers of just those.
    """
    voices = [place for place in _around(scene) if place.part.kind in VOICES]
    groups = party_sides(scene.question.asks)
    if len(groups) > 1:
        one, other = groups[0].letters, groups[1].letters
        pairs = _pairs(scene, voices, one, other)
        if pairs:
            return [*max(pairs, key=lambda pair: _pair_weight(scene, (one, other), pair))]
    ranked = sorted(voices, key=lambda place: -_weight(scene, place))
    if not ranked:
        return []
    first = ranked[0]
    others = [p for p in ranked[1:] if _hand(p) != _hand(first) and _one_matter(scene, first, p)]
    return [first, *others[:1]]


def _pairs(
    scene: Scene, voices: list[Place], one: frozenset[str], other: frozenset[str]
) -> list[tuple[Place, Place]]:
    """Papers in one matter, the first of the one group of parties, the second of the other."""
    best = max(voices, key=lambda place: _meets(scene, place), default=None)
    if best is None:
        return []
    voices = [p for p in voices if _meets(scene, p) >= _floor(best, p) * _meets(scene, best)]
    return [
        (a, b)
        for a in voices
        for b in voices
        if one & {*a.part.parties}
        and other & {*b.part.parties}
        and _hand(a) != _hand(b)
        and _one_matter(scene, a, b)
    ]


def _floor(best: Place, place: Place) -> float:
    return _BESIDE if place.document.file == best.document.file else _FAR


def _pair_weight(
    scene: Scene, groups: tuple[frozenset[str], frozenset[str]], pair: tuple[Place, Place]
) -> float:
    one, other = pair
    together = one.part.body is not None and one.part.body == other.part.body
    return _TOGETHER * together + sum(
        _HANDS * _shared(set(group), place) + _meets(scene, place)
        for group, place in zip(groups, pair, strict=True)
    )


def _around(scene: Scene) -> list[Place]:
    """What was found, and the papers of the same cases as the best of it."""
    return with_cases(scene, with_stack(scene), _CASES)


def _weight(scene: Scene, place: Place) -> float:
    return _meets(scene, place) + _NAMED * entities(scene.question, place.part)


def _meets(scene: Scene, place: Place) -> float:
    """How well a part meets the question: by the search, and by its words."""
    part = place.part
    text = place.document.text[part.start : part.end][:6000]
    return place.score / scene.places[0].score + scene.matcher.coverage(f"{part.title} {text}")


def _one_matter(scene: Scene, one: Place, other: Place) -> bool:
    """True if two papers lie in one stack, carry one case number or one title, or meet the
    question nearly alike."""
    cases, others = ({case_key(c) for c in p.part.case_numbers} - {None} for p in (one, other))
    return (
        one.document.file == other.document.file
        or bool(cases & others)
        or same_matter(scene, one, other)
        or _meets(scene, other) >= _NEAR * _meets(scene, one)
    )


def _hand(place: Place) -> tuple[object, ...]:
    part = place.part
    names = frozenset(author.name for author in part.authors)
    return (frozenset(part.parties), names) if part.parties or names else (part.kind, part.id)
