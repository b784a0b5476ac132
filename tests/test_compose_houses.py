"""Papers of several municipalities, as their houses write them."""

from __future__ import annotations

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant
from assistant.lacking_evidence import Evidence
from assistant.lacking_voices import party
from assistant.question import understand
from tests.asked_of import assistant_over, quotes

_BOARD = """Norrviks kommun

Protokoll från kommunstyrelsens sammanträde 2031-11-12

Beslutande
Gun Harl (S) ordförande, Tom Öhr (C), Nora Ling (V), Karin Vall (M), Lars Ek (KD), Roger Bäck (SD)

§ 160    Skolan i Tallmo        Dnr KS 2031/298

KOMMUNSTYRELSENS BESLUT
Kommunstyrelsen föreslår att kommunfullmäktige beslutar
1 Skolan i Tallmo drivs vidare till och med läsåret 2033/2034.

Ärendebeskrivning
Utbildningsnämnden har föreslagit att skolan läggs ned.

Beslutsgång
Ordföranden ställer förslagen mot varandra. Omröstning begärs.

Huvudomröstning
Ja för Harls förslag, nej för Valls förslag.
Ja-röster: Tom Öhr (C), Nora Ling (V) och Gun Harl (S)
Nej-röster: Karin Vall (M) och Lars Ek (KD)
Avstår: Roger Bäck (SD)
Med 3 ja-röster, 2 nej-röster och 1 som avstår bifaller kommunstyrelsen Harls förslag.
"""
_COMMITTEE = """Miljönämnden
PROTOKOLL
Sammanträdesdatum: 2031-09-19

§ 72    Grytan 2:40 - utsläpp av avloppsvatten        Dnr MN 2031-0514

Beslut
Ägaren förbjuds att släppa ut avloppsvatten från den 1 juli 2032.
"""
_COUNCIL = """Norrviks kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-10-28

§ 115    Taxa för vatten och avlopp 2032        Dnr KS 2031/305

Beslut
Avgifterna i taxan för vatten och avlopp höjs med 9,0 procent från den 1 januari 2032.

Omröstning
Omröstningen utfaller med 20 ja-röster och 20 nej-röster.
Ove Tärn (SD) avstår. Ordföranden avgör med sin utslagsröst att taxan är antagen.
"""
_REPORT = """Norrviks kommun                                                      Sida 1 (5)
Tekniska förvaltningen
                                    TJÄNSTESKRIVELSE
Ulf Hägg                            Datum                  Diarienummer
Teknisk chef                        2031-08-28             KS 2031/412

Till kommunstyrelsen

Badhusets framtid – renovera eller bygga nytt

Förslag till beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta

1. Ett nytt badhus uppförs på Kvarnängen.

Sammanfattning
Badhuset byggdes 1973 och har nått slutet av sin tekniska livslängd.
"""
_PROPOSAL = """Norrviks kommun                                    MEDBORGARFÖRSLAG
                                                   Inkom 2031-11-03
                                                   Dnr 2031/00287

Hundrastgård vid ängen

Jag föreslår att kommunen anlägger en inhägnad hundrastgård vid gamla idrottsplatsen.

Namn: Sonja Hed
"""
_RESERVATION = """Reservation

Kommunfullmäktige 2031-05-19, § 54
Detaljplan för kvarteret Lärkan

Socialdemokraterna och Miljöpartiet yrkade återremiss för att trafiken vid skolan skulle utredas.

Med hänvisning till ovanstående reserverar vi oss mot beslutet.

För Socialdemokraterna                       För Miljöpartiet de gröna

Yasmin Hadd                                  Tove Alm
"""
_PAPERS = {
    "ks-protokoll.txt": _BOARD,
    "mn-protokoll.txt": _COMMITTEE,
    "kf-protokoll.txt": _COUNCIL,
    "tjansteskrivelse.txt": _REPORT,
    "medborgarforslag.txt": _PROPOSAL,
    "reservation.txt": _RESERVATION,
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("houses"), _PAPERS)


def test_a_body_is_found_after_the_words_of_its_minutes(assistant: Assistant) -> None:
    [file] = [file for file in assistant.index.entries if file.endswith("ks-protokoll.txt")]
    stored = assistant.index.document(file)
    assert stored is not None
    assert {part.body for part in stored.parts} == {"Kommunstyrelsen"}


def test_the_columns_of_a_letterhead_are_no_title(assistant: Assistant) -> None:
    [file] = [file for file in assistant.index.entries if file.endswith("tjansteskrivelse.txt")]
    stored = assistant.index.document(file)
    assert stored is not None
    assert stored.parts[0].title == "Badhusets framtid – renovera eller bygga nytt"


def test_the_municipality_need_not_be_named_in_each_of_its_papers(assistant: Assistant) -> None:
    asked = "Vad beslutade miljönämnden i Norrvik om utsläpp av avloppsvatten på Grytan?"
    answer = assistant.answer(asked)
    assert answer.outcome is Outcome.ANSWERED
    assert "Ägaren förbjuds" in quotes(answer)


def test_how_much_a_municipality_raises_a_fee_is_told_by_the_fee(assistant: Assistant) -> None:
    asked = "Hur mycket höjde fullmäktige i Norrvik taxan för vatten och avlopp?"
    assert "9,0 procent" in quotes(assistant.answer(asked))


def test_who_abstained_is_told_by_the_sentence_beside_the_vote(assistant: Assistant) -> None:
    asked = "Vem avstod när fullmäktige röstade om taxan för vatten och avlopp 2032?"
    assert "Ove Tärn (SD) avstår." in quotes(assistant.answer(asked))


def test_how_each_voted_is_told_with_the_vote(assistant: Assistant) -> None:
    asked = "Hur röstade ledamöterna i kommunstyrelsen om skolan i Tallmo?"
    told = quotes(assistant.answer(asked))
    assert "Med 3 ja-röster" in told
    assert "Nej-röster: Karin Vall (M) och Lars Ek (KD) Avstår: Roger Bäck (SD)" in told


def test_a_demand_that_runs_on_from_its_lead_in_is_one_quotation(assistant: Assistant) -> None:
    told = quotes(assistant.answer("Vad föreslår medborgarförslaget om en hundrastgård?"))
    assert "Jag föreslår att kommunen anlägger en inhägnad hundrastgård" in told


def test_where_a_place_is_asked_for_its_word_need_not_stand_there(assistant: Assistant) -> None:
    asked = "Vad bad Sonja Hed kommunen att anlägga för hundrastgård, och på vilken plats?"
    assert "idrottsplatsen" in quotes(assistant.answer(asked))


def test_whoever_signed_a_reservation_is_told_with_it(assistant: Assistant) -> None:
    asked = "Vilka skrev under reservationen om detaljplanen för kvarteret Lärkan?"
    told = quotes(assistant.answer(asked))
    assert "Yasmin Hadd" in told
    assert "Tove Alm" in told


def test_an_official_speaks_for_no_party(assistant: Assistant) -> None:
    [file] = [file for file in assistant.index.entries if file.endswith("ks-protokoll.txt")]
    stored = assistant.index.document(file)
    assert stored is not None
    evidence = Evidence((), ((stored.document, stored.parts[1]),))
    assert party(understand("Vad ville MP om skolan i Tallmo?"), evidence)
    assert not party(understand("Vilken tjänsteman skrev svaret till MP?"), evidence)
