"""Word documents (docx): paragraphs, lists, tables, notes and text boxes, read from the XML.

Tracked changes are read as accepted, comments and hidden text are left out. Headers stand at the
beginning and footers at the end, marked as furniture, except a first page's header with a date or
case number in it: that is the paper's letterhead and part of what it says.
"""

from __future__ import annotations

import re

from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats.docx_elements import (
    MC,
    box_contents,
    children,
    is_layout,
    is_mark_deleted,
    margins,
    paragraphs,
    symbol,
)
from ingest.formats.docx_numbering import W, read_numbering
from ingest.formats.docx_styles import Style, read_styles, toggle, value
from ingest.formats.draft import Draft, superscript
from ingest.formats.package import Element, Package
from ingest.formats.source import Source

_SKIPPED = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "commentReference", "annotationRef",
                 "pPr", "rPr", "sectPr", "footnoteRef", "endnoteRef", "separator", "tblPr",
                 "continuationSeparator", "fldChar", "sdtPr", "sdtEndPr", "proofErr")
}  # fmt: skip
_PLAIN = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_SHORT = 120
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}/\d{2,}|[A-ZÅÄÖ]{2,}[ -]?\d{4}[-/]\d+")


def read(source: Source) -> Document:
    """Reads a docx file.

    Raises:
        ReadError: it is damaged, encrypted, enormous, or holds no text.
    """
    return read_as(source, "docx")


def read_as(source: Source, kind: str) -> Document:
    """The same for a file that was converted to docx from the format `kind`."""
    package = Package(source.data, kind)
    main = package.xml("word/document.xml")
    body = main.find(f"{W}body") if main is not None else None
    if body is None:
        raise ReadError(f"the {kind} file is damaged", "Save it anew from its program.")
    reader = _Reader(package)
    headers, footers = margins(package, main, "header"), margins(package, main, "footer")
    for root, is_letterhead in headers:
        reader.margin(root, is_letterhead)
    reader.blocks(body)
    reader.notes()
    for root, _ in footers:
        reader.margin(root, False)
    return reader.draft.document(source, kind=kind, title=_title(package))


def _title(package: Package) -> str:
    try:
        core = package.xml("docProps/core.xml")
    except ReadError:
        return ""
    title = core.find("{http://purl.org/dc/elements/1.1/}title") if core is not None else None
    words = (title.text or "").strip() if title is not None else ""
    return words if 4 <= len(words) <= 200 and not re.search(r"\.\w{2,4}$|mall", words) else ""


