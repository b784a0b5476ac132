"""The door to the assistant: its answers and windows as the evaluation wants them."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

import pytest
from rich.console import Console

from assistant.assistant import Assistant
from assistant.fit import Tuning
from assistant.settings import Settings
from eval import cases, collection
from eval.ablation import Tuned, variants
from eval.contest import Renamed, product_over
from eval.given import parse
from eval.product import Beredd
from eval.qasets import QaSet
from tests.bag import BagOfWords
from tests.eval_examples import MINUTES, MOTION, gold, line, write
from vectorstore import manifest
from vectorstore.index import Index, create_index
from vectorstore.ingestion import ingest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two papers."""
    papers = tmp_path / "ekmarka"
    papers.mkdir()
    (papers / "protokoll.txt").write_text(MINUTES, "utf-8")
    (papers / "motion.txt").write_text(MOTION, "utf-8")
    return papers


@pytest.fixture
def index(folder: Path, tmp_path: Path) -> Index:
    """An index of them."""
    made = create_index(tmp_path / "index", BagOfWords())
    ingest(made, BagOfWords(), [folder])
    return made


@pytest.fixture
def product(index: Index) -> Beredd:
    """The assistant over that index."""
    return Beredd(Assistant(index, BagOfWords()), Settings(index=index.folder, model_key="secret"))


def test_a_dialogue_gives_one_answer_object_a_turn(product: Beredd) -> None:
    said = product.converse(
        ["Hur föll omröstningen om sommarbadet ut?", "Och vem reserverade sig?"]
    )
    assert [parse(dict(item)).question for item in said][1] == "Och vem reserverade sig?"
    assert all(parse(dict(item)).timings_ms for item in said)


def test_what_is_found_is_its_documents_text(product: Beredd, index: Index) -> None:
    texts = collection.texts_of(index)
    found = product.search("reserverar sig mot beslutet", 5)
    assert found
    for hit in found:
        document = texts.document(hit.file)
        assert document is not None
        assert document.text[hit.start : hit.end] == hit.text


def test_the_settings_of_a_run_hold_no_key(product: Beredd) -> None:
    assert "secret" not in str(product.settings())


def test_hits_of_a_set_carry_its_own_ids(product: Beredd) -> None:
    renamed = Renamed(product, {"protokoll.txt": "p1", "motion.txt": "p2"})
    assert {hit.file for hit in renamed.search("sommarbad", 5)} <= {"p1", "p2"}


def test_an_index_and_its_files_have_one_digest(index: Index, folder: Path) -> None:
    assert collection.digest_of(index) == collection.digest_of_files([folder])


def test_the_documents_beside_a_case_file_are_found(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    folder.rename(tmp_path / "corpus" / "ekmarka")
    (tmp_path / "eval").mkdir()
    quote = "Motionen avslås."
    text = line(gold_any=[[gold(quote, "ekmarka/protokoll.txt")]])
    file = write(tmp_path / "eval", "dev.jsonl", text)
    found = [cases.parse(text)]
    assert collection.beside([file], found) == ((tmp_path / "corpus" / "ekmarka").resolve(),)
    (tmp_path / "corpus" / "ekmarka" / "protokoll.txt").unlink()
    assert collection.beside([file], found) == ()


@pytest.mark.corpus
def test_the_development_set_stands_in_its_corpus(shared: Path) -> None:
    files = [shared / "eval" / "dev.jsonl", shared / "eval" / "dev_followups.jsonl"]
    found = cases.load(files)
    folders = collection.beside(files, found)
    assert [folder.name for folder in folders] == ["boras", "goteborg"]
    assert (len(found), sum(case.is_dialogue for case in found)) == (140, 10)


def test_a_set_has_a_name_of_its_own_until_a_text_changes() -> None:
    one, other = {"a": "Om badet", "b": "Om bussen"}, {"a": "Om badet", "b": "Om bussar"}
    assert collection.set_name(one) == collection.set_name(dict(one))
    assert collection.set_name(one) != collection.set_name(other)
    assert collection.set_name({"a": "x", "b": "y"}) != collection.set_name({"a": "xy"})
    assert collection.set_name(one).startswith(".")


@pytest.mark.slow
def test_the_index_of_a_question_set_is_kept_for_the_next_run(tmp_path: Path) -> None:
    texts = {"bad": "Sommarbadet öppnar i juni.", "buss": "Busslinjen till byn byggs ut."}
    qa = QaSet("t", texts, (("När öppnar badet?", frozenset({"bad"})),))
    console = Console(quiet=True)
    for _ in range(2):
        searcher = product_over(qa, Settings(), console, tmp_path)
        assert searcher.search("När öppnar badet?", 1)[0].file == "bad"
    (index,) = tmp_path.glob(".index-*")
    found = manifest.read(index)
    assert found is not None
    assert found.generation == 1


def test_every_weight_of_the_search_is_left_out_once() -> None:
    found = dict(variants(Tuning()))
    weights = [field.name for field in fields(Tuning()) if field.name != "lexical"]
    assert {f"without {name}" for name in weights} <= found.keys()
    for name in weights:
        changed = asdict(found[f"without {name}"])
        assert changed.pop(name) == 0.0
        assert changed.items() <= asdict(Tuning()).items()


def test_a_search_without_words_and_one_without_meaning_both_find(index: Index) -> None:
    assistant = Assistant(index, BagOfWords())
    for name, tuning in variants(Tuning()):
        assert Tuned(name, assistant, tuning).search("avgiften för sommarbad", 3), name
