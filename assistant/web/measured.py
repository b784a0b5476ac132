"""How often this installation was right when it was measured: what `beredd eval` left beside the
index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.web.words import Words
from vectorstore.index import Index

NAME = "measured.json"
_SHOWN = ("right", "sourced", "verbatim", "declined", "false_decline")


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures as they are shown.

    Attributes:
        when: the day, as people write it. cases: the case files.
        rows: what was measured, and the figure.
        changed: True if the index has changed since.
    """

    when: str
    cases: str
    rows: tuple[tuple[str, str], ...]
    changed: bool


def measured(index: Index, words: Words) -> Measured | None:
    """The latest figures for an index; None where there are none that can be read."""
    try:
        data = json.loads((index.folder / NAME).read_text(encoding="utf-8"))
        rows = [
            (words(f"measured.{name}"), _figure(data["figures"][name], words))
            for name in _SHOWN
            if data["figures"].get(name, {}).get("value") is not None
        ]
        cases = ", ".join(Path(str(name)).name for name in data["cases"])
        changed = int(data["generation"]) != index.manifest.generation
        return Measured(words.day(str(data["time"])[:10]), cases, tuple(rows), changed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _figure(figure: dict[str, Any], words: Words) -> str:
    value = words("measured.percent", n=round(100 * float(figure["value"])))
    if figure.get("low") is None or figure.get("high") is None:
        return words("measured.plain", value=value, count=int(figure["n"]))
    low, high = (round(100 * float(figure[side])) for side in ("low", "high"))
    return words("measured.figure", value=value, low=low, high=high, count=int(figure["n"]))
