"""Two runs side by side: the difference of every metric, its p-value, and cases won and lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.answers import LOWER_IS_BETTER
from eval.metrics import Row
from eval.statistics import randomisation
from ingest.errors import BereddError


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric in two runs, over the cases where it applies in both.

    Attributes:
        first, second: means over these cases.
        p: two-sided p-value of the paired randomisation test.
        n: pairs.
        won, lost: cases where the second run is better, and worse.
    """

    metric: str
    first: float
    second: float
    p: float
    n: int
    won: tuple[str, ...]
    lost: tuple[str, ...]


def compare(first: Sequence[Row], second: Sequence[Row]) -> list[Difference]:
    """The differences of all metrics that both runs have, over the cases that both have.

    BereddError if they share no case.
    """
    left = {row.key: row for row in first}
    right = {row.key: row for row in second}
    shared = [key for key in left if key in right]
    if not shared:
        raise BereddError("The two runs share no case. Compare runs over the same case files.")
    names = dict.fromkeys(name for key in shared for name in left[key].scores)
    found = (_difference(name, [(key, left[key], right[key]) for key in shared]) for name in names)
    return [difference for difference in found if difference is not None]


def to_json(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    """The differences as plain data."""
    return [asdict(difference) for difference in differences]


def table(differences: Sequence[Difference]) -> list[list[str]]:
    """Rows for people: metric, first, second, difference, p, n, won, lost."""
    return [
        [d.metric, f"{d.first:.3f}", f"{d.second:.3f}", f"{d.second - d.first:+.3f}",
         f"{d.p:.4f}", str(d.n), str(len(d.won)), str(len(d.lost))]
        for d in differences
    ]  # fmt: skip


def _difference(name: str, pairs: Sequence[tuple[str, Row, Row]]) -> Difference | None:
    known = [
        (key, one, two)
        for key, left, right in pairs
        if (one := left.scores.get(name)) is not None
        and (two := right.scores.get(name)) is not None
    ]
    if not known:
        return None
    first = [one for _, one, _ in known]
    second = [two for _, _, two in known]
    up = tuple(key for key, one, two in known if two > one)
    down = tuple(key for key, one, two in known if two < one)
    lower = name in LOWER_IS_BETTER or name.endswith("_ms")
    won, lost = (down, up) if lower else (up, down)
    n = len(known)
    return Difference(
        name, sum(first) / n, sum(second) / n, randomisation(first, second), n, won, lost
    )
