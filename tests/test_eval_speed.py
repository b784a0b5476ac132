"""The time that reading takes is measured by format."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.reading_speed import main, measured
from tests.papers import write_some


def test_every_paper_is_counted_with_its_parts_and_records(tmp_path: Path) -> None:
    write_some(tmp_path, count=2)
    (text,) = measured([tmp_path]).values()
    assert (text.files, text.failed) == (4, 0)
    assert text.parts >= 5
    assert text.records > 5
    assert text.size == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert text.reading + text.analysing > 0


def test_a_file_that_cannot_be_read_is_counted_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_some(tmp_path)
    (tmp_path / "trasig.pdf").write_bytes(b"%PDF-1.4 trasig")
    assert main([str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "pdf" in told
    assert main([str(tmp_path), "--formats", "txt"]) == 0
