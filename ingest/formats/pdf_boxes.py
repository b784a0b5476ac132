"""Boxes and places on a page, and turning them."""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]
"""In points: left, bottom, right, top, y upwards. As fractions of the shown page: left, top, right,
bottom, y downwards."""


class Place(NamedTuple):
    """Where a character stands: its origin in points, the font's size, and how it is turned."""

    x: float
    y: float
    size: float
    turn: int


def is_raised(place: Place, beside: Place) -> bool:
    rise = (place.y - beside.y, beside.x - place.x, beside.y - place.y, place.x - beside.x)
    return place.size < 0.85 * beside.size and rise[beside.turn] > 0.15 * beside.size


def turned(box: Box, turn: int) -> Box:
    """A box with its axes turned, so that text turned left by `turn` right angles is upright."""
    left, bottom, right, top = box
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return -top, left, -bottom, right
    return box


def by_line(found: list[Box]) -> list[Box]:
    """The boxes of words as boxes of lines."""
    lines: list[Box] = []
    for box in found:
        last = lines[-1] if lines else None
        if last and _beside(last, box):
            left, top = min(last[0], box[0]), min(last[1], box[1])
            lines[-1] = (left, top, max(last[2], box[2]), max(last[3], box[3]))
        else:
            lines.append(box)
    return lines


def _beside(a: Box, b: Box) -> bool:
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return shared > 0.5 * min(a[3] - a[1], b[3] - b[1]) and b[0] >= a[0] and b[0] - a[2] < 0.1
