"""A single paper is read as what it is: its kind, its demands, its signers, its sections."""

from __future__ import annotations

import pytest

from ingest.document import Document, Mark, MarkKind, Span
from ingest.parts import Part, PartKind, Role
from ingest.structure import papers

ALTERNATIVE = """ALTERNATIVT FÖRSLAG

Ny modell för samtal i Ekmarka kommun

Kommunstyrelsens beslut

Kommunstyrelsen ger kommunchefen i uppdrag att ta fram en ny modell för samtal så att

- den utgår från invånarnas vardag,
- varje by får komma till tals,
- **en politisk grupp följer arbetet.**

Ärendet i sin helhet

Modellen fastställdes av Kommunfullmäktige 2019¹. Bybyrån definierar samtal som: ”Samtal
är ett möte där alla lyssnar.” Med byråd avses en grupp som en by själv har valt.

Allianspartierna i Ekmarka

Moderaterna

Karin Alm

Kristdemokraterna

Nils af Ek

¹ Se Närmare byn – slutrapport KS 2019-00412"""
INITIATIVE = """Initiativärende till Kommunstyrelsens sammanträde 2031-02-20:
Följ upp bysamtalen

Programmet klubbades av Kommunfullmäktige den 14 mars 2030.

Med hänvisning till ovanstående föreslår Vänsterpartiet:
· Att kansliet ges i uppdrag att följa upp bysamtalen.

För Vänsterpartiet i Kommunstyrelsen
Tove Lind och Ira Strand
"""
MOTION = """MOTION
till kommunfullmäktige i Ekmarka kommun
2031-01-27                                                   Dnr KS 2031/31

Inför ett avgiftsfritt badkort för barn

Den som sällan badar lär sig inte simma.

Med hänvisning till det anförda föreslår vi kommunfullmäktige besluta

att kommunen inför ett avgiftsfritt badkort för alla barn mellan 7 och 16 år som är
folkbokförda i Ekmarka kommun,

att kostnaden, högst 180 000 kronor, finansieras ur kommunstyrelsens anslag, samt

att satsningen redovisas senast den 30 november 2031.

För Vänsterpartiet i Ekmarka

Tom Rask                              Ronja Tuve
"""
REPORT = """Ekmarka kommun                          Tjänsteskrivelse
Markenheten                             Dnr KS 2031/12                2031-03-10

Handläggare: Oskar Nym, ingenjör

Markanvisning inom Hamnvik

Förslag till beslut på sammanträdet
Kommunstyrelsen föreslår kommunfullmäktige att
1. Ekmarka Bostäder AB får en markanvisning för 48 lägenheter, del av
fastigheten Ekmarka 4:17,
2. marken säljs för 8 400 000 kronor.

Sammanfattning av ärendet
Bolaget vill bygga.

Beslutet ska skickas till
Bolaget

Lena Vik
Markchef
"""
RULES = """Reglemente för kulturnämnden

Antaget av kommunfullmäktige 2031-04-28, § 40. Dnr KS 2030/260

1 kap. Nämndens uppgifter

1 § Kulturnämnden ansvarar för folkbiblioteken och för kulturskolan i hela kommunen, från norr
till söder och i alla byar där det finns en skola eller ett bibliotek att tala om.

2 kap. Arbetsformer

1 § Nämnden sammanträder minst åtta gånger om året. Kallelsen ska skickas till ledamöter och
ersättare senast sju dagar före sammanträdet och innehålla uppgift om tid, plats och ärenden.
"""


def document(text: str, *marks: Mark) -> Document:
    return Document(
        file="papper.txt", digest="0", format="txt", title="Papper", text=text, marks=marks
    )


def single(text: str, *marks: Mark) -> Part:
    found = papers.parts(document(text, *marks))
    assert len(found) == 1
    return found[0]


def demands(part: Part) -> list[str]:
    return [" ".join(r.text.split()) for r in part.records if r.kind == "demand"]


def test_an_alternative_proposal_is_a_proposal_though_it_says_decision() -> None:
    part = single(ALTERNATIVE)
    assert part.kind is PartKind.ALTERNATIVE_PROPOSAL
    assert part.role is Role.PROPOSAL
    assert part.title == "Ny modell för samtal i Ekmarka kommun"


def test_every_point_is_governed_by_the_sentence_above_the_list() -> None:
    found = [r for r in single(ALTERNATIVE).records if r.kind == "demand"]
    assert [r.text for r in found] == [
        "den utgår från invånarnas vardag",
        "varje by får komma till tals",
        "en politisk grupp följer arbetet.",
    ]
    assert {r.lead_in for r in found} == {
        "Kommunstyrelsen ger kommunchefen i uppdrag att ta fram en ny modell för samtal så att"
    }


