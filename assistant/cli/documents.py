"""`beredd documents`: what is in the index."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.cli.opening import dump, index, parser, printable
from vectorstore.stored import Entry


def main(argv: list[str]) -> int:
    """Lists the documents; always returns 0."""
    args = parser("documents", "List what is in the index.").parse_args(argv)
    entries = index(args).entries
    if args.json:
        dump([as_json(entry) for entry in entries.values()])
        return 0
    table = Table(
        "file", "title", "kind", "pages", "parts", "records", "passages", "personal numbers"
    )
    for entry in entries.values():
        unreadable = (
            f" ({len(entry.unreadable_pages)} unreadable)" if entry.unreadable_pages else ""
        )
        table.add_row(
            escape(printable(entry.file)),
            escape(printable(entry.title)),
            entry.kind,
            f"{entry.pages or '–'}{unreadable}",
            str(entry.parts),
            str(entry.records),
            str(entry.passages),
            f"{entry.personal_numbers or '–'}{' masked' if entry.masked else ''}",
        )
    Console().print(table)
    return 0


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry in the form of the design's contract."""
    return {
        "file": entry.file,
        "title": entry.title,
        "kind": entry.kind,
        "format": entry.format,
        "digest": entry.digest.partition(":")[0],
        "pages": entry.pages,
        "unreadable_pages": list(entry.unreadable_pages),
        "parts": entry.parts,
        "records": entry.records,
        "passages": entry.passages,
        "warnings": list(entry.warnings),
        "personal_numbers": {"found": entry.personal_numbers, "masked": entry.masked},
        "ingested_at": entry.ingested_at,
    }
