"""Invented minutes of Ekmarka kommun, and how tests read them."""

from __future__ import annotations

from ingest.document import Document
from ingest.parts import Part
from ingest.records import Record
from ingest.structure import minutes

HEAD = """Ekmarka kommun
Kommunstyrelsen
Sammanträdesprotokoll
Sammanträdesdatum 2031-03-12

"""


def document(text: str) -> Document:
    """A text file as its reader would give it, with no marks."""
    return Document(file="protokoll.txt", digest="", format="txt", title="Protokoll", text=text)


def parts(text: str) -> tuple[Part, ...]:
    """The parts of the minutes, checked: they cover the text and every record is verbatim."""
    found = minutes.parts(document(text))
    assert "".join(text[part.start : part.end] for part in found) == text
    assert len({part.id for part in found}) == len(found)
    for part in found:
        for record in part.records:
            assert record.text == text[record.start : record.end]
    return found


def paragraph(body: str, head: str = "§ 7 Dnr KS 2031/12\nCykelbana till Norrhult\n\n") -> Part:
    """The one § of minutes whose § has this body."""
    (found,) = [p for p in parts(HEAD + head + body) if p.paragraph]
    return found


def records(body: str, kind: str) -> list[Record]:
    """The records of one kind in a § with this body."""
    return [record for record in paragraph(body).records if record.kind == kind]
