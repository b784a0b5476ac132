"""Two proposals side by side, demand by demand: same, changed, or only in one of them.

Demands are paired by their stems, the most alike first, each at most once; what is less alike than
`THRESHOLD` is no pair. The changed words are found with difflib (docs/decisions/0013-briefs.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import product

from assistant.prepare.points import Point
from vectorstore.analysis import fold
from vectorstore.lexical import analyser

THRESHOLD = 0.4
"""The least likeness of a pair, 0 to 1; see the decision record for what it was chosen on."""
_WORD = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|[^\W_]+(?:[-–:/.,][^\W_]+)*%?")
_LEADING = re.compile(r"^\W*(?:(?:\d{1,2}|[a-zåäö])[.)]\s+)?(?:att\s+)?", re.IGNORECASE)
_SHORT = 3
"""An equal word of so few letters between two changes is shown as changed too, to be readable."""
_NEGATIVE = re.compile(
    r"inte|ej|icke|aldrig|ingen|inget|inga|varken|utan|avsl\w+|avstyrk\w*|upphäv\w*|upphör\w*"
)


class Relation(StrEnum):
    """How a demand of one proposal stands to the other proposal."""

    SAME = "same"
    CHANGED = "changed"
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"


class Sign(StrEnum):
    """What a reader must not miss in a change."""

    FIGURES = "figures"
    """A number, an amount or a date differs."""
    NEGATION = "negation"
    """A denying word stands in one of them only."""
    LEAD = "lead"
    """Other words govern it: somebody else gets the task, or another body decides."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a demand's words; `changed` where the other side has others or none."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A demand and its counterpart.

    Attributes:
        first, second: the demands; None where only the other proposal has it.
        likeness: shared stems of all stems (Dice), 0 to 1; 0 for a demand without counterpart.
        first_runs, second_runs: their words; joined they are the demand's text.
    """

    relation: Relation
    first: Point | None
    second: Point | None
    likeness: float = 0.0
    first_runs: tuple[Run, ...] = ()
    second_runs: tuple[Run, ...] = ()
    signs: tuple[Sign, ...] = ()


def compare(first: Sequence[Point], second: Sequence[Point]) -> tuple[Pair, ...]:
    """Every demand once: those of the first proposal in order, then what only the second has."""
    matched = _matched([_stems(p.text) for p in first], [_stems(p.text) for p in second])
    taken = {at: (other, likeness) for at, other, likeness in matched}
    pairs = [
        _paired(point, second[taken[at][0]], taken[at][1])
        if at in taken
        else Pair(relation=Relation.ONLY_FIRST, first=point, second=None, first_runs=_whole(point))
        for at, point in enumerate(first)
    ]
    left = set(range(len(second))) - {other for other, _ in taken.values()}
    alone = [
        Pair(
            relation=Relation.ONLY_SECOND,
            first=None,
            second=second[at],
            second_runs=_whole(second[at]),
        )
        for at in sorted(left)
    ]
    return (*pairs, *alone)


def counts(pairs: Sequence[Pair]) -> dict[Relation, int]:
    """How many demands stand in each relation; all four are there."""
    found = Counter(pair.relation for pair in pairs)
    return {relation: found[relation] for relation in Relation}


def _stems(text: str) -> Counter[str]:
    return Counter(analyser().terms(text).stems)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags of stems; 0 where one is empty."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if one and other else 0.0


def _matched(
    first: Sequence[Counter[str]], second: Sequence[Counter[str]]
) -> list[tuple[int, int, float]]:
    """One-to-one pairs, the most alike first; of equals those that stand at like places."""
    alike = [
        (_likeness(one, other), -abs(i - j), -i, -j)
        for (i, one), (j, other) in product(enumerate(first), enumerate(second))
    ]
    found: list[tuple[int, int, float]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for likeness, _, i, j in sorted(alike, reverse=True):
        if likeness >= THRESHOLD and -i not in used[0] and -j not in used[1]:
            used[0].add(-i)
            used[1].add(-j)
            found.append((-i, -j, likeness))
    return found


def _paired(first: Point, second: Point, likeness: float) -> Pair:
    one, other = _words(first.text), _words(second.text)
    changed = _changed([word for word, *_ in one], [word for word, *_ in other])
    figures_or_no = _signs(one, other, changed)
    lead = (Sign.LEAD,) if _leads_differ(first, second) else ()
    same = not changed[0] and not changed[1] and not lead
    return Pair(
        relation=Relation.SAME if same else Relation.CHANGED,
        first=first,
        second=second,
        likeness=round(likeness, 3),
        first_runs=tuple(_runs(first.text, one, changed[0])),
        second_runs=tuple(_runs(second.text, other, changed[1])),
        signs=(*figures_or_no, *lead),
    )


_Word = tuple[str, int, int]


def _words(text: str) -> list[_Word]:
    """The words after a leading number and "att": folded, and where each begins and ends."""
    lead = _LEADING.match(text)
    start = lead.end() if lead else 0
    return [
        (fold(m[0]).replace("\u00a0", " "), m.start(), m.end()) for m in _WORD.finditer(text, start)
    ]


def _changed(one: Sequence[str], other: Sequence[str]) -> tuple[set[int], set[int]]:
    """The places of the words that the other side lacks or has otherwise."""
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed: tuple[set[int], set[int]] = (set(), set())
    for at, (tag, i1, i2, j1, j2) in enumerate(codes):
        between = 0 < at < len(codes) - 1
        if tag != "equal" or (between and i2 - i1 == 1 and len(one[i1]) <= _SHORT):
            changed[0].update(range(i1, i2))
            changed[1].update(range(j1, j2))
    return changed


def _runs(text: str, words: Sequence[_Word], changed: set[int]) -> Iterator[Run]:
    """The text cut where changed words begin and end; neighbours are one run."""
    at = 0
    for low, high in _stretches(changed):
        start, end = words[low][1], words[high][2]
        if at < start:
            yield Run(text[at:start], False)
        yield Run(text[start:end], True)
        at = end
    if at < len(text):
        yield Run(text[at:], False)


def _stretches(places: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring places, first and last."""
    ordered = sorted(places)
    for at in ordered:
        if at - 1 not in places:
            last = at
            while last + 1 in places:
                last += 1
            yield at, last


def _signs(
    one: Sequence[_Word], other: Sequence[_Word], changed: tuple[set[int], set[int]]
) -> tuple[Sign, ...]:
    left = Counter(one[at][0] for at in changed[0])
    right = Counter(other[at][0] for at in changed[1])
    differing = list((left - right) + (right - left))
    found = []
    if any(char.isdigit() for word in differing for char in word):
        found.append(Sign.FIGURES)
    if any(_NEGATIVE.fullmatch(word) for word in differing):
        found.append(Sign.NEGATION)
    return tuple(found)


def _leads_differ(first: Point, second: Point) -> bool:
    if not first.lead or not second.lead:
        return False
    return _likeness(_stems(first.lead), _stems(second.lead)) < THRESHOLD


def _whole(point: Point) -> tuple[Run, ...]:
    return (Run(point.text, False),)
