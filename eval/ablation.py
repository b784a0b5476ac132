"""`python -m eval ablate`: what each part of the search gives, by leaving it out.

Every weight of the search's tuning is set to nought in turn. A part that gives nothing should go.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console

from assistant.assistant import Assistant
from assistant.finding import EmbedsQueries
from assistant.fit import Tuning
from assistant.question import understand
from assistant.search import search
from assistant.settings import Settings
from eval import cases as case_files
from eval import compare, report, report_retrieval, runs
from eval.collection import texts_of
from eval.contest import on_cases
from eval.metrics import Row, summarise
from eval.opening import index_folder
from eval.product import retrieved
from eval.report_retrieval import SEPARATOR
from eval.subject import Retrieved
from eval.tables import lines_table

WHOLE = "Beredd"
MEASURED = ("evidence@5", "evidence@10", "hit@1", "mrr")
COLUMNS = ("system", *MEASURED, "p (evidence@10)", "won", "lost")


class Tuned:
    """The product's search with another tuning."""

    def __init__(self, name: str, assistant: Assistant, tuning: Tuning) -> None:
        self.name = name
        self._assistant = assistant
        self._tuning = tuning

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """The windows of the best hits under this tuning."""
        hits = search(self._assistant.index, self._assistant.embedder, understand(question), k,
                      tuning=self._tuning)  # fmt: skip
        return [retrieved(hit) for hit in hits]


class Once:
    """An embedder of questions that embeds each of them once."""

    def __init__(self, embedder: EmbedsQueries) -> None:
        self._embedder = embedder
        self._known: dict[str, npt.NDArray[np.float32]] = {}

    def query(self, text: str) -> npt.NDArray[np.float32]:
        """The question's vector."""
        if text not in self._known:
            self._known[text] = self._embedder.query(text)
        return self._known[text]


def variants(whole: Tuning) -> Iterator[tuple[str, Tuning]]:
    """The tuning as it is, without each of its parts, and with words or meaning alone."""
    yield WHOLE, whole
    yield "words alone", replace(whole, lexical=1.0)
    yield "meaning alone", replace(whole, lexical=0.0)
    for field in fields(whole):
        if field.name != "lexical" and getattr(whole, field.name):
            yield f"without {field.name}", replace(whole, **{field.name: 0.0})
    bare = {field.name: 0.0 for field in fields(whole) if field.name != "lexical"}
    yield "without all of these", replace(whole, **bare)


def main(argv: list[str]) -> int:
    """Measures every variant on the cases, prints a table and writes a result folder."""
    args = _parser().parse_args(argv)
    cases = case_files.load(args.cases)
    console = Console(stderr=True)
    settings = Settings.from_environ()
    folder = index_folder(args, cases, settings, console)
    assistant = Assistant.open(replace(settings, index=folder))
    assistant = replace(assistant, embedder=Once(assistant.embedder))
    texts = texts_of(assistant.index)
    rows = {
        name: on_cases(Tuned(name, assistant, tuning), cases, texts, console)
        for name, tuning in variants(Tuning())
    }
    label = "+".join(file.stem for file in args.cases) + ", each part left out"
    summaries = {f"{label}{SEPARATOR}{name}": summarise(found) for name, found in rows.items()}
    made_with = runs.settings(runs.command_line(), tuning=asdict(Tuning()))
    with runs.new(args.out) as made:
        runs.write_json(made.work / "settings.json", made_with)
        lines = [asdict(row) | {"run": name} for name, found in rows.items() for row in found]
        runs.write_lines(made.work / "scores.jsonl", lines)
        runs.write_summary(made.work, "retrieval", summaries)
        page = report_retrieval.build(summaries, made_with)
        (made.work / "report.html").write_text(report.render(page), encoding="utf-8")
    Console().print(lines_table(label, COLUMNS, _table(rows)))
    return 0


def _table(rows: dict[str, list[Row]]) -> list[list[str]]:
    """Each variant beside the whole; p and the cases won and lost are those of evidence@10."""
    lines: list[list[str]] = []
    for name, found in rows.items():
        differences = {d.metric: d for d in compare.compare(rows[WHOLE], found)}
        deep = differences["evidence@10"]
        figures = [f"{differences[metric].second:.3f}" for metric in MEASURED]
        judged = ["", "", ""] if name == WHOLE else [f"{deep.p:.3f}", str(len(deep.won)),
                                                     str(len(deep.lost))]  # fmt: skip
        lines.append([name, *figures, *judged])
    return lines


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval ablate", description="What each part of the search gives."
    )
    made.add_argument("cases", nargs="+", type=Path, metavar="CASES.jsonl")
    made.add_argument("--index", type=Path, help="the index to search")
    made.add_argument("--documents", nargs="+", type=Path, default=(), metavar="PATH")
    made.add_argument("--out", type=Path, default=Path("results"))
    return made
