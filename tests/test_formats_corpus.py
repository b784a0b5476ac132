"""Real papers: one truth in every format, and the pages of real PDFs."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest.clean import clean
from ingest.document import Document, MarkKind
from ingest.formats import discover, ocr, read

pytestmark = pytest.mark.corpus
PAPERS = {"alternativt-forslag": "000_", "initiativarende": "001_"}


def original(shared: Path, paper: str) -> Document:
    [path] = (shared / "corpus" / "boras").glob(f"{PAPERS[paper]}*.txt")
    return read(path, path.name)


def other(shared: Path, paper: str, suffix: str) -> Document:
    path = shared / "corpus" / "formats" / f"{paper}{suffix}"
    return read(path, path.name)


def words(doc: Document, kind: MarkKind) -> list[list[str]]:
    return [doc.text[mark.start : mark.end].split() for mark in doc.marked(kind)]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".html", ".pdf", ".doc", ".rtf"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_format_tells_the_same_words_lists_emphasis_and_notes(
    shared: Path, paper: str, suffix: str
) -> None:
    if suffix in (".doc", ".rtf") and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    first, second = original(shared, paper), other(shared, paper, suffix)
    assert second.text.split() == first.text.split()
    assert clean(second).text.split() == clean(first).text.split()
    for kind in (MarkKind.LIST_ITEM, MarkKind.EMPHASIS, MarkKind.FOOTNOTE):
        assert words(second, kind) == words(first, kind)


def test_the_originals_hold_what_the_formats_are_measured_by(shared: Path) -> None:
    doc = original(shared, "alternativt-forslag")
    assert [len(doc.marked(kind)) for kind in (MarkKind.LIST_ITEM, MarkKind.EMPHASIS)] == [4, 1]
    assert len(doc.marked(MarkKind.FOOTNOTE)) == 2
    assert len(original(shared, "initiativarende").marked(MarkKind.LIST_ITEM)) == 1


@pytest.mark.slow
@pytest.mark.skipif(not ocr.is_installed(), reason="Tesseract with Swedish is not installed")
@pytest.mark.parametrize("paper", PAPERS)
def test_a_scan_tells_nearly_the_same_words(shared: Path, paper: str) -> None:
    scan = other(shared, paper, "-skannad.pdf")
    wanted = Counter(re.findall(r"\w{3,}", clean(original(shared, paper)).text))
    got = Counter(re.findall(r"\w{3,}", scan.text))
    assert (wanted - got).total() <= 0.02 * wanted.total()
    assert all((page.confidence or 0) > 85 for page in scan.pages)
    assert scan.unreadable_pages == ()


def test_gold_quotes_stand_letter_for_letter_on_their_pages(shared: Path) -> None:
    cases = [json.loads(line) for line in (shared / "eval" / "dev.jsonl").open(encoding="utf-8")]
    golds = [gold for case in cases for part in case["gold_any"] for gold in part]
    documents: dict[str, Document] = {}
    missing = []
    for gold in golds:
        file = gold["file"]
        if file not in documents:
            documents[file] = read(shared / "corpus" / file, file)
        if not holds(documents[file], gold["quote"], gold["page"]):
            missing.append((file, gold["quote"]))
    assert missing == []


def holds(doc: Document, quote: str, page: int | None) -> bool:
    if page is None:
        return quote in doc.text
    there = doc.pages[page - 1]
    return quote in " ".join(doc.text[there.start : there.end].split())


def test_heads_of_real_minutes_are_furniture_and_their_paragraphs_are_not(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "goteborg" / "protokoll").glob("kf-2023-0*.txt"))[:6]:
        doc = read(path, path.name)
        view = clean(doc).text
        count = re.compile(r"^\d+ \(\d+\)$", re.MULTILINE)
        assert len(count.findall(doc.text)) > 10
        assert count.findall(view) == []
        paragraph = re.compile(r"^§ ?\d+", re.MULTILINE)
        assert len(paragraph.findall(view)) == len(paragraph.findall(doc.text))


def test_running_heads_of_marked_pages_are_furniture(shared: Path) -> None:
    [path] = (shared / "corpus" / "kungsbacka").glob("*protokoll.md")
    doc = read(path, path.name)
    view = clean(doc).text
    assert len(doc.pages) == 35
    assert view.count("SAMMANTRÄDESPROTOKOLL") == 1  # the front page keeps its own
    assert "digitalt signerat" not in view
    heading = re.compile(r"^§ \d+ +Dnr", re.MULTILINE)
    assert len(heading.findall(view)) == len(heading.findall(doc.text)) == 40


@pytest.mark.slow
def test_reading_keeps_up(shared: Path) -> None:
    """Furniture and all, a PDF takes at most fifteen times what its bare text takes to draw, and a
    text fifteen times what finding its words does (in quiet, four times)."""
    words = re.compile(r"\w+")

    def bare(path: Path) -> None:
        if path.suffix == ".txt":
            words.findall(path.read_text(encoding="utf-8"))
            return
        for page in pdfium.PdfDocument(path):
            page.get_textpage().get_text_range()

    found, _ = discover([shared / "corpus" / "goteborg"])
    pdfs = [f for f in found if f.path.suffix == ".pdf" and "hedersrelaterat" not in f.file]
    for some in (pdfs, [f for f in found if f.path.suffix == ".txt"][:60]):
        spent = least = 0.0
        for item in some:
            began = time.process_time()
            bare(item.path)
            least += time.process_time() - began
            began = time.process_time()
            clean(read(item.path, item.file))
            spent += time.process_time() - began
        assert spent < 15 * least
