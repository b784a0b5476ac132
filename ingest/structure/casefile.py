"""A stacked case file, cut into its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parts import PartKind
from ingest.structure.casefile_tails import tail
from ingest.structure.papers_heads import Head, governing_title, heads
from ingest.structure.papers_text import Line


@dataclass(frozen=True, slots=True)
class Cut:
    """One paper of a stack: `lines[first:last]`; `head` is None for what has no head of its own."""

    first: int
    last: int
    kind: PartKind
    head: Head | None


def cuts(all_lines: Sequence[Line]) -> tuple[Cut, ...]:
    """The papers of a stack, in order, covering all lines."""
    found = heads(all_lines)
    starts: list[tuple[int, Head | None]] = [(head.first, head) for head in found]
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, None))
    result: list[Cut] = []
    for (first, head), (last, _) in zip(starts, [*starts[1:], (len(all_lines), None)], strict=True):
        kind = head.kind if head else PartKind.OTHER
        begins = tail(all_lines, first, last, kind)
        result.append(Cut(first, begins or last, kind, head))
        if begins:
            governs = governing_title(all_lines, begins) is not None
            kind = PartKind.REGULATION if governs else PartKind.APPENDIX
            result.append(Cut(begins, last, kind, None))
    return tuple(result)
