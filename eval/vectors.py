"""HuggingFace embeddings that remember: the same texts are embedded once on a machine.

A corpus of tens of thousands of pieces takes the bare model many minutes. Vectors are kept in
blocks in the user's cache, by the digest of the model's folder name and the block's texts, so that
a run that was interrupted goes on where it stopped and a second run takes seconds.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

Vectors = npt.NDArray[np.float32]
BLOCK = 512
"""Texts in a block."""


class Remembered(Embeddings):
    """LangChain's `HuggingFaceEmbeddings` over a model folder, with E5's prefixes.

    Args:
        model: folder of a sentence-transformers model.
        cache: where the blocks lie; made if it is missing.
        progress: called with the number of texts of a block when it is there.
    """

    def __init__(
        self, model: Path, cache: Path, progress: Callable[[int], None] = lambda _: None
    ) -> None:
        self._folder = model
        self._cache = cache
        self._progress = progress
        self._known: dict[str, Vectors] = {}
        self._loaded: Any = None

    def matrix(self, texts: Sequence[str]) -> Vectors:
        """(len(texts), dimensions) float32, L2-normalised, in the order of the texts."""
        blocks = [self._block(list(texts[at : at + BLOCK])) for at in range(0, len(texts), BLOCK)]
        return np.concatenate(blocks) if blocks else np.empty((0, 0), np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of passages; those that `matrix` has made are not made again."""
        missing = [text for text in texts if text not in self._known]
        if missing:
            self.matrix(missing)
        found: list[list[float]] = np.stack([self._known[text] for text in texts]).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self._model().embed_query(text)
        return vector

    def _block(self, texts: list[str]) -> Vectors:
        file = self._cache / f"{self._digest(texts)}.npy"
        if file.is_file():
            vectors: Vectors = np.load(file).astype(np.float32)
        else:
            vectors = np.asarray(self._model().embed_documents(texts), dtype=np.float32)
            self._keep(file, vectors)
        self._known.update(zip(texts, vectors, strict=True))
        self._progress(len(texts))
        return vectors

    def _keep(self, file: Path, vectors: Vectors) -> None:
        """Written aside and renamed: a block is there whole or not at all."""
        self._cache.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as out:
            np.save(out, vectors)
        part.replace(file)

    def _digest(self, texts: Sequence[str]) -> str:
        total = hashlib.sha256(self._folder.name.encode())
        for text in texts:
            total.update(b"\0" + text.encode("utf-8", "surrogatepass"))
        return total.hexdigest()[:32]

    def _model(self) -> Any:
        if self._loaded is None:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
            from langchain_huggingface import HuggingFaceEmbeddings

            self._loaded = HuggingFaceEmbeddings(
                model_name=str(self._folder),
                encode_kwargs={"normalize_embeddings": True, "prompt": "passage: "},
                query_encode_kwargs={"normalize_embeddings": True, "prompt": "query: "},
            )
        return self._loaded
