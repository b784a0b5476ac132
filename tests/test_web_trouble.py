"""What went wrong is said in the page's language; the error's own words are a detail beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.web.asking import Asking
from assistant.web.cases import listed as cases_listed
from assistant.web.desk import Desk
from assistant.web.editing import Editing
from assistant.web.failures import trouble
from assistant.web.intake import Intake, Job
from assistant.web.papers import listed
from assistant.web.registers import Registers
from assistant.web.remarks import remark
from assistant.web.words import Words
from ingest.errors import BereddError, ReadError
from vectorstore.errors import IndexBusy, IndexDamaged, IndexMismatch, IndexMissing, StoreFailed

SOURCES = Path(__file__).resolve().parents[1]
SAID = (
    (IndexMissing("No index at x."), "missing"),
    (IndexBusy("x"), "busy"),
    (IndexMismatch("x"), "mismatch"),
    (IndexDamaged("x"), "damaged"),
    (StoreFailed("x"), "store"),
    (BereddError("The embedding server at h:80 failed: timeout. See that it runs"), "server"),
    (BereddError("The embedding model 'x' could not be loaded: no. Set"), "embedding"),
    (BereddError("The default embedding model is not installed (the package"), "embedding"),
    (BereddError('The model "x" needs a package that is not installed.'), "model"),
    (BereddError("The index in .beredd cannot be written: No space left on device."), "writing"),
    (BereddError('BEREDD_LOG is "x". Set text or json, or leave it unset.'), "settings"),
    (BereddError("Something that nobody has thought of."), "other"),
)
ENGLISH = re.compile(r"\b(the|is|are|and|could|cannot|with|try|again|page|file|index)\b", re.I)


@pytest.mark.parametrize(("error", "kind"), SAID, ids=[kind for _, kind in SAID])
def test_every_error_has_a_sentence_in_the_language_of_the_page(
    error: BereddError, kind: str
) -> None:
    swedish, english = (trouble(error, Words(language)) for language in ("sv", "en"))
    assert swedish.told == Words("sv")(f"trouble.{kind}")
    assert english.told == Words("en")(f"trouble.{kind}")
    assert not ENGLISH.search(swedish.told)
    assert swedish.detail == str(error)


def test_what_is_wrong_with_a_file_is_said_by_its_kind() -> None:
    error = ReadError("the PDF is encrypted", "Remove the password and ingest again.")
    assert trouble(error, Words("sv")).told == Words("sv")("failure.encrypted")


@pytest.fixture
def broken(tmp_path: Path) -> Desk:
    """A desk over an index that cannot be read."""
    (tmp_path / "index.json").write_text("{", encoding="utf-8")
    desk = Desk(Settings(index=tmp_path))
    assert desk.open() is None
    assert isinstance(desk.problem, IndexDamaged)
    return desk


def _outside_details(html: str) -> str:
    """The text of a page without the parts that say themselves to be English."""
    plain = re.sub(r"<details class=\"detail\">.*?</details>", "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", plain)


def test_a_page_over_a_broken_index_says_so_in_swedish_with_the_error_as_a_detail(
    broken: Desk,
) -> None:
    words = Words("sv")
    pages = [
        Asking(broken, words).opened(None).thread,
        listed(broken, words),
        cases_listed(broken, Registers(), words),
    ]
    for html in pages:
        assert words("trouble.damaged") in html
        assert not ENGLISH.search(_outside_details(html))
        assert '<p lang="en">' in html


def test_a_question_to_a_broken_index_is_answered_in_swedish(broken: Desk) -> None:
    *_, last = Asking(broken, Words("sv")).ask("Vad beslutades?", None)
    assert Words("sv")("trouble.damaged") in last.thread


def test_a_reading_that_broke_off_says_why_in_swedish(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path)
    problem = "The index in x cannot be written: No space left on device."
    intake = Intake(settings, _job=Job(number=1, problem=problem))
    html = Editing(Desk(settings), intake, Words("sv")).job()
    assert Words("sv")("trouble.writing") in html
    assert not ENGLISH.search(_outside_details(html))


@pytest.mark.parametrize(
    ("said", "swedish"),
    [
        (
            "Pages that are damaged and could not be read: 3, 4.",
            "Skadade sidor som inte kunde läsas: 3, 4.",
        ),
        (
            "Scanned pages that were hard to read: 1, 2 and 7 more.",
            "Inskannade sidor som var svåra att läsa: 1, 2 och 7 till.",
        ),
        (
            "12 damaged characters were replaced while reading it as utf-8.",
            "12 skadade tecken har ersatts i texten.",
        ),
        (
            "bilaga.pdf: Scanned pages that were hard to read: 2.",
            "bilaga.pdf: Inskannade sidor som var svåra att läsa: 2.",
        ),
    ],
)
def test_remarks_on_the_reading_are_said_in_swedish(said: str, swedish: str) -> None:
    assert remark(said, Words("sv")).text == swedish
    assert remark(said, Words("en")).text == said


def test_an_attachment_that_was_not_read_is_named_with_what_to_do() -> None:
    made = remark("The attachment a.doc was not read: the doc file is damaged.", Words("sv"))
    assert made.text == f"Bilagan a.doc lästes inte. {Words('sv')('failure.damaged')}"


def test_an_unknown_remark_is_shown_as_english() -> None:
    assert remark("Something new.", Words("sv")).language == "en"


def test_every_remark_that_a_reader_makes_is_known() -> None:
    read = [
        (SOURCES / "ingest" / "formats" / name).read_text(encoding="utf-8")
        for name in ("pdf_reader.py", "decoding.py", "mail.py")
    ]
    made = re.findall(r'f"((?:Pages|Scanned|The attachment|\{lost\})[^"]*)"', "\n".join(read))
    assert len(made) == 6
    for sentence in made:
        filled = re.sub(r"\{lost\}", "3", sentence)
        filled = re.sub(r"\{ocr\.REMEDY\}", "Install Tesseract.", filled)
        assert remark(re.sub(r"\{[^}]+\}", "x", filled), Words("sv")).language == "sv", sentence
