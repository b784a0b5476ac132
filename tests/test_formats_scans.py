"""Pictures of text through Tesseract; old formats through LibreOffice."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.document import MarkKind
from ingest.errors import ReadError
from ingest.formats import ocr, read_source
from ingest.formats.source import Source

needs_tesseract = pytest.mark.skipif(
    not ocr.is_installed(), reason="Tesseract with Swedish is not installed"
)
needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed"
)
RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}
\pard N\'e4mnden {\b avsl\'e5r} motionen.\par
\pard Reservation\par}"""


def picture(text: str) -> Image.Image:
    image = Image.new("L", (1600, 300), 255)
    ImageDraw.Draw(image).text((80, 100), text, fill=0, font=ImageFont.load_default(48))
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


@needs_tesseract
def test_every_page_of_a_tiff_is_read() -> None:
    pages = [picture("Kommunen beslutar"), picture("Reservation mot beslutet")]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    doc = read_source(Source(file="a.tiff", data=data))
    assert [page.number for page in doc.pages] == [1, 2]
    assert "beslutar" in doc.text[: doc.pages[0].end]
    assert "Reservation" in doc.text[doc.pages[1].start :]
    assert all((page.confidence or 0) > 60 for page in doc.pages)


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_an_empty_picture_is_refused_by_reason(form: str) -> None:
    data = saved(Image.new("L", (600, 300), 255), form)
    with pytest.raises(ReadError, match="no text was found"):
        read_source(Source(file="a.png", data=data))


@needs_tesseract
def test_a_damaged_picture_is_refused_by_reason() -> None:
    with pytest.raises(ReadError, match="picture is damaged"):
        read_source(Source(file="a.png", data=b"\x89PNG\r\n\x1a\n" + bytes(50)))


@needs_libreoffice
@pytest.mark.slow
def test_rtf_is_read_through_libreoffice() -> None:
    doc = read_source(Source(file="a.rtf", data=RTF))
    assert doc.format == "rtf"
    assert doc.text == "Nämnden avslår motionen.\nReservation\n"
    assert [doc.text[m.start : m.end] for m in doc.marked(MarkKind.EMPHASIS)] == ["avslår"]


def test_without_libreoffice_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReadError) as caught:
        read_source(Source(file="budget.doc", data=b"\xd0\xcf\x11\xe0" + bytes(600)))
    assert str(caught.value) == (
        "reading .doc needs LibreOffice. Install libreoffice-writer, or save it as .docx."
    )


@pytest.mark.parametrize("name", ["a.doc", "a.rtf"])
def test_noise_with_an_office_suffix_never_reaches_libreoffice(name: str) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read_source(Source(file=name, data=b"bara lite brus"))
