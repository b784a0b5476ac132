"""The assistant under examination, behind the evaluation's two protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.answer import Answer, to_json
from assistant.assistant import Assistant
from assistant.search import Hit
from assistant.settings import Settings
from eval.subject import Retrieved


class Beredd:
    """The assistant over an index: its answers as JSON objects, its hits as passages."""

    name = "Beredd"

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self._assistant = assistant
        self._settings = settings

    @classmethod
    def open(cls, settings: Settings) -> Beredd:
        """The assistant over the index that is set. Raises BereddError if there is none."""
        return cls(Assistant.open(settings), settings)

    def converse(self, questions: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """Each question is answered with the answers before it as its history."""
        said: list[Answer] = []
        for question in questions:
            said.append(self._assistant.answer(question, tuple(said)))
        return [to_json(answer) for answer in said]

    def search(self, question: str, k: int) -> Sequence[Retrieved]:
        """The windows of the best hits: what is read, with its exact place."""
        return [retrieved(hit) for hit in self._assistant.search(question, k)]

    def settings(self) -> Mapping[str, Any]:
        """The settings, the key of a chat model left out."""
        shown = {name: getattr(self._settings, name) for name in Settings.__slots__}
        shown.pop("model_key", None)
        return {name: str(value) if isinstance(value, Path) else value
                for name, value in shown.items()}  # fmt: skip


def retrieved(hit: Hit) -> Retrieved:
    """The window of a hit: what is read, with its exact place."""
    window = hit.window
    return Retrieved(
        file=window.file, start=window.start, end=window.end, text=window.text, score=hit.score,
        label=f"{hit.passage.location} · {hit.passage.title} · {hit.passage.kind.value}",
        twins=tuple(dict.fromkeys(twin.rpartition("#")[0] for twin in hit.twins)),
    )  # fmt: skip
