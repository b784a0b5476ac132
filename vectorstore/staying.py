"""Questions to vectors in a process that stays, such as a web server.

The small engine answers at once; the model itself takes seconds to load and half a gigabyte, and
then takes half the time for each question (16 ms, not 32, of one core for 15 to 25 tokens).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ingest.errors import BereddError

_LOG = logging.getLogger(__name__)


class _Embeds(Protocol):
    def query(self, text: str) -> npt.NDArray[np.float32]: ...


class Staying:
    """Embeds questions with the quick engine until the model is loaded, then with the model.

    Loading begins with the first question, beside its answer. Where the model cannot be loaded the
    engine goes on. The two give the same vectors but for rounding (cosine ≥ 0.998). Safe to use
    from several threads.

    Args:
        quick: ready now.
        model: loads the model; its vectors must be of the same model as `quick`'s.
    """

    def __init__(self, quick: _Embeds, model: Callable[[], _Embeds]) -> None:
        self._now = quick
        self._load = model
        self._guard = threading.Lock()
        self._loading: threading.Thread | None = None

    def query(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of a question: (dimensions,) float32, L2-normalised."""
        self._begin()
        return self._now.query(text)

    def settle(self, timeout_s: float | None = None) -> None:
        """Waits until the model has been loaded, or could not be; for benchmarks and tests."""
        self._begin().join(timeout_s)

    def _begin(self) -> threading.Thread:
        with self._guard:
            if self._loading is None:
                self._loading = threading.Thread(
                    target=self._exchange, name="beredd-model", daemon=True
                )
                self._loading.start()
            return self._loading

    def _exchange(self) -> None:
        try:
            loaded = self._load()
            loaded.query("")
        except (BereddError, ImportError, OSError, RuntimeError, MemoryError) as error:
            _LOG.warning("Questions stay with the small engine: %s", error)
            return
        self._now = loaded


@cache
def lone_model() -> _Embeds:
    """The default model for many askers at once, loaded once: each question on one core.

    Sets torch's number of threads for the whole process, so not for one that also ingests.
    """
    import torch

    from vectorstore.embedding import Embedder

    torch.set_num_threads(1)
    return Embedder()
