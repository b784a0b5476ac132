"""What was stored stays stored, whatever happens to the process that stores."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.question import understand
from assistant.search import search
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.index import open_index

ROOT = Path(__file__).resolve().parents[1]
KILLS = 20


def _start(index: Path, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.ingest_once", str(index), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def _run(index: Path, *arguments: object) -> None:
    process = _start(index, *arguments)
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()


def dump(folder: Path, server: str | None = None) -> dict[str, Any]:
    """Ids, texts and metadata of everything stored, the time of ingestion aside."""
    index = open_index(folder, server)
    entries = {
        file: {**json.loads(json.dumps(entry.__class__.__slots__ and _plain(entry)))}
        for file, entry in index.entries.items()
    }
    rows = index.store._passages.get(include=["documents", "metadatas"])
    passages = {
        row_id: (text, metadata)
        for row_id, text, metadata in zip(
            rows["ids"], rows["documents"] or [], rows["metadatas"] or [], strict=True
        )
    }
    documents = {file: index.document(file) for file in entries}
    return {
        "entries": entries,
        "passages": passages,
        "documents": documents,
        "lexical": index.lexical.count(),
    }


def _plain(entry: Any) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in type(entry).__slots__ if name != "ingested_at"}


@pytest.mark.slow
def test_killed_at_random_moments_the_next_run_ends_as_if_undisturbed(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write_some(papers, count=25)
    began = time.monotonic()
    _run(tmp_path / "calm", papers)
    whole = time.monotonic() - began
    chance = random.Random(7)
    for _ in range(KILLS):
        process = _start(tmp_path / "killed", papers)
        time.sleep(chance.uniform(0.1, 1.0) * whole)
        process.kill()
        process.wait()
    _run(tmp_path / "killed", papers)
    assert dump(tmp_path / "killed") == dump(tmp_path / "calm")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte of its own, or a skip where none may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    yield disk
    # Lazily: this process still has the index open.
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_one_sentence_and_with_room_the_next_run_ends_as_if_undisturbed(
    tmp_path: Path, small_disk: Path
) -> None:
    papers = tmp_path / "papers"
    write_some(papers, count=25)
    process = _start(small_disk / "index", papers)
    _, errors = process.communicate()
    said = errors.decode()
    assert process.returncode == 1
    assert "room" in said
    assert "Traceback" not in said
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    _run(small_disk / "index", papers)
    _run(tmp_path / "calm", papers)
    assert dump(small_disk / "index") == dump(tmp_path / "calm")


def test_a_running_reader_sees_another_process_ingest_and_remove(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    write_some(papers)
    _run(tmp_path / "index", papers)
    reader = open_index(tmp_path / "index")

    def found(question: str) -> set[str]:
        reader.refresh()
        hits = search(reader, BagOfWords(), understand(question), 5)
        return {hit.passage.file for hit in hits}

    (papers / "ny.txt").write_text("Parkbänkar av granit köps in till torget.", encoding="utf-8")
    _run(tmp_path / "index", papers)
    assert "ny.txt" in found("parkbänkar av granit")
    _run(tmp_path / "index", "remove:ny.txt")
    assert "ny.txt" not in found("parkbänkar av granit")


def test_a_reader_in_the_middle_of_a_write_cites_nothing_that_is_not_stored(
    tmp_path: Path,
) -> None:
    papers = tmp_path / "papers"
    write_some(papers, count=10)
    _run(tmp_path / "index", papers)
    reader = open_index(tmp_path / "index")
    for file in papers.glob("rapport-*.txt"):
        file.write_text(file.read_text(encoding="utf-8").replace("park", "lek"), encoding="utf-8")
    process = _start(tmp_path / "index", papers)
    while process.poll() is None:
        reader.refresh()
        for hit in search(reader, BagOfWords(), understand("skötsel av park"), 5):
            stored = reader.document(hit.passage.file)
            if stored is None:  # replaced this very moment: nothing of it is cited
                continue
            passage = hit.passage
            assert passage.text == stored.document.text[passage.start : passage.end]
    process.communicate()
    assert process.returncode == 0
