"""Plots as inline SVG: written by hand, coloured by the page's style sheet, readable as text.

Every plot is an `<svg role="img">` with a title that says what it shows; the same figures stand in
a table beside it. Built as an element tree, so that no text can become markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from markupsafe import Markup

WIDTH = 640.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 12.0, 14.0, 34.0
_HEIGHT = 280.0


class Interval(NamedTuple):
    """One row of an interval plot; a share in 0–1 with its 95 % interval."""

    label: str
    value: float | None
    low: float | None
    high: float | None


class Line(NamedTuple):
    """One curve: points in data units, by x."""

    label: str
    points: Sequence[tuple[float, float]]


def intervals(title: str, rows: Sequence[Interval]) -> Markup:
    """Shares with their intervals, one row each, on an axis from 0 to 1."""
    step, left = 24.0, 190.0
    height = step * len(rows) + 30
    svg = _svg(title, height)

    def x(share: float) -> float:
        return left + share * (WIDTH - left - _RIGHT)

    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        _line(svg, (x(tick), 4), (x(tick), height - 24), "grid")
        _text(svg, x(tick), height - 8, f"{tick:.2f}", "tick", "middle")
    for at, row in enumerate(rows):
        y = step * at + 16
        _text(svg, left - 8, y + 4, row.label, "label", "end")
        if row.value is None or row.low is None or row.high is None:
            _text(svg, x(0) + 4, y + 4, "–", "tick", "start")
            continue
        _line(svg, (x(row.low), y), (x(row.high), y), "whisker s0")
        ET.SubElement(svg, "circle", _attributes(cx=x(row.value), cy=y, r=4.5), **{"class": "s0"})
    return _markup(svg)


def curves(
    title: str, lines: Sequence[Line], *, x_label: str, y_label: str, steps: bool = False
) -> Markup:
    """Curves on a y axis from 0 to 1, with a legend below. `steps` draws stairs."""
    drawn = [line for line in lines if line.points]
    top = max((x for line in drawn for x, _ in line.points), default=1.0) or 1.0
    height = _HEIGHT + 20 * len(drawn)
    svg = _svg(title, height)

    def place(x: float, y: float) -> tuple[float, float]:
        return (_LEFT + x / top * (WIDTH - _LEFT - _RIGHT),
                _TOP + (1 - y) * (_HEIGHT - _TOP - _BOTTOM))  # fmt: skip

    _axes(svg, place, top, x_label, y_label)
    for at, line in enumerate(drawn):
        points = _stairs(line.points) if steps else list(line.points)
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in (place(*point) for point in points))
        ET.SubElement(svg, "polyline", {"points": path, "class": f"curve s{at % 6}"})
        y = _HEIGHT + 20 * at + 6
        _line(svg, (_LEFT, y - 4), (_LEFT + 24, y - 4), f"curve s{at % 6}")
        _text(svg, _LEFT + 32, y, line.label, "label", "start")
    return _markup(svg)


def histogram(title: str, values: Sequence[float], *, x_label: str, bins: int = 24) -> Markup:
    """How values are spread, from 0 to the greatest; the median and p95 are marked."""
    svg = _svg(title, _HEIGHT)
    if not values:
        _text(svg, _LEFT, 40, "–", "label", "start")
        return _markup(svg)
    top = max(values) or 1.0
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, int(value / top * bins))] += 1
    most = max(counts)

    def place(x: float, y: float) -> tuple[float, float]:
        return (_LEFT + x / top * (WIDTH - _LEFT - _RIGHT),
                _TOP + (1 - y) * (_HEIGHT - _TOP - _BOTTOM))  # fmt: skip

    for at, count in enumerate(counts):
        x, y = place(at * top / bins, count / most)
        wide = (WIDTH - _LEFT - _RIGHT) / bins - 1
        bar = _attributes(x=x, y=y, width=wide, height=_HEIGHT - _BOTTOM - y)
        ET.SubElement(svg, "rect", bar, **{"class": "bar s0"})
    ordered = sorted(values)
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        value = ordered[min(len(ordered) - 1, int(share * len(ordered)))]
        (x, low), (_, high) = place(value, 0), place(value, 1)
        _line(svg, (x, low), (x, high), "mark")
        _text(svg, x + 3, high + (10 if name == "p50" else 24), f"{name} {value:.0f}", "tick",
              "start")  # fmt: skip
    _line(svg, place(0, 0), place(top, 0), "axis")
    _text(svg, WIDTH / 2, _HEIGHT - 4, f"{x_label} (0–{top:.0f})", "tick", "middle")
    return _markup(svg)


def _axes(svg: ET.Element, place: object, top: float, x_label: str, y_label: str) -> None:
    assert callable(place)
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        (x0, y0), (x1, y1) = place(0, tick), place(top, tick)
        _line(svg, (x0, y0), (x1, y1), "grid")
        _text(svg, x0 - 6, y0 + 4, f"{tick:.2f}", "tick", "end")
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(share * top, 0)
        shown = f"{share * top:.2f}" if top <= 1 else f"{share * top:.0f}"
        _text(svg, x, y + 14, shown, "tick", "end" if share == 1 else "middle")
    _text(svg, WIDTH / 2, _HEIGHT - 6, f"{y_label} / {x_label}", "tick", "middle")


def _stairs(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for x, y in points:
        if out:
            out.append((x, out[-1][1]))
        out.append((x, y))
    return out


def _svg(title: str, height: float) -> ET.Element:
    box = f"0 0 {WIDTH:.0f} {height:.0f}"
    svg = ET.Element("svg", {"viewBox": box, "role": "img", "class": "plot"})
    ET.SubElement(svg, "title").text = title
    return svg


def _line(svg: ET.Element, a: tuple[float, float], b: tuple[float, float], style: str) -> None:
    ends = _attributes(x1=a[0], y1=a[1], x2=b[0], y2=b[1])
    ET.SubElement(svg, "line", ends, **{"class": style})


def _text(svg: ET.Element, x: float, y: float, text: str, style: str, anchor: str) -> None:
    place = _attributes(x=x, y=y)
    element = ET.SubElement(svg, "text", place, **{"class": style, "text-anchor": anchor})
    element.text = text


def _attributes(**values: float) -> dict[str, str]:
    return {name: f"{value:.1f}" for name, value in values.items()}


def _markup(svg: ET.Element) -> Markup:
    return Markup(ET.tostring(svg, encoding="unicode"))
