"""Splitting compounds takes bounded time, whatever stands in the text."""

from __future__ import annotations

import time

import pytest

from vectorstore.lexical import analyser

WORDS = "uppdragtillskolverketforattokamojligheternaattfoljaeleverskunskapsut"


@pytest.mark.parametrize("word", [WORDS[:55], WORDS, WORDS * 40, "skol" * 15, "å" * 60])
def test_a_run_of_words_without_spaces_is_split_at_once_or_not_at_all(word: str) -> None:
    began = time.process_time()
    analyser().terms(word)
    assert time.process_time() - began < 2  # includes loading the word list
