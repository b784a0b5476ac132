"""How sure a figure is: bootstrap intervals and a paired randomisation test.

Everything is seeded, so that rescoring a run gives the same summary to the last digit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20240401
RESAMPLES = 2000
PERMUTATIONS = 10000
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over the cases where a metric applies.

    Attributes:
        value: the mean, None where the metric applies to no case.
        low, high: 95 % interval, None with `value`.
        n: cases where the metric applies.
        of: cases in the group.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    of: int

    def __str__(self) -> str:
        if self.value is None:
            return f"– (n = 0 of {self.of})"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}] (n = {self.n} of {self.of})"


def figure(values: Sequence[float | None]) -> Figure:
    """The mean of the values that are not None, with its 95 % interval.

    The interval is the percentile bootstrap's over cases (Efron 1979, 2,000 resamples). Where all
    values are equal a bootstrap knows no spread and would claim certainty; a share that is 0 or 1
    gets Wilson's interval (1927) instead.
    """
    known = np.array([value for value in values if value is not None], dtype=float)
    if known.size == 0:
        return Figure(None, None, None, 0, len(values))
    mean = float(known.mean())
    low, high = _interval(known)
    return Figure(mean, low, high, int(known.size), len(values))


def _interval(values: NDArray[np.float64]) -> tuple[float, float]:
    if np.ptp(values) == 0:
        same = float(values[0])
        return wilson(same, values.size) if same in (0.0, 1.0) else (same, same)
    random = np.random.default_rng(SEED)
    drawn = random.integers(0, values.size, size=(RESAMPLES, values.size))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval for a share of `n`; (0, 1) for n = 0."""
    if n == 0:
        return 0.0, 1.0
    z2 = Z95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def randomisation(first: Sequence[float], second: Sequence[float]) -> float:
    """Two-sided p-value of a paired randomisation test for equal means (Fisher 1935).

    The signs of the differences are flipped at random 10,000 times, the observed assignment
    counted in, so that p is never 0. 1.0 where there are no pairs or no differences.
    """
    differences = np.array(second, dtype=float) - np.array(first, dtype=float)
    differences = differences[differences != 0]
    if differences.size == 0:
        return 1.0
    observed = abs(differences.sum())
    signs = np.random.default_rng(SEED).choice((-1.0, 1.0), (PERMUTATIONS, differences.size))
    # The tolerance keeps equal sums equal when they were added in another order.
    extreme = np.count_nonzero(np.abs(signs @ differences) >= observed - 1e-9)
    return float((extreme + 1) / (PERMUTATIONS + 1))
