"""The assistant: understand → search → compose → verify → answer."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.answer import Answer, Outcome, Sentence
from assistant.citing import Citer
from assistant.compose import Composer, Draft
from assistant.compose.extractive import Extractive
from assistant.compose.scene import places
from assistant.confidence import gathered, outcome
from assistant.followup import standalone
from assistant.premise import contradiction
from assistant.question import MAX_CHARACTERS, Question, understand
from assistant.search import EmbedsQueries, Filters, Hit, search
from assistant.settings import Settings
from assistant.verify import verify
from assistant.wording import say
from vectorstore import engine
from vectorstore.index import Index, open_index

_K = 10
"""How many hits an answer is composed from."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one index. Safe to use from several threads.

    Attributes:
        index: what is searched.
        embedder: embeds questions; the model that made the index.
        composer: writes the drafts.
    """

    index: Index
    embedder: EmbedsQueries
    composer: Composer = field(default_factory=Extractive)

    @classmethod
    def open(cls, settings: Settings | Path) -> Assistant:
        """The assistant of an index.

        Raises:
            BereddError: no index there, or it was made by another model.
        """
        chosen = settings if isinstance(settings, Settings) else Settings(index=settings)
        index = open_index(chosen.index, chosen.chroma_url)
        return cls(index, query_embedder(chosen, index))

    def answer(
        self,
        question: str,
        history: Sequence[Answer] = (),
        filters: Filters | None = None,
    ) -> Answer:
        """Answers a question; earlier answers of the conversation help to understand it."""
        *_, last = self.stream(question, history, filters)
        return last

    def stream(
        self,
        question: str,
        history: Sequence[Answer] = (),
        filters: Filters | None = None,
    ) -> Iterator[Answer]:
        """As `answer`, growing: an answer for each verified sentence, the finished one last."""
        clock = _Clock()
        self.index.refresh()
        early = self._refused(question)
        if early is not None:
            yield early
            return
        with clock("understand"):
            understood = standalone(question[:MAX_CHARACTERS], history, self.index.parties)
        with clock("search"):
            hits = search(self.index, self.embedder, understood, _K, filters=filters)
        yield from self._composed(question, understood, hits, clock)

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The `k` best hits for a question, best first."""
        self.index.refresh()
        if not _has_words(question):
            return []
        understood = understand(question, self.index.parties)
        return search(self.index, self.embedder, understood, k, filters=filters)

    def _composed(
        self, question: str, understood: Question, hits: list[Hit], clock: _Clock
    ) -> Iterator[Answer]:
        base = self._frame(question, understood)
        citer = Citer(self.index)
        with clock("compose"):
            against = contradiction(understood, places(hits, self.index))
            drafts = against or list(self.composer.compose(understood, hits, self.index))
        with clock("verify"):
            said = [_verified(draft, citer, understood.language) for draft in drafts]
            sentences = [sentence for sentence in said if sentence is not None]
        ends = outcome(gathered(understood, hits, drafts if sentences else (), self.index))
        if against and sentences:
            frame = say(understood.language, "outcome.false_premise")
            sentences.insert(0, Sentence(text=frame, role="frame"))
            ends = Outcome.FALSE_PREMISE
        elif not ends.answers:
            text = say(understood.language, f"outcome.{ends.value}")
            sentences = [Sentence(text=text, role="frame")]
            base = replace(base, nearest=citer.nearest(hits[:3]))
        for upto in range(1, len(sentences) + 1):
            some = sentences[:upto]
            yield replace(
                base,
                outcome=ends,
                answer=_joined(some, drafts),
                sentences=tuple(some),
                citations=citer.used(some),
                timings_ms=clock.read(),
            )

    def _refused(self, question: str) -> Answer | None:
        """The answer to what is no question, or to any question where nothing is indexed."""
        if not self.index.entries:
            return self._said(question, Outcome.NOTHING_INDEXED, "nothing_indexed")
        if not question.strip():
            return self._said(question, Outcome.BAD_QUESTION, "bad_question_empty")
        if not _has_words(question):
            return self._said(question, Outcome.BAD_QUESTION, "bad_question_wordless")
        return None

    def _said(self, question: str, outcome: Outcome, key: str) -> Answer:
        understood = understand(question)
        text = say(understood.language, f"outcome.{key}")
        base = self._frame(question[:MAX_CHARACTERS], understood)
        sentences = (Sentence(text=text, role="frame"),)
        return replace(base, outcome=outcome, answer=text, sentences=sentences)

    def _frame(self, question: str, understood: Question) -> Answer:
        entries = self.index.entries.values()
        return Answer(
            question=question,
            standalone_question=understood.text,
            language=understood.language,
            outcome=Outcome.NOT_IN_DOCUMENTS,
            answer="",
            composer=self.composer.name,
            searched={
                "documents": len(entries),
                "unreadable_pages": sum(len(entry.unreadable_pages) for entry in entries),
            },
        )


def query_embedder(settings: Settings, index: Index) -> EmbedsQueries:
    """What embeds questions for an index: the bundled model's fast engine where it made the index,
    else the model that is set. Raises IndexMismatch if another model made the index."""
    if settings.embedding_model is None and (quick := engine.load()) is not None:
        index.require_model(quick.name)
        return quick
    from vectorstore.embedding import Embedder

    embedder = Embedder(settings.embedding_model)
    index.require_model(embedder.name)
    return embedder


def _verified(draft: Draft, citer: Citer, language: str) -> Sentence | None:
    """The draft as a sentence with its source tokens, or None where it does not stand."""
    if not draft.sources:
        return Sentence(text=draft.text, role="frame") if draft.role == "frame" else None
    said = next(
        (
            text
            for text in (draft.text, draft.plain)
            if text
            and verify(
                text, draft.sources, told_as=draft.role, language="en" if language == "en" else "sv"
            ).accepted
        ),
        None,
    )
    if said is None:
        return None
    ids = tuple(citer.cite(source) for source in draft.sources)
    tokens = " ".join(f"[{i}]" for i in ids)
    return Sentence(text=f"{said} {tokens}", citations=ids, role=draft.role)


def _joined(sentences: Sequence[Sentence], drafts: Sequence[Draft]) -> str:
    lines = {draft.text for draft in drafts if draft.line}
    text = ""
    for sentence in sentences:
        plain = sentence.text.partition(" [S")[0]
        text += ("\n- " if plain in lines and text else "\n" if text else "") + sentence.text
    return text


def _has_words(question: str) -> bool:
    return any(char.isalnum() for char in question)


class _Clock:
    """Times the steps of one answer, in milliseconds."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._steps: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self._steps[step] = round((time.perf_counter() - began) * 1000, 1)

    def read(self) -> dict[str, float]:
        """What was timed, and the total so far."""
        total = round((time.perf_counter() - self._began) * 1000, 1)
        return {**self._steps, "total": total}
