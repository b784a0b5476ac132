"""`beredd compare`: two proposals side by side, demand by demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.cli.opening import dump, index, parser, printable
from assistant.prepare.cases import Paper
from assistant.prepare.comparing import THRESHOLD, Pair, Run, compare, counts
from assistant.prepare.labels import facts
from assistant.prepare.points import Point
from assistant.prepare.proposals import pick
from assistant.prepare.sources import Sources
from assistant.wording.words import Words


def main(argv: list[str]) -> int:
    """Compares; returns 0."""
    made = parser("compare", "Two proposals side by side, demand by demand.")
    for name in ("first", "second"):
        made.add_argument(
            name, metavar="DOC[#PART]", help='a document, or a part of it: "protokoll.txt#§ 39"'
        )
    made.add_argument("--language", choices=("sv", "en"), default="sv", help="default: sv")
    args = made.parse_args(argv)
    opened, sources = index(args), Sources()
    first, second = (pick(opened, name, sources) for name in (args.first, args.second))
    pairs = compare(first.points, second.points)
    if args.json:
        dump(as_json(first, second, pairs))
    else:
        print(printable(as_text(first, second, pairs, Words(args.language, "prepare"))))
    return 0


def as_json(first: Paper, second: Paper, pairs: Sequence[Pair]) -> dict[str, Any]:
    """A comparison as plain data."""
    return {
        "first": asdict(first),
        "second": asdict(second),
        "threshold": THRESHOLD,
        "counts": {relation.value: n for relation, n in counts(pairs).items()},
        "pairs": [asdict(pair) for pair in pairs],
    }


def as_text(first: Paper, second: Paper, pairs: Sequence[Pair], words: Words) -> str:
    """A comparison for the terminal; changed words stand in [-…-] and {+…+}."""
    lines = [_side("A", first, words), _side("B", second, words), words("compare.marks_text")]
    for pair in pairs:
        signs = [words(f"sign.{sign.value}") for sign in pair.signs]
        lines += ["", f"# {'. '.join([words(f'relation.{pair.relation.value}'), *signs])}"]
        if pair.first:
            lines.append(_demand("A", pair.first, pair.first_runs, "[-{}-]"))
        if pair.second:
            lines.append(_demand("B", pair.second, pair.second_runs, "{{+{}+}}"))
    return "\n".join(lines)


def _side(name: str, found: Paper, words: Words) -> str:
    place = " · ".join((*facts(found.source, words), found.file))
    return f"{name}: {found.title or words('place.no_title')}\n   {place}"


def _demand(name: str, point: Point, runs: Sequence[Run], mark: str) -> str:
    text = "".join(mark.format(run.text) if run.changed else run.text for run in runs)
    place = f"{point.source.file} [{point.source.start}:{point.source.end}]"
    return f"{name}  {text}\n   {place}"
