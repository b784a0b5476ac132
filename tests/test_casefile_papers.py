"""A stacked case file is cut into its papers, each with its kind, hand, date and role."""

from __future__ import annotations

import pytest

from ingest.document import Document
from ingest.parts import Part, PartKind, Role
from ingest.structure import casefile

COUNCIL = """Kommunfullmäktige

Handling 2031 nr 64

Yttrande över motion av Karin Ek (V) och Bo af Ahl (V) om att plantera fruktträd

Till Ekmarka kommunfullmäktige

Kommunstyrelsens förslag Kommunstyrelsen föreslår att kommunfullmäktige beslutar:

Den av Karin Ek och Bo af Ahl väckta motionen avslås.

----

Vid behandling av ärendet i kommunstyrelsen förekom skiljaktiga meningar:

Tor Lind (SD) yrkade bifall till yrkande från SD den 9 januari 2031.

Kommunstyrelsen beslutade utan omröstning att avstyrka motionen.

Tor Lind (SD) reserverade sig mot beslutet till förmån för det egna yrkandet.

Ekmarka den 20 januari 2031 Ekmarka kommunstyrelse

Siv Dahl

Ola Berg

"""
YRKANDE = """Kommunstyrelsen

Yrkande                       Vänsterpartiet, Miljöpartiet Särskilt yttrande   Centerpartiet

2031-01-12                    Ärende 9

Yrkande angående – Motion av Karin Ek (V) och Bo af Ahl (V) om att plantera fruktträd Förslag till beslut I kommunstyrelsen och kommunfullmäktige:

1. Tekniska nämnden får i uppdrag att plantera tjugo träd. 2. Motionen anses därmed besvarad.

Yrkandet Träden behövs. Se även punkt 2. ovan.

"""  # noqa: E501
NAMELESS = """Kommunstyrelsen

Yrkande 2031-01-09

Ärende nr: KS-2031-00012

Yrkande angående – Motion av Karin Ek (V) och Bo af Ahl (V) om att plantera fruktträd

Förslag till beslut I kommunstyrelsen:

1. Motionen bifalls.

Yrkandet Träd är bra.

"""
REPORT = """Stadsledningskontoret

Tjänsteutlåtande              Handläggare Utfärdat 2030-12-01      Siv Maria Holm Diarienummer KS-2031-00012      Telefon: 010-123 45 67 E-post: siv.holm@ekmarka.example

Motion av Karin Ek (V) och Bo af Ahl (V) om att plantera fruktträd Förslag till beslut I kommunstyrelsen:

1. Motionen avslås.

Sammanfattning Motionärerna vill plantera fruktträd för 1,5 miljoner kronor.

Per Ström                                   Eva Alm

Direktör Teknik                             Kommundirektör

"""  # noqa: E501
MAP = """Karta över Ekparken

Kartan visar var träden kan stå, i norra delen av parken, och var vattnet finns, tjugo meter bort från gångvägen mot sjön.

"""  # noqa: E501
MOTION = """Kommunfullmäktige

Handling 2030 nr 12

Motion av Karin Ek (V) och Bo af Ahl (V) om att plantera fruktträd Det finns för få träd i vår kommun.

Förslag till beslut i kommunfullmäktige: Tekniska nämnden får i uppdrag att plantera fruktträd i alla parker.

Karin Ek (V)            Bo af Ahl (V)

"""  # noqa: E501
EXTRACT = """Bilaga 2

Tekniska nämnden

Utdrag ur protokoll Sammanträdesdatum: 2030-10-04

§ 41 TN-2030-00077 Yttrande över motion om fruktträd

Beslut Enligt förvaltningens förslag:

1. Tekniska nämnden avstyrker motionen.

Protokollsutdrag skickas till Kommunstyrelsen

Tekniska nämnden

Utdrag ur protokoll Sammanträdesdatum: 2030-10-04

Dag för justering 2030-10-09

Vid protokollet Sekreterare Ida Sund

Ordförande Justerande Nils Grön (C) Lo Ahl (M)
"""
STACK = COUNCIL + YRKANDE + NAMELESS + REPORT + MAP + MOTION + EXTRACT


