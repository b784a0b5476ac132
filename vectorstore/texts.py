"""What is done to texts before a model sees them, whichever model it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Progress = Callable[[int], None]

TEXTS_AT_ONCE = 4096
"""Texts that are tokenised together; bounds the memory that token ids take."""
_TOKENS_A_BATCH = 2048  # measured: activations then stay in the CPU's cache


def prompts_for(own: dict[str, str], name: str) -> dict[str, str]:
    """What the model wants in front of a query and a passage: its own prompts where it has any.

    The e5 family was trained with prefixes that its older model folders do not state.
    """
    if any(own.values()):
        return {
            "query": own.get("query", ""),
            "passage": own.get("passage") or own.get("document", ""),
        }
    if "e5" in Path(name).name.lower().replace("_", "-").split("-"):
        return {"query": "query: ", "passage": "passage: "}
    return {"query": "", "passage": ""}


def batches(lengths: Sequence[int], budget: int = _TOKENS_A_BATCH) -> Iterator[list[int]]:
    """Positions grouped by length, longest first, so that little is padded.

    A batch's longest length times its size stays within `budget` unless it holds one text only.
    Longest first, because a batch too large for the memory then fails at once.
    """
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    at = 0
    while at < len(order):
        size = max(1, budget // max(1, lengths[order[at]]))
        yield order[at : at + size]
        at += size


def encodable(text: str) -> str:
    """The text with lone surrogates, which no tokeniser takes, replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
