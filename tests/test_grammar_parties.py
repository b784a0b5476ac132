"""Parties: letters, names, inflections, enumerations, local ones."""

from __future__ import annotations

import pytest

from ingest.grammar.parties import find_parties, local_parties, party_groups, party_letters


@pytest.mark.parametrize(
    ("phrase", "letters"),
    [
        ("M, D, L och KD", ("M", "D", "L", "KD")),
        ("Vänsterpartiets", ("V",)),
        ("moderaterna och en socialdemokrat", ("M", "S")),
        ("Miljöpartiet de gröna", ("MP",)),
        ("S", ("S",)),
        ("yrkande från D den 3 mars", ("D",)),
        ("S-, V- och MP-gruppen", ("S", "V", "MP")),
        ("Feministiskt\ninitiativ", ("FI",)),
        ("S:s förslag", ("S",)),
    ],
)
def test_a_phrase_gives_its_parties_as_letters(phrase: str, letters: tuple[str, ...]) -> None:
    assert party_letters(phrase) == letters


def test_a_lone_capital_in_running_text_is_no_party() -> None:
    assert find_parties("Se bilaga C och vitamin D. Lokal M ligger i hus S.") == []


def test_a_moderate_increase_is_no_party() -> None:
    assert find_parties("en moderat ökning i centern av orten") == []


def test_a_local_party_is_learnt_from_the_document() -> None:
    local = local_parties("Lokalpartiet Ekmarka (LPE) har en motion. Ekmarkalistan (EKL) också.")
    assert local == {"Lokalpartiet Ekmarka": "LPE", "Ekmarkalistan": "EKL"}
    assert party_letters("LPE, S och Ekmarkalistans", local) == ("LPE", "S", "EKL")


def test_positions_hold_the_mention() -> None:
    text = "Förslag från S, V och MP samt Liberalernas tillägg."
    assert [text[p.start : p.end] for p in find_parties(text)] == ["S", "V", "MP", "Liberalernas"]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("KD, M och L:s förslag från V, S och MP:s", [{"KD", "M", "L"}, {"V", "S", "MP"}]),
        ("Både M, D, KD och S, V, MP sade nej", [{"M", "D", "KD"}, {"S", "V", "MP"}]),
        ("Vänsterpartiets och Miljöpartiets linje mot Moderaternas", [{"V", "MP"}, {"M"}]),
        ("Både S, V och MP och SD var emot", [{"S", "V", "MP"}, {"SD"}]),
        ("S och M och KD var emot", [{"S", "M", "KD"}]),
        ("M och KD:s linje och de rödgrönas", [{"M", "KD"}, {"S", "V", "MP"}]),
    ],
)
def test_parties_named_together_are_one_group(text: str, groups: list[set[str]]) -> None:
    found = [set(group.letters) for group in party_groups(text)]
    assert found == groups
