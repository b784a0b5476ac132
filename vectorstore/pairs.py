"""How well sentences answer a question: the bundled model, taught to read the two together.

A question and a sentence go through the first layers of the model as one text (a cross-encoder:
Nogueira and Cho (2019), "Passage Re-ranking with BERT"), so that each word of the one meets every
word of the other. What the model was taught lies beside this file: `python -m eval teach` makes it
from the papers in `eval/lessons`, docs/decisions/0019-pairs.md tells what it gains.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from ingest.errors import BereddError
from vectorstore import graph, pieces, weights
from vectorstore.compiled import Compiled, Vectors
from vectorstore.texts import encodable

_LOG = logging.getLogger(__name__)
_LOADING = threading.Lock()
TAUGHT = Path(__file__).with_name("pairs.npz")
"""The weights."""
ASKED = "query: "
"""What a question begins with, as where it is embedded."""
LIMIT = 112
"""Tokens of a pair; of a longer one the sentence is cut."""
_TITLE = 90
_TEXT = 700
"""Characters of a title and of the two together."""
_MOST_ASKED = 48
"""Tokens of a question; a longer one is cut."""
_BEGIN, _END = 0, 2
"""The ids of <s> and </s>."""


def paired(title: str, sentence: str) -> str:
    """A sentence as it is read: after the title of its paper, which tells what it is about."""
    return f"{title[:_TITLE]}. {sentence}"[:_TEXT]


class PairScorer:
    """Scores sentences by how well they answer. Safe to use from several threads.

    Args:
        cache: where the model is unpacked; None for the user's cache.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache

    def begin(self) -> None:
        """Loads the model in a thread of its own; what is scored meanwhile waits for it."""
        threading.Thread(target=self._runs, name="beredd-pairs").start()

    def scores(self, question: str, sentences: Sequence[str]) -> Vectors | None:
        """A score for each sentence as `paired` gives it, (len(sentences),) float32: the logarithm of the odds that it
        answers, above 0 where it rather does. None where the model cannot be run here."""
        runs = self._runs()
        if runs is None:
            return None
        return runs.scores(question, sentences) if sentences else np.zeros(0, np.float32)

    def _runs(self) -> _Runs | None:
        with _LOADING:
            return _loaded(self._cache)


class _Runs:
    def __init__(self, folder: Path) -> None:
        with np.load(TAUGHT) as taught:
            self._model = Compiled(folder, dict(taught))
        self._pieces = pieces.Pieces(folder / pieces.FOLDER, LIMIT)

    def scores(self, question: str, sentences: Sequence[str]) -> Vectors:
        asked, *told = self._pieces.each(
            [ASKED + encodable(question), *(encodable(sentence) for sentence in sentences)]
        )
        head = [_BEGIN, *asked[:_MOST_ASKED], _END, _END]
        rows = [[*head, *one[: LIMIT - len(head) - 1], _END] for one in told]
        order = sorted(range(len(rows)), key=lambda n: len(rows[n]))
        size = -(-len(rows) // self._model.cores)
        groups = [order[at : at + size] for at in range(0, len(order), size)]
        found = self._model.side_by_side([[rows[n] for n in group] for group in groups])
        scores = np.empty(len(rows), np.float32)
        scores[list(chain.from_iterable(groups))] = np.concatenate([some[:, 0] for some in found])
        return scores


@lru_cache(maxsize=2)
def _loaded(cache: Path | None) -> _Runs | None:
    """The model, once in a process; None, and a line in the log, where it cannot be run."""
    try:
        graph.openvino()
        return _Runs(weights.model_folder(cache))
    except (ImportError, OSError, RuntimeError, BereddError) as error:
        _LOG.warning("Sentences are chosen by rules alone: the model cannot be run (%s).", error)
        return None
