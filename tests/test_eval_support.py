"""The second pair of eyes: numbers, names, parties and negations against the cited quotes."""

from __future__ import annotations

import pytest

from eval import given
from eval.support import faults, numbers, supported_sentences
from tests.eval_examples import answer, citation

QUOTE = "Kommunfullmäktige beslutar att badet inte ska stängas och att avgiften är 40 kronor."
VOICES = "Karin Alm (V) och Nils Berg (S) reserverar sig mot beslutet"


def _faults(text: str, quote: str = QUOTE, **more: str) -> tuple[str, ...]:
    said = given.parse({**answer(text, citation(quote)), **more})
    (sentence,) = said.sentences
    return faults(sentence, said.citations, said)


@pytest.mark.parametrize(
    "text",
    [
        "”Kommunfullmäktige beslutar att badet inte ska stängas”",
        "Badet ska inte stängas, och avgiften är 40 kronor.",
        "Fullmäktige beslutar att badet inte ska stängas.",
        "Avgiften är ”40 kronor”.",
    ],
)
def test_what_the_quote_says_is_supported(text: str) -> None:
    assert _faults(text) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Avgiften är 400 kronor.", "number 400"),
        ("Kommunfullmäktige beslutar att badet ska stängas.", "negation"),
        ("”badet ska stängas helt”", "not in the source"),
        ("Enligt förslaget från Moderaterna är avgiften 40 kronor.", "party M"),
        ("Det sade Ulla Qvist om avgiften.", "name Ulla"),
    ],
)
def test_what_the_quote_does_not_say_is_a_fault(text: str, fault: str) -> None:
    assert any(fault in found for found in _faults(text))


def test_a_swapped_party_is_a_fault_and_a_name_for_a_letter_is_none() -> None:
    assert "party M" in _faults("Karin Alm (M) reserverar sig.", VOICES)
    assert _faults("Vänsterpartiets Karin Alm reserverar sig.", VOICES) == ()


def test_marks_within_a_quotation_and_debris_of_a_conversion_are_no_fault() -> None:
    quote = "projektet ”Enklare styrning” ska [bookmark: _GoBack]följas upp"
    source = {"id": "S1", "file": "a.txt", "quote": quote, "part": "Om ”badet”"}
    said = given.parse(answer("Om ”badet”: ”projektet ’Enklare styrning’ ska följas”", source))
    assert supported_sentences(said) == [True]


def test_an_added_negation_is_a_fault_too() -> None:
    assert "negation" in _faults("avgiften är inte 40 kronor", "att avgiften är 40 kronor.")


def test_the_source_cards_date_and_the_questions_names_may_be_said() -> None:
    said = given.parse(
        answer("Den 7 april 2025 var avgiften 40 kronor.", citation(QUOTE, date="2025-04-07"))
    )
    assert supported_sentences(said) == [True]
    assert _faults("Det var Ulla Qvist som frågade.", question="Vad sade Ulla Qvist?") == ()


def test_numbers_are_compared_whole() -> None:
    assert numbers("1 250 tkr, 05, § 12") == {"1250", "5", "12"}
    assert numbers("2024-04-01") == {"2024", "4", "1"}


def test_frames_and_uncited_sentences_are_not_judged() -> None:
    said = answer("x", citation(QUOTE))
    said["sentences"] = [
        {"text": "Här är 99 svar:", "citations": ["S1"], "role": "frame"},
        {"text": "99.", "citations": []},
    ]
    assert supported_sentences(given.parse(said)) == []
