"""Minutes become parts: front page, contents, every §, appendices."""

from __future__ import annotations

import pytest

from ingest.parts import PartKind, Role
from ingest.structure import analyse, minutes
from tests.minutes_text import HEAD, document, paragraph, parts

TWO = HEAD + (
    "§ 1\nVal av justerare\nBeslut\nAnna Ek (S) utses.\n\n"
    "§ 2 Dnr KS 2031/8\nMotion om bänkar\n\nBeslut\nMotionen avslås.\n"
)


def test_every_paragraph_is_a_part_with_its_number_case_title_date_and_body() -> None:
    first, second = [p for p in parts(TWO) if p.kind is PartKind.PARAGRAPH]
    assert (first.paragraph, first.case_number, first.title) == ("1", None, "Val av justerare")
    assert (second.paragraph, second.case_number) == ("2", "KS 2031/8")
    assert (second.date, second.body) == ("2031-03-12", "Kommunstyrelsen")
    assert second.role is Role.DECISION


@pytest.mark.parametrize(
    ("head", "number", "case", "title"),
    [
        ("§ 7 Dnr KS-2031-00012\nCykelbana\n\n", "7", "KS-2031-00012", "Cykelbana"),
        ("Ks § 7    Dnr 2031/12 101\nAu § 3\n\nCykelbana\n\n", "7", "2031/12", "Cykelbana"),
        ("§ 7/31 Cykelbana till Norrhult\n\n", "7/31", None, "Cykelbana till Norrhult"),
        ("§ 7   Cykelbana   KS/2031:12\n\n", "7", "KS/2031:12", "Cykelbana"),
        ("§ KS2031/7\nCykelbana\n\n", "KS2031/7", None, "Cykelbana"),
        ("§ 7\nCykelbana till Norrhult\nDnr KS 2031/12\n\n"
         "", "7", "KS 2031/12", "Cykelbana till Norrhult"),
        ("§ 7 0012/31\nCykelbana\n\n", "7", "0012/31", "Cykelbana"),
        ("7 § Cykelbana\n\n", "7", None, "Cykelbana"),
    ],
)  # fmt: skip
def test_heads_are_read_as_municipalities_write_them(
    head: str, number: str, case: str | None, title: str
) -> None:
    part = paragraph("Beslut\nAntecknas.\n", head)
    assert (part.paragraph, part.case_number, part.title) == (number, case, title)


def test_a_title_is_joined_over_its_lines_and_ends_before_the_text() -> None:
    part = paragraph(
        "Beslut\nAntecknas.\n",
        "§ 7\nAnmälan av länsstyrelsens beslut att utse Anna Ek (S) till ny\n"
        "ledamot i fullmäktige\nLänsstyrelsen har den 3 mars 2031 beslutat att Anna Ek (S) blir"
        " ledamot i stället för Bo Alm (S).\n\n",
    )
    assert part.title == (
        "Anmälan av länsstyrelsens beslut att utse Anna Ek (S) till ny ledamot i fullmäktige"
    )


def test_a_table_of_contents_is_not_the_paragraphs() -> None:
    contents = (
        "Innehåll\n\n§ 1 Val av justerare ........ 3\n§ 2 Dnr KS 2031/8\nMotion om "
        "bänkar .... 4\n\n"
    )
    found = parts(HEAD + contents + TWO.removeprefix(HEAD))
    assert [p.kind for p in found] == [
        PartKind.MINUTES_HEAD, PartKind.TABLE_OF_CONTENTS, PartKind.PARAGRAPH, PartKind.PARAGRAPH,
    ]  # fmt: skip
    assert [p.title for p in found[2:]] == ["Val av justerare", "Motion om bänkar"]


def test_a_contents_without_leaders_is_known_by_coming_again() -> None:
    contents = "§ 1 Val av justerare\n§ 2 Motion om bänkar\n\n"
    assert [
        p.paragraph for p in parts(HEAD + contents + TWO.removeprefix(HEAD)) if p.paragraph
    ] == ["1", "2"]


