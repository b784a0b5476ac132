"""What each command imports before it does anything, and how long that takes."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HEAVY = frozenset({
    "chromadb", "gradio", "langchain", "langchain_core", "openvino", "pandas", "scipy",
    "sentence_transformers", "sklearn", "tantivy", "tiktoken", "torch", "transformers",
})  # fmt: skip
"""Libraries that take long to import."""
_IMPORTED = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)$", re.MULTILINE)
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Start:
    """What starting a command costs.

    Attributes:
        command: its arguments.
        seconds: processor time of the whole command.
        imports: milliseconds by library, its own modules only, slowest first.
    """

    command: str
    seconds: float
    imports: dict[str, float]

    @property
    def heavy(self) -> list[str]:
        """The libraries among `HEAVY` that were imported, by name."""
        return sorted(HEAVY & self.imports.keys())

    def line(self) -> str:
        """The figures as a line to read."""
        slowest = ", ".join(f"{n} {ms:.0f}" for n, ms in [*self.imports.items()][:_SHOWN])
        whole = sum(self.imports.values())
        return (
            f"beredd {self.command:<10} {self.seconds:>5.2f} s of processor time, imports "
            f"{whole:>5.0f} ms ({slowest}); heavy: {', '.join(self.heavy) or 'none'}"
        )


def starts(index: Path, question: str) -> list[Start]:
    """What the commands that a person waits for cost; imports are slower while they are timed."""
    place = ["--index", str(index)]
    return [
        start(["--help"]),
        start(["documents", *place]),
        start(["search", question, *place]),
        start(["ask", question, *place]),
    ]


def start(arguments: Sequence[str]) -> Start:
    """Runs one command and takes down what it imports."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assistant", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Start(arguments[0], spent, by_library(done.stderr))


def by_library(told: str) -> dict[str, float]:
    """What `python -X importtime` tells, as milliseconds by top-level name, slowest first."""
    took: Counter[str] = Counter()
    for microseconds, module in _IMPORTED.findall(told):
        took[module.partition(".")[0]] += int(microseconds)
    return {name: spent / 1000 for name, spent in took.most_common()}
