"""The beginning of a paper, and the rules drawn above it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.parts import PartKind

RULE = re.compile(r" *_{4,}$")
"""A rule drawn after the words of a line."""
RULED = re.compile(r"[-–—_=* ]{8,}$")
"""A line that is a drawn rule."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a paper.

    Attributes:
        start: offset of its first line, letterhead and label included.
        line: index of the line that names the genre.
        first: index of the first line of the head.
        kind: what the paper is.
        form: the name of the rule that found it.
        label: the number of the appendix it is filed as ("2"), or None.
    """

    start: int
    line: int
    first: int
    kind: PartKind
    form: str
    label: str | None = None
