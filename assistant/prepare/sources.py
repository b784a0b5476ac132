"""Sources numbered in the order of their first use, each the exact place."""

from __future__ import annotations

import re

from assistant.answer import Citation
from assistant.citing import citation
from ingest.clean import clean
from ingest.document import Span
from ingest.parts import Part, Role
from vectorstore.stored import Stored

_FIRST_LINE = re.compile(r"[^\n\f]*\w[^\n\f]*")
_LONGEST_OPENING = 200
"""Characters of a paper's first line that are quoted where its title does not stand in the text."""


class Sources:
    """Numbers the sources of one case, comparison or brief: S1, S2, …"""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int], Citation] = {}

    def cite(self, stored: Stored, span: Span, role: Role) -> Citation:
        """The characters of a document as a citation; the same span has the same number."""
        key = (stored.document.file, span.start, span.end)
        if key not in self._found:
            name = f"S{len(self._found) + 1}"
            self._found[key] = citation(name, stored, span.start, span.end, role)
        return self._found[key]

    @property
    def all(self) -> tuple[Citation, ...]:
        """Every source, in the order of the numbers."""
        return tuple(self._found.values())


def plain(stored: Stored, span: Span) -> str:
    """The words of a span on one line, without running heads, debris and hyphens at line ends."""
    return " ".join(clean(stored.document, span).text.split())


def opening(stored: Stored, part: Part) -> Span:
    """Where a paper names itself: its title where that stands in it, else its first line."""
    text = stored.document.text
    words = part.title.split()
    if words:
        written = re.compile(r"\s+".join(map(re.escape, words)))
        found = written.search(text, part.start, part.end)
        if found:
            return Span(*found.span())
    line = _FIRST_LINE.search(text, part.start, part.end)
    if line is None:
        return Span(part.start, min(part.end, part.start + 1))
    start = line.start() + len(line[0]) - len(line[0].lstrip())
    end = min(start + _LONGEST_OPENING, line.start() + len(line[0].rstrip()))
    return Span(start, end)
