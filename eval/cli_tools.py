"""The tools around `beredd eval`: check, compare, mutate, feedback, results."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from assistant.settings import Settings
from eval import cases as case_files
from eval import checks, cli, corpus, oracle, planting, runs
from eval import feedback as marks
from eval import given as answers_io
from eval import results as page
from eval.collection import beside, texts_of
from eval.corpus import CorpusTexts
from eval.planting import Outcome
from eval.tables import lines_table
from ingest.errors import BereddError
from ingest.tokens import count
from vectorstore.index import open_index

MUTATION_COLUMNS = ("fault", "must be seen by", "planted", "noticed", "before", "after")


def check(argv: list[str]) -> int:
    """`python -m eval check`: refuses bad lines and quotes that are not in the corpus."""
    args = _corpus_parser("check", "Check case files against a corpus.").parse_args(argv)
    cases, refused = case_files.read(args.cases)
    problems = checks.check(cases, _texts(args, cases))
    for line in [*refused, *problems]:
        print(line)
    turns = sum(len(case.turns) for case in cases)
    bad = len(refused) + len(checks.fatal(problems))
    print(f"{len(cases)} cases with {turns} questions, {bad} faults.")
    return 1 if bad else 0


def compare(argv: list[str]) -> int:
    """`python -m eval compare A B`: the same as `beredd eval --compare A B`."""
    return cli.main(["--compare", *argv])


def mutate(argv: list[str]) -> int:
    """`python -m eval mutate`: 1 if a planted fault went unnoticed or a metric cannot fall."""
    parser = _corpus_parser("mutate", "Plant faults in good answers: does each metric notice?")
    parser.add_argument("--answers", type=Path, help="plant in these, not in perfect answers")
    parser.add_argument("--out", type=Path, default=cli.OUT, help="where results go")
    args = parser.parse_args(argv)
    cases = case_files.load(args.cases)
    texts = _texts(args, cases)
    given = answers_io.read(args.answers) if args.answers else oracle.answers(cases, texts)
    outcomes = planting.plant_answers(cases, given, texts)
    outcomes += planting.plant_search(cases, texts, count)
    blind = planting.blind(outcomes)
    rows = [_mutation_row(outcome) for outcome in outcomes]
    with runs.new(args.out) as made:
        runs.write_json(made.work / "settings.json", runs.settings(runs.command_line()))
        table = {"caption": "Faults planted in perfect answers and hits",
                 "columns": list(MUTATION_COLUMNS), "rows": rows}  # fmt: skip
        names = [file.name for file in args.cases]
        runs.write_summary(made.work, "mutations", {}, cases=names, tables=[table], blind=blind)
    Console().print(lines_table("", MUTATION_COLUMNS, rows))
    missed = [f"{o.fault}: {', '.join(o.missed)}" for o in outcomes if o.missed]
    for line in [*missed, *(f"no fault makes {metric} fall" for metric in blind)]:
        print(line)
    return 1 if missed or blind else 0


def feedback(argv: list[str]) -> int:
    """`python -m eval feedback FILE`: draft cases on standard output."""
    parser = argparse.ArgumentParser(
        prog="python -m eval feedback",
        description="Turn what users marked as wrong into draft cases, to be finished by hand.",
    )
    parser.add_argument("file", type=Path, metavar="FEEDBACK.jsonl")
    parser.add_argument("--right", action="store_true", help="drafts of what was right, too")
    args = parser.parse_args(argv)
    try:
        lines = marks.read(args.file)
    except OSError as error:
        raise BereddError(f"{args.file} cannot be read: {error.strerror}.") from error
    for draft in marks.drafts(lines, right=args.right):
        json.dump(draft, sys.stdout, ensure_ascii=False)
        print()
    return 0


def results(argv: list[str]) -> int:
    """`python -m eval results`: docs/results.md from the newest run of every kind."""
    parser = argparse.ArgumentParser(
        prog="python -m eval results", description="Write docs/results.md from result folders."
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="RUN",
                        help="result folders (default: the newest of each kind)")  # fmt: skip
    parser.add_argument("--results", type=Path, default=cli.OUT, help="where the folders lie")
    parser.add_argument("--to", type=Path, default=Path("docs/results.md"))
    args = parser.parse_args(argv)
    folders = args.folders or page.latest(args.results)
    if not folders:
        raise runs.NoRun(f"No finished run in {args.results}. Make one with: beredd eval CASES")
    args.to.parent.mkdir(parents=True, exist_ok=True)
    args.to.write_text(page.document(folders), encoding="utf-8")
    print(f"{args.to}: {len(folders)} runs")
    return 0


def _corpus_parser(name: str, description: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog=f"python -m eval {name}", description=description)
    made.add_argument("cases", nargs="+", type=Path, metavar="CASES.jsonl")
    made.add_argument("--corpus", type=Path, help="the folder that the cases' files lie in")
    made.add_argument("--index", type=Path, help="an index that holds the documents")
    return made


def _texts(args: argparse.Namespace, cases: tuple[case_files.Case, ...]) -> CorpusTexts:
    """The documents of `--index`, of `--corpus`, or of the folder beside the cases."""
    if args.index:
        return texts_of(open_index(args.index, Settings.from_environ().chroma_url))
    folders = (args.corpus,) if args.corpus else beside(args.cases, cases)
    if not folders:
        raise BereddError("Give --corpus DIR or --index DIR: the cases' documents are not beside "
                          "the case files.")  # fmt: skip
    return corpus.of_folders(folders)


def _mutation_row(outcome: Outcome) -> list[str]:
    before, after = (
        "–" if value is None else f"{value:.3f}" for value in (outcome.before, outcome.after)
    )
    return [outcome.fault, ", ".join(outcome.metrics), str(outcome.planted),
            str(outcome.noticed), before, after]  # fmt: skip
