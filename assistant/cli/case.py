"""`beredd case`: the register of cases, or one case over time."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.cli.opening import dump, index, parser, printable
from assistant.prepare.cases import Case, Paper, case
from assistant.prepare.labels import facts, label, stands
from assistant.prepare.register import Entry, register
from assistant.wording.words import Words
from ingest.errors import BereddError


def main(argv: list[str]) -> int:
    """Shows the register or a case; returns 1 where a name means several cases."""
    args = _parser().parse_args(argv)
    words = Words(args.language, "prepare")
    opened = index(args)
    known = register(opened)
    if args.case is None:
        _print(args, list(known.entries), words)
        return 0
    found = known.search(args.case)
    if not found:
        raise _missing(args.case)
    if len(found) > 1:
        if not args.json:
            print(printable(words("case.several", wanted=args.case)))
        _print(args, found, words)
        return 1
    chosen = case(opened, known, found[0].key)
    if chosen is None:
        raise _missing(args.case)
    if args.json:
        dump(as_json(chosen))
    else:
        print(printable(as_text(chosen, words)))
    return 0


def _missing(wanted: str) -> BereddError:
    return BereddError(f'No case is called "{wanted}". List all of them with: beredd case')


def _parser() -> argparse.ArgumentParser:
    made = parser("case", "A case over time; without a case, the register of all of them.")
    made.add_argument(
        "case", metavar="CASE", nargs="?", help="its number (KS 2025/31), or words of its title"
    )
    made.add_argument("--language", choices=("sv", "en"), default="sv", help="default: sv")
    return made


def as_json(chosen: Case) -> dict[str, Any]:
    """A case as plain data: the register's entry and the papers, each point with its source."""
    return {**asdict(chosen.entry), "course": [asdict(paper) for paper in chosen.papers]}


def as_text(chosen: Case, words: Words) -> str:
    """A case for the terminal."""
    head = f"{chosen.entry.number}  {chosen.entry.title}"
    lines = [head, "=" * len(head), stands(chosen.entry.standing, words)]
    for paper in chosen.papers:
        lines += ["", *_paper(paper, words)]
    return "\n".join(lines)


def _paper(paper: Paper, words: Words) -> list[str]:
    kind = words.of("web").known("kind", paper.kind.value)
    date = words.day(paper.date) or words("place.undated")
    lines = [f"{date}  {kind}: {paper.title or words('place.no_title')}"]
    lines.append(f"  {' · '.join((*facts(paper.source, words), paper.file))}")
    if paper.by:
        lines.append(f"  {words('place.by', who=', '.join(paper.by))}")
    if paper.copy:
        lines.append(f"  {words('place.copy')}")
    for point in paper.points:
        lines.append(f"  - {label(point, words)} [{point.source.start}:{point.source.end}]")
        lines.append(f"    ”{point.text}”")
    return lines


def _print(args: argparse.Namespace, entries: Sequence[Entry], words: Words) -> None:
    if args.json:
        dump([asdict(entry) for entry in entries])
        return
    if not entries:
        print(words("case.empty"))
    for entry in entries:
        print(printable(_line(entry, words)))


def _line(entry: Entry, words: Words) -> str:
    period = " – ".join(dict.fromkeys(filter(None, (entry.first, entry.last))))
    told = (words.number("case.papers", entry.papers), period, stands(entry.standing, words))
    return f"{entry.number}  {entry.title}\n    {' · '.join(filter(None, told))}"
