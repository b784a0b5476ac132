"""People: particles, hyphens, initials, line breaks, enumerations, roles."""

from __future__ import annotations

import pytest

from ingest.grammar.names import find_party_members, find_people, shared_party
from ingest.grammar.parties import local_parties


@pytest.mark.parametrize(
    "name",
    [
        "Anna Ek", "Bo af Trolle", "K-G von Ek-Öst", "Carl de la Gran", "Ann-Mari Berg",
        "Åsa Al-Ali", "J. Ek", "Lisbeth Sund Almgren", "René Ünal", "Pia O'Ek",
        "Per-Åke van der Berg",
    ],
)  # fmt: skip
def test_a_name_is_found_whole(name: str) -> None:
    (person,) = find_people(f"Därefter yrkar {name} (S) bifall.")
    assert (person.name, person.party) == (name, "S")


def test_a_name_may_be_broken_over_lines() -> None:
    text = "Bifall yrkas av ordföranden Anna Ek (S), Bo Alm (V) och Viktoria\nTryggve Roll (MP)."
    assert [p.name for p in find_people(text)] == ["Anna Ek", "Bo Alm", "Viktoria Tryggve Roll"]
    (person,) = find_people("det blev så till sist att ledamoten Anna\nEk\n(S) yrkade")
    assert person.name == "Anna Ek"


def test_a_heading_above_is_not_part_of_the_name() -> None:
    (person,) = find_people("Yrkanden\nAnna Ek (S) yrkar bifall.")
    assert person.name == "Anna Ek"
    (person,) = find_people("Ekmarka Stadshus\nAnna Ek (S)")
    assert person.name == "Anna Ek"


def test_roles_before_and_after_are_told_apart_from_the_name() -> None:
    text = "Tjänstgörande ersättarna Anna Ek (V) och Bo Alm (M). Lisa Ask (S), ordförande"
    assert [(p.name, p.role) for p in find_people(text)] == [
        ("Anna Ek", "tjänstgörande ersättare"),
        ("Bo Alm", None),
        ("Lisa Ask", "ordförande"),
    ]


def test_both_share_the_party_that_stands_once() -> None:
    people = find_people("Anna Ek och Bo Alm (båda KD) reserverar sig")
    assert [(p.name, p.party) for p in people] == [("Anna Ek", "KD"), ("Bo Alm", "KD")]


def test_names_before_the_one_with_the_party_can_share_it() -> None:
    text = "Anna Ek, Bo Alm och Pia Ask (V) yrkar bifall"
    people = shared_party(find_people(text, bare=True), text)
    assert [p.party for p in people] == ["V", "V", "V"]


def test_a_local_party_is_no_person() -> None:
    text = "Lokalpartiet Ekmarka (LPE) och Pia Ask (LPE)"
    assert [p.name for p in find_people(text, local_parties(text))] == ["Pia Ask"]


def test_a_company_with_its_short_form_is_no_person() -> None:
    assert find_people("Ekmarka Energi AB (EEAB) och Nämnden (N)") == []


def test_a_person_of_no_party_is_a_person() -> None:
    (person,) = find_people("Pia Ask (-) yrkar")
    assert person.party is None


def test_members_from_a_party_are_parties_not_people() -> None:
    assert find_party_members("Ledamöterna från M, D och KD reserverar sig") == ("M", "D", "KD")
    assert find_people("Ledamöterna från SD reserverar sig") == []
