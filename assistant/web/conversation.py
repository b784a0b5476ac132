"""Conversations, as the browser keeps them.

They are stored in the person's own browser and come back from there, so nothing in them is trusted:
what cannot be read is dropped, and all of it is escaped when it is shown.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from assistant.answer import Answer, Citation, Outcome, Sentence, to_json
from assistant.filters import Filters
from assistant.web import narrowed
from ingest.parts import Role

KEPT = 20
"""How many conversations a browser keeps; the oldest go first."""
TURNS = 30
"""How many questions a conversation keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question and its answer.

    Attributes:
        id: unique in the browser; the anchors on the page are made from it.
        verdict: "right" or "wrong" where the person has said so.
        wrong_sources: ids of citations that the person has called wrong.
        limits: what the search was limited to.
    """

    id: str
    answer: Answer
    verdict: str | None = None
    wrong_sources: tuple[str, ...] = ()
    limits: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Questions that belong together. `began`: ISO time, UTC."""

    id: str
    began: str
    turns: tuple[Turn, ...] = ()

    @property
    def title(self) -> str:
        """Its first question."""
        return self.turns[0].answer.question if self.turns else ""

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What was answered so far, oldest first."""
        return tuple(turn.answer for turn in self.turns)

    def turn(self, turn_id: str) -> Turn | None:
        """The turn with this id, or None."""
        return next((turn for turn in self.turns if turn.id == turn_id), None)

    def put(self, turn: Turn) -> Conversation:
        """With the turn added, or in the place of the one with its id."""
        if self.turn(turn.id) is None:
            return replace(self, turns=(*self.turns, turn)[-TURNS:])
        return replace(self, turns=tuple(turn if t.id == turn.id else t for t in self.turns))

    def until(self, turn_id: str) -> Conversation:
        """What came before a turn."""
        ids = [turn.id for turn in self.turns]
        at = ids.index(turn_id) if turn_id in ids else len(ids)
        return replace(self, turns=self.turns[:at])


@dataclass(frozen=True, slots=True)
class Kept:
    """All conversations of one browser, the current one last."""

    conversations: tuple[Conversation, ...] = ()

    @property
    def current(self) -> Conversation:
        """The conversation on the page; an empty one where there is none."""
        return self.conversations[-1] if self.conversations else begin()

    @property
    def earlier(self) -> tuple[Conversation, ...]:
        """The others that hold anything, newest first."""
        return tuple(c for c in reversed(self.conversations[:-1]) if c.turns)

    def put(self, conversation: Conversation) -> Kept:
        """With the conversation as the current one."""
        others = tuple(c for c in self.conversations if c.id != conversation.id and c.turns)
        return Kept((*others, conversation)[-KEPT:])

    def chosen(self, conversation_id: str) -> Kept:
        """With an earlier conversation as the current one."""
        found = [c for c in self.conversations if c.id == conversation_id]
        return self.put(found[0]) if found else self


def new_id() -> str:
    """An id that no other turn or conversation of the browser has."""
    return secrets.token_hex(4)


def begin() -> Conversation:
    """An empty conversation."""
    return Conversation(id=new_id(), began=datetime.now(UTC).isoformat(timespec="seconds"))


def to_plain(kept: Kept) -> dict[str, Any]:
    """Conversations as plain data for the browser."""
    return {
        "conversations": [
            {"id": c.id, "began": c.began, "turns": [_turn(turn) for turn in c.turns]}
            for c in kept.conversations
        ]
    }


def from_plain(data: object) -> Kept:
    """The inverse of `to_plain`; whatever cannot be read is left out."""
    found = data.get("conversations", []) if isinstance(data, Mapping) else []
    read = [_conversation(c) for c in found] if isinstance(found, list) else []
    return Kept(tuple(c for c in read if c is not None)[-KEPT:])


def answer_from(data: Mapping[str, Any]) -> Answer:
    """The inverse of `assistant.answer.to_json`. Raises KeyError, TypeError or ValueError."""
    return Answer(
        question=str(data["question"]),
        standalone_question=str(data["standalone_question"]),
        language="en" if data["language"] == "en" else "sv",
        outcome=Outcome(data["outcome"]),
        answer=str(data["answer"]),
        sentences=tuple(
            Sentence(text=str(s["text"]), citations=tuple(s["citations"]), role=str(s["role"]))
            for s in data["sentences"]
        ),
        citations=tuple(_citation(c) for c in data["citations"]),
        nearest=tuple(_citation(c) for c in data["nearest"]),
        composer=str(data["composer"]),
        searched={str(k): int(v) for k, v in data["searched"].items()},
        timings_ms={str(k): float(v) for k, v in data["timings_ms"].items()},
    )


def _citation(data: Mapping[str, Any]) -> Citation:
    values = {name: data[name] for name in Citation.__slots__}
    start, end = int(values["start"]), int(values["end"])
    if not 0 <= start <= end:
        raise ValueError(f"not a span: [{start}, {end})")
    return Citation(**values | {"role": Role(values["role"]), "start": start, "end": end})


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "id": turn.id,
        "answer": to_json(turn.answer),
        "verdict": turn.verdict,
        "wrong_sources": list(turn.wrong_sources),
        "limits": narrowed.to_plain(turn.limits),
    }


def _conversation(data: object) -> Conversation | None:
    try:
        turns = [_turn_from(t) for t in data["turns"]]  # type: ignore[index]
        return Conversation(id=_id(data["id"]), began=str(data["began"]), turns=tuple(turns))  # type: ignore[index]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _turn_from(data: Mapping[str, Any]) -> Turn:
    return Turn(
        id=_id(data["id"]),
        answer=answer_from(data["answer"]),
        verdict=data["verdict"] if data["verdict"] in ("right", "wrong") else None,
        wrong_sources=tuple(str(i) for i in data["wrong_sources"]),
        limits=narrowed.from_plain(data.get("limits")),
    )


def _id(raw: object) -> str:
    """Ids become parts of anchors: only what `new_id` can make."""
    if isinstance(raw, str) and raw.isalnum() and raw.isascii() and len(raw) <= 16:
        return raw
    raise ValueError(f"not an id: {raw!r}")
