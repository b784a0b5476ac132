"""An optional second opinion: a chat model judges the answers that were given.

Its verdicts are told beside the deterministic score, with how far the two agree, and never go into
it. A verdict that cannot be read counts as none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from assistant.compose.model_chat import Chat, ChatFailed, open_chat
from assistant.settings import Settings
from eval.cases import Case
from eval.examine import Answers
from eval.given import Given
from eval.metrics import Row
from ingest.errors import BereddError

_OBJECT = re.compile(r"\{[^{}]*\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge found; None where its reply could not be read."""

    faithful: bool | None
    complete: bool | None
    reason: str

    @property
    def good(self) -> bool | None:
        """Faithful and complete, or None where either is unknown."""
        if self.faithful is None or self.complete is None:
            return None
        return self.faithful and self.complete


def open_model() -> Chat:
    """The chat model that is set. BereddError if none is."""
    chat = open_chat(Settings.from_environ())
    if chat is None:
        raise BereddError(
            "No chat model is set, so none can judge. Set BEREDD_MODEL (and BEREDD_MODEL_URL for "
            "a server of your own), or leave --judge out."
        )
    return chat


def judged(
    cases: Sequence[Case], answers: Answers, rows: Sequence[Row], model: Chat
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A verdict for every answer that was given, and the figures that sum them up."""
    languages = {case.id: case.lang for case in cases}
    lines: list[dict[str, Any]] = []
    for row in rows:
        turns = answers.get(row.case, ())
        at = max(row.turn - 1, 0)
        if at >= len(turns) or not turns[at].answers:
            continue
        verdict = judge(turns[at], row.question, languages[row.case], model)
        lines.append({"key": row.key, "faithful": verdict.faithful, "complete": verdict.complete,
                      "reason": verdict.reason, "right": row.scores["right"] == 1})  # fmt: skip
    return lines, summarise(lines)


def judge(given: Given, question: str, lang: str, model: Chat) -> Verdict:
    """The verdict on one answer."""
    try:
        reply = "".join(model.stream(prompt(given, question, lang)))
    except ChatFailed as error:  # a lost verdict must not lose the run
        return Verdict(None, None, f"no verdict: {error}")
    return read_verdict(reply)


def prompt(given: Given, question: str, lang: str) -> str:
    """The judge's prompt, every slot filled."""
    name = "judge.sv.md" if lang == "sv" else "judge.en.md"
    template = resources.files("prompts").joinpath(name).read_text(encoding="utf-8")
    sources = "\n\n".join(
        f"[{c.id}] {c.document or c.file}, {c.part or ''} ({c.role or 'text'})\n{c.quote}"
        for c in given.citations
    )
    return template.format(question=question, answer=given.answer, sources=sources or "–")


def read_verdict(reply: str) -> Verdict:
    """The last JSON object of a reply; models like to think aloud before it."""
    for found in reversed(_OBJECT.findall(reply)):
        try:
            data = json.loads(found)
        except json.JSONDecodeError:
            continue
        faithful, complete = data.get("faithful"), data.get("complete")
        if isinstance(faithful, bool) and isinstance(complete, bool):
            return Verdict(faithful, complete, str(data.get("reason", "")))
    return Verdict(None, None, "no verdict could be read")


def summarise(lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares over the verdicts that could be read, and the agreement with the facts' score.

    Cohen's kappa (1960) tells how much of the agreement is more than chance; None where one side
    never varies.
    """
    known = [line for line in lines if line["faithful"] is not None]
    pairs = [(line["faithful"] and line["complete"], line["right"]) for line in known]
    return {
        "n": len(known),
        "of": len(lines),
        "faithful": _share([line["faithful"] for line in known]),
        "complete": _share([line["complete"] for line in known]),
        "agreement": _share([one == other for one, other in pairs]),
        "kappa": _kappa(pairs),
    }


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    if not pairs:
        return None
    n = len(pairs)
    one, other = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    chance = one * other + (1 - one) * (1 - other)
    observed = sum(a == b for a, b in pairs) / n
    return None if chance == 1 else round((observed - chance) / (1 - chance), 6)


def _share(values: Sequence[bool]) -> float | None:
    return round(sum(values) / len(values), 6) if values else None
