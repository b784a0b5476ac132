"""`python -m eval lean`: which papers and sections answer which kinds of question, from cases.

For every question with an answer the search's candidates are scored as they are; each kind of
question then gets one figure for each kind of paper and one for each kind of section, so that the
passages which hold the gold come first. What comes of it is measured on cases left out, and the
table for all cases is written as `assistant/leaning.toml` holds it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console

from assistant.assistant import Assistant
from assistant.filters import Filters
from assistant.finding import scored
from assistant.fit import Tuning
from assistant.leaning import ALL, section
from assistant.question import understand
from assistant.windows import window
from eval import cases
from eval.corpus import CorpusTexts, of_documents
from eval.match import same_file
from eval.retrieval import gold_places
from eval.tables import lines_table
from ingest.errors import BereddError

Floats = npt.NDArray[np.float32]
Table = dict[str, dict[str, float]]
"""Kind of question, or `ALL` → kind of paper (or section) → how much it counts."""
Feature = tuple[str, str, str]
"""("paper" or "section", a kind of question or `ALL`, a kind of paper or section)."""
_READ = 60
"""How many candidates of a question are looked at."""
_SHARPNESS = 13.0
"""How much likelier a passage answers that scores 1 more, as a natural logarithm."""
_PULL = 0.1
"""How strongly the figures are drawn to nought."""
_ROUNDS = 60
_FOLDS = 5
_LEAST = 0.02
"""Smaller figures are left out of the table."""
_DEPTHS = (1, 5, 10)
COLUMNS = ("", *(f"{name} @{depth}" for name in ("gold", "leaning") for depth in _DEPTHS))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its candidates, best first.

    Attributes:
        kind: of the question. papers, sections: of each candidate.
        scores: (n,) float32. holds: (gold parts, n), 1 where the candidate's surroundings hold it.
    """

    kind: str
    papers: tuple[str, ...]
    sections: tuple[str, ...]
    scores: Floats
    holds: Floats


@dataclass(frozen=True, slots=True)
class Learned:
    """What kinds of paper and of section count: for all questions, and what a kind of question adds
    to that."""

    paper: Table
    section: Table

    def scores(self, asked: Asked, share: float) -> Floats:
        """The candidates' scores with `share` of what was learned, (n,) float32."""
        gains = [
            sum(
                table.get(kind, {}).get(thing, 0.0)
                for kind in (ALL, asked.kind)
                for table, thing in ((self.paper, paper), (self.section, name))
            )
            for paper, name in zip(asked.papers, asked.sections, strict=True)
        ]
        return asked.scores + share * np.asarray(gains, dtype=np.float32)


