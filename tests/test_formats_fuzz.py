"""Damaged files are read or refused; nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz_readers import files, run

SAMPLES = Path(__file__).parents[1] / "samples"


def quick() -> list[Path]:
    """Sample files that no other program is started for."""
    return [file for file in files([SAMPLES], slow=False) if "skannad" not in file.name]


def test_damaged_samples_crash_nothing() -> None:
    assert run(150, quick(), seed=1) == []


@pytest.mark.slow
def test_many_damaged_samples_crash_nothing() -> None:
    assert run(600, quick(), seed=1000) == []