def test_a_reference_at_the_start_of_a_line_is_no_paragraph() -> None:
    part = paragraph(
        "Beslut\nAntecknas.\n\nTidigare behandling\nBordlagt den 3 mars 2031,\n§ 23 och den 8 "
        "maj 2031, § 40.\n"
    )
    assert part.paragraph == "7"


def test_running_heads_inside_a_sentence_are_passed_over() -> None:
    text = HEAD + (
        "§ 7\nCykelbana\n\nBeslut\nAntecknas.\n\nReservation\nAnna Ek (S) och\n\n"
        "Ekmarka kommun, protokoll\n\n3 (9)\n\nKommunstyrelsen\n\nProtokoll nr 3\n"
        "Sammanträdesdatum: 2031-03-12\nBo Alm (V) reserverar sig mot beslutet.\n"
    )
    (part,) = [p for p in parts(text) if p.paragraph]
    (reservation,) = [r for r in part.records if r.kind == "reservation"]
    assert reservation.parties == ("S", "V")  # type: ignore[attr-defined]


def test_the_appendices_come_after_the_last_paragraph() -> None:
    found = parts(
        TWO + "\nBilaga 1\n\nÄrende: 2\nAntal Ja: 1\n\nNamn\n\nAnna Ek\n\nS\n\n4\n\nLedamot\n\nJa\n"
    )
    assert [p.id for p in found] == ["head", "p1", "p2", "appendix-1"]


def test_the_front_page_tells_who_was_there() -> None:
    head = HEAD + (
        "Beslutande    Anna Ek (S), ordförande\n              Bo Alm (M)\n"
        "Ej tjänstgörande ersättare\n              Ida Sten (C)\n"
        "Övriga närvarande  Karin Lund, förvaltningschef\n\n"
    )
    front = parts(head + TWO.removeprefix(HEAD))[0]
    assert [(r.name, r.party, r.role) for r in front.records if r.kind == "attendance"] == [  # type: ignore[attr-defined]
        ("Anna Ek", "S", "ordförande"),
        ("Bo Alm", "M", "ledamot"),
        ("Ida Sten", "C", "ersättare"),
        ("Karin Lund", None, "förvaltningschef"),
    ]


def test_minutes_are_told_from_extracts_and_rule_books() -> None:
    assert minutes.is_minutes(document(TWO))
    assert minutes.is_minutes(document("Protokollsutdrag\n\n" + TWO))
    assert not minutes.is_minutes(document("Protokollsutdrag\n\n" + TWO.split("§ 2")[0]))
    assert not minutes.is_minutes(
        document("Reglemente\n\n§ 1\nNämnden ska.\n\n§ 2\nNämnden får.\n")
    )


@pytest.mark.parametrize(
    "text", ["", " ", "§", "§ 1", "§ 1\n§ 1\n§ 1", "§ 9\n\n§ 3\n", "Protokoll\n§ 1\nBeslut"]
)
def test_odd_texts_lose_nothing(text: str) -> None:
    found = analyse(document(text))
    assert "".join(text[p.start : p.end] for p in found) == text


def test_the_front_page_says_nothing_that_stands_behind_it() -> None:
    """Found by fuzzing: the day of a meeting that only a running head inside a § names."""
    text = (
        "Ekmarka kommun\n\n§ 1\nVal av justerare\nBeslut\nAnna Ek (S) utses.\n\n"
        "Ekmarka kommun          SAMMANTRÄDESPROTOKOLL\n"
        "Kommunstyrelsen         2031-03-12                     Sida 2 (15)\n\n"
        "§ 2\nMotion om bänkar\n\nBeslut\nMotionen avslås.\n"
    )
    found = parts(text)
    assert found[0].kind is PartKind.MINUTES_HEAD
    for part in found:
        assert all(part.start <= r.start < r.end <= part.end for r in part.records)
