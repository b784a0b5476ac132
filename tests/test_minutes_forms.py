"""Minutes in the forms of several kinds of municipality, region and board, all invented."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.structure import minutes
from tests.minutes_text import document, parts

# ruff: noqa: E501 — the texts keep the columns of their originals' forms.

BOARD = """\
EKMARKA KOMMUN            SAMMANTRÄDESPROTOKOLL                 Sida
Kommunstyrelsen           Sammanträdesdatum                      5 (20)
                          2031-05-06

Ks § 88                   Dnr 2031/210 101
Au § 61

Förvärv av fastigheten Almen 3

Arbetsutskottets förslag till kommunstyrelsen
Kommunstyrelsen föreslår kommunfullmäktige att förvärva fastigheten.

Sammanfattning av ärendet
Fastigheten Almen 3 köps för 12,4 miljoner kronor. Tillträde sker senast den 1 september 2031.

Yrkanden
Ordföranden yrkar bifall till arbetsutskottets förslag.
Karl Ståhl (SD), med instämmande från Eva Lind (M), yrkar avslag.

Propositionsordning
Ordföranden ställer proposition på förslagen och finner att kommunstyrelsen bifaller arbetsutskottets förslag.

Omröstning begärs.

Ja-röst för bifall till arbetsutskottets förslag.
Nej-röst för avslag på förslaget.

Omröstningsresultat
Ledamöter                  Ja      Nej     Avstår
Anna Ek (S)                X
Bo Alm (V)                 X
Karl Ståhl (SD)                    X
Eva Lind (M)                       X
Ida Sten (C)                               X
Gun Ros (S), ordförande    X
Summa                      3       2       1

Kommunstyrelsens beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta
att förvärva fastigheten Almen 3 för 12,4 miljoner kronor, och
att finansiera köpet genom eget kapital.

Reservationer
SD-gruppen och M-gruppen reserverar sig mot beslutet till förmån för avslagsyrkandet.

Särskilt yttrande
Ida Sten (C) lämnar ett särskilt yttrande, bilaga 1.

Protokollsutdrag till
Ekonomienheten

Justerandes sign                    Utdragsbestyrkande

EKMARKA KOMMUN            SAMMANTRÄDESPROTOKOLL                 Sida
Kommunstyrelsen           Sammanträdesdatum                      6 (20)
                          2031-05-06

Ks § 89                   Dnr 2031/211 010

Delegationsbeslut

Kommunstyrelsens beslut
Redovisningen läggs till handlingarna.
_____
"""

COUNCIL = """\
Protokoll
Kommunfullmäktige
2031-06-16

Innehållsförteckning
§ 45/31 Val av justerare	3
§ 46/31 Motion om skolmat (KS/2031:112)	4
§ 47/31 Interpellation om bussar	6

§ 45/31 Val av justerare
Beslut
Kommunfullmäktige utser Anna Ek (S) och Bo Alm (M) att justera protokollet.

§ 46/31 Motion om skolmat (KS/2031:112)
Beslut
Kommunfullmäktige beslutar att motionen är besvarad.

Inlägg
I ärendet yttrar sig Anna Ek (S), Bo Alm (M) och Ida Sten (C).

Förslag till beslut på sammanträdet
Anna Ek (S) och Ida Sten (C) föreslår att motionen ska anses besvarad.
Bo Alm (M), Karl Ståhl (SD) och Kristdemokraterna föreslår bifall till motionen.

Beslutsgång
Ordföranden finner att det finns två förslag och att kommunfullmäktige beslutar enligt kommunstyrelsens förslag. Omröstning begärs.
Följande beslutsgång godkänns:
Ja-röst innebär att motionen besvaras.
Nej-röst innebär bifall till motionen.
Omröstningen utfaller med 25 ja-röster och 25 nej-röster. En ledamot avstår. Ordföranden har utslagsröst och beslutet blir enligt kommunstyrelsens förslag.

Ja-röster: Anna Ek (S), Ida Sten (C)
Nej-röster: Bo Alm (M), Karl Ståhl (SD)

Reservationer
Samtliga ledamöter för M, SD och KD reserverar sig mot beslutet.
Skriftlig reservation lämnas av Bo Alm (M).

Ersättaryttrande
Pia Ros (V) lämnar ett ersättaryttrande.

§ 47/31 Interpellation om bussar
Interpellationen anses besvarad.
"""

COMMITTEE = """\
Protokoll nr 3
Arbetsmarknadsnämnden
Tid: Tisdagen den 18 mars 2031 kl. 16.00–17.10
Plats: Stadshuset

Närvarande
Ledamöter
Anna Ek (S), ordföranden
Bo Alm (M), vice ordföranden
Lisa Ask (V)
Tjänstgörande ersättare
Nils Öst (C) för Ida Sten (L)

§ 5
Svar på motion om sommarjobb
Dnr 1.1-123/2031

Beslut
Arbetsmarknadsnämnden beslutar följande.
1. Motionen avslås.
2. Beslutet justeras omedelbart.

