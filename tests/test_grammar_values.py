"""Dates, numbers, references and headings."""

from __future__ import annotations

import pytest

from ingest.grammar.dates import find_dates, first_date
from ingest.grammar.headings import find_headings, kind_of, run_in
from ingest.grammar.numbers import find_amounts, find_percentages, parse_number
from ingest.grammar.references import (
    case_key,
    find_cases,
    find_handlingar,
    find_laws,
    find_paragraphs,
    same_case,
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023-01-26 § 5", "2023-01-26"),
        ("den 26 januari 2023", "2023-01-26"),
        ("26 januari", "01-26"),
        ("januari 2023", "2023-01"),
        ("den 3 sept. 2024", "2024-09-03"),
        ("20240827", "2024-08-27"),
    ],
)
def test_a_date_is_read_in_every_spelling(text: str, iso: str) -> None:
    assert [found.iso for found in find_dates(text)] == [iso]


def test_a_date_without_a_year_takes_the_given_one() -> None:
    assert first_date("senast den 3 mars", 2024) == "2024-03-03"


def test_an_impossible_date_is_none() -> None:
    assert find_dates("31 juni 2024, 2024-13-01") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15 miljoner", 15e6),
        ("1,5 mdkr", 1.5e9),
        ("33 262 650 kronor", 33_262_650),
        ("10 mnkr", 10e6),
        ("520 tkr", 520e3),
        ("femton miljoner kronor", 15e6),
        ("10.000 kr", 10_000),
    ],
)
def test_a_sum_is_read_in_kronor(text: str, value: float) -> None:
    assert [found.value for found in find_amounts(text)] == [value]


def test_millions_of_something_else_are_no_money() -> None:
    assert find_amounts("2 miljoner resor och 3 miljoner invånare") == []


def test_number_words_and_percentages() -> None:
    assert parse_number("tjugotre") == 23
    assert parse_number("tvåhundrafyrtio") == 240
    assert [p.value for p in find_percentages("1,2 procent och 40 %")] == [1.2, 40]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ärendenummer SLK-2022-01326", "SLK/2022/1326"),
        ("§ 6 0495/22", "2022/495"),
        ("KS 2017-00535", "KS/2017/535"),
        ("Dnr KS-2024-00444", "KS/2024/444"),
        ("KSN 2024-00123 § 45", "KSN/2024/123"),
        ("Dnr 2024/77 101", "2024/77"),
        ("KS 2025/77", "KS/2025/77"),
        ("KS2024/12", "KS/2024/12"),
        ("SLK-2023-00027:41", "SLK/2023/27"),
        ("dnr 5919-2024", "2024/5919"),
    ],
)
def test_a_diarienummer_is_read_in_every_spelling(text: str, key: str) -> None:
    assert [found.target for found in find_cases(text)] == [key]
    assert case_key(find_cases(text)[0].written) == key


@pytest.mark.parametrize("text", ["2023-01-26", "den 2024-05-06", "Plan 2023-2026", "(2018:585)"])
def test_a_date_or_a_law_is_no_diarienummer(text: str) -> None:
    assert find_cases(text) == []


def test_a_prefix_counts_only_where_both_have_one() -> None:
    assert same_case("KS/2024/444", "2024/444")
    assert not same_case("KS/2024/444", "BN/2024/444")


def test_paragraphs_are_found_and_sections_of_laws_are_not() -> None:
    text = "den 6 maj 2023, § 574. Ks § 12, §§ 4-6, § 45/24, 5 kap. 3 § och 7 § förordningen"
    assert [f.target for f in find_paragraphs(text)] == ["574", "12", "4", "6", "45/24"]


def test_handlingar_and_laws() -> None:
    assert [h.target for h in find_handlingar("handling 2023 nr 235")] == ["2023/235"]
    assert [law.target for law in find_laws("lagen (2017:725) och SOU 2023:65")] == ["2017:725"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Beslut", "decision"),
        ("Socialnämndens beslut:", "decision"),
        ("Omröstning – huvudvotering", "vote"),
        ("Reservation(er)", "reservation"),
        ("## Beslutsunderlag", "papers"),
        ("Förslag till beslut i kommunstyrelsen", "proposal"),
        ("Förslag till beslut på sammanträdet", "yrkanden"),
        ("Omröstning begärs.", None),
        ("beslut", None),
        ("Beslut den 3 mars", None),
    ],
)
def test_a_line_is_a_heading_only_if_it_stands_as_one(line: str, kind: str | None) -> None:
    assert kind_of(line) == kind


def test_headings_carry_their_place() -> None:
    text = "§ 1\n  Beslut\nNämnden beslutar.\n\nJäv:\nAnna Ek (S)"
    assert [(text[h.start : h.end], h.kind) for h in find_headings(text)] == [
        ("Beslut", "decision"),
        ("Jäv:", "recusal"),
    ]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Beskrivning av ärendet Nämnden har prövat saken.", "Beskrivning av ärendet "),
        (
            "2.1 Bedömning ur ekonomisk dimension Taxan höjs.",
            "2.1 Bedömning ur ekonomisk dimension ",
        ),
        ("Kontorets bedömning Taxan höjs.", "Kontorets bedömning "),
        ("Ärendet återremitteras.", ""),
        ("Sammanfattningen visar att taxan höjs.", ""),
    ],
)
def test_a_heading_that_runs_into_a_sentence_is_known(text: str, heading: str) -> None:
    assert text[: run_in(text)] == heading
