"""The same index on a real Chroma server, started here with `chroma run`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.question import understand
from assistant.search import search
from ingest.errors import BereddError
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.backup import backup, restore
from vectorstore.errors import IndexDamaged, StoreFailed
from vectorstore.index import Index, create_index, open_index, remove_documents
from vectorstore.ingestion import ingest
from vectorstore.mending import diagnose

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60.0


class Server:
    """A Chroma server that can be stopped and started again on the same port and folder."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self._folder = folder
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        program = Path(sys.executable).with_name("chroma")
        self._process = subprocess.Popen(
            [program, "run", "--path", self._folder, "--host", "127.0.0.1",
             "--port", str(self._port)],
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        ends = time.monotonic() + PATIENCE_S
        while time.monotonic() < ends:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            assert self._process.poll() is None, "chroma run ended at once"
            time.sleep(0.1)
        raise AssertionError("chroma run does not answer")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "server")
    yield made
    made.stop()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    write_some(folder)
    return folder


def _found(index: Index, question: str) -> list[str]:
    index.refresh()
    return [hit.passage.file for hit in search(index, BagOfWords(), understand(question), 5)]


def test_an_index_on_a_server_is_the_index_in_a_folder(
    tmp_path: Path, papers: Path, server: Server
) -> None:
    there = create_index(tmp_path / "there", BagOfWords(), server.url)
    here = create_index(tmp_path / "here", BagOfWords())
    for index in (there, here):
        ingest(index, BagOfWords(), [papers])
    assert set(there.store.all_passages()) == set(here.store.all_passages())
    assert _found(there, "avgiftsfria simkort") == _found(here, "avgiftsfria simkort")
    assert not (tmp_path / "there" / "chroma").exists()


def test_what_another_process_writes_to_the_server_is_seen_and_what_it_removes_is_gone(
    tmp_path: Path, papers: Path, server: Server
) -> None:
    reader = create_index(tmp_path / "index", BagOfWords(), server.url)
    ingest(reader, BagOfWords(), [papers])
    (papers / "ny.txt").write_text("Parkbänkar av granit köps in till torget.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.ingest_once", tmp_path / "index", papers],
        env={**os.environ, "BEREDD_CHROMA_URL": server.url},
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0
    assert "ny.txt" in _found(reader, "parkbänkar av granit")
    remove_documents(open_index(tmp_path / "index", server.url), ["ny.txt"])
    assert "ny.txt" not in _found(reader, "parkbänkar av granit")


def test_a_server_that_is_gone_is_said_and_one_that_comes_back_is_used(
    tmp_path: Path, papers: Path, server: Server
) -> None:
    index = create_index(tmp_path / "index", BagOfWords(), server.url)
    ingest(index, BagOfWords(), [papers])
    server.stop()
    with pytest.raises(StoreFailed, match="see that it runs"):
        _found(index, "avgiftsfria simkort")
    with pytest.raises(IndexDamaged, match="does not answer"):
        open_index(tmp_path / "index", server.url)
    server.start()
    assert _found(index, "avgiftsfria simkort")


def test_an_index_on_a_server_is_examined_kept_and_restored_to_a_server_or_a_folder(
    tmp_path: Path, papers: Path, server: Server
) -> None:
    index = create_index(tmp_path / "index", BagOfWords(), server.url)
    ingest(index, BagOfWords(), [papers])
    assert diagnose(index.folder, server.url).findings == ()
    backup(index.folder, tmp_path / "kopia.tar.gz", server.url)
    for folder, url in ((tmp_path / "there", server.url), (tmp_path / "here", None)):
        restore(tmp_path / "kopia.tar.gz", folder, url)
        assert diagnose(folder, url).findings == ()
        assert set(open_index(folder, url).store.all_passages()) == set(index.store.all_passages())
    with pytest.raises(BereddError, match="--force"):
        restore(tmp_path / "kopia.tar.gz", tmp_path / "else" / "there", server.url)


def test_indexes_with_folders_of_their_own_share_a_server_and_nothing_else(
    tmp_path: Path, server: Server, papers: Path
) -> None:
    ekmarka = create_index(tmp_path / "ekmarka", BagOfWords(), server.url)
    norrhult = create_index(tmp_path / "norrhult", BagOfWords(), server.url)
    other = tmp_path / "other"
    other.mkdir()
    (other / "rapport.txt").write_text("Rapport.\n\nOm isbanan i Norrhult.", encoding="utf-8")
    ingest(ekmarka, BagOfWords(), [papers])
    ingest(norrhult, BagOfWords(), [other])
    assert set(norrhult.entries) == {"rapport.txt"}
    assert "rapport.txt" not in ekmarka.entries
    assert set(_found(norrhult, "Vad yrkar motionen om lekplatsen?")) <= {"rapport.txt"}
    remove_documents(norrhult, ["rapport.txt"])
    ekmarka.refresh()
    assert len(ekmarka.entries) > 0
    assert diagnose(tmp_path / "ekmarka", server.url).findings == ()


def test_a_process_with_a_folder_of_its_own_cites_nothing_that_another_has_removed(
    tmp_path: Path, server: Server, papers: Path
) -> None:
    """As on two machines: the folders have one name and share the collections on the server."""
    here, there = tmp_path / "here" / "index", tmp_path / "there" / "index"
    ingest(create_index(here, BagOfWords(), server.url), BagOfWords(), [papers])
    shutil.copytree(here, there)
    apart = open_index(there, server.url)
    question = "Vad yrkar motionen?"
    assert "motion.txt" in _found(apart, question)
    remove_documents(open_index(here, server.url), ["motion.txt"])
    assert "motion.txt" not in _found(apart, question)
