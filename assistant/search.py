"""Search: from a question to hits, best first.

The candidates come with their scores (`assistant.finding`); here they are put in order, where a
paper that has been met counts a little less and one of the kind that answers such questions a
little more, and become hits, each with its surroundings and no two saying the same.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.filters import Filters
from assistant.finding import Candidate, EmbedsQueries, scored
from assistant.fit import Tuning
from assistant.leaning import leaning
from assistant.question import Question
from assistant.several import several
from assistant.windows import Window, window
from ingest.parts import PartKind
from ingest.passages import Passage
from vectorstore.index import Index
from vectorstore.rerank import is_question

_TURNS = threading.Semaphore((os.cpu_count() or 1) + 1)
"""How many search at once: more of them only stand in each other's way."""


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
        found = scored(index, embedder, question, filters, tuning)
        return _hits(index, _varied(question, found, tuning), k)


def _interleaved(found: Sequence[Sequence[Hit]], k: int) -> list[Hit]:
    """The best of each list in turn, each passage once, in the order of their scores."""
    turns = (hit for hits in zip_longest(*found) for hit in hits if hit is not None)
    kept: dict[str, Hit] = {}
    for hit in turns:
        kept.setdefault(hit.passage.id, hit)
        if len(kept) == k:
            break
    return sorted(kept.values(), key=lambda hit: -hit.score)


def _varied(question: Question, candidates: Sequence[Candidate], tuning: Tuning) -> list[Candidate]:
    """Best first, where papers and sections that answer such questions count more, and a paper that
    has been met counts `again` less each time it is met.

    Ten hits are to hold the motion, the yrkande and the decision, not ten pieces of the report.
    The scores stay what they are.
    """
    asks = tuning.leaning if is_question(question.text) else 0.0  # a title means the matter's own
    leans = {id(c): c.score + asks * leaning(question, c.passage) for c in candidates}
    ranked = sorted(candidates, key=lambda c: (-leans[id(c)], c.passage.id))
    met: Counter[tuple[str, str]] = Counter()
    worth: list[float] = []
    for candidate in ranked:
        passage = candidate.passage
        paper = passage.file, passage.part if passage.kind is PartKind.PARAGRAPH else ""
        worth.append(leans[id(candidate)] - tuning.again * met[paper])
        met[paper] += 1
    return [ranked[at] for at in sorted(range(len(ranked)), key=lambda at: -worth[at])]


def _hits(index: Index, ranked: Sequence[Candidate], k: int) -> list[Hit]:
    """The first `k` that say something new, each with its surroundings."""
    chosen: list[tuple[Candidate, Window]] = []
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


def _around(ranked: Sequence[Candidate], seen: Window) -> tuple[tuple[int, int, float], ...]:
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
