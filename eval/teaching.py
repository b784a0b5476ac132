"""`python -m eval teach`: teaches the bundled model to tell which sentence answers a question.

The papers and questions lie in `eval/lessons`, all about invented municipalities. Low-rank
matrices are added to the first layers of the model (Hu et al. (2021), "LoRA: Low-Rank Adaptation of
Large Language Models") and one number is read from the mean of a pair's tokens. The loss is the
cross-entropy over the sentences of a question and "none of them", whose score is 0; and over the
sentences alone where one of them answers.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress

from assistant.assistant import Assistant
from assistant.compose.by_sentence import by_rules
from assistant.compose.candidates import Candidate
from assistant.compose.scene import places
from assistant.question import understand
from eval import collection
from eval.tables import lines_table
from ingest.errors import BereddError
from vectorstore import ingestion, pairs, weights
from vectorstore.bundled import Bundled

FOLDER = Path(__file__).with_name("lessons")
COLUMNS = ("", "questions", "best sentence answers", "tells answered from unanswered (AUC)")
_BATCH = 8
"""Questions at once."""
_ROWS = 16
"""Pairs at once in a forward pass, of like length."""
_WARM = 0.1
_SHOWN = 10
"""Sentences of a group, best first by the rules."""
_LATE = 2
"""How many that answer are shown besides, where they stand lower."""
_ENOUGH = 60
_SHORT = 25
"""Characters by which a quotation is known, and of a sentence too short to know it."""
_DENSE = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A question, sentences of the papers found for it, and which of them answer; none may."""

    question: str
    sentences: tuple[str, ...]
    answers: frozenset[int]


def main(argv: list[str]) -> int:
    """Teaches, measures on the questions kept back, and writes the weights."""
    args = _parser().parse_args(argv)
    groups = [group for folder in args.folders for group in read(folder)]
    random.Random(args.seed).shuffle(groups)
    kept = groups[:: args.kept] if args.kept else []
    taught = [group for n, group in enumerate(groups) if not args.kept or n % args.kept]
    console = Console(stderr=True)
    with Progress(console=console) as bar:
        model = _Model(args.layers, args.rank, args.seed)
        rounds = model.taught(taught, args.rounds, args.rate, args.seed)
        for _ in bar.track(rounds, total=args.rounds * math.ceil(len(taught) / _BATCH)):
            pass
    rows = [("taught", *_measured(model, taught[:200])), ("kept back", *_measured(model, kept))]
    Console().print(lines_table("", COLUMNS, rows if kept else rows[:1]))
    if args.to:
        np.savez_compressed(args.to, **model.weights())
        print(f"{args.to}: {args.to.stat().st_size / 1e6:.1f} MB")
    return 0


def read(folder: Path) -> list[Group]:
    """The groups of a lesson: `papers/` and `questions.jsonl`, as eval/lessons/README.md tells.

    The papers are ingested and searched, and the rules choose the sentences, as for any question: so
    the model is taught on what it will be shown. Left out are questions of which nothing that
    answers is among them. BereddError for a line that is no question.
    """
    with tempfile.TemporaryDirectory() as made:
        index = Path(made) / "index"
        collection.build(index, [folder / "papers"], Bundled(), ingestion.Progress())
        assistant = Assistant.open(index)
        lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        found = [_group(assistant, folder, number, line) for number, line in enumerate(lines, 1)]
    return [group for group in found if group is not None]


def _group(assistant: Assistant, folder: Path, number: int, line: str) -> Group | None:
    try:
        asked = json.loads(line)
        question, answerable = str(asked["question"]), bool(asked["answerable"])
        gold = [(str(one["file"]), " ".join(str(one["quote"]).split()))
                for part in asked["gold_any"] for one in part]  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise BereddError(f"{folder / 'questions.jsonl'}, line {number}: {error}") from error
    found = places(assistant.search(question), assistant.index)
    ranked = by_rules(understand(question), found, assistant.index)
    order = sorted((one for _, some in ranked for one in some), key=lambda one: -one.score)
    shown = list({one.key: one for one in order}.values())
    right = {one.key for one in shown if any(_holds(one, *quote) for quote in gold)}
    late = [one for one in shown[_SHOWN:] if one.key in right][:_LATE]
    some = [*shown[:_SHOWN], *late]
    if not some or (answerable and not right):
        return None
    return Group(
        question,
        tuple(pairs.paired(one.place.part.title, one.text) for one in some),
        frozenset(n for n, one in enumerate(some) if one.key in right),
    )


def _holds(one: Candidate, file: str, quote: str) -> bool:
    """True if the sentence holds the quotation or, where that is longer, is a part of it."""
    if not one.place.document.file.endswith(file):
        return False
    text = one.text
    ends = (quote[:_ENOUGH] in text, text[:_ENOUGH] in quote, text[-_ENOUGH:] in quote)
    return len(text) > _SHORT and (quote in text or any(ends))


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval teach",
        description="Teach the bundled model which sentence answers a question.",
    )
    made.add_argument("folders", nargs="*", type=Path, default=sorted(FOLDER.glob("*/")),
                      metavar="LESSON", help="default: those of the project")  # fmt: skip
    made.add_argument("--to", type=Path, metavar="FILE.npz", help="write the weights here")
    made.add_argument("--layers", type=int, default=6, help="of the model's twelve")
    made.add_argument("--rank", type=int, default=16)
    made.add_argument("--rounds", type=int, default=3)
    made.add_argument("--rate", type=float, default=1e-3, help="learning rate")
    made.add_argument("--kept", type=int, default=5, help="keep back every n-th question; 0: none")
    made.add_argument("--seed", type=int, default=1)
    return made


