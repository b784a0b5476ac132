"""Which kinds of paper, and which sections of them, answer a kind of question.

A motion tells what was demanded, a § of minutes what was decided, the official report what it
costs. How far each of them does was learned from questions with known answers (`python -m eval
lean`, which writes `leaning.toml`); docs/decisions/0009-search.md tells what it gives.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from assistant.question import Question
from ingest.grammar.headings import kind_of
from ingest.passages import Passage

ALL = "all"
"""What holds for every kind of question; a kind of its own adds to it."""
TOP = "top"
"""The section of a passage that stands under no heading."""
OTHER = "other"
"""The section of a passage whose heading is of no kind."""


def leaning(question: Question, passage: Passage) -> float:
    """How much likelier such a passage is to answer such a question, on the scale of the search's
    scores; 0.0 where nothing is known."""
    papers, sections = _learned()
    things = ((papers, passage.kind.value), (sections, section(passage)))
    return sum(
        table.get(kind, {}).get(thing, 0.0)
        for table, thing in things
        for kind in (ALL, question.kind)
    )


def section(passage: Passage) -> str:
    """The kind of section that a passage stands in, by its innermost heading."""
    if not passage.headings:
        return TOP
    return kind_of(passage.headings[-1]) or OTHER


@lru_cache(maxsize=1)
def _learned() -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    read = tomllib.loads((files("assistant") / "leaning.toml").read_text("utf-8"))
    return read["paper"], read["section"]
