"""Figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rich.box import SIMPLE_HEAD
from rich.table import Table

from eval.metrics import Summary
from eval.statistics import Figure

SHOWN = {
    "right": "right",
    "right_and_shown": "shown",
    "fact_recall": "facts",
    "evidence_recall": "evid.",
    "citation_precision": "prec.",
    "verbatim": "verb.",
    "sourced": "src.",
    "forbidden": "forb.",
    "declined": "decl.",
    "false_decline": "false",
}
"""Metric → its short head; a terminal is 80 characters wide."""


def figures_table(summary: Summary, metrics: Mapping[str, str] = MappingProxyType(SHOWN)) -> Table:
    """Groups by metrics. The number of answers stands with the group, intervals in the report."""
    made = Table("", "n", *metrics.values(), box=SIMPLE_HEAD, padding=0)
    for column in made.columns:
        column.no_wrap = True
    for group, figures in summary.items():
        n = max((figure.of for figure in figures.values()), default=0)
        name = group.removeprefix("category ").replace("dialogues, ", "· ")
        name = name.replace("trap_proposal_vs_decision", "trap")
        made.add_row(name, str(n), *(_cell(figures.get(name)) for name in metrics))
    return made


def lines_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Ready rows under their columns."""
    heads = [name.replace("evidence@", "ev@").replace("recall@", "rec@") for name in columns]
    made = Table(*heads, title=title or None, box=SIMPLE_HEAD, padding=0)
    for row in rows:
        made.add_row(*row)
    return made


def _cell(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:.2f}".lstrip("0")