class _Reader:
    """Walks the document's XML and writes what it says into a draft."""

    def __init__(self, package: Package) -> None:
        self.draft = Draft()
        self._package = package
        self._styles = read_styles(package.xml("word/styles.xml"))
        self._numbering = read_numbering(package.xml("word/numbering.xml"))
        self._notes: list[tuple[int, Element]] = []
        self._bodies = {kind: self._note_bodies(kind) for kind in ("footnote", "endnote")}
        self._depth = 0

    def _note_bodies(self, kind: str) -> dict[str, Element]:
        root = self._package.xml(f"word/{kind}s.xml")
        notes = root.findall(f"{W}{kind}") if root is not None else []
        return {note.get(f"{W}id") or "": note for note in notes}

    # --- Blocks ---

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables, and whatever else holds some."""
        self._depth += 1
        if self._depth > 60:
            raise ReadError("the file is nested too deeply", "Save it anew from its program.")
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self.blocks(child)
        self._depth -= 1

    def _paragraph(self, element: Element) -> None:
        properties = element.find(f"{W}pPr")
        style = self._styles.get(value(properties, "pStyle") or "", Style())
        heading = self._heading(properties, style)
        if heading:
            self.draft.end_block()
        start = self.draft.length
        label, level = self._label(properties, style)
        self.draft.add(f"{label} " if label else "")
        written = self.draft.length
        boxes = self._inline(element, bool(style.bold) and not heading)
        if heading and self.draft.length > written:
            self.draft.mark(MarkKind.HEADING, start, level=heading)
        elif label:
            self.draft.mark(MarkKind.LIST_ITEM, start, level=level)
        if not is_mark_deleted(properties):
            self.draft.add("\n")
        for box in boxes:
            self._box(box)

    def _heading(self, properties: Element | None, style: Style) -> int | None:
        outline = value(properties, "outlineLvl")
        if outline and outline.isdecimal():
            return int(outline) + 1 if int(outline) < 9 else None
        return style.heading

    def _label(self, properties: Element | None, style: Style) -> tuple[str, int]:
        """The list number or bullet before a paragraph, and its level."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id = value(own, "numId") or style.list_id
        level = value(own, "ilvl")
        at = int(level) if level and level.isdecimal() else style.list_level
        return (self._numbering.label(list_id, at), at) if list_id and list_id != "0" else ("", 0)

    def _box(self, content: Element) -> None:
        self.draft.end_line()
        with self.draft.marked(MarkKind.TEXT_BOX):
            self.blocks(content)

    # --- Tables ---

    def _table(self, table: Element) -> None:
        kept = (row for row in children(table, "tr") if row.find(f"{W}trPr/{W}del") is None)
        rows = [list(children(row, "tc")) for row in kept]
        if is_layout(rows):
            for row in rows:
                for cell in row:
                    self.blocks(cell)
            return
        self.draft.table(rows, self._cell)

    def _cell(self, cell: Element) -> None:
        """A cell's paragraphs on one line."""
        for i, paragraph in enumerate(paragraphs(cell)):
            properties = paragraph.find(f"{W}pPr")
            style = self._styles.get(value(properties, "pStyle") or "", Style())
            label, _ = self._label(properties, style)
            self.draft.add(" " if i else "")
            self.draft.add(f"{label} " if label else "")
            self._inline(paragraph, bool(style.bold), newline=" ")

    # --- Runs ---

    def _inline(self, parent: Element, bold: bool, newline: str = "\n") -> list[Element]:
        """Writes a paragraph's runs; returns the text boxes that hang on them."""
        boxes: list[Element] = []
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                boxes += self._run(child, bold, newline)
            elif tag == f"{W}p":
                continue
            else:
                boxes += self._inline(child, bold, newline)
        return boxes

    def _run(self, run: Element, bold: bool, newline: str) -> list[Element]:
        properties = run.find(f"{W}rPr")
        if toggle(properties, "vanish"):
            return []
        own = toggle(properties, "b")
        named = self._styles.get(value(properties, "rStyle") or "", Style()).bold
        is_bold = own if own is not None else (named if named is not None else bold)
        with self.draft.marked(MarkKind.EMPHASIS if is_bold else None):
            return self._content(run, newline, raised=value(properties, "vertAlign"))

    def _content(self, run: Element, newline: str, raised: str | None = None) -> list[Element]:
        boxes: list[Element] = []
        for child in run:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == f"{W}t":
                text = child.text or ""
                is_number = raised == "superscript" and text.isascii() and text.isdecimal()
                self.draft.add(superscript(int(text[:9])) if is_number else text)
            elif tag in _PLAIN:
                self.draft.add(newline if _PLAIN[tag] == "\n" else _PLAIN[tag])
            elif tag == f"{W}sym":
                self.draft.add(symbol(child))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._reference(child)
            elif tag == f"{MC}AlternateContent":
                choice = child.find(f"{MC}Choice")
                boxes += box_contents(choice if choice is not None else child)
            elif isinstance(tag, str):
                boxes += box_contents(child)
        return boxes

    # --- Notes and margins ---

    def _reference(self, element: Element) -> None:
        kind = "footnote" if element.tag.endswith("footnoteReference") else "endnote"
        body = self._bodies[kind].get(element.get(f"{W}id") or "")
        if body is None:
            return
        number = len(self._notes) + 1
        self._notes.append((number, body))
        if element.get(f"{W}customMarkFollows") is None:
            self.draft.add(superscript(number))

    def notes(self) -> None:
        """Footnotes and endnotes, in the order in which the text refers to them."""
        if self._notes:
            self.draft.end_block()
        at = 0
        while at < len(self._notes):  # a note may refer to a further note
            number, body = self._notes[at]
            self.draft.end_line()
            start = self.draft.length
            self.draft.add(f"{superscript(number)} ")
            for i, paragraph in enumerate(paragraphs(body)):
                self.draft.add(" " if i else "")
                self._note_paragraph(paragraph)
            self.draft.mark(MarkKind.FOOTNOTE, start)
            at += 1
        self.draft.end_line()

    def _note_paragraph(self, paragraph: Element) -> None:
        draft, self.draft = self.draft, Draft()
        self._inline(paragraph, False, newline=" ")
        inner, self.draft = self.draft, draft
        self.draft.add(inner.text.lstrip())

    def margin(self, root: Element, is_first: bool) -> None:
        """A header or footer."""
        self.draft.end_line()
        start = self.draft.length
        self.blocks(root)
        if not (is_first and _DATED.search(self.draft.text[start:])):
            self.draft.mark(MarkKind.FURNITURE, start)
