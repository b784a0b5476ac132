"""How well a search finds the passages that answer: over cases, and over plain question sets.

For cases the unit is a gold *part*: it is found at the rank where every letter of one of its
alternatives lies inside what was returned so far. Passages count as returned only while they fit
the token budget, so that a system cannot win by returning whole papers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eval import ranking
from eval.cases import Case, Turn
from eval.corpus import CorpusTexts
from eval.match import holds_all, places, same_file
from eval.metrics import Row
from eval.qasets import QaSet
from eval.subject import Retrieved, Searcher
from ingest.document import Document, Span

DEPTH = 20
"""How many passages are asked for."""
QA_DEPTH = 50
"""How many passages are asked for where several may belong to one text."""
CURVE = (1, 2, 3, 4, 5, 7, 10, 15, 20)
"""The k of the hit@k curve."""
BUDGETS = {5: 2500, 10: 5000}
"""Most tokens (cl100k_base) that the first k passages may hold together."""
TOKEN_CURVE = (500, 1000, 2500, 5000)
"""Token budgets at which part recall is told, whatever the number of passages."""

Tokens = Callable[[str], int]


class Found(NamedTuple):
    """Where a gold part was completed: 1-based rank, and the tokens returned up to there."""

    rank: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a document."""

    document: Document
    span: Span


def score_cases(
    searcher: Searcher,
    cases: Sequence[Case],
    texts: CorpusTexts,
    tokens: Tokens,
    *,
    done: Callable[[], None] = lambda: None,
) -> list[Row]:
    """One row for each answerable single question. Dialogue turns lean on their past; left out."""
    rows: list[Row] = []
    for case in cases:
        if case.is_dialogue or not case.turns[0].answerable:
            continue
        turn = case.turns[0]
        began = time.perf_counter()
        hits = searcher.search(turn.question, DEPTH)
        spent = _spent(searcher, began)
        rows.append(_row(case, score_hits(turn, hits, texts, tokens) | {"search_ms": spent}))
        done()
    return rows


def score_hits(
    turn: Turn, hits: Sequence[Retrieved], texts: CorpusTexts, tokens: Tokens
) -> dict[str, float | None]:
    """All retrieval metrics of one question's hits."""
    found = [part_found(places_, hits, tokens) for places_ in gold_places(turn, texts)]
    scores: dict[str, float | None] = {}
    for k, budget in BUDGETS.items():
        within = [f is not None and f.rank <= k and f.tokens <= budget for f in found]
        scores[f"evidence@{k}"] = float(all(within))
        scores[f"parts@{k}"] = sum(within) / len(within)
    for budget in TOKEN_CURVE:
        within = [f is not None and f.tokens <= budget for f in found]
        scores[f"parts@{budget}tok"] = sum(within) / len(within)
    ranks = [f.rank for f in found if f is not None]
    for k in CURVE:
        scores[f"hit@{k}"] = float(any(rank <= k for rank in ranks))
    scores["recall@10"] = sum(rank <= 10 for rank in ranks) / len(found)
    scores["mrr"] = 1.0 / min(ranks) if ranks else 0.0
    scores["ndcg@10"] = _ndcg(ranks, len(found))
    return scores


def part_found(
    alternatives: Sequence[Place], hits: Sequence[Retrieved], tokens: Tokens
) -> Found | None:
    """The rank at which one of the alternatives is wholly inside what was returned, or None."""
    seen: dict[str, list[Span]] = {}
    spent = 0
    files = {place.document.file for place in alternatives}
    for rank, hit in enumerate(hits, start=1):
        spent += tokens(hit.text)
        for file in files:
            if same_file(hit.file, file):
                seen.setdefault(file, []).append(Span(hit.start, hit.end))
        for place in alternatives:
            spans = seen.get(place.document.file, ())
            if holds_all(spans, place.span, place.document.text):
                return Found(rank, spent)
    return None


def score_set(
    searcher: Searcher, qa: QaSet, *, done: Callable[[], None] = lambda: None
) -> list[Row]:
    """One row for each question of a plain set; hits are grouped by text, `file` is its id.

    A text that says the same as a hit's, and is shown as one with it, ranks after the hit.
    """
    rows: list[Row] = []
    for number, (question, gold) in enumerate(qa.questions, start=1):
        began = time.perf_counter()
        hits = searcher.search(question, QA_DEPTH)
        spent = _spent(searcher, began)
        ranked = list(dict.fromkeys(file for hit in hits for file in (hit.file, *hit.twins)))
        scores: dict[str, float | None] = {**rank_scores(ranked, gold), "search_ms": spent}
        rows.append(
            Row(case=f"{qa.name} {number}", turn=0, category=qa.name, lang="sv", city="",
                answerable=True, question=question, scores=scores)
        )  # fmt: skip
        done()
    return rows


def rank_scores(ranked: Sequence[str], gold: frozenset[str]) -> Mapping[str, float]:
    """Ranking metrics of one list of texts."""
    scores = {f"hit@{k}": ranking.hit(ranked, gold, k) for k in CURVE}
    scores["recall@10"] = ranking.recall(ranked, gold, 10)
    scores["mrr"] = ranking.reciprocal_rank(ranked, gold)
    scores["ndcg@10"] = ranking.ndcg(ranked, gold, 10)
    return scores


def _spent(searcher: Searcher, began: float) -> float | None:
    """Milliseconds since `began`; None where the searcher remembers what it would have computed."""
    return (time.perf_counter() - began) * 1000 if getattr(searcher, "timed", True) else None


def gold_places(turn: Turn, texts: CorpusTexts) -> list[list[Place]]:
    """Where the alternatives of each gold part stand, in the documents that are there."""
    return [
        [
            Place(document, span)
            for gold in part
            if (document := texts.document(gold.file)) is not None
            for span in places(gold, document)
        ]
        for part in turn.gold_any
    ]


def _ndcg(ranks: Sequence[int], parts: int) -> float:
    """nDCG@10 over parts; of two parts completed by one passage the second counts a rank later."""
    names = [f"part {at}" for at in range(parts)]
    by_rank: list[str] = []
    for name, rank in zip(names, sorted(ranks), strict=False):
        by_rank += [""] * (rank - 1 - len(by_rank)) + [name]
    return ranking.ndcg(by_rank, names, 10)


def _row(case: Case, scores: Mapping[str, float | None]) -> Row:
    return Row(
        case=case.id, turn=0, category=case.category, lang=case.lang, city=case.city,
        answerable=True, question=case.turns[0].question, scores=scores,
    )  # fmt: skip
