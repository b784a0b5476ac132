"""Papers of a small municipality and its company: who stood aside, what a board decided."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from tests.asked_of import assistant_over, quotes

_COUNCIL = """Norrviks kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-11-24

§ 106 Kommunal borgen till Norrviksbo AB för Lasarettsängen          Dnr KS 2031/131

Kommunfullmäktiges beslut
Kommunen går i borgen för Norrviksbo AB:s lån till Lasarettsängen upp till högst 50 mnkr.

Omröstning
Ja-röst för kommunstyrelsens förslag, nej-röst för Tunvalls yrkande. 11 ja-röster,
19 nej-röster. Ahmed Jaber (S) avstår.

§ 107 Skolan i Granhult          Dnr KS 2031/118

Kommunfullmäktiges beslut
Ärendet återremitteras till kommunstyrelsen.

Omröstningsresultat
16 ja-röster och 15 nej-röster. Ärendet återremitteras genom minoritetsåterremiss.

§ 109 Interpellation av Vera Rosdal (M) till kommunstyrelsens ordförande om skridskobanan

Kommunfullmäktiges beslut
Interpellationen anses besvarad.

Gun Harl (S) besvarar interpellationen.
"""
_BOARD = """Norrviks kommun
Kommunstyrelsen
Protokoll, sammanträdesdatum 2031-11-04

§ 186 Budget 2032          Dnr KS 2031/101

Kommunstyrelsens beslut
Kommunstyrelsen föreslår kommunfullmäktige att anta budgeten för 2032.
Erik Palm (C), Stina Grubb (C) och Fredrik Tunvall (M) deltar inte i beslutet.

§ 187 Skolan i Granhult          Dnr KS 2031/118

Kommunstyrelsens beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta att skolan i Granhult från och med hösten 2032
ska omfatta förskoleklass till årskurs 3.

Reservation
Gun Harl (S) reserverar sig mot beslutet. Vid justeringen har ingen skriftlig reservation inkommit.
"""
_COMPANY = """NORRVIKSBO AB

PROTOKOLL NR 7/2031
fört vid styrelsemöte i Norrviksbo AB den 9 oktober 2031

Närvarande
Kent Hägg (S), ordförande

§ 56 Störningsjour
Störningsjouren kostar 395 000 kronor om året. VD föreslår att jouren avslutas.
Styrelsen beslutar
att återremittera frågan till VD, som ska redovisa hur störda hyresgäster då ska få hjälp.

§ 57 Internkontrollplan
Styrelsen beslutar
att anta internkontrollplanen.
"""
_MOTION = """Motion om mat lagad på Tallgården

Maten på Tallgården bör lagas där de äldre bor.

Jag föreslår att kommunfullmäktige beslutar

1. att Tallgården ska ha ett tillagningskök,

2. att ett matråd inrättas.

Kvarnforsen den 3 mars 2031

Vera Rosdal
ledamot i kommunfullmäktige (M)

------------------------------------------------------------------
Inkom till kommunkansliet 2031-03-03. Vera Rosdal (M) läser upp motionen.
"""
_SECOND = """Norrviks kommun
Vård- och omsorgsnämnden
Protokoll, sammanträdesdatum 2031-09-17

§ 81 Yttrande över motion om mat lagad på Tallgården

Beslut
Nämnden avstyrker motionen om mat lagad på Tallgården.

Yrkanden
Vera Rosdal (M): bifall till motionen i sin helhet.
"""
_PLANNING = """Norrviks kommun
Miljö- och byggnämnden
Protokoll, sammanträdesdatum 2031-05-15

§ 42 Fastställande av dagordning

Beslut
Dagordningen fastställs.

Jäv
Gustav Ehrn (M) anmäler jäv i § 44, eftersom han äger grannfastigheten.

§ 44 Strandskyddsdispens för bastu, Tallörn 1:12

Beslut
Nämnden ger dispens från strandskyddet för en bastu om högst 15 kvadratmeter på Tallörn.
"""
_PADEL = """Norrviks kommun
Samhällsbyggnadsnämnden
Protokoll, sammanträdesdatum 2031-10-22

§ 126 Länsstyrelsens beslut om padelhallen

