"""Parts: the papers that a file is made of, each with its hand, date and role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.records import Person, Record


class PartKind(StrEnum):
    """What kind of paper a part is."""

    PARAGRAPH = "paragraph"
    """One § of minutes."""
    MINUTES_HEAD = "minutes_head"
    """The front page of minutes: place, time, those present, who adjusts."""
    TABLE_OF_CONTENTS = "table_of_contents"
    AGENDA_ITEM = "agenda_item"
    """One item of a summons (kallelse) or agenda."""
    COUNCIL_PROPOSAL = "council_proposal"
    """The executive board's proposal to the council (kommunstyrelsens förslag)."""
    OFFICIAL_REPORT = "official_report"
    """Tjänsteutlåtande or tjänsteskrivelse."""
    MOTION = "motion"
    YRKANDE = "yrkande"
    ALTERNATIVE_PROPOSAL = "alternative_proposal"
    INITIATIVE = "initiative"
    INTERPELLATION = "interpellation"
    QUESTION = "question"
    REPLY = "reply"
    RESERVATION = "reservation"
    STATEMENT = "statement"
    """Yttrande, särskilt yttrande, protokollsanteckning."""
    CONSULTATION = "consultation"
    """Remissvar, or the handling of a motion by another board."""
    EXTRACT = "extract"
    """Protokollsutdrag: a § of minutes copied into a case file."""
    REGULATION = "regulation"
    """A chapter of a reglemente, policy, riktlinje or program."""
    AUDIT = "audit"
    """A section of an audit paper."""
    APPENDIX = "appendix"
    SECTION = "section"
    """A headed section whose form was not recognised."""
    OTHER = "other"


class Role(StrEnum):
    """What a text does: the line between a proposal and a decision must never blur."""

    PROPOSAL = "proposal"
    DECISION = "decision"
    RESERVATION = "reservation"
    OPINION = "opinion"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paper inside a document.

    Attributes:
        id: unique inside the document and the same whenever the same bytes are read.
        kind, role: what it is and what it does.
        title: its heading in one line, for people.
        start, end: its characters in the document's text, half-open. Parts cover the document in
            order and do not overlap.
        page: 1-based page of `start`; None where the format has none.
        paragraph: the number of the § without the sign ("214"), for minutes and extracts.
        case_number: diarienummer as written ("SLK-2022-01326"), or None.
        case_numbers: all of them, the first one first.
        date: ISO date of the meeting or of the paper, or None.
        body: who meets or writes ("Kommunfullmäktige", "Stadsledningskontoret"), or None.
        authors: who signed or wrote it.
        parties: the parties behind it, as letters where known ("V", "KD"), else as written.
        records: what it says in the genre's terms, by start.
        unrecognised: what the form held that the grammar did not know, a phrase each.
    """

    id: str
    kind: PartKind
    role: Role
    title: str
    start: int
    end: int
    page: int | None = None
    paragraph: str | None = None
    case_number: str | None = None
    case_numbers: tuple[str, ...] = ()
    date: str | None = None
    body: str | None = None
    authors: tuple[Person, ...] = ()
    parties: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    unrecognised: tuple[str, ...] = ()
