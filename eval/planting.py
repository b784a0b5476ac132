"""Plants every kind of fault in every answer it fits, scores before and after, and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from eval import oracle
from eval.answers import LOWER_IS_BETTER, METRICS, Scores, score
from eval.cases import Case
from eval.corpus import CorpusTexts
from eval.examine import Answers
from eval.mutations import FAULTS, Fault
from eval.retrieval import Tokens, score_hits
from eval.subject import Retrieved

_NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one kind of fault.

    Attributes:
        metrics: those that had to notice.
        planted, noticed: how often.
        missed: keys of the answers whose fault nothing noticed.
        before, after: mean of the first of `metrics` over the answers it was planted in, None
            where it never applied.
    """

    fault: str
    metrics: tuple[str, ...]
    planted: int
    noticed: int
    missed: tuple[str, ...]
    before: float | None
    after: float | None


def plant_answers(cases: Sequence[Case], answers: Answers, texts: CorpusTexts) -> list[Outcome]:
    """Every answer fault, planted in the answers."""
    turns = [
        (f"{case.id}/{at}" if case.is_dialogue else case.id, case, turn, answers[case.id][at - 1])
        for case in cases
        for at, turn in enumerate(case.turns, start=1)
        if len(answers.get(case.id, ())) >= at
    ]
    before = {key: score(turn, case.category, given, texts) for key, case, turn, given in turns}
    outcomes: list[Outcome] = []
    for fault in FAULTS:
        after: dict[str, Scores] = {}
        for key, case, turn, given in turns:
            faulty = fault.plant(turn, given, texts)
            if faulty is not None and _notable(fault, before[key]):
                after[key] = score(turn, case.category, faulty, texts)
        outcomes.append(_outcome(fault.name, fault.noticed_by, before, after))
    return outcomes


RETRIEVAL_METRICS = ("evidence@5", "evidence@10", "parts@5", "parts@10", "hit@1", "hit@5",
                     "hit@10", "recall@10", "mrr", "ndcg@10")  # fmt: skip
SearchFault = Callable[[Sequence[Retrieved], str], list[Retrieved]]


def buried(hits: Sequence[Retrieved], text: str) -> list[Retrieved]:
    """Ten passages that say nothing stand above the right ones."""
    noise = [Retrieved(file=f"none-{n}", start=0, end=9, text="…", score=2.0) for n in range(10)]
    return [*noise, *hits]


def cut_short(hits: Sequence[Retrieved], text: str) -> list[Retrieved]:
    """Every passage lacks its last third."""
    return [replace(hit, end=hit.start + 2 * (hit.end - hit.start) // 3) for hit in hits]


def bloated(hits: Sequence[Retrieved], text: str) -> list[Retrieved]:
    """Every passage is far longer than the budget; it holds the right place all the same."""
    return [replace(hit, text=text * 2000) for hit in hits]


SEARCH_FAULTS: Mapping[str, tuple[SearchFault, tuple[str, ...]]] = {
    "buried under ten": (buried, RETRIEVAL_METRICS),
    "cut short": (cut_short, RETRIEVAL_METRICS),
    "over the token budget": (bloated, ("evidence@5", "evidence@10", "parts@5", "parts@10")),
}
"""Name → fault, and the metrics each of which must fall."""


def plant_search(cases: Sequence[Case], texts: CorpusTexts, tokens: Tokens) -> list[Outcome]:
    """Every search fault, planted in perfect hits; each metric must notice each of its faults."""
    turns = [(case.id, case.turns[0]) for case in cases
             if not case.is_dialogue and case.turns[0].answerable]  # fmt: skip
    perfect = {key: oracle.hits(turn, texts) for key, turn in turns}
    before = {key: score_hits(turn, perfect[key], texts, tokens) for key, turn in turns}
    outcomes: list[Outcome] = []
    for name, (fault, metrics) in SEARCH_FAULTS.items():
        after = {
            key: score_hits(turn, fault(perfect[key], "ett ord till "), texts, tokens)
            for key, turn in turns
        }
        for metric in metrics:
            fit = {key: scores for key, scores in after.items() if before[key][metric]}
            outcomes.append(_outcome(name, (metric,), before, fit))
    return outcomes


def blind(outcomes: Sequence[Outcome]) -> list[str]:
    """Metrics that no planted fault made worse: defects."""
    fell = {m for o in outcomes if o.noticed for m in o.metrics}
    return [metric for metric in (*METRICS, *RETRIEVAL_METRICS) if metric not in fell]


def _notable(fault: Fault, scores: Scores) -> bool:
    """False if the metrics are at their worst already, so that nothing could be noticed."""
    if len(fault.noticed_by) > 1:
        return True
    value = scores[fault.noticed_by[0]]
    if value is None:
        return fault.noticed_by[0] in ("length",)
    return fault.noticed_by[0] in LOWER_IS_BETTER or value > 0


def _outcome(
    name: str,
    metrics: tuple[str, ...],
    before: Mapping[str, Scores],
    after: Mapping[str, Scores],
) -> Outcome:
    missed = tuple(key for key in after if not _worse(metrics, before[key], after[key]))
    return Outcome(
        name, metrics, len(after), len(after) - len(missed), missed,
        _mean([before[key][metrics[0]] for key in after]),
        _mean([scores[metrics[0]] for scores in after.values()]),
    )  # fmt: skip


def _worse(metrics: Sequence[str], before: Scores, after: Scores) -> bool:
    for metric in metrics:
        old, new = before[metric], after[metric]
        if old is None or new is None:
            continue
        change = new - old
        if (change if metric in LOWER_IS_BETTER else -change) > _NOISE:
            return True
    return False


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
