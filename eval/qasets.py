"""Plain question → passage sets, and what is measured on them.

Three sets made by others, in `shared/qa`: SweQUAD-MC and SweFAQ 2.0 (CC BY 4.0), and the titles of
council paragraphs, each to be found by its own text with the title taken out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.match import occurrences
from ingest.errors import BereddError

TITLE_WITHIN = 400
"""A title counts as the heading only if it ends within this many characters after its length."""


@dataclass(frozen=True, slots=True)
class QaSet:
    """Questions, passages, and which passages answer which question.

    Attributes:
        passages: id → text.
        questions: (question, ids of the passages that answer it), in order.
    """

    name: str
    passages: Mapping[str, str]
    questions: tuple[tuple[str, frozenset[str]], ...]


def load(folder: Path) -> tuple[QaSet, ...]:
    """The sets in a folder laid out as `shared/qa`. BereddError if it holds none of them."""
    sets = tuple(
        make(folder)
        for make, file in (
            (_swequad, "swequad_questions.jsonl"),
            (_swefaq, "swefaq_questions.jsonl"),
            (_titles, "goteborg_title_queries.jsonl"),
        )
        if (folder / file).is_file()
    )
    if not sets:
        raise BereddError(
            f"No question set in {folder}. Give the folder that holds "
            "swequad_questions.jsonl and its like."
        )
    return sets


def without_title(text: str, title: str) -> str:
    """The text without its heading: the lines that the title stands on are taken out.

    Only the title's first occurrence, near the beginning, is its heading; a list of papers below
    may name it again and keeps it. The lines before it, which hold the § and the case number,
    stay. A text without its title is returned as it is.
    """
    found = occurrences(title, text)
    if not found or found[0].end > len(title) + TITLE_WITHIN:
        return text
    start = text.rfind("\n", 0, found[0].start) + 1
    end = text.find("\n", found[0].end)
    return text[:start] + ("" if end < 0 else text[end + 1 :])


def _swequad(folder: Path) -> QaSet:
    return _answers(
        "SweQUAD", folder / "swequad_passages.jsonl", folder / "swequad_questions.jsonl"
    )


def _swefaq(folder: Path) -> QaSet:
    return _answers("SweFAQ", folder / "swefaq_passages.jsonl", folder / "swefaq_questions.jsonl")


def _answers(name: str, passages: Path, questions: Path) -> QaSet:
    return QaSet(
        name,
        {row["id"]: row["text"] for row in _rows(passages)},
        tuple((row["question"], frozenset({row["passage_id"]})) for row in _rows(questions)),
    )


def _titles(folder: Path) -> QaSet:
    passages = {
        row["id"]: without_title(row["text"], row["rubrik"])
        for row in _rows(folder / "goteborg_paragraphs.jsonl")
    }
    queries = _rows(folder / "goteborg_title_queries.jsonl")
    return QaSet(
        "Göteborg titles",
        passages,
        tuple((row["query"], frozenset(row["gold"])) for row in queries),
    )


def _rows(file: Path) -> list[dict[str, Any]]:
    lines = file.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]
