"""What officials proposed, what auditors recommend, what was only put off or taken back."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.asked_of import assistant_over, quotes

_REPORT = """Norrviks kommun
Kommunledningskontoret

Tjänsteutlåtande
Datum 2031-02-10                          Dnr KS 2031/55
Handläggare Britta Holm

Arvode till kommunstyrelsens ordförande

Förslag till beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta
1. Arvodet till kommunstyrelsens ordförande fastställs till 96 000 kronor per månad.

Ärendet
Arvodet räknas upp varje år.
"""
_BOARD = """Norrviks kommun
Kommunstyrelsen
Protokoll, sammanträdesdatum 2031-03-04

§ 40 Arvode till kommunstyrelsens ordförande          Dnr KS 2031/55

Kommunstyrelsens förslag till kommunfullmäktige
Arvodet till kommunstyrelsens ordförande fastställs till 93 000 kronor per månad.
"""
_COUNCIL = """Norrviks kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-12-12

§ 97 Motion av Pia Ask (C) om främmande växter          Dnr KS 2031/88

Kommunfullmäktiges beslut
Ärendet bordläggs till sammanträdet den 30 januari 2032.

§ 98 Daglig verksamhet          Dnr KS 2031/90

Kommunfullmäktiges beslut
Daglig verksamhet upphandlas inte på nytt.

Yrkanden
Pia Ask (C) anmäler att yrkandet från C den 26 november 2031 återtas.
"""
_AUDIT = """Revisionsrapport 2031
Granskning av kommunens lokaler

Revisorerna har granskat om kommunens lokaler underhålls. Granskningen gäller alla lokaler.
Lokalerna är många. Nämnden för lokaler sköter lokalerna.
Revisorerna rekommenderar tekniska nämnden att anta en plan för minst tio år.
Nämnden har 112 lokaler.
"""
_MOTION = """Motion av Pia Ask (C) om främmande växter

Jag föreslår att kommunfullmäktige beslutar

1. att kommunen rensar stränderna från främmande växter.

Norrvik den 3 mars 2031

Pia Ask (C)
"""
_PAPERS = {
    "motion.txt": _MOTION,
    "tu.txt": _REPORT,
    "ks.txt": _BOARD,
    "kf.txt": _COUNCIL,
    "revision.txt": _AUDIT,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("offices"), _PAPERS)


def test_what_the_officials_had_proposed_their_report_tells(assistant: Assistant) -> None:
    asked = "Vad hade kommunledningskontoret föreslagit om arvodet till ordföranden?"
    told = quotes(assistant.answer(asked))
    assert "96 000 kronor" in told
    assert "93 000 kronor" not in told


def test_a_matter_that_was_only_put_off_then_is_a_false_premise(assistant: Assistant) -> None:
    asked = (
        "Vilka uppdrag fick nämnden när fullmäktige biföll Centerns motion om främmande växter i "
        "december 2031?"
    )
    answer = assistant.answer(asked)
    assert answer.outcome is Outcome.FALSE_PREMISE
    assert "Ärendet bordläggs" in quotes(answer)


def test_what_auditors_recommend_is_told_with_their_word(assistant: Assistant) -> None:
    told = quotes(assistant.answer("Vad rådde revisorerna tekniska nämnden om lokalerna?"))
    assert "rekommenderar tekniska nämnden att anta en plan" in told


def test_what_became_of_a_yrkande_that_was_taken_back_is_told(assistant: Assistant) -> None:
    asked = "Fick Centern igenom sitt yrkande i fullmäktige om daglig verksamhet?"
    assert "yrkandet från C den 26 november 2031 återtas." in quotes(assistant.answer(asked))


def test_a_person_who_is_asked_for_by_name_is_told_by_one(assistant: Assistant) -> None:
    asked = "Vad heter den 91-åriga kvinnan som sköter lokalerna?"
    assert assistant.answer(asked).outcome is Outcome.NOT_IN_DOCUMENTS


def test_a_motion_that_others_wrote_is_a_false_premise(assistant: Assistant) -> None:
    asked = "Hur motiverade Moderaterna sin motion om främmande växter?"
    assert assistant.answer(asked).outcome is Outcome.FALSE_PREMISE
    theirs = "Hur motiverade Centerpartiet sin motion om främmande växter?"
    assert assistant.answer(theirs).outcome is not Outcome.FALSE_PREMISE