Framlagda förslag till beslut
Följande förslag lades fram till nämnden.
- Ordföranden Anna Ek m.fl. (S) föreslår att nämnden beslutar enligt förvaltningens förslag.
- Vice ordföranden Bo Alm m.fl. (M) och Nils Öst (C) föreslår bifall till motionen.

Beslutsgång
Ordföranden ställer förslagen mot varandra och finner att nämnden beslutar enligt förvaltningens förslag.

Reservation
Vice ordföranden Bo Alm m.fl. (M) och Nils Öst (C) reserverar sig mot beslutet med hänvisning till eget förslag.

Särskilt uttalande
Lisa Ask (V) lämnar ett särskilt uttalande.

§ 6 Budgetuppföljning
Dnr 123/2031

Arbetsmarknadsnämnden beslutar
att godkänna uppföljningen, samt
att överlämna den till kommunstyrelsen.

Reservationer och särskilda yttranden
Moderaterna avser inkomma med en skriftlig reservation.
Sverigedemokraterna reserverar sig mot beslutet.

§ 7 Delegationsärenden
Nämnden lägger redovisningen till handlingarna.

KS § 8 Taxa för sotning
KS/2031:44
Kommunstyrelsen beslutade
att föreslå kommunfullmäktige att anta taxan.
Bo Alm (M), Eva Lind och Karl Ståhl (båda SD) deltog inte i beslutet.
Anna Ek (S) anmälde jäv och deltog varken i överläggning eller beslut.
"""

PLANNING = """\
EKMARKA KOMMUN                          Sammanträdesprotokoll                     Blad
Miljö- och byggnadsnämnden              Sammanträdesdatum                         1
                                        2031-10-07

Plats och tid        Kommunhuset, 13.30 - 15.00

Beslutande           Ulf Ek (C) ordförande
                     Mona Alm (S) 1:e vice ordförande
                     Jan-Erik Dahl (KD), ersättare för Siv Ros (M)

Övriga deltagare     Eva Lind, miljöchef, §§ 80-82

Utses att justera    Mona Alm

                     Paragrafer  §§ 80-82

MBN § 80
Godkännande av dagordning

Miljö- och byggnadsnämndens beslut
Dagordningen godkänns.
________________

EKMARKA KOMMUN                          Sammanträdesprotokoll                     Blad
Miljö- och byggnadsnämnden              Sammanträdesdatum                         2
                                        2031-10-07

MBN § 81                                Dnr MBN 2031-456

Bygglov för enbostadshus, Almen 1:7

Miljö- och byggnadsnämndens beslut
Bygglov beviljas med stöd av 9 kap. 31 § plan- och bygglagen (2010:900).
Avgiften fastställs till 24 500 kronor.

Skäl till beslut
Åtgärden strider inte mot detaljplanen.

Förslag till beslut på mötet
Ulf Ek (C): att bygglov beviljas.
Mona Alm (S): att ansökan avslås.

Beslutsgång
Ordföranden ställer proposition på sitt eget förslag mot Mona Alms förslag och finner att nämnden antar hans förslag.
Omröstning begärs. Ordförandens förslag är huvudförslag.
Den som röstar för ordförandens förslag röstar ja. Den som röstar för Mona Alms förslag röstar nej.
Vid omröstning med 6 ja-röster och 4 nej-röster antar nämnden ordförandens förslag.

Reservation
Mona Alm (S), Pia Strand (S), Tor Holm (V)
och Lis Berg (MP) reserverar sig mot beslutet till förmån för
Mona Alms förslag.

Jäv
Jan-Erik Dahl (KD) anmäler jäv och lämnar lokalen under behandling av ärendet.

MBN § 82                                Dnr MBN 2031-460
Informationsärenden

Nämnden tar del av informationen.
"""

REGION = """\
PROTOKOLL 4/2031
Regionstyrelsen
Tid: den 15 april 2031
Närvarande: Anna Ek (S), ordförande, Bo Alm (M), Ida Sten (L)

§ 61
Patientavgifter 2032
Diarienummer RS 2031-01234

Regionstyrelsens beslut
1.  Regionstyrelsen föreslår regionfullmäktige besluta att fastställa avgifterna.
2.  Regionstyrelsen beslutar för egen del att ge regiondirektören i uppdrag att återkomma senast den 1 oktober 2031.

Reservationer
Bo Alm (M) och Ida Sten (L) reserverar sig mot beslutet i punkt 1.

Deltar ej i beslut
Karl Ståhl (SD)

Särskilda yttranden
V-gruppen lämnar ett särskilt yttrande.

Yrkanden
Bo Alm (M), Ida Sten (L) yrkar avslag på punkt 1 och bifall till punkt 2.
Karl Ståhl (SD) yrkar återremiss.
Anna Ek (S) yrkar avslag på återremissyrkandet och bifall till liggande förslag.

Propositionsordning
Ordföranden ställer först proposition på återremiss och finner att ärendet ska avgöras idag.

