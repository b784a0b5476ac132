"""Faults from outside that neither lose what was stored nor make a wrong citation."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from assistant.question import understand
from assistant.search import search
from ingest.errors import BereddError
from tests.bag import BagOfWords
from tests.papers import write_some
from tests.test_chroma_server import Server
from tests.test_durability import ROOT, dump
from vectorstore.emptying import empty_index
from vectorstore.errors import IndexBusy
from vectorstore.index import Index, create_index, open_index, remove_documents
from vectorstore.ingestion import ingest
from vectorstore.mending import diagnose
from vectorstore.store import Store

QUESTION = "avgiftsfria simkort för barn"
FLIPS = 40


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_some(tmp_path / "papers", count=3)
    return tmp_path / "papers"


@pytest.fixture
def index(tmp_path: Path, papers: Path) -> Index:
    made = create_index(tmp_path / "index", BagOfWords())
    ingest(made, BagOfWords(), [papers])
    return made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "server")
    yield made
    made.stop()


def _found(index: Index, question: str = QUESTION) -> list[str]:
    index.refresh()
    files = []
    for hit in search(index, BagOfWords(), understand(question), 5):
        stored = index.document(hit.passage.file)
        assert stored is not None
        assert hit.passage.text == stored.document.text[hit.passage.start : hit.passage.end]
        files.append(hit.passage.file)
    return files


def _ingesting(folder: Path, papers: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ingest_once", folder, papers],
        cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


# --- The lexical index ---------------------------------------------------------------------------


def test_a_bit_that_is_flipped_in_the_lexical_index_makes_no_wrong_citation(index: Index) -> None:
    chance = random.Random(3)
    for _ in range(FLIPS):
        files = sorted((index.folder / "lexical").glob("*.*"))
        file = chance.choice([file for file in files if file.stat().st_size])
        whole = file.read_bytes()
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        file.write_bytes(damaged)
        with suppress(BereddError):
            _found(open_index(index.folder))
        if file.exists():  # damage that is seen has the whole built again
            file.write_bytes(whole)


def test_a_lexical_index_of_an_older_version_is_built_again(index: Index) -> None:
    state = index.folder / "lexical" / "state.json"
    told = json.loads(state.read_text(encoding="utf-8"))
    state.write_text(json.dumps({**told, "version": told["version"] - 1}), encoding="utf-8")
    assert open_index(index.folder).lexical.count() == index.store.count()
    assert json.loads(state.read_text(encoding="utf-8")) == told


# --- The database, and other writers -------------------------------------------------------------


@contextmanager
def _locked(database: Path) -> Iterator[subprocess.Popen[str]]:
    """The database locked by another program, until that program is let go."""
    code = (
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('BEGIN EXCLUSIVE');"
        "print('locked', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, database],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_question_waits_for_a_locked_database_and_is_then_answered(index: Index) -> None:
    answers: list[list[str]] = []
    asker = threading.Thread(target=lambda: answers.append(_found(index)), daemon=True)
    with _locked(index.folder / "chroma" / "chroma.sqlite3"):
        asker.start()
        time.sleep(1.0)
    asker.join(60)
    assert answers
    assert "motion.txt" in answers[0]


@pytest.mark.skipif(sys.platform != "linux", reason="who holds a lock is asked of Linux")
def test_a_database_that_stays_locked_is_told_of_and_not_waited_for_without_end(
    index: Index,
) -> None:
    where = index.folder / "chroma"
    store = Store(where, wait_s=0.5)
    with _locked(where / "chroma.sqlite3") as other:
        began = time.monotonic()
        for asked in (store.entries, lambda: Store(where, wait_s=0.5)):
            with pytest.raises(IndexBusy, match=f"process {other.pid}.*Close it"):
                asked()
        assert time.monotonic() - began < 10
    assert "motion.txt" in store.entries()


def test_a_lock_that_is_let_go_in_time_is_nothing_to_tell_of(index: Index) -> None:
    where = index.folder / "chroma"
    store = Store(where, wait_s=30.0)
    with _locked(where / "chroma.sqlite3") as other:
        threading.Timer(0.5, other.kill).start()
        assert "motion.txt" in store.entries()


def test_two_ingests_at_once_store_what_both_read(tmp_path: Path, papers: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "ny.txt").write_text("Parkbänkar av granit köps in till torget.", encoding="utf-8")
    create_index(tmp_path / "index", BagOfWords()).store.close()
    both = [_ingesting(tmp_path / "index", folder) for folder in (papers, other)]
    for process in both:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    assert {"ny.txt", "motion.txt"} <= open_index(tmp_path / "index").entries.keys()
    assert diagnose(tmp_path / "index").findings == ()


def test_a_chat_that_runs_sees_an_index_that_is_built_anew(index: Index, papers: Path) -> None:
    reader = open_index(index.folder)
    (index.folder / "feedback.jsonl").write_text("{}\n", encoding="utf-8")
    (papers / "motion.txt").unlink()
    code = (
        "import sys; from pathlib import Path; from tests.bag import BagOfWords;"
        "from vectorstore.emptying import empty_index; empty_index(Path(sys.argv[1]), BagOfWords())"
    )
    subprocess.run([sys.executable, "-c", code, index.folder], cwd=ROOT, check=True)
    assert _found(reader) == []
    process = _ingesting(index.folder, papers)
    assert process.wait() == 0
    assert "motion.txt" not in _found(reader)
    assert _found(reader)
    assert (index.folder / "feedback.jsonl").exists()


def test_a_damaged_index_and_one_of_another_format_are_emptied_too(index: Index) -> None:
    for broken in (
        '{"model": "bag',
        '{"model": "x", "dimensions": 4, "generation": 9, "format": 0}',
    ):
        (index.folder / "index.json").write_text(broken, encoding="utf-8")
        empty_index(index.folder, BagOfWords())
        assert create_index(index.folder, BagOfWords()).entries == {}
    assert open_index(index.folder).manifest.generation == 10


# --- A Chroma server, and several processes on it ------------------------------------------------


def test_a_server_that_goes_in_the_middle_of_an_ingest_loses_nothing_that_was_stored(
    tmp_path: Path, papers: Path, server: Server
) -> None:
    write_some(papers, count=25)
    first = create_index(tmp_path / "there", BagOfWords(), server.url)
    generation = first.manifest.generation
    process = _ingesting(tmp_path / "there", papers, BEREDD_CHROMA_URL=server.url)
    while process.poll() is None and not _stored_since(tmp_path / "there", generation):
        time.sleep(0.02)
    server.stop()
    _, errors = process.communicate()
    assert process.returncode in (0, 1)
    assert "Traceback" not in errors
    server.start()
    again = _ingesting(tmp_path / "there", papers, BEREDD_CHROMA_URL=server.url)
    _, errors = again.communicate()
    assert again.returncode == 0, errors
    calm = create_index(tmp_path / "here", BagOfWords())
    ingest(calm, BagOfWords(), [papers])
    assert dump(tmp_path / "there", server.url) == dump(tmp_path / "here")


def _stored_since(folder: Path, generation: int) -> bool:
    return int(json.loads((folder / "index.json").read_text())["generation"]) > generation


@contextmanager
def _reader(folder: Path, url: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ask_on", folder], cwd=ROOT,
        env={**os.environ, "BEREDD_CHROMA_URL": url},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _asked(reader: subprocess.Popen[str], question: str) -> list[str]:
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(f"{question}\n")
    reader.stdin.flush()
    found: list[str] = json.loads(reader.stdout.readline())
    return found


def test_two_processes_on_one_server_cite_what_is_new_and_nothing_that_was_removed(
    tmp_path: Path, papers: Path, server: Server
) -> None:
    folder = tmp_path / "index"
    ingest(create_index(folder, BagOfWords(), server.url), BagOfWords(), [papers])
    with ExitStack() as stack:
        readers = [stack.enter_context(_reader(folder, server.url)) for _ in range(2)]
        for _ in range(3):
            assert all("motion.txt" in _asked(reader, QUESTION) for reader in readers)
            remove_documents(open_index(folder, server.url), ["motion.txt"])
            assert not any("motion.txt" in _asked(reader, QUESTION) for reader in readers)
            ingest(open_index(folder, server.url), BagOfWords(), [papers])
    assert diagnose(folder, server.url).findings == ()
