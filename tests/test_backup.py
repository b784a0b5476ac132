"""A backup is whole, is restored as it was, and takes nothing in that it did not put there."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.question import understand
from assistant.search import search
from ingest.errors import BereddError
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.archive import BadBackup
from vectorstore.backup import backup, restore
from vectorstore.errors import IndexBusy
from vectorstore.examination import UNFINISHED
from vectorstore.index import Index, create_index, open_index
from vectorstore.ingestion import ingest
from vectorstore.lock import writing
from vectorstore.mending import diagnose

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    write_some(tmp_path / "papers", count=3)
    made = create_index(tmp_path / "index", BagOfWords())
    ingest(made, BagOfWords(), [tmp_path / "papers"])
    return made


def _found(index: Index) -> list[tuple[str, int, int]]:
    question = understand("avgiftsfria simkort för barn")
    hits = search(index, BagOfWords(), question, 5)
    return [(hit.passage.file, hit.passage.start, hit.passage.end) for hit in hits]


@pytest.mark.parametrize("suffix", ["tar.gz", "tar.zst"])
def test_a_restored_index_is_the_one_that_was_kept(
    index: Index, tmp_path: Path, suffix: str
) -> None:
    (index.folder / "feedback.jsonl").write_text('{"right": true}\n', encoding="utf-8")
    (index.folder / "questions").mkdir()
    (index.folder / "questions" / "2025-01-01.jsonl").write_text("{}\n", encoding="utf-8")
    kept = backup(index.folder, tmp_path / f"kopia.{suffix}")
    assert restore(tmp_path / f"kopia.{suffix}", tmp_path / "again") == kept
    again = open_index(tmp_path / "again")
    assert again.entries == index.entries
    assert set(again.store.all_passages()) == set(index.store.all_passages())
    assert {f: again.document(f) for f in again.entries} == {
        f: index.document(f) for f in index.entries
    }
    assert _found(again) == _found(index)
    assert diagnose(tmp_path / "again").findings == ()
    assert (tmp_path / "again" / "feedback.jsonl").read_text() == '{"right": true}\n'
    assert (tmp_path / "again" / "questions" / "2025-01-01.jsonl").exists()
    assert ingest(again, BagOfWords(), [tmp_path / "papers"]).unchanged == tuple(index.entries)


def test_a_backup_taken_while_an_ingest_runs_is_whole(tmp_path: Path) -> None:
    papers, folder = tmp_path / "papers", tmp_path / "index"
    write_some(papers, count=25)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ingest_once", folder, papers], cwd=ROOT
    )
    while not (folder / UNFINISHED).exists():  # the lock alone is also held to make the folder
        assert process.poll() is None
        time.sleep(0.02)
    kept = backup(folder, tmp_path / "kopia.tar.gz", wait_s=120)
    assert process.wait() == 0
    assert kept.documents == 27
    restore(tmp_path / "kopia.tar.gz", tmp_path / "again")
    assert diagnose(tmp_path / "again").findings == ()


def test_a_backup_does_not_wait_for_ever(index: Index, tmp_path: Path) -> None:
    with writing(index.folder), pytest.raises(IndexBusy):
        backup(index.folder, tmp_path / "kopia.tar.gz", wait_s=0.1)
    assert list(tmp_path.glob("*kopia*")) == []


def test_an_index_that_is_there_is_replaced_only_by_force(index: Index, tmp_path: Path) -> None:
    kept = backup(index.folder, tmp_path / "kopia.tar.gz")
    (tmp_path / "papers" / "ny.txt").write_text("Parkbänkar av granit.", encoding="utf-8")
    ingest(index, BagOfWords(), [tmp_path / "papers"])
    reader = open_index(index.folder)
    with pytest.raises(BereddError, match="--force"):
        restore(tmp_path / "kopia.tar.gz", index.folder)
    assert "ny.txt" in open_index(index.folder).entries
    assert restore(tmp_path / "kopia.tar.gz", index.folder, force=True) == kept
    reader.refresh()
    assert "ny.txt" not in reader.entries
    assert _found(reader)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_is_no_index_is_never_replaced(index: Index, tmp_path: Path) -> None:
    backup(index.folder, tmp_path / "kopia.tar.gz")
    with pytest.raises(BereddError, match="no index"):
        restore(tmp_path / "kopia.tar.gz", tmp_path / "papers", force=True)
    assert (tmp_path / "papers" / "motion.txt").exists()


def test_an_index_whose_store_is_ruined_is_replaced_by_its_backup(
    index: Index, tmp_path: Path
) -> None:
    backup(index.folder, tmp_path / "kopia.tar.gz")
    shutil.rmtree(index.folder / "chroma")
    (index.folder / "index.json").write_text("{", encoding="utf-8")
    restore(tmp_path / "kopia.tar.gz", index.folder, force=True)
    assert diagnose(index.folder).findings == ()


def test_a_backup_overwrites_no_file_and_wants_a_known_suffix(index: Index, tmp_path: Path) -> None:
    (tmp_path / "kopia.tar.gz").write_bytes(b"something")
    with pytest.raises(BereddError, match="there already"):
        backup(index.folder, tmp_path / "kopia.tar.gz")
    with pytest.raises(BereddError, match=r"\.tar\.zst"):
        backup(index.folder, tmp_path / "kopia.zip")


# --- Archives that are no backups ----------------------------------------------------------------


def _rewritten(
    archive: Path, change: Callable[[dict[str, bytes]], None], extra: tarfile.TarInfo | None = None
) -> Path:
    """A copy of an archive with other members; `extra` is added as it is."""
    with tarfile.open(archive) as old:
        members = {m.name: old.extractfile(m).read() for m in old}  # type: ignore[union-attr]
    change(members)
    made = archive.with_name("ändrad.tar.gz")
    with tarfile.open(made, "w:gz") as new:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
        if extra:
            new.addfile(extra)
    return made


def _listed(members: dict[str, bytes], name: str, data: bytes) -> None:
    """Adds a member that the list of contents vouches for."""
    import hashlib

    contents = json.loads(members["contents.json"])
    contents["files"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    members["contents.json"] = json.dumps(contents).encode()
    members[name] = data


@pytest.mark.parametrize(
    "name",
    ["../utanför.txt", "/tmp/utanför.txt", "files/../../utanför.txt", "files/.gömd", "index.json",
     "chroma/chroma.sqlite3", "files/a\\..\\b", "files", "files/\x1b[31m"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(index: Index, tmp_path: Path, name: str) -> None:
    backup(index.folder, tmp_path / "kopia.tar.gz")
    made = _rewritten(tmp_path / "kopia.tar.gz", lambda members: _listed(members, name, b"x"))
    with pytest.raises(BadBackup, match="no backup holds"):
        restore(made, tmp_path / "a" / "b" / "again")
    assert list(tmp_path.rglob("utanför*")) == []
    assert not (tmp_path / "a" / "b" / "again").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_a_link_in_the_place_of_a_file_is_refused(
    index: Index, tmp_path: Path, kind: bytes
) -> None:
    backup(index.folder, tmp_path / "kopia.tar.gz")
    link = tarfile.TarInfo("documents.jsonl")
    link.type, link.linkname = kind, "/etc/passwd"

    def without(members: dict[str, bytes]) -> None:
        contents = json.loads(members["contents.json"])
        contents["files"]["documents.jsonl"]["size"] = 0
        members["contents.json"] = json.dumps(contents).encode()
        del members["documents.jsonl"]

    made = _rewritten(tmp_path / "kopia.tar.gz", without, link)
    with pytest.raises(BadBackup, match="plain file"):
        restore(made, tmp_path / "again")


def _changed_byte(members: dict[str, bytes]) -> None:
    data = bytearray(members["documents.jsonl"])
    data[50] ^= 1
    members["documents.jsonl"] = bytes(data)


def _without_vectors(members: dict[str, bytes]) -> None:
    del members["vectors.f32"]


def _no_rows(members: dict[str, bytes]) -> None:
    _listed(members, "passages.jsonl", b'{"id": 1}\n[]\n')


def _no_list(members: dict[str, bytes]) -> None:
    members["contents.json"] = b"[]"


@pytest.mark.parametrize("change", [_changed_byte, _without_vectors, _no_rows, _no_list])
def test_a_damaged_backup_is_refused_and_leaves_nothing(
    index: Index, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    backup(index.folder, tmp_path / "kopia.tar.gz")
    made = _rewritten(tmp_path / "kopia.tar.gz", change)
    with pytest.raises(BadBackup):
        restore(made, tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("suffix", ["tar.gz", "tar.zst"])
def test_half_a_file_or_no_archive_is_refused(index: Index, tmp_path: Path, suffix: str) -> None:
    backup(index.folder, tmp_path / f"kopia.{suffix}")
    whole = (tmp_path / f"kopia.{suffix}").read_bytes()
    for data in (whole[: len(whole) // 2], b"", b"no archive at all" * 100):
        (tmp_path / f"halv.{suffix}").write_bytes(data)
        with pytest.raises(BadBackup):
            restore(tmp_path / f"halv.{suffix}", tmp_path / "again")
    with pytest.raises(BereddError, match="no file"):
        restore(tmp_path / f"saknas.{suffix}", tmp_path / "again")
