"""How well minutes are read: against a silver file and against paragraphs labelled by reading.

    python -m eval.reading ../shared/corpus [--show KIND]

prints one line a measure: how many were expected, found and right. Precision is right / found,
recall right / expected; both are "–" where there is nothing to divide by.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.document import Document
from ingest.formats import read
from ingest.grammar.names import find_people
from ingest.grammar.parties import find_parties
from ingest.parts import Part, PartKind
from ingest.records import Record
from ingest.structure import minutes

LABELS = Path(__file__).with_name("labels") / "minutes.jsonl"
_SILVER = "goteborg/protokoll_records_silver.jsonl"


@dataclass(slots=True)
class Count:
    """How many things were expected, found and right, and the places where they differ."""

    expected: int = 0
    found: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, expected: Iterable[Any], found: Iterable[Any], where: str) -> None:
        """Counts two multisets of comparable values."""
        wanted, got = sorted(map(repr, expected)), sorted(map(repr, found))
        both = list(got)
        hits = [item for item in wanted if item in both and not both.remove(item)]  # type: ignore[func-returns-value]
        self.expected += len(wanted)
        self.found += len(got)
        self.right += len(hits)
        if len(hits) < max(len(wanted), len(got)):
            self.misses.append(f"{where}: expected {wanted}, found {got}")

    @property
    def precision(self) -> float | None:
        """Right of found; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Right of expected; None where nothing was expected."""
        return self.right / self.expected if self.expected else None


_ROLE = re.compile(r"^(?:[Tt]jänstgörande |[Oo]rdföranden? |[Ee]rsättar(?:en|na) )+")
Counts = dict[str, Count]


def main(argv: list[str] | None = None) -> int:
    """Prints both comparisons; exit status 1 if the corpus is not there."""
    parser = argparse.ArgumentParser(prog="python -m eval.reading", description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--show", metavar="KIND", help="list the differences of one measure")
    options = parser.parse_args(argv)
    if not (options.corpus / _SILVER).exists():
        print(f"No {_SILVER} below {options.corpus}. Give the corpus folder.", file=sys.stderr)
        return 1
    read_parts = Reader(options.corpus)
    for name, counts in (
        ("silver", against_silver(options.corpus, read_parts)),
        ("labels", against_labels(LABELS, read_parts)),
    ):
        print(f"\n{name}")
        for line in table(counts):
            print(line)
        for miss in counts[options.show].misses if options.show in counts else ():
            print("  ", miss)
    return 0


def table(counts: Mapping[str, Count]) -> Iterator[str]:
    """The counts as lines of text."""
    yield f"{'measure':<24}{'expected':>9}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}"
    for name, count in counts.items():
        yield (
            f"{name:<24}{count.expected:>9}{count.found:>8}{count.right:>8}"
            f"{_share(count.precision):>11}{_share(count.recall):>8}"
        )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


class Reader:
    """Reads each file of the corpus once."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._read: dict[str, tuple[Document, dict[str, Part]]] = {}

    def __call__(self, file: str) -> tuple[Document, dict[str, Part]]:
        """The document and its paragraphs by number."""
        if file not in self._read:
            document = read(self._corpus / file, file)
            found = minutes.parts(document)
            numbered = {p.paragraph: p for p in found if p.kind is PartKind.PARAGRAPH}
            self._read[file] = document, {n: p for n, p in numbered.items() if n}
        return self._read[file]


def against_silver(corpus: Path, read_parts: Reader) -> Counts:
    """Compares with the silver file where it can be relied on.

    It gives one vote a §, the names of movers but not which stance each took, and reservations as
    sentences; recusals in it mix jäv with not taking part.
    """
    counts = {name: Count() for name in ("paragraphs", "case numbers", "titles", "votes", "movers")}
    counts |= {name: Count() for name in ("reservations", "outcome deferred", "outcome refused")}
    for line in (corpus / _SILVER).read_text(encoding="utf-8").splitlines():
        silver = json.loads(line)
        short = {"Kommunfullmäktige": "kf", "Kommunstyrelsen": "ks"}[silver["organ"]]
        _, parts = read_parts(f"goteborg/protokoll/{short}-{silver['datum']}.txt")
        part = parts.get(silver["paragraf"])
        counts["paragraphs"].add(
            [silver["paragraf"]], [part.paragraph] if part else [], silver["id"]
        )
        if part:
            _against_silver(counts, silver, part)
    return counts


