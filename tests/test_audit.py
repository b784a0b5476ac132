"""What is installed is held against advisories in a file, and nothing is asked of a network."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from assistant.advisories import read, weaknesses
from assistant.bill import Component
from assistant.cli import audit
from ingest.errors import BereddError


def _advisory(name: str = "invented", **affected: Any) -> dict[str, Any]:
    package = {"ecosystem": "PyPI", "name": name}
    return {
        "id": "INVENTED-1", "summary": "An invented\nweakness", "modified": "2026-11-01T00:00:00Z",
        "affected": [{"package": package, **affected}],
    }  # fmt: skip


def _range(*events: dict[str, str]) -> list[dict[str, Any]]:
    return [{"type": "ECOSYSTEM", "events": list(events)}]


def _zip(folder: Path, advisories: Sequence[dict[str, Any]]) -> Path:
    file = folder / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for number, one in enumerate(advisories):
            archive.writestr(f"{number}.json", json.dumps(one))
    return file


@pytest.mark.parametrize(
    ("installed", "affected", "found"),
    [
        ("1.2", {"versions": ["1.1", "1.2"]}, True),
        ("1.3", {"versions": ["1.1", "1.2"]}, False),
        ("1.2", {"ranges": _range({"introduced": "0"}, {"fixed": "1.3"})}, True),
        ("1.3", {"ranges": _range({"introduced": "0"}, {"fixed": "1.3"})}, False),
        ("1.10", {"ranges": _range({"introduced": "1.2"}, {"fixed": "1.9"})}, False),
        ("1.10", {"ranges": _range({"introduced": "1.2"})}, True),
        ("2.0", {"ranges": _range({"introduced": "0"}, {"last_affected": "2.0"})}, True),
        ("2.1", {"ranges": _range({"introduced": "0"}, {"last_affected": "2.0"})}, False),
        (
            "3.1",
            {"ranges": _range({"introduced": "0"}, {"fixed": "2"}, {"introduced": "3"})},
            True,
        ),
        (
            "2.5",
            {"ranges": _range({"introduced": "0"}, {"fixed": "2"}, {"introduced": "3"})},
            False,
        ),
    ],
)
def test_a_version_falls_under_an_advisory_or_not(
    tmp_path: Path, installed: str, affected: dict[str, Any], found: bool
) -> None:
    known = read(_zip(tmp_path, [_advisory("Invented_Name", **affected)]))
    bill = [Component("invented-name", installed, "MIT")]
    assert bool(weaknesses(bill, known)) is found
    assert weaknesses([Component("another", installed, "MIT")], known) == []


def test_a_withdrawn_advisory_and_one_of_another_ecosystem_count_for_nothing(
    tmp_path: Path,
) -> None:
    other = _advisory(versions=["1"])
    other["affected"][0]["package"]["ecosystem"] = "npm"
    withdrawn = _advisory(versions=["1"]) | {"withdrawn": "2026-01-01T00:00:00Z"}
    known = read(_zip(tmp_path, [other, withdrawn]))
    assert weaknesses([Component("invented", "1", "MIT")], known) == []


def test_the_command_tells_what_it_found_and_how_old_the_file_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = _advisory("chromadb", versions=[version("chromadb")], ranges=_range({"fixed": "99"}))
    assert audit.main([str(_zip(tmp_path, [bad]))]) == 1
    told = capsys.readouterr().out
    assert "INVENTED-1 An invented weakness (mended in 99)" in told
    assert "1 found" in told
    assert "days old" in told
    assert audit.main([str(_zip(tmp_path, [_advisory()]))]) == 0


@pytest.mark.parametrize("held", [b"", b"no zip", None])
def test_a_file_that_is_none_never_passes_for_a_clean_bill(
    tmp_path: Path, held: bytes | None
) -> None:
    file = tmp_path / "all.zip"
    if held is None:
        _zip(tmp_path, [])
    else:
        file.write_bytes(held)
    with pytest.raises(BereddError, match="advisories"):
        audit.main([str(file)])
