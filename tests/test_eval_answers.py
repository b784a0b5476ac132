"""Scoring one answer: what makes it right, shown, verbatim, forbidden."""

from __future__ import annotations

from typing import Any

import pytest

from eval import cases, given
from eval.answers import METRICS, Scores, score
from tests.eval_examples import answer, citation, gold, line, texts, unanswerable, vote_answer

QUOTE = "Omröstningen utfaller med 25 Ja mot 14 Nej."


def _score(said: dict[str, Any], case: str | None = None) -> Scores:
    parsed = cases.parse(case or line())
    return score(parsed.turns[0], parsed.category, given.parse(said), texts())


def test_a_right_answer_with_its_source_gets_full_marks() -> None:
    scores = _score(vote_answer())
    full = ("right", "right_and_shown", "fact_recall", "evidence_recall", "citation_precision",
            "verbatim", "sourced", "supported", "within_budget")  # fmt: skip
    assert {name: scores[name] for name in full} == dict.fromkeys(full, 1.0)
    assert scores["forbidden"] == scores["false_decline"] == 0.0
    assert scores["declined"] is None


def test_every_metric_is_told_for_every_answer() -> None:
    for said in (vote_answer(), {"outcome": "not_in_documents", "answer": ""}):
        assert set(_score(said)) == set(METRICS)
        assert set(_score(said, unanswerable())) == set(METRICS)


def test_a_missing_fact_is_not_right_and_counts_in_part() -> None:
    scores = _score(answer("25 röstade ja.", citation(QUOTE)))
    assert (scores["right"], scores["fact_recall"]) == (0.0, 0.5)


def test_right_without_its_source_is_right_but_not_shown() -> None:
    scores = _score(answer("25 mot 14.", citation("Motionen avslås.")))
    assert (scores["right"], scores["right_and_shown"], scores["evidence_recall"]) == (1, 0, 0)
    assert scores["citation_precision"] == 0.0


def test_the_same_words_in_another_paragraph_do_not_show_it() -> None:
    text = "Omröstningen utfaller med"
    twice = line(gold_any=[[gold(text, section="§ 11")]])
    other = citation(QUOTE)
    assert _score(answer("25 mot 14.", other), twice)["evidence_recall"] == 0.0


def test_a_forbidden_string_makes_an_answer_wrong() -> None:
    scores = _score(answer("25 mot 14, tidigare 21.", citation(QUOTE)))
    assert (scores["right"], scores["forbidden"], scores["fact_recall"]) == (0, 1, 1)


def test_a_source_token_is_not_searched_for_facts() -> None:
    said = answer("25 röstade ja.", citation(QUOTE, id="S14"))
    assert _score(said)["fact_recall"] == 0.5


def test_an_answer_over_its_budget_is_not_right_and_tokens_are_not_counted() -> None:
    filling = "x" * (700 - len("25 14 "))
    assert _score(answer(f"25 14 {filling}", citation(QUOTE)))["right"] == 1.0
    over = _score(answer(f"25 14 {filling}x", citation(QUOTE)))
    assert (over["right"], over["within_budget"]) == (0.0, 0.0)


@pytest.mark.parametrize(
    "change",
    [{"page": 1}, {"start": 0}, {"end": 99999}, {"quote": "Omröstningen utföll"}, {"file": "x"}],
)
def test_verbatim_means_the_text_at_its_offsets_and_its_page(change: dict[str, Any]) -> None:
    assert _score(answer("25 mot 14.", citation(QUOTE) | change))["verbatim"] == 0.0


def test_a_pdf_quote_on_the_wrong_page_is_not_verbatim() -> None:
    quote = "Kostnaden uppgick till 1 250 tkr"
    said = citation(quote, "ekmarka/revision.pdf")
    assert said["page"] == 2
    assert _score(answer("25 mot 14.", said))["verbatim"] == 1.0
    assert _score(answer("25 mot 14.", said | {"page": 1}))["verbatim"] == 0.0


def test_offsets_that_do_not_hold_the_quote_show_nothing_that_the_quote_does_not() -> None:
    lie = citation(QUOTE) | {"quote": "Motionen avslås."}
    assert _score(answer("25 mot 14.", lie))["evidence_recall"] == 0.0


def test_declining_is_right_only_where_there_is_no_answer() -> None:
    for outcome in ("not_in_documents", "false_premise", "asks_back", "model_failed"):
        said = {"outcome": outcome, "answer": "Det framgår inte."}
        wanted = _score(said)
        assert (wanted["right"], wanted["false_decline"], wanted["fact_recall"]) == (0, 1, 0)
        unknown = _score(said, unanswerable())
        assert (unknown["right"], unknown["declined"], unknown["fact_recall"]) == (1, 1, None)


def test_a_partial_answer_is_an_answer() -> None:
    assert _score({**vote_answer(), "outcome": "partial"})["right"] == 1.0
    assert _score({**vote_answer(), "outcome": "partial"}, unanswerable())["right"] == 0.0


def test_a_sentence_without_source_or_with_an_unknown_one_is_not_sourced() -> None:
    for tokens in ([], ["S9"], ["S1", "S9"]):
        said = vote_answer()
        said["sentences"] = [{"text": "25 mot 14.", "citations": tokens}]
        assert _score(said)["sourced"] == 0.0
    framed = vote_answer()
    framed["sentences"].append({"text": "Så här står det:", "role": "frame"})
    assert _score(framed)["sourced"] == 1.0


def test_metrics_that_do_not_apply_are_none_and_not_nought() -> None:
    scores = _score({"outcome": "answered", "answer": "25 mot 14."})
    for name in ("citation_precision", "verbatim", "sourced", "supported", "latency_ms"):
        assert scores[name] is None
