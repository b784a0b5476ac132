"""One matter over several papers that carry no number: found by its title, told in its course."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.bag import BagOfWords
from vectorstore.index import Index, create_index
from vectorstore.ingestion import ingest

_SPRING = """Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-05-12

§ 31

Motion av Siri Lund (V) om en handlingsplan för stadens träd
Beslut

1. Motionen bifalles.
2. Kommunstyrelsen får i uppdrag att ta fram en handlingsplan för stadens träd.

§ 32

Frågestund

Ola Berg (S) ställer följande fråga:

Anser du att lånet till hamnbolaget var klokt?

Kommunalrådet Eva Malm (C) besvarar frågan.

Siri Lund (V) ställer följande fråga:

När får badet i Norrhult ett nytt tak?

Kommunalrådet Per Ek (M) besvarar frågan.

§ 33

Vägval inom planeringen för ny ishall och nytt torg i Norrhult
Beslut

Ishallen placeras på Kvarntomten.
"""
_AUTUMN = """Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-10-13

§ 61

Yrkande från M och C om att upphäva beslutet om handlingsplan för träd
Beslut

Beslut på kommunfullmäktige 2031-05-12 att anta motion av Siri Lund (V) upphävs.
"""
_ICE = """Ekmarka kommun
Kommunledningskontoret
Tjänsteutlåtande
2031-02-03

Vägval inom planeringen för ny ishall och nytt torg i Norrhult

Förslag till beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta att ishallen placeras på Ladtomten.

Sammanfattning
Kontoret har jämfört två tomter för den nya inomhusarenan för is. Ladtomten går fortare att bygga.
Ladtomten kräver ett nytt dike för dagvattnet. Det är beräknat till 145 000 kronor.
"""
_RULES = """Ekmarka kommun
Riktlinje för krisberedskap
Antagen av kommunstyrelsen 2031-01-13

1 Kontaktpunkt
Varje nämnd har en kontaktpunkt som nås när något händer.

Kontaktpunkten ska:

•    kunna nås dygnet runt •    ta emot larm och hitta rätt mottagare •    göra en första bedömning

2 Krisledning
Krisledningen leder arbetet.

Krisledningen ska:

•    bestå av minst fem personer •    orka arbeta dygnet runt i sju dygn •    öva varje år
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("matter")
    (folder / "papers").mkdir()
    papers = {"kf-maj": _SPRING, "kf-okt": _AUTUMN, "ishall": _ICE, "riktlinje": _RULES}
    for name, text in papers.items():
        (folder / "papers" / f"{name}.txt").write_text(text, encoding="utf-8")
    made = create_index(folder / "index", BagOfWords())
    ingest(made, BagOfWords(), [folder / "papers"])
    return made


@pytest.fixture(scope="module")
def assistant(index: Index) -> Assistant:
    return Assistant(index, BagOfWords())


def test_papers_of_one_title_are_of_one_matter_though_none_has_a_number(index: Index) -> None:
    found = index.titled("Svar angående vägval inom planeringen för ny ishall och nytt torg")

    assert {stored.document.file.rpartition("/")[2] for stored, _ in found} == {
        "kf-maj.txt",
        "ishall.txt",
    }


def test_a_title_of_few_words_tells_no_matter(index: Index) -> None:
    assert index.titled("Frågestund") == []
    assert index.titled("Motion om träd") == []


def test_a_course_of_events_reaches_back_to_what_was_revoked(assistant: Assistant) -> None:
    answer = assistant.answer(
        "Vad hände med beslutet om en handlingsplan för träd från maj till oktober 2031?"
    )

    assert "Motionen bifalles" in answer.answer
    assert answer.answer.index("Motionen bifalles") < answer.answer.index("upphävs")


def test_what_somebody_asked_at_a_meeting_is_their_question_with_who_answers(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("Vad frågade Siri Lund om badet på frågestunden?")

    assert "När får badet i Norrhult ett nytt tak?" in answer.answer
    assert "Per Ek (M) besvarar" in answer.answer
    assert "lånet" not in answer.answer


def test_of_a_list_on_one_line_each_bullet_is_told(assistant: Assistant) -> None:
    answer = assistant.answer("Vilka krav ställer riktlinjen på kontaktpunkten?")

    assert "kunna nås dygnet runt" in answer.answer
    assert "göra en första bedömning" in answer.answer


def test_how_long_is_told_by_the_bullet_that_says_it(assistant: Assistant) -> None:
    answer = assistant.answer("Hur länge ska krisledningen orka arbeta dygnet runt?")

    assert "sju dygn" in answer.answer


def test_an_amount_is_told_with_the_sentence_that_it_takes_up(assistant: Assistant) -> None:
    answer = assistant.answer("Vad kostar diket för dagvattnet som Ladtomten kräver?")

    assert "kräver ett nytt dike" in answer.answer
    assert "145 000 kronor" in answer.answer


def test_why_is_not_told_by_what_gives_no_reason(assistant: Assistant) -> None:
    answer = assistant.answer("Av vilket skäl placeras ishallen på Kvarntomten?")

    assert answer.outcome is Outcome.NOT_IN_DOCUMENTS or "fortare" in answer.answer