def test_the_bold_demand_is_known_as_the_one_that_differs() -> None:
    found = [r for r in single(ALTERNATIVE).records if r.kind == "demand"]
    assert [r.emphasised for r in found] == [False, False, True]


def test_bold_is_known_from_marks_too() -> None:
    text = "MOTION\n\nTräd\n\nVi yrkar att:\n- plantera träd\n- klippa gräs\n\nKarin Ek (V)\n"
    at = text.index("klippa gräs")
    bold = Mark(MarkKind.EMPHASIS, at, at + len("klippa gräs"))
    found = [r for r in single(text, bold).records if r.kind == "demand"]
    assert [(r.text, r.emphasised) for r in found] == [
        ("plantera träd", False),
        ("klippa gräs", True),
    ]


def test_signers_belong_to_the_party_printed_above_them() -> None:
    part = single(ALTERNATIVE)
    assert [(person.name, person.party) for person in part.authors] == [
        ("Karin Alm", "M"),
        ("Nils af Ek", "KD"),
    ]
    assert part.parties == ("Allianspartierna", "M", "KD")


def test_signers_in_two_columns_belong_to_the_party_of_their_column() -> None:
    text = (
        "RESERVATION\n\nTill kommunstyrelsens protokoll, § 4\n\nMark i Hamnvik\n\n"
        "Vi reserverar oss mot beslutet till förmån för eget yrkande.\n\n"
        "För Moderaterna                         För Kristdemokraterna\n"
        "Karin Alm                               Petra von Knut\n"
        "Lars af Sill\n"
    )
    part = single(text)
    assert [(person.name, person.party) for person in part.authors] == [
        ("Karin Alm", "M"),
        ("Petra von Knut", "KD"),
        ("Lars af Sill", "M"),
    ]
    assert part.role is Role.RESERVATION
    reservation = next(r for r in part.records if r.kind == "reservation")
    assert reservation.parties == ("M", "KD")
    assert reservation.in_favour_of == "eget yrkande"


def test_definitions_are_told_with_their_term() -> None:
    found = [r for r in single(ALTERNATIVE).records if r.kind == "definition"]
    assert [(r.term, " ".join(r.text.split())) for r in found] == [
        ("samtal", "Samtal är ett möte där alla lyssnar."),
        ("byråd", "en grupp som en by själv har valt."),
    ]


def test_a_footnotes_case_number_is_a_reference_and_no_signer() -> None:
    part = single(ALTERNATIVE)
    assert [r.text for r in part.records if r.kind == "reference"] == ["KS 2019-00412"]


def test_an_initiative_is_titled_by_its_subject_and_dated_by_its_meeting() -> None:
    part = single(INITIATIVE)
    assert part.kind is PartKind.INITIATIVE
    assert part.title == "Följ upp bysamtalen"
    assert part.date == "2031-02-20"
    assert [(person.name, person.party) for person in part.authors] == [
        ("Tove Lind", "V"),
        ("Ira Strand", "V"),
    ]
    assert demands(part) == ["Att kansliet ges i uppdrag att följa upp bysamtalen."]


def test_a_decision_told_of_keeps_who_and_when() -> None:
    part = single(INITIATIVE)
    decision = next(r for r in part.records if r.kind == "decision")
    assert (decision.outcome, decision.decider) == ("antagen", "Kommunfullmäktige")
    dates = {r.meaning: r.date for r in part.records if r.kind == "date"}
    assert dates == {"meeting": "2031-02-20", "adopted": "2030-03-14"}


def test_att_satser_over_several_lines_are_told_one_by_one() -> None:
    part = single(MOTION)
    assert part.kind is PartKind.MOTION
    assert part.title == "Inför ett avgiftsfritt badkort för barn"
    assert part.case_number == "KS 2031/31"
    assert demands(part) == [
        "att kommunen inför ett avgiftsfritt badkort för alla barn mellan 7 och 16 år som är "
        "folkbokförda i Ekmarka kommun",
        "att kostnaden, högst 180 000 kronor, finansieras ur kommunstyrelsens anslag",
        "att satsningen redovisas senast den 30 november 2031.",
    ]
    assert [(person.name, person.party) for person in part.authors] == [
        ("Tom Rask", "V"),
        ("Ronja Tuve", "V"),
    ]


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("Jag yrkar därför:\n\natt kommunen utreder frågan.", ["att kommunen utreder frågan."]),
        ("Vi yrkar att:\n1. Badet öppnas.\n2. Taxan sänks.", ["Badet öppnas.", "Taxan sänks."]),
        ("Därför yrkar jag att kommunen utreder frågan.", ["att kommunen utreder frågan."]),
        ("Kommunfullmäktige föreslås besluta: Badet öppnas.", ["Badet öppnas."]),
    ],
)
def test_motions_may_end_in_many_ways(ending: str, expected: list[str]) -> None:
    part = single(
        f"Motion\n\nÖppna badet\n\nBadet är stängt sedan länge.\n\n{ending}\n\nKarin Ek (V)"
    )
    assert demands(part) == expected


