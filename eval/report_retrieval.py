"""The report of a retrieval run: every system on every set, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.metrics import Summary
from eval.report import Page, Section, Table, shown
from eval.retrieval import CURVE, TOKEN_CURVE
from eval.svg import Line, curves

CASE_COLUMNS = ("evidence@5", "evidence@10", "parts@5", "parts@10", "hit@1", "hit@5", "hit@10",
                "recall@10", "mrr", "ndcg@10")  # fmt: skip
SET_COLUMNS = ("hit@1", "hit@3", "hit@5", "hit@10", "recall@10", "mrr", "ndcg@10")
SEPARATOR = " · "
"""Stands between the set and the system in the keys of a retrieval summary."""


def build(summaries: Mapping[str, Summary], settings: Mapping[str, Any]) -> Page:
    """The page of a retrieval run; keys are "set · system"."""
    made = f"{settings.get('time', '')} · commit {settings.get('commit', '')}"
    sections: list[Section] = []
    for name, systems in by_set(summaries).items():
        sections += retrieval_sections(systems, name)
    return Page("Retrieval", made, sections)


def by_set(summaries: Mapping[str, Summary]) -> dict[str, dict[str, Summary]]:
    """Set → system → summary."""
    sets: dict[str, dict[str, Summary]] = {}
    for key, summary in summaries.items():
        name, _, system = key.rpartition(SEPARATOR)
        sets.setdefault(name, {})[system] = summary
    return sets


def retrieval_sections(systems: Mapping[str, Summary], name: str = "") -> list[Section]:
    """One set's systems: figures, hit@k curves, and for cases the token budgets and categories."""
    if not systems:
        return []
    first = next(iter(systems.values()))["all"]
    cases = "evidence@5" in first
    tables = [system_table(systems, CASE_COLUMNS if cases else SET_COLUMNS)]
    plots = [_hits(systems)]
    if cases:
        tables += [category_table(systems, "evidence@10"), category_table(systems, "evidence@5")]
        plots.append(_budgets(systems))
    n = first["hit@1"]
    title = f"Retrieval: {name}" if name else "Retrieval"
    return [Section(title, f"{n.n} questions.", plots=plots, tables=tables)]


def system_table(systems: Mapping[str, Summary], columns: Sequence[str]) -> Table:
    """All systems on one set, the mean time of a search last."""
    rows = [
        [system, *(shown(summary["all"].get(name)) for name in columns), _ms(summary)]
        for system, summary in systems.items()
    ]
    return Table("Systems", ["system", *columns, "ms"], rows)


def category_table(systems: Mapping[str, Summary], metric: str) -> Table:
    """One metric by category, a column a system."""
    first = next(iter(systems.values()))
    groups = [group for group in first if group.startswith("category ")]
    rows = [
        [f"{group.removeprefix('category ')} ({first[group][metric].n})",
         *(shown(summary[group].get(metric)) for summary in systems.values())]
        for group in groups
    ]  # fmt: skip
    return Table(f"{metric} by category", ["category", *systems], rows)


def _hits(systems: Mapping[str, Summary]) -> Any:
    lines = [
        Line(system, [(float(k), _value(summary, f"hit@{k}")) for k in CURVE])
        for system, summary in systems.items()
    ]
    return curves("hit@k", lines, x_label="k", y_label="hit@k")


def _budgets(systems: Mapping[str, Summary]) -> Any:
    lines = [
        Line(system, [(float(t), _value(summary, f"parts@{t}tok")) for t in TOKEN_CURVE])
        for system, summary in systems.items()
    ]
    return curves(
        "Gold parts by token budget", lines, x_label="tokens", y_label="gold parts inside"
    )


def _value(summary: Summary, metric: str) -> float:
    found = summary["all"].get(metric)
    return 0.0 if found is None or found.value is None else found.value


def _ms(summary: Summary) -> str:
    found = summary["all"].get("search_ms")
    return "–" if found is None or found.value is None else f"{found.value:.0f}"
