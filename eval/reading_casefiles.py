"""How well case files are read: `python -m eval.reading_casefiles ../shared/corpus`.

Measured against a labelled sample; the labels (`eval/labels/casefiles*.jsonl`) hold offsets and
values only. A boundary counts as found if a part begins within `_NEAR` characters of the label's;
a demand or an author, if its span is the very one. The files of set "b" were drawn and labelled
after the rules had been written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.formats import read
from ingest.parts import Part
from ingest.structure import casefile

_LABELS = Path(__file__).with_name("labels")
_NEAR = 40
"""Characters: a page number or an empty letterhead may stand before the first word of a paper."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one comparison: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 where nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def labels(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one label file."""
    with (_LABELS / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def compare(found: Iterable[object], wanted: Iterable[object]) -> Score:
    """Counts of what is in both, only found, only wanted."""
    one, other = set(found), set(wanted)
    return Score(len(one & other), len(one - other), len(other - one))


def boundaries(parts: Sequence[Part], row: dict[str, Any], text: str) -> tuple[Score, Score]:
    """How well the parts' starts agree with the row's, and the kinds of those that do."""
    starts = [(_first_word(text, part), part) for part in parts]
    starts = [(start, part) for start, part in starts if start < row["until"]]
    kinds = Score()
    taken: set[int] = set()
    for start, part in starts:
        near = [each for each in row["parts"] if abs(each["start"] - start) <= _NEAR]
        near = [each for each in near if each["start"] not in taken]
        if near:
            taken.add(near[0]["start"])
            same = near[0]["kind"] == part.kind.value
            kinds += Score(right=int(same), wrong=int(not same))
    edges = Score(len(taken), len(starts) - len(taken), len(row["parts"]) - len(taken))
    return edges, kinds


def _first_word(text: str, part: Part) -> int:
    piece = text[part.start : part.end]
    return part.start + len(piece) - len(piece.lstrip())


class Reader:
    """Parts of the corpus' files, each file read once."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self.read = cache(self._read)

    def _read(self, file: str) -> tuple[Document, tuple[Part, ...]]:
        document = read(self._corpus / file, file)
        return document, casefile.parts(document)

    def part(self, row: dict[str, Any]) -> Part | None:
        """The part that begins where the row says, or None."""
        _, parts = self.read(row["file"])
        near = [part for part in parts if abs(part.start - row["start"]) <= _NEAR]
        return near[0] if near else None


def score_records(reader: Reader) -> dict[str, Score]:
    """Demands and authors, exact spans."""
    scores = {"demands": Score(), "authors": Score()}
    for row in labels("casefiles_records.jsonl"):
        part = reader.part(row)
        if "demands" in row:
            found = [(r.start, r.end) for r in part.records if r.kind == "demand"] if part else []
            scores["demands"] += compare(found, [tuple(span) for span in row["demands"]])
        else:
            people = [(a.start, a.end, a.party) for a in part.authors] if part else []
            scores["authors"] += compare(people, [tuple(each) for each in row["authors"]])
    return scores


def score_parts(reader: Reader, which: str) -> dict[str, Score]:
    """Boundaries and kinds over one set of files."""
    edges, kinds = Score(), Score()
    for row in labels("casefiles.jsonl"):
        if row["set"] == which:
            document, parts = reader.read(row["file"])
            of_row = boundaries(parts, row, document.text)
            edges, kinds = edges + of_row[0], kinds + of_row[1]
    return {f"boundaries ({which})": edges, f"kinds ({which})": kinds}


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints precision, recall and F1; exit status 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.reading_casefiles", description=__doc__)
    parser.add_argument("corpus", type=Path, help="the folder that holds goteborg/handlingar")
    reader = Reader(parser.parse_args(arguments).corpus)
    scores = {**score_parts(reader, "a"), **score_parts(reader, "b"), **score_records(reader)}
    print(f"{'':18}{'precision':>10}{'recall':>10}{'F1':>8}{'n':>6}")
    for name, score in scores.items():
        n = score.right + score.missed
        print(f"{name:18}{score.precision:10.3f}{score.recall:10.3f}{score.f1:8.3f}{n:6}")
    return int(any(score.f1 < 0.95 for score in scores.values()))


if __name__ == "__main__":
    raise SystemExit(main())
