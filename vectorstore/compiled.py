"""A graph made ready for this machine, and run: each text, or batch, on one core of its own.

Cores that share a batch wait for each other at every layer; many batches side by side do not.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore import graph

Vectors = npt.NDArray[np.float32]
_UNFUSED = {"SNIPPETS_MODE": "DISABLE"}
"""Attention as products and a softmax, not as one generated kernel: that one is slow wherever a
length is no multiple of sixteen, and takes two fifths of the time that compiling takes."""
_STEP = 8
"""What lengths are multiples of."""
Rows = Sequence[Sequence[int]]
"""Token ids of the texts of a batch."""
Features = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]
"""What the graph takes: ids and mask, (texts, tokens)."""


class Compiled:
    """The model of a folder. Safe to use from several threads: as many run as there are cores.

    bf16 where the CPU multiplies it natively, else fp32.

    Args:
        folder: what `vectorstore.weights.model_folder` gives.
        native: False for fp32 everywhere.

    Raises ImportError where OpenVINO cannot be imported, RuntimeError where it does not run here.
    """

    def __init__(self, folder: Path, *, native: bool = True) -> None:
        library = graph.openvino()
        core = library.Core()
        able = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.cores = usable_cores()
        self._library = library
        asked = {
            "INFERENCE_PRECISION_HINT": "bf16" if native and able else "f32",
            "NUM_STREAMS": self.cores,
            "INFERENCE_NUM_THREADS": self.cores,
            "ENABLE_CPU_PINNING": False,  # two processes would be bound to the same cores
        }
        model = graph.build(folder)
        try:
            self._model = core.compile_model(model, "CPU", asked | _UNFUSED)
        except RuntimeError:  # no promise of the library: a release may not know it
            self._model = core.compile_model(model, "CPU", asked)
        self._idle: SimpleQueue[Any] = SimpleQueue()
        for _ in range(self.cores):
            self._idle.put(self._model.create_infer_request())

    def run(self, rows: Rows) -> Vectors:
        """The vectors of one batch: (len(rows), width) float32, on one core."""
        return self._run(features(rows))

    def side_by_side(self, batches: Sequence[Rows]) -> Iterator[Vectors]:
        """The vectors of batches, in order, as many at once as there are cores."""
        if min(self.cores, len(batches)) < 2:
            yield from map(self.run, batches)
            return
        with ThreadPoolExecutor(self.cores, "beredd-embed") as pool:
            running: deque[Future[Vectors]] = deque()
            for rows in batches:
                running.append(pool.submit(self.run, rows))
                if len(running) > 2 * self.cores:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()

    def alone(self, ready: Iterable[Features]) -> float:
        """Seconds for batches made ready beforehand, by the library's own queue: for benchmarks."""
        queue = self._library.AsyncInferQueue(self._model, self.cores)
        began = time.perf_counter()
        for ids, mask in ready:
            queue.start_async([ids, mask])
        queue.wait_all()
        return time.perf_counter() - began

    def _run(self, batch: Features) -> Vectors:
        request = self._idle.get()
        try:
            request.infer(list(batch))
            vectors: Vectors = request.get_output_tensor(0).data.copy()
        finally:
            self._idle.put(request)
        return vectors


def features(rows: Rows) -> Features:
    """A batch as the graph takes it, every row filled to the length of the longest or a little
    more: lengths that eight divides are computed faster, and fewer shapes are made ready."""
    lengths = np.array([len(row) for row in rows])
    longest = -(-lengths.max() // _STEP) * _STEP
    mask = (np.arange(longest) < lengths[:, None]).astype(np.int32)
    ids = np.zeros_like(mask)
    ids[mask.astype(bool)] = np.concatenate([np.asarray(row, np.int32) for row in rows])
    return ids, mask


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
