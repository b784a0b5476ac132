"""Word documents: everything a reader sees on paper, nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats import read_source
from ingest.formats.source import Source

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:footnotes {W}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2">
<w:p><w:r><w:footnoteRef/></w:r><w:r><w:tab/><w:t>Ändrat 2014.</w:t></w:r></w:p>
</w:footnote></w:footnotes>"""
NUMBERING = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/>
</w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p {W}><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def item(text: str, list_id: int, level: int = 0) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(run(text), number)


def packed(paragraphs: list[str], **parts: str) -> bytes:
    """A docx of the paragraphs, with further parts of `word/` replaced by name."""
    document = docx.Document()
    for xml in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    stream = io.BytesIO()
    document.save(stream)
    return with_parts(stream.getvalue(), **parts)


def with_parts(data: bytes, **parts: str) -> bytes:
    stream = io.BytesIO()
    names = {f"word/{name}.xml": text for name, text in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in names:
                new.writestr(name, old.read(name))
        for name, text in names.items():
            new.writestr(name, text)
    return stream.getvalue()


def read(data: bytes) -> Document:
    return read_source(Source(file="a.docx", data=data))


def built(build: Callable[[Any], object]) -> Document:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return read(stream.getvalue())


def marked(doc: Document, kind: MarkKind) -> list[str]:
    return [doc.text[mark.start : mark.end] for mark in doc.marked(kind)]


def test_lists_are_printed_with_their_numbers_and_bullets() -> None:
    items = [
        item("att bygga", 1), item("en bro", 1, 1), item("en väg", 1, 1), item("att riva", 1),
        item("punkt", 2), item("att börja om", 3),
    ]  # fmt: skip
    doc = read(packed(items, numbering=NUMBERING))
    lines = ["1. att bygga", "1.a) en bro", "1.b) en väg", "2. att riva", "- punkt",
             "1. att börja om"]  # fmt: skip
    assert doc.text.splitlines() == lines
    assert marked(doc, MarkKind.LIST_ITEM) == lines
    assert [mark.level for mark in doc.marked(MarkKind.LIST_ITEM)] == [0, 1, 1, 0, 0, 0]


def test_footnotes_stand_at_the_end_and_their_numbers_in_the_text() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    doc = read(packed([paragraph(run("Antaget 2010") + reference + run("."))], footnotes=NOTES))
    assert doc.text == "Antaget 2010¹.\n\n¹ Ändrat 2014.\n"
    assert marked(doc, MarkKind.FOOTNOTE) == ["¹ Ändrat 2014."]


def test_tracked_changes_are_read_as_accepted() -> None:
    xml = (
        run("Nämnden ")
        + '<w:del w:id="1" w:author="A"><w:r><w:delText>avslår</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="A">{run("bifaller")}</w:ins>'
        + f'<w:moveFrom w:id="3" w:author="A">{run(" borta")}</w:moveFrom>'
        + f'<w:moveTo w:id="4" w:author="A">{run(" motionen")}</w:moveTo>'
        + run(".")
    )
    assert read(packed([paragraph(xml)])).text == "Nämnden bifaller motionen.\n"


def test_a_deleted_paragraph_end_joins_the_paragraphs() -> None:
    first = paragraph(run("Ett "), '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>')
    assert read(packed([first, paragraph(run("stycke."))])).text == "Ett stycke.\n"


def test_comments_fields_and_hidden_text_are_left_out() -> None:
    xml = (
        '<w:commentRangeStart w:id="0"/>' + run("Synligt") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
        + run(" hemligt", "<w:vanish/>")
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read(packed([paragraph(xml)])).text == "Synligt\n"


def test_tables_are_rows_of_tabs() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Före")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ("Post", "Kronor", "Bro\nny", "15 000"), strict=True):
            cell.text = text
        document.add_paragraph("Efter")

    doc = built(build)
    assert doc.text == "Före\nPost\tKronor\nBro ny\t15 000\nEfter\n"
    assert marked(doc, MarkKind.TABLE) == ["Post\tKronor\nBro ny\t15 000"]


def test_headers_and_footers_stand_apart_as_furniture() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Ekmarka kommun"
        document.sections[0].footer.paragraphs[0].text = "Sida 1"
        document.add_paragraph("Brödtext.")

    doc = built(build)
    assert doc.text == "Ekmarka kommun\nBrödtext.\nSida 1\n"
    assert marked(doc, MarkKind.FURNITURE) == ["Ekmarka kommun", "Sida 1"]


def test_a_letterhead_on_the_first_page_is_text() -> None:
    def build(document: Any) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Datum 2025-03-04, Dnr KS 2025/31"
        section.header.paragraphs[0].text = "Ekmarka kommun"
        document.add_paragraph("Brödtext.")

    assert marked(built(build), MarkKind.FURNITURE) == ["Ekmarka kommun"]


def test_headings_and_bold_are_known() -> None:
    def build(document: Any) -> None:
        document.add_heading("Protokoll", 1)
        document.add_heading("§ 4 Budget", 2)
        document.add_paragraph().add_run("Förslag till beslut").bold = True
        line = document.add_paragraph("Nämnden ")
        line.add_run("avslår").bold = True
        line.add_run(" motionen").bold = True
        line.add_run(" i dag.")

    doc = built(build)
    headings = [(m.level, doc.text[m.start : m.end]) for m in doc.marked(MarkKind.HEADING)]
    assert headings == [(1, "Protokoll"), (2, "§ 4 Budget"), (3, "Förslag till beslut")]
    assert marked(doc, MarkKind.EMPHASIS) == ["avslår motionen"]


def test_a_text_box_is_read_once() -> None:
    box = paragraph(run("I rutan.")).replace(f" {W}", "")
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    xml = (
        run("Texten.") + '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        'markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="{wps}"><w:txbxContent>{box}'
        "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        '<mc:Fallback><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>'
        f"{box}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    doc = read(packed([paragraph(xml)]))
    assert doc.text == "Texten.\nI rutan.\n"
    assert marked(doc, MarkKind.TEXT_BOX) == ["I rutan."]


def test_the_documents_own_title_is_used() -> None:
    def build(document: Any) -> None:
        document.core_properties.title = "Reglemente för kulturnämnden"
        document.add_paragraph("Text.")

    assert built(build).title == "Reglemente för kulturnämnden"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 inget arkiv", "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted"),
        (with_parts(packed([]), document="<w:document"), "damaged"),
        (packed([]), "no text"),
    ],
    ids=["no zip", "encrypted", "no xml", "empty"],
)
def test_bad_files_are_refused_by_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data)


def test_entities_are_not_unfolded() -> None:
    lol = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    bomb = (
        f'<!DOCTYPE w [<!ENTITY l0 "ha">{lol}]><w:document {W}><w:body>&l11;</w:body></w:document>'
    )
    with pytest.raises(ReadError, match="damaged"):
        read(with_parts(packed([]), document=bomb))


def test_an_archive_that_unfolds_beyond_bounds_is_refused() -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(140):
            part.write(bytes(1024 * 1024))
    assert len(stream.getvalue()) < 1_000_000
    with pytest.raises(ReadError, match="enormous"):
        read(stream.getvalue())
