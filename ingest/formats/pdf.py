"""PDFium's one home: pages, words with their places, pictures of pages, boxes of a span.

Boxes that leave this module are fractions of the page as it is shown, from its upper left corner.
"""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.document import Document
from ingest.errors import ReadError
from ingest.formats import ocr
from ingest.formats.pdf_boxes import Box, Place, by_line, turned
from ingest.formats.pdf_damage import why_unopened
from ingest.formats.pdf_layout import PageText, lay_out
from ingest.formats.pdf_order import Word
from ingest.formats.pdf_raised import with_raised
from ingest.formats.source import load

_LINE_END_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen that ends a line, in the place of hyphen and line break."""
_WORD = re.compile(rf"[^\s\0{_LINE_END_HYPHEN}]+{_LINE_END_HYPHEN}?|{_LINE_END_HYPHEN}")
_HEAVY = re.compile(rb"bold|black|heavy|semib|demi", re.IGNORECASE)
_SCAN_WIDTH = 2480
"""Pixels across a page for OCR: an A4 page at 300 dots an inch."""
_MAX_PIXELS = 40_000_000

_lock = RLock()
"""PDFium must not be called from two threads at once."""


class Pdf:
    """An open PDF. Use it inside `opened`."""

    def __init__(self, pdf: pdfium.PdfDocument) -> None:
        self._pdf = pdf

    def __len__(self) -> int:
        return len(self._pdf)

    @property
    def title(self) -> str:
        """The PDF's own title, on one line; "" if it has none."""
        try:
            return " ".join(str(self._pdf.get_metadata_value("Title")).replace("\0", "").split())
        except (pdfium.PdfiumError, UnicodeError):
            return ""

    def label(self, number: int) -> str | None:
        """The printed number of the 1-based page ("iv"), where the PDF gives one."""
        try:
            return self._pdf.get_page_label(number - 1) or None
        except (pdfium.PdfiumError, UnicodeError):
            return None

    def layout(self, number: int) -> PageText | None:
        """The text of the 1-based page in reading order; None if the page is damaged."""
        try:
            with self._page(number) as page, closing(page.get_textpage()) as textpage:
                return lay_out(Glyphs(textpage).words())
        except pdfium.PdfiumError:
            return None

    def has_picture(self, number: int) -> bool:
        """True if the 1-based page holds a picture, or so many paths that they may be letters."""
        kinds = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
        paths = 0
        with self._page(number) as page:
            for thing in page.get_objects(filter=kinds, max_depth=4):
                paths += 1
                if thing.type == raw.FPDF_PAGEOBJ_IMAGE or paths > 200:
                    return True
        return False

    def png(self, number: int, width: int = _SCAN_WIDTH, *, grey: bool = True) -> bytes:
        """A picture of the 1-based page as it is shown, `width` pixels across."""
        with self._page(number) as page:
            across, down = page.get_size()
            scale = width / max(1.0, across)
            scale = min(scale, (_MAX_PIXELS / max(1.0, across * down)) ** 0.5)
            image = page.render(scale=scale, grayscale=grey).to_pil()
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=1 if grey else 6)
        return stream.getvalue()

    def boxes(self, number: int, ranges: Iterator[tuple[int, int]]) -> list[Box]:
        """The boxes of ranges of the 1-based page's own characters, one for each line of them."""
        with self._page(number) as page, closing(page.get_textpage()) as textpage:
            glyphs = Glyphs(textpage)
            turn = glyphs.turn()
            found = [glyphs.box(start, end, turn) for start, end in ranges]
            shown = [_shown(page, turned(box, -turn % 4)) for box in found]
        return by_line(shown)

    @contextmanager
    def _page(self, number: int) -> Iterator[pdfium.PdfPage]:
        with closing(self._pdf[number - 1]) as page:
            yield page


@contextmanager
def opened(data: bytes) -> Iterator[Pdf]:
    """Opens a PDF; one thread at a time.

    Raises:
        ReadError: it is encrypted, damaged or without pages.
    """
    with _lock:
        try:
            pdf = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            raise why_unopened(data) from None
        try:
            yield Pdf(pdf)
        except pdfium.PdfiumError:
            raise ReadError("the PDF is damaged", "Export it again from its program.") from None
        finally:
            pdf.close()


def render(path: Path, page_number: int, width_px: int) -> bytes:
    """The 1-based page as a PNG, `width_px` pixels across.

    Raises:
        ReadError: the PDF cannot be opened, or has no such page.
    """
    with opened(load(path, path.name).data) as pdf:
        _check_page(pdf, page_number)
        return pdf.png(page_number, width_px, grey=False)


def boxes(path: Path, page_number: int, start: int, end: int, document: Document) -> list[Box]:
    """Where the document's characters `[start, end)` stand on the 1-based page, a box a line.

    What stands on other pages is left out. Empty if the file no longer is what the document was
    read from.

    Raises:
        ReadError: the PDF cannot be opened, or has no such page.
    """
    page = next((page for page in document.pages if page.number == page_number), None)
    with opened(load(path, path.name).data) as pdf:
        _check_page(pdf, page_number)
        if page is None or start >= page.end or end <= page.start:
            return []
        low, high = max(start, page.start) - page.start, min(end, page.end) - page.start
        text = document.text[page.start : page.end].rstrip()
        layout = pdf.layout(page_number)
        if layout is not None and layout.text.rstrip() == text:
            return pdf.boxes(page_number, layout.characters(low, high))
        if page.confidence is None:
            return []
        scan = ocr.read_image(pdf.png(page_number))
        return scan.boxes(low, high) if scan.text.rstrip() == text else []


