"""Web pages: the main content, without menus and the rest of the page."""

from __future__ import annotations

import re

from lxml import etree, html

from ingest.document import Document, MarkKind
from ingest.errors import ReadError
from ingest.formats.decoding import decode
from ingest.formats.draft import Draft, superscript
from ingest.formats.package import Element
from ingest.formats.source import Source

_GONE = {"script", "style", "noscript", "template", "iframe", "object", "svg", "head", "button",
         "select", "input", "textarea", "dialog", "audio", "video", "canvas", "map"}  # fmt: skip
_AROUND = {"nav", "header", "footer", "aside", "form"}
_AROUND_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu"}
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|meny|breadcrumbs?|brodsmul\w*|cookies?|sidebar|"
    r"sidfot|sidhuvud|skip-?link|share|sharing|site-?header|site-?footer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = {"p", "div", "section", "article", "main", "body", "ul", "ol", "dl", "dt", "dd",
           "blockquote", "figure", "figcaption", "address", "fieldset", "details", "summary",
           "center", "hr", "caption", "html", "header", "footer", "nav", "aside", "form",
           }  # fmt: skip
_APART = {"p", "ul", "ol", "blockquote", "table", "pre", "dl"}
_BOLD = {"b", "strong"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 200
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)


def read(source: Source) -> Document:
    """Reads a web page.

    Raises:
        ReadError: it is not text, or holds none.
    """
    text, warnings = _decoded(source.data)
    draft = Draft()
    title = write_html(text, draft)
    return draft.document(source, kind="html", title=title, warnings=warnings)


def write_html(text: str, draft: Draft) -> str:
    """Writes the main content of a page into a draft; returns the page's title."""
    root = _parsed(text)
    main = _main(root)
    _Writer(draft, inside_main=main is not root).write(main)
    draft.end_line()
    heading = next(root.iter("h1"), None)
    title = next(root.iter("title"), None)
    for element in (heading, title):
        words = " ".join("".join(element.itertext()).split()) if element is not None else ""
        if words:
            return words
    return ""


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page's text, in the encoding it declares if that works."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode("cp1252" if name in ("iso-8859-1", "latin1") else name), ()
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _parsed(text: str) -> Element:
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    # XML forbids some characters that a damaged page may hold.
    clean = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", " ", text)
    try:
        root = html.document_fromstring(clean.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise ReadError("the page holds no text", "Save it again from the browser.") from None
    if root is None:
        raise ReadError("the page holds no text", "Save it again from the browser.")
    return root


def _main(root: Element) -> Element:
    """The element that holds the main content; the root where none is named."""
    for found in (root.iter("main"), root.iterfind(".//*[@role='main']")):
        element = next(iter(found), None)
        if element is not None and len("".join(element.itertext()).split()) > 10:
            return element
    articles = list(root.iter("article"))
    return articles[0] if len(articles) == 1 else root


class _Writer:
    """Walks the page and writes what a reader of it would read."""

    def __init__(self, draft: Draft, *, inside_main: bool) -> None:
        self._draft = draft
        self._inside_main = inside_main
        self._lists: list[int | None] = []

    def write(
        self, element: Element, *, bold: bool = False, pre: bool = False, depth: int = 0
    ) -> None:
        """Writes an element and what it holds."""
        if depth > _DEEPEST:
            self._words(" ".join(element.itertext()), bold, pre)
            return
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or self._is_left_out(element, tag):
            return
        if tag == "br":
            self._draft.add("\n")
        elif tag == "table":
            self._table(element, depth)
        elif re.fullmatch(r"h[1-6]", tag):
            self._heading(element, int(tag[1]), depth)
        elif tag == "li":
            self._item(element, bold, depth)
        elif tag == "sup" and (number := _number(element)):
            self._draft.add(superscript(number))
        else:
            self._element(element, tag, bold or tag in _BOLD, pre or tag == "pre", depth)

    def _element(self, element: Element, tag: str, bold: bool, pre: bool, depth: int) -> None:
        if tag in ("ul", "ol"):
            start = element.get("start") or "1"
            first = int(start) if re.fullmatch(r"\d{1,6}", start) else 1
            self._lists.append(first - 1 if tag == "ol" else None)
        if tag in _APART and not (tag in ("ul", "ol") and len(self._lists) > 1):
            self._draft.end_block()
        elif tag in _BLOCKS:
            self._draft.end_line()
        self._inside(element, bold, pre, depth)
        if tag in _BLOCKS or tag == "pre":
            self._draft.end_line()
        if tag in ("ul", "ol"):
            self._lists.pop()

    def _inside(self, element: Element, bold: bool, pre: bool, depth: int) -> None:
        self._words(element.text, bold, pre)
        for child in element:
            self.write(child, bold=bold, pre=pre, depth=depth + 1)
            self._words(child.tail, bold, pre)

    def _words(self, text: str | None, bold: bool, pre: bool) -> None:
        if not text:
            return
        if not pre:
            text = _SPACE.sub(" ", text)
            if self._draft.text_ends_with_space:
                text = text.lstrip(" ")
        with self._draft.marked(MarkKind.EMPHASIS if bold else None):
            self._draft.add(text)

    def _heading(self, element: Element, level: int, depth: int) -> None:
        self._draft.end_block()
        with self._draft.marked(MarkKind.HEADING, level=level):
            self._inside(element, False, False, depth)
        self._draft.end_line()

    def _item(self, element: Element, bold: bool, depth: int) -> None:
        self._draft.end_line()
        label = "- "
        if self._lists and (count := self._lists[-1]) is not None:
            own = element.get("value") or ""
            count = int(own) if re.fullmatch(r"\d{1,6}", own) else count + 1
            self._lists[-1] = count
            label = f"{count}. "
        with self._draft.marked(MarkKind.LIST_ITEM, level=max(0, len(self._lists) - 1)):
            self._draft.add(label)
            self._inside(element, bold, False, depth)
        self._draft.end_line()

    def _table(self, table: Element, depth: int) -> None:
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        if all(len(row) <= 1 for row in rows) or table.find(".//table") is not None:
            for row in rows:
                for cell in row:
                    self._draft.end_line()
                    self._inside(cell, False, False, depth)
            return
        self._draft.end_block()
        with self._draft.marked(MarkKind.TABLE):
            for row in rows:
                texts = (" ".join("".join(cell.itertext()).split()) for cell in row)
                self._draft.add("\t".join(texts) + "\n")

    def _is_left_out(self, element: Element, tag: str) -> bool:
        style = (element.get("style") or "").replace(" ", "").lower()
        if tag in _GONE or "display:none" in style or element.get("hidden") is not None:
            return True
        if element.get("aria-hidden") == "true" or element.get("role") in _AROUND_ROLES:
            return True
        if tag == "nav" or (tag in _AROUND and not self._inside_main):
            return True
        named = f"{element.get('id') or ''} {element.get('class') or ''}"
        return tag not in ("body", "html", "main") and bool(_AROUND_NAMES.search(named))


def _number(element: Element) -> int:
    """The number that is all an element says; 0 if it says anything else."""
    words = "".join(element.itertext()).strip()
    return int(words) if re.fullmatch(r"[0-9]{1,4}", words) else 0
