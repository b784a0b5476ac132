"""Ingestion with the real Chroma and the real Tantivy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.filters import Filters
from assistant.question import understand
from assistant.search import search
from tests.bag import BagOfWords
from tests.papers import MOTION, write_some
from vectorstore.errors import IndexBusy, IndexMismatch, IndexMissing
from vectorstore.index import Index, create_index, open_index, remove_documents
from vectorstore.ingestion import Report, ingest
from vectorstore.lock import writing


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    write_some(folder)
    return folder


def _ingested(index: Index, folder: Path, *, prune: bool = False) -> Report:
    return ingest(index, BagOfWords(), [folder], prune=prune)


@pytest.fixture
def index(tmp_path: Path, papers: Path) -> Index:
    made = create_index(tmp_path / "index", BagOfWords())
    _ingested(made, papers)
    return made


def _found(index: Index, question: str) -> list[str]:
    return [hit.passage.file for hit in search(index, BagOfWords(), understand(question), 5)]


def test_every_passage_is_its_span(index: Index) -> None:
    passages = list(index.store.all_passages())
    assert passages
    for passage in passages:
        stored = index.document(passage.file)
        assert stored is not None
        assert passage.text == stored.document.text[passage.start : passage.end]


def test_every_record_is_its_span(index: Index) -> None:
    for file in index.entries:
        stored = index.document(file)
        assert stored is not None
        text = stored.document.text
        for part in stored.parts:
            for record in part.records:
                assert record.text == text[record.start : record.end]


def test_a_second_run_over_unchanged_files_writes_nothing(index: Index, papers: Path) -> None:
    generation = index.manifest.generation
    report = _ingested(index, papers)
    assert report.unchanged == ("motion.txt", "protokoll.txt")
    assert report.added == report.changed == report.removed == ()
    assert index.manifest.generation == generation


def test_a_changed_file_is_read_again_and_its_old_words_are_gone(
    index: Index, papers: Path
) -> None:
    (papers / "motion.txt").write_text(MOTION.replace("simkort", "busskort"), encoding="utf-8")
    assert _ingested(index, papers).changed == ("motion.txt",)
    texts = " ".join(p.text for p in index.store.all_passages() if p.file == "motion.txt")
    assert "busskort" in texts
    assert "simkort" not in texts


def test_reading_again_and_again_weighs_words_as_reading_once_does(
    index: Index, papers: Path
) -> None:
    def scores() -> list[float]:
        return [score for _, score in index.lexical.search({"simkort": 1.0}, 10)]

    (papers / "tredje.txt").write_text(MOTION.replace("simkort", "busskort"), encoding="utf-8")
    _ingested(index, papers)
    index.lexical.refill(index.advance(), index.store.all_passages())
    first = scores()
    texts = {papers / "motion.txt": MOTION}
    for added in ("Ett simkort till.", ""):
        for path, text in texts.items():
            path.write_text(f"{text}\n\n{added}\n" if added else text, encoding="utf-8")
        assert len(_ingested(index, papers).changed) == len(texts)
    assert first
    assert scores() == first


def test_a_file_that_is_gone_stays_until_it_is_pruned(index: Index, papers: Path) -> None:
    (papers / "motion.txt").unlink()
    assert _ingested(index, papers).removed == ()
    assert "motion.txt" in index.entries
    assert _ingested(index, papers, prune=True).removed == ("motion.txt",)
    assert "motion.txt" not in index.entries


def test_a_removed_document_is_never_found_again(index: Index) -> None:
    assert "motion.txt" in _found(index, "avgiftsfria simkort för barn")
    remove_documents(index, ["motion.txt"])
    assert "motion.txt" not in _found(index, "avgiftsfria simkort för barn")
    assert index.lexical.count() == index.store.count()


def test_a_damaged_lexical_index_is_built_again(index: Index) -> None:
    count = index.lexical.count()
    for file in (index.folder / "lexical").iterdir():
        file.write_bytes(b"damaged")
    again = open_index(index.folder)
    assert again.lexical.count() == count
    assert again.lexical.generation() == again.manifest.generation


def test_an_index_of_another_model_is_refused_with_the_command(index: Index) -> None:
    with pytest.raises(IndexMismatch, match="beredd ingest --reindex"):
        index.require_model("another-model")


def test_a_missing_index_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="beredd ingest"):
        open_index(tmp_path / "nowhere")


def test_two_writers_do_not_write_at_once(index: Index, papers: Path) -> None:
    told: list[str] = []
    with writing(index.folder):
        other = open_index(index.folder)
        with (
            pytest.raises(IndexBusy, match=str(os.getpid())),
            writing(other.folder, wait_s=0.1, waiting=told.append),
        ):
            pass
    assert told == [f"process {os.getpid()}"]


def test_a_bad_file_is_named_and_the_rest_goes_on(index: Index, papers: Path) -> None:
    (papers / "tom.txt").write_bytes(b"")
    (papers / "skräp 'och' \"citat\".pdf").write_bytes(b"%PDF-1.7 nothing of the kind")
    (papers / "bild.xyz").write_bytes(b"?")
    (papers / "ny.txt").write_text("En ny skrivelse om parkbänkar i Ekmarka.", encoding="utf-8")
    report = _ingested(index, papers)
    assert report.added == ("ny.txt",)
    assert {f.file for f in report.failed} == {"tom.txt", "skräp 'och' \"citat\".pdf", "bild.xyz"}
    assert all(failure.reason and failure.remedy for failure in report.failed)


def test_a_stored_document_survives_that_its_file_can_no_longer_be_read(
    index: Index, papers: Path
) -> None:
    (papers / "motion.txt").write_bytes(b"\x00\x01\x02" * 500)
    assert [f.file for f in _ingested(index, papers).failed] == ["motion.txt"]
    assert "motion.txt" in _found(index, "avgiftsfria simkort för barn")


def test_a_file_ingested_from_another_folder_is_stored_once(index: Index, papers: Path) -> None:
    report = ingest(index, BagOfWords(), [papers.parent / "papers" / ".." / "papers"])
    assert not report.added
    ingest(index, BagOfWords(), [papers.parent])
    assert len(index.entries) == 2


def test_a_document_is_found_by_its_name_where_that_is_unique(index: Index) -> None:
    assert index.find("motion.txt") == "motion.txt"
    with pytest.raises(IndexMissing, match="beredd documents"):
        index.find("finns-inte.txt")


def test_filters_keep_out_what_they_exclude(index: Index) -> None:
    question = understand("simkort")
    hits = search(index, BagOfWords(), question, 5, filters=Filters(files=("protokoll.txt",)))
    assert {hit.passage.file for hit in hits} == {"protokoll.txt"}
    hits = search(index, BagOfWords(), question, 5, filters=Filters(first="2026-01-01"))
    assert hits == []


@pytest.mark.parametrize("few", [0, 500])
@pytest.mark.parametrize("wide", [1, 1000])
def test_what_is_nearest_under_a_filter_is_the_nearest_of_what_fits(
    index: Index, few: int, wide: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.index._FEW", few)
    monkeypatch.setattr("vectorstore.index._WIDE", wide)
    vector = BagOfWords().query("avgiftsfria simkort för barn")
    everything = index.nearest(vector, index.store.count())
    rows = index.store.passages([i for i, _ in everything], index.entries)
    for chosen in (
        Filters(kinds=("motion",)),
        Filters(files=("protokoll.txt",)),
        Filters(cases=("Dnr KS 2025-77",)),
        Filters(first="2025-03-01", last="2025-03-31"),
        Filters(kinds=("audit",)),
    ):
        found = index.nearest(vector, 5, chosen.where(), chosen.dates)
        wanted = [(i, cosine) for i, cosine in everything if chosen.fit(rows[i])][:5]
        assert [i for i, _ in found] == [i for i, _ in wanted]
        assert [c for _, c in found] == pytest.approx([c for _, c in wanted], abs=1e-5)
