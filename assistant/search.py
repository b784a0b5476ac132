"""Search: from a question to hits, best first.

Two searches find candidates, one by words (BM25) and one by meaning (cosine). Their scores are
brought to one scale and added; what the question names (a body, a date, a party, a kind of paper)
raises the passages that fit, and a paper that has been met counts a little less. Every hit is read
from the store: nothing that was removed comes back.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.expansion import expanded
from assistant.filters import Filters
from assistant.fit import Tuning, fit
from assistant.question import Question
from assistant.registers import names_register, registers
from assistant.several import several
from assistant.translation import asked_in_english, in_swedish
from assistant.windows import Window, window
from ingest.parts import PartKind
from ingest.passages import Passage
from vectorstore.index import Index
from vectorstore.lexical import analyser
from vectorstore.rerank import Candidate as Seen
from vectorstore.rerank import Reranker, is_question

_CANDIDATES = 120
"""How many passages each of the two searches gives."""
_READ = 110
"""How many of them, the two scores mixed, are read from the store."""
_REREAD = 40
"""How many of them are looked at a second time."""
_TURNS = threading.Semaphore((os.cpu_count() or 1) + 1)
"""How many search at once: more of them only stand in each other's way."""


class EmbedsQueries(Protocol):
    """What search needs of an embedding model."""

    def query(self, text: str) -> npt.NDArray[np.float32]:
        """The question's vector, `(dimensions,)` float32, L2-normalised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found.

    Attributes:
        score: higher is better; comparable within one search.
        lexical, dense: the two scores it came from: BM25 and cosine, 0.0 where not found so.
        window: the surroundings to read, an exact span that holds the passage.
        twins: ids of passages elsewhere that say the same in (nearly) the same words.
        around: (start, end, score) of every passage found inside the window, this one included.
    """

    passage: Passage
    score: float
    lexical: float = 0.0
    dense: float = 0.0
    window: Window
    twins: tuple[str, ...] = ()
    around: tuple[tuple[int, int, float], ...] = ()


@dataclass(slots=True)
class _Candidate:
    passage: Passage
    lexical: float = 0.0
    dense: float = 0.0
    score: float = 0.0
    twins: list[str] = field(default_factory=list)


def search(
    index: Index,
    embedder: EmbedsQueries,
    question: Question,
    k: int = 10,
    *,
    filters: Filters | None = None,
    tuning: Tuning | None = None,
) -> list[Hit]:
    """The `k` best hits for a question, best first; no two of them say the same thing."""
    filters, tuning = filters or Filters(), tuning or Tuning()
    if sides := several(question):
        alone = [search(index, embedder, side, k, filters=filters, tuning=tuning) for side in sides]
        return _interleaved(alone, k)
    with _TURNS:
        candidates = _candidates(index, embedder, question, filters, tuning)
        for candidate in candidates:
            candidate.score += fit(question, candidate.passage, tuning)
        _lift_parts(candidates, tuning)
        return _hits(index, _varied(candidates, tuning.again), k)