Beslut
Nämnden överklagar inte länsstyrelsens beslut.
"""
_PAPERS = {
    "sbn.txt": _PADEL,
    "mbn.txt": _PLANNING,
    "kf.txt": _COUNCIL,
    "ks.txt": _BOARD,
    "bolag.txt": _COMPANY,
    "motion.txt": _MOTION,
    "von.txt": _SECOND,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("small"), _PAPERS)


def test_who_stood_aside_is_told_of_the_body_that_is_named(assistant: Assistant) -> None:
    asked = "Vem avstod när fullmäktige röstade om borgen till Norrviksbo för Lasarettsängen?"
    told = quotes(assistant.answer(asked))
    assert "Ahmed Jaber (S) avstår." in told
    assert "Erik Palm" not in told


def test_a_decision_is_told_though_those_who_stood_aside_are_noted_below_it(
    assistant: Assistant,
) -> None:
    asked = "Vad beslutade kommunstyrelsen om budgeten för 2032?"
    assert "föreslår kommunfullmäktige att anta budgeten för 2032." in quotes(
        assistant.answer(asked)
    )


def test_a_board_whose_minutes_name_no_body_decides_in_its_own_words(assistant: Assistant) -> None:
    answer = assistant.answer("Vad beslutade bolagets styrelse om störningsjouren?")
    assert answer.outcome is Outcome.ANSWERED
    assert "Styrelsen beslutar att återremittera frågan" in quotes(answer)


def test_whether_something_is_settled_is_told_by_the_body_with_the_last_word(
    assistant: Assistant,
) -> None:
    asked = "Är det nu klart att skolan i Granhult från hösten 2032 bara ska ha små klasser?"
    assert "Ärendet återremitteras till kommunstyrelsen." in quotes(assistant.answer(asked))


def test_what_a_body_did_not_decide_but_referred_back_is_a_false_premise(
    assistant: Assistant,
) -> None:
    asked = "Av vilka skäl röstade fullmäktige för att lägga ned skolan i Granhult?"
    assert assistant.answer(asked).outcome is Outcome.FALSE_PREMISE


def test_how_a_matter_could_be_referred_back_is_told_by_the_minority(assistant: Assistant) -> None:
    asked = "Hur röstade fullmäktige om skolan i Granhult, och hur kunde ärendet återremitteras?"
    assert "minoritetsåterremiss" in quotes(assistant.answer(asked))


def test_that_no_written_reservation_came_in_is_told(assistant: Assistant) -> None:
    asked = "Kom det in någon skriftlig reservation mot beslutet om skolan i Granhult?"
    assert "ingen skriftlig reservation inkommit" in quotes(assistant.answer(asked))


def test_the_motion_asked_about_is_told_though_its_hand_is_not_known(assistant: Assistant) -> None:
    told = quotes(assistant.answer("Vad begärde Vera Rosdal i motionen om mat på Tallgården?"))
    assert "att Tallgården ska ha ett tillagningskök" in told


def test_a_decision_of_another_month_is_no_answer(assistant: Assistant) -> None:
    asked = "Vad beslutade fullmäktige i november 2029 om borgen till Norrviksbo?"
    assert assistant.answer(asked).outcome is Outcome.NOT_IN_DOCUMENTS


def test_who_was_disqualified_is_told_by_another_paragraph_that_names_this_one(
    assistant: Assistant,
) -> None:
    asked = "Vem var jävig när nämnden gav dispens för en bastu på Tallörn?"
    assert "Gustav Ehrn (M) anmäler jäv i § 44" in quotes(assistant.answer(asked))


def test_whether_a_body_did_something_is_told_by_its_decision(assistant: Assistant) -> None:
    asked = "Lade fullmäktige ned skolan i Granhult, så som kommunstyrelsen ville?"
    assert "Ärendet återremitteras till kommunstyrelsen." in quotes(assistant.answer(asked))


def test_who_put_an_interpellation_is_told_by_the_title_with_who_answered_it(
    assistant: Assistant,
) -> None:
    asked = "Vem hade ställt interpellationen om skridskobanan, och vem svarade på den?"
    told = quotes(assistant.answer(asked))
    assert "Interpellation av Vera Rosdal (M)" in told
    assert "Gun Harl (S) besvarar interpellationen." in told


def test_what_a_body_decided_not_to_do_is_a_false_premise(assistant: Assistant) -> None:
    asked = "Varför beslutade byggnadsnämnden att överklaga länsstyrelsens beslut om padelhallen?"
    answer = assistant.answer(asked)
    assert answer.outcome is Outcome.FALSE_PREMISE
    assert "Nämnden överklagar inte" in quotes(answer)
