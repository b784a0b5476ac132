"""The assistant: understand → search → compose → verify → answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.answer import Answer, Outcome, Sentence
from assistant.citing import Citer
from assistant.compose import Composer, Draft
from assistant.compose.extractive import Extractive
from assistant.compose.model import ModelComposer
from assistant.compose.model_chat import open_chat
from assistant.compose.scene import places
from assistant.confidence import gathered, outcome
from assistant.filters import Filters
from assistant.followup import standalone
from assistant.premise import contradiction
from assistant.premise_decided import decided_otherwise
from assistant.question import MAX_CHARACTERS, Question, understand
from assistant.search import EmbedsQueries, Hit, search
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
        chat = open_chat(chosen)
        composer: Composer = ModelComposer(chat) if chat else Extractive()
        return cls(index, query_embedder(chosen, index), composer)

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
        """The growing answer: each sentence as soon as it is written and verified."""
        grown = _Growing(self._frame(question, understood), Citer(self.index), clock)
        found = places(hits, self.index)
        against = contradiction(understood, found) or decided_otherwise(
            understood, found, self.index
        )
        if against:
            grown.add(Draft(text=say(understood.language, "outcome.false_premise"), role="frame"))
            for draft in against:
                if grown.add(draft):
                    yield grown.answer(Outcome.FALSE_PREMISE)
            if grown.says_something:
                return
        grown = _Growing(grown.base, Citer(self.index), clock)
        drafts: Iterable[Draft] = self.composer.compose(understood, hits, self.index)
        whole = list(drafts) if self.composer.at_once else None
        for draft in drafts if whole is None else whole:
            if not grown.add(draft):
                continue
            if grown.says_something and grown.ends is None:
                weighed = [draft] if whole is None else whole
                evidence = gathered(understood, hits, weighed, self.index, whole=whole is not None)
                grown.ends, grown.lacks = outcome(evidence), evidence.lacks
                if not grown.ends.answers:
                    break
            partial = draft.text == say(understood.language, "outcome.partial")
            yield grown.answer(Outcome.PARTIAL if partial else Outcome.ANSWERED)
        if grown.ends is None or not grown.ends.answers:
            yield self._declined(grown, understood, hits)

    def _declined(self, grown: _Growing, understood: Question, hits: list[Hit]) -> Answer:
        keys = [f"outcome.{Outcome.NOT_IN_DOCUMENTS.value}"]
        keys += [f"lacks.{grown.lacks}"] if grown.lacks else []
        told = [say(understood.language, key) for key in keys]
        return replace(
            grown.base,
            outcome=Outcome.NOT_IN_DOCUMENTS,
            answer=" ".join(told),
            sentences=tuple(Sentence(text=text, role="frame") for text in told),
            nearest=grown.citer.nearest(hits[:3]),
            timings_ms=grown.clock.read(),
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
    bundled = settings.embedding_model is None and settings.embedding_url is None
    if bundled and (quick := engine.load()) is not None:
        index.require_model(quick.name)
        return quick
    from vectorstore.remote import chosen

    embedder = chosen(settings.embedding_model, settings.embedding_url, settings.embedding_key)
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


@dataclass(slots=True)
class _Growing:
    """An answer while its sentences arrive.

    Attributes:
        ends: how it will end, once the first sentence has shown what it is about.
        lacks: what is asked for and not told, as `assistant.lacking` names it.
    """

    base: Answer
    citer: Citer
    clock: _Clock
    ends: Outcome | None = None
    lacks: str | None = None
    sentences: list[Sentence] = field(default_factory=list)
    text: str = ""

    @property
    def says_something(self) -> bool:
        """True if a sentence tells something of the documents."""
        return any(sentence.citations for sentence in self.sentences)

    def add(self, draft: Draft) -> bool:
        """Takes in a draft if it stands; False if the verifier strikes it."""
        with self.clock("verify"):
            sentence = _verified(draft, self.citer, self.base.language)
        if sentence is None:
            return False
        opening = "" if not self.text else "\n- " if draft.line else "\n"
        self.text += opening + sentence.text
        self.sentences.append(sentence)
        return True

    def answer(self, ends: Outcome) -> Answer:
        """The answer so far."""
        return replace(
            self.base,
            outcome=ends,
            answer=self.text,
            sentences=tuple(self.sentences),
            citations=self.citer.used(self.sentences),
            timings_ms=self.clock.read(),
        )


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
            spent = (time.perf_counter() - began) * 1000
            self._steps[step] = round(self._steps.get(step, 0.0) + spent, 1)

    def read(self) -> dict[str, float]:
        """What was timed, and the total so far."""
        total = round((time.perf_counter() - self._began) * 1000, 1)
        known = sum(self._steps.values())
        return {**self._steps, "compose": round(max(0.0, total - known), 1), "total": total}