def document(text: str) -> Document:
    return Document(file="fall.txt", digest="0", format="txt", title="Fall", text=text)


def parts(text: str = STACK) -> tuple[Part, ...]:
    return casefile.parts(document(text))


def one(kind: PartKind, text: str = STACK) -> Part:
    return next(part for part in parts(text) if part.kind is kind)


def records(part: Part, kind: str) -> list[str]:
    return [" ".join(record.text.split()) for record in part.records if record.kind == kind]


def test_a_stack_becomes_its_papers_in_order() -> None:
    assert [part.kind for part in parts()] == [
        PartKind.COUNCIL_PROPOSAL,
        PartKind.YRKANDE,
        PartKind.YRKANDE,
        PartKind.OFFICIAL_REPORT,
        PartKind.APPENDIX,
        PartKind.MOTION,
        PartKind.EXTRACT,
    ]


def test_the_papers_cover_the_file_without_overlap() -> None:
    found = parts()
    assert "".join(STACK[part.start : part.end] for part in found) == STACK
    assert [part.start for part in found[1:]] == [part.end for part in found[:-1]]


def test_a_stack_is_known_as_one_and_a_single_motion_is_not() -> None:
    assert casefile.is_casefile(document(STACK))
    assert not casefile.is_casefile(document("MOTION\n\nTräd\n\nVi vill ha träd.\n\nKarin Ek (V)"))


def test_a_proposal_is_never_a_decision() -> None:
    roles = {part.kind: part.role for part in parts()}
    assert roles[PartKind.COUNCIL_PROPOSAL] is Role.PROPOSAL
    assert roles[PartKind.YRKANDE] is Role.PROPOSAL
    assert roles[PartKind.OFFICIAL_REPORT] is Role.PROPOSAL
    assert roles[PartKind.MOTION] is Role.PROPOSAL
    assert roles[PartKind.EXTRACT] is Role.DECISION
    assert roles[PartKind.APPENDIX] is Role.INFORMATION


def test_a_yrkande_knows_its_parties_but_not_those_with_an_opinion_of_their_own() -> None:
    part = one(PartKind.YRKANDE)
    assert part.parties == ("V", "MP")
    assert part.date == "2031-01-12"
    assert part.body == "Kommunstyrelsen"


def test_a_yrkande_with_only_a_logotype_gets_its_party_from_the_boards_proposal() -> None:
    nameless = [part for part in parts() if part.kind is PartKind.YRKANDE][1]
    assert nameless.parties == ("SD",)
    assert nameless.case_number == "KS-2031-00012"


def test_a_yrkande_without_a_date_is_theirs_whom_only_the_boards_proposal_names() -> None:
    stack = STACK.replace("Yrkande 2031-01-09", "Yrkande")
    nameless = [part for part in parts(stack) if part.kind is PartKind.YRKANDE][1]
    assert nameless.date is None
    assert nameless.parties == ("SD",)


def test_a_head_whose_title_runs_into_its_proposal_begins_a_paper() -> None:
    added = """Kommunstyrelsen

Ärende 2                               M, KD 2031-01-07

Tilläggsyrkande angående – Motion om fruktträd Förslag till beslut I kommunstyrelsen:

1. Kommunstyrelsen får i uppdrag att säkerställa att alla parker har fruktträd av gamla sorter som
tål både torka och kyla, och att de beskärs varje år av dem som kan det. 2. Äpplena ska skördas.

Yrkande

Det är angeläget.

"""
    found = [p for p in parts(STACK.replace(REPORT, added + REPORT)) if p.kind is PartKind.YRKANDE]
    assert found[-1].parties == ("M", "KD")
    assert len(records(found[-1], "demand")) == 2