def learn(questions: Sequence[Asked]) -> Learned:
    """The table under which passages that hold the gold come first. The same for the same input.

    The loss is the mean of -log of the share that passages with a gold part have of all, as in
    ListNet's top-one likelihood: Cao et al. (2007), "Learning to Rank: From Pairwise Approach to
    Listwise Approach", eq. 4; plus the squares of the weights. A kind of paper has a weight for all
    kinds of question and one for each, so that what few questions tell leans on what all do.
    """
    import torch

    names = sorted({name for asked in questions for name in _features(asked)})
    at = {name: number for number, name in enumerate(names)}
    known = [asked for asked in questions if asked.holds.any()]
    weights = torch.zeros(len(names), requires_grad=True)
    inputs = [
        (
            torch.tensor([[at[name] for name in row] for row in _rows(asked)]),
            torch.from_numpy(asked.scores),
            torch.from_numpy(asked.holds[asked.holds.any(axis=1)]).log(),
        )
        for asked in known
    ]
    parts = sum(len(holds) for *_, holds in inputs)
    steps = torch.optim.LBFGS([weights], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> float:
        steps.zero_grad()
        total = _PULL * (weights**2).sum()
        for rows, scores, holds in inputs:
            likely = _SHARPNESS * (scores + weights[rows].sum(1))
            total = total + (likely.logsumexp(0) - (likely + holds).logsumexp(1)).sum() / parts
        total.backward()  # type: ignore[no-untyped-call]
        return total.item()

    steps.step(loss)  # type: ignore[no-untyped-call]
    found = dict(zip(names, weights.detach().tolist(), strict=True))
    kinds = [ALL, *sorted({asked.kind for asked in known})]
    return Learned(*(_table(found, kinds, which) for which in ("paper", "section")))


def _rows(asked: Asked) -> Iterator[list[Feature]]:
    for paper, name in zip(asked.papers, asked.sections, strict=True):
        things = (("paper", paper), ("section", name))
        yield [(which, kind, thing) for which, thing in things for kind in (ALL, asked.kind)]


def _features(asked: Asked) -> set[Feature]:
    return {name for row in _rows(asked) for name in row}


def _table(found: Mapping[Feature, float], kinds: Sequence[str], which: str) -> Table:
    """The weights of one kind of thing that are worth telling."""
    return {
        kind: {
            thing: round(weight, 2)
            for (what, of, thing), weight in sorted(found.items())
            if what == which and of == kind and abs(weight) >= _LEAST
        }
        for kind in kinds
    }


def found_at(questions: Sequence[Asked], scores: Sequence[Floats]) -> list[float]:
    """The share of the gold parts that the best 1, 5 and 10 candidates hold."""
    shares = []
    for depth in _DEPTHS:
        met = [
            float(asked.holds[:, np.argsort(-score, kind="stable")[:depth]].max(axis=1).mean())
            for asked, score in zip(questions, scores, strict=True)
        ]
        shares.append(sum(met) / max(1, len(met)))
    return shares


def main(argv: list[str]) -> int:
    """Learns, tells what it gives on cases left out, and prints or writes the table."""
    args = _parser().parse_args(argv)
    console = Console()
    questions = [asked for given in args.given for asked in _asked(given)]
    share = Tuning().leaning
    plain = found_at(questions, [asked.scores for asked in questions])
    held: list[Floats] = [asked.scores for asked in questions]
    for fold in range(_FOLDS):
        table = learn([asked for n, asked in enumerate(questions) if n % _FOLDS != fold])
        for n in range(fold, len(questions), _FOLDS):
            held[n] = table.scores(questions[n], share)
    figures = [*plain, *found_at(questions, held)]
    row = [f"{len(questions)} questions, each left out", *(f"{value:.3f}" for value in figures)]
    console.print(lines_table("Gold parts within the best candidates", COLUMNS, [row]))
    text = as_toml(learn(questions), Counter(asked.kind for asked in questions))
    if args.write:
        args.write.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


def as_toml(learned: Learned, asked: Counter[str]) -> str:
    """The table as `assistant/leaning.toml` holds it."""
    lines = [
        "# How much likelier a kind of paper, or a section of one, is to answer a kind of",
        "# question, on the scale of the search's scores. Written by `python -m eval lean`; see",
        "# docs/decisions/0009-search.md. Questions it was learned from: "
        + ", ".join(f"{kind} {count}" for kind, count in sorted(asked.items()))
        + ".",
    ]
    for name, table in (("paper", learned.paper), ("section", learned.section)):
        for kind, gains in table.items():
            if not gains:
                continue
            lines += ["", f"[{name}.{kind}]"]
            lines += [f"{thing} = {gain}" for thing, gain in sorted(gains.items())]
    return "\n".join(lines) + "\n"


def _asked(given: str) -> Iterator[Asked]:
    """The answerable first questions of the case files, over their index: INDEX=CASES,CASES."""
    folder, _, files = given.partition("=")
    if not files:
        raise BereddError(f"{given}: give an index and its case files, as INDEX=CASES.jsonl,…")
    assistant = Assistant.open(Path(folder))
    index = assistant.index
    stored = [one for file in index.entries if (one := index.document(file)) is not None]
    texts = of_documents(one.document for one in stored)
    for case in cases.load([Path(file) for file in files.split(",")]):
        turn = case.turns[0]
        if turn.answerable and turn.gold_any:
            yield _with_candidates(assistant, turn, texts)


def _with_candidates(assistant: Assistant, turn: cases.Turn, texts: CorpusTexts) -> Asked:
    question = understand(turn.question, assistant.index.parties)
    found = scored(assistant.index, assistant.embedder, question, Filters(), Tuning())
    best = sorted(found, key=lambda c: -c.score)[:_READ]
    passages = [candidate.passage for candidate in best]
    seen = [
        window(stored, passage)
        for passage in passages
        if (stored := assistant.index.document(passage.file)) is not None
    ]
    holds = [
        [
            any(
                same_file(place.document.file, one.file)
                and one.start <= place.span.start
                and place.span.end <= one.end
                for place in alternatives
            )
            for one in seen
        ]
        for alternatives in gold_places(turn, texts)
    ]
    return Asked(
        question.kind,
        tuple(passage.kind.value for passage in passages),
        tuple(section(passage) for passage in passages),
        np.asarray([candidate.score for candidate in best], dtype=np.float32),
        np.asarray(holds, dtype=np.float32),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval lean", description=__doc__)
    parser.add_argument(
        "given",
        nargs="+",
        metavar="INDEX=CASES.jsonl,…",
        help="an index, and questions with gold passages about its documents",
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table to this file")
    return parser
