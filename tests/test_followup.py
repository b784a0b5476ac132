"""How a question lives on the turns before it, and what a follow-up is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Outcome
from assistant.assistant import Assistant
from assistant.followup import definite_nouns, standalone
from assistant.naming import Period
from assistant.question import understand
from ingest.parts import Role
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_TITLE = "Biblioteksplan för Ekmarka 2031–2034"


def _before(question: str, title: str = _TITLE) -> Answer:
    cited = Citation(
        id="S1", file="kf.txt", document="Protokoll", part=title, part_id="p1", type="paragraph",
        role=Role.DECISION, start=0, end=5, quote="Planen",
    )  # fmt: skip
    return Answer(
        question=question,
        standalone_question=question,
        language="sv",
        outcome=Outcome.ANSWERED,
        answer="…",
        citations=(cited,),
    )


_FIRST = _before("Antog fullmäktige biblioteksplanen i mars 2031?")


@pytest.mark.parametrize(
    "question",
    [
        "Vilka begrepp ville man att planen inte skulle innehålla längre fram?",
        "När ska fullmäktige slutligen kunna behandla ärendet i fullmäktige?",
        "Hann fullmäktige någonsin avgöra frågan under 2031 eller senare år?",
    ],
)
def test_a_thing_spoken_of_before_is_taken_up_by_its_definite_form(question: str) -> None:
    assert standalone(question, [_FIRST]).matter


@pytest.mark.parametrize(
    "question",
    [
        "Vad kostade planen för vattenförsörjningen i Norrhult under våren?",
        "Vad vill staden göra med parkeringshusens belysning framöver?",
        "Hur mycket pengar lägger kommunen på lekplatser innan sommaren?",
        "Har någon annan av kommunens förvaltningar sådana lekplatser mellan husen?",
        "Siri Lund har även en motion om gatlampor. Vad vill nämnden göra med den?",
    ],
)
def test_a_question_that_names_its_own_matter_stands_alone(question: str) -> None:
    assert not standalone(question, [_FIRST]).matter


def test_what_a_paper_is_for_brings_in_no_matter_of_its_own() -> None:
    assert standalone("Ska de lämna en rapport till fullmäktige om hur det går?", [_FIRST]).matter


def test_definite_nouns_are_those_that_nothing_specifies() -> None:
    question = understand("Vad tyckte nämnden om kontraktet, och vad kostade taket på badet?")
    assert definite_nouns(question) == ["kontraktet", "badet"]


def test_a_month_alone_is_of_the_year_that_was_spoken_of() -> None:
    followed = standalone("Vad föreslog kommunstyrelsen när den kom dit i november?", [_FIRST])
    assert followed.periods == (Period("2031-11-01", "2031-11-31"),)


def test_a_party_named_alone_is_asked_what_was_asked_before() -> None:
    before = _before("Vad tyckte Moderaterna om biblioteksplanen?")
    followed = standalone("Och Vänsterpartiet?", [before])
    assert followed.kinds == understand(before.question).kinds
    assert followed.parties == ("V",)


_MINUTES = """Ekmarka kommun
Kommunfullmäktige
Protokoll, sammanträdesdatum 2031-03-10

§ 21 Dnr KS 2031/11

Ersättning till förtroendevalda för år 2032
Beslut

Kommunfullmäktige beslutar att höjningen skjuts upp.

Omröstning

Godkänd voteringsproposition: "Ja för bifall till yrkandet från SD och Nej för avslag på det."
Omröstningen utfaller med 5 Ja mot 30 Nej.

Godkänd voteringsproposition: "Ja för bifall och Nej för avslag på tilläggsyrkandet från M och L."
Omröstningen utfaller med 16 Ja mot 19 Nej.

§ 22 Dnr KS 2031/14

Ombyggnad av torget i Tallmo
Beslut

Ärendet bordläggs till sammanträdet den 7 april 2031.
"""
_REPORT = """Tjänsteutlåtande
Utfärdat 2031-01-20
Diarienummer KS 2031/14

Ombyggnad av torget i Tallmo

Ärendet

Torget byggs om i två steg, och träden står kvar.

Ekonomi

Stenläggningen beräknas kosta 4 miljoner kronor.
"""
_MOVED = """Yrkande
Kommunstyrelsen 2031-02-20

Tilläggsyrkande från M och L angående ersättning till förtroendevalda för år 2032

Förslag till beslut i kommunfullmäktige:

1. Inga resor utomlands betalas för kommunalråden under år 2032.

Yrkandet

Den som skjuter upp en höjning ska också spara på resorna utomlands.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("followup")
    (folder / "papers").mkdir()
    for name, text in (("kf", _MINUTES), ("yrkande", _MOVED), ("rapport", _REPORT)):
        (folder / "papers" / f"{name}.txt").write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


def test_of_several_votes_the_one_on_those_named_is_told(assistant: Assistant) -> None:
    asked = "Med vilka siffror avgjordes M och L:s tilläggsyrkande om ersättning i fullmäktige?"
    answer = assistant.answer(asked)
    assert "16 Ja mot 19 Nej" in answer.citations[0].quote


def test_whether_they_got_it_through_is_told_by_the_vote_on_theirs(assistant: Assistant) -> None:
    asked = "Fick M och L igenom sitt yrkande om ersättning till förtroendevalda i fullmäktige?"
    answer = assistant.answer(asked)
    assert "16 Ja mot 19 Nej" in answer.answer


def test_when_a_matter_comes_up_again_is_told_by_the_decision_to_put_it_off(
    assistant: Assistant,
) -> None:
    first = assistant.answer("Vad beslutade fullmäktige om torget i Tallmo?")
    second = assistant.answer("När ska fullmäktige ta upp ärendet igen?", (first,))
    assert "7 april 2031" in second.answer


def test_what_the_minutes_do_not_tell_is_looked_for_in_the_papers_of_the_case(
    assistant: Assistant,
) -> None:
    first = assistant.answer("Vad beslutade fullmäktige den 10 mars 2031 om torget i Tallmo?")
    assert first.citations[0].file == "kf.txt"
    second = assistant.answer("Vad kostar stenläggningen?", (first,))
    assert "4 miljoner kronor" in second.answer
