"""`python -m eval retrieval`: every search system on case files and on plain question sets."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from rich.console import Console

from assistant.settings import Settings
from eval import cases as case_files
from eval import qasets, report, report_retrieval, runs
from eval.collection import texts_of
from eval.contest import BASELINES, entrants, on_cases, on_set
from eval.metrics import Row, Summary, summarise, to_json
from eval.opening import index_folder
from eval.paraphrases import agreement, read_groups
from eval.report_retrieval import CASE_COLUMNS, SEPARATOR, SET_COLUMNS, by_set, system_table
from eval.tables import lines_table
from ingest.errors import BereddError
from vectorstore.index import open_index

SYSTEMS = ("Beredd", *BASELINES)
Results = dict[str, list[Row]]
"""Set and system → rows."""


def main(argv: list[str]) -> int:
    """Runs the contest, prints a table a set, and writes a result folder."""
    args = parser().parse_args(argv)
    if not (args.cases or args.qa or args.paraphrases):
        parser().error("give case files, --qa DIR or --paraphrases FILE")
    console = Console(stderr=True)
    results = _on_cases(args, console) | _on_sets(args, console)
    if args.beside:
        results = beside(args.beside, results)
    more = {"paraphrases": _paraphrases(args, console)} if args.paraphrases else {}
    summaries = {name: summarise(rows) for name, rows in results.items()}
    earlier = {"beside": runs.read_json(args.beside, "settings.json")} if args.beside else {}
    made_with = runs.settings(runs.command_line(), systems=list(args.systems), **earlier)
    with runs.new(args.out) as made:
        runs.write_json(made.work / "settings.json", made_with)
        rows = [asdict(row) | {"run": name} for name, rows in results.items() for row in rows]
        runs.write_lines(made.work / "scores.jsonl", rows)
        runs.write_summary(made.work, "retrieval", summaries, **more)
        page = report_retrieval.build(summaries, made_with)
        (made.work / "report.html").write_text(report.render(page), encoding="utf-8")
    if args.json:
        figures = {name: to_json(summary) for name, summary in summaries.items()}
        json.dump({"folder": str(made.folder), "figures": figures, **more}, sys.stdout,
                  ensure_ascii=False, indent=1)  # fmt: skip
        print()
        return 0
    _print(summaries, more, made.folder)
    return 0


def parser() -> argparse.ArgumentParser:
    """The options of `python -m eval retrieval`."""
    made = argparse.ArgumentParser(
        prog="python -m eval retrieval",
        description="Measure Beredd's search and the baselines beside it.",
    )
    made.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl", help="case files")
    made.add_argument("--qa", type=Path, metavar="DIR", help="a folder of question → passage sets")
    made.add_argument("--sets", nargs="+", metavar="NAME", help="only these sets of --qa")
    made.add_argument("--paraphrases", type=Path, metavar="FILE",
                      help="the same question in other words, JSONL")  # fmt: skip
    made.add_argument("--systems", nargs="+", choices=SYSTEMS, default=SYSTEMS, metavar="NAME",
                      help=f"of {', '.join(SYSTEMS)} (default: all)")  # fmt: skip
    made.add_argument("--beside", type=Path, metavar="RUN",
                      help="take the other systems' figures from an earlier run")  # fmt: skip
    made.add_argument("--index", type=Path, help="the index to search")
    made.add_argument("--documents", nargs="+", type=Path, default=(), metavar="PATH")
    made.add_argument("--out", type=Path, default=Path("results"))
    made.add_argument("--json", action="store_true", help="print the figures as JSON")
    return made


def beside(run: Path, measured: Results) -> Results:
    """What was measured, after the systems of an earlier run on the same questions.

    The baselines do not change with the product: after a change only the product is asked again.
    BereddError where the earlier run asked other questions.
    """
    earlier: Results = {}
    for line in runs.read_lines(run / "scores.jsonl"):
        earlier.setdefault(line.pop("run"), []).append(Row(**line))
    asked = {name.rpartition(SEPARATOR)[0]: _questions(rows) for name, rows in measured.items()}
    taken: Results = {}
    for name, rows in earlier.items():
        of = name.rpartition(SEPARATOR)[0]
        if of in asked and name not in measured:
            if asked[of] != _questions(rows):
                raise BereddError(f"{run} asked other questions of {of}: run without --beside.")
            taken[name] = rows
    return taken | measured


def _questions(rows: Sequence[Row]) -> list[str]:
    return [row.question for row in rows]


def _on_cases(args: argparse.Namespace, console: Console) -> Results:
    if not args.cases:
        return {}
    cases = case_files.load(args.cases)
    settings = Settings.from_environ()
    folder = index_folder(args, cases, settings, console)
    index = open_index(folder, settings.chroma_url)
    texts = texts_of(index)
    label = "+".join(file.stem for file in args.cases)
    results: Results = {}
    if "Beredd" in args.systems:
        from eval.product import Beredd

        product = Beredd.open(replace(settings, index=folder))
        results[f"{label}{SEPARATOR}Beredd"] = on_cases(product, cases, texts, console)
    wanted = [name for name in args.systems if name in BASELINES]
    documents = [d for file in texts.files() if (d := texts.document(file)) is not None]
    for entrant in entrants(documents, texts_are_passages=False, names=wanted):
        rows = on_cases(entrant.make(), cases, texts, console)
        results[f"{label}{SEPARATOR}{entrant.name}"] = rows
    return results


def _on_sets(args: argparse.Namespace, console: Console) -> Results:
    if not args.qa:
        return {}
    results: Results = {}
    for qa in qasets.load(args.qa):
        if args.sets and qa.name not in args.sets:
            continue
        found = on_set(qa, console, Settings.from_environ(), args.systems, args.out)
        for name, rows in found.items():
            results[f"{qa.name}{SEPARATOR}{name}"] = rows
    return results


def _paraphrases(args: argparse.Namespace, console: Console) -> Mapping[str, object]:
    """How often the same question in other words brings the same passage, by the product."""
    from eval.product import Beredd

    settings = Settings.from_environ()
    folder = index_folder(args, (), settings, console)
    product = Beredd.open(replace(settings, index=folder))
    return asdict(agreement(product, read_groups(args.paraphrases)))


def _print(summaries: Mapping[str, Summary], more: Mapping[str, object], folder: Path) -> None:
    console = Console()
    for name, systems in by_set(summaries).items():
        columns = (
            CASE_COLUMNS if "evidence@5" in next(iter(systems.values()))["all"] else (SET_COLUMNS)
        )
        table = system_table(systems, columns)
        console.print(lines_table(name, table.columns, _strings(table.rows)))
    for name, value in more.items():
        console.print(f"{name}: {value}")
    console.print(f"Report: {folder / 'report.html'}", soft_wrap=True)


def _strings(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(row) for row in rows]
