"""The log of questions: off unless it is set, one file a day, kept for so many days and no longer.

A line is JSON: `{"time", "person", "question", "language", "outcome", "ms"}`; `person` is the name
that was logged in with, "" where nobody logs in. Answers are not kept.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from assistant.answer import Answer
from assistant.users import key
from vectorstore.lock import writing

FOLDER = "questions"
"""Where the log lies in the index folder."""
_guard = threading.Lock()


@dataclass(slots=True)
class QuestionLog:
    """The log of an index. `days`: how long a question is kept; 0: nothing is written."""

    index: Path
    days: int
    _cleared: date | None = field(default=None)

    def keep(self, answer: Answer, person: str) -> None:
        """Writes a question down where the log is on, and lets go of what is too old.

        Raises:
            OSError: it cannot be written.
        """
        now = datetime.now(UTC)
        self.tidy()
        if self.days <= 0:
            return
        line = {
            "time": now.isoformat(timespec="seconds"),
            "person": person,
            "question": answer.question,
            "language": answer.language,
            "outcome": answer.outcome.value,
            "ms": answer.timings_ms.get("total", 0.0),
        }
        folder = self.index / FOLDER
        with _alone(folder):
            file = folder / f"{now:%Y-%m-%d}.jsonl"
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with open(handle, "a", encoding="utf-8") as out:  # noqa: PTH123  (a handle)
                out.write(json.dumps(line, ensure_ascii=False) + "\n")

    def tidy(self) -> None:
        """Lets go of what is too old; looks once a day."""
        today = datetime.now(UTC).date()
        if self._cleared != today:
            clear(self.index, self.days, today)
            self._cleared = today


def clear(index: Path, days: int, today: date) -> int:
    """Removes what is older than so many days; returns how many files went."""
    first = today - timedelta(days=max(days - 1, 0)) if days > 0 else date.max
    old = [file for file, day in _files(index) if day < first]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def erase(index: Path, person: str) -> int:
    """Removes every question of a person; returns how many there were."""
    erased = 0
    for file, _ in _files(index):
        with _alone(file.parent):
            lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not _is_of(line, key(person))]
            if len(kept) < len(lines):
                erased += len(lines) - len(kept)
                temporary = file.with_name(f".{file.name}")
                temporary.touch(mode=0o600)
                temporary.write_text("".join(kept), encoding="utf-8")
                temporary.replace(file)
    return erased


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One at a time, also between the server and the command that erases."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with _guard, writing(folder, wait_s=10.0):
        yield


def _is_of(line: str, person: str) -> bool:
    """A line that cannot be read may be anybody's: it goes too."""
    try:
        return key(str(json.loads(line)["person"])) == person
    except (ValueError, KeyError, TypeError):
        return True


def _files(index: Path) -> list[tuple[Path, date]]:
    found = []
    for file in (index / FOLDER).glob("*.jsonl"):
        try:
            found.append((file, date.fromisoformat(file.stem)))
        except ValueError:
            continue
    return sorted(found)
