"""A file that takes too long, too much memory or its reader down costs no other file."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.formats import Found
from tests import hostile_readers
from vectorstore import reading
from vectorstore.reading import Reading, read_all

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def files(tmp_path: Path) -> list[Found]:
    made = []
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"Nämnden beslutar om {name}.\n", encoding="utf-8")
        made.append(Found(tmp_path / name, name))
    return made


def _read(
    monkeypatch: pytest.MonkeyPatch, files: list[Found], reader: Callable[..., Reading]
) -> dict[str, Reading]:
    monkeypatch.setattr(reading, "read_one", reader)
    return {found.file: found for found in read_all(files)}


def test_a_file_that_hangs_is_given_up_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, files: list[Found]
) -> None:
    monkeypatch.setattr(reading, "TIME_LIMIT_S", 10.0)
    began = time.monotonic()
    got = _read(monkeypatch, files, hostile_readers.hangs_on_b)
    assert time.monotonic() - began < 120
    assert got["b.txt"].failure is not None
    assert "too long" in got["b.txt"].failure.reason
    assert got["a.txt"].document
    assert got["c.txt"].document


def test_a_file_that_takes_all_memory_is_refused_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, files: list[Found]
) -> None:
    got = _read(monkeypatch, files, hostile_readers.swells_on_b)
    assert got["b.txt"].failure is not None
    assert "memory" in got["b.txt"].failure.reason
    assert got["a.txt"].document
    assert got["c.txt"].document


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_that_brings_its_reader_down_is_named_even_alone(
    monkeypatch: pytest.MonkeyPatch, files: list[Found], count: int
) -> None:
    chosen = files if count == 3 else files[1:2]
    got = _read(monkeypatch, chosen, hostile_readers.dies_on_b)
    assert got["b.txt"].failure is not None
    assert "crashed" in got["b.txt"].failure.reason
    assert len(got) == count
    assert all(found.document for file, found in got.items() if file != "b.txt")


def test_the_process_that_reads_ends_with_the_one_it_reads_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text.", encoding="utf-8")
    code = (
        "import sys, time; from pathlib import Path; from ingest.formats import discover;"
        "from vectorstore.reading import read_all\n"
        "if __name__ == '__main__':\n"
        "    found, _ = discover([Path(sys.argv[1])])\n"
        "    reading = read_all([*found, *found])\n"
        "    next(reading); print('read', flush=True); time.sleep(600)\n"
    )
    script = tmp_path / "reads.py"
    script.write_text(code, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, script, tmp_path], cwd=ROOT, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"read\n"
    process.kill()
    # The worker has our end of the pipe too: it closes when both have ended.
    process.communicate(timeout=60)
