"""The register of cases: which papers of the index belong to which case number.

A paper belongs to the case numbers that it carries or that its title names. A file that is one
case's (a motion, a report, a case file; not minutes or a summons, which hold many) lends its first
number to every paper in it: what another body wrote in the case has a number of that body's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.prepare.points import kind_of
from assistant.prepare.standing import Standing, standing
from ingest.grammar.references import case_key, find_cases, same_case
from ingest.parts import Part, PartKind
from vectorstore.index import Index
from vectorstore.lexical import analyser
from vectorstore.stored import Stored
from vectorstore.stored import kind_of as document_kind

_MANY_CASES = frozenset({"minutes", "agenda"})
_FRAMES = frozenset({PartKind.TABLE_OF_CONTENTS, PartKind.MINUTES_HEAD})
_PIECES = frozenset(
    {PartKind.REGULATION, PartKind.AUDIT, PartKind.SECTION, PartKind.APPENDIX, PartKind.OTHER}
)
"""Chapters and sections: those that propose and decide nothing are one paper with the first."""
_NAMING = (PartKind.PARAGRAPH, PartKind.EXTRACT, PartKind.OFFICIAL_REPORT)
"""Kinds of papers whose titles name a case best, the best first."""

Places = list[tuple[Stored, Part]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A case in the register.

    Attributes:
        key: the case number in canonical form ("KS/2025/31").
        number: as most of the papers write it ("KS 2025/31").
        papers: how many papers of the case are indexed.
        first, last: ISO dates of the earliest and the latest paper, None where none has a date.
    """

    key: str
    number: str
    title: str
    papers: int
    first: str | None
    last: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Register:
    """Every case of an index, the one with the latest paper first.

    Attributes:
        places: key → (file, part id) of each paper.
    """

    entries: tuple[Entry, ...] = ()
    places: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def entry(self, key: str) -> Entry | None:
        """The case with this key, or the only one whose number differs by a prefix alone."""
        alike = [entry for entry in self.entries if same_case(entry.key, key)]
        exact = [entry for entry in alike if entry.key == key]
        found = exact or alike
        return found[0] if len(found) == 1 else None

    def search(self, wanted: str) -> tuple[Entry, ...]:
        """The cases that a number or words mean, the latest first; all of them for no words."""
        key = case_key(wanted.strip())
        by_number = [entry for entry in self.entries if key and same_case(entry.key, key)]
        if by_number:
            return tuple(by_number)
        words = wanted.lower().split()
        return tuple(e for e in self.entries if all(_named(e, word) for word in words))


def register(index: Index) -> Register:
    """Reads every document of the index once."""
    papers: dict[str, Places] = defaultdict(list)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for file in index.entries:
        stored = index.document(file)
        if stored is None:
            continue
        for part, numbers in _numbered(stored):
            for key, number in numbers.items():
                papers[key].append((stored, part))
                written[key][number] += 1
    for bare, full in _aliases(papers).items():
        papers[full] += [place for place in papers.pop(bare) if place not in papers[full]]
    entries = [_entry(key, places, written[key]) for key, places in papers.items()]
    entries.sort(key=lambda entry: (entry.last or "", entry.key), reverse=True)
    places = {
        key: tuple((stored.document.file, part.id) for stored, part in found)
        for key, found in papers.items()
    }
    return Register(tuple(entries), places)


def case_numbers(part: Part) -> dict[str, str]:
    """The case numbers that a paper carries or that its title names: key → as written."""
    carried = part.case_numbers or ((part.case_number,) if part.case_number else ())
    numbers = [*carried, *(found.written for found in find_cases(part.title))]
    return {key: number for number in reversed(numbers) if (key := case_key(number))}


def _numbered(stored: Stored) -> Iterator[tuple[Part, dict[str, str]]]:
    """The papers of a document, each with its cases: key → number as written."""
    own = {part.id: case_numbers(part) for part in stored.parts}
    lent: dict[str, str] = {}
    if document_kind(stored.parts) not in _MANY_CASES:
        lent = next((_first(numbers) for numbers in own.values() if numbers), {})
    begun: set[str] = set()
    for part in stored.parts:
        numbers = own[part.id] | lent
        if part.kind in _FRAMES or (
            part.kind in _PIECES and _silent(part) and begun & set(numbers)
        ):
            continue
        begun |= set(numbers)
        yield part, numbers


def _silent(part: Part) -> bool:
    return all(kind_of(record, part) is None for record in part.records)


def _first(numbers: dict[str, str]) -> dict[str, str]:
    key = list(numbers)[-1]
    return {key: numbers[key]}


def _aliases(papers: dict[str, Places]) -> dict[str, str]:
    """Numbers without a prefix, and the only number with one that they can mean."""
    found = {}
    for bare in [key for key in papers if key.count("/") == 1]:
        full = [key for key in papers if key != bare and same_case(key, bare)]
        if len(full) == 1:
            found[bare] = full[0]
    return found


def _entry(key: str, places: Places, written: Counter[str]) -> Entry:
    dates = sorted(part.date for _, part in places if part.date)
    return Entry(
        key=key,
        number=written.most_common(1)[0][0],
        title=_title([part for _, part in places]),
        papers=len(places),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        standing=standing(places),
    )


def _title(parts: list[Part]) -> str:
    titled = sorted((part for part in parts if part.title), key=lambda part: part.date or "")
    for kind in _NAMING:
        named = [part for part in titled if part.kind is kind]
        if named:
            return named[-1].title
    return titled[0].title if titled else ""


def _named(entry: Entry, word: str) -> bool:
    if word in f"{entry.number} {entry.title}".lower():
        return True
    stems = set(analyser().terms(word).stems)
    return bool(stems) and stems <= set(analyser().terms(entry.title).stems)
