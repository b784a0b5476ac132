"""Clean views leave out what is not words, and know where every character came from."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.document import Document, Mark, MarkKind, Span
from ingest.formats import read_source
from ingest.formats.source import Source


def document(text: str, *marks: Mark) -> Document:
    ordered = tuple(sorted(marks, key=lambda mark: mark.start))
    return Document(file="a", digest="0", format="txt", title="a", text=text, marks=ordered)


def mark(text: str, part: str, kind: MarkKind = MarkKind.FURNITURE) -> Mark:
    return Mark(kind, text.index(part), text.index(part) + len(part))


def test_furniture_and_debris_are_left_out() -> None:
    text = "Nämnden **beslutar** 3 (72) att bygga"
    doc = document(
        text,
        mark(text, "3 (72) "),
        Mark(MarkKind.DEBRIS, 8, 10),
        Mark(MarkKind.DEBRIS, 18, 20),
        mark(text, "beslutar", MarkKind.EMPHASIS),
    )
    assert clean(doc).text == "Nämnden beslutar att bygga"


def test_a_word_cut_at_a_line_end_is_joined_and_its_span_is_the_original() -> None:
    doc = document("kommun-\nfullmäktige och styr-\noch ledning, Norr-\nKöping")
    view = clean(doc)
    assert view.text == "kommunfullmäktige och styr-\noch ledning, Norr-\nKöping"
    span = view.span(0, len("kommunfullmäktige"))
    assert doc.text[span.start : span.end] == "kommun-\nfullmäktige"


def test_a_word_cut_at_a_page_break_is_joined() -> None:
    text = "att kommun-\n4 (72)\nKommunfullmäktige\nstyrelsen får"
    doc = document(text, mark(text, "4 (72)\nKommunfullmäktige\n"))
    assert clean(doc).text == "att kommunstyrelsen får"


def test_soft_hyphens_and_carriage_returns_go() -> None:
    assert clean(document("sam\u00adman\r\nträde\ufeff")).text == "samman\nträde"


def test_ligatures_are_spelled_out_and_map_to_the_ligature() -> None:
    doc = document("e\ufb00ektivt \ufb01nns")
    view = clean(doc)
    assert view.text == "effektivt finns"
    at = view.text.index("finns")
    assert view.span(at, at + 5) == Span(9, 13)
    assert doc.text[9:13] == "\ufb01nns"


def test_decomposed_letters_are_composed_and_map_to_both_characters() -> None:
    doc = document(unicodedata.normalize("NFD", "på ön"))
    view = clean(doc)
    assert view.text == "på ön"
    span = view.span(3, 5)
    assert doc.text[span.start : span.end] == unicodedata.normalize("NFD", "ön")


def test_bars_of_a_markdown_table_become_tabs() -> None:
    data = b"| Namn | Dnr |\n| --- | --- |\n| Bro<br>ny | KS 7 |\n"
    view = clean(read_source(Source(file="a.md", data=data)))
    assert view.text == "Namn\tDnr\nBro\nny\tKS 7\n"


def test_a_view_of_a_span_is_the_same_piece_of_the_whole_view() -> None:
    text = "Ett **fett** ord, sam-\nman\r\nhang, \ufb01n e\u0301n.\n" * 20
    doc = read_source(Source(file="a.txt", data=text.encode()))
    whole = clean(doc)
    rng = random.Random(1)
    for _ in range(300):
        start = rng.randrange(len(text))
        span = Span(start, min(len(text), start + rng.randrange(80)))
        view = clean(doc, span)
        at = whole.position(span.start)
        assert view.text == whole.text[at : at + len(view.text)]
        assert tuple(view.offsets) == whole.offsets[at : at + len(view.text)]
        if view.text:
            # A letter in two characters that the span's end cuts is kept whole.
            assert Span(span.start, span.end + 1).holds(view.span(0, len(view.text)))


@given(st.text(alphabet="aå-\n\r |*\ufb01\u0301\u00ad§1", max_size=80), st.data())
def test_every_clean_character_knows_its_place(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    marks = [
        Mark(MarkKind.DEBRIS, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b
    ]
    doc = document(text, *marks)
    view = clean(doc)
    offsets = list(view.offsets)
    assert len(offsets) == len(view.text)
    assert offsets == sorted(offsets)
    for i, offset in enumerate(offsets):
        assert 0 <= offset < len(text)
        assert view.offsets[view.position(offset)] == offset
        assert view.span(i, i + 1).start == offset


def test_an_empty_document_and_an_empty_span_have_empty_views() -> None:
    assert clean(document("")).text == ""
    assert clean(document("abc"), Span(1, 1)).text == ""
