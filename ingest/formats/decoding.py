"""From bytes to text: UTF-8, UTF-16 and Windows-1252, told apart by what they hold."""

from __future__ import annotations

import codecs
import re

from ingest.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEQUENCE = re.compile(rb"[\xc3\xc2\xe2][\x80-\xbf]")
"""What å, ä, ö, é, §, quotation marks and dashes begin with in UTF-8."""
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BINARY = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a compressed file",
}
_SAMPLE = 65_536


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text without its byte order mark, nothing else changed, and warnings about it.

    Raises:
        ReadError: the bytes are not text.
    """
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise _not_text(f"it begins like {kind}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(*_decoded(data[len(bom) :], encoding))
    return _checked(*_decoded(data, _guess(data)))


def _guess(data: bytes) -> str:
    """The encoding of bytes without a byte order mark."""
    sample = data[:_SAMPLE]
    wide = _guess_utf16(sample)
    if wide:
        return wide
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # A UTF-8 file with a few damaged bytes must not become Windows-1252 from end to end.
        paired = 2 * len(_SEQUENCE.findall(data))
        return "utf-8" if paired > len(_HIGH.findall(data)) / 2 else "cp1252"
    return "utf-8"


def _guess_utf16(sample: bytes) -> str | None:
    """UTF-16 if every other byte is mostly NUL, as for any text in a European language."""
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if odd > 0.5 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.5 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _decoded(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    return text, (f"{lost} damaged characters were replaced while reading it as {encoding}.",)


def _checked(text: str, warnings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The same, if it is text: no NULs, few control characters, and not mostly damage.

    Texts taken from a PDF hold some control characters, for glyphs that had no code.
    """
    odd = len(_CONTROL.findall(text))
    nul, damaged = text.count("\0"), text.count("\ufffd")
    if nul > max(2, len(text) / 2000) or odd > max(4, len(text) / 50):
        raise _not_text("it holds bytes that no text holds")
    if damaged > max(8, len(text) / 10):
        raise _not_text("most of it cannot be decoded")
    return text, warnings


def _not_text(why: str) -> ReadError:
    return ReadError(
        f"the file is not text ({why})", "Give it the right suffix, or save it as text."
    )
