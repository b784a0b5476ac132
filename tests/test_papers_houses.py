"""Motions, answers, forms and reports as other municipalities print them."""

from __future__ import annotations

import pytest

from ingest.document import Document
from ingest.parts import Part, PartKind
from ingest.structure import analyse

_BODY = "Många går här varje dag, och det finns ingenstans att sitta. Det går att ändra på. " * 8


def _parts(text: str) -> tuple[Part, ...]:
    return analyse(Document(file="a.txt", digest="0", format="text", title="A", text=text))


def test_a_form_has_the_title_that_was_entered_in_it() -> None:
    text = (
        "MEDBORGARFÖRSLAG\nEkmarka kommun\nBlankett KF-03, version 2031\n\nFörslaget i korthet:\n"
        f"Hundrastgård i Tegelparken\n\nBeskriv ditt förslag:\n{_BODY}\n"
    )
    assert _parts(text)[0].title == "Hundrastgård i Tegelparken"


def test_an_answer_under_a_letterhead_in_capitals_is_a_paper_of_its_own() -> None:
    text = (
        f"MEDBORGARFÖRSLAG\nEkmarka kommun\n\nRubrik: Hundrastgård i Tegelparken\n\n{_BODY}\n\n"
        "Underskrift: Maj Lund\n\n\nEKMARKA KOMMUN       SVAR PÅ MEDBORGARFÖRSLAG\n"
        "Tekniska nämnden     2031-04-16\n                     TN 2031/5\n\nMaj Lund\n\n"
        f"Svar på ditt medborgarförslag om hundrastgård i Tegelparken\n\n{_BODY}\n"
    )
    asked, answer = _parts(text)
    assert (asked.kind, answer.kind) == (PartKind.INITIATIVE, PartKind.OFFICIAL_REPORT)
    assert answer.title == "Svar på ditt medborgarförslag om hundrastgård i Tegelparken"
    assert (answer.body, answer.date) == ("Tekniska nämnden", "2031-04-16")


def test_a_reply_below_a_rule_is_a_paper_of_its_own() -> None:
    text = (
        "Interpellation ställd av Anna Ek (V) till Per Alm (C) om snöröjning\n\n"
        f"{_BODY}\n\nAnna Ek\nVänsterpartiet\n\n______________________________\n\n"
        f"Svar på interpellation om snöröjning\n\n{_BODY}\n\nPer Alm (C)\nKommunalråd\n"
    )
    asked, reply = _parts(text)
    assert (asked.kind, reply.kind) == (PartKind.INTERPELLATION, PartKind.REPLY)
    assert asked.title.startswith("Interpellation ställd av Anna Ek (V)")


def test_a_letter_to_an_authority_has_its_title_below_the_address() -> None:
    text = (
        "Ekmarka kommun     Sida 1 (3)\n\n              YTTRANDE\n              2031-03-05\n"
        "              Er beteckning: TRV 2031/1\n\nEkmarka kommun\nKommunstyrelsen\n\n"
        "              Trafikverket\n              Ärendemottagningen\n\n"
        f"Yttrande över förslag om stängning av plankorsningar\n\n{_BODY}\n"
    )
    (letter,) = _parts(text)
    assert letter.title == "Yttrande över förslag om stängning av plankorsningar"


def test_the_proposal_of_an_office_is_what_stands_under_that_heading() -> None:
    text = (
        "Samhällsbyggnadsförvaltningen\n          Tjänsteutlåtande\n          2031-02-10\n\n"
        "Handläggare\nSofie Rehn, trafikplanerare\n\nTill\nKommunstyrelsen\n\n"
        "Ny bro vid Kvarnen\n\n"
        "Förvaltningens förslag till beslut\n1. En ny bro byggs.\n2. Den gamla bron rivs.\n\n"
        f"Sammanfattning\n{_BODY}\n\nFörvaltningen räknar med följande:\n- byggstart i april\n"
    )
    (report,) = _parts(text)
    points = [record.text for record in report.records if record.kind == "demand"]
    assert points == ["En ny bro byggs.", "Den gamla bron rivs."]
    assert "Sofie Rehn" in [person.name for person in report.authors]


@pytest.mark.parametrize(
    ("end", "name", "party"),
    [
        ("Rune Abrahamsson\nledamot för Centerpartiet\n", "Rune Abrahamsson", "C"),
        ("Anna Ek (M)\n\nModeraterna i Ekmarka · Torget 4 · 129 11 Ekmarka\n", "Anna Ek", "M"),
        ("Anna Ek (M)\n\nModeraterna i Ekmarka, info@ekmarka.example\n", "Anna Ek", "M"),
    ],
)
def test_who_signs_stands_above_the_footer(end: str, name: str, party: str) -> None:
    (motion,) = _parts(
        f"MOTION\n\nBänkar i parken\n\n{_BODY}\n\nDärför yrkar jag att bänkar köps.\n\n{end}"
    )
    assert [(person.name, person.party) for person in motion.authors] == [(name, party)]


def test_an_extract_whose_name_is_printed_on_each_page_is_known_by_its_head() -> None:
    page = "                 Protokollsutdrag                {} (3)\n\n"
    head = "                 Sammanträdesdatum\nKommunstyrelsen  2031-06-04\n\n\n"
    text = (
        f"{page.format(1)}{head}§ 134   Ny hyresmodell\n\nDnr KS 2031-319\n\n"
        f"Kommunstyrelsens beslut\n\nHyresmodellen införs.\n\nÄrende\n\n{_BODY}\n\f"
        f"{page.format(2)}{head}{_BODY}\n\f{page.format(3)}{head}{_BODY}\n"
    )
    (extract,) = _parts(text)
    assert (extract.kind, extract.title) == (PartKind.EXTRACT, "Ny hyresmodell")
