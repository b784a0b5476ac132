"""Retrieval metrics: the rank at which a gold part is complete, budgets, plain sets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval import cases, qasets, ranking
from eval.paraphrases import Group, agreement, read_groups
from eval.retrieval import score_cases, score_hits, score_set
from eval.subject import Retrieved, Scripted
from ingest.errors import BereddError
from tests.eval_examples import MINUTES, gold, hit, line, texts, unanswerable

QUOTE = "Omröstningen utfaller med 25 Ja mot 14 Nej."


def test_recall_of_nothing_is_refused_and_not_nan() -> None:
    for metric in (ranking.recall, ranking.ndcg):
        with pytest.raises(ValueError, match="not defined"):
            metric(["a"], set(), 10)


def _scores(hits: list[Retrieved], case: str | None = None, tokens: int = 10) -> dict[str, Any]:
    turn = cases.parse(case or line()).turns[0]
    return dict(score_hits(turn, hits, texts(), lambda _: tokens))


def test_a_part_is_found_at_the_rank_where_it_is_complete() -> None:
    scores = _scores([hit("Motionen avslås."), hit(QUOTE)])
    assert (scores["hit@1"], scores["hit@2"], scores["mrr"]) == (0, 1, 0.5)
    assert scores["evidence@5"] == scores["evidence@10"] == 1.0


def test_two_neighbouring_passages_complete_a_part_together() -> None:
    first, second = QUOTE.split(" 25 ")
    start = MINUTES.index(QUOTE)
    halves = [
        Retrieved(file="protokoll.txt", start=start, end=start + len(first), text=first, score=1),
        Retrieved(file="protokoll.txt", start=start + len(first) + 1, end=start + len(QUOTE),
                  text="25 " + second, score=1),
    ]  # fmt: skip
    assert _scores(halves[:1])["hit@5"] == 0.0
    assert (_scores(halves)["hit@1"], _scores(halves)["hit@2"]) == (0.0, 1.0)


def test_what_does_not_fit_the_token_budget_is_not_returned() -> None:
    hits = [hit("Motionen avslås."), hit(QUOTE)]
    assert _scores(hits, tokens=1250)["evidence@5"] == 1.0
    over = _scores(hits, tokens=1251)
    assert (over["evidence@5"], over["evidence@10"], over["parts@2500tok"]) == (0.0, 1.0, 0.0)


def test_evidence_wants_every_part_and_parts_tells_the_share() -> None:
    two = line(gold_any=[[gold(QUOTE)], [gold("Motionen avslås.")]])
    scores = _scores([hit(QUOTE)], two)
    assert (scores["evidence@5"], scores["parts@5"], scores["recall@10"]) == (0.0, 0.5, 0.5)


def test_a_passage_that_completes_two_parts_counts_for_both() -> None:
    two = line(gold_any=[[gold("Omröstningen utfaller med 25 Ja")], [gold("25 Ja mot 14 Nej.")]])
    scores = _scores([hit(QUOTE)], two)
    assert (scores["evidence@5"], scores["ndcg@10"]) == (1.0, 1.0)


def test_no_hits_give_noughts() -> None:
    assert set(_scores([]).values()) == {0.0}


def test_unanswerable_questions_have_no_retrieval_row() -> None:
    both = [cases.parse(line()), cases.parse(unanswerable())]
    rows = score_cases(Scripted({}), both, texts(), len)
    assert [row.case for row in rows] == ["e1"]


def test_hits_of_one_text_are_counted_once() -> None:
    passages = {"fråga": [hit("Motionen avslås.", score=2), hit("Motionen avslås.", score=1),
                          hit("20 kronor", "ekmarka/motion.txt")]}  # fmt: skip
    qa = qasets.QaSet("t", {}, (("fråga", frozenset({"ekmarka/motion.txt"})),))
    (row,) = score_set(Scripted({}, passages), qa)
    assert row.scores["mrr"] == 0.5


@pytest.mark.parametrize(
    ("text", "title", "bare"),
    [
        ("§ 4 12/25\nOm\nbadet\nBeslut\nBifall.", "Om badet", "§ 4 12/25\nBeslut\nBifall."),
        ("Beslut\nBifall.", "Om badet", "Beslut\nBifall."),
        ("§ 4\nOm badet\nSe Om badet", "Om badet", "§ 4\nSe Om badet"),
        ("x" * 900 + "\nOm badet\n", "Om badet", "x" * 900 + "\nOm badet\n"),
        ("Om badet", "Om badet", ""),
    ],
)
def test_a_stripped_title_takes_its_lines_along(text: str, title: str, bare: str) -> None:
    assert qasets.without_title(text, title) == bare


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BereddError, match="No question set"):
        qasets.load(tmp_path)


def test_paraphrases_agree_when_their_top_passages_overlap(tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    file.write_text('{"id": "p1", "question": "a", "paraphrases": ["b", "c", "d"]}\n', "utf-8")
    passages = {"a": [hit(QUOTE)], "b": [hit("25 Ja mot")], "c": [hit("Motionen avslås.")]}
    found = agreement(Scripted({}, passages), read_groups(file))
    assert found.top.value == pytest.approx(1 / 3)
    assert found.differs == ("p1/2", "p1/3")
    assert agreement(Scripted({}), [Group("n", ("x", "y"))]).top.value == 1.0


def test_a_group_without_paraphrases_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "p.jsonl"
    file.write_text('{"id": "p1", "question": "a", "paraphrases": []}\n', "utf-8")
    with pytest.raises(BereddError, match=r"p\.jsonl:1"):
        read_groups(file)


@pytest.mark.corpus
def test_the_titles_are_gone_from_the_paragraphs(shared: Path) -> None:
    (titles,) = (qa for qa in qasets.load(shared / "qa") if qa.name.endswith("titles"))
    assert (len(titles.passages), len(titles.questions)) == (2043, 1224)
