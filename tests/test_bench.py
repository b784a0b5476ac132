"""The bench measures what it says, in indexes that are sound."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from assistant import __main__ as command_line
from eval import bench, bench_asking, bench_growing, bench_starting
from ingest.errors import BereddError
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.index import create_index
from vectorstore.ingestion import ingest
from vectorstore.mending import diagnose

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A small index."""
    write_some(tmp_path / "papers", count=5)
    ingest(create_index(tmp_path / "real", BagOfWords()), BagOfWords(), [tmp_path / "papers"])
    return tmp_path / "real"


@pytest.mark.parametrize("size", [7, 150])
def test_a_grown_index_is_sound_and_has_the_size_it_was_asked_for(real: Path, size: int) -> None:
    target = real.with_name("grown")
    index = bench_growing.grow(real, target, size)
    assert index.store.count() == index.lexical.count() == size
    assert diagnose(target).findings == ()


def test_what_was_grown_and_kept_is_not_grown_again(real: Path, tmp_path: Path) -> None:
    (tmp_path / "7.part").mkdir()
    first = bench._grown(real, tmp_path, 7)
    made = first.stat().st_ctime_ns
    assert bench._grown(real, tmp_path, 7) == first
    assert first.stat().st_ctime_ns == made
    assert not (tmp_path / "7.part").exists()


def test_a_copys_vector_is_near_its_originals() -> None:
    vectors = np.eye(4, dtype=np.float32)
    moved = bench_growing.turned(vectors, np.random.default_rng(0))
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-5)
    assert ((moved * vectors).sum(axis=1) > 0.85).all()


def test_nothing_grows_from_an_empty_index(tmp_path: Path) -> None:
    create_index(tmp_path / "empty", BagOfWords())
    with pytest.raises(BereddError, match="Ingest documents"):
        bench_growing.grow(tmp_path / "empty", tmp_path / "grown", 10)


def test_every_asker_asks_and_the_questions_are_of_the_index(real: Path) -> None:
    index = create_index(real, BagOfWords())
    asked = bench_asking.questions(index, 20)
    assert len(asked) == 20
    assert any("Rapport" in text for text in asked)
    done: list[int] = []
    found = bench_asking.timed("list", done.append, 4, 20)
    assert sorted(done) == list(range(20))
    assert (found.n, found.askers) == (20, 4)


def test_imports_are_counted_by_library() -> None:
    told = (
        "import time: self [us] | cumulative | imported package\n"
        "import time:      1500 |       1500 |     torch.nn\n"
        "import time:       500 |       2000 |   torch\n"
        "import time:       100 |        100 | json\n"
    )
    assert bench_starting.by_library(told) == {"torch": 2.0, "json": 0.1}


def test_commands_of_other_packages_are_registered_by_the_installation() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(command_line._ELSEWHERE) == set(project["entry-points"]["beredd.commands"])


@pytest.mark.slow
def test_the_command_prints_every_part_and_asking_loads_no_large_library(tmp_path: Path) -> None:
    write_some(tmp_path / "papers")
    done = subprocess.run(
        [sys.executable, "-m", "eval", "bench", tmp_path / "papers", "--grow", "200",
         "--grown", tmp_path / "grown", "--askers", "2"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    (ask,) = [line for line in lines if line.startswith("beredd ask")]
    assert not {"torch", "gradio", "sentence_transformers"} & set(
        ask.split("heavy: ")[1].split(", ")
    )
    assert any(line.startswith("ingest / bare forward pass") for line in lines)
    assert any(line.startswith("200 passages in") for line in lines)
    assert [kept.name for kept in (tmp_path / "grown").iterdir()] == ["200.beredd"]
    assert sum(line.startswith("search and answer ") for line in lines) == 6