def _against_silver(counts: Counts, silver: Mapping[str, Any], part: Part) -> None:
    where = silver["id"]
    counts["case numbers"].add([silver["arende_nr"]], [part.case_number], where)
    counts["titles"].add([_plain(silver["rubrik"])], [_plain(part.title)], where)
    vote, votes = silver["votering"], _of(part, "vote")
    if vote:
        numbers = [(v.yes, v.no) for v in votes]
        wanted = (vote["ja"], vote["nej"])
        counts["votes"].add([wanted], [wanted] if wanted in numbers else numbers[:1], where)
    movers = {n for y in silver["yrkanden"] for n in _names(y["namn"])}
    ours = {p.name for y in _of(part, "yrkande") for p in y.people}
    counts["movers"].add(movers, ours, where)
    told = [_voices(text) for text in silver["reservationer"] if "reserver" in text]
    counts["reservations"].add(
        {v for voices in told for v in voices},
        {p for r in _of(part, "reservation") for p in r.parties},
        where,
    )
    outcomes = [d.outcome for d in _of(part, "decision")]
    for measure, theirs, own in (
        ("outcome deferred", "bordläggning", "bordläggning"),
        ("outcome refused", "avslag", "avslag"),
    ):
        counts[measure].add([1] * (silver["beslut"] == theirs), [1] * (own in outcomes), where)


def _names(text: str) -> list[str]:
    """The names of an enumeration, without the roles in front of them."""
    names = (" ".join(n.split()) for n in re.split(r",|\boch\b|\bsamt\b", text))
    return [_ROLE.sub("", name) for name in names if name]


def _voices(text: str) -> tuple[str, ...]:
    people = [p.party for p in find_people(text) if p.party]
    return tuple(
        dict.fromkeys([*people, *(p.letters for p in find_parties(text.split("reserver")[0]))])
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _of(part: Part, kind: str) -> list[Any]:
    return [record for record in part.records if record.kind == kind]


def against_labels(path: Path, read_parts: Reader) -> Counts:
    """Compares with the labelled paragraphs: offsets and values, no text of the documents."""
    names = ["paragraphs", "case numbers", "titles", "decisions", "decision outcomes", "yrkanden"]
    names += ["votes", "reservations", "statements", "abstentions", "recusals"]
    counts = {name: Count() for name in names}
    if not path.exists():
        return counts
    for line in path.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        document, parts = read_parts(label["file"])
        part = parts.get(label["paragraph"])
        where = f"{label['file']} § {label['paragraph']}"
        counts["paragraphs"].add([label["start"]], [part.start] if part else [], where)
        if part:
            _against_label(counts, label, part, document, where)
    return counts


def _against_label(
    counts: Counts, label: Mapping[str, Any], part: Part, document: Document, where: str
) -> None:
    counts["case numbers"].add([label["case_number"]], [part.case_number], where)
    start, end = label["title"]
    title = " ".join(document.text[start:end].split())
    counts["titles"].add([_plain(title)], [_plain(part.title)], where)
    decided = _of(part, "decision")
    counts["decisions"].add(
        [tuple(d["at"]) for d in label["decisions"]],
        [_nearest(d, label["decisions"]) for d in decided],
        where,
    )
    counts["decision outcomes"].add(
        [(d["at"][0], d["outcome"]) for d in label["decisions"]],
        [(_nearest(d, label["decisions"])[0], d.outcome) for d in decided],
        where,
    )
    counts["yrkanden"].add(
        [
            (y["stance"], sorted(map(tuple, y["people"])), sorted(y["parties"]))
            for y in label["yrkanden"]
        ],
        [
            (y.stance, sorted((p.start, p.end) for p in y.people), sorted(y.parties))
            for y in _of(part, "yrkande")
        ],
        where,
    )
    counts["votes"].add(
        [tuple(v) for v in label["votes"]],
        [(v.yes, v.no, v.abstain or 0, v.absent or 0) for v in _of(part, "vote")],
        where,
    )
    for measure, kind in (
        ("reservations", "reservation"),
        ("statements", "statement"),
        ("abstentions", "abstention"),
    ):
        counts[measure].add(
            _label_voices(label[measure]), map(_record_voices, _of(part, kind)), where
        )
    counts["recusals"].add(
        [sorted(map(tuple, people)) for people in label["recusals"]],
        [sorted((p.start, p.end) for p in r.people) for r in _of(part, "recusal")],
        where,
    )


def _nearest(record: Record, labels: list[dict[str, Any]]) -> tuple[int, int]:
    """The label that the record begins and ends with, give or take white space and a mark."""
    for item in labels:
        start, end = item["at"]
        if abs(start - record.start) <= 3 and abs(end - record.end) <= 3:
            return start, end
    return record.start, record.end


def _label_voices(labels: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(sorted(map(tuple, item["people"])), sorted(item["parties"])) for item in labels]


def _record_voices(record: Any) -> tuple[Any, ...]:
    return sorted((p.start, p.end) for p in record.people), sorted(record.parties)


if __name__ == "__main__":
    raise SystemExit(main())
