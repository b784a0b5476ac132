"""From a PDF to a `Document`: its pages in order, those that are pictures through OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.document import Document, Mark, Page
from ingest.errors import ReadError
from ingest.formats import ocr
from ingest.formats.pdf import Pdf, opened
from ingest.formats.pdf_layout import PageText
from ingest.formats.pdf_styles import style_marks
from ingest.formats.source import MAX_CHARACTERS, Source, best_title
from ingest.formats.text import text_marks
from ingest.furniture import find_furniture

MAX_PAGES = 20_000
_SOME_TEXT = 16
"""A page with fewer letters than this, and with a picture on it, is taken for a scan."""
_POOR = 70.0
"""Mean word confidence below which a person should be told."""
_NO_TITLE = re.compile(r"\.\w{2,5}$|^Microsoft|untitled|namnlös|^\W*$|mall\b", re.IGNORECASE)


class _Read(NamedTuple):
    """A page as read; `layout` is None where it came from OCR or could not be read."""

    text: str
    layout: PageText | None = None
    confidence: float | None = None
    readable: bool = True
    damaged: bool = False


def read(source: Source) -> Document:
    """Reads a PDF. Pages without text are read by OCR where Tesseract is installed.

    Raises:
        ReadError: it is encrypted, damaged, without pages, or enormous.
    """
    with opened(source.data) as pdf:
        if len(pdf) == 0:
            raise ReadError("the PDF has no pages", "Export it again from its program.")
        if len(pdf) > MAX_PAGES:
            raise ReadError(f"the PDF is enormous ({len(pdf):,} pages)", "Split it.")
        reads = list(_pages(pdf))
        labels = [pdf.label(number) for number in range(1, len(pdf) + 1)]
        title = pdf.title
    if all(page.damaged for page in reads):
        raise ReadError("the PDF is damaged", "Export it again from its program.")
    text, pages = _joined(reads, labels)
    layouts = [(page.start, r.layout) for page, r in zip(pages, reads, strict=True) if r.layout]
    marks: list[Mark] = [
        *style_marks(text, layouts),
        *text_marks(text),
        *find_furniture(text, pages),
    ]
    return Document(
        file=source.file,
        digest=source.digest,
        format="pdf",
        title=best_title(title if _is_title(title) else "", source.file, text),
        text=text,
        pages=pages,
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
        warnings=tuple(_warnings(reads)),
    )


def _pages(pdf: Pdf) -> Iterator[_Read]:
    length = 0
    for number in range(1, len(pdf) + 1):
        page = _page(pdf, number)
        length += len(page.text)
        if length > MAX_CHARACTERS:
            raise ReadError("the text of the PDF is enormous", "Split it.")
        yield page


def _page(pdf: Pdf, number: int) -> _Read:
    layout = pdf.layout(number)
    if layout is None:
        return _Read("", damaged=True, readable=False)
    letters = sum(map(str.isalnum, layout.text[:1000]))
    if letters >= _SOME_TEXT or not pdf.has_picture(number):
        return _Read(layout.text, layout)
    if not ocr.is_installed():
        return _Read(layout.text, layout, readable=False)
    try:
        scan = ocr.read_image(pdf.png(number))
    except ReadError:
        return _Read(layout.text, layout, readable=False)
    return _Read(scan.text, None, scan.confidence, readable=bool(scan.text.strip()))


def _joined(reads: Sequence[_Read], labels: Sequence[str | None]) -> tuple[str, tuple[Page, ...]]:
    pieces: list[str] = []
    pages: list[Page] = []
    at = 0
    for k, (page, label) in enumerate(zip(reads, labels, strict=True)):
        following = reads[k + 1].text if k + 1 < len(reads) else ""
        # A sentence that runs over the page break must not become two paragraphs.
        runs_on = page.text[-1:].isalpha() and following[:1].islower()
        pieces += (page.text, "\n" if runs_on else "\n\n")
        end = at + len(page.text) + len(pieces[-1])
        pages.append(Page(k + 1, at, end, label, page.confidence, page.readable))
        at = end
    return "".join(pieces), tuple(pages)


def _is_title(title: str) -> bool:
    """True if it is a title: no file name, no template's name, nothing else a program left."""
    return 4 <= len(title) <= 200 and not _NO_TITLE.search(title)


def _warnings(reads: Sequence[_Read]) -> Iterator[str]:
    pages = list(enumerate(reads, 1))
    damaged = [n for n, page in pages if page.damaged]
    unread = [n for n, page in pages if not page.readable and not page.damaged]
    poor = [n for n, page in pages if page.readable and (page.confidence or _POOR) < _POOR]
    if damaged:
        yield f"Pages that are damaged and could not be read: {_numbers(damaged)}."
    if unread and ocr.is_installed():
        yield f"Pages that are pictures and in which no text was found: {_numbers(unread)}."
    elif unread:
        yield f"Pages that are pictures and were not read: {_numbers(unread)}. {ocr.REMEDY}"
    if poor:
        yield f"Scanned pages that were hard to read: {_numbers(poor)}."


def _numbers(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:20]))
    return shown if len(pages) <= 20 else f"{shown} and {len(pages) - 20} more"
