"""Cases: what is asked, what a good answer says, and where it stands. Parsed and refused here.

A case file is JSONL: one single question or one dialogue a line, with the fields of
`docs/decisions/0007-evaluation.md`. A bad line is refused with its number and the reason, and the
other lines are still read, so that one run names every fault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.errors import BereddError

BUDGETS: dict[str, int] = {
    "who": 700,
    "vote": 700,
    "fact": 700,
    "pdf": 800,
    "decision": 1000,
    "trap_proposal_vs_decision": 1000,
    "compare": 2500,
    "timeline": 2500,
    "demand": 3000,
    "dialogue": 2500,
}
"""Longest right answer for each category, in characters with the source tokens removed."""

Category = Literal[
    "who",
    "demand",
    "decision",
    "vote",
    "fact",
    "trap_proposal_vs_decision",
    "compare",
    "timeline",
    "pdf",
    "unanswerable",
]
Text = Annotated[str, Field(min_length=1)]
Variants = Annotated[tuple[Text, ...], Field(min_length=1)]


class _Strict(BaseModel):
    """Unknown fields are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Gold(_Strict):
    """One place that holds the answer.

    Attributes:
        file: path of the document; the same file when one path is a suffix of the other.
        quote: the document's words. Compared without white space, since PDF text has its own.
        page: 1-based page of the quote, None where the format has none.
        section: for minutes, the paragraph ("§ 219") that the quote stands in.
    """

    file: Text
    quote: Annotated[str, Field(min_length=8)]
    page: Annotated[int, Field(ge=1)] | None = None
    section: str | None = None


Part = Annotated[tuple[Gold, ...], Field(min_length=1)]


class Turn(_Strict):
    """One question and what a right answer to it holds."""

    question: Text
    answerable: bool
    gold_any: tuple[Part, ...] = ()
    facts: tuple[Variants, ...] = ()
    forbidden: tuple[Text, ...] = ()
    note: str = ""
    false_premise: bool = False
    derived: bool = False
    derived_facts: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Turn:
        if self.answerable and not self.gold_any:
            raise ValueError("answerable, but gold_any names no source")
        if self.answerable and not self.facts:
            raise ValueError("answerable, but facts is empty")
        if not self.answerable and (self.gold_any or self.facts):
            raise ValueError("not answerable, but it has gold_any or facts")
        if self.answerable and self.false_premise:
            raise ValueError("false_premise belongs to questions that are not answerable")
        if any(not 0 <= at < len(self.facts) for at in self.derived_facts):
            raise ValueError("derived_facts points outside facts")
        return self


class _Single(Turn):
    id: Text
    lang: Literal["sv", "en"]
    city: str = ""
    category: Category


class _Dialogue(_Strict):
    id: Text
    lang: Literal["sv", "en"]
    city: str = ""
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Case:
    """A single question (one turn) or a dialogue (several, `category` "dialogue").

    Attributes:
        id: unique over all files of a run.
        lang: "sv" or "en", the language of the question.
        city: a label for grouping, "" where the file gives none.
    """

    id: str
    lang: str
    city: str
    category: str
    turns: tuple[Turn, ...]
    is_dialogue: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line of a case file that was not accepted. `line` is 1-based, 0 for the file itself."""

    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class CasesRefused(BereddError):
    """Some lines are not cases. `refusals` lists each with its line and reason."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        lines = "\n".join(f"  {refusal}" for refusal in refusals)
        super().__init__(f"{len(refusals)} lines are not cases. Mend them and run again:\n{lines}")
        self.refusals = refusals


def load(files: Iterable[Path]) -> tuple[Case, ...]:
    """The cases of all files, in order. Raises CasesRefused if any line is not a case."""
    cases, refusals = read(files)
    if refusals:
        raise CasesRefused(refusals)
    return cases


def read(files: Iterable[Path]) -> tuple[tuple[Case, ...], tuple[Refusal, ...]]:
    """The cases that can be read and the lines that cannot."""
    cases: list[Case] = []
    refusals: list[Refusal] = []
    seen: dict[str, str] = {}
    for file in files:
        for line, text in _lines(file, refusals):
            try:
                case = parse(text)
            except ValueError as error:
                refusals.append(Refusal(file, line, str(error)))
                continue
            if case.id in seen:
                refusals.append(Refusal(file, line, f"id {case.id!r} is taken by {seen[case.id]}"))
                continue
            seen[case.id] = f"{file.name}:{line}"
            cases.append(case)
    return tuple(cases), tuple(refusals)


def parse(text: str) -> Case:
    """One line of a case file. Raises ValueError with a reason for a person."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos}") from error
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    try:
        return _dialogue(data) if "turns" in data else _single(data)
    except ValidationError as error:
        raise ValueError("; ".join(_reason(item) for item in error.errors())) from error


def _single(data: dict[str, Any]) -> Case:
    single = _Single.model_validate(data)
    return Case(single.id, single.lang, single.city, single.category, (single,))


def _dialogue(data: dict[str, Any]) -> Case:
    talk = _Dialogue.model_validate(data)
    return Case(talk.id, talk.lang, talk.city, "dialogue", talk.turns, is_dialogue=True)


def _reason(item: Any) -> str:
    """A pydantic error in words: the place, then what is wrong with it."""
    place = ".".join(str(key) for key in item["loc"])
    if item["type"] == "extra_forbidden":
        return f"unknown field {place!r}"
    if item["type"] == "missing":
        return f"the field {place!r} is missing"
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def _lines(file: Path, refusals: list[Refusal]) -> Iterator[tuple[int, str]]:
    """The lines that hold something, numbered from 1. An unreadable file is a refusal."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        refusals.append(Refusal(file, 0, f"cannot be read: {error}"))
        return
    # Not splitlines(): JSON strings may hold U+2028, which is no line end in JSONL.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line
