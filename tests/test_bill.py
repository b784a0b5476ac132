"""What Beredd is built from may be built upon."""

from __future__ import annotations

import ast
import json
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

from assistant.bill import Component, _canonical, component, components
from assistant.cli import bom

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ingest", "vectorstore", "assistant", "eval", "prompts")


def _imported() -> set[str]:
    """Outside modules that our packages import, by their first name."""
    files = [ROOT / "app.py", *(f for name in PACKAGES for f in (ROOT / name).rglob("*.py"))]
    names: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names - set(PACKAGES) - {"app"} - set(sys.stdlib_module_names)


def test_nothing_that_is_imported_is_under_the_gpl_or_the_agpl() -> None:
    owners = packages_distributions()
    bill = {component(distribution(d)) for name in _imported() for d in owners.get(name, [])}
    assert len(bill) > 10
    assert [one for one in bill if one.strong_copyleft] == []


def test_the_bill_lists_whatever_is_imported_unless_it_is_an_extra_with_a_licence_each() -> None:
    owners = packages_distributions()
    bill = {one.name: one for one in components()}
    extras = {"bm25s", "langchain_chroma", "langchain_huggingface", "langchain_text_splitters"}
    extras |= {"langchain_openai", "langchain_anthropic", "langchain_mistralai", "mcp"}
    for name in _imported() - extras:
        listed = [bill[key] for d in owners.get(name, []) if (key := _canonical(d)) in bill]
        assert listed, f"{name} is imported and not in the bill"
        assert all(one.licence for one in listed)


def test_nothing_that_is_installed_with_it_is_under_the_gpl_or_the_agpl() -> None:
    bill = components()
    assert {"chromadb", "gradio", "tantivy", "torch"} <= {one.name for one in bill}
    assert [one for one in bill if one.strong_copyleft] == []


@pytest.mark.parametrize(
    ("licence", "strong"),
    [
        ("GPL-3.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("AGPL-3.0", True),
        ("LGPL-3.0", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT OR GPL-2.0", False),
        ("Apache-2.0", False),
        ("unknown", False),
    ],
)
def test_the_gpl_is_known_by_its_names_and_the_lgpl_is_another(licence: str, strong: bool) -> None:
    assert Component("x", "1", licence).strong_copyleft is strong


def test_the_command_prints_a_bill_that_tools_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert bom.main(["--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["bomFormat"] == "CycloneDX"
    assert all(c["purl"].startswith("pkg:pypi/") for c in data["components"])
