"""A brief as a PDF. This file is ReportLab's only home.

ReportLab's paragraphs are written in a small markup; every text is escaped before it goes in.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from assistant.prepare.exports import legal, place, spoken
from assistant.prepare.lines import Line, Style, Told
from assistant.wording.words import Words

_INK, _ACCENT, _MUTED = HexColor("#1c2427"), HexColor("#0f5a66"), HexColor("#536066")
_FONTS = {"Vera": "Vera.ttf", "Vera-Bold": "VeraBd.ttf", "Vera-Italic": "VeraIt.ttf"}
"""Bitstream Vera, which comes with ReportLab; a character that it lacks is shown as a box."""
_LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"fontName": "Vera-Bold", "fontSize": 19, "leading": 24, "textColor": _ACCENT},
    Style.LEAD: {"spaceBefore": 8},
    Style.HEADING: {
        "fontName": "Vera-Bold", "fontSize": 13, "leading": 17, "spaceBefore": 18,
        "textColor": _ACCENT, "keepWithNext": 1,
    },
    Style.LABEL: {"textColor": _MUTED, "spaceBefore": 3},
    Style.SUBHEADING: {"fontName": "Vera-Bold", "spaceBefore": 10, "keepWithNext": 1},
    Style.LINE: {"leftIndent": 14, "bulletIndent": 2},
    Style.ENTRY: {"leftIndent": 14, "bulletIndent": 2},
    Style.INNER: {"leftIndent": 30, "bulletIndent": 18},
    Style.NOTE: {"textColor": _MUTED},
}  # fmt: skip
_BULLETS = {Style.LINE: "•", Style.ENTRY: "•", Style.INNER: "–"}


class _Outlined(Flowable):  # type: ignore[misc]
    """Puts a heading into the PDF's outline, at the place where it stands."""

    def __init__(self, key: str, text: str) -> None:
        super().__init__()
        self._key, self._text = key, text
        self.keepWithNext = 1

    def wrap(self, *_: object) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkPage(self._key)
        self.canv.addOutlineEntry(self._text, self._key, 0, True)


def as_pdf(told: Told) -> bytes:
    """The bytes of the file: an outline, links inside it, and the numbered sources."""
    _register()
    words = Words(told.language, "prepare")
    data = io.BytesIO()
    template = SimpleDocTemplate(
        data,
        pagesize=A4,
        leftMargin=2.3 * cm,
        rightMargin=2.3 * cm,
        topMargin=2 * cm,
        bottomMargin=2 * cm,
        title=_shown(told.lines[0].text),
        author="Beredd",
        lang=told.language,
    )
    flow: list[Flowable] = []
    for number, line in enumerate(told.lines):
        flow += _flow(number, line)
    flow += _sources(told, words)

    def footed(canvas: Any, _: Any) -> None:
        canvas.setFont("Vera", 8)
        canvas.setFillColor(_MUTED)
        text = words("brief.page_of", n=canvas.getPageNumber())
        canvas.drawCentredString(A4[0] / 2, 1.1 * cm, text)

    template.build(flow, onFirstPage=footed, onLaterPages=footed)
    return data.getvalue()


@cache
def _register() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(
        "Vera", normal="Vera", bold="Vera-Bold", italic="Vera-Italic", boldItalic="Vera-Bold"
    )


def _flow(number: int, line: Line) -> list[Flowable]:
    name = f"arende_{line.item}" if line.item is not None else f"rad_{number}"
    text = _text(line)
    made: list[Flowable] = []
    if line.style is Style.HEADING:
        made.append(_Outlined(f"rubrik_{number}", _shown(line.text)))
        text = f"<a name={quoteattr(name)}/>{text}"
    elif line.style is Style.ENTRY:
        text = _link(name, _escaped(spoken(line))) + _marks(line)
    bullet = _BULLETS.get(line.style)
    return [*made, Paragraph(text, _style(line.style), bulletText=bullet)]


def _text(line: Line) -> str:
    said = _escaped(spoken(line))
    if not line.quote:
        return said + _marks(line)
    return f"<b>{said}</b><i>”{_escaped(line.quote)}”</i>{_marks(line)}"


def _marks(line: Line) -> str:
    return "".join(f" {_link(f'kalla_{number}', f'[{number}]')}" for number in line.sources)


def _link(anchor: str, escaped: str) -> str:
    return f'<a href="#{anchor}" color="#0f5a66">{escaped}</a>'


def _sources(told: Told, words: Words) -> list[Flowable]:
    heading = words("brief.sources")
    made: list[Flowable] = [
        _Outlined("kallor", heading),
        Paragraph(_escaped(heading), _style(Style.HEADING)),
    ]
    style = ParagraphStyle("source", parent=_style(Style.LINE), leftIndent=30, bulletIndent=2)
    for number, source in enumerate(told.sources, 1):
        quote = _escaped(" ".join(source.quote.split()))
        text = f'<a name="kalla_{number}"/>{_escaped(place(source, words))}<br/><i>”{quote}”</i>'
        made.append(Paragraph(text, style, bulletText=f"[{number}]"))
    return made


def _escaped(text: str) -> str:
    return escape(_shown(text))


def _shown(text: str) -> str:
    """The text with a box for every character that the font lacks."""
    glyphs = pdfmetrics.getFont("Vera").face.charToGlyph
    return "".join(c if c.isspace() or ord(c) in glyphs else "□" for c in legal(text))


@cache
def _style(style: Style) -> Any:
    base = ParagraphStyle(
        "base",
        fontName="Vera",
        bulletFontName="Vera",
        fontSize=9.5,
        bulletFontSize=9.5,
        leading=13.5,
        spaceBefore=4,
        textColor=_INK,
    )
    return ParagraphStyle(style.value, parent=base, **_LOOKS[style])
