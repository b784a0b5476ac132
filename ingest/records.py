"""Records: what a paper says in the genre's own terms, each bound to the span it was read from.

`record.text == document.text[record.start:record.end]` for every record, and the same holds for
every `Person` and every span in `evidence`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from ingest.document import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as named in a text.

    Attributes:
        name: as a person would write it, on one line.
        party: the party's letter(s) where known ("V", "KD"), else its name as written, else None.
        role: "ordförande", "handläggare", "ledamot", … in lower case, or None.
        start, end: where the name stands.
    """

    name: str
    party: str | None = None
    role: str | None = None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Base of all records.

    Attributes:
        start, end: the span it was read from, half-open offsets into the document's text.
        text: the document's text there, verbatim.
        evidence: further spans that it rests on (the lead-in of an att-sats, the signature above).
    """

    kind: ClassVar[str] = "record"
    start: int
    end: int
    text: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Record):
    """Somebody signed, wrote or answers for the paper. `role`: "motionär", "handläggare", …"""

    kind: ClassVar[str] = "signature"
    name: str
    party: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Support(Record):
    """A party stands behind the paper."""

    kind: ClassVar[str] = "support"
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Record):
    """One att-sats or numbered point of what a paper asks for.

    Attributes:
        number: its number or letter in the list ("2", "a"), or None.
        lead_in: the words that govern it ("Kommunstyrelsen ger … i uppdrag att revidera … så att"),
            on one line; its span is the first of `evidence`.
        emphasised: True if the paper prints it in bold.
    """

    kind: ClassVar[str] = "demand"
    number: str | None = None
    lead_in: str | None = None
    emphasised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """What was decided: one point of it where it is numbered.

    Attributes:
        outcome: "bifall", "avslag", "återremiss", "bordläggning", "besvarad", "antecknad",
            "godkänd", "antagen", "val" or "annat".
        decider: who decides ("Kommunfullmäktige"), or None.
        number: the point's number, or None.
        according_to: whose proposal it follows ("kommunstyrelsens förslag"), or None.
        proposed_to: the body that has the last word ("Kommunfullmäktige") where the decider only
            proposes this to it; None where the decision is the decider's own.
    """

    kind: ClassVar[str] = "decision"
    outcome: str
    decider: str | None = None
    number: str | None = None
    according_to: str | None = None
    proposed_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Yrkande(Record):
    """Somebody moved something at a meeting.

    Attributes:
        people, parties: who; parties as letters where known.
        stance: "bifall", "avslag", "återremiss", "bordläggning", "tillägg" or "annat".
        target: what it is about ("kommunstyrelsens förslag"), on one line.
    """

    kind: ClassVar[str] = "yrkande"
    people: tuple[Person, ...] = ()
    parties: tuple[str, ...] = ()
    stance: str
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Record):
    """A vote.

    Attributes:
        yes, no, abstain, absent: counts; None where the text does not give one.
        casting_vote: True if the chair's vote decided (utslagsröst).
        yes_means, no_means: what a yes and a no stood for, on one line, or None.
        yes_voters, no_voters, abstainers: who voted how, where named.
        yes_parties, no_parties, abstaining_parties: where parties are named instead.
        result: what the chair found carried, on one line, or None.
    """

    kind: ClassVar[str] = "vote"
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    absent: int | None = None
    casting_vote: bool = False
    yes_means: str | None = None
    no_means: str | None = None
    yes_voters: tuple[Person, ...] = ()
    no_voters: tuple[Person, ...] = ()
    abstainers: tuple[Person, ...] = ()
    yes_parties: tuple[str, ...] = ()
    no_parties: tuple[str, ...] = ()
    abstaining_parties: tuple[str, ...] = ()
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation(Record):
    """A reservation against a decision. `in_favour_of`: "eget yrkande", … or None."""

    kind: ClassVar[str] = "reservation"
    people: tuple[Person, ...] = ()
    parties: tuple[str, ...] = ()
    in_favour_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """A särskilt yttrande, ersättaryttrande or protokollsanteckning: an opinion, no vote."""

    kind: ClassVar[str] = "statement"
    people: tuple[Person, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention(Record):
    """Somebody took no part in the decision (deltar inte i beslutet), not for jäv."""

    kind: ClassVar[str] = "abstention"
    people: tuple[Person, ...] = ()
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recusal(Record):
    """Jäv: somebody left the handling of a case for a conflict of interest."""

    kind: ClassVar[str] = "recusal"
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Record):
    """Somebody was present. `role`: "ordförande", "ledamot", "tjänstgörande ersättare", …"""

    kind: ClassVar[str] = "attendance"
    name: str
    party: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateNote(Record):
    """A date that matters. `meaning`: "meeting", "decided", "deadline", "adopted", "issued", …"""

    kind: ClassVar[str] = "date"
    date: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Record):
    """A sum of money. `value` in kronor; `purpose`: the clause it stands in, on one line."""

    kind: ClassVar[str] = "amount"
    value: float
    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """A reference. `to`: "case", "paragraph", "handling", "law", "appendix"; `target` as a key."""

    kind: ClassVar[str] = "reference"
    to: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Record):
    """The paper says what a term means; `text` is the definition."""

    kind: ClassVar[str] = "definition"
    term: str


KINDS: dict[str, type[Record]] = {
    cls.kind: cls
    for cls in (
        Signature, Support, Demand, Decision, Yrkande, Vote, Reservation, Statement, Abstention,
        Recusal, Attendance, DateNote, Amount, Reference, Definition,
    )
}  # fmt: skip


def to_json(record: Record) -> dict[str, Any]:
    """The record as plain data: `kind` and every field; people as objects, spans as pairs.

    A reservation, a yrkande and the like also get `names`, the bare names of their people.
    """
    data: dict[str, Any] = {"kind": record.kind}
    for field in fields(record):
        data[field.name] = _plain(getattr(record, field.name))
    if "people" in data:
        data["names"] = [person["name"] for person in data["people"]]
    return data


def from_json(data: dict[str, Any]) -> Record:
    """The inverse of `to_json`. Raises KeyError for an unknown kind."""
    cls = KINDS[data["kind"]]
    names = {field.name for field in fields(cls)}
    values = {key: _typed(key, value) for key, value in data.items() if key in names}
    return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Person):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _typed(key: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if key == "evidence":
        return tuple(Span(start, end) for start, end in value)
    return tuple(Person(**item) if isinstance(item, dict) else item for item in value)
