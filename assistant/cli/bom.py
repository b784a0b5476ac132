"""`beredd bom`: the bill of materials."""

from __future__ import annotations

import argparse

from assistant.bill import components, cyclonedx
from assistant.cli.opening import dump, printable


def main(argv: list[str]) -> int:
    """Prints what Beredd is installed with; always returns 0."""
    made = argparse.ArgumentParser(
        prog="beredd bom", description="List what Beredd is installed with, and the licences."
    )
    made.add_argument("--json", action="store_true", help="print CycloneDX 1.6")
    args = made.parse_args(argv)
    bill = components()
    if args.json:
        dump(cyclonedx(bill))
        return 0
    for one in bill:
        print(printable(f"{one.name:32} {one.version:16} {one.licence}"))
    return 0
