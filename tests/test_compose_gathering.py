"""The meeting itself: who was there, where and when it was, and which matters were on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

_MARCH = """EKMARKA KOMMUN
Kommunfullmäktige
Sammanträdesprotokoll
2031-03-10

Plats och tid          Eksalen, kommunhuset i Ekmarka, kl. 18.00–21.40
                       Ajournering kl. 19.35–19.50

Beslutande             Ledamöter
                       Siri Lund (S), ordförande
                       Per Ek (M), 1:e vice ordförande
                       Ola Berg (S)            Eva Malm (C)

                       Tjänstgörande ersättare
                       Maja Sund (V) för Nils Gran (V)

Övriga deltagande      Ada Lind, kommundirektör
                       Pia Ask, kommunsekreterare

Utses att justera      Ola Berg (S)

§ 21

Val av justerare
Beslut

Ola Berg (S) utses att justera protokollet.

§ 22

Taxa för båtplatser 2032
Beslut

Taxan fastställs till 900 kronor per plats.
"""
_APRIL = _MARCH.replace("2031-03-10", "2031-04-14").replace("kl. 18.00–21.40", "kl. 17.00–19.05")
_APRIL = _APRIL.replace("Taxa för båtplatser 2032", "Ny lekplats i Tallmo").replace("§ 2", "§ 3")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("gathering")
    (folder / "papers").mkdir()
    for name, text in (("mars", _MARCH), ("april", _APRIL)):
        (folder / "papers" / f"kf-{name}.txt").write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


def _files(answer: Answer) -> set[str]:
    return {citation.file.rpartition("/")[2] for citation in answer.citations}


def test_who_was_at_a_meeting_its_head_tells(assistant: Assistant) -> None:
    answer = assistant.answer("Vilka var närvarande på kommunfullmäktige den 10 mars 2031?")

    assert "Siri Lund (S), ordförande" in answer.answer
    assert "Maja Sund (V) för Nils Gran (V)" in answer.answer
    assert _files(answer) == {"kf-mars.txt"}


def test_of_substitutes_only_those_are_told_who_served(assistant: Assistant) -> None:
    answer = assistant.answer(
        "Vilka ersättare tjänstgjorde på kommunfullmäktiges möte den 14 april 2031?"
    )

    assert "Maja Sund (V) för Nils Gran (V)" in answer.answer
    assert "Eva Malm" not in answer.answer
    assert _files(answer) == {"kf-april.txt"}


def test_when_and_where_a_meeting_was_its_head_tells(assistant: Assistant) -> None:
    when = assistant.answer("När slutade fullmäktiges sammanträde den 14 april 2031?")
    where = assistant.answer("Var hölls kommunfullmäktiges möte i mars 2031?")

    assert "17.00–19.05" in when.answer
    assert "Eksalen" in where.answer
    assert "18.00–21.40" in where.answer


def test_which_matters_were_on_a_meeting_the_titles_of_its_paragraphs_tell(
    assistant: Assistant,
) -> None:
    answer = assistant.answer("Vilka ärenden behandlades på fullmäktige den 14 april 2031?")

    assert "Ny lekplats i Tallmo" in answer.answer
    assert "båtplatser" not in answer.answer


def test_who_was_secretary_is_told_with_the_office(assistant: Assistant) -> None:
    answer = assistant.answer("Vem var sekreterare på kommunfullmäktige den 10 mars 2031?")

    assert "Pia Ask, kommunsekreterare" in answer.answer
    assert "Ada Lind" not in answer.answer
