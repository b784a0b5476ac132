"""Forms of smaller towns' papers: reports under a letterhead, numbered advice, columns of hands."""

from __future__ import annotations

from ingest.formats import read_source
from ingest.formats.source import Source
from ingest.parts import Part, PartKind
from ingest.records import Demand
from ingest.structure import analyse

_REPORT = """EKMARKA KOMMUN                                      TJÄNSTESKRIVELSE
Kommunledningsförvaltningen                         Datum 2031-03-04
Sofia Kall, utredare                                Dnr KS 2031/0431

                                                    Kommunstyrelsen

Svar på motion om isbana på torget

Förvaltningens förslag till beslut

Kommunstyrelsen föreslår kommunfullmäktige besluta

1. att motionen anses besvarad, samt
2. att en isbana spolas på försök.

Sammanfattning

Vänsterpartiet föreslår i en motion att en isbana spolas på torget.
"""
_ADVICE = """Revisionsrapport

Granskning av vinterväghållningen

Ekmarka kommun

3. Rekommendationer

Vi rekommenderar samhällsbyggnadsnämnden att

R1. säkerställa att avtalen har viten, samt
R2. införa kvalitetskontroller.

Vi rekommenderar kommunstyrelsen att

R3. stärka uppsikten.

Ekmarka den 17 februari 2031
"""
_ADDED = """# Tilläggsyrkande

**Moderaterna i Ekmarka**
2031-04-07
Kommunstyrelsens sammanträde 2031-04-08, ärende 4

## Svar på motion om isbana på torget

En bana som ingen har räknat på är ingen bana.

Vi yrkar, utöver förvaltningens förslag till beslut,

1. **att** föreningar ska få spola banan mot en ersättning,
2. **att** försöket ska utvärderas efter en säsong.

Per Ek (M)
"""
_COLUMNS = """INITIATIVÄRENDE

Kommunstyrelsens sammanträde 2031-02-10
Dnr KS 2031/0033

Vänsterpartiet och Bygdelistan

Följ upp bussarna till Norrhult

Vi föreslår att kommunstyrelsen beslutar

att räkna resenärerna på bussarna.

Ekmarka den 2 februari 2031

För Vänsterpartiet                   För Bygdelistan
Siri Lund                            Håkan Tjäder
"""
_E_PROPOSAL = """# E-förslag nr 17: Låt elljuset vid Hällmyr lysa längre

Ekmarka kommun · Fritidsnämnden · Dnr FN 2031/0063

## Förslaget

Publicerat: 2031-10-21
Förslagsställare: Jenny Kall, Ekmarka

Jag vill att

1. belysningen är tänd till klockan 23,
2. lamporna lagas före jul.
"""


def _parts(text: str) -> tuple[Part, ...]:
    suffix = "md" if text.startswith("#") else "txt"
    return analyse(read_source(Source(file=f"paper.{suffix}", data=text.encode())))


def _demands(part: Part) -> list[str]:
    return [record.text for record in part.records if isinstance(record, Demand)]


def _one(text: str, kind: PartKind) -> Part:
    (part,) = [part for part in _parts(text) if part.kind is kind]
    return part


def test_the_title_below_the_addressee_is_the_reports_own() -> None:
    (report,) = _parts(_REPORT)
    assert report.kind is PartKind.OFFICIAL_REPORT
    assert report.title == "Svar på motion om isbana på torget"
    assert len(_demands(report)) == 2


def test_advice_that_is_numbered_with_a_letter_is_read_for_each_body() -> None:
    told = [
        (record.number, record.lead_in or "")
        for part in _parts(_ADVICE)
        for record in part.records
        if isinstance(record, Demand)
    ]
    assert [number for number, _ in told] == ["1", "2", "3"]
    assert "kommunstyrelsen" in told[-1][1]
    assert "kommunstyrelsen" not in told[0][1]


def test_points_below_a_lead_that_ends_in_a_comma_are_read() -> None:
    added = _one(_ADDED, PartKind.YRKANDE)
    assert len(_demands(added)) == 2


def test_a_party_that_is_not_known_gives_its_column_to_no_other() -> None:
    signed = {author.name: author.party for author in _one(_COLUMNS, PartKind.INITIATIVE).authors}
    assert signed == {"Siri Lund": "V", "Håkan Tjäder": None}


def test_an_e_proposal_has_the_title_after_its_number() -> None:
    proposal = _one(_E_PROPOSAL, PartKind.INITIATIVE)
    assert proposal.title == "Låt elljuset vid Hällmyr lysa längre"
    assert [author.name for author in proposal.authors] == ["Jenny Kall"]
