"""A citation as a card: what paper it is, what it does, and the quote in its surroundings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Citation
from assistant.web.paths import paper
from assistant.web.words import Words
from ingest.document import Document, MarkKind
from vectorstore.index import Index
from vectorstore.stored import Stored

NEAR = 300
"""Characters of surroundings shown on either side of a quote."""
FAR = 1500
"""Characters that "show more" adds on either side."""
_FULL_LINE = 60
"""A line this long may have been broken for want of room, whatever the next one begins with."""
_OPEN = re.compile(r"(?:,|\b(?:och|eller|samt|att|för|av|med|till|om|i|på))$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card shows.

    Attributes:
        number: "1" for the citation S1, as the marks in the answer say it.
        role: what the quote does ("decision", …); its shape on the page.
        facts: body, date, §, case number and page, as a person reads them.
        before, after: the nearest surroundings; `earlier`, `later`: more of them.
        gone: True if the paper has left the index or changed since; then only the quote is shown.
        href: the paper at the quote.
    """

    id: str
    number: str
    title: str
    document: str
    kind: str
    role: str
    role_word: str
    facts: tuple[str, ...]
    earlier: str
    before: str
    quote: str
    after: str
    later: str
    gone: bool
    href: str


def card(citation: Citation, index: Index | None, words: Words) -> Card:
    """The card of a citation, its surroundings read from the index."""
    stored = index.document(citation.file) if index else None
    here = stored is not None and _stands(stored.document, citation)
    earlier, before, after, later = (
        _surroundings(stored, citation) if here and stored else ("",) * 4
    )
    return Card(
        id=citation.id,
        number=citation.id.lstrip("SN"),
        title=citation.part,
        document=citation.document if citation.document != citation.part else "",
        kind=words.known("kind", citation.type),
        role=citation.role.value,
        role_word=words.known("role", citation.role.value),
        facts=_facts(citation, words),
        earlier=earlier,
        before=before,
        quote=unwrapped(citation.quote),
        after=after,
        later=later,
        gone=not here,
        href=paper(words.language, citation.file, citation.start, citation.end),
    )


def _facts(citation: Citation, words: Words) -> tuple[str, ...]:
    facts = (
        citation.body,
        words.day(citation.date),
        f"§ {citation.paragraph}" if citation.paragraph else None,
        citation.case_number,
        words("card.page", page=citation.page) if citation.page else None,
    )
    return tuple(fact for fact in facts if fact)


def _stands(document: Document, citation: Citation) -> bool:
    return document.text[citation.start : citation.end] == citation.quote


def _surroundings(stored: Stored, citation: Citation) -> tuple[str, str, str, str]:
    """Earlier, before, after and later: what stands around a quote inside its part."""
    document, part = stored.document, stored.part_at(citation.start)
    low = min(part.start, citation.start) if part else 0
    high = max(part.end, citation.end) if part else len(document.text)
    text = document.text
    near = _word_start(text, max(low, citation.start - NEAR), citation.start)
    far = _word_start(text, max(low, near - FAR), near)
    close = _word_end(text, min(high, citation.end + NEAR), citation.end)
    away = _word_end(text, min(high, close + FAR), close)
    return (
        readable(document, far, near),
        readable(document, near, citation.start),
        readable(document, citation.end, close),
        readable(document, close, away),
    )


def readable(document: Document, start: int, end: int) -> str:
    """The characters without what is no part of the paper's words: running heads, debris."""
    kept, at = [], start
    for mark in document.marks:
        if mark.kind in (MarkKind.FURNITURE, MarkKind.DEBRIS) and start <= mark.start < end:
            kept.append(document.text[at : max(at, mark.start)])
            at = max(at, min(mark.end, end))
    return unwrapped("".join([*kept, document.text[at:end]]))


def unwrapped(text: str) -> str:
    """The text with lines joined that were only broken because the page was no wider."""
    lines = text.replace("\f", "\n").split("\n")
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if _goes_on(before, line):
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
        else:
            joined.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(joined))


def _goes_on(before: str, line: str) -> bool:
    """True if a line goes on on the next one: it ends open, and the next one begins with a word."""
    before, line = before.rstrip(), line.lstrip()
    if not before or not line or not line[0].isalpha() or before[-1] in ".:;!?":
        return False
    return line[0].islower() or len(before) >= _FULL_LINE or bool(_OPEN.search(before))


def _word_start(text: str, at: int, limit: int) -> int:
    """The first word that begins at `at` or after it."""
    while at and at < limit and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, limit: int) -> int:
    """The last end of a word at `at` or before it."""
    while limit < at < len(text) and not text[at].isspace():
        at -= 1
    return at
