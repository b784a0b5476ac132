"""`beredd audit`: what is installed, held against advisories in a file."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from assistant.advisories import age_days, read, weaknesses
from assistant.bill import components
from assistant.cli.opening import printable


def main(argv: list[str]) -> int:
    """Prints the weaknesses that are known; 1 if there are any, 0 if there is none."""
    made = argparse.ArgumentParser(
        prog="beredd audit",
        description="Compare what Beredd is installed with to known weaknesses, without a network.",
    )
    made.add_argument("advisories", type=Path, help="a zip file of OSV advisories for PyPI")
    args = made.parse_args(argv)
    known, bill = read(args.advisories), components()
    found = weaknesses(bill, known)
    for one in found:
        mended = f"mended in {', '.join(one.fixed)}" if one.fixed else "not mended yet"
        print(printable(f"{one.name} {one.version}: {one.advisory} {one.summary} ({mended})"))
    days = age_days(known, datetime.now(UTC))
    print(
        f"{len(bill)} components, {len(known.entries)} advisories, {len(found)} found. "
        f"The newest advisory is {'of unknown age' if days is None else f'{days} days old'}."
    )
    return 1 if found else 0
