"""`beredd brief`: what to read before a meeting, item by item, with numbered sources."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.cli.opening import dump, index, parser, printable
from assistant.prepare.briefs import Brief, brief
from assistant.prepare.labels import facts
from assistant.prepare.lines import Line, Style, Told
from assistant.prepare.meetings import meant
from assistant.prepare.register import register
from assistant.prepare.telling import tell
from assistant.wording.words import Words
from ingest.errors import BereddError

_INDENT = {Style.LINE: "- ", Style.ENTRY: "- ", Style.INNER: "    - "}


def main(argv: list[str]) -> int:
    """Writes a brief to the terminal, or to the files that are named; returns 0."""
    args = _parser().parse_args(argv)
    opened = index(args)
    made = brief(opened, register(opened), meant(opened, args.meeting))
    words = Words(args.language, "prepare")
    told = tell(made, words)
    if args.docx:
        from assistant.prepare.docx import as_docx

        _write(args.docx, as_docx(told))
    if args.pdf:
        from assistant.prepare.pdf import as_pdf

        _write(args.pdf, as_pdf(told))
    if args.json:
        dump(as_json(made, told))
    elif not (args.docx or args.pdf):
        print(printable(as_text(told, words)))
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser("brief", "A brief for a meeting: each item with what there is to know of it.")
    made.add_argument(
        "meeting", metavar="FILE-OR-DOC", help="minutes or a summons: indexed, or a file"
    )
    made.add_argument("--docx", type=Path, metavar="OUT", help="write a Word file")
    made.add_argument("--pdf", type=Path, metavar="OUT", help="write a PDF")
    made.add_argument("--language", choices=("sv", "en"), default="sv", help="default: sv")
    return made


def as_json(made: Brief, told: Told) -> dict[str, Any]:
    """A brief as plain data: the records by item, and the lines as they are shown."""
    return {
        **asdict(made),
        "first": [item.number for item in made.first],
        "lines": [asdict(line) for line in told.lines],
        "sources": [asdict(source) for source in told.sources],
    }


def as_text(told: Told, words: Words) -> str:
    """A brief for the terminal, its sources at the end."""
    lines = [text for line in told.lines for text in _line(line)]
    lines += ["", f"## {words('brief.sources')}"]
    for number, source in enumerate(told.sources, 1):
        place = " · ".join((source.part, *facts(source, words), source.file))
        lines.append(f"[{number}] {place} [{source.start}:{source.end}]")
    return "\n".join(lines)


def _line(line: Line) -> list[str]:
    marks = "".join(f" [{number}]" for number in line.sources)
    if line.style is Style.TITLE:
        return [line.text, "=" * len(line.text)]
    if line.style is Style.HEADING:
        return ["", f"## {line.text}{marks}"]
    if line.style is Style.SUBHEADING:
        return [f"# {line.text}"]
    quote = f": ”{line.quote}”" if line.quote else ""
    return [f"{_INDENT.get(line.style, '')}{line.text}{quote}{marks}"]


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BereddError(f"{path} cannot be written ({error.strerror}).") from error
    print(path)
