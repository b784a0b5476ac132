"""The report of a run: one self-contained HTML page. All text is escaped, nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.statistics import Figure

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline figure."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row is its head."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Item:
    """A quoted text with where it stands; `marked` if it holds what was looked for."""

    label: str
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A titled list of quoted texts inside a case."""

    title: str
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class FailedCase:
    """One case that went wrong, with all a person needs to see why."""

    key: str
    category: str
    question: str
    why: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page; whatever is empty is left out."""

    title: str
    text: str = ""
    tiles: Sequence[Tile] = ()
    plots: Sequence[Markup] = ()
    tables: Sequence[Table] = ()
    failures: Sequence[FailedCase] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report."""

    title: str
    subtitle: str
    sections: Sequence[Section]


def render(page: Page) -> str:
    """The page as HTML. A slot of the template that nothing fills is an error."""
    loader = FileSystemLoader(_HERE)
    templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    style = Markup((_HERE / "report.css").read_text(encoding="utf-8"))
    return templates.get_template("report.html").render(page=page, style=style)


def shown(figure: Figure | None) -> str:
    """A share for a table cell: "0.83", or "–" where it does not apply."""
    return "–" if figure is None or figure.value is None else f"{figure.value:.2f}"


def tile(label: str, figure: Figure | None) -> Tile:
    """A headline figure with its interval and the number of cases."""
    if figure is None or figure.value is None:
        return Tile(label, "–", f"n = 0 of {figure.of if figure else 0}")
    note = f"{figure.low:.2f}–{figure.high:.2f}, n = {figure.n} of {figure.of}"
    return Tile(label, f"{figure.value:.3f}", note)
