"""What a paper's head says: its genre in the running head, its body, and what an audit is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats import read
from ingest.parts import PartKind
from ingest.structure import analyse
from ingest.structure.minutes_text import body_in
from ingest.structure.papers_audits import audited, joined, only_genre

_REPORT = """EKMARKA KOMMUN                                TJÄNSTESKRIVELSE            {page} (2)
Kommunledningskontoret                           2031-03-04
                                                 Dnr KS 2031/0044-3

Handläggare                                      Mottagare
Ada Lind, utredare                               Kommunstyrelsen

Svar på motion från Centerpartiet om lånecyklar vid stationen

Förslag till beslut
Kommunstyrelsen föreslår kommunfullmäktige besluta
1. att avslå motionen.

Sammanfattning
Motionären vill att kommunen ställer ut lånecyklar vid stationen. Kontoret bedömer att det inte
finns plats för dem förrän torget är ombyggt.
"""


def test_a_running_head_that_a_paper_begins_with_says_its_day_and_its_body(tmp_path: Path) -> None:
    paper = tmp_path / "skrivelse.txt"
    paper.write_text(_REPORT.format(page=1) + "\f" + _REPORT.format(page=2)[:170] + "\n\nSlut.\n")

    (part,) = analyse(read(paper, paper.name))

    assert part.kind is PartKind.OFFICIAL_REPORT
    assert part.date == "2031-03-04"
    assert part.title == "Svar på motion från Centerpartiet om lånecyklar vid stationen"
    assert part.body == "Kommunledningskontoret"


@pytest.mark.parametrize(
    "line",
    [
        "Ekmarka kommun · Kommunstyrelsen · 2031-03-04",
        "Ekmarka kommun | Kommunstyrelsen",
        "Ekmarka kommun – Kommunstyrelsen",
        "Ekmarka kommun, Kommunstyrelsen",
        "Ekmarka kommun    Kommunstyrelsen",
    ],
)
def test_a_body_is_known_beside_the_town_and_the_day(line: str) -> None:
    assert body_in(line) == "Kommunstyrelsen"


def test_the_genres_word_alone_is_no_title_of_an_audit() -> None:
    assert only_genre("Revisionsrapport")
    assert only_genre("Rapportsammandrag:")
    assert not only_genre("Granskning av hemtjänsten")


def test_an_audit_is_called_by_what_its_file_is_called() -> None:
    assert (
        audited("Revisionsrapport – granskning av hemtjänsten", "") == "Granskning av hemtjänsten"
    )


def test_an_audit_is_called_by_what_its_first_sentence_says_was_audited() -> None:
    text = "Vi har avslutat en granskning av kommunens inköp av mat. Granskningen visar brister."

    assert audited("Missiv", text) == "Granskning av kommunens inköp av mat"
    assert audited("Missiv", "Härmed överlämnas rapporten.") is None


def test_a_word_that_a_lines_end_divided_is_whole_in_a_title() -> None:
    assert joined("Granskning av krisbe- redskapen") == "Granskning av krisberedskapen"
    assert joined("Vatten- och avlopp") == "Vatten- och avlopp"


_FILE = """Ekmarka kommun
Handling 2031 nr 7
Motion av Siri Lund (V) om bättre skyltar vid gravhögarna

Till kommunfullmäktige

Kommunstyrelsen tillstyrker kansliets förslag och föreslår att kommunfullmäktige beslutar:

Motionen avslås.

Bilaga 1

Kultur

Utdrag ur protokoll
Sammanträdesdatum: 2031-02-05

Yttrande till kommunstyrelsen över motion av Siri Lund (V) om bättre skyltar vid gravhögarna
§ 16, 0029/31

Beslut
{heading}
1. {decider} avstyrker motionen med hänvisning till förvaltningens redovisning.

2. {decider} översänder förvaltningens tjänsteutlåtande som sitt yttrande.

Dag för justering 2031-02-05
"""


@pytest.mark.parametrize(
    ("heading", "decider", "body"),
    [
        ("", "Kulturnämnden", "Kulturnämnden"),
        ("I kulturnämnden", "Nämnden", "Kulturnämnden"),
    ],
)
def test_an_extract_is_of_the_body_whose_decisions_it_tells(
    tmp_path: Path, heading: str, decider: str, body: str
) -> None:
    paper = tmp_path / "handling.txt"
    paper.write_text(_FILE.format(heading=heading, decider=decider))

    extracts = [p for p in analyse(read(paper, paper.name)) if p.kind is PartKind.EXTRACT]

    assert [part.body for part in extracts] == [body]


def test_who_put_a_proposal_is_whom_the_form_names_and_not_who_answers_it(tmp_path: Path) -> None:
    paper = tmp_path / "forslag.md"
    paper.write_text(
        "# Medborgarförslag: Bänkar vid bryggan\n\n**Förslagsställare:** Siri Lund, Tallmo\n\n"
        "Jag föreslår att kommunen ställer ut tre bänkar vid bryggan.\n\n"
        "## Nämndens svar\n\nNämnden bifaller förslaget.\n\n"
        "Ola Ask (M), ordförande\n\nPer Ek, förvaltningschef\n"
    )

    (part,) = analyse(read(paper, paper.name))

    assert [person.name for person in part.authors] == ["Siri Lund"]
