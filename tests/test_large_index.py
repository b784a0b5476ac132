"""More passages than SQLite takes ids to one query."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.parts import PartKind, Role
from ingest.passages import Passage
from vectorstore.store import Store

MANY = 33_500
"""SQLite's own limit is 32,766 variables."""


def _passage(number: int) -> Passage:
    return Passage(
        file="a.txt",
        part="1",
        kind=PartKind.OTHER,
        role=Role.INFORMATION,
        document="A",
        title="A",
        start=number,
        end=number + 1,
        text="x",
        clean="x",
    )


@pytest.mark.slow
def test_a_killed_ingest_is_swept_from_an_index_of_any_size(tmp_path: Path) -> None:
    store = Store(tmp_path / "chroma")
    store.put_passages(
        [_passage(n) for n in range(MANY)], np.ones((MANY, 2), dtype=np.float32), "digest"
    )
    assert sum(1 for _ in store.all_metadata()) == MANY
    assert sum(1 for _ in store.passage_rows("a.txt")) == MANY
    assert len(store.passage_ids("a.txt")) == MANY
    assert store.sweep({}) == MANY
    assert store.count() == 0
