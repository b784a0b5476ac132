"""How well papers in many house styles are read: eighty of invented municipalities, against labels.

    python -m eval styles [--show MEASURE]

prints one line a measure: how many things the labels name, and how many of them were read. The
papers were written by hands that had seen none of the rules, each in the layout of another
municipality; what is measured is whether the rules know more than the papers they were made over.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from ingest.formats import read
from ingest.parts import Part, PartKind
from ingest.records import Record
from ingest.structure import analyse

STYLES = Path(__file__).with_name("styles")
_BEGINS = 45
"""Points are known by so many of their first characters."""
_SECTIONS = (PartKind.PARAGRAPH, PartKind.EXTRACT, PartKind.AGENDA_ITEM)
_KINDS: Mapping[str, tuple[PartKind, ...]] = {
    "answer": (
        PartKind.REPLY,
        PartKind.OFFICIAL_REPORT,
        PartKind.CONSULTATION,
        PartKind.COUNCIL_PROPOSAL,
    ),
    "citizens_proposal": (PartKind.INITIATIVE,),
}
"""What the labels call by other names than the parts do."""

Label = Mapping[str, Any]


@dataclass(slots=True)
class Read:
    """How many of the things that labels name were read, and which were not."""

    expected: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, right: bool, where: str) -> None:
        """Counts one thing."""
        self.expected += 1
        self.right += right
        if not right:
            self.misses.append(where)

    @property
    def recall(self) -> float | None:
        """Right of expected; None where nothing was expected."""
        return self.right / self.expected if self.expected else None


def main(argv: list[str] | None = None) -> int:
    """Prints both tables; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m eval styles", description=__doc__)
    parser.add_argument("--show", metavar="MEASURE", help="list what was not read of one measure")
    options = parser.parse_args(argv)
    for name, counts in (("minutes", of_minutes()), ("papers", of_papers())):
        print(f"\n{name}\n{'measure':<24}{'expected':>9}{'right':>8}{'recall':>8}")
        for measure, count in counts.items():
            share = "–" if count.recall is None else f"{count.recall:.4f}"
            print(f"{measure:<24}{count.expected:>9}{count.right:>8}{share:>8}")
        for miss in counts[options.show].misses if options.show in counts else ():
            print("  ", miss)
    return 0


def of_minutes(folder: Path = STYLES / "minutes") -> dict[str, Read]:
    """The §§ of thirty-two minutes, extracts and summonses against their labels, by measure."""
    counts: dict[str, Read] = {
        name: Read()
        for name in (
            "§", "title", "body", "date", "decision", "yrkande", "vote", "reservation",
            "recusal", "statement",
        )
    }  # fmt: skip
    for file, labels in _labels(folder):
        parts = [p for p in _parts(folder / file) if p.kind in _SECTIONS]
        for label in labels:
            where = f"{file} § {label['section']}"
            part = _section(parts, label)
            counts["§"].add(part is not None, where)
            if part is not None:
                _against(counts, label, part, where)
    return counts


def of_papers(folder: Path = STYLES / "papers") -> dict[str, Read]:
    """Forty-eight files with motions, answers, reports and the like against their labels."""
    names = ("kind", "title", "date", "signer", "party", "officer", "point")
    counts = {name: Read() for name in names}
    for file, labels in _labels(folder):
        parts = _parts(folder / file)
        for at, label in enumerate(labels):
            kinds = _KINDS.get(label["kind"]) or (PartKind(label["kind"]),)
            own = [part for part in parts if part.kind in kinds]
            counts["kind"].add(bool(own), f"{file} {label['kind']}")
            _paper(counts, label, own or list(parts[at : at + 1] or parts[-1:]), file)
    return counts


def _paper(counts: Mapping[str, Read], label: Label, own: list[Part], file: str) -> None:
    title = _plain(label["title"])
    best = next((part for part in own if title in _plain(part.title)), own[0])
    counts["title"].add(title in _plain(best.title), f"{file}: {best.title}")
    if label["date"]:
        counts["date"].add(best.date == label["date"], f"{file}: {best.date}")
    records = [record for part in own for record in part.records]
    names = {_surname(person.name) for part in own for person in part.authors}
    names |= {_surname(r.name) for r in records if r.kind == "signature"}  # type: ignore[attr-defined]
    for name in label["signers"]:
        counts["signer"].add(_surname(name) in names, f"{file}: {name}")
    if label["officer"]:
        counts["officer"].add(_surname(label["officer"]) in names, f"{file}: {label['officer']}")
    for party in label["parties"]:
        counts["party"].add(any(party in part.parties for part in own), f"{file}: {party}")
    told = [_plain(r.text) for r in records if r.kind in ("demand", "decision")]
    for point in label["demands"]:
        counts["point"].add(_begins(point, told), f"{file}: {point}")


def _against(counts: Mapping[str, Read], label: Label, part: Part, where: str) -> None:
    counts["title"].add(_plain(part.title) == _plain(label["title"]), f"{where}: {part.title}")
    counts["body"].add(_plain(part.body or "") == _plain(label["body"]), f"{where}: {part.body}")
    counts["date"].add(part.date == label["date"], f"{where}: {part.date}")
    told = [_plain(r.text) for r in _of(part, "decision")]
    for point in label["decisions"]:
        counts["decision"].add(_begins(point, told), f"{where}: {point}")
    movers = _names(_of(part, "yrkande"))
    for moved in label["yrkanden"]:
        who = {_surname(name) for name in moved["who"]} or set(moved["parties"])
        counts["yrkande"].add(who <= movers, f"{where}: {sorted(who - movers)}")
    votes: list[Any] = _of(part, "vote")
    for vote in label["votes"]:
        same = any((v.yes, v.no) == (vote["yes"], vote["no"]) for v in votes)
        counts["vote"].add(same, f"{where}: {vote}")
    for measure in ("reservation", "recusal", "statement"):
        hands = _names(_of(part, measure))
        for name in label[f"{measure}s"]:
            counts[measure].add(_surname(name) in hands, f"{where}: {name}")


def _section(parts: Iterable[Part], label: Label) -> Part | None:
    """The § with a label's number, or with its title where none has the number."""
    parts = list(parts)
    numbered = [p for p in parts if (p.paragraph or "").split("/")[0] == label["section"]]
    items = [p for p in parts if p.id.endswith(f"item-{label['section']}")]
    titled = [p for p in parts if _plain(p.title) == _plain(label["title"])]
    return next(iter([*numbered, *items, *titled]), None)


def _labels(folder: Path) -> Iterator[tuple[str, list[Label]]]:
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    for file, labels in groupby(map(json.loads, lines), key=lambda label: str(label["file"])):
        yield file, list(labels)


def _parts(path: Path) -> tuple[Part, ...]:
    return analyse(read(path, path.name))


def _of(part: Part, kind: str) -> list[Record]:
    return [record for record in part.records if record.kind == kind]


def _names(records: Iterable[Record]) -> set[str]:
    """The surnames and the parties of records."""
    people = [person for record in records for person in getattr(record, "people", ())]
    parties = {party for record in records for party in getattr(record, "parties", ())}
    return parties | {_surname(person.name) for person in people}


def _surname(name: str) -> str:
    return name.split()[-1].strip("()")


def _begins(point: str, told: Iterable[str]) -> bool:
    return any(_plain(point)[:_BEGINS] in text for text in told)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.replace("\u00ad", "")).strip().casefold()
