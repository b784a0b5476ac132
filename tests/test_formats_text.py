"""Plain text and Markdown are kept letter for letter; what is not words is marked."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats import read, read_source
from ingest.formats.source import MAX_BYTES, Source

SWEDISH = "Kommunstyrelsens beslut\r\n\r\n§ 12 Åtgärder på Ön – ”försök”\nCafé 15 000 kr\n"


def document(text: str, name: str = "papper.txt") -> Document:
    return read_source(Source(file=name, data=text.encode()))


def marked(doc: Document, kind: MarkKind) -> list[str]:
    return [doc.text[mark.start : mark.end] for mark in doc.marked(kind)]


@pytest.mark.parametrize(
    "data",
    [
        SWEDISH.encode("utf-8"),
        codecs.BOM_UTF8 + SWEDISH.encode("utf-8"),
        codecs.BOM_UTF16_LE + SWEDISH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SWEDISH.encode("utf-16-be"),
        SWEDISH.encode("utf-16-le"),
        SWEDISH.encode("utf-16-be"),
        SWEDISH.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16le bom", "utf-16be bom", "utf-16le", "utf-16be", "cp1252"],
)
def test_every_encoding_gives_the_same_text_without_its_mark(data: bytes) -> None:
    assert read_source(Source(file="a.txt", data=data)).text == SWEDISH


def test_a_damaged_byte_does_not_turn_the_whole_file_into_another_encoding() -> None:
    doc = read_source(Source(file="a.txt", data=SWEDISH.encode() * 20 + b"\xff slut"))
    assert doc.text.startswith(SWEDISH)
    assert "1 damaged" in doc.warnings[0]


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"%PDF-1.7 ...", b"PK\x03\x04rest", b"\x7fELF" + bytes(100)],
    ids=["all bytes", "pdf", "zip", "program"],
)
def test_a_binary_renamed_txt_is_refused_by_reason(data: bytes) -> None:
    with pytest.raises(ReadError, match="not text"):
        read_source(Source(file="a.txt", data=data))


def test_an_empty_file_and_a_blank_one_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tom.txt").write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        read(tmp_path / "tom.txt", "tom.txt")
    with pytest.raises(ReadError, match="no text"):
        document(" \n\n ")


def test_an_enormous_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="enormous"):
        read(path, "stor.txt")


def test_an_unknown_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "budget.xyz"
    path.write_text("hej")
    with pytest.raises(ReadError, match=r'"\.xyz" is unknown'):
        read(path, "budget.xyz")


def test_page_comments_make_pages_and_are_furniture() -> None:
    doc = document("<!-- sida 3 -->\n\nFörst.\n\n<!-- sida 4 -->\nSedan.\n", "a.md")
    assert [page.number for page in doc.pages] == [3, 4]
    assert doc.page_at(doc.text.index("Först")) == 3
    assert doc.page_at(doc.text.index("Sedan")) == 4
    assert marked(doc, MarkKind.FURNITURE) == ["<!-- sida 3 -->", "<!-- sida 4 -->"]


def test_form_feeds_make_pages() -> None:
    doc = document("Ett.\n\fTvå.\n\f\n")
    assert [doc.text[page.start : page.end].strip("\n\f") for page in doc.pages] == ["Ett.", "Två."]


def test_text_without_page_marks_has_no_pages() -> None:
    doc = document("Bara text.\n")
    assert doc.pages == ()
    assert doc.page_at(3) is None


def test_bold_is_emphasis_and_its_asterisks_are_debris() -> None:
    doc = document("- **Ekmarka bygger en bro,**\n- vägen rustas\n")
    assert marked(doc, MarkKind.EMPHASIS) == ["Ekmarka bygger en bro,"]
    assert marked(doc, MarkKind.DEBRIS) == ["**", "**"]


def test_word_bookmarks_are_debris() -> None:
    doc = document("· [bookmark: _GoBack]Att ge nämnden i uppdrag\n")
    assert marked(doc, MarkKind.DEBRIS) == ["[bookmark: _GoBack]"]


@pytest.mark.parametrize("bullet", ["-", "–", "−", "•", "·", "1.", "2)", "a)", "b."])
def test_every_bullet_makes_a_list_item(bullet: str) -> None:
    doc = document(f"Nämnden beslutar\n\n{bullet} att bygga\n  en bro\n\nSlut.\n")
    assert marked(doc, MarkKind.LIST_ITEM) == [f"{bullet} att bygga\n  en bro"]


def test_markdown_headings_keep_their_level() -> None:
    doc = document("# Protokoll\n\n## § 4 Budget ##\n", "a.md")
    assert [(m.level, doc.text[m.start : m.end]) for m in doc.marked(MarkKind.HEADING)] == [
        (1, "Protokoll"),
        (2, "§ 4 Budget"),
    ]


def test_a_markdown_table_is_marked_whole() -> None:
    table = "| Ärende | Dnr |\n| --- | --- |\n| Bro | KS 2024/7 |"
    doc = document(f"Text.\n\n{table}\n\nMer.\n", "a.md")
    assert marked(doc, MarkKind.TABLE) == [table]


def test_a_footnote_in_plain_text_is_marked() -> None:
    doc = document("Antaget 2010¹.\n\n¹ Ändrat 2014\n\nMer text.\n")
    assert marked(doc, MarkKind.FOOTNOTE) == ["¹ Ändrat 2014"]


def test_the_title_is_the_line_that_the_file_name_repeats() -> None:
    text = "Kommunfullmäktige\n\nYttrande över motion om lånecyklar på Ön\n\nText.\n"
    name = "handling-7_motion-om-lanecyklar-pa-on.txt"
    assert document(text, name).title == "Yttrande över motion om lånecyklar på Ön"


def test_a_mute_file_name_gives_way_to_the_first_lines() -> None:
    doc = document("\nEKMARKA KOMMUN\nProtokoll\n\n§ 1\n", "0007_a1b2.txt")
    assert doc.title == "EKMARKA KOMMUN, Protokoll"
