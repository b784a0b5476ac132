"""Pictures of text: scanned pages as PNG, JPEG or TIFF, read by OCR."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence

from ingest.document import Document, Page
from ingest.errors import ReadError
from ingest.formats import ocr
from ingest.formats.source import Source, title_for
from ingest.formats.text import text_marks
from ingest.furniture import find_furniture

_MOST_PIXELS = 120_000_000
_MOST_FRAMES = 500
_WIDEST = 5000
"""Pixels: larger pictures are made smaller before they are read."""


def read(source: Source) -> Document:
    """Reads a picture, or each page of a TIFF.

    Raises:
        ReadError: Tesseract is missing, or the picture is damaged, enormous or without text.
    """
    if not ocr.is_installed():
        raise ReadError("reading pictures of text needs Tesseract with Swedish", ocr.REMEDY)
    pieces: list[str] = []
    pages: list[Page] = []
    at = 0
    for number, png in enumerate(_frames(source.data), 1):
        scan = ocr.read_image(png)
        pieces.append(scan.text + "\n\n")
        end = at + len(pieces[-1])
        pages.append(Page(number, at, end, None, scan.confidence, bool(scan.text.strip())))
        at = end
    text = "".join(pieces)
    if not text.strip():
        raise ReadError("no text was found in the picture", "Scan it anew, at 300 dots an inch.")
    marks = [*text_marks(text), *find_furniture(text, pages)]
    return Document(
        file=source.file,
        digest=source.digest,
        format="image",
        title=title_for(source.file, text),
        text=text,
        pages=tuple(pages),
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
    )


def _frames(data: bytes) -> Iterator[bytes]:
    """The picture's pages as PNG, upright."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise Image.DecompressionBombError
                for number, frame in enumerate(ImageSequence.Iterator(image)):
                    if number >= _MOST_FRAMES:
                        raise ReadError("the picture has too many pages", "Split it.")
                    yield _png(frame)
    except ReadError:
        raise
    except Image.DecompressionBombError:
        raise ReadError("the picture is enormous", "Save it with fewer dots an inch.") from None
    except Exception as error:  # Pillow's many decoders raise whatever they meet
        raise ReadError("the picture is damaged", "Save or scan it anew.") from error


def _png(frame: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(frame).convert("L")
    if upright.width > _WIDEST:
        upright.thumbnail((_WIDEST, _WIDEST * 4))
    stream = io.BytesIO()
    upright.save(stream, "PNG", compress_level=1)
    return stream.getvalue()
