"""What must hold of every reading, whatever the file was."""

from __future__ import annotations

from itertools import pairwise

from ingest.clean import clean
from ingest.document import Document, Span
from ingest.parts import Part, PartKind
from ingest.passages import Passage
from vectorstore.reading import Reading
from vectorstore.stored import Stored, pack, unpack


def check(reading: Reading) -> None:
    """Raises AssertionError if a span of the reading does not hold."""
    if reading.document is None:
        failure = reading.failure
        assert failure is not None, "neither a document nor a failure"
        assert failure.reason, "no reason"
        assert failure.remedy, "no remedy"
        return
    check_document(reading.document)
    check_parts(reading.document, reading.parts)
    check_passages(reading.document, reading.parts, reading.passages)
    stored = Stored(reading.document, reading.parts)
    assert unpack(pack(stored)) == stored, "packed and unpacked"


def check_document(document: Document) -> None:
    """Marks and pages lie inside the text, and the clean view knows its way back."""
    length = len(document.text)
    assert all(0 <= mark.start < mark.end <= length for mark in document.marks), "marks"
    assert all(0 <= page.start <= page.end <= length for page in document.pages), "pages"
    assert all(a.end <= b.start for a, b in pairwise(document.pages)), "pages in order"
    view = clean(document)
    assert len(view.text) == len(view.offsets), "clean"
    document.text.encode("utf-8")


def check_parts(document: Document, parts: tuple[Part, ...]) -> None:
    """Parts cover the document in order; every record is its span, inside its part."""
    text = document.text
    assert len({part.id for part in parts}) == len(parts), "a part's id comes twice"
    at = 0
    for part in parts:
        assert at <= part.start < part.end <= len(text), f"part {part.id}"
        assert not text[at : part.start].strip(), f"words before part {part.id}"
        at = part.end
        for record in part.records:
            assert record.text == text[record.start : record.end], f"record of {part.id}"
            assert part.start <= record.start < record.end <= part.end, f"record of {part.id}"
    assert not text[at:].strip(), "words after the last part"


def check_passages(document: Document, parts: tuple[Part, ...], rows: tuple[Passage, ...]) -> None:
    """Passages are their spans, apart from each other, and no word is lost between them."""
    text = document.text
    by_id = {part.id: part for part in parts}
    assert len({row.id for row in rows}) == len(rows), "a passage's id comes twice"
    assert all(a.end <= b.start for a, b in pairwise(rows)), "passages overlap"
    for row in rows:
        part = by_id[row.part]
        assert part.start <= row.start < row.end <= part.end, "a passage outside its part"
        assert row.text == text[row.start : row.end], "a passage is not its span"
    unread = [p for p in parts if p.kind is PartKind.TABLE_OF_CONTENTS]
    spans = sorted([*(row.span for row in rows), *(Span(p.start, p.end) for p in unread)])
    at = 0
    for span in (*spans, Span(len(text), len(text))):
        lost = clean(document, Span(at, max(at, span.start))).text.strip()
        assert not lost, f"words between passages: {lost[:60]!r}"
        at = max(at, span.end)
