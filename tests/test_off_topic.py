"""What has nothing to do with the papers is declined; what is asked in the genre never is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.confidence import off_topic
from assistant.question import understand
from assistant.search import Hit
from assistant.windows import window
from tests.bag import BagOfWords
from tests.papers import MINUTES
from vectorstore.index import Index, create_index
from vectorstore.ingestion import ingest
from vectorstore.rows import to_passage

_KNOWN = "multilingual-e5-small@0"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("topic")
    (folder / "papers").mkdir()
    (folder / "papers" / "protokoll.txt").write_text(MINUTES, encoding="utf-8")
    made = create_index(folder / "index", BagOfWords())
    ingest(made, BagOfWords(), [folder / "papers"])
    made.manifest = replace(made.manifest, model=_KNOWN)
    return made


def _hit(index: Index, cosine: float) -> Hit:
    (file,) = index.entries
    _, text, beside, _ = next(iter(index.store.passage_rows(file)))
    passage, stored = to_passage(text, beside), index.document(file)
    assert stored is not None
    return Hit(passage=passage, score=1.0, dense=cosine, window=window(stored, passage))


@pytest.mark.parametrize("question", ["Hur bakar man en sockerkaka?", "How do I bake a cake?"])
def test_what_is_far_from_every_paper_is_off_the_topic(index: Index, question: str) -> None:
    asked = understand(question)
    assert off_topic(asked, [_hit(index, 0.70)], index)
    assert not off_topic(asked, [_hit(index, 0.70), _hit(index, 0.88)], index)


@pytest.mark.parametrize(
    "question",
    ["Vilka reserverade sig?", "Vad beslutades?", "simkort", "Vad gäller KS 2031-00042?",
     "Vem talade i fullmäktige?", "Vem skrev motionen?"],
)  # fmt: skip
def test_what_only_such_papers_answer_is_never_off_the_topic(index: Index, question: str) -> None:
    assert not off_topic(understand(question), [_hit(index, 0.70)], index)


def test_a_model_that_was_not_measured_puts_nothing_off_the_topic(index: Index) -> None:
    asked = understand("Hur bakar man en sockerkaka?")
    known, index.manifest = index.manifest, replace(index.manifest, model="another@0")
    try:
        assert not off_topic(asked, [_hit(index, 0.1)], index)
    finally:
        index.manifest = known


def test_in_a_larger_index_something_nearer_is_to_be_expected(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, hit = understand("Hur bakar man en sockerkaka?"), _hit(index, 0.82)
    assert not off_topic(asked, [hit], index)
    monkeypatch.setattr(type(index.lexical), "count", lambda _: 47_000)
    assert off_topic(asked, [hit], index)