class _Model:
    """The first layers of the bundled model in torch, with what they learn."""

    def __init__(self, layers: int, rank: int, seed: int) -> None:
        import torch
        from transformers import AutoModel, AutoTokenizer

        torch.manual_seed(seed)
        folder = weights.model_folder(None)
        self._torch = torch
        self._cut = AutoTokenizer.from_pretrained(folder)
        self._bert = AutoModel.from_pretrained(folder, dtype=torch.float32)
        self._bert.encoder.layer = self._bert.encoder.layer[:layers]
        self._bert.requires_grad_(False)
        self._layers = layers
        self._added: dict[str, Any] = {}
        for number, layer in enumerate(self._bert.encoder.layer):
            for name in _DENSE:
                self._add(layer, name, f"encoder.layer.{number}.{name}", rank)
        width = self._bert.config.hidden_size
        self._score = torch.nn.Linear(width, 1)
        torch.nn.init.normal_(self._score.weight, std=0.02)
        torch.nn.init.zeros_(self._score.bias)

    def _add(self, layer: Any, name: str, whole: str, rank: int) -> None:
        torch = self._torch
        dense = layer.get_submodule(name)
        down = torch.nn.Parameter(torch.randn(rank, dense.in_features) / dense.in_features**0.5)
        up = torch.nn.Parameter(torch.zeros(dense.out_features, rank))
        dense.register_forward_hook(lambda _, given, out: out + given[0] @ down.T @ up.T)
        self._added[f"{whole}.A"], self._added[f"{whole}.B"] = down, up

    def taught(
        self, groups: Sequence[Group], rounds: int, rate: float, seed: int
    ) -> Iterator[float]:
        """Learns from the groups; yields the loss of each step. Adam, linear warm-up and decay."""
        torch = self._torch
        learnt = [*self._added.values(), *self._score.parameters()]
        adam = torch.optim.AdamW(learnt, lr=rate, weight_decay=0.01)
        steps = rounds * math.ceil(len(groups) / _BATCH)
        pace = torch.optim.lr_scheduler.LambdaLR(
            adam, lambda step: min(1.0, (step + 1) / (_WARM * steps)) * (1 - step / steps)
        )
        drawn = random.Random(seed)
        for _ in range(rounds):
            order = drawn.sample(list(groups), len(groups))
            for at in range(0, len(order), _BATCH):
                loss = self._loss(order[at : at + _BATCH])
                loss.backward()
                torch.nn.utils.clip_grad_norm_(learnt, 1.0)
                adam.step()
                adam.zero_grad()
                pace.step()
                yield float(loss)

    def _loss(self, groups: Sequence[Group]) -> Any:
        torch = self._torch
        scores = self.scores(groups)
        loss = 0.0
        for group, some in zip(groups, scores, strict=True):
            right = torch.tensor([n in group.answers for n in range(len(some))])
            loss = loss - _share(torch.cat([some, torch.zeros(1)]),
                                 torch.cat([right, ~right.any().reshape(1)]))  # fmt: skip
            if right.any():
                loss = loss - _share(some, right)
        return loss / len(groups)

    def scores(self, groups: Sequence[Group]) -> list[Any]:
        """The score of each sentence of each group."""
        torch = self._torch
        rows = [(group.question, sentence) for group in groups for sentence in group.sentences]
        order = sorted(range(len(rows)), key=lambda n: sum(map(len, rows[n])))
        found = torch.empty(len(rows))
        parts = [order[at : at + _ROWS] for at in range(0, len(order), _ROWS)]
        found = torch.cat([self._forward([rows[n] for n in part]) for part in parts])
        back = torch.empty(len(rows), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(rows))
        return list(found[back].split([len(group.sentences) for group in groups]))

    def _forward(self, rows: Sequence[tuple[str, str]]) -> Any:
        torch = self._torch
        given = self._cut(
            [pairs.ASKED + question for question, _ in rows], [sentence for _, sentence in rows],
            truncation="only_second", max_length=pairs.LIMIT, padding=True, return_tensors="pt",
        )  # fmt: skip
        mask = given["attention_mask"]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            state = self._bert(given["input_ids"], attention_mask=mask).last_hidden_state
            counted = mask.unsqueeze(-1)
            mean = (state * counted).sum(1) / counted.sum(1)
            return self._score(mean).squeeze(-1).float()

    def weights(self) -> dict[str, Any]:
        """What `vectorstore.graph.build_pairs` takes, in fp16."""
        learnt = self._added | {
            "score.weight": self._score.weight, "score.bias": self._score.bias,
        }  # fmt: skip
        arrays = {name: one.detach().numpy().astype(np.float16) for name, one in learnt.items()}
        return arrays | {"layers": np.array(self._layers)}


def _share(scores: Any, right: Any) -> Any:
    """The logarithm of the share of probability that falls on what is right."""
    return scores[right].logsumexp(0) - scores.logsumexp(0)


def _measured(model: _Model, groups: Sequence[Group]) -> tuple[str, str, str]:
    with model._torch.no_grad():
        scores = [some.numpy() for at in range(0, len(groups), _BATCH)
                  for some in model.scores(groups[at : at + _BATCH])]  # fmt: skip
    answered = [(int(s.argmax()) in g.answers, float(s.max()))
                for g, s in zip(groups, scores, strict=True) if g.answers]  # fmt: skip
    others = [float(s.max()) for g, s in zip(groups, scores, strict=True) if not g.answers]
    above = [float(a > b) + 0.5 * float(a == b) for _, a in answered for b in others]
    return (
        str(len(groups)),
        f"{np.mean([right for right, _ in answered]):.2f}" if answered else "–",
        f"{np.mean(above):.2f}" if above else "–",
    )
