"""Planted damage, each kind named by the doctor and mended from what is left."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.cli import doctor
from assistant.question import understand
from assistant.search import search
from ingest.errors import BereddError
from tests.bag import BagOfWords
from tests.papers import MOTION, write_some
from vectorstore import manifest
from vectorstore.errors import IndexBusy, IndexDamaged, IndexMismatch
from vectorstore.examination import Fault
from vectorstore.index import Index, create_index, open_index
from vectorstore.ingestion import ingest
from vectorstore.lock import writing
from vectorstore.mending import diagnose, mend


@pytest.fixture
def index(tmp_path: Path) -> Index:
    write_some(tmp_path / "papers", count=3)
    made = create_index(tmp_path / "index", BagOfWords())
    ingest(made, BagOfWords(), [tmp_path / "papers"])
    return made


def _found(index: Index) -> list[str]:
    index.refresh()
    question = understand("avgiftsfria simkort för barn")
    return [hit.passage.file for hit in search(index, BagOfWords(), question, 5)]


def _faults(index: Index) -> set[Fault]:
    return {finding.fault for finding in diagnose(index.folder).findings}


def _mended(index: Index) -> Index:
    mended = mend(index.folder, None, diagnose(index.folder), lambda _: BagOfWords())
    assert mended.after.findings == ()
    return open_index(index.folder)


def _row(index: Index, file: str) -> tuple[str, dict[str, Any]]:
    rows = {row_id: (text, dict(beside)) for row_id, text, beside in index.store.document_rows()}
    return rows[file]


# --- Damage, and what it is called --------------------------------------------------------------


def no_lexical(index: Index) -> None:
    shutil.rmtree(index.folder / "lexical")


def flipped_bit(index: Index) -> None:
    file = max((index.folder / "lexical").glob("*.idx"), key=lambda file: file.stat().st_size)
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 0x10
    file.write_bytes(data)


def cut_segment(index: Index) -> None:
    file = next((index.folder / "lexical").glob("*.store"))
    cut = file.read_bytes()[:-20]
    file.unlink()  # the open index has it mapped: cut in place, it would end this process
    file.write_bytes(cut)


def behind(index: Index) -> None:
    index.advance()


def stray_passages(index: Index) -> None:
    rows = [p for p in index.store.all_passages() if p.file == "motion.txt"]
    index.store.put_passages(rows, BagOfWords().passages([r.text for r in rows]), "another-digest")


def passages_of_nothing(index: Index) -> None:
    index.store._documents.delete(ids=["motion.txt"])


def missing_passage(index: Index) -> None:
    index.store.delete_passages(index.store.passage_ids("motion.txt")[:1])


def wrong_passage(index: Index) -> None:
    row_id = index.store.passage_ids("motion.txt")[0]
    vectors = index.store.vectors([row_id])[row_id][None, :]
    index.store._passages.update(ids=[row_id], documents=["Något helt annat."], embeddings=vectors)


def unreadable_passage(index: Index) -> None:
    row_id = index.store.passage_ids("motion.txt")[0]
    index.store._passages.update(ids=[row_id], metadatas=[{"packed": "ingenting"}])


def poor_vector(index: Index) -> None:
    row_id = index.store.passage_ids("motion.txt")[0]
    zeros = [[0.0] * BagOfWords.dimensions]
    index.store._passages.update(ids=[row_id], embeddings=zeros)


def _tell(index: Index, entry: str) -> None:
    nothing = np.zeros((1, 1), dtype=np.float32)
    index.store._documents.update(ids=["motion.txt"], documents=[entry], embeddings=nothing)


def unreadable_entry(index: Index) -> None:
    _tell(index, '{"file": "motion.t')


def unreadable_document(index: Index) -> None:
    _, beside = _row(index, "motion.txt")
    half = beside["packed"][: len(beside["packed"]) // 2]
    index.store._documents.update(ids=["motion.txt"], metadatas=[{**beside, "packed": half}])


def another_digest(index: Index) -> None:
    text, _ = _row(index, "motion.txt")
    changed = json.dumps({**json.loads(text), "digest": "0" * 64 + ":1"})
    _tell(index, changed)


def killed_writer(index: Index) -> None:
    (index.folder / ".unfinished").touch()


DAMAGE: list[tuple[Callable[[Index], None], Fault]] = [
    (no_lexical, Fault.LEXICAL_MISSING),
    (flipped_bit, Fault.LEXICAL_DAMAGED),
    (cut_segment, Fault.LEXICAL_DAMAGED),
    (behind, Fault.LEXICAL_BEHIND),
    (stray_passages, Fault.STRAY),
    (passages_of_nothing, Fault.STRAY),
    (missing_passage, Fault.MISSING),
    (wrong_passage, Fault.MISSING),
    (unreadable_passage, Fault.MISSING),
    (poor_vector, Fault.VECTOR),
    (unreadable_entry, Fault.ROW),
    (unreadable_document, Fault.ROW),
    (another_digest, Fault.DIGEST),
    (killed_writer, Fault.UNFINISHED),
]


@pytest.mark.parametrize(("damage", "fault"), DAMAGE, ids=[d.__name__ for d, _ in DAMAGE])
def test_each_kind_of_damage_is_named_and_mended(
    index: Index, tmp_path: Path, damage: Callable[[Index], None], fault: Fault
) -> None:
    assert diagnose(index.folder).findings == ()
    damage(index)
    assert fault in _faults(index)
    again = _mended(index)
    ingest(again, BagOfWords(), [tmp_path / "papers"])
    assert _faults(again) == set()
    assert "motion.txt" in _found(again)


def test_passages_come_back_from_the_index_when_the_file_is_gone(
    index: Index, tmp_path: Path
) -> None:
    before = {p.id: p for p in index.store.all_passages()}
    missing_passage(index)
    shutil.rmtree(tmp_path / "papers")
    assert {p.id: p for p in _mended(index).store.all_passages()} == before


def test_examining_changes_nothing(index: Index) -> None:
    no_lexical(index)
    killed_writer(index)
    assert _faults(index) == _faults(index)
    assert not (index.folder / "lexical").exists()


def test_a_damaged_row_is_told_to_a_reader_with_the_command(index: Index) -> None:
    unreadable_document(index)
    with pytest.raises(IndexDamaged, match="beredd doctor"):
        open_index(index.folder).document("motion.txt")


# --- What is no damage ---------------------------------------------------------------------------


def test_a_locked_database_is_told_as_locked_and_not_as_damaged(index: Index) -> None:
    database = index.folder / "chroma" / "chroma.sqlite3"
    with closing(sqlite3.connect(database)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(IndexBusy, match="locked"):
            diagnose(index.folder)
    assert diagnose(index.folder).findings == ()


def test_a_damaged_database_is_named_and_never_thrown_away(index: Index) -> None:
    database = index.folder / "chroma" / "chroma.sqlite3"
    data = bytearray(database.read_bytes())
    data[: 4096 * 3] = b"\xff" * (4096 * 3)
    database.write_bytes(data)
    before = diagnose(index.folder)
    assert {finding.fault for finding in before.findings} == {Fault.DATABASE}
    with pytest.raises(IndexDamaged, match="beredd restore"):
        mend(index.folder, None, before, lambda _: BagOfWords())
    assert database.read_bytes() == bytes(data)


def test_an_index_of_another_format_is_refused_with_the_command(index: Index) -> None:
    file = index.folder / "index.json"
    for version in (0, manifest.FORMAT + 1):
        data = {**json.loads(file.read_text(encoding="utf-8")), "format": version, "newer": True}
        file.write_text(json.dumps(data), encoding="utf-8")
        for attempt in (lambda: open_index(index.folder), lambda: diagnose(index.folder)):
            with pytest.raises(IndexMismatch, match=r"ingest --reindex"):
                attempt()


def test_an_index_of_the_format_before_is_read_and_raised_by_what_is_written_into_it(
    index: Index,
) -> None:
    before = {row.id: row for row in index.store.all_passages()}
    for row_id, passage in before.items():
        beside = {name: getattr(passage, name) for name in ("file", "document", "title", "part")}
        beside |= {"start": passage.start, "end": passage.end, "page": passage.page}
        beside |= {"kind": passage.kind.value, "role": passage.role.value, "body": passage.body}
        beside |= {"date": passage.date, "paragraph": passage.paragraph, "clean": passage.clean}
        for name in ("headings", "case_numbers", "parties", "people"):
            beside[name] = json.dumps(getattr(passage, name))
        loose = {name: value for name, value in beside.items() if value is not None}
        index.store._passages.update(ids=[row_id], metadatas=[{**loose, "packed": None}])
    file = index.folder / "index.json"
    data = {**json.loads(file.read_text(encoding="utf-8")), "format": 1}
    file.write_text(json.dumps(data), encoding="utf-8")
    old = open_index(index.folder)
    assert {row.id: row for row in old.store.all_passages()} == before
    assert diagnose(index.folder).findings == ()
    assert old.manifest.format == 1
    old.advance()
    raised = manifest.read(index.folder)
    assert raised is not None
    assert raised.format == manifest.FORMAT


def test_a_torn_manifest_is_told_with_the_way_out(index: Index) -> None:
    (index.folder / "index.json").write_text('{"model": "bag', encoding="utf-8")
    with pytest.raises(IndexDamaged, match="beredd restore"):
        diagnose(index.folder)


def test_the_doctor_waits_for_a_writer_and_then_says_who_writes(index: Index) -> None:
    with writing(index.folder), pytest.raises(IndexBusy, match=str(os.getpid())):
        diagnose(index.folder, wait_s=0.1)


def test_a_clock_that_was_set_back_hides_no_write(index: Index, tmp_path: Path) -> None:
    reader = open_index(index.folder)
    (tmp_path / "papers" / "ny.txt").write_text(MOTION.replace("sim", "is"), encoding="utf-8")
    ingest(index, BagOfWords(), [tmp_path / "papers"])
    os.utime(index.folder / "index.json", (0, 0))
    reader.refresh()
    assert "ny.txt" in reader.entries
    assert diagnose(index.folder).findings == ()


@pytest.fixture
def read_only(index: Index, tmp_path: Path) -> Iterator[Path]:
    """The index on a disk that cannot be written, or a skip where none may be mounted."""
    place = tmp_path / "fixed"
    place.mkdir()
    bind = ["mount", "--bind", str(index.folder), str(place)]
    if shutil.which("mount") is None or subprocess.run(bind, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_folder_that_cannot_be_written_is_one_sentence(read_only: Path) -> None:
    for attempt in (
        lambda: diagnose(read_only),
        lambda: ingest(open_index(read_only), BagOfWords(), [read_only.parent / "papers"]),
    ):
        with pytest.raises(BereddError, match=r"cannot be written|may read and write"):
            attempt()


# --- The command ---------------------------------------------------------------------------------


def test_the_command_ends_with_one_until_the_index_is_sound(
    index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--index", str(index.folder)]
    assert doctor.main(here) == 0
    assert "sound" in capsys.readouterr().out
    no_lexical(index)
    assert doctor.main(here) == 1
    assert "beredd doctor --repair" in capsys.readouterr().out
    assert doctor.main([*here, "--repair", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [f["fault"] for f in data["findings"]] == ["lexical_missing"]
    assert data["repair"]["remaining"] == []
    assert doctor.main(here) == 0


def test_what_only_the_file_can_give_back_is_said_with_the_command(
    index: Index, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unreadable_document(index)
    assert doctor.main(["--index", str(index.folder), "--repair"]) == 1
    assert f"beredd ingest {tmp_path / 'papers'}/ --index" in capsys.readouterr().out
