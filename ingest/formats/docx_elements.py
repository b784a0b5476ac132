"""Questions about the elements of a Word document's XML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.formats.docx_numbering import W
from ingest.formats.package import Element, Package

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def margins(package: Package, main: Element, kind: str) -> list[tuple[Element, bool]]:
    """The headers or footers (`kind`) in use, each once, and whether it is a first page's."""
    relations = package.xml("word/_rels/document.xml.rels")
    if relations is None:
        return []
    targets = {item.get("Id"): item.get("Target") for item in relations}
    names: dict[str, bool] = {}
    for reference in main.iter(f"{W}{kind}Reference"):
        target = targets.get(reference.get(f"{_R}id"))
        if target:
            name = f"word/{target}"
            names[name] = names.get(name, False) or reference.get(f"{W}type") == "first"
    roots = ((package.xml(name), first) for name, first in names.items())
    return [(root, first) for root, first in roots if root is not None]


def children(parent: Element, name: str) -> Iterator[Element]:
    """Children by name, also inside content controls and accepted insertions."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from children(child, name)


def paragraphs(parent: Element) -> Iterator[Element]:
    """All paragraphs below an element, except those in text boxes."""
    for paragraph in parent.iter(f"{W}p"):
        if not any(True for _ in paragraph.iterancestors(f"{W}txbxContent")):
            yield paragraph


def is_layout(rows: list[list[Element]]) -> bool:
    """True if a table only lays out the page: one column, or cells that hold whole texts."""
    cells = [cell for row in rows for cell in row]
    if all(len(row) <= 1 for row in rows):
        return True
    return any(len(cell.findall(f"{W}p")) > 6 or cell.find(f"{W}tbl") is not None for cell in cells)


def box_contents(element: Element) -> list[Element]:
    """The outermost text boxes inside a drawing, each once."""
    found: list[Element] = []
    for box in element.iter(f"{W}txbxContent"):
        nested = any(outer in found for outer in box.iterancestors(f"{W}txbxContent"))
        fallback = any(True for _ in box.iterancestors(f"{MC}Fallback"))
        if not nested and not fallback:
            found.append(box)
    return found


def is_mark_deleted(properties: Element | None) -> bool:
    """True if a tracked change deletes the paragraph's end: it runs on into the next one."""
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def symbol(element: Element) -> str:
    code = element.get(f"{W}char") or ""
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) else 0
    return chr(number) if number and not 0xD800 <= number < 0xE000 else ""
