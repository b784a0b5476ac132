"""Who was put up or chosen for an office: of many lines the one for that office."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.elections import asks_election, asks_successor, elects
from assistant.question import understand
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_SPRING = """Ekmarka kommun
Valberedningens förslag till val vid kommunfullmäktiges sammanträde den 10 mars 2031
2031-03-03

Valberedningen föreslår att kommunfullmäktige beslutar:

1. Till ledamot i kulturnämnden i stället för Siri Lund (S) för tiden t o m 2034 utse Olle Bro (S).
2. Till ersättare i kulturnämnden i stället för Olle Bro (S) för tiden t o m 2034 utse Pia Ask (S).
3. Till vigselförrättare för tiden t o m 2034 utse Nils Gran (C).
"""
_AUTUMN = """Ekmarka kommun
Valberedningens förslag till val vid kommunfullmäktiges sammanträde den 8 september 2031
2031-09-01

Valberedningen föreslår att kommunfullmäktige beslutar:

1. Till ledamot i tekniska nämnden i stället för Per Ek (M) för tiden t o m 2034 utse Eva Malm (M).
____________
Kommunfullmäktige har att välja en vigselförrättare.
2. Till vigselförrättare för tiden t o m 2034 utse Maja Sund (V).
"""
_BOARD = """Ekmarka kommun
Kommunstyrelsen
Protokoll, sammanträdesdatum 2031-10-06

§ 40 Dnr KS 2031/60

Förordnande av politisk sekreterare för C i stället för Nils Gran (C)
Beslut

Ida Kvist (C) förordnas som politisk sekreterare för C från den 1 november 2031.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("elections")
    (folder / "papers").mkdir()
    for name, text in (("spring", _SPRING), ("autumn", _AUTUMN), ("ks", _BOARD)):
        (folder / "papers" / f"{name}.txt").write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


@pytest.mark.parametrize(
    ("question", "chosen", "others"),
    [
        ("Vem efterträdde Siri Lund i kulturnämnden?", "Olle Bro", ["Pia Ask", "Eva Malm"]),
        ("Vem utsågs i stället för Olle Bro i kulturnämnden?", "Pia Ask", ["Siri Lund"]),
        ("Who replaced Per Ek?", "Eva Malm", ["Olle Bro"]),
        (
            "Vem föreslog valberedningen till vigselförrättare i september 2031?",
            "Maja Sund",
            ["Nils Gran", "Eva Malm"],
        ),
        ("Vem blev politisk sekreterare efter Nils Gran?", "Ida Kvist", ["Maja Sund"]),
    ],
)
def test_the_line_of_the_office_is_told_and_no_other(
    assistant: Assistant, question: str, chosen: str, others: list[str]
) -> None:
    told = assistant.answer(question).answer
    assert chosen in told
    assert not any(name in told for name in others)


def test_whom_something_replaced_is_no_election() -> None:
    assert asks_successor(understand("Vem tog över efter Siri Lund i nämnden?"))
    assert not asks_successor(understand("Vad ersatte simkortet?"))
    assert not asks_election(understand("Vem skrev motionen om badet?"))


def test_a_line_elects_by_its_verb() -> None:
    assert elects("Till ledamot i kulturnämnden för tiden t o m 2034 utse Olle Bro (S).")
    assert elects("Ida Kvist (C) förordnas som politisk sekreterare för C.")
    assert not elects("Till handlingen hör yrkandet från Siri Lund.")
