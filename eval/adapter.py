"""`python -m eval adapt`: what a small adapter would give, on texts that it has not seen.

The adapter is one matrix: a question's vector q becomes q + qM, brought to length 1; the texts'
vectors stay as they are, so that an index need not be made anew. It is trained on pairs of a title
and its text. docs/decisions/0006-adapter.md tells what came of it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.console import Console

from eval import baselines, qasets
from eval.qasets import QaSet
from eval.tables import lines_table
from eval.vectors import Remembered
from ingest.errors import BereddError
from vectorstore.weights import cache_folder

Vectors = npt.NDArray[np.float32]
COLUMNS = ("trained on", "measured on", "n", "hit@1", "hit@5", "adapted @1", "adapted @5")
_TEMPERATURE = 0.02
_PULL = 0.05
"""How strongly the matrix is drawn to nought."""
_BATCH = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Questions or titles, texts, and which texts belong to which question.

    Attributes:
        questions, texts: (n, d) and (m, d) float32, L2-normalised.
        gold: for each question the rows of `texts`.
    """

    questions: Vectors
    texts: Vectors
    gold: tuple[tuple[int, ...], ...]

    def some(self, rows: Sequence[int]) -> Pairs:
        """Some of the questions, over the same texts."""
        return Pairs(questions=self.questions[list(rows)], texts=self.texts,
                     gold=tuple(self.gold[row] for row in rows))  # fmt: skip

    def over(self, wanted: Sequence[int]) -> Pairs:
        """The same questions over those texts alone; each of them keeps at least one."""
        at = {row: number for number, row in enumerate(wanted)}
        gold = tuple(tuple(at[row] for row in rows if row in at) for rows in self.gold)
        return Pairs(questions=self.questions, texts=self.texts[list(wanted)], gold=gold)


def train(pairs: Pairs, *, epochs: int = 20, rate: float = 1e-3, seed: int = 0) -> Vectors:
    """The matrix M, (d, d) float32: the mean of the last steps'. The same for the same pairs.

    Every text is a negative of every other's title: InfoNCE, van den Oord et al. (2018),
    "Representation Learning with Contrastive Predictive Coding", eq. 4.
    """
    import torch

    generator = torch.Generator().manual_seed(seed)
    questions, texts = torch.from_numpy(pairs.questions), torch.from_numpy(pairs.texts)
    matrix = torch.zeros(texts.shape[1], texts.shape[1], requires_grad=True)
    steps = torch.optim.Adam([matrix], lr=rate)
    kept, weight = torch.zeros_like(matrix), 0.0
    for _ in range(epochs):
        order = torch.randperm(len(questions), generator=generator)
        for rows in torch.split(order, _BATCH):
            right = torch.zeros(len(rows), len(texts), dtype=torch.bool)
            for number, row in enumerate(rows.tolist()):
                right[number, list(pairs.gold[row])] = True
            moved = questions[rows] + questions[rows] @ matrix
            likeness = torch.nn.functional.normalize(moved, dim=1) @ texts.T / _TEMPERATURE
            met = torch.logsumexp(likeness.masked_fill(~right, -1e9), 1)
            loss = (torch.logsumexp(likeness, 1) - met).mean() + _PULL * (matrix**2).sum()
            steps.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            steps.step()
            kept, weight = 0.97 * kept + 0.03 * matrix.detach(), 0.97 * weight + 0.03
    made: Vectors = (kept / max(weight, 1e-9)).numpy()
    return made


def hits(pairs: Pairs, matrix: Vectors | None = None, ks: Sequence[int] = (1, 5)) -> list[float]:
    """hit@k for each k by the cosine alone, the questions moved by the matrix where it is given."""
    moved = pairs.questions if matrix is None else pairs.questions + pairs.questions @ matrix
    # The questions' lengths do not change the order of their texts.
    order = np.argsort(-(moved @ pairs.texts.T), axis=1, kind="stable")[:, : max(ks)].tolist()
    found = [[row in gold for row in rows] for rows, gold in zip(order, pairs.gold, strict=True)]
    return [sum(any(row[:k]) for row in found) / len(found) for k in ks]


def halves(pairs: Pairs) -> tuple[Pairs, Pairs]:
    """The first third of the questions with their own texts, and those of the others that share
    no text with them, over all texts."""
    first = range(len(pairs.gold) // 3)
    seen = sorted({row for number in first for row in pairs.gold[number]})
    rest = [
        number
        for number in range(len(first), len(pairs.gold))
        if set(pairs.gold[number]).isdisjoint(seen)
    ]
    return pairs.some(first).over(seen), pairs.some(rest)


def main(argv: list[str]) -> int:
    """Trains on the pairs and on a third of each set, and prints what each gives elsewhere."""
    args = _parser().parse_args(argv)
    model = Remembered(baselines.model_folder(), cache_folder() / "eval-vectors.sqlite")
    given = _given(args.pairs, args.most, model)
    sets = {qa.name: _of_set(qa, model) for qa in qasets.load(args.qa)}
    train_rows = [row for row in range(len(given.gold)) if row % 10]
    general = train(given.some(train_rows).over(train_rows))
    kept_back = given.some([row for row in range(len(given.gold)) if row % 10 == 0])
    lines = [_line("pairs", "pairs kept back", kept_back, general)]
    lines += [_line("pairs", name, pairs, general) for name, pairs in sets.items()]
    for name, pairs in sets.items():
        own, rest = halves(pairs)
        matrix = train(own)
        lines.append(_line(f"{name}, a third", f"{name}, the rest", rest, matrix))
        lines += [
            _line(f"{name}, a third", other, others, matrix)
            for other, others in sets.items()
            if other != name
        ]
    Console().print(lines_table("Adapters, by cosine alone", COLUMNS, lines))
    return 0


def _line(trained: str, measured: str, pairs: Pairs, matrix: Vectors) -> list[str]:
    figures = [*hits(pairs), *hits(pairs, matrix)]
    return [trained, measured, str(len(pairs.gold)), *(f"{figure:.3f}" for figure in figures)]


def _given(files: Sequence[Path], most: int, model: Remembered) -> Pairs:
    """Pairs of JSONL lines `{"title", "text"}`: at most `most`, evenly from all of them."""
    lines = [line for file in files for line in file.read_text("utf-8").split("\n") if line.strip()]
    rows = [json.loads(line) for line in lines[:: max(1, -(-len(lines) // most))]]
    if not all("title" in row and "text" in row for row in rows):
        raise BereddError('Give JSONL files whose lines hold a "title" and its "text".')
    return Pairs(
        questions=model.questions([row["title"] for row in rows]),
        texts=model.matrix([row["text"] for row in rows]),
        gold=tuple((number,) for number in range(len(rows))),
    )


def _of_set(qa: QaSet, model: Remembered) -> Pairs:
    at = {name: row for row, name in enumerate(qa.passages)}
    return Pairs(
        questions=model.questions([question for question, _ in qa.questions]),
        texts=model.matrix(list(qa.passages.values())),
        gold=tuple(tuple(sorted(at[name] for name in gold)) for _, gold in qa.questions),
    )


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval adapt", description="What a small adapter would give."
    )
    made.add_argument("pairs", nargs="+", type=Path, metavar="PAIRS.jsonl")
    made.add_argument("--qa", type=Path, required=True, metavar="DIR",
                      help="a folder of question → passage sets")  # fmt: skip
    made.add_argument("--most", type=int, default=5000, help="pairs to train on (default: 5000)")
    return made
