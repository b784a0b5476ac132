"""Base of what the grammar finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something at the half-open range `[start, end)` of the text that was searched."""

    start: int
    end: int
