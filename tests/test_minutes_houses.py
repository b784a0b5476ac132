"""Minutes as other municipalities print them: heads of §§, extracts, votes, movers."""

from __future__ import annotations

import pytest

from ingest.parts import Part, PartKind
from ingest.records import Reservation, Vote, Yrkande
from ingest.structure import analyse, minutes
from tests.minutes_text import HEAD, document, paragraph, parts

_UNNAMED = """Sida 1 (5)
Fritidsnämnden 2031-04-16

Plats och tid        Stadshuset den 16 april 2031 kl. 13.00
Beslutande           Anna Ek (S), ordförande
Justerare            Per Alm (M)
Paragrafer           39–40

§ 39
Val av justerare
Beslut
Per Alm (M) utses.

§ 40                 FN 2031/11
Bänkar i parken
Fritidsnämndens beslut
1. Tio bänkar köps in.
2. Kostnaden belastar nämndens ram.
"""
_PAGE = """PROTOKOLLSUTDRAG

EKMARKA KOMMUN        Sammanträdesdatum     Paragraf   Sida
{body}       den {day}        {number}          1 (1)

Paragraf {number}             Diarienummer KS-2031/8
{title}

{body}s beslut

{point}

"""


def _paragraphs(text: str) -> list[Part]:
    return [part for part in analyse(document(text)) if part.kind is PartKind.PARAGRAPH]


def test_minutes_that_do_not_call_themselves_so_tell_who_decided_and_who_adjusts() -> None:
    assert minutes.is_minutes(document(_UNNAMED))
    _, bench = _paragraphs(_UNNAMED)
    assert (bench.title, bench.date) == ("Bänkar i parken", "2031-04-16")
    assert sum(record.kind == "decision" for record in bench.records) == 2
    assert not minutes.is_minutes(document("Kallelse\n" + _UNNAMED))


def test_an_extract_of_several_meetings_gives_each_section_its_own() -> None:
    text = _PAGE.format(
        body="Kommunstyrelsen", day="7 maj 2031", number=6, title="Ny badplats",
        point="Badplatsen byggs.",
    ) + _PAGE.format(
        body="Kommunfullmäktige", day="10 juni 2031", number=14, title="Val till styrelsen",
        point="Anna Ek (S) väljs.",
    )  # fmt: skip
    first, second = _paragraphs(text)
    assert (first.paragraph, first.body, first.date) == ("6", "Kommunstyrelsen", "2031-05-07")
    assert (second.body, second.date) == ("Kommunfullmäktige", "2031-06-10")


def test_the_day_of_a_meeting_stands_on_its_front_and_not_in_its_first_section() -> None:
    text = HEAD + "§ 1\nMeddelande\nSammanträdet den 24 april 2031 ställdes in.\nBeslut\nNoteras.\n"
    assert parts(text)[0].date == "2031-03-12"


@pytest.mark.parametrize(
    "head",
    [
        "§ 7     Dnr KS 2031/00012- 1.1.3\n\nCykelbana\n\n",
        "KF § 7       Dnr 31/KS0012\n\nCykelbana\n\n",
        "§ 7     FN 2031/12, KS 2031/88\nCykelbana\n",
        "§ 7 Cykelbana\nÄrendenummer: Ks 322/2031\nHandläggare: Eva Ek\n\n",
        "§ 7\nCykelbana\n(utl. 2031:4)\nDnr KS 2031/12\n\n",
    ],
)
def test_what_stands_beside_a_title_is_no_part_of_it(head: str) -> None:
    (found,) = _paragraphs(HEAD + head + "Beslut\nMotionen avslås.\n")
    assert (found.paragraph, found.title) == ("7", "Cykelbana")


def test_a_section_that_goes_on_over_the_page_is_one() -> None:
    text = HEAD + (
        "34 §\nBidrag\nBeslut\nBidraget beviljas.\n\n34 § (forts)\n\nOmröstning\n"
        "Med 3 ja-röster mot 4 nej-röster bifalls förslaget.\n\n35 §\nBadet\nBeslut\nNoteras.\n"
    )
    assert [part.paragraph for part in _paragraphs(text)] == ["34", "35"]


@pytest.mark.parametrize(
    ("told", "yes", "no"),
    [
        ("Parti   Ja  Nej  Avstår\nS   14   0   0\nM    0  11   0\nSumma   28   21   0\n", 28, 21),
        ("                 Ja      Nej     Avstår\nS    13\nM          9\nTotalt  23  11  7\n",
         23, 11),
        ("Med 8 röster för ja och 4 för nej hade styrelsen bifallit förslaget.\n", 8, 4),
    ],
)  # fmt: skip
def test_a_vote_is_told_by_the_last_row_of_its_table_or_in_words(
    told: str, yes: int, no: int
) -> None:
    found = paragraph("§ 7\nCykelbana\n\nBeslut\nMotionen avslås.\n\nOmröstning\n" + told)
    (vote,) = [record for record in found.records if isinstance(record, Vote)]
    assert (vote.yes, vote.no) == (yes, no)


def test_a_table_under_the_words_is_the_same_vote() -> None:
    found = paragraph(
        "§ 7\nCykelbana\n\nBeslut\nMotionen avslås.\n\nOmröstning\nNämnden beslutar med 7 ja-röster"
        " mot 3 nej-röster.\n\nLedamot   Ja  Nej  Avstår\nAnna Ek (S)  X\nSumma   7   3   1\n"
    )
    assert sum(isinstance(record, Vote) for record in found.records) == 1


def test_who_joins_a_mover_moves_the_same() -> None:
    found = paragraph(
        "§ 7\nCykelbana\n\nBeslut\nMotionen avslås.\n\nYrkanden\nAnna Ek (M) yrkar, med instämmande"
        " av Per Alm (L) och Siri Lund (KD), avslag på motionen.\n"
    )
    (moved,) = [record for record in found.records if isinstance(record, Yrkande)]
    assert [person.name for person in moved.people] == ["Anna Ek", "Per Alm", "Siri Lund"]
    assert moved.stance == "avslag"


def test_a_proposal_at_the_meeting_is_an_yrkande_without_its_heading() -> None:
    found = paragraph(
        "§ 7\nCykelbana\n\nMonica Ek (S) föreslår bifall till motionen.\n\n"
        "Kommunstyrelsen föreslår kommunfullmäktige besluta\n\natt       avslå motionen.\n\n"
        "Reservation från Monica Ek (S) och Per Alm (S).\n"
    )
    kinds = [type(record) for record in found.records]
    assert {Yrkande, Reservation} <= set(kinds)
    decided = [record.text for record in found.records if record.kind == "decision"]
    assert any("avslå motionen" in text for text in decided)
