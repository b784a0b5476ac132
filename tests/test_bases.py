"""Inflected words are reduced to their dictionary form before they are stemmed."""

from __future__ import annotations

import pytest

from vectorstore.bases import base
from vectorstore.lexical import analyser

_WORDS = frozenset(
    [
        "skola", "strategi", "regel", "register", "område", "kostnad", "museum", "medlem", "plan",
        "handla", "handel", "medel", "linje", "bro", "kön", "barn", "kommunal",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("skolan", "skola"),
        ("skolornas", "skola"),
        ("strategin", "strategi"),
        ("strategierna", "strategi"),
        ("reglerna", "regel"),
        ("registret", "register"),
        ("områdenas", "område"),
        ("kostnaders", "kostnad"),
        ("museet", "museum"),
        ("medlemmarna", "medlem"),
        ("medlen", "medel"),
        ("linjerna", "linje"),
        ("bron", "bro"),
        ("kommunalt", "kommunal"),
    ],
)
def test_an_inflected_form_has_the_form_of_the_dictionary(form: str, word: str) -> None:
    assert base(form, _WORDS) == word


@pytest.mark.parametrize("word", ["kön", "plan", "barn", "obekant", "ha", ""])
def test_what_the_dictionary_has_or_knows_nothing_of_stays(word: str) -> None:
    assert base(word, _WORDS) == word


@pytest.mark.parametrize(
    "forms",
    [
        "skola skolan skolor skolans",
        "bro bron",
        "cykelbro cykelbron",
        "strategi strategin strategier strategierna",
        "kostnad kostnader kostnaderna",
        "färja färjan färjorna",
        "taxa taxan taxor",
        "revisor revisorn revisorer revisorerna",
        "äldreakademi äldreakademin",
        "museum museet museer",
        "detaljplan detaljplanen detaljplaner",
        "program programmet programmen",
        "kommunstyrelse kommunstyrelsen kommunstyrelsens",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    stem = analyser().stem
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("compound", "part"),
    [
        ("riktlinjerna", "linjerna"),
        ("ordningsregler", "regler"),
        ("bolagsstyrelsernas", "styrelsernas"),
        ("äldreboendets", "boendets"),
    ],
)
def test_a_compound_is_split_whatever_its_ending(compound: str, part: str) -> None:
    assert analyser().compound(compound)[-1] == part


@pytest.mark.parametrize("word", ["miljöförvaltningens", "dataleveranserna"])
def test_an_ending_that_is_spelt_like_a_word_is_no_part(word: str) -> None:
    assert len(analyser().compound(word)) == 2
