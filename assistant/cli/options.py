"""The filters that `ask` and `search` share."""

from __future__ import annotations

import argparse

from assistant.filters import Filters


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Adds `--type`, `--body`, `--party`, `--case`, `--from` and `--to`."""
    group = parser.add_argument_group("filters", "search only some of what is indexed")
    group.add_argument("--type", action="append", default=[], help="kind of paper, e.g. motion")
    group.add_argument("--body", action="append", default=[], help='e.g. "Kommunfullmäktige"')
    group.add_argument("--party", action="append", default=[], help="e.g. V")
    group.add_argument("--case", action="append", default=[], help="diarienummer")
    group.add_argument("--from", dest="first", metavar="DATE", help="ISO date, inclusive")
    group.add_argument("--to", dest="last", metavar="DATE", help="ISO date, inclusive")


def filters(args: argparse.Namespace) -> Filters:
    """The filters that were chosen."""
    return Filters(
        kinds=tuple(args.type),
        bodies=tuple(args.body),
        parties=tuple(args.party),
        cases=tuple(args.case),
        first=args.first,
        last=args.last,
    )
