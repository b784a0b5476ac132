"""Token counts and splits: offline, exact, bounded."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import tokens

PROSE = "Kommunstyrelsen i Ekmarka beslutar att anta förslaget. Ärendet tas upp den 4 maj. "


def test_special_tokens_in_a_document_are_plain_text() -> None:
    assert tokens.count("<|endoftext|>") > 1


def test_the_empty_text_has_no_token_and_no_range() -> None:
    assert tokens.count("") == 0
    assert tokens.split("", 10) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(4, 40))
def test_the_ranges_cover_the_text_and_keep_the_limit(text: str, limit: int) -> None:
    ranges = tokens.split(text, limit)
    assert "".join(text[start:end] for start, end in ranges) == text
    assert all(end == start + 1 or tokens.count(text[start:end]) <= limit for start, end in ranges)


def test_a_range_ends_between_words_where_it_can() -> None:
    text = PROSE * 20
    assert all(text[end - 1].isspace() for _, end in tokens.split(text, 30))


def test_a_limit_that_holds_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no text"):
        tokens.split("text", 0)


@pytest.mark.parametrize("unit", ["a", "å", "中", " ", "\n", "!", "1"])
def test_a_text_without_words_takes_no_longer_than_a_moment(unit: str) -> None:
    began = time.process_time()
    tokens.split(unit * 100_000, 256)
    assert time.process_time() - began < 5


def test_tiktokens_cache_is_used_only_where_its_file_is_whole(tmp_path: Path) -> None:
    environ = {"TIKTOKEN_CACHE_DIR": str(tmp_path)}
    assert tokens.cached_vocabulary(environ) is None
    name = hashlib.sha1(
        b"https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"
    ).hexdigest()
    (tmp_path / name).write_bytes(b"half a file")
    assert tokens.cached_vocabulary(environ) is None
    assert tokens.cached_vocabulary({"TIKTOKEN_CACHE_DIR": ""}) is None
