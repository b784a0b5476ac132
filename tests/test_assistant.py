"""From question to answer over two small papers, with the real stores and verifier."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant
from assistant.compose.shape import says_what_is_asked
from assistant.question import understand
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.index import create_index
from vectorstore.ingestion import ingest


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("assistant")
    write_some(folder / "papers")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


def _verbatim(assistant: Assistant, answer: Answer) -> bool:
    for citation in answer.citations:
        stored = assistant.index.document(citation.file)
        assert stored is not None
        if citation.quote != stored.document.text[citation.start : citation.end]:
            return False
    return True


def test_every_sentence_of_an_answer_has_a_citation_that_is_verbatim(assistant: Assistant) -> None:
    for question in ("Vad yrkade Siri Lund i motionen?", "Vilka reserverade sig mot beslutet?"):
        answer = assistant.answer(question)
        assert answer.outcome is Outcome.ANSWERED
        assert all(sentence.citations for sentence in answer.sentences)
        assert _verbatim(assistant, answer)


def test_every_demand_of_a_motion_is_told(assistant: Assistant) -> None:
    answer = assistant.answer("Vad yrkar Siri Lund att kommunen ska göra om simkort?")
    assert "avgiftsfria simkort för barn under tolv år" in answer.answer
    assert "kommunstyrelsens medel för 2025" in answer.answer


def test_the_councils_decision_is_told_as_a_decision(assistant: Assistant) -> None:
    answer = assistant.answer("Vad beslutade kommunfullmäktige om motionen om simkort?")
    assert "avslå" in answer.answer
    assert {sentence.role for sentence in answer.sentences} == {"decision"}
    assert answer.citations[0].file == "protokoll.txt"


def test_a_demand_is_never_told_as_a_decision(assistant: Assistant) -> None:
    answer = assistant.answer("Vad ville Siri Lund i sin motion om simkort?")
    assert "decision" not in {sentence.role for sentence in answer.sentences}


def test_a_vote_is_told_with_its_numbers(assistant: Assistant) -> None:
    answer = assistant.answer("Hur föll rösterna om simkort i fullmäktige?")
    assert "21 Ja mot 14 Nej" in answer.answer


def test_a_recusal_is_told_with_its_name(assistant: Assistant) -> None:
    assert "Olle Bro" in assistant.answer("Vem var jävig när taxan behandlades?").answer


def test_what_stands_in_no_paper_is_declined(assistant: Assistant) -> None:
    answer = assistant.answer("Vilken entreprenör ska bygga simhallen?")
    assert answer.outcome is Outcome.NOT_IN_DOCUMENTS
    assert answer.searched["documents"] == 2


def test_a_reservation_by_somebody_else_is_a_false_premise(assistant: Assistant) -> None:
    answer = assistant.answer("Varför reserverade sig Moderaterna mot beslutet om simkort?")
    assert answer.outcome is Outcome.FALSE_PREMISE
    assert "Ledamöterna från V" in answer.answer


def test_an_empty_question_a_flood_and_emoji_get_a_calm_sentence(assistant: Assistant) -> None:
    for question in ("", "   ", "😀😀😀", "simkort " * 12_500):
        answer = assistant.answer(question)
        assert answer.answer
        assert len(answer.answer) < 3000


def test_a_follow_up_takes_its_matter_from_the_turn_before(assistant: Assistant) -> None:
    first = assistant.answer("Vad beslutade kommunfullmäktige om motionen om simkort?")
    second = assistant.answer("Och vilka reserverade sig?", [first])
    assert "simkort" in second.standalone_question
    assert "Ledamöterna från V" in second.answer


def test_a_question_that_stands_alone_is_left_as_it_is(assistant: Assistant) -> None:
    first = assistant.answer("Vad beslutade kommunfullmäktige om motionen om simkort?")
    question = "Vad blev taxan för återvinningscentralen i Ekmarka kommun under 2025?"
    assert assistant.answer(question, [first]).standalone_question == question


def test_an_answer_arrives_sentence_by_sentence(assistant: Assistant) -> None:
    growing = list(assistant.stream("Vad yrkar Siri Lund att kommunen ska göra om simkort?"))
    assert len(growing) > 1
    lengths = [len(answer.sentences) for answer in growing]
    assert lengths == sorted(lengths)


def test_who_moved_something_at_a_meeting_is_told_from_the_yrkanden(assistant: Assistant) -> None:
    answer = assistant.answer("Vem i kommunfullmäktige ville ha avslag på motionen om simkort?")
    assert "Per Ek (M)" in answer.answer
    assert "Siri Lund" not in answer.answer


def test_figures_that_date_or_number_something_are_no_amount() -> None:
    asked = understand("Hur mycket kostar ett simkort?")
    assert not says_what_is_asked(asked, ["Enligt § 14 den 10 mars 2025, Dnr KS 2025-77."])
    assert says_what_is_asked(asked, ["Den 10 mars 2025 höjdes avgiften till 350 kronor."])


def test_a_question_with_no_words_of_its_own_lives_on_the_turn_before(assistant: Assistant) -> None:
    first = assistant.answer("Vad beslutade kommunfullmäktige om motionen om simkort?")
    second = assistant.answer("Vad ville Vänsterpartiet i stället?", [first])
    assert "simkort" in second.standalone_question
