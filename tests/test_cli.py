"""The command line, as a person and a script use it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.papers import MOTION, write_some

ROOT = Path(__file__).resolve().parents[1]


def beredd(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of papers and the index that `beredd ingest` made of it with the bundled model."""
    folder = tmp_path_factory.mktemp("cli")
    papers, index = folder / "papper å 'x'", folder / "index"
    write_some(papers)
    done = beredd("ingest", papers, "--index", index)
    assert done.returncode == 0, done.stderr
    return papers, index


def _json(*arguments: object) -> Any:
    done = beredd(*arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_ask_gives_the_answer_object_of_the_contract(indexed: tuple[Path, Path]) -> None:
    answer = _json("ask", "Vilka reserverade sig mot beslutet?", "--json", "--index", indexed[1])
    assert {"outcome", "answer", "sentences", "citations", "searched", "timings_ms"} <= set(answer)
    assert answer["outcome"] == "answered"
    citation = answer["citations"][0]
    text = beredd("show", citation["file"], "--text", "--index", indexed[1]).stdout
    assert citation["quote"] == text[citation["start"] : citation["end"]]


@pytest.mark.slow
def test_many_questions_are_answered_in_order_one_object_a_line(
    indexed: tuple[Path, Path], tmp_path: Path
) -> None:
    lines = tmp_path / "questions.jsonl"
    lines.write_text(
        '{"id": "a", "question": "Vem väckte motionen?"}\n'
        '{"id": "b", "turns": [{"question": "Vad beslutade fullmäktige om motionen?"},'
        ' {"question": "Vilka reserverade sig?"}]}\n',
        encoding="utf-8",
    )
    done = beredd("ask", "--jsonl", lines, "--index", indexed[1])
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["id"] == "a"
    assert second["id"] == "b"
    assert len(second["turns"]) == 2


def test_documents_search_and_show_print_data(indexed: tuple[Path, Path]) -> None:
    documents = _json("documents", "--json", "--index", indexed[1])
    assert {d["file"] for d in documents} == {"protokoll.txt", "motion.txt"}
    shown = _json("show", "protokoll.txt", "--json", "--index", indexed[1])
    kinds = {record["kind"] for part in shown["parts"] for record in part["records"]}
    assert {"decision", "vote", "reservation", "recusal"} <= kinds


def test_a_file_that_fails_makes_the_exit_code_one(
    indexed: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "tom.txt").write_bytes(b"")
    (tmp_path / "motion.txt").write_text(MOTION, encoding="utf-8")
    done = beredd("ingest", tmp_path, "--index", tmp_path / "index")
    assert done.returncode == 1
    assert "tom.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_index_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    done = beredd("documents", "--index", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "beredd ingest" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_lists_those_that_there_are() -> None:
    done = beredd("frobnicate")
    assert done.returncode == 2
    assert "ingest" in done.stderr


def test_help_starts_without_loading_anything_heavy() -> None:
    code = (
        "import sys; from assistant.__main__ import main; main(['--help']);"
        "heavy = {'torch', 'chromadb', 'gradio', 'openvino', 'tantivy'} & set(sys.modules);"
        "sys.exit(len(heavy))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
