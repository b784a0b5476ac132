"""What a § says: decisions, yrkanden, reservations, statements, jäv."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.grammar.deciding import table
from ingest.structure.minutes_outcomes import outcome_of
from tests.minutes_text import paragraph, records


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Motionen avslås.", "avslag"),
        ("Nämnden avslår motionen.", "avslag"),
        ("att bifalla motionen", "bifall"),
        ("Motionen anses besvarad.", "besvarad"),
        ("Ärendet återremitteras till nämnden.", "återremiss"),
        ("Ärendet bordläggs till den 3 maj 2031.", "bordläggning"),
        ("Rapporten antecknas och förklaras fullgjord.", "antecknad"),
        ("Informationen läggs till handlingarna.", "antecknad"),
        ("Taxan, i enlighet med bilaga 3, antas.", "antagen"),
        ("Årsredovisningen godkänns.", "godkänd"),
        ("Till ledamot utses Anna Ek (S).", "val"),
        ("Nämnden får i uppdrag att anta en plan.", "annat"),
        ("Planen, som antogs den 3 mars 2030, upphör att gälla.", "annat"),
        ("Redovisning av uppdrag att utreda för att stärka skolan, antecknas.", "antecknad"),
    ],
)
def test_the_deciding_verb_gives_the_outcome(words: str, outcome: str) -> None:
    assert outcome_of(words) == outcome


def test_the_tables_of_deciding_words_name_the_outcomes_of_the_contract() -> None:
    assert {name for name, _ in table("outcomes")} < {
        "bifall", "avslag", "återremiss", "bordläggning", "besvarad", "antecknad", "godkänd",
        "antagen", "val", "annat",
    }  # fmt: skip


def _decisions(body: str) -> list[Any]:
    return list(records(body, "decision"))


def test_a_decision_is_read_point_by_point_with_its_lead_in() -> None:
    first, second = _decisions(
        "Beslut\nEnligt nämndens förslag:\n1. Planen antas.\n2. Nämnden får i uppdrag att följa "
        "upp\nplanen.\n"
    )
    assert [(d.number, d.outcome) for d in (first, second)] == [("1", "antagen"), ("2", "annat")]
    assert first.according_to == "nämndens förslag"
    assert len(first.evidence) == 1


def test_whose_yrkande_a_decision_follows_is_known_whatever_kind_it_is_of() -> None:
    (sent_back,) = _decisions(
        "Beslut\nEnligt återremissyrkande från S och V:\nÄrendet återremitteras till nämnden.\n"
    )
    assert sent_back.according_to == "återremissyrkande från S och V"


def test_att_satser_are_points() -> None:
    found = _decisions(
        "Beslut\nKommunstyrelsen beslutar\natt godkänna avtalet, och\natt avslå motionen.\n"
    )
    assert [d.outcome for d in found] == ["godkänd", "avslag"]


def test_att_in_the_middle_of_a_point_begins_none() -> None:
    (found,) = _decisions("Beslut\n1. Nämnden får i uppdrag att se till\natt vägen byggs.\n")
    assert found.number == "1"


def test_a_proposal_to_the_council_is_never_told_as_its_decision() -> None:
    (found,) = _decisions(
        "Beslut\nKommunstyrelsen föreslår att kommunfullmäktige beslutar:\nMotionen avslås.\n"
    )
    assert (found.decider, found.proposed_to, found.outcome) == (
        "Kommunstyrelsen", "Kommunfullmäktige", "avslag",
    )  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    ["Beslut – Förslag till kommunfullmäktige", "Kommunstyrelsens förslag till kommunfullmäktige"],
)
def test_a_heading_may_make_it_a_proposal(heading: str) -> None:
    (found,) = _decisions(f"{heading}\nTaxan antas.\n")
    assert found.proposed_to == "Kommunfullmäktige"


def test_two_lead_ins_govern_their_own_points() -> None:
    own, proposed = _decisions(
        "Beslut\nKommunstyrelsen beslutar för egen del:\nAvtalet godkänns.\n\n"
        "Kommunstyrelsen föreslår att kommunfullmäktige beslutar:\nTaxan antas.\n"
    )
    assert (own.proposed_to, proposed.proposed_to) == (None, "Kommunfullmäktige")


def test_the_officials_proposal_is_no_decision() -> None:
    assert (
        _decisions("Förslag till beslut\nMotionen bifalls.\n\nBeslut\nMotionen avslås.\n")[
            0
        ].outcome
        == "avslag"
    )
    assert (
        len(_decisions("Förslag till beslut\nMotionen bifalls.\n\nBeslut\nMotionen avslås.\n")) == 1
    )


def test_a_decision_told_without_a_heading_is_found() -> None:
    (found,) = _decisions("Interpellationen anses besvarad.\n")
    assert found.outcome == "besvarad"


def test_an_earlier_decision_in_the_background_is_none() -> None:
    assert _decisions("Bakgrund\nKommunstyrelsen beslutade den 3 mars 2030 att bygga.\n") == []


def _yrkanden(body: str) -> list[tuple[list[str], str, str | None]]:
    found: list[Any] = list(records("Yrkanden\n" + body + "\n", "yrkande"))
    return [([p.name for p in y.people] or list(y.parties), y.stance, y.target) for y in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Anna Ek (S) yrkar bifall till motionen.", [(["Anna Ek"], "bifall", "motionen")]),
        (
            "Anna Ek (S) och Bo Alm (V) yrkar bifall till nämndens förslag och avslag på motionen.",
            [
                (["Anna Ek", "Bo Alm"], "bifall", "nämndens förslag"),
                (["Anna Ek", "Bo Alm"], "avslag", "motionen"),
            ],
        ),
        (
            "Anna Ek (S) yrkar i första hand att ärendet ska återremitteras och i andra hand"
            " avslag på motionen.",
            [(["Anna Ek"], "återremiss", "ärendet"), (["Anna Ek"], "avslag", "motionen")],
        ),
        ("Vidare yrkar Bo Alm (M) avslag på motionen.", [(["Bo Alm"], "avslag", "motionen")]),
        ("Bo Alm (M): Bifall till motionen.", [(["Bo Alm"], "bifall", "motionen")]),
        ("Ledamöterna från SD yrkar avslag på motionen.", [(["SD"], "avslag", "motionen")]),
        ("Moderaterna yrkar bifall till motionen.", [(["M"], "bifall", "motionen")]),
        (
            "Anna Ek (S), med instämmande av Bo Alm (V), yrkar bifall till motionen.",
            [(["Anna Ek", "Bo Alm"], "bifall", "motionen")],
        ),
        ("Bifall till motionen yrkas av Anna Ek (S).", [(["Anna Ek"], "bifall", "motionen")]),
        ("Anna Ek (S) yrkar att motionen ska avstyrkas.", [(["Anna Ek"], "avslag", "motionen")]),
        ("Ordföranden yrkar bifall till förslaget.", [(["Ordföranden"], "bifall", "förslaget")]),
        ("Anna Ek m.fl. (S) föreslår avslag på motionen.", [(["Anna Ek"], "avslag", "motionen")]),
        ("Bo Alm (M) instämmer i Anna Eks (S) "
         "yrkande.", [(["Bo Alm"], "bifall", "Anna Eks (S) yrkande")]),
    ],
)  # fmt: skip
def test_each_stance_is_a_yrkande_with_its_movers_and_target(
    body: str, expected: list[tuple[list[str], str, str | None]]
) -> None:
    assert _yrkanden(body) == expected


def test_one_who_takes_no_part_moves_nothing() -> None:
    body = "Yrkanden\nAnna Ek (S) anmäler att hon inte deltar i beslutet.\n"
    assert records(body, "yrkande") == []
    assert len(records(body, "abstention")) == 1


def _voices(body: str, kind: str) -> list[tuple[list[str], tuple[str, ...]]]:
    found: list[Any] = list(records("Beslut\nAntecknas.\n\n" + body, kind))
    return [([p.name for p in r.people], getattr(r, "parties", ())) for r in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ledamöterna från M, D och KD reserverar sig mot beslutet.", ([], ("M", "D", "KD"))),
        ("Anna Ek (S) reserverar sig mot beslutet till förmån för eget "
         "yrkande.", (["Anna Ek"], ("S",))),
        ("Mot beslutet reserverar sig Anna Ek (S) och Bo Alm "
         "(V).", (["Anna Ek", "Bo Alm"], ("S", "V"))),
        ("Skriftlig reservation lämnas av Bo Alm (M).", (["Bo Alm"], ("M",))),
        ("SD-gruppen reserverar sig mot beslutet.", ([], ("SD",))),
        ("Anna Ek (S)\nBo Alm (V)", (["Anna Ek", "Bo Alm"], ("S", "V"))),
        ("Moderaternas ledamöter reserverar sig.", ([], ("M",))),
    ],
)  # fmt: skip
def test_a_reservation_knows_who(body: str, expected: tuple[list[str], tuple[str, ...]]) -> None:
    assert _voices("Reservation\n" + body + "\n", "reservation") == [expected]


def test_a_promised_reservation_that_never_came_is_none() -> None:
    body = "Reservationer\nModeraterna avser inkomma med en skriftlig reservation.\n"
    assert _voices(body, "reservation") == []


def test_two_reservations_stay_two() -> None:
    body = (
        "Reservationer\nAnna Ek (S) reserverar sig mot beslutet.\nLedamöterna från C "
        "reserverar sig mot beslutet.\n"
    )
    assert [parties for _, parties in _voices(body, "reservation")] == [("S",), ("C",)]


def test_a_reservation_is_never_told_as_a_decision() -> None:
    body = "Beslut\nMotionen avslås.\nAnna Ek (S) reserverar sig mot beslutet.\n"
    (decision,) = _decisions(body)
    assert decision.text == "Motionen avslås."


def test_statements_abstentions_and_jav_are_told_apart() -> None:
    body = (
        "Protokollsanteckning\nAnna Ek (S) antecknar som yttrande en skrivelse.\n"
        "Bo Alm (V) deltar inte i beslutet.\n"
        "I kommunstyrelsen deltog inte Per Ek (M), Eva Malm (C) och Rut Lind (L) i beslutet.\n"
        "Ida Sten (C) deltar inte i handläggningen av ärendet på grund av jäv.\n"
    )
    assert _voices(body, "statement") == [(["Anna Ek"], ("S",))]
    assert _voices(body, "abstention") == [
        (["Bo Alm"], ("V",)),
        (["Per Ek", "Eva Malm", "Rut Lind"], ("M", "C", "L")),
    ]
    assert _voices(body, "recusal") == [(["Ida Sten"], ())]


def test_that_nobody_is_disqualified_is_no_recusal() -> None:
    assert records("Beslut\nIngen anmäler jäv.\n", "recusal") == []


def test_one_who_leads_the_case_is_noted() -> None:
    body = (
        "Beslut\nAntecknas.\n\nJäv\nPå grund av jäv deltar Bo Alm (M) inte. Lisa Ask (V) "
        "leder sammanträdet.\n"
    )
    (chair,) = records(body, "attendance")
    assert (chair.name, chair.role) == ("Lisa Ask", "tjänstgörande ordförande")  # type: ignore[attr-defined]


def test_dates_sums_and_references_are_kept_with_their_meaning() -> None:
    part = paragraph(
        "Beslut\nNämnden får 1,5 mnkr och ska redovisa senast den 3 maj 2031.\n\n"
        "Tidigare behandling\nBordlagt den 3 mars 2031, § 40.\n\nHandling\n2031 nr 17.\n"
    )
    found: list[Any] = list(part.records)
    assert [r.value for r in found if r.kind == "amount"] == [1_500_000]
    assert {(r.date, r.meaning) for r in found if r.kind == "date"} == {
        ("2031-05-03", "deadline"), ("2031-03-03", "earlier_treatment"),
    }  # fmt: skip
    assert {(r.to, r.target) for r in found if r.kind == "reference"} == {
        ("paragraph", "40"), ("handling", "2031/17"),
    }  # fmt: skip
