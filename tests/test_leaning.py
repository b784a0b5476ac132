"""Which papers and sections answer which kinds of question."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.finding import Candidate
from assistant.fit import Tuning
from assistant.leaning import OTHER, TOP, leaning, section
from assistant.question import understand
from assistant.search import _varied
from eval.lean import Asked, learn, main
from ingest.errors import BereddError
from ingest.parts import PartKind, Role
from ingest.passages import Passage
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

REPORT = Passage(
    file="a.md", part="p1", kind=PartKind.OFFICIAL_REPORT, role=Role.PROPOSAL, document="a",
    title="Utlåtande", start=0, end=1, text="x", clean="x",
)  # fmt: skip
MOTION = dataclasses.replace(REPORT, file="b.md", kind=PartKind.MOTION)
MINUTES = dataclasses.replace(REPORT, file="c.md", kind=PartKind.PARAGRAPH, headings=("Beslut",))


def test_what_was_demanded_stands_in_the_motion_and_what_was_decided_in_the_minutes() -> None:
    demanded = understand("Vad krävde motionen om simkort?")
    decided = understand("Vad beslutade kommunfullmäktige om simkort?")
    assert leaning(demanded, MOTION) > leaning(demanded, REPORT)
    assert leaning(decided, MINUTES) > leaning(decided, MOTION)


def test_a_kind_of_question_that_nothing_was_learned_of_leans_as_all_do() -> None:
    unknown = dataclasses.replace(understand("Vad?"), kinds=("never heard of",))
    assert leaning(unknown, MINUTES) != 0.0


def test_a_passage_stands_in_the_section_of_its_innermost_heading() -> None:
    assert section(REPORT) == TOP
    assert section(MINUTES) == "decision"
    named = dataclasses.replace(MINUTES, headings=("Beslut", "Så här blev det sen"))
    assert section(named) == OTHER


def test_of_two_equals_the_paper_that_answers_such_questions_comes_first() -> None:
    found = [Candidate(REPORT, score=0.8), Candidate(MOTION, score=0.8)]
    ordered = _varied(understand("Vad krävde motionen om simkort?"), found, Tuning())
    assert [c.passage.file for c in ordered] == ["b.md", "a.md"]
    assert [c.score for c in ordered] == [0.8, 0.8]


def test_a_query_that_asks_nothing_leans_on_nothing() -> None:
    found = [Candidate(REPORT, score=0.8), Candidate(MOTION, score=0.8)]
    ordered = _varied(understand("motion om simkort"), found, Tuning())
    assert [c.passage.file for c in ordered] == ["a.md", "b.md"]


def _asked(kind: str, papers: tuple[str, ...], right: int) -> Asked:
    holds = np.zeros((1, len(papers)), dtype=np.float32)
    holds[0, right] = 1.0
    scores = np.full(len(papers), 0.8, dtype=np.float32)
    return Asked(kind, papers, ("top",) * len(papers), scores, holds)


def test_what_answers_is_learned_for_each_kind_of_question() -> None:
    papers = ("motion", "paragraph")
    given = [_asked("demand", papers, 0), _asked("decision", papers, 1)] * 4
    learned = learn(given)
    assert learned.paper["demand"]["motion"] > learned.paper["demand"]["paragraph"]
    assert learned.paper["decision"]["paragraph"] > learned.paper["decision"]["motion"]
    for one in given:
        assert learned.scores(one, 0.5).argmax() == one.holds[0].argmax()


def test_nothing_is_learned_from_questions_whose_answer_was_not_found() -> None:
    lost = _asked("who", ("motion", "paragraph"), 0)
    learned = learn([dataclasses.replace(lost, holds=np.zeros_like(lost.holds))] * 3)
    assert not any(learned.paper.values())


def test_learning_twice_gives_the_same() -> None:
    given = [_asked("demand", ("motion", "reply"), 0), _asked("who", ("motion", "reply"), 1)]
    assert learn(given) == learn(given)


CASES = [
    ("Vad krävde motionen om avgiftsfria simkort?", "motion", "inför avgiftsfria simkort"),
    ("Vad beslutade fullmäktige om simkorten?", "protokoll", "beslutar att avslå motionen"),
    ("Vem yrkade avslag på motionen om simkort?", "protokoll", "Per Ek (M) yrkar avslag"),
]


def test_the_command_learns_over_an_index_and_writes_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_some(tmp_path / "papers", count=6)
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [tmp_path / "papers"])
    monkeypatch.setattr(Assistant, "open", lambda _: Assistant(index, BagOfWords()))
    names = {Path(file).stem: file for file in index.entries}
    lines = [
        {"id": f"c{n}", "lang": "sv", "category": "fact", "question": question, "answerable": True,
         "gold_any": [[{"file": names[file], "quote": quote}]], "facts": [["x"]]}
        for n, (question, file, quote) in enumerate(CASES)
    ]  # fmt: skip
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    made = tmp_path / "leaning.toml"
    assert main([f"{tmp_path}={cases}", "--write", str(made)]) == 0
    assert "3 questions" in capsys.readouterr().out
    learned = tomllib.loads(made.read_text(encoding="utf-8"))
    assert learned["paper"]["demand"]["motion"] > 0 < learned["paper"]["decision"]["paragraph"]


def test_what_names_no_cases_is_refused_with_what_to_give() -> None:
    with pytest.raises(BereddError, match=r"INDEX=CASES\.jsonl"):
        main(["somewhere"])
