"""`beredd eval`: from case files to figures and a report, in one command."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from eval import cases as case_files
from eval import compare, examine, measured, report, report_answers, runs
from eval.answers import LOWER_IS_BETTER
from eval.cases import Case
from eval.corpus import CorpusTexts
from eval.examine import Asked
from eval.metrics import Row, Summary, averaged, summarise, to_json
from eval.opening import Opened, opened, progress_bar
from eval.report_retrieval import CASE_COLUMNS, system_table
from eval.retrieval import score_hits
from eval.tables import figures_table, lines_table
from ingest.errors import BereddError
from ingest.tokens import count

OUT = Path("results")


def main(argv: list[str]) -> int:
    """Runs the command; 1 if a case is refused, a figure is below `--fail-under`, or it failed."""
    args = parser().parse_args(argv)
    if args.compare:
        return _compare(args)
    if not args.cases:
        parser().error("give a case file, or --compare A B")
    floors = [_floor(text) for text in args.fail_under]
    cases = case_files.load(args.cases)
    console = Console(stderr=True)
    with opened(args, cases, console) as found:
        folder, summary = run(args, cases, found, console)
    _print(args, folder)
    return _judged(summary, floors)


def parser() -> argparse.ArgumentParser:
    """The options of `beredd eval`."""
    made = argparse.ArgumentParser(
        prog="beredd eval",
        description="Score the assistant on case files. Writes a folder with the answers, the "
        "scores, a summary and a report.",
    )
    made.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl", help="case files")
    made.add_argument("--index", type=Path, help="the index to ask (default: built from the "
                      "documents beside the case file, else .beredd)")  # fmt: skip
    made.add_argument("--documents", nargs="+", type=Path, metavar="PATH", default=(),
                      help="ingest these and ask about them")  # fmt: skip
    made.add_argument("--out", type=Path, default=OUT, help="where results go (default: results)")
    made.add_argument("--json", action="store_true", help="print the summary as JSON")
    made.add_argument("--answers", type=Path, metavar="FILE",
                      help="score these answers instead of asking")  # fmt: skip
    made.add_argument("--compare", nargs=2, type=Path, metavar=("A", "B"),
                      help="compare two result folders")  # fmt: skip
    made.add_argument("--repeat", type=int, default=1, metavar="N", help="ask N times")
    made.add_argument("--fail-under", action="append", default=[], metavar="METRIC=VALUE",
                      help='exit 1 below this, e.g. right=0.8 or "category vote/right=0.7"; above '
                      "it where lower is better")  # fmt: skip
    made.add_argument("--baselines", action="store_true",
                      help="measure the baselines' retrieval too")  # fmt: skip
    made.add_argument("--judge", action="store_true",
                      help="let the chat model that is set judge the answers as well")  # fmt: skip
    return made


def run(
    args: argparse.Namespace, cases: Sequence[Case], found: Opened, console: Console
) -> tuple[Path, Summary]:
    """Asks, scores and writes; returns the finished folder and its figures."""
    rounds = _rounds(args, cases, found, console)
    scored = [examine.rows(cases, asked.answers, found.texts) for asked in rounds]
    rows = averaged(scored)
    summary = summarise(rows)
    retrieval = _retrieval(cases, rounds[0], found, args, console)
    made_with = runs.settings(
        runs.command_line(),
        cases={file.name: runs.digest(file) for file in args.cases},
        corpus=found.digest,
        documents=len(found.texts.files()),
        subject=dict(found.subject.settings()) if found.subject else {"answers": str(args.answers)},
        repeat=len(rounds),
    )
    more = {"agreement": examine.agreement([asked.answers for asked in rounds])}
    with runs.new(args.out) as made:
        folder = made.work
        examine.write(folder, cases, rounds)
        runs.write_json(folder / "settings.json", made_with)
        runs.write_rows(folder, rows)
        summaries = {"answers": summary} | {f"retrieval {k}": v for k, v in retrieval.items()}
        if args.judge:
            more |= _judge(cases, rounds[0], rows, folder)
        runs.write_summary(folder, "answers", summaries, cases=[f.name for f in args.cases], **more)
        page = report_answers.build(cases, rounds[0], rows, summary, retrieval, made_with)
        (folder / "report.html").write_text(report.render(page), encoding="utf-8")
    if found.index is not None:
        measured.put(found.index, summary, args.cases)
    return made.folder, summary


def _rounds(
    args: argparse.Namespace, cases: Sequence[Case], found: Opened, console: Console
) -> list[Asked]:
    if found.subject is None:
        rounds = examine.read(args.answers)
        for case_id in examine.missing(cases, rounds[0].answers):
            console.print(
                f"{case_id}: no answer in {args.answers}; counted as wrong", style="yellow"
            )
        return rounds
    with progress_bar(console) as bar:
        task = bar.add_task("Asking", total=len(cases) * args.repeat)
        return [
            examine.ask(cases, found.subject, done=lambda: bar.advance(task))
            for _ in range(max(1, args.repeat))
        ]


def _retrieval(
    cases: Sequence[Case], asked: Asked, found: Opened, args: argparse.Namespace, console: Console
) -> dict[str, Summary]:
    """What the passages that were found hold, and with `--baselines` what theirs would."""
    rows = retrieval_rows(cases, asked, found.texts)
    systems = {"Beredd": summarise(rows)} if rows else {}
    if args.baselines:
        from eval.contest import baselines_on_cases

        systems |= baselines_on_cases(cases, found.texts, console)
    return systems


def retrieval_rows(cases: Sequence[Case], asked: Asked, texts: CorpusTexts) -> list[Row]:
    """Retrieval scores of the passages kept with the answers; single answerable questions."""
    return [
        Row(case=case.id, turn=0, category=case.category, lang=case.lang, city=case.city,
            answerable=True, question=case.turns[0].question,
            scores=score_hits(case.turns[0], asked.passages[case.id], texts, count))
        for case in cases
        if not case.is_dialogue and case.turns[0].answerable and case.id in asked.passages
    ]  # fmt: skip


def _judge(
    cases: Sequence[Case], asked: Asked, rows: Sequence[Row], folder: Path
) -> dict[str, Any]:
    from eval.judge import judged, open_model

    verdicts, figures = judged(cases, asked.answers, rows, open_model())
    runs.write_lines(folder / "judge.jsonl", verdicts)
    return {"judge": figures}


def _print(args: argparse.Namespace, folder: Path) -> None:
    summaries = runs.read_summary(folder)
    if args.json:
        figures = to_json(summaries["answers"])
        json.dump({"folder": str(folder), "figures": figures}, sys.stdout, ensure_ascii=False,
                  indent=1)  # fmt: skip
        print()
        return
    console = Console()
    console.print(figures_table(summaries.pop("answers")))
    if summaries:
        found = {name.removeprefix("retrieval "): summary for name, summary in summaries.items()}
        table = system_table(found, CASE_COLUMNS)
        console.print(lines_table("", table.columns, table.rows))
    console.print(f"Report: {folder / 'report.html'}", soft_wrap=True)


def _compare(args: argparse.Namespace) -> int:
    first, second = (runs.read_rows(folder) for folder in args.compare)
    differences = compare.compare(first, second)
    if args.json:
        json.dump(compare.to_json(differences), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    console = Console()
    columns = ["metric", "first", "second", "difference", "p", "n", "won", "lost"]
    console.print(lines_table("", columns, compare.table(differences)))
    for difference in differences:
        if difference.metric in ("right", "evidence@10"):
            console.print(f"{difference.metric}, won: {' '.join(difference.won) or 'none'}")
            console.print(f"{difference.metric}, lost: {' '.join(difference.lost) or 'none'}")
    return 0


def _floor(text: str) -> tuple[str, str, float]:
    """ "category vote/right=0.7" → ("category vote", "right", 0.7). BereddError if it is not so."""
    name, equals, value = text.partition("=")
    group, slash, metric = name.rpartition("/")
    try:
        return (group if slash else "all"), metric.strip(), float(value if equals else "")
    except ValueError:
        raise BereddError(f"--fail-under {text}: write METRIC=VALUE, e.g. right=0.8.") from None


def _judged(summary: Summary, floors: Sequence[tuple[str, str, float]]) -> int:
    """1 if a figure misses its floor, or is not there to be judged."""
    missed = [floor for floor in floors if not _holds(summary, *floor)]
    for group, metric, floor in missed:
        found = summary.get(group, {}).get(metric)
        print(f"beredd eval: {group}/{metric} is {found or 'not measured'}, not {floor}.",
              file=sys.stderr)  # fmt: skip
    return 1 if missed else 0


def _holds(summary: Mapping[str, Any], group: str, metric: str, floor: float) -> bool:
    found = summary.get(group, {}).get(metric)
    if found is None or found.value is None:
        return False
    within: bool = found.value <= floor if metric in LOWER_IS_BETTER else found.value >= floor
    return within
