"""One case file and its minutes: whose papers they are, and several things asked at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_STACK = """Kommunfullmäktige

Handling 2031 nr 70

Yttrande över motion av Karin Ek (V) om vattenspel i Ällebäck

Till Ekmarka kommunfullmäktige

Kommunstyrelsens förslag Kommunstyrelsen föreslår att kommunfullmäktige beslutar:

Den av Karin Ek väckta motionen avslås.

Vid behandling av ärendet i kommunstyrelsen deltog inte Ola Ask (M) och Pia Hed (KD) i beslutet.

Rut Lind (S) deltog inte i handläggningen av ärendet på grund av jäv.

Ekmarka den 20 januari 2031 Ekmarka kommunstyrelse

Siv Dahl

Kommunstyrelsen

Yrkande

2031-01-12                    Ärende 9

Yrkande angående – Motion av Karin Ek (V) om vattenspel i Ällebäck

Förslag till beslut I kommunstyrelsen och kommunfullmäktige:

1. Parknämnden får i uppdrag att bjuda in Vattenbolagets chef till ett möte om vattenspel.

Yrkandet Vi i Centerpartiet anser att ett vattenspel i Ällebäck vore olyckligt för våtmarken.

Kommunstyrelsen

Yttrande

2031-01-12                    Ärende 9

Yttrande angående – Motion av Karin Ek (V) om vattenspel i Ällebäck

Yttrandet Liberalerna vill se barnens lek i Ällebäck före allt annat och delar motionens tanke.

"""
_COUNCIL = """Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-03-10

§ 30 Dnr KS 2031/20

Motion av Karin Ek (V) om vattenspel i Ällebäck
Beslut

Kommunfullmäktige beslutar att avslå motionen om vattenspel i Ällebäck.

Omröstning

Godkänd voteringsproposition: "Ja för avslag och Nej för bifall till motionen."
Per Alm (M) och Eva Malm (C) röstar Ja (2).
Karin Ek (V) röstar Nej (1).

Reservation

Karin Ek (V) reserverar sig mot beslutet.

§ 31 Dnr KS 2031/21

Val av ledamot i parkrådet
Beslut

Till ledamot i parkrådet för tiden till och med 2034 utses Maja Sund.

§ 32 Dnr KS 2031/22

Riktlinje för skyltar vid badplatser
Beslut

Enligt återremissyrkande från MP och V:
Riktlinjen om skyltar återremitteras till parknämnden för att räkna skyltarna.

Yrkanden

Karin Ek (V) yrkar återremiss enligt yrkande från MP och V den 3 mars 2031.
Nils Gran (SD) yrkar bifall till yrkande från SD den 4 mars 2031.
"""
_BOARD = """Ekmarka kommun
Kommunstyrelsen
Protokoll, sammanträdesdatum 2031-02-03

§ 3 Dnr KS 2031/19

Yrkande från SD angående en inventering av kommunens flaggstänger
Beslut

Ärendet avslås.

Yrkanden

Nils Gran (SD) yrkar bifall till yrkande från SD den 9 januari 2031.

§ 4 Dnr KS 2031/20

Motion av Karin Ek (V) om vattenspel i Ällebäck
Beslut

På förslag av Siv Dahl (S):
Ärendet om vattenspel i Ällebäck bordläggs till sammanträdet den 17 februari 2031.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("case")
    (folder / "papers").mkdir()
    for name, text in (("handling", _STACK), ("kf", _COUNCIL), ("ks", _BOARD)):
        (folder / "papers" / f"{name}.txt").write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


def test_whom_a_party_wanted_to_act_its_own_paper_says(assistant: Assistant) -> None:
    answer = assistant.answer("Vem ville C att parknämnden skulle bjuda in till ett möte?")
    assert "Vattenbolagets chef" in answer.answer


def test_why_a_party_was_against_is_told_by_its_own_paper(assistant: Assistant) -> None:
    answer = assistant.answer("Varför var Centerpartiet emot ett vattenspel i Ällebäck?")
    assert "olyckligt för våtmarken" in answer.answer
    assert "barnens lek" not in answer.answer


def test_two_parties_are_compared_by_their_papers_in_the_file(assistant: Assistant) -> None:
    answer = assistant.answer("C och L såg vattenspelet i Ällebäck på olika sätt. Hur såg C och L?")
    assert "olyckligt för våtmarken" in answer.answer
    assert "barnens lek" in answer.answer


def test_a_decision_and_the_reservation_against_it_are_both_told(assistant: Assistant) -> None:
    answer = assistant.answer(
        "Vad beslutade fullmäktige om vattenspel i Ällebäck, och vilka reserverade sig?"
    )
    assert "avslå motionen" in answer.answer
    assert "Karin Ek (V) reserverar sig" in answer.answer


