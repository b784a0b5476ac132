"""The same question in other words: does the search still bring the same passage first?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.match import same_file
from eval.statistics import Figure, figure
from eval.subject import Retrieved, Searcher
from ingest.errors import BereddError


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its paraphrases; the first is the one they are compared with."""

    id: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Share of the paraphrases whose top passage is their question's, and where it is not."""

    top: Figure
    differs: tuple[str, ...]


def read_groups(file: Path) -> list[Group]:
    """Groups from JSONL lines `{"id", "question", "paraphrases": […]}`."""
    groups: list[Group] = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            texts = (data["question"], *data["paraphrases"])
            group = Group(str(data["id"]), tuple(str(text) for text in texts))
        except (ValueError, KeyError, TypeError) as error:
            raise BereddError(f"{file}:{number}: not a group of paraphrases: {error!r}.") from error
        if len(group.questions) < 2:
            raise BereddError(f"{file}:{number}: give a question and at least one paraphrase.")
        groups.append(group)
    return groups


def agreement(searcher: Searcher, groups: Sequence[Group]) -> Agreement:
    """Whether each paraphrase's top passage overlaps its question's; none agrees with none."""
    values: list[float | None] = []
    differs: list[str] = []
    for group in groups:
        first, *others = (searcher.search(question, 1) for question in group.questions)
        for number, other in enumerate(others, start=1):
            same = _same(first, other)
            values.append(float(same))
            if not same:
                differs.append(f"{group.id}/{number}")
    return Agreement(figure(values), tuple(differs))


def _same(one: Sequence[Retrieved], other: Sequence[Retrieved]) -> bool:
    if not one or not other:
        return not one and not other
    a, b = one[0], other[0]
    return same_file(a.file, b.file) and a.start < b.end and b.start < a.end
