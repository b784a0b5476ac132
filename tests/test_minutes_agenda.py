"""A summons: every item with its case and what is proposed."""

from __future__ import annotations

from typing import Any

from ingest.parts import PartKind, Role
from ingest.structure import analyse, minutes_agenda
from tests.minutes_text import document

LIST = """Ekmarka kommun
KALLELSE
Kommunstyrelsen

Tid   Måndagen den 5 maj 2031 kl. 08.30

Ärenden

1. Fastställande av dagordning

2. Ny riktlinje för medborgardialog, Dnr KS 2031/77
Ärendet bordlades den 7 april 2031, § 50.
Förslag till beslut
1. Riktlinjen antas.
2. Nämnden får i uppdrag att följa upp den.

3. Anmälan av delegationsbeslut
"""
TABLE = """KALLELSE
Kommunstyrelsen
Sammanträde måndagen den 5 maj 2031

\tÄrende\tBeteckning\tFörslag
1.\tInformation om samråd och\nviktigare ärenden\t2031-00014\t
2.\tAnsökan om bidrag\t2031-00444\tFörslag till beslut i kommunstyrelsen
Kommunstyrelsen avslår ansökan.
"""


def test_a_summons_is_told_from_minutes() -> None:
    assert minutes_agenda.is_agenda(document(LIST))
    assert not minutes_agenda.is_agenda(document("Protokoll\n" + LIST))


def test_every_item_is_a_part_with_its_title_and_case() -> None:
    head, *items = analyse(document(LIST))
    assert (head.title, head.date) == ("Kallelse Kommunstyrelsen 2031-05-05", "2031-05-05")
    assert [(p.kind, p.title, p.case_number) for p in items] == [
        (PartKind.AGENDA_ITEM, "Fastställande av dagordning", None),
        (PartKind.AGENDA_ITEM, "Ny riktlinje för medborgardialog", "KS 2031/77"),
        (PartKind.AGENDA_ITEM, "Anmälan av delegationsbeslut", None),
    ]


def test_what_is_proposed_is_a_demand_and_never_a_decision() -> None:
    item = analyse(document(LIST))[2]
    demands: list[Any] = [r for r in item.records if r.kind == "demand"]
    assert [d.text for d in demands] == [
        "1. Riktlinjen antas.",
        "2. Nämnden får i uppdrag att följa upp den.",
    ]
    assert item.role is Role.PROPOSAL
    assert not [r for r in item.records if r.kind == "decision"]


def test_an_agenda_may_be_a_table() -> None:
    _, first, second = analyse(document(TABLE))
    assert (first.title, first.case_number) == (
        "Information om samråd och viktigare ärenden", "2031-00014",
    )  # fmt: skip
    assert [r.text for r in second.records if r.kind == "demand"] == [
        "Kommunstyrelsen avslår ansökan."
    ]
