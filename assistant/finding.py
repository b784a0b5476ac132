"""Candidates of a search: passages found by words and by meaning, with all that speaks for them.

Two searches find them, one by words (BM25) and one by meaning (cosine). Their scores are brought to
one scale and mixed; what the question names (a body, a date, a party, a kind of paper) raises the
passages that fit. Every candidate is read from the store: nothing that was removed comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.expansion import expanded
from assistant.filters import Filters
from assistant.fit import Tuning, fit
from assistant.question import Question
from assistant.registers import names_register, registers
from assistant.translation import asked_in_english, in_swedish
from ingest.grammar.references import case_key
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


class EmbedsQueries(Protocol):
    """What search needs of an embedding model."""

    def query(self, text: str) -> npt.NDArray[np.float32]:
        """The question's vector, `(dimensions,)` float32, L2-normalised."""


@dataclass(slots=True)
class Candidate:
    """A passage that may be a hit.

    Attributes:
        lexical, dense: BM25 and cosine, 0.0 where not found so. score: all that speaks for it.
        twins: ids of passages that say the same.
    """

    passage: Passage
    lexical: float = 0.0
    dense: float = 0.0
    score: float = 0.0
    twins: list[str] = field(default_factory=list)


def scored(
    index: Index,
    embedder: EmbedsQueries,
    question: Question,
    filters: Filters,
    tuning: Tuning,
) -> list[Candidate]:
    """The candidates for a question with their scores, in no order."""
    found = _fused(index, embedder, question, filters, tuning)
    for candidate in found:
        candidate.score += fit(question, candidate.passage, tuning)
    _lift_parts(found, tuning)
    if PartKind.AGENDA_ITEM not in question.papers:
        _lower_announced(found, tuning)
    return found


def _lower_announced(found: Sequence[Candidate], tuning: Tuning) -> None:
    """What a summons announces counts less than the § of the meeting that dealt with it."""
    met: dict[tuple[str | None, str | None, str], float] = {}
    for candidate in found:
        if candidate.passage.kind is PartKind.PARAGRAPH:
            for matter in _matters(candidate.passage):
                met[matter] = max(met.get(matter, 0.0), candidate.score)
    for candidate in found:
        if candidate.passage.kind is PartKind.AGENDA_ITEM:
            best = max(
                (met.get(matter, 0.0) for matter in _matters(candidate.passage)), default=0.0
            )
            candidate.score = min(candidate.score, tuning.announced * best or candidate.score)


def _matters(passage: Passage) -> Iterator[tuple[str | None, str | None, str]]:
    """The meeting and the case of a passage, without the registry's letters: a summons leaves them
    out."""
    for key in filter(None, map(case_key, passage.case_numbers)):
        yield passage.body, passage.date, "/".join(key.split("/")[-2:])


def _fused(
    index: Index,
    embedder: EmbedsQueries,
    question: Question,
    filters: Filters,
    tuning: Tuning,
) -> list[Candidate]:
    vector = embedder.query(question.text)
    by_words = dict(_by_words(index, question, filters, tuning))
    by_meaning = dict(index.nearest(vector, _CANDIDATES, filters.where(), filters.dates))
    missing = [i for i in by_words if i not in by_meaning]
    by_meaning |= {i: float(v @ vector) for i, v in index.store.vectors(missing).items()}
    mixed = _mixed(by_words, by_meaning, tuning.lexical)
    best = sorted(mixed, key=lambda i: -mixed[i])[:_READ]
    passages = index.store.passages(best, index.entries)
    fused = [
        Candidate(p, by_words.get(i, 0.0), by_meaning.get(i, 0.0), mixed[i])
        for i, p in passages.items()
        if filters.fit(p)
    ]
    _reread(index, question, fused, _meant(question, fused), tuning.reread)
    return fused


def _meant(question: Question, fused: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that a query can mean: for a title, none of a register that lists it."""
    if is_question(question.text) or names_register(question.text):
        return list(fused)
    lists = registers(candidate.passage for candidate in fused)
    return [c for c in fused if (c.passage.file, c.passage.part) not in lists]


def _reread(
    index: Index,
    question: Question,
    fused: Sequence[Candidate],
    meant: Sequence[Candidate],
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


def _lift_parts(candidates: Iterable[Candidate], tuning: Tuning) -> None:
    """Passages of a part that is well met elsewhere are lifted with it."""
    best: dict[tuple[str, str], float] = {}
    for candidate in candidates:
        key = (candidate.passage.file, candidate.passage.part)
        best[key] = max(best.get(key, 0.0), candidate.score)
    for candidate in candidates:
        key = (candidate.passage.file, candidate.passage.part)
        candidate.score += tuning.part * best[key]
