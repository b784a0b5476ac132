"""`beredd ask`: answers with their sources, one or many."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation, to_json
from assistant.assistant import Assistant
from assistant.cli.opening import as_json, dump, parser, printable, settings
from assistant.cli.options import add_filters, filters
from assistant.wording import say
from ingest.errors import BereddError


def main(argv: list[str]) -> int:
    """Answers; returns 0, also where a question is declined."""
    args = _parser().parse_args(argv)
    chosen = settings(args)
    if args.model:
        chosen = replace(chosen, model=args.model)
    if args.jsonl:
        questions = list(_questions(args.jsonl))
        assistant = Assistant.open(chosen)
        for question in questions:
            print(as_json(_answered(assistant, question)), flush=True)
        return 0
    if args.question is None:
        raise BereddError('Give a question: beredd ask "Vad beslutade fullmäktige om …?"')
    answer = Assistant.open(chosen).answer(args.question, filters=filters(args))
    if args.json:
        dump(to_json(answer))
    else:
        print(printable(as_text(answer)))
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser("ask", "Answer a question from the index, with its sources.")
    made.add_argument("question", metavar="QUESTION", nargs="?")
    made.add_argument("--jsonl", type=Path, metavar="FILE", help="answer every line of a file")
    made.add_argument("--model", help='chat model that writes the answer, e.g. "openai:gpt-4o"')
    add_filters(made)
    return made


def as_text(answer: Answer) -> str:
    """An answer for the terminal: the text, then its sources with their quotations."""
    lines = [answer.answer, ""]
    searched = [say(answer.language, "outcome.searched", **answer.searched)]
    if answer.searched.get("unreadable_pages"):
        pages = answer.searched["unreadable_pages"]
        searched.append(say(answer.language, "outcome.unreadable", pages=pages))
    if not answer.outcome.answers and answer.nearest:
        lines.append(say(answer.language, "outcome.nearest"))
    shown = answer.citations if answer.outcome.answers else answer.nearest
    lines += [_source(citation) for citation in shown]
    return "\n".join([*lines, " ".join(searched)])


def _source(citation: Citation) -> str:
    page = f"s. {citation.page}" if citation.page else ""
    paragraph = f"§ {citation.paragraph}" if citation.paragraph else ""
    facts = (citation.body, citation.date, paragraph, citation.case_number, page)
    place = " · ".join(filter(None, (citation.part, *facts)))
    quote = " ".join(citation.quote.split())
    return f"[{citation.id}] {place}\n     {citation.file}\n     ”{quote}”"


def _answered(assistant: Assistant, question: dict[str, Any]) -> dict[str, Any]:
    """One line's answer object, or for a dialogue one a turn."""
    if "turns" not in question:
        answer = assistant.answer(str(question["question"]))
        return to_json(replace(answer, id=question.get("id")))
    history: list[Answer] = []
    for turn in question["turns"]:
        history.append(assistant.answer(str(turn["question"]), history))
    return {"id": question.get("id"), "turns": [to_json(answer) for answer in history]}


def _questions(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines: Iterable[str] = (
            sys.stdin if str(path) == "-" else path.read_text(encoding="utf-8").splitlines()
        )
    except (OSError, UnicodeDecodeError) as error:
        raise BereddError(f"{path} cannot be read ({error}). Give a UTF-8 JSONL file.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _question(path, number, line)


def _question(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except ValueError:
        data = None
    if isinstance(data, dict) and (
        isinstance(data.get("question"), str)
        or (
            isinstance(data.get("turns"), list)
            and all(
                isinstance(t, dict) and isinstance(t.get("question"), str) for t in data["turns"]
            )
        )
    ):
        return data
    raise BereddError(
        f"{path}, line {number}: neither a question nor turns. Write each line as "
        '{"id": "a1", "question": "…"} or {"id": "a2", "turns": [{"question": "…"}]}.'
    )
