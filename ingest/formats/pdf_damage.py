"""Why a PDF cannot be opened, told from its bytes."""

from __future__ import annotations

import re

from ingest.errors import ReadError

_NO_PAGES = re.compile(rb"/Count\s+0\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")


def why_unopened(data: bytes) -> ReadError:
    """Why PDFium could not open it; what PDFium says itself may be of an earlier file."""
    if b"/Encrypt" in data:
        return ReadError("the PDF is encrypted", "Remove the password and ingest again.")
    if _NO_PAGES.search(data) and not _PAGE.search(data):
        return ReadError("the PDF has no pages", "Export it again from its program.")
    return ReadError("the PDF is damaged", "Export it again from its program.")
