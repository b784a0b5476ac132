"""The real papers, where they are at hand: exact in every format, and measured on a sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import reading_casefiles as measure
from ingest.errors import ReadError
from ingest.formats import read
from ingest.parts import Part, PartKind, Role
from ingest.structure import papers

pytestmark = pytest.mark.corpus
FORMATS = ("doc", "docx", "html", "odt", "pdf", "rtf")


def part_of(path: Path) -> Part:
    try:
        found = papers.parts(read(path, path.name))
    except ReadError as error:
        pytest.skip(f"{path.name} cannot be read here: {error}")
    assert len(found) == 1
    return found[0]


def alternatives(shared: Path) -> list[Path]:
    corpus = shared / "corpus"
    made = [corpus / "formats" / f"alternativt-forslag.{suffix}" for suffix in FORMATS]
    return [next((corpus / "boras").glob("000_*.txt")), *made]


def initiatives(shared: Path) -> list[Path]:
    corpus = shared / "corpus"
    made = [corpus / "formats" / f"initiativarende.{suffix}" for suffix in FORMATS]
    return [next((corpus / "boras").glob("001_*.txt")), *made]


@pytest.mark.parametrize("at", range(len(FORMATS) + 1))
def test_the_alternative_proposal_is_read_exactly_from_every_format(shared: Path, at: int) -> None:
    part = part_of(alternatives(shared)[at])
    assert (part.kind, part.role) == (PartKind.ALTERNATIVE_PROPOSAL, Role.PROPOSAL)
    assert [person.party for person in part.authors] == ["M", "KD"]
    assert part.parties == ("Allianspartierna", "M", "KD")
    demands = [r for r in part.records if r.kind == "demand"]
    assert [r.emphasised for r in demands] == [False, False, False, True]
    assert all(r.lead_in and r.lead_in.endswith("så att") for r in demands)
    assert [r.target for r in part.records if r.kind == "reference"] == ["KS/2017/535"]
    assert len([r for r in part.records if r.kind == "definition"]) == 2


@pytest.mark.parametrize("at", range(len(FORMATS) + 1))
def test_the_initiative_is_read_exactly_from_every_format(shared: Path, at: int) -> None:
    part = part_of(initiatives(shared)[at])
    assert (part.kind, part.role) == (PartKind.INITIATIVE, Role.PROPOSAL)
    assert part.date == "2023-02-20"
    assert [person.party for person in part.authors] == ["V", "V"]
    assert len([r for r in part.records if r.kind == "demand"]) == 1
    dates = {(r.meaning, r.date) for r in part.records if r.kind == "date"}
    assert dates == {("meeting", "2023-02-20"), ("adopted", "2022-03-14")}
    decision = next(r for r in part.records if r.kind == "decision")
    assert (decision.outcome, decision.decider) == ("antagen", "Kommunfullmäktige")


@pytest.mark.slow
def test_the_labelled_sample_is_read_as_well_as_promised(shared: Path) -> None:
    reader = measure.Reader(shared / "corpus")
    for which in ("a", "b"):
        scores = measure.score_parts(reader, which)
        assert scores[f"boundaries ({which})"].f1 >= 0.95
        assert scores[f"kinds ({which})"].precision >= 0.97
    records = measure.score_records(reader)
    assert records["demands"].precision >= 0.97
    assert records["demands"].recall >= 0.97
    assert records["authors"].f1 >= 0.98
