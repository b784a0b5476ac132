"""A brief as a Word file. This file is python-docx's only home."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.prepare.exports import legal, place, spoken
from assistant.prepare.lines import Line, Style, Told
from assistant.wording.words import Words

_NAMES = {
    Style.TITLE: "Title",
    Style.HEADING: "Heading 1",
    Style.SUBHEADING: "Heading 2",
    Style.LINE: "List Bullet",
    Style.ENTRY: "List Bullet",
    Style.INNER: "List Bullet 2",
}
_INK, _ACCENT, _MUTED = RGBColor(0x1C, 0x24, 0x27), RGBColor(0x0F, 0x5A, 0x66), "536066"
_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def as_docx(told: Told) -> bytes:
    """The bytes of the file: headings, lists, links inside it, and the numbered sources."""
    words = Words(told.language, "prepare")
    document = docx.Document()
    _look(document, _LANGUAGES[told.language])
    document.core_properties.title = legal(told.lines[0].text)
    document.core_properties.author = "Beredd"
    for line in told.lines:
        _add(document, line)
    document.add_heading(words("brief.sources"), 1)
    for number, source in enumerate(told.sources, 1):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(1)
        paragraph.paragraph_format.first_line_indent = Cm(-1)
        _bookmark(paragraph, f"kalla_{number}", f"[{number}]\u2002")
        _run(paragraph, place(source, words))
        _run(paragraph, f"\n”{legal(' '.join(source.quote.split()))}”", italic=True)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _look(document: Any, language: str) -> None:
    """Type, margins, language and page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(tag)
    for name, size in (("Title", 24), ("Heading 1", 15), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.size, style.font.name = Pt(size), "Calibri"
        style.font.color.rgb = _INK if name == "Heading 2" else _ACCENT
        style.element.rPr.rFonts.attrib.clear()
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE")


def _add(document: Any, line: Line) -> None:
    paragraph = document.add_paragraph(style=_NAMES.get(line.style, "Normal"))
    if line.style is Style.ENTRY:
        _link(paragraph, f"arende_{line.item}", spoken(line))
    elif line.style is Style.HEADING and line.item is not None:
        _bookmark(paragraph, f"arende_{line.item}", spoken(line))
    else:
        labelled = line.style in (Style.LABEL, Style.NOTE)
        _run(paragraph, spoken(line), bold=bool(line.quote), muted=labelled)
    if line.quote:
        _run(paragraph, f"”{legal(line.quote)}”", italic=True)
    for number in line.sources:
        paragraph.add_run(" ")
        _link(paragraph, f"kalla_{number}", f"[{number}]")


def _run(
    paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, muted: bool = False
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if muted:
        run.font.color.rgb = RGBColor.from_string(_MUTED)


def _bookmark(paragraph: Any, name: str, text: str) -> None:
    """Text that links inside the file can lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = name.rpartition("_")[2] + ("1" if name.startswith("kalla") else "2")
    for tag in (start, end):
        tag.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    paragraph.add_run(text)
    paragraph._p.append(end)


def _link(paragraph: Any, anchor: str, text: str) -> None:
    """A link to a bookmark of the file."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(text)
    run.font.color.rgb = _ACCENT
    link.append(run._r)
    paragraph._p.append(link)


def _field(paragraph: Any, code: str) -> None:
    """A field that the word processor fills in, such as the page's number."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
