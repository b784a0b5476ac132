"""Answers as they were given: the answer objects of `beredd ask --json` and `--jsonl`, parsed.

Fields that scoring does not need are kept aside untouched, so that a result folder holds exactly
what the assistant said.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import BereddError

ANSWERING = frozenset({"answered", "partial"})
"""Outcomes that give an answer; every other outcome declines."""

_TOKEN = re.compile(r"\s*\[S\d+(?:\s*,\s*S\d+)*\]")


class GivenSentence(BaseModel):
    """One sentence with the ids of its citations."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    text: str
    citations: tuple[str, ...] = ()
    role: str = "fact"


class GivenCitation(BaseModel):
    """One citation; offsets are None where the answer came without them."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    file: str
    quote: str
    document: str | None = None
    part: str | None = None
    type: str | None = None
    role: str | None = None
    body: str | None = None
    date: str | None = None
    case_number: str | None = None
    paragraph: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None


class Given(BaseModel):
    """One answer. `raw` is the object it was read from."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    outcome: str
    answer: str
    question: str = ""
    standalone_question: str = ""
    language: str = "sv"
    sentences: tuple[GivenSentence, ...] = ()
    citations: tuple[GivenCitation, ...] = ()
    composer: str = ""
    timings_ms: dict[str, float] = {}
    confidence: float | None = None
    raw: dict[str, Any] = {}

    @property
    def answers(self) -> bool:
        """True if the outcome gives an answer, False if it declines."""
        return self.outcome in ANSWERING

    @property
    def plain(self) -> str:
        """The answer's text without its source tokens."""
        return strip_tokens(self.answer)


class AnswersRefused(BereddError):
    """A file of answers cannot be scored."""


def strip_tokens(text: str) -> str:
    """`text` without source tokens such as `[S1]` and the space before them."""
    return _TOKEN.sub("", text)


def parse(data: dict[str, Any]) -> Given:
    """One answer object. Raises pydantic's ValidationError if a needed field is missing."""
    return Given.model_validate(data | {"raw": data})


def read(file: Path) -> dict[str, tuple[Given, ...]]:
    """Answers by case id: one for a single question, one a turn for a dialogue.

    Raises AnswersRefused with the line and the reason.
    """
    answers: dict[str, tuple[Given, ...]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case_id, turns = _line(line)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnswersRefused(f"{file}:{number}: not an answer: {_reason(error)}") from error
        if case_id in answers:
            raise AnswersRefused(f"{file}:{number}: the id {case_id!r} has two answers.")
        answers[case_id] = turns
    return answers


def write(file: Path, answers: dict[str, tuple[Given, ...]], dialogues: frozenset[str]) -> None:
    """Writes the answers as `beredd ask --jsonl` prints them; `dialogues` are ids with turns."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for case_id, turns in answers.items():
            if case_id in dialogues:
                line = {"id": case_id, "turns": [turn.raw for turn in turns]}
            else:
                line = turns[0].raw | {"id": case_id}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _line(line: str) -> tuple[str, tuple[Given, ...]]:
    data = json.loads(line)
    if "turns" in data:
        return str(data["id"]), tuple(parse(turn) for turn in data["turns"])
    return str(data["id"]), (parse(data),)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return f"{type(error).__name__}: {error}"
