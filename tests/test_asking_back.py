"""A question that says nothing of its matter is answered with a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_MOTION = """Motion om {what}

Med hänvisning till ovanstående yrkar jag

att kommunen inför {what}.

Ekmarka den 3 februari 2031

Siri Lund (V)
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("back")
    (folder / "papers").mkdir()
    for what in ("avgiftsfria simkort", "längre öppettider på biblioteket"):
        path = folder / "papers" / f"{what.split()[-1]}.txt"
        path.write_text(_MOTION.format(what=what), encoding="utf-8")
    for number in range(8):
        text = f"Rapport {number}\n\nParken vid väg {number} sköts av firma {number * 7}.\n"
        (folder / "papers" / f"rapport-{number}.txt").write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


def test_a_question_that_fits_several_matters_is_asked_back(assistant: Assistant) -> None:
    answer = assistant.answer("Vad ville Siri Lund i sin motion?")
    assert answer.outcome is Outcome.ASKS_BACK
    assert "simkort" in answer.answer
    assert "biblioteket" in answer.answer
    assert {citation.file for citation in answer.nearest} == {"simkort.txt", "biblioteket.txt"}
    assert not answer.outcome.answers


@pytest.mark.parametrize(
    "question",
    [
        "Vad ville Siri Lund i sin motion om simkort?",
        "Vilka öppettider ville Siri Lund ha på biblioteket?",
    ],
)
def test_a_question_that_names_its_matter_is_answered(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).outcome is Outcome.ANSWERED


def test_the_answer_to_what_was_asked_back_is_a_question_of_its_own(assistant: Assistant) -> None:
    first = assistant.answer("Vad ville Siri Lund i sin motion?")
    second = assistant.answer("Vad ville hon om avgiftsfria simkort?", [first])
    assert "simkort" in second.answer
    assert second.outcome is Outcome.ANSWERED


def test_a_models_rewrite_of_a_follow_up_is_the_question_that_is_answered(
    assistant: Assistant,
) -> None:
    heard: list[str] = []

    def rewrite(question: str, said: object, language: str) -> str:
        heard.append(question)
        return "Vad ville Siri Lund i motionen om avgiftsfria simkort?"

    helped = Assistant(assistant.index, assistant.embedder, rewrite=rewrite)
    first = helped.answer("Vem skrev motionen om avgiftsfria simkort?")
    second = helped.answer("Och vad ville hon?", [first])
    assert heard == ["Och vad ville hon?"]
    assert second.standalone_question == "Vad ville Siri Lund i motionen om avgiftsfria simkort?"
    assert "avgiftsfria simkort" in second.answer


def test_a_rewrite_that_is_of_no_use_leaves_the_rules_own(assistant: Assistant) -> None:
    helped = Assistant(assistant.index, assistant.embedder, rewrite=lambda *_: None)
    first = helped.answer("Vem skrev motionen om avgiftsfria simkort?")
    second = helped.answer("Och vad ville hon?", [first])
    assert "simkort" in second.standalone_question
