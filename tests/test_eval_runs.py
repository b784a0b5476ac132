"""A whole run: asked, written, rescored, compared, reported; with a scripted subject."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from eval import __main__ as package
from eval import cases, cli, cli_retrieval, cli_tools, examine, report, runs
from eval import results as page
from eval.metrics import Row
from eval.opening import Opened
from eval.subject import Scripted
from ingest.errors import BereddError
from tests.eval_examples import (
    MINUTES,
    answer,
    citation,
    hit,
    line,
    texts,
    unanswerable,
    vote_answer,
    write,
)

QUESTION = "Hur föll omröstningen om badet ut?"
TALK = (
    '{"id": "f1", "lang": "sv", "turns": ['
    '{"question": "Vad kostar badet?", "answerable": true, "facts": [["40"]], '
    '"gold_any": [[{"file": "protokoll.txt", "quote": "avgiften är 40 kronor"}]]}, '
    '{"question": "Och en buss?", "answerable": false}]}'
)


def _subject(text: str = "") -> Scripted:
    fee = answer("40 kronor.", citation("avgiften är 40 kronor"))
    said = answer(text, citation("Motionen avslås.")) if text else vote_answer()
    passages = {QUESTION: [hit("Omröstningen utfaller med 25 Ja mot 14 Nej.", score=0.9)]}
    return Scripted({QUESTION: said, "Vad kostar badet?": fee}, passages)


def _run(folder: Path, *options: str, subject: Scripted | None = None) -> tuple[Path, Any]:
    file = folder / "c.jsonl"
    if not file.exists():
        write(folder, "c.jsonl", line(), unanswerable(), TALK)
    args = cli.parser().parse_args([str(file), "--out", str(folder / "results"), *options])
    found = Opened(texts(), "digest", subject)
    return cli.run(args, cases.load([file]), found, Console(quiet=True))


def _figures(run: Path) -> Any:
    return json.loads((run / "summary.json").read_text("utf-8"))


def test_a_run_is_a_folder_with_everything_in_it(tmp_path: Path) -> None:
    run, summary = _run(tmp_path, subject=_subject())
    assert re.fullmatch(r"\d{8}T\d{6}Z-\w+\+?", run.name)
    names = {file.name for file in run.iterdir()}
    assert names == {"answers.jsonl", "retrieved.jsonl", "scores.jsonl", "settings.json",
                     "summary.json", "report.html"}  # fmt: skip
    assert summary["all"]["right"].value == 1.0
    assert summary["dialogues"]["right"].value == 1.0
    made = json.loads((run / "settings.json").read_text("utf-8"))
    assert made["corpus"] == "digest"
    assert made["packages"]["numpy"]
    assert [path.name for path in (tmp_path / "results").iterdir()] == [run.name]


def test_rescoring_gives_the_same_summary(tmp_path: Path) -> None:
    first, _ = _run(tmp_path, "--repeat", "2", subject=_subject())
    again, _ = _run(tmp_path, "--answers", str(first / "answers.jsonl"))
    assert first != again
    assert _figures(first) == _figures(again)
    assert (first / "answers.jsonl").read_bytes() == (again / "answers.jsonl").read_bytes()


def test_answers_of_the_ask_command_are_scored_without_passages(tmp_path: Path) -> None:
    said = write(tmp_path, "a.jsonl", json.dumps({"id": "e1", **vote_answer()}))
    run, summary = _run(tmp_path, "--answers", str(said))
    assert summary["all"]["right"].value == 0.5
    assert summary["unanswerable"]["right"].value == 0.0, "a missing answer is no declining"
    assert not any(name.startswith("retrieval") for name in _figures(run)["figures"])


@pytest.mark.parametrize("bad", ["{", '{"id": "e1"}', '{"outcome": "answered", "answer": ""}'])
def test_a_file_that_holds_no_answers_is_refused_by_line(tmp_path: Path, bad: str) -> None:
    file = write(tmp_path, "a.jsonl", bad)
    with pytest.raises(BereddError, match=r"a\.jsonl:1"):
        examine.read(file)


def test_repeated_rounds_tell_how_often_the_answer_was_the_same(tmp_path: Path) -> None:
    run, _ = _run(tmp_path, "--repeat", "3", subject=_subject())
    assert _figures(run)["agreement"] == 1.0
    assert (run / "answers-3.jsonl").is_file()


def test_nothing_is_left_of_a_run_that_failed(tmp_path: Path) -> None:
    def half() -> None:
        with runs.new(tmp_path / "results") as made:
            (made.work / "answers.jsonl").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert list((tmp_path / "results").iterdir()) == []


class _Breaks(Scripted):
    """Breaks down on one question."""

    def converse(self, questions: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        if "busskort" in questions[0]:
            raise ZeroDivisionError("oj")
        return super().converse(questions)


def test_a_breakdown_is_wrong_and_the_run_goes_on(tmp_path: Path) -> None:
    run, summary = _run(tmp_path, subject=_Breaks({QUESTION: vote_answer()}))
    assert summary["unanswerable"]["right"].value == 0.0
    assert summary["answerable"]["right"].value == 1.0
    assert "ZeroDivisionError: oj" in (run / "report.html").read_text("utf-8")


def test_nan_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        runs.write_json(tmp_path / "x.json", {"value": float("nan")})


def test_two_runs_in_one_second_keep_apart(tmp_path: Path) -> None:
    folders = [_run(tmp_path, subject=_subject())[0] for _ in range(2)]
    assert folders[0] != folders[1]


def test_a_comparison_names_what_was_won(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worse, _ = _run(tmp_path, subject=_subject("25 röstade ja."))
    better, _ = _run(tmp_path, subject=_subject())
    assert cli.main(["--compare", str(worse), str(better), "--json"]) == 0
    found = {row["metric"]: row for row in json.loads(capsys.readouterr().out)}
    assert found["right"]["won"] == ["e1"]
    assert cli.main(["--compare", str(worse), str(better)]) == 0
    assert "right, won: e1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("floor", "code"),
    [("right=0.5", 0), ("right=1.01", 1), ("forbidden=0", 0), ("false_decline=-1", 1),
     ("category vote/right=1", 0), ("category who/right=0", 1), ("nonsense=1", 1)],
)  # fmt: skip
def test_fail_under_judges_the_figure(tmp_path: Path, floor: str, code: int) -> None:
    _, summary = _run(tmp_path, subject=_subject())
    assert cli._judged(summary, [cli._floor(floor)]) == code


def test_a_floor_that_is_no_floor_is_refused() -> None:
    for text in ("right", "right=high", "=", ""):
        with pytest.raises(BereddError, match="METRIC=VALUE"):
            cli._floor(text)


def test_the_report_holds_failed_cases_and_no_foreign_asset(tmp_path: Path) -> None:
    run, _ = _run(tmp_path, subject=_subject("<script>alert(1)</script> 25 röstade ja."))
    html = (run / "report.html").read_text("utf-8")
    assert "&lt;script&gt;alert" in html
    assert "<script" not in html
    assert "lacks 14" in html
    assert "Omröstningen utfaller med 25 Ja mot 14 Nej." in html
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?!#)""", html)
    assert "http" not in re.sub(r"http-equiv|http://www\.w3\.org/2000/svg", "", html)
    assert "prefers-color-scheme: dark" in html
    assert 'name="viewport"' in html


