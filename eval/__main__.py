"""`python -m eval …`: `beredd eval` and the tools around it."""

from __future__ import annotations

import sys

from eval import cli
from eval.tools import TOOLS, find
from ingest.errors import BereddError


def main(argv: list[str] | None = None) -> int:
    """Runs one tool, or `beredd eval` on the case files that are given."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_help())
        return 0 if arguments else 2
    try:
        tool = find(arguments[0])
        return tool(arguments[1:]) if tool else cli.main(arguments)
    except BereddError as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\neval: stopped.", file=sys.stderr)
        return 130


def _help() -> str:
    rows = "\n".join(f"  {name:<10} {text}" for name, (_, text) in TOOLS.items())
    return (
        "usage: python -m eval CASES.jsonl … [options as for: beredd eval --help]\n"
        f"       python -m eval TOOL …\n\n{rows}"
    )


if __name__ == "__main__":
    sys.exit(main())
