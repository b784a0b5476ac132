"""A brief as a PDF that screen readers can follow. This file is Typst's only home.

The words go to the template (`brief.typ`) as data and are never markup. The file is tagged, with
its title, its language and an outline, and keeps to PDF/UA-1: Typst writes none that does not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from assistant.prepare.exports import legal, place, spoken
from assistant.prepare.lines import Line, Style, Told
from assistant.wording.words import Words

_TEMPLATE = Path(__file__).with_name("brief.typ")
_ITEMS = (Style.LINE, Style.ENTRY)


def as_pdf(told: Told) -> bytes:
    """The bytes of the file: an outline, links inside it, and the numbered sources."""
    data = json.dumps(_data(told), ensure_ascii=False)
    try:
        return _written(data, accessible=True)
    except typst.TypstError:  # a character that no font here has: shown as a box, and no PDF/UA
        return _written(data, accessible=False)


def _written(data: str, *, accessible: bool) -> bytes:
    written: bytes = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"told": data},
        pdf_standards="ua-1" if accessible else None,
        ignore_system_fonts=True,  # the same file everywhere
    )
    return written


def _data(told: Told) -> dict[str, Any]:
    """What the template shows."""
    words = Words(told.language, "prepare")
    title, *lines = told.lines
    return {
        "title": spoken(title),
        "language": told.language,
        "page": words("brief.page_of", n="{n}"),
        "blocks": _blocks(lines),
        "sources-heading": words("brief.sources"),
        "sources": [
            {"place": place(source, words), "quote": legal(" ".join(source.quote.split()))}
            for source in told.sources
        ],
    }


def _blocks(lines: list[Line]) -> list[dict[str, Any]]:
    """The lines, with those that make a list together in one block, inner ones inside theirs."""
    blocks: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        shown = _line(line, number)
        if line.style is Style.INNER and blocks and blocks[-1]["style"] == "list":
            blocks[-1]["lines"][-1]["inner"].append(shown)
        elif line.style in (*_ITEMS, Style.INNER):
            if not blocks or blocks[-1]["style"] != "list":
                blocks.append({"style": "list", "lines": []})
            blocks[-1]["lines"].append(shown)
        else:
            blocks.append(shown)
    return blocks


def _line(line: Line, number: int) -> dict[str, Any]:
    return {
        "style": line.style.value,
        "number": number,
        "said": spoken(line),
        "quote": legal(line.quote),
        "sources": list(line.sources),
        "item": line.item,
        "entry": line.item if line.style is Style.ENTRY else None,
        "inner": [],
    }
