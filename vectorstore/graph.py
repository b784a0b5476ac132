"""The bundled model as an OpenVINO graph: from a folder's weights to vectors of texts.

Importing OpenVINO itself counts its users: it starts `openvino.tools.ovc`, which writes an
identifier to the home folder and sends an event. Both are kept from being imported; what is left
computes and nothing else.

BERT as in Devlin et al. (2018), "BERT: Pre-training of Deep Bidirectional Transformers", with the
mean of the tokens for a vector as in Reimers and Gurevych (2019), "Sentence-BERT".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.errors import BereddError

_SILENCED = ("openvino.tools.ovc", "openvino_telemetry")
_KINDS = {"F16": np.float16, "F32": np.float32}

Weights = Mapping[str, npt.NDArray[Any]]


def openvino() -> Any:
    """The library, without what it sends of itself. Raises ImportError where it cannot be had."""
    for name in _SILENCED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # what import takes for "no"
    import openvino as library

    return library


def mapped(file: Path) -> dict[str, npt.NDArray[Any]]:
    """The tensors of a safetensors file, read from disk as they are used.

    Format: an unsigned 64-bit length, that many bytes of JSON, then the tensors one by one
    (https://github.com/huggingface/safetensors#format). Raises BereddError for another precision
    than fp16 and fp32.
    """
    content = np.memmap(file, np.uint8, "c")
    start = 8 + int(content[:8].view("<u8")[0])
    header = json.loads(content[8:start].tobytes())
    tensors = {}
    for name, told in header.items():
        if name == "__metadata__":
            continue
        if told["dtype"] not in _KINDS:
            raise BereddError(f"{file}: {name} is in {told['dtype']}, which is not known here.")
        begin, end = (start + at for at in told["data_offsets"])
        tensors[name] = content[begin:end].view(_KINDS[told["dtype"]]).reshape(told["shape"])
    return tensors


def build(folder: Path) -> Any:
    """The `openvino.Model` of a BERT folder that `vectorstore.unpack` made.

    Inputs: `ids`, (texts, tokens) int32, and `mask` of the same shape, 1 for a token and 0 for what
    only fills the row. Output: (texts, width) float32, L2-normalised.
    """
    openvino()
    configuration = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return _Graph(configuration, mapped(folder / "model.safetensors")).model()


class _Graph:
    """Puts a graph together. A node is an `openvino.Node`; shapes stand for (texts, tokens, …)."""

    def __init__(self, configuration: Mapping[str, Any], weights: Weights) -> None:
        from openvino import opset13

        self._op = opset13
        self._weights = weights
        self._width = int(configuration["hidden_size"])
        self._heads = int(configuration["num_attention_heads"])
        self._layers = int(configuration["num_hidden_layers"])
        self._eps = float(configuration["layer_norm_eps"])

    def model(self) -> Any:
        """The whole graph."""
        import openvino as ov

        ids = self._op.parameter([-1, -1], np.int32, "ids")
        mask = self._op.parameter([-1, -1], np.int32, "mask")
        flags = self._op.unsqueeze(self._op.convert(mask, "boolean"), self._ints([1, 2]))
        state = self._embedded(ids)
        for number in range(self._layers):
            state = self._layer(state, flags, f"encoder.layer.{number}.")
        vectors = self._pooled(state, mask)
        return ov.Model([self._op.result(vectors)], [ids, mask], "bundled")

    def _embedded(self, ids: Any) -> Any:
        """(texts, tokens) ids as (texts, tokens, width)."""
        op = self._op
        length = op.gather(op.shape_of(ids, "i32"), self._ints([1]), self._ints(0))
        positions = op.slice(
            self._constant("embeddings.position_embeddings.weight"),
            self._ints([0]), length, self._ints([1]), self._ints([0]),
        )  # fmt: skip
        kind = self._single(self._weights["embeddings.token_type_embeddings.weight"][:1])
        words = op.gather(self._constant("embeddings.word_embeddings.weight"), ids, self._ints(0))
        placed = op.add(positions, kind)
        return self._normed(op.add(words, placed), "embeddings.LayerNorm")

    def _layer(self, state: Any, flags: Any, name: str) -> Any:
        op = self._op
        own = f"{name}attention.self."
        queries, keys, values = (
            self._in_heads(self._dense(state, own + part)) for part in ("query", "key", "value")
        )
        attended = op.scaled_dot_product_attention(queries, keys, values, flags)
        joined = op.reshape(
            op.transpose(attended, self._ints([0, 2, 1, 3])), self._ints([0, 0, self._width]), True
        )
        after = self._dense(joined, f"{name}attention.output.dense")
        state = self._normed(op.add(after, state), f"{name}attention.output.LayerNorm")
        inner = op.gelu(self._dense(state, f"{name}intermediate.dense"), "erf")
        after = self._dense(inner, f"{name}output.dense")
        return self._normed(op.add(after, state), f"{name}output.LayerNorm")

    def _in_heads(self, state: Any) -> Any:
        """(texts, tokens, width) as (texts, heads, tokens, width / heads)."""
        shape = self._ints([0, 0, self._heads, self._width // self._heads])
        return self._op.transpose(self._op.reshape(state, shape, True), self._ints([0, 2, 1, 3]))

    def _pooled(self, state: Any, mask: Any) -> Any:
        """The mean over a text's tokens, of length one: (texts, width)."""
        op = self._op
        counted = op.convert(op.unsqueeze(mask, self._ints([2])), "f32")
        added = op.reduce_sum(op.multiply(state, counted), self._ints([1]))
        mean = op.divide(added, op.reduce_sum(counted, self._ints([1])))
        return op.normalize_l2(mean, self._ints([1]), 1e-24, "max")

    def _dense(self, state: Any, name: str) -> Any:
        product = self._op.matmul(state, self._constant(f"{name}.weight"), False, True)
        return self._op.add(product, self._row(f"{name}.bias"))

    def _normed(self, state: Any, name: str) -> Any:
        op = self._op
        plain = op.mvn(state, self._ints([2]), True, self._eps, "inside_sqrt")
        return op.add(op.multiply(plain, self._row(f"{name}.weight")), self._row(f"{name}.bias"))

    def _row(self, name: str) -> Any:
        return self._single(self._weights[name].reshape(1, 1, -1))

    def _single(self, values: npt.NDArray[Any]) -> Any:
        """A small constant in fp32."""
        return self._op.constant(np.ascontiguousarray(values, np.float32))

    def _constant(self, name: str) -> Any:
        """A tensor where it lies on disk, used as fp32."""
        values = self._op.constant(self._weights[name], shared_memory=True)
        used = self._op.convert(values, "f32")
        used.get_rt_info()["decompression_0"] = ""
        return used

    def _ints(self, values: int | Sequence[int]) -> Any:
        return self._op.constant(values, np.int32)
