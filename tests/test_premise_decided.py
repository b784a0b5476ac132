"""A decision taken for granted is held against the minutes of the case."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.bag import BagOfWords
from tests.papers import MINUTES
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_ALSO = """Omröstning

Godkänd voteringsproposition: "Ja för återremiss och Nej för att ärendet avgörs i dag."
Omröstningen utfaller med 12 Ja mot 23 Nej.

Huvudvotering
"""
_MINUTES = MINUTES.replace("Omröstning\n", _ALSO, 1)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("premise")
    (folder / "papers").mkdir()
    (folder / "papers" / "protokoll.txt").write_text(_MINUTES, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


@pytest.mark.parametrize(
    "question",
    [
        "Varför biföll fullmäktige motionen om avgiftsfria simkort?",
        "När får barnen simkort, efter att fullmäktige sa ja till motionen om simkort?",
        "Hur mycket avsatte fullmäktige när det bestämdes att alla skulle få avgiftsfria simkort?",
        "Vart flyttades barnen när fullmäktige hade bifallit motionen om avgiftsfria simkort?",
        "Varför skickade fullmäktige tillbaka motionen om avgiftsfria simkort?",
        "Varför tackade fullmäktige ja till motionen om avgiftsfria simkort?",
        "Hur gick det sedan fullmäktige sagt ja till motionen om avgiftsfria simkort?",
        "Why did the council approve the motion om avgiftsfria simkort?",
        "Varför röstade fullmäktige igenom motionen om avgiftsfria simkort?",
        "Vilka skäl angav fullmäktige för att bifalla motionen om avgiftsfria simkort?",
        "När delas simkorten ut som fullmäktige sade ja till i motionen om avgiftsfria simkort?",
        "Why did the council vote in favour of the motion om avgiftsfria simkort?",
        "Av vilka skäl röstade fullmäktige för att införa avgiftsfria simkort enligt motionen?",
        "Varför antog fullmäktige motionen om avgiftsfria simkort i stället för att avslå den?",
    ],
)
def test_what_was_decided_otherwise_is_a_false_premise(assistant: Assistant, question: str) -> None:
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.FALSE_PREMISE
    assert "avslå motionen" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Varför avslog fullmäktige motionen om avgiftsfria simkort?",
        "Varför sade fullmäktige nej till motionen om avgiftsfria simkort?",
        "Vad beslutade fullmäktige om motionen om avgiftsfria simkort?",
        "Varför beslutade fullmäktige att behålla avgiften för simkort?",
        "Vad kostade det när man beslutade säga nej till avgiftsfria simkort?",
        "Why did the council vote to reject the motion om avgiftsfria simkort?",
        "Varför har fullmäktige inte sagt ja till motionen om avgiftsfria simkort?",
        "Varför antog fullmäktige taxan för återvinningscentralen?",
    ],
)
def test_what_was_decided_so_is_none(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).outcome is not Outcome.FALSE_PREMISE


def test_the_main_vote_is_told_where_it_is_asked_for(assistant: Assistant) -> None:
    answer = assistant.answer("Hur gick huvudvoteringen om motionen om simkort?")
    assert "21 Ja mot 14 Nej" in answer.answer
    assert "12 Ja" not in answer.answer


def test_a_vote_is_told_with_what_yes_and_no_stood_for(assistant: Assistant) -> None:
    answer = assistant.answer("Hur gick huvudvoteringen om motionen om simkort?")
    assert "Ja för avslag och Nej för bifall till motionen" in answer.answer


def test_a_tie_that_was_none_is_answered_with_the_vote(assistant: Assistant) -> None:
    told = assistant.answer("Vem hade utslagsrösten när fullmäktige röstade om simkorten?")
    assert told.outcome is Outcome.FALSE_PREMISE
    assert any("23 Nej" in citation.quote for citation in told.citations)


def test_of_two_votes_the_one_on_putting_off_is_told_where_that_is_asked(
    assistant: Assistant,
) -> None:
    told = assistant.answer(
        "Hur blev siffrorna när fullmäktige röstade om att skicka tillbaka motionen om simkort?"
    )
    assert "12 Ja mot 23 Nej" in told.answer


@pytest.mark.parametrize(
    "question",
    [
        "Vad tyckte fullmäktige om att det ska vara lika villkor för simkort?",
        "Hur många röster fick motionen om simkort?",
    ],
)
def test_what_is_alike_is_no_tie(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).outcome is not Outcome.FALSE_PREMISE
