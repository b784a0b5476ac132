"""The two papers that the project was made for, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from vectorstore.bundled import Bundled
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

QUESTIONS: list[tuple[str, list[str]]] = [
    (
        "Vad krävde det alternativa förslaget?",
        [
            "boråsarnas behov",
            "samverkan och helhetsperspektiv",
            "ansvarsfulla medarbetare",
            "politisk beredningsgrupp",
        ],
    ),
    (
        "What did the alternative proposal demand?",
        [
            "boråsarnas behov",
            "samverkan och helhetsperspektiv",
            "ansvarsfulla medarbetare",
            "politisk beredningsgrupp",
        ],
    ),
    (
        "Vilka har skrivit under det alternativa förslaget, och för vilka partier?",
        ["Annette Carlson", "Niklas Arvidsson", "Moderaterna", "Kristdemokraterna"],
    ),
    (
        "Who signed the alternative proposal and for which parties?",
        ["Annette Carlson", "Niklas Arvidsson", "Moderaterna", "Kristdemokraterna"],
    ),
    (
        "Vilka har skrivit under initiativärendet om Tillitsresan och för vilket parti?",
        ["Stefan Lindborg", "Anne Rapionoja", "Vänsterpartiet"],
    ),
    (
        "Who signed the follow-up initiative and for which party?",
        ["Stefan Lindborg", "Anne Rapionoja", "Vänsterpartiet"],
    ),
    ("Vad kräver initiativärendet?", ["uppföljning av arbetet med tillitsbaserad styrning"]),
    (
        "What does the follow-up initiative demand?",
        ["uppföljning av arbetet med tillitsbaserad styrning"],
    ),
    (
        "När antogs programmet för ledning och styrning och av vem?",
        ["14 mars 2022", "Kommunfullmäktige"],
    ),
    (
        "When was the programme for management and steering adopted and by whom?",
        ["14 mars 2022", "Kommunfullmäktige"],
    ),
    (
        "Vilket projekt deltog Borås Stad i och när?",
        ["Förenklat och effektivare styrsystem", "oktober 2017"],
    ),
    (
        "Which project did the city take part in and when?",
        ["Förenklat och effektivare styrsystem"],
    ),
    (
        "Hur definierar Tillitsdelegationen tillitsbaserad styrning?",
        ["styrmodeller med fokus på verksamhetens syfte och brukarens behov"],
    ),
    (
        "How does Tillitsdelegationen define trust-based governance?",
        ["styrmodeller med fokus på verksamhetens syfte och brukarens behov"],
    ),
    ("I vilken rapport finns slutsatserna?", ["KS 2017-00535"]),
    ("In which report do the conclusions stand?", ["KS 2017-00535"]),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Assistant:
    folder = tmp_path_factory.mktemp("boras") / "index"
    embedder = Bundled()
    ingest(create_index(folder, embedder), embedder, [shared / "corpus" / "boras"])
    return Assistant.open(folder)


@pytest.mark.parametrize(("question", "facts"), QUESTIONS)
def test_the_two_papers_are_known_by_heart(
    assistant: Assistant, question: str, facts: list[str]
) -> None:
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.ANSWERED
    told = " ".join(answer.answer.split())
    assert [fact for fact in facts if fact not in told] == []
    for citation in answer.citations:
        stored = assistant.index.document(citation.file)
        assert stored is not None
        assert citation.quote == stored.document.text[citation.start : citation.end]


def test_what_a_bus_card_costs_is_declined(assistant: Assistant) -> None:
    assert assistant.answer("Vad kostar ett busskort?").outcome is Outcome.NOT_IN_DOCUMENTS
    assert assistant.answer("What does a bus card cost?").outcome is Outcome.NOT_IN_DOCUMENTS
