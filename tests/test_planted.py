"""Rules for the planted faults: every kind is made, and every kind is caught."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.planted import judge, make_false, make_true, table
from eval.planted_faults import EXACT, LOOSE, plant
from eval.planted_material import Pool, gather
from eval.planted_truths import DAMAGES, truth

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="module")
def pool() -> Pool:
    found = gather(SAMPLES, random.Random(1), 60)
    assert found.materials
    return found


def test_a_planted_fault_changes_the_sentence(pool: Pool) -> None:
    rng = random.Random(2)
    for kind, change in {**EXACT, **LOOSE}.items():
        for material in rng.sample(pool.materials, min(60, len(pool.materials))):
            planted = plant(kind, change, material, pool, rng)
            if planted is not None:
                assert material.text not in planted.sentence


def test_the_same_seed_plants_the_same_faults(pool: Pool) -> None:
    first = [p.sentence for p in make_false(pool, 100, random.Random(3))]
    assert first == [p.sentence for p in make_false(pool, 100, random.Random(3))]


def test_a_true_twin_is_made_of_every_damage(pool: Pool) -> None:
    kinds = {p.kind for p in make_true(pool, 300, random.Random(4))}
    assert {f"damage: {kind}" for kind in DAMAGES} <= kinds
    assert truth("verbatim", pool.materials[0], random.Random(1)) is not None


def test_no_fault_passes_and_no_truth_is_refused_over_the_samples(pool: Pool) -> None:
    rng = random.Random(5)
    outcome = judge(list(make_false(pool, 500, rng)), list(make_true(pool, 300, rng)))
    wrong = [(kind, sentence) for kind, sentence, _, _ in outcome.wrong]
    assert outcome.rate(exact=True) == 0, wrong
    assert outcome.rate(exact=False) <= 0.005, wrong
    assert outcome.rejected <= 0.02, wrong
    assert "True rejected" in table(outcome)


@pytest.mark.corpus
@pytest.mark.slow
def test_no_fault_passes_over_the_real_papers(shared: Path) -> None:
    rng = random.Random(6)
    found = gather(shared / "corpus", rng, 12)
    outcome = judge(list(make_false(found, 600, rng)), list(make_true(found, 600, rng)))
    assert outcome.rate(exact=True) == 0, outcome.wrong
    assert outcome.rate(exact=False) <= 0.005, outcome.wrong
    assert outcome.rejected <= 0.01, outcome.wrong
