"""What happens on the page where one asks: from a question or a press of a button to screens.

Nothing of Gradio is here: every function takes and gives values.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answer import Answer, Outcome, Sentence
from assistant.filters import Filters
from assistant.web import marks
from assistant.web.conversation import (
    Conversation,
    Kept,
    Turn,
    begin,
    from_plain,
    new_id,
    to_plain,
)
from assistant.web.desk import Desk
from assistant.web.failures import trouble
from assistant.web.ledger import Ledger, TooMany
from assistant.web.markup import fill
from assistant.web.paths import link
from assistant.web.turns import render, without_tokens
from assistant.web.visitor import ANYBODY, Visitor
from assistant.web.words import Words
from assistant.wording import say
from ingest.errors import BereddError

_log = logging.getLogger(__name__)
_STEP_S = 0.15
"""Seconds between two screens of a growing answer: more of them cost much and show little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the page shows. None: as it was.

    Attributes:
        talks, thread: HTML of the conversations' menu and of the conversation.
        status: HTML of the line that is read aloud.
        kept: the conversations, for the browser to keep.
        box: what stands in the question box.
        busy: True while an answer is on its way.
        asked: the question that an answer is on its way to.
        fresh: True if the conversation is empty.
        same: True if the last answer is the one that was there before.
    """

    talks: str
    thread: str
    status: str
    kept: dict[str, Any] | None = None
    box: str | None = None
    busy: bool = False
    asked: str = ""
    fresh: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """The page's behaviour in one language."""

    desk: Desk
    words: Words
    ledger: Ledger = field(default_factory=Ledger)

    def opened(self, plain: object) -> Screen:
        """The page as it is when it is opened, with what the browser has kept."""
        return self._screen(from_plain(plain))

    def ask(
        self,
        question: str,
        plain: object,
        filters: Filters | None = None,
        visitor: Visitor = ANYBODY,
    ) -> Iterator[Screen]:
        """Asks; the screens grow with the answer."""
        kept = from_plain(plain)
        if not question.strip():
            yield self._screen(kept, hint=say(self.words.language, "outcome.bad_question_empty"))
            return
        yield from self._asked(question, kept, kept.current, filters, visitor)

    def act(
        self,
        event: Mapping[str, Any],
        plain: object,
        filters: Filters | None = None,
        visitor: Visitor = ANYBODY,
    ) -> Iterator[Screen]:
        """A button inside the conversation was pressed; `event["do"]` says which."""
        kept, do = from_plain(plain), event.get("do")
        turn = kept.current.turn(str(event.get("turn")))
        if do == "ask":
            yield from self.ask(str(event.get("question", "")), plain, filters, visitor)
        elif do == "new":
            yield self._screen(kept.put(begin()), save=True)
        elif do == "open":
            yield self._screen(kept.chosen(str(event.get("conversation"))), save=True)
        elif do == "forget":
            yield self._screen(Kept((kept.current,)), save=True)
        elif turn is not None and do == "retry":
            before = kept.current.until(turn.id)
            yield from self._asked(turn.answer.question, kept, before, filters, visitor)
        elif turn is not None and do == "edit":
            shorter = kept.put(kept.current.until(turn.id))
            yield self._screen(shorter, save=True, box=turn.answer.question)
        elif turn is not None:
            yield self._judged(kept, turn, str(do), str(event.get("source", "")))
        else:
            yield self._screen(kept)

    def stopped(self, plain: object, question: str) -> Screen:
        """The person has stopped an answer: the question goes back into the box."""
        return self._screen(from_plain(plain), hint=self.words("ask.stopped"), box=question)

    def _asked(
        self,
        question: str,
        kept: Kept,
        before: Conversation,
        filters: Filters | None,
        visitor: Visitor,
    ) -> Iterator[Screen]:
        try:
            self.ledger.admit(visitor)
        except TooMany as error:
            hint = self.words("ask.too_many", seconds=round(error.seconds))
            yield self._screen(kept, hint=hint, box=question)
            return
        kept = kept.put(before)
        waiting = _waiting(question, self.words.language)
        turn = Turn(id=new_id(), answer=waiting, limits=filters or Filters())
        yield self._growing(kept, before, turn, box="")
        try:
            answers, shown = self._stream(question, before, filters), time.monotonic()
            for answer in self.ledger.watched(answers, visitor, "page"):
                turn = replace(turn, answer=answer)
                if time.monotonic() - shown >= _STEP_S:
                    yield self._growing(kept, before, turn)
                    shown = time.monotonic()
        except BereddError as error:
            _log.warning("a question could not be answered: %s", error)
            yield self._screen(kept, hint=trouble(error, self.words).told, box=question)
            return
        except Exception:
            _log.exception("a question failed")
            yield self._screen(kept, hint=self.words("site.lost"), box=question)
            return
        kept = kept.put(before.put(turn))
        yield self._screen(kept, save=True, told=self._told(turn.answer))

    def _stream(
        self, question: str, before: Conversation, filters: Filters | None
    ) -> Iterator[Answer]:
        assistant = self.desk.open()
        if assistant is None:
            waiting = _waiting(question, self.words.language)
            problem = self.desk.problem
            text = (
                trouble(problem, self.words).told
                if problem
                else say(self.words.language, "outcome.nothing_indexed")
            )
            yield _saying(replace(waiting, outcome=Outcome.NOTHING_INDEXED), text)
            return
        yield from assistant.stream(question, before.answers, filters)

    def _judged(self, kept: Kept, turn: Turn, verdict: str, source: str) -> Screen:
        """Keeps what the person thinks of an answer or of one of its sources."""
        known = {citation.id for citation in turn.answer.citations}
        if verdict == "wrong_source" and source in known:
            wrong = tuple(dict.fromkeys((*turn.wrong_sources, source)))
            turn = replace(turn, wrong_sources=wrong)
        elif verdict in ("right", "wrong"):
            turn, source = replace(turn, verdict=verdict), ""
        else:
            return self._screen(kept)
        try:
            marks.keep(self.desk.settings.index, verdict, turn.answer, source or None)
        except OSError as error:
            _log.warning("feedback could not be kept: %s", error)
            return self._screen(kept, hint=self.words("site.lost"))
        thanks = self.words("turn.verdict_thanks")
        after = kept.put(kept.current.put(turn))
        return replace(self._screen(after, save=True, told=thanks), same=True)

    def _told(self, answer: Answer) -> str:
        """What is read aloud when an answer is complete."""
        if not answer.outcome.answers:
            return f"{self.words('turn.declined')} {without_tokens(answer.answer)}"
        done = self.words.number("turn.done", len(answer.citations))
        return f"{done} {without_tokens(answer.answer)}"

    def _growing(
        self, kept: Kept, before: Conversation, turn: Turn, box: str | None = None
    ) -> Screen:
        assistant = self.desk.current
        index = assistant.index if assistant else None
        told = "" if turn.answer.sentences else self.words("turn.searching")
        return Screen(
            talks=self._talks(kept),
            thread=render((*before.turns, turn), index, self.words, busy=True),
            status=fill("status", self.words, told=told, hint=""),
            box=box,
            busy=True,
            asked=turn.answer.question,
        )

    def _screen(
        self,
        kept: Kept,
        *,
        save: bool = False,
        told: str = "",
        hint: str = "",
        box: str | None = None,
    ) -> Screen:
        assistant = self.desk.open()
        turns = kept.current.turns
        thread = (
            render(turns, assistant.index if assistant else None, self.words)
            if turns
            else self._welcome()
        )
        return Screen(
            talks=self._talks(kept),
            thread=thread,
            status=fill("status", self.words, told=told, hint=hint),
            kept=to_plain(kept) if save else None,
            box=box,
            fresh=not turns,
        )

    def _talks(self, kept: Kept) -> str:
        begun = bool(kept.current.turns)
        return fill("talks", self.words, begun=begun, earlier=kept.earlier)

    def _welcome(self) -> str:
        assistant = self.desk.open()
        return fill(
            "welcome",
            self.words,
            documents=len(assistant.index.entries) if assistant else 0,
            problem=self.desk.problem and trouble(self.desk.problem, self.words),
            command=f"beredd ingest {'DOKUMENT' if self.words.language == 'sv' else 'DOCUMENTS'}/"
            f" --index {self.desk.settings.index}",
            list=link("documents", self.words.language),
        )


def _waiting(question: str, language: str) -> Answer:
    return Answer(
        question=question,
        standalone_question=question,
        language=language,
        outcome=Outcome.NOT_IN_DOCUMENTS,
        answer="",
    )


def _saying(answer: Answer, text: str) -> Answer:
    return replace(answer, answer=text, sentences=(Sentence(text=text, role="frame"),))
