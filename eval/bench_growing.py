"""An index of any size out of a real one, without embedding: for measuring how search grows.

Real documents are stored again under other names, their vectors turned a little, through the same
store and the same lexical index as an ingest. What such an index cannot show: more words than the
real papers have, and answers that are unlike each other. Times to search it are therefore times of
an index whose best hits have many equals, which is more work, not less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np

from ingest.errors import BereddError
from ingest.passages import Passage
from vectorstore import manifest
from vectorstore.index import Index, open_index
from vectorstore.manifest import Manifest
from vectorstore.rows import to_passage
from vectorstore.store import Vectors
from vectorstore.stored import Entry, Stored

_TURN = 0.35
"""Length of what is added to a vector of length 1: a copy's cosine to its original is 0.94."""
_A_COMMIT = 20_000
"""Passages to one commit of the lexical index, and to one generation."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A real document with its passages and their vectors."""

    entry: Entry
    stored: Stored
    rows: Sequence[Passage]
    vectors: Vectors

    def copied(self, number: int, chance: np.random.Generator) -> _Source:
        """The same document by another name; number 0 is the document itself."""
        if number == 0:
            return self
        file = f"kopia-{number:03}/{self.entry.file}"
        document = replace(self.stored.document, file=file)
        return _Source(
            entry=replace(self.entry, file=file),
            stored=replace(self.stored, document=document),
            rows=[replace(row, file=file) for row in self.rows],
            vectors=turned(self.vectors, chance),
        )

    def cut(self, size: int) -> _Source:
        """The document with its first passages only."""
        entry = replace(self.entry, passages=min(size, len(self.rows)))
        return replace(self, entry=entry, rows=self.rows[:size], vectors=self.vectors[:size])


def grow(source: Path, target: Path, size: int, *, seed: int = 0) -> Index:
    """Makes an index of exactly `size` passages in `target` from the documents of `source`.

    Documents come in a random order that `seed` fixes; each is taken before any is taken twice.

    Raises:
        BereddError: `source` is no index, or has nothing in it.
    """
    given = open_index(source)
    if not any(entry.passages for entry in given.entries.values()):
        raise BereddError(f"There is nothing in {source}. Ingest documents into it first.")
    made = given.manifest
    target.mkdir(parents=True)
    manifest.write(target, Manifest(made.model, made.dimensions, masked=made.masked))
    index = open_index(target)
    waiting: list[Passage] = []
    for one in _documents(given, size, np.random.default_rng(seed)):
        index.store.put_passages(one.rows, one.vectors, one.entry.digest)
        index.store.put_document(one.stored, one.entry)
        waiting += one.rows
        if len(waiting) >= _A_COMMIT:
            index.lexical.update(index.advance(), waiting)
            waiting.clear()
    index.lexical.update(index.advance(), waiting)
    return index


def turned(vectors: Vectors, chance: np.random.Generator) -> Vectors:
    """Vectors near the given ones, `(n, dimensions)` float32, L2-normalised."""
    noise = chance.standard_normal(vectors.shape, dtype=np.float32)
    noise *= _TURN / np.linalg.norm(noise, axis=1, keepdims=True)
    moved = vectors + noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def _documents(given: Index, size: int, chance: np.random.Generator) -> Iterator[_Source]:
    """Documents and their copies until there are `size` passages."""
    files = [file for file, entry in given.entries.items() if entry.passages]
    order = [files[n] for n in chance.permutation(len(files))]
    left = size
    for number in count():
        for file in order:
            one = _read(given, file).copied(number, chance).cut(left)
            yield one
            left -= len(one.rows)
            if left <= 0:
                return


def _read(given: Index, file: str) -> _Source:
    entry, stored = given.entries[file], given.document(file)
    assert stored is not None, "nobody else writes to it"
    rows = list(given.store.passage_rows(file))
    passages = [to_passage(text, beside) for _, text, beside, _ in rows]
    vectors = np.stack([vector for _, _, _, vector in rows])
    return _Source(replace(entry, passages=len(rows)), stored, passages, vectors)
