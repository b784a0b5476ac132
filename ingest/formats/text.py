"""Plain text and Markdown: the decoded file as it is, with marks on what is not words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.document import Document, Mark, MarkKind, Page
from ingest.errors import ReadError
from ingest.formats.decoding import decode
from ingest.formats.source import MAX_CHARACTERS, Source, title_for
from ingest.furniture import find_furniture

_PAGE_COMMENT = re.compile(r"<!--[ \t]*(?:sida|page)[ \t]+(\d{1,6})[ \t]*-->", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).){0,2000}?-->", re.DOTALL)
_FORM_FEED = re.compile(r"\f")
_BOLD = re.compile(
    r"(\*\*|__)(?=[^\s*_])((?:(?!\1|\n[ \t\r]*\n).){1,1000}?)(?<=[^\s])\1", re.DOTALL
)
_ITALIC = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_\n]{1,400}?)(?<=\S)\1(?![\w*_])")
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,200}\]", re.IGNORECASE)
_HEADING = re.compile(r"^(#{1,6}[ \t]+)(\S[^\r\n]*?)[ \t#]*\r?$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|<>~])")
_ITEM = re.compile(
    r"^[ \t]*(?:[-–−•·▪●○◦*\uf0b7]|\d{1,2}[.)]|[a-zåäö][.)])[ \t]+(?=\S)", re.MULTILINE
)
_FOOTNOTE = re.compile(r"^[ \t]*(?=[⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹]{1,3}[ \t]*(?=\S)", re.MULTILINE)
_ITEM_END = re.compile(r"\n[ \t\r]*(?:\n|$)|\f|<!--")
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*\r?$", re.MULTILINE)
_RULE_ROW = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*\r?\n?")
_CELL_DEBRIS = re.compile(r"[ \t]*(?<!\\)\|[ \t]*|<br ?/?>", re.IGNORECASE)


def read(source: Source) -> Document:
    """Reads a text or Markdown file. `document.text` is the decoded file without its BOM.

    Raises:
        ReadError: it is not text, it is blank, or it is enormous.
    """
    text, warnings = decode(source.data)
    if not text.strip():
        raise ReadError("the file holds no text", "Export it again, or remove it.")
    if len(text) > MAX_CHARACTERS:
        raise ReadError(f"the text is enormous ({len(text):,} characters)", "Split it.")
    markdown = source.suffix in (".md", ".markdown")
    pages = find_pages(text)
    marks = [*text_marks(text), *find_furniture(text, pages)]
    if markdown:
        marks += markdown_marks(text)
    return Document(
        file=source.file,
        digest=source.digest,
        format="md" if markdown else "txt",
        title=title_for(source.file, text),
        text=text,
        pages=pages,
        marks=tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end))),
        warnings=warnings,
    )


def find_pages(text: str) -> tuple[Page, ...]:
    """Pages from `<!-- sida n -->` comments, else from form feeds; empty where there are none."""
    comments = [(m.start(), int(m[1])) for m in _PAGE_COMMENT.finditer(text)]
    if comments:
        rising = all(a[1] < b[1] for a, b in pairwise(comments)) and comments[0][1] > 0
        numbers = [n for _, n in comments] if rising else list(range(1, len(comments) + 1))
        starts = [start for start, _ in comments]
        if not text[: starts[0]].strip():
            starts[0] = 0
    else:
        first, last = len(text) - len(text.lstrip("\f \r\n")), len(text.rstrip())
        breaks = [m.end() for m in _FORM_FEED.finditer(text)]
        starts = [0, *(at for at in breaks if first < at < last)]
        if len(starts) == 1:
            return ()
        numbers = list(range(1, len(starts) + 1))
    ends = [*starts[1:], len(text)]
    return tuple(Page(n, a, b) for n, a, b in zip(numbers, starts, ends, strict=True))


def text_marks(text: str) -> Iterator[Mark]:
    """Marks that any text may need: form feeds, bold, bookmarks, list items, footnotes."""
    for match in _FORM_FEED.finditer(text):
        yield Mark(MarkKind.FURNITURE, *match.span())
    for match in _BOOKMARK.finditer(text):
        yield Mark(MarkKind.DEBRIS, *match.span())
    if "**" in text or "__" in text:
        yield from _emphasis(text, _BOLD)
    yield from _blocks(text, _ITEM, MarkKind.LIST_ITEM)
    yield from _blocks(text, _FOOTNOTE, MarkKind.FOOTNOTE)


def markdown_marks(text: str) -> Iterator[Mark]:
    """Marks for what only Markdown means: headings, italics, tables, comments, escapes.

    Italics are no emphasis here: papers set quotations in them.
    """
    for match in _HEADING.finditer(text):
        yield Mark(MarkKind.DEBRIS, *match.span(1))
        yield Mark(MarkKind.HEADING, *match.span(2), level=match[1].count("#"))
    for match in _COMMENT.finditer(text):
        if not _PAGE_COMMENT.fullmatch(match[0]):
            yield Mark(MarkKind.DEBRIS, *match.span())
    for match in _ESCAPE.finditer(text):
        yield Mark(MarkKind.DEBRIS, *match.span())
    for match in _ITALIC.finditer(text):
        yield Mark(MarkKind.DEBRIS, match.start(), match.start(2))
        yield Mark(MarkKind.DEBRIS, match.end(2), match.end())
    yield from _tables(text)


def _emphasis(text: str, pattern: re.Pattern[str]) -> Iterator[Mark]:
    for match in pattern.finditer(text):
        yield Mark(MarkKind.DEBRIS, match.start(), match.start(2))
        yield Mark(MarkKind.EMPHASIS, *match.span(2))
        yield Mark(MarkKind.DEBRIS, match.end(2), match.end())


def _blocks(text: str, opening: re.Pattern[str], kind: MarkKind) -> Iterator[Mark]:
    """List items or footnotes, each from its number to the next one or the next blank line."""
    starts = [m.start() for m in opening.finditer(text)]
    for start, following in pairwise([*starts, len(text)]):
        blank = _ITEM_END.search(text, start, following)
        body = text[start : blank.start() if blank else following]
        lead = len(body) - len(body.lstrip())
        yield Mark(kind, start + lead, start + len(body.rstrip()))


def _tables(text: str) -> Iterator[Mark]:
    """Rows of `| a | b |` that follow each other; pipes, rules and `<br>` are debris."""
    start = end = -1
    for row in _ROW.finditer(text):
        apart = text[end : row.start()].strip("\r\n") or row.start() > end + 2
        if start >= 0 and apart:
            yield Mark(MarkKind.TABLE, start, end)
            start = -1
        start = row.start() if start < 0 else start
        end = row.end()
        yield from _row_debris(text, *row.span())
    if start >= 0:
        yield Mark(MarkKind.TABLE, start, end)


def _row_debris(text: str, start: int, end: int) -> Iterator[Mark]:
    rule = _RULE_ROW.match(text, start)
    if rule:
        yield Mark(MarkKind.DEBRIS, *rule.span())
        return
    for match in _CELL_DEBRIS.finditer(text, start, end):
        yield Mark(MarkKind.DEBRIS, *match.span())
