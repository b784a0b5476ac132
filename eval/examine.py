"""Asks every case, keeps what was said and found, and scores it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval import given as answers_io
from eval.answers import score
from eval.cases import Case
from eval.corpus import CorpusTexts
from eval.given import Given
from eval.metrics import Row
from eval.subject import Retrieved, Subject
from ingest.errors import BereddError

SHOWN = 20
"""Passages kept for each question, so that a person sees what the answer was made from."""
MISSING = Given(outcome="missing", answer="")
"""Stands where a file of answers has none for a case; scored as wrong."""
CRASHED = "crashed"
"""The outcome of a case that the subject broke down on; wrong, whatever the question."""

Answers = dict[str, tuple[Given, ...]]
"""Case id → one answer a turn."""
Passages = dict[str, list[Retrieved]]
"""Row key ("d001", "f01/2") → passages found for its standalone question, best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one round over the cases gave."""

    answers: Answers
    passages: Passages = field(default_factory=dict)


def ask(
    cases: Sequence[Case], subject: Subject, *, done: Callable[[], None] = lambda: None
) -> Asked:
    """Puts every case to the subject, dialogues turn by turn."""
    asked = Asked({})
    for case in cases:
        began = time.perf_counter()
        objects = _conversation(subject, case)
        spent = (time.perf_counter() - began) * 1000 / len(case.turns)
        turns = tuple(answers_io.parse(_timed(item, spent)) for item in objects)
        asked.answers[case.id] = turns
        for number, turn in enumerate(turns, start=1):
            question = turn.standalone_question or turn.question
            asked.passages[_key(case, number)] = list(subject.search(question, SHOWN))
        done()
    return asked


def _conversation(subject: Subject, case: Case) -> Sequence[Mapping[str, Any]]:
    """The subject's answers. If it breaks down, that is its answer, and the run goes on.

    A BereddError ends the run: it tells a person what to mend (no index, no model).
    """
    try:
        return subject.converse([turn.question for turn in case.turns])
    except BereddError:
        raise
    except Exception as error:
        broken = {"outcome": CRASHED, "answer": f"{type(error).__name__}: {error}"}
        return [{**broken, "question": turn.question} for turn in case.turns]


def rows(cases: Sequence[Case], answers: Answers, texts: CorpusTexts) -> list[Row]:
    """The scores of all answers. A missing answer, or a breakdown, is wrong in any case."""
    scored: list[Row] = []
    for case in cases:
        turns = answers.get(case.id, ())
        for number, turn in enumerate(case.turns, start=1):
            answer = turns[number - 1] if number <= len(turns) else MISSING
            scores = dict(score(turn, case.category, answer, texts))
            if answer.outcome in (MISSING.outcome, CRASHED):
                scores |= {"right": 0.0, "right_and_shown": 0.0}
            scored.append(
                Row(case=case.id, turn=number if case.is_dialogue else 0, turns=len(case.turns),
                    category=case.category, lang=case.lang, city=case.city,
                    answerable=turn.answerable, question=turn.question, scores=scores)
            )  # fmt: skip
    return scored


def missing(cases: Sequence[Case], answers: Answers) -> list[str]:
    """Ids of the cases that have no answer, or too few turns."""
    return [case.id for case in cases if len(answers.get(case.id, ())) < len(case.turns)]


def agreement(rounds: Sequence[Answers]) -> float | None:
    """Share of the answers whose text and outcome are the same in every round.

    None for fewer than two rounds.
    """
    if len(rounds) < 2:
        return None
    said = [
        {(key, at): (turn.outcome, turn.answer)
         for key, turns in answers.items() for at, turn in enumerate(turns)}
        for answers in rounds
    ]  # fmt: skip
    same = [all(other.get(key) == value for other in said[1:]) for key, value in said[0].items()]
    return sum(same) / len(same) if same else None


def write(folder: Path, cases: Sequence[Case], rounds: Sequence[Asked]) -> None:
    """The answers of each round and the passages of the first, into a result folder."""
    talks = frozenset(case.id for case in cases if case.is_dialogue)
    for number, asked in enumerate(rounds, start=1):
        name = "answers.jsonl" if number == 1 else f"answers-{number}.jsonl"
        answers_io.write(folder / name, asked.answers, talks)
    with (folder / "retrieved.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        for key, found in rounds[0].passages.items():
            line = {"key": key, "passages": [asdict(hit) for hit in found]}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def read(file: Path) -> list[Asked]:
    """The rounds that lie beside a file of answers, it being the first. Raises AnswersRefused."""
    others = sorted(file.parent.glob(f"{file.stem}-*.jsonl"), key=lambda f: (len(f.name), f.name))
    first = Asked(answers_io.read(file), _passages(file.with_name("retrieved.jsonl")))
    return [first, *(Asked(answers_io.read(other)) for other in others)]


def _passages(file: Path) -> Passages:
    if not file.is_file():
        return {}
    found: Passages = {}
    for line in file.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            data = json.loads(line)
            found[data["key"]] = [Retrieved(**hit) for hit in data["passages"]]
    return found


def _timed(item: Mapping[str, Any], spent: float) -> dict[str, Any]:
    """The answer object; where it does not tell its time, the time that was measured here."""
    timings = dict(item.get("timings_ms") or {})
    timings.setdefault("total", round(spent, 3))
    return {**item, "timings_ms": timings}


def _key(case: Case, turn: int) -> str:
    return f"{case.id}/{turn}" if case.is_dialogue else case.id
