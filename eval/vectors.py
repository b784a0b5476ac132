"""HuggingFace embeddings that remember: the same text is embedded once on a machine.

A corpus of tens of thousands of pieces takes the bare model many minutes. Vectors are kept in the
user's cache, by the digest of the model, its precision and the text, so that a run that was
interrupted goes on where it stopped and a second run takes seconds. Questions are embedded many at
a time too; a search that remembers its question says nothing of speed, and its time is not told.

bf16 is used where the CPU multiplies it natively, as in the product: the same weights, vectors that
agree to a cosine of 0.999, three times the speed.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

Vectors = npt.NDArray[np.float32]
BATCH = 64
"""Texts that are embedded, and kept, together."""
_LOOKED_UP = 500
_PASSAGE, _QUERY = "passage: ", "query: "


class Remembered(Embeddings):
    """LangChain's `HuggingFaceEmbeddings` over a model folder, with E5's prefixes.

    Args:
        model: folder of a sentence-transformers model.
        cache: the file that the vectors are kept in; made if it is missing.
        progress: called with the number of texts each time some have been embedded.
    """

    def __init__(
        self, model: Path, cache: Path, progress: Callable[[int], None] = lambda _: None
    ) -> None:
        self._folder = model
        self._cache = cache
        self._progress = progress
        self._loaded: Any = None

    def matrix(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions) float32, L2-normalised, in the order of the texts."""
        return self._vectors(texts, _PASSAGE)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions, as `matrix` gives those of passages."""
        return self._vectors(texts, _QUERY)

    def _vectors(self, texts: Sequence[str], prefix: str) -> Vectors:
        keys = [self._key(text, prefix) for text in texts]
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._cache, timeout=60)) as store:
            store.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB)")
            known = dict(_known(store, keys))
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            # Texts of like length together, so that little is spent on padding.
            todo = sorted(missing, key=lambda key: len(missing[key]))
            for at in range(0, len(todo), BATCH):
                some = todo[at : at + BATCH]
                made = self._model().embed_documents([prefix + missing[key] for key in some])
                rows = [(key, np.asarray(v, np.float32)) for key, v in zip(some, made, strict=True)]
                known.update(rows)
                with store:
                    store.executemany(
                        "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                        [(key, vector.tobytes()) for key, vector in rows],
                    )
                self._progress(len(some))
        return np.stack([known[key] for key in keys]) if keys else np.empty((0, 0), np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages; those that are remembered are not made again."""
        found: list[list[float]] = self.matrix(texts).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; one that is remembered is not made again."""
        vector: list[float] = self.questions([text])[0].tolist()
        return vector

    def _key(self, text: str, prefix: str) -> bytes:
        kind = "" if prefix == _PASSAGE else f"{prefix}\0"
        whole = f"{self._folder.name}\0{_precision()}\0{kind}{text}"
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()[:16]

    def _model(self) -> Any:
        if self._loaded is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            from langchain_huggingface import HuggingFaceEmbeddings

            self._loaded = HuggingFaceEmbeddings(
                model_name=str(self._folder),
                model_kwargs={"device": "cpu", "model_kwargs": {"dtype": _precision()}},
                encode_kwargs={"normalize_embeddings": True},
            )
        return self._loaded


def _known(store: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, Vectors]]:
    for at in range(0, len(keys), _LOOKED_UP):
        some = keys[at : at + _LOOKED_UP]
        marks = ",".join("?" * len(some))
        found = store.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some)
        for key, vector in found:
            yield key, np.frombuffer(vector, np.float32)


@lru_cache(maxsize=1)
def _precision() -> str:
    import torch

    abilities = torch.cpu.get_capabilities()
    native = abilities.get("amx_bf16") or abilities.get("avx512_bf16")
    return "bfloat16" if native else "float32"
