"""Ranking metrics, held to trec_eval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.retrieval import rank_scores

pytrec_eval = pytest.importorskip("pytrec_eval", reason="pytrec-eval-terrier is not installed")

NAMES = [f"p{n}" for n in range(15)]


def _trec(ranked: list[str], relevant: set[str]) -> dict[str, float]:
    measures = {"ndcg_cut.10", "recip_rank", "recall.10", "success.1,5"}
    judge = pytrec_eval.RelevanceEvaluator({"q": dict.fromkeys(relevant, 1)}, measures)
    run = {name: float(len(ranked) - at) for at, name in enumerate(ranked)}
    found: dict[str, float] = judge.evaluate({"q": run or {"none": 1.0}})["q"]
    return found


@given(st.permutations(NAMES), st.sets(st.sampled_from(NAMES), min_size=1), st.integers(0, 15))
def test_ranking_metrics_agree_with_trec_eval(
    order: list[str], relevant: set[str], depth: int
) -> None:
    ranked = order[:depth]
    ours, theirs = rank_scores(ranked, frozenset(relevant)), _trec(ranked, relevant)
    assert ours["ndcg@10"] == pytest.approx(theirs["ndcg_cut_10"])
    assert ours["mrr"] == pytest.approx(theirs["recip_rank"])
    assert ours["recall@10"] == pytest.approx(theirs["recall_10"])
    assert (ours["hit@1"], ours["hit@5"]) == (theirs["success_1"], theirs["success_5"])