def test_what_a_party_wants_with_anothers_motion_its_own_paper_says(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("Vad krävde C när Vänsterpartiets motion om vattenspel togs upp?")
    assert "Vattenbolagets chef" in answer.answer


def test_an_introduction_that_names_somebody_else_does_not_ask_of_them(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("Karin Ek ville ha vattenspel i Ällebäck. Vad krävde C i stället?")
    assert "Vattenbolagets chef" in answer.answer


def test_what_minutes_title_after_a_party_is_what_it_wanted(assistant: Assistant) -> None:
    answer = assistant.answer("Vad ville SD få gjort med kommunens flaggstänger?")
    assert "en inventering av kommunens flaggstänger" in answer.answer


def test_what_parties_won_at_a_meeting_is_what_they_wanted(assistant: Assistant) -> None:
    answer = assistant.answer("Vad ville V och MP med riktlinjen för skyltar vid badplatser?")
    assert "räkna skyltarna" in answer.answer


def test_a_yrkande_that_is_only_mentioned_tells_no_demand(assistant: Assistant) -> None:
    asked = "Vad ville SD ändra i riktlinjen för skyltar vid badplatser?"
    assert assistant.answer(asked).outcome is Outcome.NOT_IN_DOCUMENTS


def test_who_took_no_part_is_told_by_the_boards_proposal(assistant: Assistant) -> None:
    asked = "Vilka i kommunstyrelsen deltog inte i beslutet om vattenspel i Ällebäck?"
    answer = assistant.answer(asked)
    assert "Ola Ask" in answer.answer
    assert "Pia Hed" in answer.answer


def test_jav_is_looked_for_in_the_whole_stack_spoken_of(assistant: Assistant) -> None:
    first = assistant.answer("Vad krävde Centerpartiets yrkande om vattenspel i Ällebäck?")
    answer = assistant.answer("Var någon jävig?", (first,))
    assert "Rut Lind" in answer.answer


def test_what_a_board_decided_is_told_by_its_word_to_the_council(tmp_path: Path) -> None:
    decided = "Kommunstyrelsen beslutade med ordförandens utslagsröst att avslå motionen."
    stack = _STACK.replace("Rut Lind (S) deltog", f"{decided}\n\nRut Lind (S) deltog")
    for name, text in (("handling", stack), ("kf", _COUNCIL)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [tmp_path / "handling.txt", tmp_path / "kf.txt"])
    assistant = Assistant(index, BagOfWords())
    first = assistant.answer("Vad krävde Centerpartiets yrkande om vattenspel i Ällebäck?")
    answer = assistant.answer("Hur avgjordes det i kommunstyrelsen?", (first,))
    assert "utslagsröst" in answer.answer


def test_what_another_party_wants_to_see_its_own_paper_says(assistant: Assistant) -> None:
    first = assistant.answer("Vad krävde Centerpartiets yrkande om vattenspel i Ällebäck?")
    answer = assistant.answer("Och Liberalerna, vad vill de se?", (first,))
    assert "barnens lek" in answer.answer
    assert "bjuda in" not in answer.answer


def test_whom_a_committee_put_up_is_told_and_not_who_did(tmp_path: Path) -> None:
    points = [
        f"{n}. Till ledamot i nämnd {n} i stället för Bo Alm{n} (S) utse Ulf Berg{n} (S)."
        for n in range(1, 9)
    ]
    text = (
        "Kommunfullmäktige\n\nHandling 2031 nr 71\n\nValberedningens förslag till val\n\n"
        "Till Ekmarka kommunfullmäktige\n\n"
        "Valberedningen föreslår att kommunfullmäktige beslutar:\n\n"
        + "\n\n".join(points)
        + "\n\nEkmarka den 3 mars 2031 Valberedningen\n\nSiv Dahl\n"
    )
    (tmp_path / "val.txt").write_text(text, encoding="utf-8")
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [tmp_path / "val.txt"])
    asked = "Vem föreslog valberedningen till nämnd 7 i stället för Bo Alm7?"
    answer = Assistant(index, BagOfWords()).answer(asked)
    assert "Ulf Berg7" in answer.answer
    assert "Siv Dahl" not in answer.answer


def test_who_was_elected_is_told_by_the_decision(assistant: Assistant) -> None:
    answer = assistant.answer("Vem valdes till ledamot i parkrådet?")
    assert "utses Maja Sund" in answer.answer


def test_who_put_a_matter_off_is_told_by_the_meeting_that_did(assistant: Assistant) -> None:
    answer = assistant.answer(
        "På vilken ledamots förslag sköt kommunstyrelsen upp ärendet om vattenspel i Ällebäck?"
    )
    assert "Siv Dahl" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Varför röstade M för motionen om vattenspel i Ällebäck?",
        "Hur motiverade Karin Ek att hon röstade emot motionen om vattenspel i Ällebäck?",
    ],
)
def test_a_vote_that_was_cast_otherwise_is_a_false_premise(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.answer(question)
    assert answer.outcome is Outcome.FALSE_PREMISE
    assert "Ja för avslag" in answer.answer


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("bifall till Siri Lunds yrkande", "bifall till Karin Eks yrkande"),
        ("bifall till yrkandet om att avstyrka motionen", "bifall till motionen"),
        ("avslag", "bifall till tilläggsyrkandet från SD"),
        ("bifall", "avslag på kommunstyrelsens förslag"),
    ],
)
def test_a_vote_about_something_else_contradicts_nothing(tmp_path: Path, yes: str, no: str) -> None:
    told = _COUNCIL.replace(
        "Ja för avslag och Nej för bifall till motionen", f"Ja för {yes} och Nej för {no}"
    )
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "kf.txt").write_text(told, encoding="utf-8")
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [tmp_path / "papers"])
    assistant = Assistant(index, BagOfWords())
    for stance in ("för", "emot"):
        answer = assistant.answer(f"Varför röstade M {stance} motionen om vattenspel i Ällebäck?")
        assert answer.outcome is not Outcome.FALSE_PREMISE


def test_a_vote_that_was_cast_so_is_none(assistant: Assistant) -> None:
    answer = assistant.answer("Varför röstade M emot motionen om vattenspel i Ällebäck?")
    assert answer.outcome is not Outcome.FALSE_PREMISE


@pytest.mark.parametrize(
    "question",
    [
        "Varför lades parkrådet ner?",
        "Vem blev årets trädgårdsmästare i Ällebäck?",
        "Vilka invändningar hade Vattenbolaget mot sammanträdet den 17 februari 2031?",
    ],
)
def test_what_is_not_told_to_have_happened_is_declined(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).outcome is Outcome.NOT_IN_DOCUMENTS
