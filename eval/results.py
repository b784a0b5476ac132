"""Writes `docs/results.md` from result folders: figures are kept by a command, not by hand."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval import runs
from eval.metrics import Summary, from_json
from eval.report_retrieval import (
    CASE_COLUMNS,
    SET_COLUMNS,
    by_set,
    category_table,
    system_table,
)
from eval.statistics import Figure

GROUPS = ("all", "answerable", "unanswerable", "category", "language", "dialogues")
ANSWER_COLUMNS = ("right", "right_and_shown", "fact_recall", "evidence_recall",
                  "citation_precision", "verbatim", "sourced", "forbidden", "declined",
                  "false_decline", "length")  # fmt: skip
HEAD = """# Results

Written by `python -m eval results`; do not edit. Figures are means with their 95 % interval where
it is given, over the cases where the metric applies. What each metric means stands in
[decision 0007](decisions/0007-evaluation.md).
"""


def latest(out: Path) -> list[Path]:
    """The newest run of every kind and set of cases, oldest first."""
    newest: dict[str, Path] = {}
    for folder in runs.finished(out):
        data = runs.read_json(folder, "summary.json")
        newest[_subject(data)] = folder
    return sorted(newest.values(), key=lambda folder: folder.name)


def document(folders: Sequence[Path]) -> str:
    """The whole page."""
    return "\n".join([HEAD, *(section(folder) for folder in folders)])


def section(folder: Path) -> str:
    """One run: how it was made, then its tables."""
    data = runs.read_json(folder, "summary.json")
    settings = runs.read_json(folder, "settings.json")
    command = shlex.join(_without_out(settings.get("command", [])))
    lines = [
        f"## {_title(data)}",
        "",
        f"`{command}`  ",
        f"{settings.get('time', '')}, commit {settings.get('commit', '')}, "
        f"{settings.get('machine', '')}",
        "",
    ]
    return "\n".join([*lines, *_body(data), ""])


def _without_out(command: Sequence[str]) -> list[str]:
    """The command without `--out` and its folder: they say where, not what."""
    kept = [word for word in command if not word.startswith("--out=")]
    while "--out" in kept:
        at = kept.index("--out")
        del kept[at : at + 2]
    return kept


def _body(data: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    figures = {name: from_json(groups) for name, groups in data.get("figures", {}).items()}
    if data["kind"] == "answers":
        lines += _answers(figures.pop("answers"))
        systems = {name.removeprefix("retrieval "): found for name, found in figures.items()}
        lines += _systems(systems) if systems else []
    elif data["kind"] == "retrieval":
        for name, systems in by_set(figures).items():
            lines += [f"### {name}", "", *_systems(systems)]
    for name, value in data.items():
        lines += _more(name, value)
    return lines


def _answers(summary: Summary) -> list[str]:
    head = summary["all"] if "all" in summary else next(iter(summary.values()))
    shown = [[name, _with_interval(head.get(name))] for name in ANSWER_COLUMNS]
    groups = [g for g in summary if g.startswith(GROUPS) and g != "all"]
    rows = [
        [group, str(summary[group]["right"].of), *(_cell(summary[group].get(n))
                                                   for n in ANSWER_COLUMNS)]
        for group in groups
    ]  # fmt: skip
    return [
        *_table(["single questions", "figure"], shown), "",
        *_table(["group", "n", *ANSWER_COLUMNS], rows), "",
    ]  # fmt: skip


def _systems(systems: Mapping[str, Summary]) -> list[str]:
    cases = "evidence@5" in next(iter(systems.values()))["all"]
    found = system_table(systems, CASE_COLUMNS if cases else SET_COLUMNS)
    lines = [*_table(found.columns, found.rows), ""]
    if cases:
        by_category = category_table(systems, "evidence@10")
        lines += ["evidence@10 by category:", "", *_table(by_category.columns, by_category.rows)]
        lines.append("")
    return lines


def _more(name: str, value: Any) -> list[str]:
    if name == "tables":
        return [
            line
            for table in value
            for line in (f"{table['caption']}:", "", *_table(table["columns"], table["rows"]), "")
        ]
    if name == "text":
        return ["```text", *str(value).rstrip().splitlines(), "```", ""]
    if name in ("agreement", "judge") and value is not None:
        return [f"{name}: {value}", ""]
    if name == "paraphrases":
        figure = Figure(**value["top"])
        return [f"The same question in other words, same top passage: {figure}", ""]
    return []


def _title(data: Mapping[str, Any]) -> str:
    if "title" in data:
        return str(data["title"])
    sets = by_set(data["figures"]) if data["kind"] == "retrieval" else {}
    others = ["paraphrases"] if "paraphrases" in data else []
    names = ", ".join([*data.get("cases", ()), *sets, *others])
    return f"{data['kind'].capitalize()}{f': {names}' if names else ''}"


def _subject(data: Mapping[str, Any]) -> str:
    """What a run measured; a newer run of the same takes its place."""
    sets = sorted(by_set(data["figures"])) if data["kind"] == "retrieval" else []
    return "|".join([data["kind"], data.get("title", ""), *data.get("cases", ()), *sets,
                     "paraphrases" if "paraphrases" in data else ""])  # fmt: skip


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    escaped = [[str(cell).replace("|", "\\|") for cell in row] for row in rows]
    return [
        f"| {' | '.join(columns)} |",
        f"|{'---|' * len(columns)}",
        *(f"| {' | '.join(row)} |" for row in escaped),
    ]


def _cell(figure: Figure | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:.3f}"


def _with_interval(figure: Figure | None) -> str:
    return "–" if figure is None else str(figure)
