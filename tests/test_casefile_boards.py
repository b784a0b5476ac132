"""What parties put to a board, and what a company's board noted, is read in a stacked case file."""

from __future__ import annotations

import pytest

from ingest.document import Document
from ingest.parts import Part, PartKind
from ingest.structure import casefile

COUNCIL = """Kommunfullmäktige

Handling 2031 nr 64

Årsredovisning 2030 för Tolkförbundet

Till Ekmarka kommunfullmäktige

Kommunstyrelsens förslag Kommunstyrelsen föreslår att kommunfullmäktige beslutar:

Årsredovisningen godkänns.

----

Vid behandling av ärendet i kommunstyrelsen förekom skiljaktiga meningar:

Tor Lind (SD) yrkade bifall till tilläggsyrkande från SD den 17 maj 2031.

Kommunstyrelsen beslutade utan omröstning att avslå tilläggsyrkandet från SD.

Ekmarka den 24 maj 2031 Ekmarka kommunstyrelse

Siv Dahl

Ola Berg

"""
EXTRACT = """Kulturnämnden

Utdrag ur protokoll Sammanträdesdatum: 2031-02-28

§ 21 Remiss om fritidsgårdar

Beslut Nämnden översänder yttrandet.

Dag för justering 2031-03-07

Vid protokollet Sekreterare Ida Holm

Ordförande                                 Justerande Nils Ek (S)                       Lena Ask (M)

"""
TITLE = "Yrkande angående – Remiss om fritidsgårdar Förslag till beslut I kulturnämnden:"
BODY = """

1. Nämnden tillstyrker förslaget.

Yrkandet Gårdarna behövs.

"""


def papers(*pieces: str) -> tuple[Part, ...]:
    text = "".join(pieces)
    return casefile.parts(Document(file="a.txt", digest="0", format="txt", title="", text=text))


def political(*pieces: str) -> Part:
    """The only paper by parties in a stack of these pieces."""
    found = [p for p in papers(*pieces) if p.kind in (PartKind.YRKANDE, PartKind.STATEMENT)]
    assert len(found) == 1
    return found[0]


def test_a_yrkande_dated_in_short_is_theirs_of_whom_the_board_tells() -> None:
    paper = political(
        COUNCIL.replace("2031", "2024"),
        "Kommunstyrelsen\n\nTilläggsyrkande 24-05-17\n\nÄrende 2.1.2\n\n"
        "Tilläggsyrkande angående – Årsredovisning 2030 för Tolkförbundet\n\n"
        "Förslag till beslut I kommunstyrelsen:\n\n1. Nämnderna får i uppdrag att spara.\n\n",
    )
    assert (paper.kind, paper.parties, paper.date) == (PartKind.YRKANDE, ("SD",), "2024-05-17")
    assert [r.kind for r in paper.records] == ["demand"]


@pytest.mark.parametrize(
    ("head", "parties", "body"),
    [
        ("Kulturnämnden ______________\n\nYRKANDE      M, L Särskilt yttrande  D Datum: 2031-02-23"
         "                Ärende: 7\n\n", ("M", "L"), "Kulturnämnden"),
        ("Kulturnämnden\n\n______________________\n\nYRKANDE               (L, M) Datum: 2031-02-23"
         "\n\n", ("L", "M"), "Kulturnämnden"),
        ("Ekmarka 23 februari 2031 Yrkande (L) (KD) Särskilt yttrande (D) Kulturnämnden\n\n"
         "Ärende 6\n\n", ("L", "KD"), "Kulturnämnden"),
        ("Kulturnämnden\n\nJusterat yrkande           S, V Särskilt yttrande    C 2031-02-23\n\n",
         ("S", "V"), "Kulturnämnden"),
        ("Protokollsbilaga 4. Kulturnämnden 2031-02-28 § 21\n\nSocialdemokraterna, Vänsterpartiet"
         "\n\n", ("S", "V"), "Kulturnämnden"),
    ],
)  # fmt: skip
def test_parties_put_a_yrkande_to_a_board(head: str, parties: tuple[str, ...], body: str) -> None:
    paper = political(COUNCIL, EXTRACT, head, TITLE, BODY)
    assert (paper.kind, paper.parties, paper.body) == (PartKind.YRKANDE, parties, body)
    assert paper.title == "Yrkande angående – Remiss om fritidsgårdar"


def test_a_statement_names_its_parties_its_board_and_its_day_in_one_line() -> None:
    paper = political(
        COUNCIL,
        EXTRACT,
        "Yttrande V, S, MP Kulturnämnden 2031-02-28 Ärende 6\n\nRemiss: om fritidsgårdar\n\n"
        "Gårdarna är en framgång, och ingen har velat göra dem till ordinarie drift.\n\n",
    )
    assert (paper.kind, paper.parties) == (PartKind.STATEMENT, ("V", "S", "MP"))
    assert (paper.body, paper.date) == ("Kulturnämnden", "2031-02-28")


def test_a_yrkande_may_name_those_who_move_it() -> None:
    paper = political(
        COUNCIL,
        EXTRACT,
        "Kulturnämnden\n\nYrkande Ida Lund Särskilt yttrande Bo Ask\n\n23 feb 2031\n\n"
        "Yrkande om fritidsgårdar\n\nFörslag till beslut i kulturnämnden:\n\n"
        "1. Ärendet återremitteras.\n\n",
    )
    assert paper.kind is PartKind.YRKANDE


def test_a_companys_minutes_signed_on_their_first_page_are_one_extract() -> None:
    head = "Ekmarka Hamn AB\n\nProtokoll (nr 3) Styrelsemöte 2031-04-22\n\n"
    stack = papers(
        COUNCIL,
        head + "Närvarande Ledamöter Ida Lund, Bo Ask\n\nUnderskrifter\n\nSekreterare Eva Ek\n\n"
        "Ordförande                       Justerande Ida Lund                        Bo Ask\n\n",
        head + "§ 9 Beslut – Yttrande över motion om färjan\n\nBeslut\n\n"
        "Styrelsen beslutar att avstyrka motionen.\n\n",
    )
    extracts = [p for p in stack if p.kind is PartKind.EXTRACT]
    assert [p.title for p in extracts] == ["Yttrande över motion om färjan"]
    assert [r.kind for r in extracts[0].records if r.kind == "decision"] == ["decision"]
    assert not [p for p in stack if p.kind is PartKind.APPENDIX]


@pytest.mark.parametrize(
    "head",
    [
        "Bilaga 2 Utdrag ur protokoll fört vid styrelsesammanträde för Ekmarka Hem AB 2031-03-18",
        "Utdrag ur Ekmarka Event AB:s styrelseprotokoll nr 1/31, 2031-03-18",
        "Pensionärsrådet\n\n2031-03-18\n\nProtokollsutdrag",
    ],
)
def test_an_extract_is_known_by_its_meeting_or_its_day(head: str) -> None:
    body = "§ 12 Motion om solvärme\n\nBeslut Motionen tillstyrks.\n\n"
    stack = papers(COUNCIL, f"{head}\n\n{body}")
    assert [(p.kind, p.date) for p in stack[1:]] == [(PartKind.EXTRACT, "2031-03-18")]
