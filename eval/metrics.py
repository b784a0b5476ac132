"""From scores of single answers to figures for groups of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from eval.statistics import Figure, figure

Summary = dict[str, dict[str, Figure]]
"""Group → metric → figure."""

WHOLE = "dialogues, whole"
"""The group of dialogues counted as one: right only if every turn is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The scores of one answer.

    Attributes:
        case: the case's id.
        turn: 0 for a single question, else the 1-based turn of a dialogue.
        scores: metric → value, None where it does not apply.
        turns: how many turns the dialogue has; 1 for a single question.
    """

    case: str
    turn: int
    turns: int = 1
    category: str
    lang: str
    city: str
    answerable: bool
    question: str
    scores: Mapping[str, float | None]

    @property
    def key(self) -> str:
        """Unique in a run: "d001", "f03/2"."""
        return f"{self.case}/{self.turn}" if self.turn else self.case


def summarise(rows: Iterable[Row]) -> Summary:
    """Figures for all single questions, by category, language and city, and for dialogues by turn.

    Dialogues are kept out of "all": their later turns are another kind of task.
    """
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for name in _groups(row):
            groups.setdefault(name, []).append(row)
    ordered = sorted(groups, key=_order)
    summary = {name: _figures(groups[name]) for name in ordered}
    if dialogues := groups.get("dialogues"):
        summary[WHOLE] = _whole(dialogues)
    return summary


def averaged(runs: Sequence[Sequence[Row]]) -> list[Row]:
    """One row a case from several runs over the same cases: each metric's mean.

    A metric is averaged over the runs where it applies (an answer that came, say).
    """
    by_key: dict[str, list[Row]] = {}
    for run in runs:
        for row in run:
            by_key.setdefault(row.key, []).append(row)
    return [
        replace(rows[0], scores={name: _mean([row.scores[name] for row in rows])
                                 for name in rows[0].scores})
        for rows in by_key.values()
    ]  # fmt: skip


def to_json(summary: Summary) -> dict[str, dict[str, dict[str, Any]]]:
    """The summary as plain data, rounded so that it reads well and compares exactly."""
    return {
        group: {
            metric: {
                "value": _rounded(fig.value),
                "low": _rounded(fig.low),
                "high": _rounded(fig.high),
                "n": fig.n,
                "of": fig.of,
            }
            for metric, fig in figures.items()
        }
        for group, figures in summary.items()
    }


def from_json(data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Summary:
    """The inverse of `to_json`, but for the rounding."""
    return {
        group: {metric: Figure(**values) for metric, values in figures.items()}
        for group, figures in data.items()
    }


def _groups(row: Row) -> list[str]:
    if row.turn:
        later = ["dialogues, later turns"] if row.turn > 1 else []
        return ["dialogues", f"dialogues, turn {row.turn}", *later]
    names = ["all", f"category {row.category}", f"language {row.lang}"]
    names.append("answerable" if row.answerable else "unanswerable")
    return [*names, f"city {row.city}"] if row.city else names


def _order(name: str) -> tuple[int, str]:
    heads = ("all", "answerable", "unanswerable", "category", "language", "city", "dialogues")
    return next(at for at, head in enumerate(heads) if name.startswith(head)), name


def _figures(rows: Sequence[Row]) -> dict[str, Figure]:
    names = dict.fromkeys(name for row in rows for name in row.scores)
    return {name: figure([row.scores.get(name) for row in rows]) for name in names}


def _whole(rows: Sequence[Row]) -> dict[str, Figure]:
    talks: dict[str, list[Row]] = {}
    for row in rows:
        talks.setdefault(row.case, []).append(row)
    return {
        name: figure([_all([row.scores[name] for row in talk]) for talk in talks.values()])
        for name in ("right", "right_and_shown")
    }


def _all(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(min(known)) if known else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