def test_of_two_told_with_one_date_the_one_whose_own_paper_names_it_is_left_out() -> None:
    told = COUNCIL.replace("från SD den 9 januari 2031.", "från SD den 12 januari 2031.").replace(
        "yrkade bifall till yrkande",
        "yrkade avslag på yrkande från V och MP den 12 januari 2031 och bifall till yrkande",
    )
    nameless = NAMELESS.replace("2031-01-09", "2031-01-12")
    found = [p for p in parts(told + YRKANDE + nameless) if p.kind is PartKind.YRKANDE]
    assert [part.parties for part in found] == [("V", "MP"), ("SD",)]


def test_a_revised_yrkande_is_told_of_with_the_date_of_its_revision() -> None:
    nameless = NAMELESS.replace("2031-01-09", "2031-01-02\n\nReviderad 2031-01-09")
    part = next(p for p in parts(COUNCIL + nameless) if p.kind is PartKind.YRKANDE)
    assert (part.date, part.parties) == ("2031-01-02", ("SD",))


def test_a_party_that_a_revised_paper_names_itself_is_no_other_papers() -> None:
    told = COUNCIL.replace("från SD den 9 januari 2031.", "från SD den 9 januari 2031.").replace(
        "yrkade bifall till yrkande",
        "yrkade avslag på yrkande från V och MP den 9 januari 2031 och bifall till yrkande",
    )
    found = [p for p in parts(told + YRKANDE + NAMELESS) if p.kind is PartKind.YRKANDE]
    assert [part.parties for part in found] == [("V", "MP"), ("SD",)]


def test_a_paper_that_a_party_put_to_another_body_is_not_the_one_told_of() -> None:
    elsewhere = NAMELESS.replace("Kommunstyrelsen", "Parknämnden", 1).replace(
        "2031-01-09", "2031-01-02      Sverigedemokraterna"
    )
    found = [p for p in parts(COUNCIL + NAMELESS + elsewhere) if p.kind is PartKind.YRKANDE]
    assert [(part.body, part.parties) for part in found] == [
        ("Kommunstyrelsen", ("SD",)),
        ("Parknämnden", ("SD",)),
    ]


@pytest.mark.parametrize(
    ("says", "letters"),
    [
        ("Vi i Centerpartiet ser gärna fler träd.", ("C",)),
        ("Centerpartiet vill se fler träd.", ("C",)),
        ("Vi centerpartister vill se fler träd.", ("C",)),
        ("Vi välkomnar Centerpartiets förslag.", ()),
        ("Vänsterpartiet och Centerpartiet vill se fler träd.", ()),
        ("Centerpartiet vill se träd och Liberalerna vill se bänkar.", ()),
    ],
)
def test_an_unsigned_paper_is_of_the_party_that_it_speaks_as(
    says: str, letters: tuple[str, ...]
) -> None:
    part = next(p for p in parts(NAMELESS + says + "\n\n" + REPORT) if p.kind is PartKind.YRKANDE)
    assert part.parties == letters


def test_a_yrkande_that_nobody_tells_of_says_that_its_party_is_not_known() -> None:
    part = next(p for p in parts(NAMELESS + REPORT) if p.kind is PartKind.YRKANDE)
    assert part.parties == ()
    assert part.unrecognised == ("vem som står bakom framgår inte av texten",)


def test_demands_are_told_one_by_one_with_what_governs_them() -> None:
    demands = [record for record in one(PartKind.YRKANDE).records if record.kind == "demand"]
    assert [demand.number for demand in demands] == ["1", "2"]
    assert [demand.text for demand in demands] == [
        "Tekniska nämnden får i uppdrag att plantera tjugo träd.",
        "Motionen anses därmed besvarad.",
    ]
    assert demands[0].lead_in == "Förslag till beslut I kommunstyrelsen och kommunfullmäktige:"
    span = demands[0].evidence[0]
    assert STACK[span.start : span.end] == demands[0].lead_in


def test_a_motion_knows_its_authors_by_name_and_party() -> None:
    part = one(PartKind.MOTION)
    assert [(person.name, person.party) for person in part.authors] == [
        ("Karin Ek", "V"),
        ("Bo af Ahl", "V"),
    ]
    assert {person.role for person in part.authors} == {"motionär"}
    assert part.title == "Motion av Karin Ek (V) och Bo af Ahl (V) om att plantera fruktträd"
    assert records(part, "demand") == [
        "Tekniska nämnden får i uppdrag att plantera fruktträd i alla parker."
    ]


