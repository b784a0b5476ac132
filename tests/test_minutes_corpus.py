"""Real minutes: figures that may not fall, and texts that may not crash."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.reading import LABELS, Reader, against_labels, against_silver
from ingest.document import Document
from ingest.formats import read
from ingest.structure import analyse, minutes

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def reader(shared: Path) -> Reader:
    return Reader(shared / "corpus")


@pytest.mark.slow
def test_every_paragraph_of_the_minutes_is_found(shared: Path, reader: Reader) -> None:
    counts = against_silver(shared / "corpus", reader)
    for measure in ("paragraphs", "case numbers"):
        assert counts[measure].recall == 1.0


@pytest.mark.slow
def test_the_labelled_paragraphs_are_read_right(reader: Reader) -> None:
    counts = against_labels(LABELS, reader)
    for measure, floor in (
        ("paragraphs", 0.995), ("case numbers", 0.995), ("titles", 0.995), ("votes", 0.99),
        ("reservations", 0.97), ("yrkanden", 0.95), ("decision outcomes", 0.95), ("recusals", 0.95),
    ):  # fmt: skip
        count = counts[measure]
        assert count.precision is not None
        assert count.recall is not None
        assert min(count.precision, count.recall) >= floor, measure


def test_minutes_and_summons_are_recognised(shared: Path) -> None:
    folder = shared / "corpus" / "kungsbacka"
    kinds = {p.stem[-9:]: analyse(read(p, p.name))[1].kind.value for p in sorted(folder.iterdir())}
    assert kinds == {"-kallelse": "agenda_item", "protokoll": "table_of_contents"}


def test_mutated_minutes_crash_nothing(shared: Path) -> None:
    path = shared / "corpus" / "kungsbacka" / "ks-2024-08-27-protokoll.md"
    text = path.read_text(encoding="utf-8")[30_000:50_000]
    chance = random.Random(4)
    for _ in range(15):
        letters = list(text)
        for _ in range(60):
            at = chance.randrange(len(letters))
            letters[at] = chance.choice(
                ["", "\n", "§ 3", "(", ")", "\t", "|", "Ja", "\x00", "Å", "  "]
            )
        mutated = "".join(letters)
        document = Document(file="m", digest="", format="txt", title="m", text=mutated)
        found = minutes.parts(document)
        assert "".join(mutated[p.start : p.end] for p in found) == mutated
