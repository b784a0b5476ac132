"""Checks cases against a corpus: does every gold passage stand where the case says it does?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.answers import says
from eval.cases import Case, Gold, Turn
from eval.corpus import CorpusTexts
from eval.match import occurrences, places


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a case. `fatal` problems refuse it; the others deserve a look."""

    case: str
    turn: int
    what: str
    fatal: bool = True

    def __str__(self) -> str:
        place = f"{self.case}/{self.turn}" if self.turn else self.case
        return f"{place}: {'' if self.fatal else '(note) '}{self.what}"


def check(cases: Iterable[Case], texts: CorpusTexts) -> list[Problem]:
    """Everything wrong with the cases, in order."""
    problems: list[Problem] = []
    for case in cases:
        for number, turn in enumerate(case.turns, start=1):
            at = number if case.is_dialogue else 0
            problems += [Problem(case.id, at, what) for what in _gold(turn, texts)]
            problems += [Problem(case.id, at, what, False) for what in _facts(turn)]
    return problems


def fatal(problems: Sequence[Problem]) -> list[Problem]:
    """The problems that refuse a case."""
    return [problem for problem in problems if problem.fatal]


def _gold(turn: Turn, texts: CorpusTexts) -> list[str]:
    faults = (_fault(gold, texts) for part in turn.gold_any for gold in part)
    return [fault for fault in faults if fault]


def _fault(gold: Gold, texts: CorpusTexts) -> str:
    document = texts.document(gold.file)
    shown = " ".join(gold.quote.split())[:60]
    if document is None:
        return f"no document, or more than one, is {gold.file!r}"
    if places(gold, document):
        return ""
    elsewhere = occurrences(gold.quote, document.text)
    if elsewhere:
        pages = sorted({str(document.page_at(span.start)) for span in elsewhere})
        return f"the quote {shown!r} is on page {', '.join(pages)} of {gold.file}, not {gold.page}"
    return f"the quote {shown!r} is not in {gold.file}"


def _facts(turn: Turn) -> list[str]:
    """Notes: a fact that is forbidden too, or so short that it is found by chance."""
    notes = []
    for variants in turn.facts:
        for variant in variants:
            if says(variant, turn.forbidden):
                notes.append(f"the fact {variant!r} holds a forbidden string")
            if len(variant.strip()) < 2:
                notes.append(f"the fact {variant!r} is one character and found by chance")
    return notes
