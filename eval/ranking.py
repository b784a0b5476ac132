"""Ranking metrics over one ranked list. Ranks count from 1; every value lies in 0–1.

The lists are short and the formulas are four lines, so they are written out; the tests hold them
to trec_eval (pytrec-eval-terrier), which ships as a compiled wheel and is kept out of the run.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def hit(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 if something relevant is among the first k, else 0 (success@k)."""
    return float(any(name in relevant for name in ranked[:k]))


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant that is among the first k."""
    if not relevant:
        raise ValueError("recall of nothing relevant is not defined")
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 / rank of the first relevant, 0 if none is there."""
    for rank, name in enumerate(ranked, start=1):
        if name in relevant:
            return 1.0 / rank
    return 0.0


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain at k with binary gains (Järvelin & Kekäläinen 2002)."""
    if not relevant:
        raise ValueError("nDCG of nothing relevant is not defined")
    gains = sum(_discount(rank) for rank, name in enumerate(ranked[:k], 1) if name in relevant)
    ideal = sum(_discount(rank) for rank in range(1, min(k, len(set(relevant))) + 1))
    return gains / ideal


def _discount(rank: int) -> float:
    return 1.0 / math.log2(rank + 1)
