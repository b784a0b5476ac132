"""The adapter that the evaluation trains, and how twins are ranked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from eval.adapter import Pairs, halves, hits, train
from eval.qasets import QaSet
from eval.retrieval import score_set
from eval.subject import Retrieved


@pytest.fixture(scope="module")
def turned() -> Pairs:
    """Questions that look away from their texts, all by the same turn."""
    chance = np.random.default_rng(0)
    texts = chance.normal(size=(300, 16)).astype(np.float32)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    turn = np.linalg.qr(chance.normal(size=(16, 16)))[0].astype(np.float32)
    return Pairs(questions=texts @ turn, texts=texts, gold=tuple((row,) for row in range(300)))


def test_what_the_adapter_learns_holds_for_texts_it_has_not_seen(turned: Pairs) -> None:
    own, rest = halves(turned)
    matrix = train(own, epochs=60, rate=3e-2)
    assert hits(rest)[1] < 0.1
    assert hits(rest, matrix)[0] > 0.5


def test_the_same_pairs_give_the_same_adapter(turned: Pairs) -> None:
    own, _ = halves(turned)
    assert np.array_equal(train(own, epochs=1), train(own, epochs=1))


def test_what_is_measured_on_shares_no_text_with_what_was_trained_on() -> None:
    vectors = np.eye(6, dtype=np.float32)
    gold = ((0, 1), (2,), (1,), (3,), (4, 5), (2, 5))
    own, rest = halves(Pairs(questions=vectors, texts=vectors, gold=gold))
    assert (len(own.texts), own.gold) == (3, ((0, 1), (2,)))
    assert rest.gold == ((3,), (4, 5))


class _Twins:
    name = "twins"

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        hit = Retrieved(file="a", start=0, end=1, text="x", score=1.0, twins=("b", "a"))
        return [hit, Retrieved(file="c", start=0, end=1, text="y", score=0.5)]


def test_a_text_that_is_shown_as_one_with_a_hit_ranks_after_it() -> None:
    texts = {"a": "x", "b": "x", "c": "y"}
    questions = tuple((name, frozenset({name})) for name in texts)
    rows = score_set(_Twins(), QaSet("t", texts, questions))
    assert [row.scores["mrr"] for row in rows] == [1, pytest.approx(1 / 2), pytest.approx(1 / 3)]
