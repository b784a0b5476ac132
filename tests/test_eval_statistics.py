"""Intervals, p-values and groups: how sure a figure is, and over what."""

from __future__ import annotations

import math

import pytest

from eval.calibration import curve
from eval.compare import compare
from eval.metrics import WHOLE, Row, averaged, from_json, summarise, to_json
from eval.statistics import figure, randomisation, wilson
from ingest.errors import BereddError


def _row(case: str, right: float | None, **fields: object) -> Row:
    values: dict[str, object] = {
        "turn": 0, "category": "who", "lang": "sv", "city": "", "answerable": True,
        "question": "?", "scores": {"right": right, "right_and_shown": right},
    }  # fmt: skip
    return Row(case=case, **{**values, **fields})  # type: ignore[arg-type]


def test_a_figure_tells_how_many_cases_it_stands_on() -> None:
    assert str(figure([1.0, None, 0.0, None])).endswith("(n = 2 of 4)")
    nothing = figure([None, None])
    assert (nothing.value, nothing.low, nothing.n, nothing.of) == (None, None, 0, 2)
    assert figure([]).of == 0


def test_an_interval_holds_its_mean_and_narrows_with_more_cases() -> None:
    few, many = figure([1.0, 0.0] * 10), figure([1.0, 0.0] * 200)
    for found in (few, many):
        assert found.low is not None
        assert found.high is not None
        assert found.low < 0.5 < found.high
    assert (many.high or 0) - (many.low or 0) < (few.high or 0) - (few.low or 0)


def test_ten_of_ten_is_not_certainty() -> None:
    found = figure([1.0] * 10)
    assert found.high == pytest.approx(1.0)
    assert found.low == pytest.approx(0.7225, abs=1e-4)
    assert wilson(0.5, 0) == (0.0, 1.0)


def test_an_interval_is_the_same_every_time() -> None:
    assert figure([1.0, 0.0, 1.0]) == figure([1.0, 0.0, 1.0])


def test_a_consistent_difference_is_significant_and_none_is_not() -> None:
    assert randomisation([0.0] * 12, [1.0] * 12) < 0.001
    assert randomisation([0.0, 1.0] * 10, [1.0, 0.0] * 10) > 0.5
    assert randomisation([1.0], [1.0]) == randomisation([], []) == 1.0


def test_the_p_value_is_that_of_all_sign_flips() -> None:
    # Four differences of one sign: 2 of 16 assignments are as extreme.
    assert randomisation([0.0] * 4, [1.0] * 4) == pytest.approx(2 / 16, abs=0.01)


def test_dialogues_are_kept_out_of_the_single_questions() -> None:
    rows = [_row("a", 1.0), _row("b", 0.0, answerable=False, category="unanswerable", lang="en")]
    rows += [_row("f", value, turn=turn, turns=2, category="dialogue")
             for turn, value in ((1, 1.0), (2, 0.0))]  # fmt: skip
    summary = summarise(rows)
    assert summary["all"]["right"].of == 2
    assert summary["language en"]["right"].value == 0.0
    assert summary["dialogues, later turns"]["right"].value == 0.0
    assert summary[WHOLE]["right"].value == 0.0
    assert from_json(to_json(summary)).keys() == summary.keys()


def test_repeated_runs_are_averaged_case_by_case() -> None:
    (row,) = averaged([[_row("a", 1.0)], [_row("a", 0.0)], [_row("a", None)]])
    assert row.scores["right"] == 0.5
    (never,) = averaged([[_row("a", None)], [_row("a", None)]])
    assert never.scores["right"] is None


def test_a_comparison_lists_the_cases_won_and_lost() -> None:
    first = [_row("a", 0.0), _row("b", 1.0), _row("c", 1.0), _row("only here", 1.0)]
    second = [_row("a", 1.0), _row("b", 0.0), _row("c", None)]
    (found, _) = compare(first, second)
    assert (found.metric, found.n, found.won, found.lost) == ("right", 2, ("a",), ("b",))


def test_where_lower_is_better_less_is_won() -> None:
    first, second = _row("a", 0, scores={"forbidden": 1.0}), _row("a", 0, scores={"forbidden": 0.0})
    (found,) = compare([first], [second])
    assert found.won == ("a",)


def test_runs_that_share_no_case_are_not_compared() -> None:
    with pytest.raises(BereddError, match="share no case"):
        compare([_row("a", 1.0)], [_row("b", 1.0)])


def test_a_score_that_separates_has_the_whole_area_and_one_that_does_not_has_half() -> None:
    assert curve([(0.9, True), (0.8, True), (0.1, False)]).area == 1.0
    assert curve([(0.5, True), (0.5, False)]).area == 0.5
    lonely = curve([(0.5, True)])
    assert (lonely.area, lonely.points) == (None, ())
    assert not any(math.isnan(x) for point in curve([(1, True), (2, False)]).points for x in point)
