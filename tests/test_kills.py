"""Killed at random moments, whatever it was doing: BEREDD_KILLS=200 python -m pytest this file.

After each kill the index is opened as a reader opens it. What was reported as stored is there, what
was reported as removed is not, and whatever is found stands where it is said to stand.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.question import understand
from assistant.search import search
from assistant.web.shelf import Shelf
from tests.bag import BagOfWords
from tests.papers import write_some
from tests.test_durability import ROOT, dump
from vectorstore.errors import IndexMissing
from vectorstore.index import Index, open_index
from vectorstore.mending import diagnose

KILLS = int(os.environ.get("BEREDD_KILLS", "12"))
PAPERS = 12


@dataclass
class World:
    """An index, its papers, and what a person has been told of them.

    Attributes:
        told: files that are stored, with their text. gone: files that are removed.
        open: files of which nothing is promised just now. waiting: what an upload reads.
    """

    folder: Path
    chance: random.Random
    told: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        write_some(self.papers, count=PAPERS)
        self.shelf.waiting.mkdir(parents=True)

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def papers(self) -> Path:
        return self.folder / "papers"

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.folder / "added", 10**9)

    def texts(self) -> dict[str, str]:
        """What lies in the folders, by the name that it has in the index."""
        files = [*self.papers.glob("*.txt"), *self.shelf.folder.glob("[!.]*.txt")]
        return {file.name: file.read_text(encoding="utf-8") for file in files}

    def ingest(self) -> list[str]:
        """A paper comes, two change, and the folder is read."""
        fresh = self.papers / f"rapport-ny-{self.chance.randrange(10**6)}.txt"
        fresh.write_text("Rapport.\n\nOm skötsel av park.", encoding="utf-8")
        for file in self.chance.sample(sorted(self.papers.glob("rapport-*.txt")), 2):
            text = f"Ändrad {self.chance.random()}.\n\n{file.read_text(encoding='utf-8')}"
            file.write_text(text, encoding="utf-8")
            self.open.add(file.name)
        self.open.add(fresh.name)
        return [str(self.papers)]

    def reindex(self) -> list[str]:
        """The whole index is built anew: until it is, nothing is promised."""
        self.open |= self.told.keys()
        return ["reindex", str(self.papers), str(self.shelf.folder)]

    def upload(self) -> list[str]:
        """A paper comes by the page."""
        name = f"tillagd-{self.chance.randrange(5)}.txt"
        text = f"Tillagt papper {self.chance.random()}.\n\nSimhallen öppnar klockan sju."
        (self.shelf.waiting / name).write_text(text, encoding="utf-8")
        self.open.add(name)
        self.waiting = {file.name for file in self.shelf.waiting.glob("*.txt")}
        if (self.shelf.folder / ".reading").exists():  # one was cut off: all are read again
            self.waiting |= {file.name for file in self.shelf.folder.glob("*.txt")}
        return [f"upload:{self.shelf.folder}"]

    def remove(self) -> list[str]:
        """A paper and its file are removed."""
        name = self.chance.choice(sorted(self.told))
        (self.papers / name).unlink(missing_ok=True)
        (self.shelf.folder / name).unlink(missing_ok=True)
        self.told.pop(name)
        self.open.add(name)
        return [f"remove:{name}"]

    def done(self, what: list[str]) -> None:
        """What was begun has been reported as done."""
        if what[0].startswith("remove:"):
            name = what[0].removeprefix("remove:")
            self.gone.add(name)
            self.open.discard(name)
            return
        texts = self.texts()
        whole = what[0] == "reindex"
        read = texts if whole else {n: t for n, t in texts.items() if self._was_read(n, what)}
        self.told |= read
        self.open -= read.keys()
        self.gone -= read.keys()

    def _was_read(self, name: str, what: list[str]) -> bool:
        uploaded = what[0].startswith("upload:")
        return name in self.waiting if uploaded else (self.papers / name).exists()

    def check(self) -> None:
        """Nothing that was told is lost, nothing that was removed is back, no citation is wrong."""
        try:
            index = open_index(self.index)
        except IndexMissing:
            assert not self.told or self.open >= self.told.keys()
            return
        for file in self.told.keys() - self.open:
            stored = index.document(file)
            assert stored is not None, f"{file} is lost"
            assert stored.document.text.split() == self.told[file].split(), f"{file} is older"
        for file in self.gone - self.open:
            assert index.document(file) is None, f"{file} is back"
        self._cites_rightly(index)
        index.store.close()  # the next check is another reader

    def _cites_rightly(self, index: Index) -> None:
        for passage in index.store.all_passages():
            stored = index.document(passage.file)
            assert stored is not None
            assert passage.text == stored.document.text[passage.start : passage.end]
        for hit in search(index, BagOfWords(), understand("skötsel av park"), 5):
            assert hit.passage.file not in self.gone - self.open


def _start(index: Path, what: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.ingest_once", str(index), *what]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def _run(index: Path, what: list[str]) -> float:
    """Does it undisturbed; returns the seconds it took."""
    began = time.monotonic()
    process = _start(index, what)
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    return time.monotonic() - began


@pytest.mark.slow
def test_nothing_told_is_lost_and_nothing_removed_is_back_however_often_it_is_killed(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, random.Random(KILLS))
    _run(world.index, [str(world.papers)])
    world.done([str(world.papers)])
    kinds = (world.ingest, world.remove, world.upload, world.reindex)
    takes = dict.fromkeys(kinds, 0.0)
    killed = runs = 0
    while killed < KILLS:
        doing = kinds[runs % len(kinds)]
        if doing == world.remove and not world.told.keys() - world.open:
            doing = world.ingest
        runs += 1
        what = doing()
        began = time.monotonic()
        process = _start(world.index, what)
        try:  # the first of its kind runs to its end, and says how long it takes
            process.wait(world.chance.uniform(0.1, 0.95) * takes[doing] if takes[doing] else None)
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        _, errors = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), errors.decode()
        if process.returncode == 0:
            world.done(what)
            takes[doing] = time.monotonic() - began
        world.check()
    _run(world.index, [f"upload:{world.shelf.folder}"])
    _run(world.index, [str(world.papers), str(world.shelf.folder)])
    for name in set(open_index(world.index).entries) - world.texts().keys():
        _run(world.index, [f"remove:{name}"])
    assert diagnose(world.index).findings == ()
    _run(tmp_path / "calm", [str(world.papers), str(world.shelf.folder)])
    assert dump(world.index) == dump(tmp_path / "calm")
    print(f"\n{killed} killed in {runs} runs")
