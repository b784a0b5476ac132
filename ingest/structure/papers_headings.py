"""The headings inside a paper, also where the text has lost its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ingest.document import Document, MarkKind, Span
from ingest.structure.papers_names import only_names
from ingest.structure.papers_text import Line, lines, one_line, shadow, trimmed

_LONGEST: Final = 110
# Headings of the genre that stand at the start of a line, their text after them on the same line.
_INLINE: Final = re.compile(
    r"(?:Sammanfattning(?: av ärendet)?|Bakgrund|Ärendet(?: i sin helhet)?"
    r"|Ärendebeskrivning|Beskrivning av ärendet|Bedömning ur \w+ dimension"
    r"|Bedömning(?: och motivering)?|[A-ZÅÄÖ][\wåäö]+(?:kontorets|förvaltningens|ens"
    r"|ets) (?:bedömning|kommentar(?:er)?|utredning|synpunkter|överväganden|yttrande)"
    r"|Remissinstans(?:er|ernas|ens)?(?: överväganden)?|Samverkan|Bilag(?:a|or)"
    r"|Förslag till beslut|Motionen|Yrkandet|Yttrandet|Beslut|Beslutsunderlag"
    r"|Handling(?:ar)?|Yrkanden|Propositionsordning|Omröstning|Reservation(?:er)?"
    r"|Protokollsanteckning(?:ar)?|Protokollsutdrag skickas till|Tidigare "
    r"(?:behandling|beslut)"
    r"|Inledning|Syfte|Slutsats(?:er)?|Ekonomiska (?:konsekvenser|förutsättningar)"
    r"|Ekonomi|Barnkonsekvensanalys|Barnrättsperspektiv(?:et)?|Jämställdhetsperspektiv"
    r"(?:et)?"
    r"|Konsekvenser(?: för \w+)?|Skäl (?:till|för) beslutet|Beslutet (?:ska )?"
    r"(?:skickas|expedieras) till|Expedieras till|Uppföljning|Motivering|Definitioner"
    r"|Riktlinje)"
    r"(?=\s*:?\s*$|:? [A-ZÅÄÖ0-9•”\"])"
)
_NUMBERED: Final = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-ZÅÄÖ])")
_CHAPTER: Final = re.compile(
    r"(?i)^(?:kapitel \d+|\d+ ?kap(?:itel)?\b\.?|del [IVX\d]+\b|avdelning \d+)"
)
_PARAGRAPH: Final = re.compile(r"§ ?\d+(?: ?[a-z])?|\d+ ?(?:[a-z] )?§")
_NOT_HEADING: Final = re.compile(
    r"[.;,!?]$|\.{4}|^[•\-–·*_(\"”]|^\d+[.)]?$|^\d+ ?\(\d+\)|\d{4}-\d\d-\d\d|@|https?:"
    r"|\(\w{1,3}\)|^(?i:sida|tel|dnr|diarienr|bilaga \d+$)\b|^[a-zåäö]"
)


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading: its characters, its level (1 is the outermost) and its words on one line."""

    start: int
    end: int
    level: int
    title: str


def headings(document: Document, span: Span) -> list[HeadingMark]:
    """The headings inside `span`, in order: the document's own marks, else what looks like one."""
    marked = _marked(document, span)
    if marked:
        return marked
    return guessed(shadow(document), span)


def _marked(document: Document, span: Span) -> list[HeadingMark]:
    found = []
    for mark in document.marked(MarkKind.HEADING):
        if span.start <= mark.start and mark.end <= span.end:
            title = one_line(document.text[mark.start : mark.end])
            if title:
                found.append(HeadingMark(mark.start, mark.end, max(mark.level, 1), title))
    return found


def guessed(text: str, span: Span) -> list[HeadingMark]:
    """Headings of a text without marks; `text` is a shadow."""
    found: list[HeadingMark] = []
    all_lines = lines(text, span.start, span.end)
    for at, line in enumerate(all_lines):
        heading = _inline(text, line) or _alone(all_lines, at)
        if heading:
            found.append(heading)
    return found


def _inline(text: str, line: Line) -> HeadingMark | None:
    match = _INLINE.match(line.text)
    if not match or (len(line.text) == match.end() and len(line.text) > _LONGEST):
        return None
    end = line.start
    for _ in match[0].split():
        word = re.compile(r"\s*\S+").match(text, end, line.end)
        end = word.end() if word else end
    words = trimmed(text, line.start, end)
    return HeadingMark(words.start, words.end, 2, match[0])


def _alone(all_lines: tuple[Line, ...], at: int) -> HeadingMark | None:
    line = all_lines[at]
    if len(line.text) > _LONGEST or len(line.text) < 3 or _NOT_HEADING.search(line.text):
        return None
    if only_names(line.text) and not _NUMBERED.match(line.text) and line.text != line.text.upper():
        return None
    if at + 1 >= len(all_lines) or len(line.text.split()) > 14:
        return None
    below = all_lines[at + 1].text
    opens = any(p.match(line.text) for p in (_CHAPTER, _NUMBERED)) or _PARAGRAPH.fullmatch(below)
    if len(below) < 40 and not opens:
        return None
    return HeadingMark(line.start, line.end, _level(line.text), line.text.rstrip(":"))


def _level(title: str) -> int:
    if _CHAPTER.match(title) or (title == title.upper() and len(title) > 5):
        return 1
    numbered = _NUMBERED.match(title)
    return numbered["number"].count(".") + 1 if numbered else 2
