"""The list of papers, and one paper, as HTML."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.web.desk import Desk
from assistant.web.failures import trouble
from assistant.web.markup import fill
from assistant.web.paper import pictures, sections, span_of
from assistant.web.paths import link, paper
from assistant.web.remarks import remark
from assistant.web.words import Words
from vectorstore.index import Index
from vectorstore.stored import Entry


def listed(
    desk: Desk, words: Words, wanted: str = "", *, edits: bool = False, asked: str = ""
) -> str:
    """The papers whose title, kind or file name hold every word that is wanted.

    Args:
        edits: True shows what an editor can do with them.
        asked: the file of the paper that the person is asked about before it is removed.
    """
    assistant = desk.open()
    entries = list(assistant.index.entries.values()) if assistant else []
    terms = wanted.lower().split()
    found = [entry for entry in entries if all(term in _searched(entry, words) for term in terms)]
    found.sort(key=lambda entry: entry.title.lower())
    rows = [
        {
            "title": entry.title,
            "file": entry.file,
            "href": paper(words.language, entry.file),
            "kind": words.known("kind", entry.kind),
            "pages": entry.pages,
            "unreadable": len(entry.unreadable_pages),
            "parts": entry.parts,
            "records": entry.records,
            "warned": bool(entry.warnings),
            "read": entry.ingested_at[:10],
            "asked": edits and entry.file == asked,
        }
        for entry in found
    ]
    return fill(
        "papers",
        words,
        rows=rows,
        total=len(entries),
        problem=desk.problem and trouble(desk.problem, words),
        edits=edits,
    )


def shown(desk: Desk, words: Words, query: Mapping[str, str]) -> str:
    """The paper that an address asks for, at the quote where it asks for one."""
    assistant = desk.open()
    file = query.get("file", "")
    index: Index | None = assistant.index if assistant else None
    stored = index.document(file) if index else None
    back = link("documents", words.language)
    if index is None or stored is None:
        return fill("paper_gone", words, back=back)
    entry = index.entries[file]
    quote = span_of(stored.document, query.get("start"), query.get("end"))
    return fill(
        "paper",
        words,
        entry=entry,
        kind=words.known("kind", entry.kind),
        read=words.day(entry.ingested_at[:10]),
        sections=sections(stored, quote, words),
        quoted=quote is not None,
        remarks=[remark(said, words) for said in entry.warnings],
        pictures=pictures(entry, stored.document, quote),
        back=back,
        here=link("documents", words.language, **query),
    )


def _searched(entry: Entry, words: Words) -> str:
    return f"{entry.title} {entry.file} {words.known('kind', entry.kind)}".lower()
