"""What the tests of cases, comparisons and briefs share: the sample papers in a small index."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.answer import Citation
from assistant.prepare.points import Point, PointKind
from assistant.prepare.register import Register, register
from ingest.parts import Role
from tests.bag import BagOfWords
from vectorstore import ingestion
from vectorstore.index import Index, create_index

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SCANNED = "protokollsutdrag-kf-2023-11-27-skannad.pdf"
"""Needs OCR, which is not what is tested here."""


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the sample papers, by the bag-of-words embedder."""
    folder = tmp_path_factory.mktemp("prepare")
    shutil.copytree(SAMPLES, folder / "papers", ignore=shutil.ignore_patterns(SCANNED))
    index = create_index(folder / "index", BagOfWords())
    report = ingestion.ingest(index, BagOfWords(), [folder / "papers"])
    assert not report.failed
    return index


@pytest.fixture(scope="session")
def known(papers: Index) -> Register:
    """The register of the sample papers."""
    return register(papers)


def demand(text: str, start: int = 0, lead: str | None = None) -> Point:
    """A demand with these words, at a place of its own."""
    source = Citation(
        id="S1",
        file="motion.txt",
        document="Motion",
        part="Motion",
        type="motion",
        role=Role.PROPOSAL,
        start=start,
        end=start + len(text),
        quote=text,
    )
    return Point(kind=PointKind.DEMAND, text=text, lead=lead, source=source)
