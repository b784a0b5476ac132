"""What a Word document's styles mean for reading: headings, bold, lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.formats.docx_numbering import W
from ingest.formats.package import Element

_HEADING_NAME = re.compile(r"(?:heading|rubrik)\s*([1-9])", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits.

    Attributes:
        heading: its level, 1 the outermost; None for body text.
        bold: None where the style says nothing.
        list_id, list_level: the list that its paragraphs belong to.
    """

    heading: int | None = None
    bold: bool | None = None
    list_id: str | None = None
    list_level: int = 0


def read_styles(root: Element | None) -> dict[str, Style]:
    """The styles of `word/styles.xml` by id."""
    elements = root.findall(f"{W}style") if root is not None else []
    by_id = {element.get(f"{W}styleId"): element for element in elements}
    styles: dict[str, Style] = {}
    for style_id in by_id:
        if style_id:
            _resolve(style_id, by_id, styles, 0)
    return styles


def _resolve(
    style_id: str, by_id: dict[str | None, Element], styles: dict[str, Style], depth: int
) -> Style:
    if style_id in styles or style_id not in by_id or depth > 20:
        return styles.get(style_id, Style())
    element = by_id[style_id]
    base_id = value(element, "basedOn")
    base = _resolve(base_id, by_id, styles, depth + 1) if base_id else Style()
    styles[style_id] = _own(element, base)
    return styles[style_id]


def _own(element: Element, base: Style) -> Style:
    style = base
    named = _HEADING_NAME.fullmatch((value(element, "name") or "").strip())
    properties = element.find(f"{W}pPr")
    outline = value(properties, "outlineLvl") if properties is not None else None
    if named:
        style = replace(style, heading=int(named[1]))
    elif (value(element, "name") or "").lower() in ("title", "rubrik", "titel"):
        style = replace(style, heading=1)
    elif outline and outline.isdecimal():
        style = replace(style, heading=int(outline) + 1 if int(outline) < 9 else None)
    if properties is not None and properties.find(f"{W}numPr") is not None:
        number = properties.find(f"{W}numPr")
        level = value(number, "ilvl") or "0"
        style = replace(
            style,
            list_id=value(number, "numId") or style.list_id,
            list_level=int(level) if level.isdecimal() else 0,
        )
    bold = toggle(element.find(f"{W}rPr"), "b")
    return style if bold is None else replace(style, bold=bold)


def toggle(properties: Element | None, name: str) -> bool | None:
    """A property that is on, off or not spoken of."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    if found is None:
        return None
    return (found.get(f"{W}val") or "1").lower() not in _OFF


def value(element: Element | None, name: str) -> str | None:
    """The `w:val` of a child element."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val") if child is not None else None