Votering
Votering begärs. Ja-röst för liggande förslag, nej-röst för Bo Alms yrkande.
Vid votering avges 8 röster för liggande förslag och 6 röster för Bo Alms yrkande. 1 ledamot avstår.
Regionstyrelsen har således bifallit liggande förslag.
"""


def _paragraph(text: str, number: str) -> Any:
    return next(p for p in parts(text) if p.paragraph == number)


def _of(part: Any, kind: str) -> list[Any]:
    return [record for record in part.records if record.kind == kind]


@pytest.mark.parametrize("text", [BOARD, COUNCIL, COMMITTEE, PLANNING, REGION])
def test_each_form_is_known_as_minutes(text: str) -> None:
    assert minutes.is_minutes(document(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (BOARD, [("88", "2031/210", "Förvärv av fastigheten Almen 3"), ("89", "2031/211", "Delegationsbeslut")]),
        (
            COUNCIL,
            [
                ("45/31", None, "Val av justerare"),
                ("46/31", "KS/2031:112", "Motion om skolmat (KS/2031:112)"),
                ("47/31", None, "Interpellation om bussar"),
            ],
        ),
        (
            COMMITTEE,
            [
                ("5", "1.1-123/2031", "Svar på motion om sommarjobb"),
                ("6", "123/2031", "Budgetuppföljning"),
                ("7", None, "Delegationsärenden"),
                ("8", "KS/2031:44", "Taxa för sotning"),
            ],
        ),
        (
            PLANNING,
            [
                ("80", None, "Godkännande av dagordning"),
                ("81", "MBN 2031-456", "Bygglov för enbostadshus, Almen 1:7"),
                ("82", "MBN 2031-460", "Informationsärenden"),
            ],
        ),
        (REGION, [("61", "RS 2031-01234", "Patientavgifter 2032")]),
    ],
)  # fmt: skip
def test_numbers_cases_and_titles_are_read_in_each_form(
    text: str, found: list[tuple[str, str | None, str]]
) -> None:
    assert [(p.paragraph, p.case_number, p.title) for p in parts(text) if p.paragraph] == found


@pytest.mark.parametrize(
    ("text", "number", "counts"),
    [
        (BOARD, "88", (3, 2, 1)),
        (COUNCIL, "46/31", (25, 25, 1)),
        (PLANNING, "81", (6, 4, None)),
        (REGION, "61", (8, 6, 1)),
    ],
)
def test_votes_are_read_in_each_form(
    text: str, number: str, counts: tuple[int, int, int | None]
) -> None:
    (vote,) = _of(_paragraph(text, number), "vote")
    assert (vote.yes, vote.no, vote.abstain) == counts
    assert vote.yes_means
    assert vote.no_means


@pytest.mark.parametrize(
    ("text", "number", "outcomes"),
    [
        (BOARD, "89", ["antecknad"]),
        (COUNCIL, "47/31", ["besvarad"]),
        (COMMITTEE, "5", ["avslag", "annat"]),
        (COMMITTEE, "6", ["godkänd", "annat"]),
        (COMMITTEE, "7", ["antecknad"]),
        (PLANNING, "82", ["antecknad"]),
        (REGION, "61", ["antagen", "annat"]),
    ],
)
def test_decisions_are_read_in_each_form(text: str, number: str, outcomes: list[str]) -> None:
    assert [d.outcome for d in _of(_paragraph(text, number), "decision")] == outcomes


@pytest.mark.parametrize(
    ("text", "number", "parties"),
    [
        (BOARD, "88", [("SD", "M")]),
        (COUNCIL, "46/31", [("M", "SD", "KD"), ("M",)]),
        (COMMITTEE, "5", [("M", "C")]),
        (COMMITTEE, "6", [("SD",)]),
        (PLANNING, "81", [("S", "V", "MP")]),
        (REGION, "61", [("M", "L")]),
    ],
)
def test_reservations_are_read_in_each_form(
    text: str, number: str, parties: list[tuple[str, ...]]
) -> None:
    assert [r.parties for r in _of(_paragraph(text, number), "reservation")] == parties


@pytest.mark.parametrize(
    ("text", "number", "moved"),
    [
        (BOARD, "88", [("Ordföranden", "bifall"), ("Karl Ståhl", "avslag")]),
        (COUNCIL, "46/31", [("Anna Ek", "annat"), ("Bo Alm", "bifall")]),
        (COMMITTEE, "5", [("Anna Ek", "bifall"), ("Bo Alm", "bifall")]),
        (PLANNING, "81", [("Ulf Ek", "annat"), ("Mona Alm", "avslag")]),
        (
            REGION,
            "61",
            [
                ("Bo Alm", "avslag"), ("Bo Alm", "bifall"), ("Karl Ståhl", "återremiss"),
                ("Anna Ek", "avslag"), ("Anna Ek", "bifall"),
            ],
        ),
    ],
)  # fmt: skip
def test_yrkanden_are_read_in_each_form(
    text: str, number: str, moved: list[tuple[str, str]]
) -> None:
    found = _of(_paragraph(text, number), "yrkande")
    assert [(y.people[0].name, y.stance) for y in found] == moved


def test_a_proposal_inside_a_point_names_the_body_with_the_last_word() -> None:
    first, second = _of(_paragraph(REGION, "61"), "decision")
    assert (first.proposed_to, second.proposed_to) == ("Regionfullmäktige", None)
