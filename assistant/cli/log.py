"""`beredd log`: erases a person's questions from the log of questions."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant import question_log
from assistant.settings import Settings


def main(argv: list[str]) -> int:
    """Erases; returns 0."""
    made = argparse.ArgumentParser(
        prog="beredd log",
        description="Look after the log of questions, which is on where BEREDD_QUESTION_LOG_DAYS "
        "is set.",
    )
    made.add_argument("--index", type=Path, help="the index folder (default: .beredd)")
    what = made.add_subparsers(dest="what", required=True)
    erase = what.add_parser("erase", help="remove every question that a person has asked")
    erase.add_argument("--person", required=True, metavar="NAME", help="as they log in")
    args = made.parse_args(argv)
    count = question_log.erase(args.index or Settings.from_environ().index, args.person)
    print(f"erased {count} questions")
    return 0