def _check_page(pdf: Pdf, number: int) -> None:
    if not 1 <= number <= len(pdf):
        raise ReadError(f"the PDF has no page {number}", f"It has {len(pdf)} pages.")


# --- Boxes on the shown page ---------------------------------------------------------------------


def _shown(page: pdfium.PdfPage, box: Box) -> Box:
    """A box in points (left, bottom, right, top) as fractions of the page as it is shown."""
    size = 1_000_000
    x, y = ctypes.c_int(), ctypes.c_int()
    corners: list[tuple[float, float]] = []
    for across, up in ((box[0], box[1]), (box[2], box[3])):
        raw.FPDF_PageToDevice(page, 0, 0, size, size, 0, across, up, x, y)
        corners.append((min(1.0, max(0.0, x.value / size)), min(1.0, max(0.0, y.value / size))))
    (a, b), (c, d) = corners
    return min(a, c), min(b, d), max(a, c), max(b, d)


# --- Characters ----------------------------------------------------------------------------------


class Glyphs:
    """The characters of a page with their places and fonts, read through PDFium's C interface.

    Boxes reach from a fifth of the font's size below the baseline to four fifths above it: the
    fonts' own boxes differ too much to compare lines by them.
    """

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self.raw: Any = textpage.raw
        self.count: int = textpage.count_chars()
        self.text = self._all_text(textpage)
        self._matrix, self._rect = raw.FS_MATRIX(), raw.FS_RECTF()
        self._x, self._y, self._flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)
        self._is_bold: dict[bytes, bool] = {}

    def _all_text(self, textpage: pdfium.PdfTextPage) -> str:
        """One character for each of PDFium's; a range is used only where the two agree."""
        text: str = textpage.get_text_range(errors="replace") if self.count else ""
        if len(text) == self.count:
            return text
        codes = (raw.FPDFText_GetUnicode(self.raw, i) for i in range(self.count))
        return "".join(chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else " " for c in codes)

    def turn(self) -> int:
        """How often most of the text is turned left by 90 degrees against the page's axes."""
        step = max(1, self.count // 25)
        sample = [i for i in range(0, self.count, step) if self.text[i].isalnum()]
        turns = [self.place(i).turn for i in sample]
        return max(set(turns), key=turns.count) if turns else 0

    def words(self) -> list[Word]:
        """The page's words in the order in which they were drawn, those that are turned last."""
        turn = self.turn()
        upright: list[Word] = []
        turned: list[Word] = []
        end = 0
        for match in _WORD.finditer(self.text):
            fresh = "\n" in self.text[end : match.start()]
            fresh = fresh or self.text[end - 1 : end] == _LINE_END_HYPHEN
            word = self._word(match.start(), match.end(), turn, fresh)
            (upright if word.turn == turn else turned).append(word)
            end = match.end()
        return upright + turned

    def _word(self, start: int, end: int, turn: int, fresh: bool) -> Word:
        text = self.text[start:end].replace(_LINE_END_HYPHEN, "-")
        place = self.place(start)
        if text[-1].isdecimal() or text[0].isdecimal():
            text = with_raised(self.text, start, end, text, self.place)
        box = self._box(start, end, place, turn)
        return Word(start, end, *box, place.size, self._bold(start), fresh, text, place.turn)

    def box(self, start: int, end: int, turn: int) -> Box:
        """Left, bottom, right, top in points of characters of one word, turned upright."""
        return self._box(start, end, self.place(start), turn)

    def place(self, index: int) -> Place:
        """Where a character stands, in the page's own axes."""
        matrix = self._matrix
        raw.FPDFText_GetMatrix(self.raw, index, ctypes.byref(matrix))
        raw.FPDFText_GetCharOrigin(self.raw, index, self._x, self._y)
        stretch = math.hypot(matrix.c, matrix.d) or 1.0
        size = raw.FPDFText_GetFontSize(self.raw, index) * stretch
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        return Place(self._x.value, self._y.value, size if 0.5 < size < 2000 else 10.0, turn)

    def _box(self, start: int, end: int, place: Place, turn: int) -> Box:
        rect = self._rect
        raw.FPDFText_GetLooseCharBox(self.raw, end - 1, ctypes.byref(rect))
        left, bottom, right, top = turned((rect.left, rect.bottom, rect.right, rect.top), turn)
        x, y = turned((place.x, place.y, place.x, place.y), turn)[:2]
        if place.turn != turn:
            return min(x, left), min(y, bottom), max(x, right), max(y, top)
        return min(x, left), y - 0.2 * place.size, max(x, right), y + 0.8 * place.size

    def _bold(self, index: int) -> bool:
        size = raw.FPDFText_GetFontInfo(
            self.raw, index, self._name, len(self._name), ctypes.byref(self._flags)
        )
        name = self._name.raw[: min(size, len(self._name))]
        if name not in self._is_bold:
            self._is_bold[name] = bool(_HEAVY.search(name))
        return self._is_bold[name]
