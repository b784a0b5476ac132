"""Personal numbers are known by date and check digit, and masked without moving anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import documents
from assistant.cli.documents import as_json
from ingest.document import Document
from ingest.personal_numbers import find_personal_numbers, masked
from tests.bag import BagOfWords
from tests.papers import MOTION
from tests.reading_holds import check
from vectorstore.index import create_index, open_index
from vectorstore.ingestion import ingest
from vectorstore.reading import read_one


def numbers(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_personal_numbers(text)]


@pytest.mark.parametrize(
    "number",
    ["811228-9874", "8112289874", "19811228-9874", "198112289874", "811228+9874", "811228 9874",
     "811228–9874", "811228 - 9874", "811228-\n9874", "701063-2391", "19701063-2391"],
)  # fmt: skip
def test_a_personal_number_is_known_however_it_is_written(number: str) -> None:
    assert numbers(f"Sökanden ({number}) bor i Ekmarka.") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "811228-9873",  # the check digit is wrong
        "811328-9874",  # there is no thirteenth month
        "810230-9874",  # nor a thirtieth of February
        "556036-0793",  # an organisation's number
        "KS 2024/00123",
        "1811228-98742",
        "Fakturan 98112289874 är betald",
        "070-123 45 67",
        "2024-01-12 9874",
        "8112-289874",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert numbers(text) == []


def test_a_leap_day_of_either_century_is_a_date() -> None:
    assert numbers("000229-0005") == ["000229-0005"]
    assert numbers("19000229-0005") == []


@given(st.text(alphabet="0123456789-+ \nab", max_size=80))
def test_masking_moves_nothing_and_leaves_none(text: str) -> None:
    document = Document(file="a", digest="0", format="txt", title=text, text=text)
    hidden, count = masked(document)
    assert len(hidden.text) == len(text)
    assert count == len(numbers(text))
    assert all(b in (a, "X") for a, b in zip(text, hidden.text, strict=True))
    assert not set(numbers(text)) & set(numbers(hidden.text))


# --- In the index --------------------------------------------------------------------------------

NUMBER = "811228-9874"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    text = MOTION.replace("Siri Lund (V)", f"Siri Lund (V), {NUMBER}")
    (folder / "motion.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_masked_reading_holds_and_says_how_many_it_masked(papers: Path) -> None:
    plain = read_one(papers / "motion.txt", "motion.txt")
    hidden = read_one(papers / "motion.txt", "motion.txt", mask=True)
    check(hidden)
    assert plain.document is not None
    assert hidden.document is not None
    assert plain.personal_numbers == hidden.personal_numbers == 1
    assert NUMBER in plain.document.text
    assert NUMBER not in repr(hidden)
    assert [(p.start, p.end) for p in plain.passages] == [(p.start, p.end) for p in hidden.passages]


def test_masking_is_off_until_it_is_asked_for_and_then_stays(papers: Path, tmp_path: Path) -> None:
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [papers])
    assert NUMBER in _everything(tmp_path / "index")
    assert ingest(index, BagOfWords(), [papers], mask=True).changed == ("motion.txt",)
    assert NUMBER not in _everything(tmp_path / "index")
    # Whoever forgets the flag later uncovers nothing.
    again = open_index(tmp_path / "index")
    assert ingest(again, BagOfWords(), [papers]).unchanged == ("motion.txt",)
    assert NUMBER not in _everything(tmp_path / "index")


def test_the_list_of_documents_says_which_hold_personal_numbers(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [papers], mask=True)
    entry = index.entries["motion.txt"]
    assert as_json(entry)["personal_numbers"] == {"found": 1, "masked": True}
    documents.main(["--index", str(tmp_path / "index"), "--json"])
    assert json.loads(capsys.readouterr().out)[0]["personal_numbers"]["found"] == 1


def _everything(folder: Path) -> str:
    """All that an index can show, as one string."""
    index = open_index(folder)
    stored = [index.document(file) for file in index.entries]
    return repr((stored, list(index.store.all_passages()), index.entries))
