"""`python -m eval …`: `beredd eval` and the tools around it."""

from __future__ import annotations

import sys
from importlib import import_module

from ingest.errors import BereddError

_TOOLS = {
    "check": ("eval.cli_tools:check", "check case files against a corpus"),
    "retrieval": ("eval.cli_retrieval:main", "measure search, with the baselines beside it"),
    "compare": ("eval.cli_tools:compare", "compare two result folders"),
    "mutate": ("eval.cli_tools:mutate", "plant faults in good answers: does each metric notice?"),
    "feedback": ("eval.cli_tools:feedback", "turn what users marked as wrong into draft cases"),
    "results": ("eval.cli_tools:results", "write docs/results.md from the result folders"),
    "planted": ("eval.planted:main", "false and true sentences against the verifier"),
    "reading": ("eval.reading:main", "parts and records against labelled papers"),
}


def main(argv: list[str] | None = None) -> int:
    """Runs one tool, or `beredd eval` on the case files that are given."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in ("-h", "--help"):
        print(_help())
        return 0 if arguments else 2
    name = arguments[0]
    target, rest = (
        (_TOOLS[name][0], arguments[1:]) if name in _TOOLS else ("eval.cli:main", arguments)
    )
    module, _, function = target.partition(":")
    try:
        code: int = getattr(import_module(module), function)(rest)
    except BereddError as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\neval: stopped.", file=sys.stderr)
        return 130
    return code


def _help() -> str:
    rows = "\n".join(f"  {name:<10} {text}" for name, (_, text) in _TOOLS.items())
    return (
        "usage: python -m eval CASES.jsonl … [options as for: beredd eval --help]\n"
        f"       python -m eval TOOL …\n\n{rows}"
    )


if __name__ == "__main__":
    sys.exit(main())
