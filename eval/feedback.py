"""What users marked in the chat becomes draft cases, to be finished by hand.

A line of feedback is JSON: `{"verdict": "right" | "wrong" | "wrong_source", "question",
"answer": {the answer object}, "citation": "S2" | null, "comment", "time"}`. A draft is refused as a
case until a person has filled in what only a person knows: its facts, and its source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ingest.errors import BereddError

VERDICTS = ("wrong", "wrong_source", "right")


def read(file: Path) -> list[dict[str, Any]]:
    """The lines of a feedback file. BereddError with the line that is none."""
    lines: list[dict[str, Any]] = []
    for number, text in enumerate(file.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            if line["verdict"] not in VERDICTS or not isinstance(line["answer"], dict):
                raise ValueError(f"verdict {line['verdict']!r}")
        except (ValueError, KeyError, TypeError) as error:
            raise BereddError(f"{file}:{number}: not feedback: {error!r}.") from error
        lines.append(line)
    return lines


def drafts(lines: Iterable[Mapping[str, Any]], *, right: bool = False) -> list[dict[str, Any]]:
    """A draft case for each question that was marked wrong (`right` takes the others too).

    A question that was marked several times gives one draft; the marks stand in its note.
    """
    by_question: dict[str, list[Mapping[str, Any]]] = {}
    for line in lines:
        if line["verdict"] != "right" or right:
            by_question.setdefault(_question(line), []).append(line)
    return [
        _draft(f"fb{number:03}", question, marks)
        for number, (question, marks) in enumerate(by_question.items(), start=1)
    ]


def _draft(name: str, question: str, marks: list[Mapping[str, Any]]) -> dict[str, Any]:
    answer = marks[-1]["answer"]
    bad = {mark.get("citation") for mark in marks if mark["verdict"] == "wrong_source"}
    kept = [c for c in answer.get("citations", []) if c["id"] not in bad]
    good = all(mark["verdict"] == "right" for mark in marks)
    return {
        "id": name,
        "lang": answer.get("language", "sv"),
        "city": "",
        "category": "fact",
        "question": question,
        "answerable": True,
        "gold_any": [[_gold(c)] for c in kept] if good else [],
        "facts": [],
        "forbidden": [],
        "note": _note(marks, answer, kept),
    }


def _question(line: Mapping[str, Any]) -> str:
    """The question as it stands alone: a later turn of a dialogue makes a case of its own."""
    answer = line["answer"]
    return str(
        answer.get("standalone_question") or line.get("question") or answer.get("question", "")
    )


def _gold(citation: Mapping[str, Any]) -> dict[str, Any]:
    gold = {"file": citation["file"], "quote": citation["quote"], "page": citation.get("page")}
    if citation.get("paragraph"):
        gold["section"] = f"§ {citation['paragraph']}"
    return gold


def _note(
    marks: list[Mapping[str, Any]], answer: Mapping[str, Any], kept: list[Mapping[str, Any]]
) -> str:
    said = "; ".join(
        " ".join(filter(None, (m["verdict"], m.get("citation"), m.get("comment")))) for m in marks
    )
    sources = "; ".join(f"{c['file']}: {' '.join(c['quote'].split())[:120]}" for c in kept)
    return (
        f"DRAFT. Fill in category, facts and gold_any, or set answerable to false. Marked: {said}. "
        f"Answered ({answer.get('outcome')}): {answer.get('answer', '')} Sources: {sources or '–'}"
    )
