"""The evaluation's tools by name, and how to keep what one of them prints."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path

from eval import runs
from ingest.errors import BereddError

TOOLS: dict[str, tuple[str, str]] = {
    "check": ("eval.cli_tools:check", "check case files against a corpus"),
    "retrieval": ("eval.cli_retrieval:main", "measure search, with the baselines beside it"),
    "ablate": ("eval.ablation:main", "what each part of the search gives, by leaving it out"),
    "lean": ("eval.lean:main", "which papers and sections answer which kinds of question"),
    "adapt": ("eval.adapter:main", "what a small adapter would give, on texts it has not seen"),
    "compare": ("eval.cli_tools:compare", "compare two result folders"),
    "mutate": ("eval.cli_tools:mutate", "plant faults in good answers: does each metric notice?"),
    "planted": ("eval.planted:main", "false and true sentences against the verifier"),
    "reading": ("eval.reading:main", "minutes against labels and the silver file"),
    "casefiles": ("eval.reading_casefiles:main", "case files against labels"),
    "styles": ("eval.reading_styles:main", "papers in eighty house styles against labels"),
    "speed": ("eval.reading_speed:main", "how fast papers are read into parts and records"),
    "bench": ("eval.bench:main", "measure speed and memory on a folder of documents"),
    "feedback": ("eval.cli_tools:feedback", "turn what users marked as wrong into draft cases"),
    "results": ("eval.cli_tools:results", "write docs/results.md from the result folders"),
    "keep": ("eval.tools:keep", "run a tool and keep what it prints as a result"),
}
"""Name → where its `main(argv)` is, and one line of help."""


_GROWN = ", and how they grow"
"""What sets a benchmark of grown indexes apart from one of an ingest: both are kept."""


def find(name: str) -> Callable[[list[str]], int] | None:
    """The tool of that name; it is imported now and not before."""
    if name not in TOOLS:
        return None
    module, _, function = TOOLS[name][0].partition(":")
    found: Callable[[list[str]], int] = getattr(import_module(module), function)
    return found


def keep(argv: list[str]) -> int:
    """`python -m eval keep TOOL …`: the tool's exit code; what it printed becomes a run."""
    out = Path("results")
    if argv[:1] == ["--out"] and len(argv) > 1:
        out, argv = Path(argv[1]), argv[2:]
    tool = find(argv[0]) if argv and argv[0] != "keep" else None
    if tool is None:
        raise BereddError(f"Give a tool to run: {', '.join(name for name in TOOLS)}.")
    said = _Both()
    with redirect_stdout(said):
        code = tool(argv[1:])
    with runs.new(out) as made:
        runs.write_json(made.work / "settings.json", runs.settings(runs.command_line()))
        title = TOOLS[argv[0]][1].capitalize() + (_GROWN if "--grow" in argv else "")
        runs.write_summary(made.work, "printed", {}, title=title, text=said.getvalue(), code=code)
    return code


class _Both(io.StringIO):
    """Keeps what is written, and shows it."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text) if sys.__stdout__ else None
        return super().write(text)
