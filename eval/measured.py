"""What was measured of an index, put beside it for the page about the service to show."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from eval import runs
from eval.metrics import Summary, to_json
from vectorstore import manifest

NAME = "measured.json"
SHOWN = ("right", "sourced", "verbatim", "declined", "false_decline")


def put(index: Path, summary: Summary, cases: Sequence[Path]) -> None:
    """Writes the figures of the single questions into the index folder; the last ones count.

    An index that may not be written is left as it is.
    """
    found = manifest.read(index)
    figures = to_json(summary).get("all", {})
    data = {
        "time": runs.now().isoformat(timespec="seconds"),
        "commit": runs.commit(),
        "cases": [file.name for file in cases],
        "generation": found.generation if found else 0,
        "figures": {name: figures[name] for name in SHOWN if name in figures},
    }
    with suppress(OSError):
        runs.write_json(index / NAME, data)
