"""The report of an answers run: figures, plots, and every case that went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.answers import METRICS, says
from eval.calibration import curve
from eval.cases import BUDGETS, Case, Turn
from eval.examine import CRASHED, MISSING, Asked
from eval.given import Given
from eval.match import same_file, squeeze
from eval.metrics import WHOLE, Row, Summary
from eval.report import Block, FailedCase, Item, Page, Section, Table, shown, tile
from eval.report_retrieval import retrieval_sections
from eval.subject import Retrieved
from eval.svg import Interval, Line, curves, histogram, intervals

TILES = (
    ("right", "all", "right"),
    ("right and shown", "all", "right_and_shown"),
    ("evidence recall", "all", "evidence_recall"),
    ("verbatim", "all", "verbatim"),
    ("sourced", "all", "sourced"),
    ("forbidden", "all", "forbidden"),
    ("unanswerable declined", "all", "declined"),
    ("false declines", "all", "false_decline"),
    ("dialogues: later turns right", "dialogues, later turns", "right"),
)
COLUMNS = ("right", "right_and_shown", "fact_recall", "evidence_recall", "citation_precision",
           "verbatim", "sourced", "supported", "within_budget", "forbidden", "declined",
           "false_decline", "length")  # fmt: skip


def build(
    cases: Sequence[Case],
    asked: Asked,
    rows: Sequence[Row],
    summary: Summary,
    retrieval: Mapping[str, Summary],
    settings: Mapping[str, Any],
) -> Page:
    """The page of one run."""
    sections = [
        Section("Figures", _explained(), tiles=[tile(n, _at(summary, g, m)) for n, g, m in TILES]),
        Section("By kind of question", plots=[_categories(summary)], tables=[_table(summary)]),
        *retrieval_sections(retrieval),
        Section("Time", tables=(), plots=[_latency(rows)]),
        _calibration(asked, rows),
        _failures(cases, asked, rows),
        Section("What was measured", tables=[_legend()]),
    ]
    made = f"{settings.get('time', '')} · commit {settings.get('commit', '')}"
    return Page("Answers", f"{len(rows)} answers · {made}", sections)


def _explained() -> str:
    return (
        "Each figure with its 95 % interval and the number of cases where it applies. Single "
        "questions; dialogues are told apart, below."
    )


def _categories(summary: Summary) -> Any:
    groups = [g for g in summary if g.startswith(("category ", "language ", "dialogues"))]
    rows = [
        Interval(g.removeprefix("category "), f.value, f.low, f.high)
        for g in groups
        if (f := summary[g].get("right")) is not None
    ]
    return intervals("Share of right answers by group, with 95 % intervals", rows)


def _table(summary: Summary) -> Table:
    rows = [
        [group, str(figures["right"].of), *(shown(figures.get(name)) for name in COLUMNS)]
        for group, figures in summary.items()
        if group != WHOLE
    ]
    if WHOLE in summary:
        whole = summary[WHOLE]
        rows.append([WHOLE, str(whole["right"].of), *(shown(whole.get(n)) for n in COLUMNS)])
    return Table("All figures by group", ["group", "n", *COLUMNS], rows)


def _latency(rows: Sequence[Row]) -> Any:
    spent = [value for row in rows if (value := row.scores.get("latency_ms")) is not None]
    return histogram("Time for an answer", spent, x_label="milliseconds")


def _calibration(asked: Asked, rows: Sequence[Row]) -> Section:
    """Declining as it is, beside what thresholds on the evidence score would give."""
    scored = [
        (score, row.answerable) for row in rows if (score := _evidence(asked, row)) is not None
    ]
    found = curve(scored)
    now = _operating_point(rows)
    lines = [
        Line("a threshold on the evidence score", found.points),
        Line("chance", [(0, 0), (1, 1)]),
    ]
    if now:
        lines.append(Line(f"as it declines now: {now[1]:.2f} at {now[0]:.2f}",
                          [(now[0], 0.0), (now[0], now[1])]))  # fmt: skip
    area = "–" if found.area is None else f"{found.area:.3f}"
    text = (
        f"Unanswerable questions declined against answerable ones declined; area {area} over "
        f"{found.answerable} answerable and {found.unanswerable} unanswerable questions. The score "
        "is the answer's own confidence where it tells one, else its best passage's."
    )
    plot = curves(
        "Declining", lines, x_label="answerable declined", y_label="unanswerable declined"
    )
    return Section("When it declines", text, plots=[plot])


def _evidence(asked: Asked, row: Row) -> float | None:
    turns = asked.answers.get(row.case, ())
    at = max(row.turn - 1, 0)
    if at < len(turns) and turns[at].confidence is not None:
        return turns[at].confidence
    found = asked.passages.get(row.key)
    return found[0].score if found else None


def _operating_point(rows: Sequence[Row]) -> tuple[float, float] | None:
    false = [v for row in rows if (v := row.scores.get("false_decline")) is not None]
    true = [v for row in rows if (v := row.scores.get("declined")) is not None]
    if not false or not true:
        return None
    return sum(false) / len(false), sum(true) / len(true)


def _failures(cases: Sequence[Case], asked: Asked, rows: Sequence[Row]) -> Section:
    turns = {(case.id, at): turn for case in cases for at, turn in enumerate(case.turns)}
    failed: list[FailedCase] = []
    for row in rows:
        if row.scores["right_and_shown"] == 1:
            continue
        at = max(row.turn - 1, 0)
        given = asked.answers.get(row.case, ())
        answer = given[at] if at < len(given) else MISSING
        passages = asked.passages.get(row.key, [])
        failed.append(_failed(row, turns[row.case, at], answer, passages))
    return Section(
        "What went wrong", f"{len(failed)} of {len(rows)} answers are not right and shown.",
        failures=failed,
    )  # fmt: skip


def _failed(row: Row, turn: Turn, given: Given, passages: Sequence[Retrieved]) -> FailedCase:
    said = [Item(f"{given.outcome} · {given.composer}", given.answer or "(nothing)")]
    cited = [Item(f"{c.id} · {c.file} · p. {c.page}", c.quote, _is_gold(c.quote, c.file, turn))
             for c in given.citations]  # fmt: skip
    gold = [Item(f"part {n} · {g.file} · p. {g.page} · {g.section or ''}", g.quote)
            for n, part in enumerate(turn.gold_any, 1) for g in part[:4]]  # fmt: skip
    facts = [Item("", " / ".join(v), says(given.plain, v)) for v in turn.facts]
    found = [Item(f"{rank} · {p.score:.3f} · {p.label or p.file}", p.text,
                  _is_gold(p.text, p.file, turn))
             for rank, p in enumerate(passages[:10], 1)]  # fmt: skip
    blocks = [Block("Answer", said), Block("Citations", cited), Block("Facts wanted", facts),
              Block("Gold", gold), Block("Retrieved", found)]  # fmt: skip
    return FailedCase(row.key, row.category, row.question, _why(row, turn, given), blocks)


def _why(row: Row, turn: Turn, given: Given) -> str:
    if given.outcome in (MISSING.outcome, CRASHED):
        return given.outcome
    if not turn.answerable:
        return "answered, but the documents do not tell" if given.answers else "forbidden words"
    if not given.answers:
        return f"declined ({given.outcome})"
    missing = [v[0] for v in turn.facts if not says(given.plain, v)]
    reasons = [f"lacks {', '.join(missing)}"] if missing else []
    reasons += ["says something forbidden"] if row.scores["forbidden"] else []
    budget = BUDGETS.get(row.category, 0)
    reasons += [f"{len(given.plain)} characters of {budget}"] * (row.scores["within_budget"] == 0)
    reasons += ["right, but not shown"] * (row.scores["right"] == 1)
    return "; ".join(reasons)


def _is_gold(text: str, file: str, turn: Turn) -> bool:
    inside = squeeze(text).text
    return any(
        same_file(gold.file, file)
        and (squeeze(gold.quote).text in inside or inside in squeeze(gold.quote).text)
        for part in turn.gold_any
        for gold in part
    )


def _legend() -> Table:
    return Table("Metrics", ["metric", "means"], [[n, text] for n, text in METRICS.items()])


def _at(summary: Summary, group: str, metric: str) -> Any:
    return summary.get(group, {}).get(metric)
