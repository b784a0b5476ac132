"""Papers in the house forms of several kinds of municipality, each read as a person reads it.

`forms/NAME` is an invented paper, `forms/NAME.told` what it says, written down by reading it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.formats import read
from ingest.parts import Part
from ingest.records import (
    Abstention,
    Attendance,
    DateNote,
    Decision,
    Definition,
    Demand,
    Person,
    Record,
    Recusal,
    Reservation,
    Signature,
    Statement,
    Vote,
    Yrkande,
)
from ingest.structure import analyse

FORMS = Path(__file__).parent / "forms"
PAPERS = sorted(path.name for path in FORMS.iterdir() if path.suffix != ".told")


def told(document: Document) -> str:
    """The parts of a document and what each says, a line each."""
    return "\n".join(line for part in analyse(document) for line in (_head(part), *_body(part)))


def _head(part: Part) -> str:
    number = f"§ {part.paragraph}: " if part.paragraph else ""
    facts = (part.kind.value, part.role.value, part.body, part.date, ", ".join(part.case_numbers))
    return f"{number}{part.title} [{'; '.join(filter(None, facts))}]"


def _body(part: Part) -> Iterator[str]:
    for record in part.records:
        words = _words(record)
        if words:
            yield f"    {record.kind}: {words}"


def _words(record: Record) -> str:
    match record:
        case Decision():
            by = f" av {record.decider}" if record.decider else ""
            to = f" till {record.proposed_to}" if record.proposed_to else ""
            return f"{record.outcome}{by}{to}: {_short(record.text)}"
        case Yrkande():
            return f"{_people(record.people)} {record.stance}: {record.target}"
        case Vote():
            counts = f"{record.yes}-{record.no}-{record.abstain}"
            cast = ", utslagsröst" if record.casting_vote else ""
            names = "; ".join(map(_people, (record.yes_voters, record.no_voters)))
            return f"{counts}{cast}, ja {record.yes_means}, nej {record.no_means} ({names})"
        case Reservation():
            return f"{_people(record.people)} {'+'.join(record.parties)}: {record.in_favour_of}"
        case Statement() | Abstention():
            return f"{_people(record.people)} {'+'.join(record.parties)}"
        case Recusal():
            return _people(record.people)
        case Demand():
            return f"{record.number or '-'} {_short(record.text)}"
        case Signature() | Attendance():
            return f"{record.name} ({record.party}), {record.role}"
        case DateNote():
            return f"{record.date} {record.meaning}"
        case Definition():
            return f"{record.term}: {_short(record.text)}"
    return ""


def _people(people: tuple[Person, ...]) -> str:
    return ", ".join(f"{person.name} ({person.party})" for person in people)


def _short(text: str) -> str:
    return " ".join(text.split())[:70]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_a_reader_finds_in_it(name: str) -> None:
    expected = (FORMS / f"{name}.told").read_text(encoding="utf-8").rstrip("\n")
    assert told(read(FORMS / name, name)) == expected


@pytest.mark.parametrize("name", PAPERS)
def test_its_parts_cover_the_text_and_every_record_is_verbatim(name: str) -> None:
    document = read(FORMS / name, name)
    parts = analyse(document)
    assert "".join(document.text[part.start : part.end] for part in parts) == document.text
    for part in parts:
        for record in part.records:
            assert record.text == document.text[record.start : record.end]
