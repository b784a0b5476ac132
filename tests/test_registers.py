"""Registers: papers that name many matters and tell of none."""

from __future__ import annotations

import pytest

from assistant.finding import Candidate, _meant
from assistant.question import understand
from assistant.registers import names_register, registers
from ingest.parts import PartKind, Role
from ingest.passages import Passage

CAME_IN = "Efter sammanträdet den 3 maj har följande motioner och skrivelser inkommit."
TITLE = "Motion av Siv Alm (V) om fria bad"


def _passage(
    text: str, part: str = "p1", *, kind: PartKind = PartKind.PARAGRAPH, title: str = "§ 4"
) -> Passage:
    return Passage(
        file="kf.txt", part=part, kind=kind, role=Role.INFORMATION, document="kf", title=title,
        start=0, end=len(text), text=text, clean=text,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        CAME_IN,
        f"{TITLE}\nInterpellation av Bo Ek (M) angående taxan",
        f"2023-05-04\n\n{TITLE}",
        "Bo Ek (M) anmäler jäv:\nParagraf 705, Enskilda vägar\nParagraf 725, Överklagan",
    ],
)
def test_a_list_of_other_papers_is_a_register(text: str) -> None:
    assert registers([_passage(text)]) == {("kf.txt", "p1")}


def test_one_passage_tells_of_its_whole_part() -> None:
    found = [_candidate(CAME_IN), _candidate(TITLE), _candidate("Motionen avslås.", "p2")]
    assert _meant(understand(TITLE), found) == found[2:]


def test_an_appendix_of_votes_is_a_register() -> None:
    votes = _passage("Ärendemening: fria bad. Antal ja: 40", kind=PartKind.APPENDIX)
    assert registers([votes])


@pytest.mark.parametrize("kind", [PartKind.MOTION, PartKind.PARAGRAPH])
def test_a_paper_that_begins_with_its_own_title_is_none(kind: PartKind) -> None:
    assert not registers([_passage(f"{TITLE}\n\nBarn ska få bada.", kind=kind)])


def test_a_question_may_mean_a_register() -> None:
    found = [_candidate(CAME_IN), _candidate("Motionen avslås.", "p2")]
    for text in ("Vilka motioner hade kommit in?", "Förteckning över anmälningsärenden"):
        assert _meant(understand(text), found) == found
    assert not names_register(TITLE)


def _candidate(text: str, part: str = "p1") -> Candidate:
    return Candidate(_passage(text, part), score=0.5)
