"""What a person has chosen to search in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.grammar.references import case_key
from ingest.passages import Passage


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person has chosen to search in; empty fields choose everything.

    Attributes:
        kinds: kinds of paper. bodies: names of bodies. parties: letters. cases: diarienummer.
        first, last: inclusive ISO dates of the paper.
        files: document ids.
    """

    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None

    def where(self) -> dict[str, Sequence[str]]:
        """The filters in the terms of the lexical index."""
        chosen = {
            "kind": self.kinds,
            "body": tuple(body.lower() for body in self.bodies),
            "party": self.parties,
            "case": tuple(filter(None, map(case_key, self.cases))),
            "file": self.files,
        }
        return {name: values for name, values in chosen.items() if values}

    @property
    def dates(self) -> tuple[str, str] | None:
        """The period, open ends filled in."""
        if not (self.first or self.last):
            return None
        return self.first or "0001-01-01", self.last or "9999-12-31"

    def fit(self, passage: Passage) -> bool:
        """True if the passage is among what was chosen."""
        return (
            (not self.kinds or passage.kind.value in self.kinds)
            and (not self.bodies or (passage.body or "").lower() in self.where()["body"])
            and (not self.parties or bool(set(self.parties) & set(passage.parties)))
            and (not self.cases or not _cases(self.cases).isdisjoint(_cases(passage.case_numbers)))
            and (not self.files or passage.file in self.files)
            and (not self.dates or self.dates[0] <= (passage.date or "") <= self.dates[1])
        )


def _cases(written: Iterable[str]) -> frozenset[str]:
    """Case numbers in one spelling each; what is none stays as it is written."""
    return frozenset(case_key(number) or number for number in written)
