"""The sample papers and the questions about them fit together."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from eval.cases import Case, Gold, Turn, load
from eval.match import places, squeeze
from ingest.document import Document
from ingest.formats import read

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SOURCES = ROOT / "docs" / "samples-sources"
CASES = ROOT / "eval" / "cases"
SCAN = "protokollsutdrag-kf-2023-11-27-skannad.pdf"
CATEGORIES = {
    "who", "demand", "decision", "vote", "fact", "trap_proposal_vs_decision", "compare",
    "timeline", "pdf", "unanswerable",
}  # fmt: skip
PAPERS = sorted(path.name for path in SAMPLES.iterdir())


@cache
def singles() -> tuple[Case, ...]:
    return load([CASES / "samples.jsonl"])


@cache
def dialogues() -> tuple[Case, ...]:
    return load([CASES / "samples_followups.jsonl"])


def turns() -> list[Turn]:
    return [turn for case in (*singles(), *dialogues()) for turn in case.turns]


@cache
def paper(name: str) -> Document:
    return read(SAMPLES / name, name)


def golds(name: str) -> list[Gold]:
    return [
        gold for turn in turns() for part in turn.gold_any for gold in part if gold.file == name
    ]


def test_the_samples_come_in_every_format_and_hold_nothing_but_papers() -> None:
    suffixes = Counter(Path(name).suffix for name in PAPERS)
    assert set(suffixes) == {".txt", ".docx", ".odt", ".html", ".pdf"}
    assert SCAN in PAPERS
    assert len(PAPERS) >= 16


def test_every_built_paper_has_its_source_and_every_paper_is_described() -> None:
    sources = {path.stem for path in SOURCES.glob("*.md")} - {"README"}
    assert sources == {Path(name).stem for name in PAPERS if not name.endswith((".txt", ".html"))}
    described = (SOURCES / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in described for name in PAPERS)


def test_the_samples_stay_small() -> None:
    sizes = [(SAMPLES / name).stat().st_size for name in PAPERS]
    assert max(sizes) < 150_000
    assert sum(sizes) < 1_000_000


def test_every_category_is_asked_in_both_languages_together_often_enough() -> None:
    asked = Counter(case.category for case in singles())
    assert set(asked) == CATEGORIES
    assert len(singles()) >= 84
    assert sum(case.lang == "en" for case in singles()) >= 12
    assert sum(turn.false_premise for turn in turns()) >= 5


def test_ten_dialogues_have_three_turns_each() -> None:
    assert [len(case.turns) for case in dialogues()] == [3] * 10


@pytest.mark.parametrize("name", [name for name in PAPERS if name != SCAN])
def test_every_gold_quote_stands_in_its_paper(name: str) -> None:
    assert golds(name), "no question is about this paper"
    for gold in golds(name):
        assert 20 <= len(gold.quote) <= 300
        assert places(gold, paper(name)), gold.quote
        if name.endswith(".txt"):
            assert gold.quote in paper(name).text


def test_no_question_rests_on_the_scan_alone() -> None:
    assert not golds(SCAN)


def test_every_gold_file_is_a_sample() -> None:
    named = {gold.file for turn in turns() for part in turn.gold_any for gold in part}
    assert named <= set(PAPERS)


def test_every_fact_of_a_swedish_question_can_be_read_in_its_papers() -> None:
    for case in (*singles(), *dialogues()):
        for turn in case.turns if case.lang == "sv" else ():
            files = {gold.file for part in turn.gold_any for gold in part}
            text = "".join(squeeze(paper(file).text).text for file in sorted(files)).lower()
            for fact in turn.facts:
                assert any(squeeze(v).text.lower() in text for v in fact), (case.id, fact)


def test_forty_questions_are_asked_in_three_other_ways_each() -> None:
    lines = (CASES / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["id"] for row in rows}) == len(rows) == 40
    for row in rows:
        assert set(row) == {"id", "question", "paraphrases"}
        assert len({row["question"], *row["paraphrases"]}) == 4
