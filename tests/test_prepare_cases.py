"""Cases over time: which papers belong together, in what order, and what each of them says."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from assistant.cli import case as command
from assistant.prepare.cases import Case, case
from assistant.prepare.points import Point, PointKind, of
from assistant.prepare.register import Register
from assistant.prepare.standing import Stage
from ingest.errors import BereddError
from ingest.parts import PartKind, Role
from vectorstore.index import Index

pytest_plugins = ["tests.prepare_fixtures"]


def _case(papers: Index, known: Register, key: str) -> Case:
    found = case(papers, known, key)
    assert found is not None
    return found


def test_a_case_goes_from_the_motion_to_the_decision_by_date(
    papers: Index, known: Register
) -> None:
    found = _case(papers, known, "KS/2025/31")
    dates = [paper.date for paper in found.papers if paper.date]
    assert dates == sorted(dates)
    assert found.papers[0].kind is PartKind.MOTION
    assert found.papers[-1].body == "Kommunfullmäktige"
    assert of(found.papers[0].points, PointKind.DEMAND)
    assert of(found.papers[-1].points, PointKind.DECISION)


def test_every_point_of_every_case_is_the_words_at_its_span(papers: Index, known: Register) -> None:
    for entry in known.entries:
        for paper in _case(papers, known, entry.key).papers:
            for source in (paper.source, *(point.source for point in paper.points)):
                stored = papers.document(source.file)
                assert stored is not None
                assert stored.document.text[source.start : source.end] == source.quote
                assert source.quote.strip()


def test_a_decision_that_only_proposes_is_never_shown_as_a_decision(
    papers: Index, known: Register
) -> None:
    found = _case(papers, known, "KS/2025/31")
    board = next(p for p in found.papers if p.body == "Kommunstyrelsen" and p.paragraph)
    proposed = of(board.points, PointKind.PROPOSED)
    assert [(p.outcome, p.to, p.source.role) for p in proposed] == [
        ("avslag", "Kommunfullmäktige", Role.PROPOSAL)
    ]
    assert not of(board.points, PointKind.DECISION)


def test_roles_of_points_follow_from_their_kind_alone(papers: Index, known: Register) -> None:
    points: list[Point] = [
        point
        for entry in known.entries
        for paper in _case(papers, known, entry.key).papers
        for point in paper.points
    ]
    assert {p.source.role for p in of(points, PointKind.YRKANDE)} == {Role.PROPOSAL}
    assert {p.source.role for p in of(points, PointKind.DECISION)} == {Role.DECISION}
    assert {p.source.role for p in of(points, PointKind.RESERVATION)} == {Role.RESERVATION}


@pytest.mark.parametrize("wanted", ["KS 2025/31", "ks-2025-31", "Dnr KS 2025/31", "2025/31"])
def test_a_case_number_is_found_however_it_is_written(known: Register, wanted: str) -> None:
    assert [entry.key for entry in known.search(wanted)] == ["KS/2025/31"]


def test_words_find_a_case_in_any_inflection(known: Register) -> None:
    assert known.search("markanvisningar")[0].key == "KS/2025/12"
    assert not known.search("rymdfärd")


def test_a_title_that_names_a_case_belongs_to_it_too(papers: Index, known: Register) -> None:
    bodies = {paper.body for paper in _case(papers, known, "KS/2025/31").papers}
    assert "Barn- och utbildningsnämnden" in bodies


def test_all_papers_of_a_case_file_belong_to_its_case_whoever_numbered_them(
    papers: Index, known: Register
) -> None:
    found = _case(papers, known, "KS/2025/36")
    numbers = {number for paper in found.papers for number in paper.numbers}
    assert {"KS 2025/36", "KN 2025/3"} <= numbers


def test_a_paper_without_a_date_has_the_only_date_of_its_file(
    papers: Index, known: Register
) -> None:
    found = _case(papers, known, "KS/2025/31")
    report = [p for p in found.papers if p.file == "tjansteskrivelse-sommarsimkort.docx"]
    assert {paper.date for paper in report} == {"2025-03-12"}


def test_chapters_that_decide_nothing_are_one_paper(papers: Index, known: Register) -> None:
    found = _case(papers, known, "KS/2024/260")
    files = [paper.file for paper in found.papers]
    assert files.count("reglemente-kulturnamnden.docx") == 1


@pytest.mark.parametrize(
    ("key", "stage", "outcome"),
    [
        ("KS/2025/31", Stage.DECIDED, "bifall"),
        ("KS/2025/12", Stage.RETURNED, "återremiss"),
        ("KS/2025/77", Stage.POSTPONED, "bordläggning"),
        ("BUN/2025/23", Stage.PROPOSED, None),
        ("KS/2025/81", Stage.OPEN, None),
    ],
)
def test_a_case_stands_where_its_latest_decision_left_it(
    known: Register, key: str, stage: Stage, outcome: str | None
) -> None:
    entry = known.entry(key)
    assert entry is not None
    assert (entry.standing.stage, entry.standing.outcome) == (stage, outcome)
    assert (entry.standing.source is None) == (stage is Stage.OPEN)


def test_the_register_has_the_latest_case_first_and_each_case_once(known: Register) -> None:
    assert len({entry.key for entry in known.entries}) == len(known.entries)
    assert all((a.last or "") >= (b.last or "") for a, b in pairwise(known.entries))


def test_the_command_prints_a_case_as_data(
    papers: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["KS 2025/31", "--json", "--index", str(papers.folder)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["number"] == "KS 2025/31"
    assert printed["course"][0]["kind"] == "motion"
    source = printed["course"][0]["points"][0]["source"]
    assert {"file", "page", "start", "end", "quote"} <= set(source)


def test_the_command_asks_back_where_a_name_means_several_cases(
    papers: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["sommarsimkort", "--index", str(papers.folder)]) == 1
    shown = capsys.readouterr().out
    assert "KS 2025/31" in shown
    assert "BUN 2025/30" in shown
    with pytest.raises(BereddError, match="beredd case"):
        command.main(["rymdfärd", "--index", str(papers.folder)])
