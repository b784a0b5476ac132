"""What the Word file and the PDF of a brief share: their words, free of what files cannot hold."""

from __future__ import annotations

import re

from assistant.answer import Citation
from assistant.prepare.labels import facts
from assistant.prepare.lines import Line
from assistant.wording.words import Words

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without characters that XML forbids; papers may hold any."""
    return _ILLEGAL.sub("\ufffd", text)


def spoken(line: Line) -> str:
    """Our words of a line, with a colon where a quotation follows."""
    return legal(f"{line.text.removesuffix('.')}: " if line.quote else line.text)


def place(source: Citation, words: Words) -> str:
    """A source in the list of sources: the paper, where in it, and the file."""
    kind = words.of("web").known("kind", source.type)
    return legal(" · ".join((source.part, kind, *facts(source, words), source.file)))
