"""How the search orders what it has found."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.finding import Candidate, _mixed
from assistant.fit import Tuning
from assistant.question import understand
from assistant.search import _varied, search
from ingest.parts import PartKind, Role
from ingest.passages import Passage
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.index import create_index
from vectorstore.ingestion import ingest


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("search")
    write_some(folder / "papers", count=6)
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


def _candidate(
    file: str, score: float, part: str = "p1", kind: PartKind = PartKind.OFFICIAL_REPORT
) -> Candidate:
    start = int(score * 1000)
    passage = Passage(
        file=file, part=part, kind=kind, role=Role.PROPOSAL, document=file, title=part,
        start=start, end=start + 1, text="x", clean="x",
    )  # fmt: skip
    return Candidate(passage, score=score)


def _order(candidates: list[Candidate], again: float) -> list[str]:
    tuning = Tuning(again=again, leaning=0.0)
    found = _varied(understand("Vad hände?"), candidates, tuning)
    return [f"{c.passage.file}/{c.passage.part}" for c in found]


def test_a_paper_that_has_been_met_makes_room_for_another() -> None:
    found = [_candidate("a", 0.90), _candidate("a", 0.89), _candidate("b", 0.88)]
    assert _order(found, 0.0) == ["a/p1", "a/p1", "b/p1"]
    assert _order(found, 0.02) == ["a/p1", "b/p1", "a/p1"]


def test_what_is_far_behind_is_not_brought_forward() -> None:
    found = [_candidate("a", 0.90), _candidate("a", 0.89), _candidate("b", 0.70)]
    assert _order(found, 0.02) == ["a/p1", "a/p1", "b/p1"]


def test_the_paragraphs_of_minutes_are_papers_of_their_own() -> None:
    kind = PartKind.PARAGRAPH
    found = [
        _candidate("kf", 0.90, "§ 1", kind),
        _candidate("kf", 0.89, "§ 2", kind),
        _candidate("b", 0.88),
    ]
    assert _order(found, 0.02) == ["kf/§ 1", "kf/§ 2", "b/p1"]


def test_the_order_of_equals_does_not_depend_on_how_they_came() -> None:
    found = [_candidate("b", 0.5), _candidate("a", 0.5), _candidate("c", 0.5)]
    assert _order(found, 0.02) == _order(found[::-1], 0.02) == ["a/p1", "b/p1", "c/p1"]


def test_the_scores_stay_what_they_are() -> None:
    found = [_candidate("a", 0.90), _candidate("a", 0.89)]
    assert [c.score for c in _varied(understand("Vad hände?"), found, Tuning(again=0.5))] == [
        0.90,
        0.89,
    ]


def test_both_searches_are_brought_to_one_scale() -> None:
    mixed = _mixed({"a": 20.0, "b": 10.0}, {"a": 0.80, "c": 0.90}, 0.5)
    assert mixed["a"] == pytest.approx(0.5 + 0.5 * 0.80 / 0.90)
    assert mixed["c"] == pytest.approx(0.5)
    assert mixed["b"] == pytest.approx(0.25)
    assert _mixed({}, {}, 0.5) == {}


def test_without_variety_hits_come_by_their_scores(assistant: Assistant) -> None:
    question = understand("Vad beslutade fullmäktige om simkort?")
    hits = search(assistant.index, assistant.embedder, question, 10, tuning=Tuning(again=0.0))
    scores = [hit.score for hit in hits]
    assert hits
    assert scores == sorted(scores, reverse=True)
