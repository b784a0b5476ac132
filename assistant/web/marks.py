"""What people think of answers: one JSON line for each mark, in the index folder.

The lines have the form that `eval.feedback` turns into draft cases.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

from assistant.answer import Answer, to_json

NAME = "feedback.jsonl"
_guard = threading.Lock()


def keep(
    folder: Path, verdict: str, answer: Answer, citation: str | None = None, comment: str = ""
) -> None:
    """Appends a mark to the feedback file.

    Args:
        folder: the index folder.
        verdict: "right", "wrong" or "wrong_source"; the last one with the citation's id.

    Raises:
        OSError: the file cannot be written.
    """
    line = {
        "verdict": verdict,
        "question": answer.question,
        "answer": to_json(answer),
        "citation": citation,
        "comment": comment,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with _guard, (folder / NAME).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
