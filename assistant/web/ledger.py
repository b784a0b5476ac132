"""What is kept of questions: how many a person has asked, figures, a line in the log, and, where it
is set, the question itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assistant.answer import Answer
from assistant.question_log import QuestionLog
from assistant.settings import Settings
from assistant.web.limits import Rate
from assistant.web.meter import Meter
from assistant.web.visitor import Visitor
from ingest.errors import BereddError

_log = logging.getLogger(__name__)


class TooMany(BereddError):
    """A person has asked too many questions. `seconds`: until the next one is answered."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many questions in a short time. Wait {seconds:.0f} seconds.")
        self.seconds = seconds


@dataclass(slots=True)
class Ledger:
    """Safe to use from several threads."""

    settings: Settings = field(default_factory=Settings)
    meter: Meter = field(default_factory=Meter)
    _rate: Rate = field(init=False)
    _questions: QuestionLog = field(init=False)

    def __post_init__(self) -> None:
        self._rate = Rate(self.settings.questions_a_minute)
        self._questions = QuestionLog(self.settings.index, self.settings.question_log_days)

    def admit(self, visitor: Visitor) -> None:
        """Counts a question of a person's. Raises TooMany."""
        wait = self._rate.take(visitor.key)
        if wait > 0:
            self.meter.refused()
            raise TooMany(max(1.0, wait))

    def watched(self, answers: Iterable[Answer], visitor: Visitor, by: str) -> Iterator[Answer]:
        """The answers as they come; the last one is noted. `by`: "page" or "api"."""
        last, began = None, time.perf_counter()
        try:
            for answer in answers:
                last = answer
                yield answer
        except Exception:
            self.meter.answered("failed", by, time.perf_counter() - began)
            raise
        if last is not None:
            self._note(last, visitor, by)

    def tidy(self) -> None:
        """Lets go of questions that have been kept long enough."""
        self._questions.tidy()

    def _note(self, answer: Answer, visitor: Visitor, by: str) -> None:
        ms = answer.timings_ms.get("total", 0.0)
        self.meter.answered(answer.outcome.value, by, ms / 1000)
        _log.info(
            "a question was answered",
            extra={
                "outcome": answer.outcome.value,
                "by": by,
                "ms": ms,
                "language": answer.language,
                "composer": answer.composer,
                "citations": len(answer.citations),
            },
        )
        try:
            self._questions.keep(answer, visitor.name)
        except OSError as error:
            _log.warning("the log of questions cannot be written: %s", error)
