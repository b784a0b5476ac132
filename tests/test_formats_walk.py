"""Folders are walked; whatever cannot be ingested is named with a reason."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from ingest.formats import discover


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Text.\n", encoding="utf-8")
    return path


def test_files_are_named_by_their_path_below_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "b.txt")
    write(tmp_path / "under" / "a.md")
    found, failures = discover([tmp_path])
    assert [item.file for item in found] == ["b.txt", "under/a.md"]
    assert failures == []


def test_a_file_on_its_own_is_named_by_its_name(tmp_path: Path) -> None:
    found, _ = discover([write(tmp_path / "under" / "a.txt")])
    assert [item.file for item in found] == ["a.txt"]


def test_odd_names_are_kept_and_composed(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Möte på \"Ön\" – 'vår'.txt")
    write(tmp_path / name)
    found, failures = discover([tmp_path])
    assert [item.file for item in found] == [unicodedata.normalize("NFC", name)]
    assert found[0].path.read_text() == "Text.\n"
    assert failures == []


def test_hidden_files_and_office_locks_are_skipped(tmp_path: Path) -> None:
    for name in (".hemlig.txt", "~$utkast.docx", ".git/a.txt"):
        write(tmp_path / name)
    assert discover([tmp_path]) == ([], [])


def test_an_unknown_format_is_reported_by_name(tmp_path: Path) -> None:
    write(tmp_path / "kalkyl.xyz")
    _, failures = discover([tmp_path])
    assert [(item.file, item.reason) for item in failures] == [
        ("kalkyl.xyz", 'the format ".xyz" is unknown')
    ]


def test_a_symlink_loop_is_reported_and_the_rest_found(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "under").mkdir()
    (tmp_path / "under" / "upp").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    found, failures = discover([tmp_path])
    assert [item.file for item in found] == ["a.txt"]
    assert {item.file: item.reason for item in failures} == {
        "ring": "it is a symlink loop",
        "under/upp": "it is a symlink loop",
    }


def test_a_dangling_link_and_a_missing_path_are_reported(tmp_path: Path) -> None:
    (tmp_path / "borta.txt").symlink_to(tmp_path / "finns-inte.txt")
    found, failures = discover([tmp_path, tmp_path / "saknas"])
    assert found == []
    assert [item.reason for item in failures] == [
        "it is a link that leads nowhere",
        "there is no such file or folder",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_reported(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    closed = tmp_path / "stängd"
    closed.mkdir()
    closed.chmod(0)
    try:
        found, failures = discover([tmp_path])
    finally:
        closed.chmod(0o700)
    assert [item.file for item in found] == ["a.txt"]
    assert [item.reason for item in failures] == ["you have no permission to read it"]


def test_the_same_file_given_twice_is_found_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    found, _ = discover([path, path])
    assert len(found) == 1


def test_files_of_the_same_name_from_two_folders_are_told_apart(tmp_path: Path) -> None:
    paths = [write(tmp_path / folder / "a.txt") for folder in ("ett", "två")]
    found, _ = discover([path.parent for path in paths])
    assert [item.file for item in found] == ["ett/a.txt", "två/a.txt"]