def test_a_report_of_nothing_is_still_a_page() -> None:
    assert "<h1>Empty</h1>" in report.render(report.Page("Empty", "", []))


def test_results_are_written_from_the_newest_run_of_each_kind(tmp_path: Path) -> None:
    _run(tmp_path, subject=_subject("25."))
    newest, _ = _run(tmp_path, subject=_subject())
    assert page.latest(tmp_path / "results") == [newest]
    target = tmp_path / "docs" / "results.md"
    assert cli_tools.results(["--results", str(tmp_path / "results"), "--to", str(target)]) == 0
    text = target.read_text("utf-8")
    assert "## Answers: c.jsonl" in text
    assert "| right | 1.000 [" in text


def test_an_earlier_runs_systems_stand_beside_what_is_measured_now(tmp_path: Path) -> None:
    def rows(right: float, question: str = "När?") -> list[Row]:
        return [Row(case="1", turn=0, category="t", lang="sv", city="", answerable=True,
                    question=question, scores={"hit@1": right})]  # fmt: skip

    kept = {"t · BM25": rows(0.0), "t · Beredd": rows(0.0), "other · BM25": rows(0.0)}
    lines = [asdict(row) | {"run": name} for name, found in kept.items() for row in found]
    runs.write_lines(tmp_path / "scores.jsonl", lines)
    now = {"t · Beredd": rows(1.0)}
    assert cli_retrieval.beside(tmp_path, now) == {"t · BM25": rows(0.0), **now}
    with pytest.raises(BereddError, match="other questions"):
        cli_retrieval.beside(tmp_path, {"t · Beredd": rows(1.0, "Var?")})