def _interleaved(found: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """The best of each list in turn, each passage once, in the order of their scores."""
    turns = (hit for hits in zip_longest(*found) for hit in hits if hit is not None)
    kept: dict[str, Hit] = {}
    for hit in turns:
        kept.setdefault(hit.passage.id, hit)
        if len(kept) == k:
            break
    return sorted(kept.values(), key=lambda hit: -hit.score)


def _candidates(
    index: Index,
    embedder: EmbedsQueries,
    question: Question,
    filters: Filters,
    tuning: Tuning,
) -> list[_Candidate]:
    vector = embedder.query(question.text)
    by_words = dict(_by_words(index, question, filters, tuning))
    by_meaning = dict(index.nearest(vector, _CANDIDATES, filters.where(), filters.dates))
    missing = [i for i in by_words if i not in by_meaning]
    by_meaning |= {i: float(v @ vector) for i, v in index.store.vectors(missing).items()}
    mixed = _mixed(by_words, by_meaning, tuning.lexical)
    best = sorted(mixed, key=lambda i: -mixed[i])[:_READ]
    passages = index.store.passages(best, index.entries)
    fused = [
        _Candidate(p, by_words.get(i, 0.0), by_meaning.get(i, 0.0), mixed[i])
        for i, p in passages.items()
        if filters.fit(p)
    ]
    _reread(index, question, fused, _meant(question, fused), tuning.reread)
    return fused


def _meant(question: Question, fused: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates that a query can mean: for a title, none of a register that lists it."""
    if is_question(question.text) or names_register(question.text):
        return list(fused)
    lists = registers(candidate.passage for candidate in fused)
    return [c for c in fused if (c.passage.file, c.passage.part) not in lists]


def _reread(
    index: Index,
    question: Question,
    fused: Sequence[_Candidate],
    meant: Sequence[_Candidate],
    weight: float,
) -> None:
    """Mixes into the scores of the best that are meant what a second look at them shows."""
    best = sorted(meant, key=lambda c: -c.score)[:_REREAD]
    reranker = Reranker(analyser())
    seen = [Seen(c.passage.clean, c.passage.context, c.lexical, c.dense) for c in best]
    for candidate in fused:
        candidate.score *= 1 - weight
    asked = question.text
    if question.language == "en":
        asked = in_swedish(question)
    scores = reranker.scores(asked, seen, index.rarity)
    for candidate, score in zip(best, scores, strict=True):
        candidate.score += weight * score


def _by_words(
    index: Index, question: Question, filters: Filters, tuning: Tuning
) -> Iterable[tuple[str, float]]:
    stems, parts, exact = _terms(question, tuning)

    def run(where: Mapping[str, Sequence[str]], dates: tuple[str, str] | None) -> None:
        for i, score in index.lexical.search(
            stems, _CANDIDATES, parts=parts, exact=exact, where=where, dates=dates
        ):
            hits.setdefault(i, score)

    hits: dict[str, float] = {}
    run(filters.where(), filters.dates)
    for period in question.periods:
        if period.exact and not filters.dates:
            bodies = {"body": [body.lower() for body in question.bodies]} if question.bodies else {}
            run({**filters.where(), **bodies}, (period.first, period.last))
    return hits.items()


def _terms(
    question: Question, tuning: Tuning
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """The stems, compound parts and exact terms to look for, with their weights. Of an English
    question those are what the papers may say for its words, and its names."""
    said: list[tuple[str, float]] = [(word, tuning.expansion) for word in expanded(question)]
    if question.language == "en":
        for word in asked_in_english(question):
            first, *others = word.swedish or (word.english,)
            said += [*((other, tuning.translation) for other in others), (first, 1.0)]
    else:
        said.append((question.text, 1.0))
    stems: dict[str, float] = {}
    parts: dict[str, float] = {}
    for text, weight in said:
        terms = analyser().terms(text)
        for found, of in ((stems, terms.stems), (parts, terms.parts)):
            found |= {stem: max(weight, found.get(stem, 0.0)) for stem in of}
    return stems, parts, dict.fromkeys(analyser().terms(question.text).exact, 1.0)


def _mixed(
    by_words: Mapping[str, float], by_meaning: Mapping[str, float], weight: float
) -> dict[str, float]:
    """One score between 0 and 1 for each: both brought to [0, 1] over the candidates, then mixed.

    Min-max fusion of scores; Bruch, Gai and Ingber (2023), "An Analysis of Fusion Functions for
    Hybrid Retrieval", section 4. Rank fusion was measured and loses.
    """
    ids = [*{**by_words, **by_meaning}]
    top = max(by_words.values(), default=0.0) or 1.0
    cosines = [by_meaning.get(i, 0.0) for i in ids]
    low, high = min(cosines, default=0.0), max(cosines, default=0.0)
    spread = (high - low) or 1.0
    return {
        i: weight * by_words.get(i, 0.0) / top + (1 - weight) * (cosine - low) / spread
        for i, cosine in zip(ids, cosines, strict=True)
    }


def _lift_parts(candidates: Iterable[_Candidate], tuning: Tuning) -> None:
    """Passages of a part that is well met elsewhere are lifted with it."""
    best: dict[tuple[str, str], float] = {}
    for candidate in candidates:
        key = (candidate.passage.file, candidate.passage.part)
        best[key] = max(best.get(key, 0.0), candidate.score)
    for candidate in candidates:
        key = (candidate.passage.file, candidate.passage.part)
        candidate.score += tuning.part * best[key]


def _varied(candidates: Iterable[_Candidate], again: float) -> list[_Candidate]:
    """Best first, where a paper that has been met counts `again` less each time it is met.

    Ten hits are to hold the motion, the yrkande and the decision, not ten pieces of the report.
    The scores stay what they are.
    """
    ranked = sorted(candidates, key=lambda c: (-c.score, c.passage.id))
    met: Counter[tuple[str, str]] = Counter()
    worth: list[float] = []
    for candidate in ranked:
        passage = candidate.passage
        paper = passage.file, passage.part if passage.kind is PartKind.PARAGRAPH else ""
        worth.append(candidate.score - again * met[paper])
        met[paper] += 1
    return [ranked[at] for at in sorted(range(len(ranked)), key=lambda at: -worth[at])]


def _hits(index: Index, ranked: Sequence[_Candidate], k: int) -> list[Hit]:
    """The first `k` that say something new, each with its surroundings."""
    chosen: list[tuple[_Candidate, Window]] = []
    words: list[frozenset[str]] = []
    for candidate in ranked:
        if len(chosen) == k:
            break
        if any(_inside(candidate.passage, seen) for _, seen in chosen):
            continue
        own = frozenset(candidate.passage.clean.lower().split())
        twin = next((i for i, other in enumerate(words) if _same(own, other)), None)
        if twin is not None:
            chosen[twin][0].twins.append(candidate.passage.id)
            continue
        stored = index.document(candidate.passage.file)
        if stored is None:
            continue
        chosen.append((candidate, window(stored, candidate.passage)))
        words.append(own)
    return [
        Hit(
            passage=c.passage,
            score=c.score,
            lexical=c.lexical,
            dense=c.dense,
            window=w,
            twins=tuple(c.twins),
            around=_around(ranked, w),
        )
        for c, w in chosen
    ]


def _around(ranked: Sequence[_Candidate], seen: Window) -> tuple[tuple[int, int, float], ...]:
    return tuple(
        (c.passage.start, c.passage.end, c.score) for c in ranked if _inside(c.passage, seen)
    )


def _inside(passage: Passage, seen: Window) -> bool:
    return seen.file == passage.file and seen.start <= passage.start and passage.end <= seen.end


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Nearly the same words (Jaccard ≥ 0.85), in passages long enough to tell."""
    if min(len(one), len(other)) < 8:
        return one == other
    return len(one & other) >= 0.85 * len(one | other)
