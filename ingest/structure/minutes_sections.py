"""The headed sections inside a §."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.grammar.headings import Heading, find_headings
from ingest.structure.minutes_text import Stretch


@dataclass(frozen=True, slots=True)
class Section:
    """A section: what its heading introduces and the stretch below the heading.

    `kind` is "" and `heading` None for what stands before the first heading.
    """

    kind: str
    heading: Heading | None
    label: str
    body: Stretch


def sections(paragraph: Stretch) -> tuple[Section, ...]:
    """The sections of a §, in order; what is no heading lies in one of them."""
    return tuple(_sections(paragraph))


def _sections(paragraph: Stretch) -> Iterator[Section]:
    heading: Heading | None = None
    at = 0
    for following in find_headings(paragraph.text):
        if _belongs_to_list(heading, following):
            continue
        yield _section(paragraph, heading, at, following.start)
        heading, at = following, following.end
    yield _section(paragraph, heading, at, len(paragraph.text))


def _section(paragraph: Stretch, heading: Heading | None, start: int, end: int) -> Section:
    kind, label = (heading.kind, heading.label) if heading else ("", "")
    return Section(kind, heading, label, paragraph.cut(start, end))


def _belongs_to_list(above: Heading | None, heading: Heading) -> bool:
    """A line of a list that reads like a heading: a recipient, a paper, a voter's row."""
    if above is None:
        return False
    if heading.kind in ("attendance", "contents"):
        return above.kind in ("vote", "sent_to", "papers", "decision", "summary", "debate")
    if heading.kind == "closing":
        return above.kind in ("vote", "sent_to", "papers")
    return (
        above.kind in ("sent_to", "papers")
        and heading.kind in ("debate", "summary")
        and (heading.label.casefold() in ("information", "ekonomi", "bakgrund", "syfte", "ärende"))
    )
