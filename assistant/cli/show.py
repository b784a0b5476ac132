"""`beredd show`: one document with its parts and records."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

from assistant.cli.opening import dump, index, parser, printable
from ingest.errors import BereddError
from ingest.parts import Part
from ingest.records import Record, to_json
from vectorstore.stored import Stored


def main(argv: list[str]) -> int:
    """Shows a document; returns 0."""
    made = parser("show", "Show one document with its parts and records.")
    made.add_argument("document", metavar="DOC", help="its path as listed, or its name")
    made.add_argument("--text", action="store_true", help="print the extracted text, and only it")
    args = made.parse_args(argv)
    opened = index(args)
    stored = opened.document(opened.find(args.document))
    if stored is None:
        raise BereddError(f"{args.document} has just been removed.")
    if args.text:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        text = stored.document.text
        sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
    elif args.json:
        dump(as_json(stored))
    else:
        print(printable(as_text(stored)))
    return 0


def as_json(stored: Stored) -> dict[str, Any]:
    """A document in the form of the design's contract."""
    document = stored.document
    return {
        "file": document.file,
        "title": document.title,
        "pages": len(document.pages),
        "unreadable_pages": list(document.unreadable_pages),
        "warnings": list(document.warnings),
        "parts": [part_as_json(part) for part in stored.parts],
    }


def as_text(stored: Stored) -> str:
    """A document's parts and records for a person to read."""
    document = stored.document
    head = [document.title, "=" * len(document.title), document.file]
    if document.unreadable_pages:
        head.append(f"Unreadable pages: {', '.join(map(str, document.unreadable_pages))}")
    head += list(document.warnings)
    return "\n".join([*head, *("\n" + _readable(part) for part in stored.parts)])


def part_as_json(part: Part) -> dict[str, Any]:
    """A part with its records."""
    return {
        "id": part.id,
        "kind": part.kind.value,
        "title": part.title,
        "paragraph": part.paragraph,
        "case_number": part.case_number,
        "case_numbers": list(part.case_numbers),
        "date": part.date,
        "body": part.body,
        "role": part.role.value,
        "page": part.page,
        "start": part.start,
        "end": part.end,
        "authors": [asdict(author) for author in part.authors],
        "parties": list(part.parties),
        "records": [to_json(record) for record in part.records],
        "unrecognised": list(part.unrecognised),
    }


def _readable(part: Part) -> str:
    paragraph = f"§ {part.paragraph}" if part.paragraph else ""
    page = f"page {part.page}" if part.page else ""
    facts = [part.body, part.date, paragraph, part.case_number, page, ", ".join(part.parties)]
    authors = ", ".join(f"{a.name} ({a.party})" if a.party else a.name for a in part.authors)
    lines = [f"[{part.kind.value}, {part.role.value}] {part.title}"]
    lines.append("  " + " · ".join(filter(None, facts)))
    if authors:
        lines.append(f"  by {authors}")
    lines += [f"  - {_record(record)}" for record in part.records]
    lines += [f"  ? not recognised: {phrase}" for phrase in part.unrecognised]
    return "\n".join(lines)


def _record(record: Record) -> str:
    data = to_json(record)
    shown = {
        key: value
        for key, value in data.items()
        if value not in (None, [], "", False)
        and key not in ("kind", "text", "start", "end", "evidence", "people")
    }
    fields = ", ".join(f"{key}: {value}" for key, value in shown.items())
    quote = " ".join(record.text.split())
    return f"{record.kind} [{record.start}:{record.end}] {fields}\n      “{quote}”"