@pytest.mark.parametrize(
    ("command", "kept"),
    [
        ("eval c.jsonl --out /somewhere/r --baselines", "eval c.jsonl --baselines"),
        ("eval c.jsonl --out=/somewhere/r", "eval c.jsonl"),
        ("eval keep --out r mutate c.jsonl --out other", "eval keep mutate c.jsonl"),
        ("eval c.jsonl --out", "eval c.jsonl"),
        ("eval c.jsonl --outer x", "eval c.jsonl --outer x"),
        ("", ""),
    ],
)
def test_the_results_say_what_was_run_and_not_where_it_was_written(command: str, kept: str) -> None:
    assert page._without_out(command.split()) == kept.split()


def test_the_title_of_a_search_says_what_was_searched() -> None:
    figures = {"SweFAQ · BM25": {}, "SweFAQ · Beredd": {}, "t · Beredd": {}}
    assert page._title({"kind": "retrieval", "figures": figures}) == "Retrieval: SweFAQ, t"
    words = {"kind": "retrieval", "figures": {}, "paraphrases": {}}
    assert page._title(words) == "Retrieval: paraphrases"
    assert page._title({"kind": "answers", "cases": ["c.jsonl"]}) == "Answers: c.jsonl"


def test_results_of_nothing_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BereddError, match="Make one with"):
        cli_tools.results(["--results", str(tmp_path)])


def test_the_package_runs_its_tools_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.main([]) == 2
    assert "mutate" in capsys.readouterr().out
    assert package.main(["compare", str(tmp_path), str(tmp_path)]) == 1
    assert "holds no finished run" in capsys.readouterr().err


def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([])
    assert stopped.value.code == 2
    assert isinstance(cli.parser(), argparse.ArgumentParser)


def test_what_a_tool_prints_is_kept_and_shown_in_the_results(tmp_path: Path) -> None:
    out, said = tmp_path / "results", write(tmp_path, "f.jsonl")
    assert package.main(["keep", "--out", str(out), "feedback", str(said)]) == 0
    assert package.main(["keep", "--out", str(out), "nothing"]) == 1
    (run,) = out.iterdir()
    assert _figures(run)["kind"] == "printed"
    assert "```text" in page.section(run)


def test_answers_are_scored_from_the_command_line_with_no_index(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "protokoll.txt").write_text(MINUTES, "utf-8")
    file = write(tmp_path, "c.jsonl", line(), unanswerable())
    declined = {"id": "e2", "outcome": "not_in_documents", "answer": ""}
    said = write(tmp_path, "a.jsonl", json.dumps({"id": "e1", **vote_answer()}),
                 json.dumps(declined))  # fmt: skip
    options = ["--answers", str(said), "--out", str(tmp_path / "results")]
    assert cli.main([str(file), *options, "--json", "--fail-under", "right=1"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"]["all"]["right"]["value"] == 1.0
    assert cli.main([str(file), *options, "--fail-under", "right=1.01"]) == 1
    printed = capsys.readouterr()
    assert "report.html" in printed.out
    assert "all/right is 1.000" in printed.err
