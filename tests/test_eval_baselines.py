"""The baselines: exact offsets, and each finds what it should."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.baselines import (
    OVERLAP,
    PIECE,
    Afternoon,
    Bm25,
    Dense,
    model_folder,
    split,
    swedish,
    whole,
    words,
)
from eval.qasets import QaSet
from eval.retrieval import score_set
from eval.vectors import Remembered
from ingest.document import Document

TEXTS = {
    "bad": "Sommarbadet är öppet i juni. Avgiften är 40 kronor.",
    "buss": "Kollektivtrafiken byggs ut med nya busslinjer till byarna.",
    "skola": "Skolan i Norrby får en ny matsal och ett bibliotek.",
}


def _documents() -> list[Document]:
    return [Document(name, "", "txt", name, text) for name, text in TEXTS.items()]


class _Letters:
    """Embeds a text by the pairs of letters in it; near texts share pairs."""

    def matrix(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        rows = np.zeros((len(texts), 512), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for pair in re.findall(r"(?=(\w\w))", text.lower()):
                row[(ord(pair[0]) * 31 + ord(pair[1])) % 512] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        made: npt.NDArray[np.float32] = rows / np.maximum(lengths, 1e-9)
        return made

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found: list[list[float]] = self.matrix(texts).tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        found: list[float] = self.matrix([text])[0].tolist()
        return found


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["ord ", "mening. ", "\n", "\n\n", "§ 4 ", "x" * 300]), max_size=80)
)
def test_a_piece_is_its_documents_text_at_its_offsets(parts: list[str]) -> None:
    text = "".join(parts)
    pieces = split([Document("a", "", "txt", "a", text)])
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.text
        assert len(piece.text) <= PIECE
    for one, other in pairwise(pieces):
        assert one.start < other.start
        assert one.end - other.start <= OVERLAP


def test_a_piece_that_occurs_twice_keeps_both_places() -> None:
    text = "\n\n".join(["Samma stycke igen. " * 40] * 3)
    starts = [piece.start for piece in split([Document("a", "", "txt", "a", text)])]
    assert len(set(starts)) == len(starts) >= 3


def test_bm25_finds_by_words_and_swedish_by_stems_and_compounds() -> None:
    pieces = whole(_documents())
    plain = Bm25("BM25", pieces, words)
    assert [hit.file for hit in plain.search("avgiften", 3)] == ["bad"]
    assert plain.search("trafik", 3) == []
    assert plain.search("", 3) == []
    assert Bm25("BM25 Swedish", pieces, swedish()).search("trafik", 3)[0].file == "buss"


@pytest.mark.parametrize("question", ["nya busslinjer", "avgiften i kronor", "matsalen i skolan"])
def test_chroma_and_the_exact_search_agree(question: str) -> None:
    pieces = whole(_documents())
    dense = Dense(pieces, _Letters()).search(question, 3)
    afternoon = Afternoon(pieces, _Letters(), f"t{uuid4().hex}").search(question, 3)
    assert [hit.file for hit in dense] == [hit.file for hit in afternoon]
    assert afternoon[0].text == TEXTS[afternoon[0].file]


@pytest.mark.slow
def test_what_is_remembered_is_embedded_once_and_questions_apart(tmp_path: Path) -> None:
    made: list[int] = []
    model = Remembered(model_folder(), tmp_path / "vectors.sqlite", made.append)
    first = model.matrix(["Om badet", "Om bussen"])
    question = model.embed_query("Om badet")
    assert made == [2, 1]
    again = Remembered(model_folder(), tmp_path / "vectors.sqlite", made.append)
    assert np.array_equal(again.matrix(["Om bussen", "Om badet"]), first[::-1])
    assert again.embed_query("Om badet") == question
    assert made == [2, 1]
    assert float(first[0] @ np.asarray(question)) < 0.999


def test_only_a_search_that_computes_is_timed() -> None:
    qa = QaSet("t", TEXTS, (("När öppnar badet?", frozenset({"bad"})),))
    pieces = whole(_documents())
    (plain,) = score_set(Bm25("BM25", pieces, words), qa)
    (dense,) = score_set(Dense(pieces, _Letters()), qa)
    assert plain.scores["search_ms"] is not None
    assert dense.scores["search_ms"] is None


def test_empty_documents_have_no_pieces() -> None:
    empty = [Document("a", "", "txt", "a", " \n")]
    assert split(empty) == whole(empty) == []
