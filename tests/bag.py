"""A bag-of-words embedder: real vectors, real neighbours, no model to load."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from vectorstore.store import Vectors

DIMENSIONS = 256


class BagOfWords:
    """Texts that share words are near: each word has a place in the vector."""

    name = "bag-of-words"
    dimensions = DIMENSIONS

    def passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        vectors = np.stack([self.query(text) for text in texts]) if texts else _nothing()
        if progress:
            progress(len(texts))
        return vectors

    def query(self, text: str) -> Vectors:
        vector = np.full(DIMENSIONS, 1e-6, dtype=np.float32)
        for word in text.lower().split():
            place = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % DIMENSIONS
            vector[place] += 1
        return vector / np.linalg.norm(vector)


def _nothing() -> Vectors:
    return np.empty((0, DIMENSIONS), dtype=np.float32)
