"""Could the system have known better when to decline? A curve over its own evidence score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Curve:
    """What every threshold on a score would give.

    Attributes:
        points: (share of answerable questions declined, share of unanswerable ones declined), from
            declining nothing to declining everything.
        area: area under the points; 0.5 is chance, 1 is perfect. None without both kinds.
        answerable, unanswerable: how many of each had a score.
    """

    points: tuple[tuple[float, float], ...]
    area: float | None
    answerable: int
    unanswerable: int


def curve(scored: Sequence[tuple[float, bool]]) -> Curve:
    """The curve of (score, answerable) pairs; a question is declined below the threshold."""
    yes = sorted(score for score, answerable in scored if answerable)
    no = sorted(score for score, answerable in scored if not answerable)
    if not yes or not no:
        return Curve((), None, len(yes), len(no))
    thresholds = sorted({score for score, _ in scored})
    points = [(0.0, 0.0)]
    points += [(_below(yes, t), _below(no, t)) for t in thresholds[1:]]
    points.append((1.0, 1.0))
    area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(points))
    return Curve(tuple(points), area, len(yes), len(no))


def _below(ordered: Sequence[float], threshold: float) -> float:
    return sum(value < threshold for value in ordered) / len(ordered)
