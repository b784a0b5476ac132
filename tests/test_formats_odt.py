"""OpenDocument texts: everything a reader sees on paper, nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats import read_source
from ingest.formats.source import Source

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"),
    )
)  # fmt: skip
STYLES = """
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/>
</style:style>
<text:list-style style:name="N">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="P"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
</text:list-style>"""


def read(body: str, masters: str = "", manifest: str = "<manifest/>") -> Document:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml", f"<office:document-styles {SPACES}>{masters}</office:document-styles>"
        )
    return read_source(Source(file="a.odt", data=stream.getvalue()))


def marked(doc: Document, kind: MarkKind) -> list[str]:
    return [doc.text[mark.start : mark.end] for mark in doc.marked(kind)]


def item(text: str) -> str:
    return f"<text:list-item><text:p>{text}</text:p></text:list-item>"


def test_lists_are_printed_with_their_numbers_and_bullets() -> None:
    inner = f"<text:list>{item('en bro')}{item('en väg')}</text:list>"
    numbered = (
        f'<text:list text:style-name="N">{item("att bygga")}'
        f"<text:list-item><text:p>att riva</text:p>{inner}</text:list-item></text:list>"
    )
    bullets = f'<text:list text:style-name="P">{item("punkt")}</text:list>'
    lines = ["1. att bygga", "2. att riva", "a) en bro", "b) en väg", "- punkt"]
    doc = read(numbered + bullets)
    assert doc.text.splitlines() == lines
    assert marked(doc, MarkKind.LIST_ITEM) == lines


def test_spaces_tabs_and_breaks_are_written_out() -> None:
    doc = read(
        '<text:p>Namn<text:tab/>Ja<text:s text:c="3"/>Nej<text:line-break/>\n  Slut</text:p>'
    )
    assert doc.text == "Namn\tJa   Nej\nSlut\n"


def test_notes_stand_at_the_end_and_their_numbers_in_the_text() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Ändrat 2014.</text:p></text:note-body></text:note>"
    )
    doc = read(f"<text:p>Antaget 2010{note}.</text:p>")
    assert doc.text == "Antaget 2010¹.\n\n¹ Ändrat 2014.\n"
    assert marked(doc, MarkKind.FOOTNOTE) == ["¹ Ändrat 2014."]


def test_deleted_text_and_comments_are_left_out() -> None:
    doc = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>avslår</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Nämnden <text:change-start text:change-id="a"/>bifaller'
        '<text:change-end text:change-id="a"/><office:annotation><text:p>Nja</text:p>'
        "</office:annotation>.</text:p>"
    )
    assert doc.text == "Nämnden bifaller.\n"


def test_headings_bold_tables_and_boxes_are_marked() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    doc = read(
        '<text:h text:outline-level="2">§ 4 Budget</text:h>'
        '<text:p>Nämnden <text:span text:style-name="B">avslår</text:span> den.</text:p>'
        f"<table:table><table:table-row>{cell.format('Bro')}{cell.format('7')}</table:table-row>"
        "</table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>I rutan.</text:p></draw:text-box></draw:frame>"
        "Sist.</text:p>"
    )
    assert [(m.level, doc.text[m.start : m.end]) for m in doc.marked(MarkKind.HEADING)] == [
        (2, "§ 4 Budget")
    ]
    assert marked(doc, MarkKind.EMPHASIS) == ["avslår"]
    assert marked(doc, MarkKind.TABLE) == ["Bro\t7"]
    assert marked(doc, MarkKind.TEXT_BOX) == ["I rutan."]


def test_headers_and_footers_stand_apart_as_furniture() -> None:
    master = (
        "<office:master-styles><style:master-page><style:header><text:p>Ekmarka</text:p>"
        "</style:header><style:footer><text:p>Sida 1</text:p></style:footer></style:master-page>"
        "</office:master-styles>"
    )
    doc = read("<text:p>Brödtext.</text:p>", master)
    assert doc.text == "Ekmarka\nBrödtext.\nSida 1\n"
    assert marked(doc, MarkKind.FURNITURE) == ["Ekmarka", "Sida 1"]


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(ReadError, match="encrypted"):
        read("<text:p>x</text:p>", manifest="<manifest><encryption-data/></manifest>")