def test_an_official_report_knows_who_handled_and_who_signed_it() -> None:
    part = one(PartKind.OFFICIAL_REPORT)
    assert [(person.name, person.role) for person in part.authors] == [
        ("Siv Maria Holm", "handläggare"),
        ("Per Ström", "direktör teknik"),
        ("Eva Alm", "kommundirektör"),
    ]
    assert part.case_number == "KS-2031-00012"
    assert part.date == "2030-12-01"
    assert [record.value for record in part.records if record.kind == "amount"] == [1_500_000.0]


def test_what_is_bound_in_after_the_signatures_is_an_appendix() -> None:
    part = one(PartKind.APPENDIX)
    assert part.title == "Karta över Ekparken"
    assert STACK[part.start : part.end].startswith("Karta")


def test_a_page_head_that_is_repeated_begins_no_new_extract() -> None:
    extracts = [part for part in parts() if part.kind is PartKind.EXTRACT]
    assert len(extracts) == 1
    assert extracts[0].paragraph == "41"
    assert extracts[0].body == "Tekniska nämnden"
    assert extracts[0].date == "2030-10-04"
    assert STACK[extracts[0].start :].startswith("Bilaga 2")


def test_an_extract_tells_its_decision() -> None:
    decisions = [r for r in one(PartKind.EXTRACT).records if r.kind == "decision"]
    assert [(d.outcome, d.number) for d in decisions] == [("avslag", "1")]


def test_the_boards_dissent_is_told_beside_its_proposal() -> None:
    part = one(PartKind.COUNCIL_PROPOSAL)
    assert records(part, "demand") == ["Den av Karin Ek och Bo af Ahl väckta motionen avslås."]
    assert [r.parties for r in part.records if r.kind == "reservation"] == [("SD",)]
    assert [r.stance for r in part.records if r.kind == "yrkande"] == ["bifall"]
    assert part.date == "2031-01-20"


def test_every_record_reproduces_its_text_and_lies_inside_its_paper() -> None:
    for part in parts():
        for record in part.records:
            assert STACK[record.start : record.end] == record.text
            assert part.start <= record.start < record.end <= part.end
        for person in part.authors:
            assert STACK[person.start : person.end] == person.name


def test_letterheads_on_one_line_with_the_genre_are_taken_apart() -> None:
    text = COUNCIL + YRKANDE.replace("Kommunstyrelsen\n\nYrkande", "Kommunstyrelsen Yrkande", 1)
    assert one(PartKind.YRKANDE, text).body == "Kommunstyrelsen"


def test_banners_in_capitals_begin_papers_in_other_municipalities() -> None:
    text = (
        "KOMMUNSTYRELSENS FÖRSLAG TILL KOMMUNFULLMÄKTIGE\n\nSammanträdesdatum 2031-03-03\n"
        "Kommunstyrelsens förslag\nAvgiften fastställs till 800 kronor.\n\n\n"
        "YRKANDE\n\nEkmarkalistan (EKL)\nKommunstyrelsen 2031-03-03\n\nFörslag till beslut\n"
        "1. Avgiften ändras inte.\n\nÅsa Ek (EKL)\n\n\n"
        "TJÄNSTESKRIVELSE\n\nKulturförvaltningen\nDatum 2031-01-15\nHandläggare Kim Brun\n\n"
        "Avgiften\n\nFörslag till beslut\nNämnden höjer avgiften.\n\nKim Brun\nKulturchef\n"
    )
    found = parts(text)
    assert [part.kind for part in found] == [
        PartKind.COUNCIL_PROPOSAL,
        PartKind.YRKANDE,
        PartKind.OFFICIAL_REPORT,
    ]
    assert found[1].parties == ("EKL",)
    assert found[2].body == "Kulturförvaltningen"
    assert records(found[0], "demand") == ["Avgiften fastställs till 800 kronor."]
