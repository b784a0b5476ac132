"""Frames around quotations: where a quotation comes from, in the reader's language."""

from __future__ import annotations

import re

from assistant.compose import Draft
from assistant.compose.scene import Place
from assistant.verify.source import Source
from assistant.wording import date, say
from ingest.clean import clean
from ingest.document import Span
from ingest.parts import PartKind, Role
from ingest.records import Record

_MARKS = re.compile(r"[\"”“„«»]")
_TITLE = 80
"""Titles in a frame are cut at this length, in characters."""


def quoted(place: Place, start: int, end: int) -> str:
    """The span in Swedish quotation marks, on one line, without furniture and debris."""
    text = " ".join(clean(place.document, Span(start, end)).text.split())
    # A quotation inside a quotation takes single marks, as Swedish writes it.
    return f"”{text.replace('”', '’').replace('“', '’')}”"


def paragraph(place: Place, language: str) -> str:
    """ ", § 12" for a § of minutes, else ""."""
    number = place.part.paragraph
    return say(language, "page.paragraph", paragraph=number) if number else ""


def whence(place: Place, language: str) -> str:
    """Where something stands: a meeting with its §, or the paper's title."""
    part = place.part
    if part.kind in (PartKind.PARAGRAPH, PartKind.EXTRACT) and part.body and part.date:
        return f"{part.body} {date(language, part.date)}{paragraph(place, language)}"
    return _short(part.title.rstrip(".:"))


def _short(title: str) -> str:
    """A title cut at a word where it is long; the citation has it whole. Its quotation marks are
    left out: in a frame they would look like the quotation itself."""
    title = _MARKS.sub("", title)
    if len(title) <= _TITLE:
        return title
    return f"{title[:_TITLE].rpartition(' ')[0].rstrip(',;–- ')} …"


def framed(place: Place, source: Source, language: str, key: str, role: str) -> Draft:
    """A quotation in the frame `answer.<key>` of the language."""
    part = place.part
    slots = {
        "quote": quoted(place, source.start, source.end),
        "body": part.body or "",
        "date": date(language, part.date) if part.date else "",
        "paragraph": paragraph(place, language),
        "source": whence(place, language),
        "title": _MARKS.sub("", part.title),
    }
    text = say(language, f"answer.{key}", **slots)
    return Draft(text=text, sources=(source,), role=role, plain=str(slots["quote"]))


def bare(place: Place, source: Source, role: str, *, line: bool = True) -> Draft:
    """A quotation with no frame: a further item of a list that a frame has opened."""
    return Draft(
        text=quoted(place, source.start, source.end), sources=(source,), role=role, line=line
    )


def listed(place: Place, records: list[Record], language: str, key: str, role: str) -> list[Draft]:
    """Records of one part: the first in a frame, the others each on a line of their own."""
    drafts = []
    for number, record in enumerate(records):
        source = place.record_source(record)
        if number == 0:
            drafts.append(framed(place, source, language, key, role))
        else:
            drafts.append(bare(place, source, role))
    return drafts


def role_name(role: Role) -> str:
    """The role of a sentence that quotes a source with this role."""
    return "fact" if role is Role.INFORMATION else role.value
