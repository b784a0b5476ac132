"""The proposals of an index: papers with demands or decisions that can be set side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.prepare.cases import Paper, paper
from assistant.prepare.points import PointKind, of
from assistant.prepare.sources import Sources
from ingest.errors import BereddError
from ingest.parts import Part, PartKind
from ingest.records import Decision, Demand
from vectorstore.errors import IndexMissing
from vectorstore.index import Index
from vectorstore.stored import Stored

_LISTED = 20
"""Papers of a document that an error names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A paper that can be compared.

    Attributes:
        name: what `pick` takes ("handling.txt#motion-1").
        proposes: False where it holds nothing but decisions of its own.
    """

    name: str
    title: str
    kind: PartKind
    body: str | None
    date: str | None
    case_number: str | None
    proposes: bool


def candidates(index: Index) -> tuple[Candidate, ...]:
    """Every paper of the index with demands or decisions, the latest first."""
    found = []
    for file in index.entries:
        stored = index.document(file)
        found += [_candidate(stored, part) for part in _comparable(stored)] if stored else []
    return tuple(sorted(found, key=lambda one: (one.date or "", one.name), reverse=True))


def pick(index: Index, name: str, sources: Sources) -> Paper:
    """The paper that a name means, with the points that are compared.

    Args:
        name: a document ("motion.txt", where it holds one proposal), or a document and a part of
            it: "DOC#PART", where PART is the part's id, a § ("§ 39"), a kind ("motion") or words
            of its title.

    Raises:
        BereddError: no paper or several are meant; the message lists them.
    """
    stored, wanted = _document(index, name)
    found = _comparable(stored)
    if wanted:
        found = _meant(found, wanted)
    if len(found) != 1:
        raise _unclear(stored, name, found or _comparable(stored), any_found=bool(found))
    return compared(paper(stored, found[0], sources))


def compared(found: Paper) -> Paper:
    """The paper with its demands alone, or its decisions where it has no demands."""
    demands = of(found.points, PointKind.DEMAND, PointKind.QUESTION)
    decided = of(found.points, PointKind.DECISION, PointKind.PROPOSED)
    return replace(found, points=demands or decided)


def _comparable(stored: Stored) -> list[Part]:
    return [
        part
        for part in stored.parts
        if any(isinstance(record, Demand | Decision) for record in part.records)
    ]


def _document(index: Index, name: str) -> tuple[Stored, str]:
    """The document and what is said of the part; a file's name may hold a # of its own."""
    try:
        file, wanted = index.find(name), ""
    except IndexMissing:
        before, _, wanted = name.rpartition("#")
        if not before:
            raise
        file = index.find(before)
    stored = index.document(file)
    if stored is None:
        raise BereddError(f"{file} has just been removed.")
    return stored, wanted.strip()


def _meant(parts: Sequence[Part], wanted: str) -> list[Part]:
    """The parts that are meant: by id, else by §, else by kind, else by words of the title."""
    number = wanted.lstrip("§ ").lower()
    tests = (
        [part for part in parts if part.id == wanted],
        [part for part in parts if (part.paragraph or "").lower() == number],
        [part for part in parts if part.kind.value == wanted.lower()],
        [part for part in parts if all(w in part.title.lower() for w in wanted.lower().split())],
    )
    return next((found for found in tests if found), [])


def _unclear(stored: Stored, name: str, parts: Sequence[Part], *, any_found: bool) -> BereddError:
    file = stored.document.file
    if not parts:
        return BereddError(f"{file} holds no demands or decisions that were read. Choose another.")
    rows = [f"  {file}#{part.id}  {part.title} ({part.kind.value})" for part in parts[:_LISTED]]
    said = f'"{name}" means several papers' if any_found else f'"{name}" means no paper of {file}'
    return BereddError("\n".join([f"{said}. Choose one of these:", *rows]))


def _candidate(stored: Stored, part: Part) -> Candidate:
    return Candidate(
        name=f"{stored.document.file}#{part.id}",
        title=part.title or stored.document.title,
        kind=part.kind,
        body=part.body,
        date=part.date,
        case_number=part.case_number,
        proposes=any(
            isinstance(record, Demand) or (isinstance(record, Decision) and record.proposed_to)
            for record in part.records
        ),
    )
