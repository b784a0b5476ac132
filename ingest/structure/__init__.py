"""Structure: from a document to its parts and their records."""

from __future__ import annotations

import re

from ingest.document import Document
from ingest.parts import Part, PartKind, Role
from ingest.structure import casefile, minutes, minutes_agenda, papers

_GAP = re.compile(r"(?<!\s)\s{2000}")
"""No paper has so much white space in one place, and on it many patterns take quadratic time."""


def analyse(document: Document) -> tuple[Part, ...]:
    """The document's parts with their records, in order, covering the whole text.

    Never raises on odd text: what is not recognised becomes parts of kind `SECTION` or `OTHER`.
    """
    if not document.text:
        return ()
    if _GAP.search(document.text):
        return (_whole(document),)
    return _read(document) or (_whole(document),)


def _read(document: Document) -> tuple[Part, ...]:
    """The parts as the document's form has them; empty for a text without words."""
    if minutes.is_minutes(document):
        return minutes.parts(document)
    if minutes_agenda.is_agenda(document):
        return minutes_agenda.parts(document)
    if casefile.is_casefile(document):
        return casefile.parts(document)
    return papers.parts(document)


def _whole(document: Document) -> Part:
    return Part(
        id="whole",
        kind=PartKind.OTHER,
        role=Role.INFORMATION,
        title=document.title,
        start=0,
        end=len(document.text),
        page=document.page_at(0),
        unrecognised=("formen kändes inte igen",),
    )
