"""The lexical index: Tantivy over Swedish terms. Beside `stems.py` this is Tantivy's home.

It is derived from the store and can always be built again. `state.json` beside it says which
generation of the store it shows; an index without one, or with another, is out of step.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from ingest.grammar.references import case_key
from ingest.passages import Passage
from vectorstore.analysis import Analyser, Terms
from vectorstore.errors import StoreFailed
from vectorstore.stems import swedish_stemmer
from vectorstore.words import stop_words, word_list

VERSION = 3
"""Raise it when the analysis or the fields change: older indexes are then built again."""

_STATE = "state.json"
_HEAP = 64_000_000
_TERM_FIELDS = ("text", "parts", "context", "exact")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a term counts by the field it is found in (BM25 boosts)."""

    text: float = 1.0
    parts: float = 0.5
    context: float = 0.6
    exact: float = 2.0


@lru_cache(maxsize=1)
def analyser() -> Analyser:
    """The Swedish analyser: Tantivy's stemmer and stop words, hunspell's word list."""
    return Analyser(swedish_stemmer(), word_list(), stop_words())


class Lexical:
    """A Tantivy index in a folder.

    Args:
        folder: created if it is missing; a damaged one is emptied and then out of step.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._index = self._opened()

    def generation(self) -> int | None:
        """The generation of the store that it shows, or None where it is unknown."""
        return generation_of(self._folder)

    def update(
        self, generation: int, added: Iterable[Passage], removed_files: Sequence[str] = ()
    ) -> None:
        """Removes files' passages, adds passages, commits, and notes the generation.

        Raises:
            StoreFailed: it could not be written; it is then built anew by the next writer.
        """
        self._written(generation, added, removed_files)

    def refill(self, generation: int, passages: Iterable[Passage]) -> None:
        """Replaces every passage at once. What was deleted one by one still counts in how rare a
        word is, until Tantivy merges it away; after this nothing does.

        Raises:
            StoreFailed: as `update` does.
        """
        self._written(generation, passages, None)

    def _written(
        self, generation: int, added: Iterable[Passage], removed_files: Sequence[str] | None
    ) -> None:
        (self._folder / _STATE).unlink(missing_ok=True)
        try:
            writer = self._index.writer(_HEAP, 1)
            if removed_files is None:
                writer.delete_all_documents()
            for file in removed_files or ():
                writer.delete_documents_by_term("file", file)
        except ValueError as error:  # what Tantivy raises whatever went wrong
            raise self._unwritten(error) from error
        for passage in added:
            writer.add_document(self._row(passage))
        try:
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:
            raise self._unwritten(error) from error
        self._note(generation)
        self.reload()

    def _unwritten(self, error: Exception) -> StoreFailed:
        return StoreFailed(
            f"The lexical index in {self._folder} cannot be written ({error}). Make room or mend "
            "the permissions, and run the command again: what was stored is kept."
        )

    def rebuild(self, generation: int, passages: Iterable[Passage]) -> None:
        """Builds the index anew from the store's passages."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._index = self._opened()
        self.update(generation, passages)

    def deleted_share(self) -> float:
        """The share of the passages in its files that have been deleted and still count in how rare
        a word is, from 0 to 1."""
        meta = json.loads((self._folder / "meta.json").read_text(encoding="utf-8"))
        segments = meta.get("segments", ())
        held = sum(segment["max_doc"] for segment in segments)
        gone = sum((s.get("deletes") or {}).get("num_deleted_docs", 0) for s in segments)
        return gone / held if held else 0.0

    def reload(self) -> None:
        """Shows what other processes have committed."""
        self._index.reload()

    def count(self) -> int:
        """How many passages it holds."""
        return int(self._index.searcher().num_docs)

    def search(
        self,
        terms: Mapping[str, float],
        k: int,
        *,
        exact: Mapping[str, float] | None = None,
        parts: Mapping[str, float] | None = None,
        where: Mapping[str, Sequence[str]] | None = None,
        dates: tuple[str, str] | None = None,
        weights: Weights | None = None,
    ) -> list[tuple[str, float]]:
        """The `k` best passages by BM25: ids and scores, best first; higher is better.

        Args:
            terms: stems and their weights.
            parts: compound parts and their weights.
            exact: exact terms and their weights.
            where: raw fields ("file", "kind", "role", "body", "party", "case") and the values of
                which a passage must have one.
            dates: inclusive ISO dates between which the paper's date must lie.
        """
        weights = weights or Weights()
        should = [
            *self._terms("text", terms, weights.text),
            *self._terms("parts", parts or {}, weights.parts),
            *self._terms("context", {**(parts or {}), **terms}, weights.context),
            *self._terms("exact", exact or {}, weights.exact),
        ]
        if not should or k < 1:
            return []
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.boolean_query(should)),
                *self._filters(where or {}, dates),
            ]
        )
        searcher = self._index.searcher()
        hits = searcher.search(query, k).hits
        return [(searcher.doc(address).get_first("id"), score) for score, address in hits]

    def ids_where(
        self,
        where: Mapping[str, Sequence[str]],
        k: int = 10_000,
        dates: tuple[str, str] | None = None,
    ) -> list[str]:
        """Ids of at most `k` passages that have one of the values in every field, in no order.

        `where`, `dates`: as in `search`; "id" is a field here too.
        """
        query = tantivy.Query.boolean_query(self._filters(where, dates))
        searcher = self._index.searcher()
        return [searcher.doc(a).get_first("id") for _, a in searcher.search(query, k).hits]

    def count_where(
        self, where: Mapping[str, Sequence[str]], dates: tuple[str, str] | None = None
    ) -> int:
        """How many passages have one of the values in every field."""
        query = tantivy.Query.boolean_query(self._filters(where, dates))
        return int(self._index.searcher().search(query, 1).count)

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        """Inverse document frequency of stems and parts; a stem that stands nowhere is rarest.

        Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework", eq. 3.
        """
        searcher = self._index.searcher()
        total = max(int(searcher.num_docs), 1)
        found = {}
        for stem in stems:
            with_it = max(searcher.doc_freq(field, stem) for field in ("text", "parts"))
            found[stem] = math.log(1 + (total - with_it + 0.5) / (with_it + 0.5))
        return found

    def _terms(self, field: str, terms: Mapping[str, float], boost: float) -> list[Any]:
        return [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(
                    tantivy.Query.term_query(self._schema, field, term, "freq"), weight * boost
                ),
            )
            for term, weight in terms.items()
            if weight * boost > 0
        ]

    def _filters(
        self, where: Mapping[str, Sequence[str]], dates: tuple[str, str] | None
    ) -> list[Any]:
        must = [
            (tantivy.Occur.Must, tantivy.Query.term_set_query(self._schema, field, list(values)))
            for field, values in where.items()
        ]
        if dates:
            first, last = (int(date.replace("-", "")) for date in dates)
            between = tantivy.Query.range_query(
                self._schema, "date", tantivy.FieldType.Integer, first, last
            )
            must.append((tantivy.Occur.Must, between))
        return must

    def _row(self, passage: Passage) -> tantivy.Document:
        analyse = analyser().terms
        body, context = analyse(passage.clean), analyse(passage.context)
        row = tantivy.Document(id=[passage.id], file=[passage.file])
        for field, terms in _fields(body, context, passage).items():
            row.add_text(field, " ".join(terms))
        for field, values in _raw(passage).items():
            for value in values:
                row.add_text(field, value)
        if passage.date:
            row.add_integer("date", int(passage.date.replace("-", "")))
        return row

    def _note(self, generation: int) -> None:
        state = {"version": VERSION, "generation": generation}
        temporary = self._folder / f".{_STATE}"
        temporary.write_text(json.dumps(state), encoding="utf-8")
        temporary.replace(self._folder / _STATE)

    def _opened(self) -> tantivy.Index:
        try:
            return self._tantivy()
        except Exception:  # whatever Tantivy makes of a damaged folder: it is derived, start anew
            shutil.rmtree(self._folder, ignore_errors=True)
            return self._tantivy()

    def _tantivy(self) -> tantivy.Index:
        self._folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(self._schema, path=str(self._folder))
        index.searcher()
        return index