def test_a_tjansteskrivelse_hangs_its_points_on_the_boards_proposal() -> None:
    part = single(REPORT)
    assert part.kind is PartKind.OFFICIAL_REPORT
    assert part.title == "Markanvisning inom Hamnvik"
    assert part.date == "2031-03-10"
    found = [r for r in part.records if r.kind == "demand"]
    assert [r.number for r in found] == ["1", "2"]
    assert found[0].lead_in == (
        "Förslag till beslut på sammanträdet Kommunstyrelsen föreslår kommunfullmäktige att"
    )
    assert "Oskar Nym" in [person.name for person in part.authors]
    assert ("Lena Vik", "markchef") in [(p.name, p.role) for p in part.authors]


def test_an_interpellation_is_by_its_signer_and_not_by_whom_it_asks() -> None:
    part = single(
        "INTERPELLATION\n2031-03-24\n\nTill nämndens ordförande Göran Lid (C)\n\n"
        "Vart tar vattnet vägen?\n\nMed anledning av detta vill jag fråga:\n\n"
        "1. Hur mycket vatten läcker ut?\n2. Vad tänker ordföranden göra?\n\nHåkan Sten (SD)\n"
    )
    assert [(person.name, person.party) for person in part.authors] == [("Håkan Sten", "SD")]
    assert demands(part) == ["Hur mycket vatten läcker ut?", "Vad tänker ordföranden göra?"]


def test_a_reglemente_becomes_its_chapters_with_the_date_it_was_adopted() -> None:
    found = papers.parts(document(RULES * 1 + "\n" * 5 + " " * 1500))
    assert [part.kind for part in found] == [PartKind.REGULATION] * 3
    assert [part.title for part in found[1:]] == [
        "Reglemente för kulturnämnden: 1 kap. Nämndens uppgifter",
        "Reglemente för kulturnämnden: 2 kap. Arbetsformer",
    ]
    assert {part.date for part in found} == {"2031-04-28"}
    assert {part.case_number for part in found} == {"KS 2030/260"}


def test_the_auditors_body_is_its_name_without_the_number_beside_it() -> None:
    found = papers.parts(
        document(
            "Kommunrevisionen i Ekmarka\tRev 2031/7\n\nGranskning av badens avgifter\n"
            "Revisionsrapport 2031-02-26\nRev 2031/7, Dnr KS 2031/44\n\nSammanfattning\n"
            "Vi har granskat om kultur- och fritidsnämnden tar ut rätt avgifter på baden.\n"
        )
    )
    assert {part.kind for part in found} == {PartKind.AUDIT}
    assert {part.body for part in found} == {"Kommunrevisionen i Ekmarka"}


def test_an_unknown_form_loses_nothing_and_says_so() -> None:
    text = "Hej\n\nHär är något annat, utan form och utan mening.\n"
    part = single(text)
    assert part.kind is PartKind.OTHER
    assert (part.start, part.end) == (0, len(text))
    assert part.unrecognised


def test_a_text_without_words_has_no_parts() -> None:
    assert papers.parts(document(" \n \n")) == ()


def test_headings_are_found_where_the_text_has_no_marks() -> None:
    text = (
        "Bedömning ur ekonomisk dimension Kostnaden är låg och ryms i nämndens ram för året.\n\n"
        "Barn och unga i centrum\n\nFörslaget rör främst barn som går i skolan i kommunens byar.\n"
    )
    found = papers.headings(document(text), Span(0, len(text)))
    assert [heading.title for heading in found] == [
        "Bedömning ur ekonomisk dimension",
        "Barn och unga i centrum",
    ]
    assert all(text[h.start : h.end] == h.title for h in found)


def test_a_documents_own_headings_are_trusted() -> None:
    text = "Kort\n\nText under rubriken som är ganska kort.\n"
    heading = Mark(MarkKind.HEADING, 0, 4, level=1)
    found = papers.headings(document(text, heading), Span(0, len(text)))
    assert [(h.title, h.level) for h in found] == [("Kort", 1)]
