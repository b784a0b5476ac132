"""OpenDocument texts (odt): paragraphs, lists, tables, notes and text boxes, read from the XML.

Tracked changes are read as accepted, comments and hidden text are left out. Headers stand at the
beginning and footers at the end, marked as furniture.
"""

from __future__ import annotations

from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats.draft import Draft, superscript
from ingest.formats.odt_styles import STYLE, TEXT, Styles
from ingest.formats.package import Element, Package
from ingest.formats.source import Source

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SKIPPED = {
    f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}variable-decls",
    f"{TEXT}user-field-decls", f"{TEXT}table-of-content-source", f"{TEXT}hidden-text",
    f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_OFFICE}forms", f"{_OFFICE}scripts",
    f"{TEXT}soft-page-break",
}  # fmt: skip
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST_SPACES = 200


def read(source: Source) -> Document:
    """Reads an odt file.

    Raises:
        ReadError: it is damaged, encrypted, enormous, or holds no text.
    """
    package = Package(source.data, "odt")
    manifest = package.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise ReadError("the odt file is encrypted", "Remove the password and ingest again.")
    content = package.xml("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if body is None:
        raise ReadError("the odt file is damaged", "Save it anew from its program.")
    styles = Styles()
    masters = package.xml("styles.xml")
    for root in (masters, content):
        if root is not None:
            styles.add(root)
    reader = _Reader(styles)
    reader.margins(masters, "header")
    reader.blocks(body)
    reader.notes()
    reader.margins(masters, "footer")
    return reader.draft.document(source, kind="odt", title=_title(package))


def _title(package: Package) -> str:
    try:
        meta = package.xml("meta.xml")
    except ReadError:
        return ""
    if meta is None:
        return ""
    title = next(meta.iter("{http://purl.org/dc/elements/1.1/}title"), None)
    return (title.text or "").strip() if title is not None else ""


class _Reader:
    """Walks the document's XML and writes what it says into a draft."""

    def __init__(self, styles: Styles) -> None:
        self.draft = Draft()
        self._styles = styles
        self._notes: list[Element] = []
        self._counts: dict[str, list[int]] = {}
        self._depth = 0

    # --- Blocks ---

    def blocks(self, parent: Element) -> None:
        """Paragraphs, lists and tables, and whatever else holds some."""
        self._depth += 1
        if self._depth > 60:
            raise ReadError("the file is nested too deeply", "Save it anew from its program.")
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{TEXT}h":
                self._heading(child)
            elif tag == f"{TEXT}p":
                self._paragraph(child)
            elif tag == f"{TEXT}list":
                self._list(child, None, [])
            elif tag == f"{_TABLE}table":
                self._table(child)
            elif tag == f"{_DRAW}frame":
                self._boxes([child])
            else:
                self.blocks(child)
        self._depth -= 1

    def _heading(self, element: Element) -> None:
        level = element.get(f"{TEXT}outline-level") or "1"
        self.draft.end_block()
        start = self.draft.length
        boxes = self._inline(element, False)
        self.draft.mark(MarkKind.HEADING, start, level=int(level) if level.isdecimal() else 1)
        self.draft.add("\n")
        self._boxes(boxes)

    def _paragraph(self, element: Element, label: str = "", level: int = 0) -> None:
        start = self.draft.length
        self.draft.add(f"{label} " if label else "")
        bold = self._styles.is_bold(element.get(f"{TEXT}style-name"))
        boxes = self._inline(element, bool(bold))
        if label:
            self.draft.mark(MarkKind.LIST_ITEM, start, level=level)
        self.draft.add("\n")
        self._boxes(boxes)

    def _boxes(self, boxes: list[Element]) -> None:
        for frame in boxes:
            for box in frame.iter(f"{_DRAW}text-box"):
                self.draft.end_line()
                with self.draft.marked(MarkKind.TEXT_BOX):
                    self.blocks(box)

    # --- Lists ---

    def _list(self, element: Element, style: str | None, above: list[int]) -> None:
        style = element.get(f"{TEXT}style-name") or style
        depth = len(above) + 1
        if depth > 10:
            raise ReadError("the file is nested too deeply", "Save it anew from its program.")
        continued = element.get(f"{TEXT}continue-numbering") == "true"
        continued = continued or element.get(f"{TEXT}continue-list") is not None
        key = f"{style}/{depth}"
        count = self._counts[key][0] if continued and key in self._counts else None
        number = count if count is not None else self._styles.start(style, depth) - 1
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            counted = item.tag == f"{TEXT}list-item" and _starts_with_text(item)
            own = item.get(f"{TEXT}start-value")
            if counted:
                number = int(own) if own and own.isdecimal() and len(own) < 7 else number + 1
            self._item(item, style, [*above, max(number, 0)], counted)
        self._counts[key] = [number]

    def _item(self, item: Element, style: str | None, counts: list[int], counted: bool) -> None:
        label = self._styles.label(style, counts) if counted else ""
        for child in item:
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                self._paragraph(child, label, len(counts) - 1)
                label = ""
            elif child.tag == f"{TEXT}list":
                self._list(child, style, counts)

    # --- Tables ---

    def _table(self, table: Element) -> None:
        rows = [
            [cell for cell in row if cell.tag in _CELLS] for row in table.iter(f"{_TABLE}table-row")
        ]
        if _is_layout(rows):
            for cell in (cell for row in rows for cell in row):
                self.blocks(cell)
            return
        self.draft.table(rows, self._cell)

    def _cell(self, cell: Element) -> None:
        """A cell's paragraphs on one line."""
        paragraphs = cell.iter(f"{TEXT}p", f"{TEXT}h")
        for i, paragraph in enumerate(paragraphs):
            self.draft.add(" " if i else "")
            bold = self._styles.is_bold(paragraph.get(f"{TEXT}style-name"))
            self._inline(paragraph, bool(bold), newline=" ")

    # --- Text ---

    def _inline(self, element: Element, bold: bool, newline: str = "\n") -> list[Element]:
        """Writes an element's text; returns the frames that hang on it."""
        frames: list[Element] = []
        self._text(element.text, bold)
        for child in element:
            frames += self._child(child, bold, newline)
            self._text(child.tail, bold)
        return frames

    def _child(self, child: Element, bold: bool, newline: str) -> list[Element]:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            return []
        if tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c") or "1"
            self.draft.add(" " * min(_MOST_SPACES, int(count) if count.isdecimal() else 1))
        elif tag == f"{TEXT}tab":
            self.draft.add("\t")
        elif tag == f"{TEXT}line-break":
            self.draft.add(newline)
        elif tag == f"{TEXT}note":
            self._notes.append(child)
            self.draft.add(superscript(len(self._notes)))
        elif tag in (f"{_DRAW}frame", f"{_DRAW}custom-shape", f"{_DRAW}g"):
            return [child]
        elif child.get(f"{TEXT}style-name") not in self._styles.hidden:
            named = self._styles.is_bold(child.get(f"{TEXT}style-name"))
            return self._inline(child, bold if named is None else named, newline)
        return []

    def _text(self, text: str | None, bold: bool) -> None:
        """Writes text; white space in the XML is one space, as the format says."""
        if not text:
            return
        words = " ".join(text.split())
        lead = " " if text[0].isspace() and not self.draft.at_line_start else ""
        tail = " " if words and text[-1].isspace() else ""
        with self.draft.marked(MarkKind.EMPHASIS if bold else None):
            self.draft.add(lead + words + tail)

    # --- Notes and margins ---

    def notes(self) -> None:
        """Footnotes and endnotes, in the order in which the text refers to them."""
        if self._notes:
            self.draft.end_block()
        at = 0
        while at < len(self._notes):
            self.draft.end_line()
            with self.draft.marked(MarkKind.FOOTNOTE):
                self.draft.add(f"{superscript(at + 1)} ")
                body = self._notes[at].find(f"{TEXT}note-body")
                paragraphs = body.iter(f"{TEXT}p", f"{TEXT}h") if body is not None else ()
                for i, paragraph in enumerate(paragraphs):
                    self.draft.add(" " if i else "")
                    self._inline(paragraph, False, newline=" ")
            at += 1
        self.draft.end_line()

    def margins(self, masters: Element | None, kind: str) -> None:
        """The headers or footers of the page styles, each once."""
        if masters is None:
            return
        seen: set[str] = set()
        for name in (kind, f"{kind}-first", f"{kind}-left"):
            for element in masters.iter(f"{STYLE}{name}"):
                words = "".join(element.itertext()).strip()
                if words and words not in seen:
                    seen.add(words)
                    self.draft.end_line()
                    with self.draft.marked(MarkKind.FURNITURE):
                        self.blocks(element)


def _starts_with_text(item: Element) -> bool:
    """False for an item that only holds a further list: it has no number of its own."""
    first = next(iter(item), None)
    return first is not None and first.tag in (f"{TEXT}p", f"{TEXT}h")


def _is_layout(rows: list[list[Element]]) -> bool:
    """True if a table only lays out the page: one column, or cells that hold whole texts."""
    if all(len(row) <= 1 for row in rows):
        return True
    cells = (cell for row in rows for cell in row)
    return any(
        len(cell.findall(f"{TEXT}p")) > 6 or cell.find(f"{_TABLE}table") is not None
        for cell in cells
    )