def peek(folder: Path) -> frozenset[str] | None:
    """The ids of the passages that an index holds; None if it cannot be opened. Changes nothing."""
    try:
        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        hits = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1)).hits
        return frozenset(str(searcher.doc(address).get_first("id")) for _, address in hits)
    except Exception:  # whatever Tantivy makes of a damaged folder
        return None


def generation_of(folder: Path) -> int | None:
    """The generation of the store that an index shows, or None where it is unknown."""
    try:
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        return state["generation"] if state["version"] == VERSION else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("file", "kind", "role", "body", "party", "case"):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in _TERM_FIELDS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("date", indexed=True, fast=True)
    return builder.build()


def _fields(body: Terms, context: Terms, passage: Passage) -> dict[str, Sequence[str]]:
    names = analyser().terms(" ".join((*passage.people, *passage.parties))).stems
    return {
        "text": body.stems,
        "parts": body.parts,
        "context": (*context.stems, *context.parts, *names),
        "exact": (*body.exact, *context.exact, *(f"party:{party}" for party in passage.parties)),
    }


def _raw(passage: Passage) -> dict[str, Sequence[str]]:
    return {
        "kind": (passage.kind.value,),
        "role": (passage.role.value,),
        "body": (passage.body.lower(),) if passage.body else (),
        "party": passage.parties,
        "case": tuple(filter(None, map(case_key, passage.case_numbers))),
    }
