"""What takes a moment to find out about an index, found out once for each state of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from assistant.assistant import Assistant
from assistant.web.choices import Choices, choices
from assistant.web.conversation import Conversation
from assistant.web.desk import Desk
from assistant.web.suggestions import Tried, first_questions, follow_ups
from assistant.web.words import Words

_REMEMBERED = 200
"""Answers whose follow-ups are remembered."""


@dataclass(frozen=True, slots=True)
class Known:
    """First questions, and what a search can be limited to."""

    questions: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)


@dataclass(slots=True)
class Prepared:
    """Safe to use from several threads: the first one works, the others wait."""

    desk: Desk
    _known: dict[tuple[int, str], Known] = field(default_factory=dict)
    _next: dict[tuple[int, str, str], tuple[str, ...]] = field(default_factory=dict)
    _tried: tuple[int, Tried] | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def known(self, words: Words) -> Known:
        """What is known of the index as it is now, in a language."""
        assistant = self.desk.open()
        if assistant is None:
            return Known()
        key = (assistant.index.manifest.generation, words.language)
        with self._guard:
            if key not in self._known:
                self._known = {k: v for k, v in self._known.items() if k[0] == key[0]}
                self._known[key] = _found(self._tries(assistant), words)
            return self._known[key]

    def follow_ups(self, conversation: Conversation, words: Words) -> tuple[str, ...]:
        """Questions to go on with after the last answer of a conversation."""
        assistant = self.desk.open()
        if assistant is None or not conversation.turns:
            return ()
        answer = conversation.turns[-1].answer
        key = (assistant.index.manifest.generation, words.language, answer.question)
        if key not in self._next:
            while len(self._next) >= _REMEMBERED:
                self._next.pop(next(iter(self._next)), None)
            self._next[key] = follow_ups(self._tries(assistant), answer, words)
        return self._next.get(key, ())

    def _tries(self, assistant: Assistant) -> Tried:
        """What has been tried of the index as it is now."""
        now = assistant.index.manifest.generation
        if (
            self._tried is None
            or self._tried[0] != now
            or self._tried[1].assistant is not assistant
        ):
            self._tried = (now, Tried(assistant))
        return self._tried[1]

    def warm(self, words: Words) -> None:
        """Finds out in the background, so that the first visitor does not wait."""
        threading.Thread(target=self.known, args=(words,), daemon=True).start()


def _found(tried: Tried, words: Words) -> Known:
    index = tried.assistant.index
    if not index.entries:
        return Known()
    return Known(first_questions(tried, words), choices(index))
