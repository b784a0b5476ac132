"""Figures as tables for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from eval.metrics import Summary
from eval.statistics import Figure

SHOWN = ("right", "right_and_shown", "fact_recall", "evidence_recall", "citation_precision",
         "verbatim", "sourced", "forbidden", "declined", "false_decline")  # fmt: skip


def figures_table(summary: Summary, metrics: Sequence[str] = SHOWN) -> Table:
    """Groups by metrics. The number of answers stands with the group, intervals in the report."""
    made = Table("group", "n", *(name.replace("_", " ") for name in metrics))
    for group, figures in summary.items():
        n = max((figure.of for figure in figures.values()), default=0)
        made.add_row(group, str(n), *(_cell(figures.get(name)) for name in metrics))
    return made


def lines_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Ready rows under their columns."""
    made = Table(*columns, title=title or None)
    for row in rows:
        made.add_row(*row)
    return made


def _cell(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:.3f}"
