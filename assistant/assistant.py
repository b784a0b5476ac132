"""The assistant: understand → search → compose → verify → answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from assistant.answer import Answer, Outcome, Sentence
from assistant.asking_back import matters
from assistant.citing import Citer
from assistant.compose import Composer, Draft
from assistant.compose.extractive import Extractive
from assistant.compose.model import ModelComposer
from assistant.compose.model_chat import open_chat
from assistant.compose.model_rewrite import rewritten
from assistant.compose.scene import Place, places
from assistant.confidence import gathered, off_topic, outcome
from assistant.filters import Filters
from assistant.finding import EmbedsQueries
from assistant.following import found, meant
from assistant.followup import standalone
from assistant.growing import Clock, Growing
from assistant.premise import contradiction
from assistant.premise_decided import decided_otherwise
from assistant.question import MAX_CHARACTERS, Question, understand
from assistant.search import Hit, search
from assistant.settings import Settings
from assistant.wording import say
from ingest.errors import BereddError
from vectorstore import manifest
from vectorstore.index import Index, open_index

Rewrite = Callable[[str, Sequence[str], str], str | None]

_K = 10
"""How many hits an answer is composed from."""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one index. Safe to use from several threads.

    Attributes:
        index: what is searched.
        embedder: embeds questions; the model that made the index.
        composer: writes the drafts.
        rewrite: makes a follow-up question stand alone, given what was said before and the
            language; None where it is of no use, and then the rules' own stands.
    """

    index: Index
    embedder: EmbedsQueries
    composer: Composer = field(default_factory=Extractive)
    rewrite: Rewrite | None = None

    @classmethod
    def open(cls, settings: Settings | Path) -> Assistant:
        """The assistant of an index.

        Args:
            settings: what is set, or the index folder alone.

        Raises:
            BereddError: no index there, or it was made by another model.
        """
        chosen = settings if isinstance(settings, Settings) else Settings(index=settings)
        _begin(chosen)
        index = open_index(chosen.index, chosen.chroma_url)
        chat = open_chat(chosen)
        embedder = query_embedder(chosen, index)
        if chat is None:
            return cls(index, embedder)
        return cls(index, embedder, ModelComposer(chat), partial(rewritten, chat))

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
        clock = Clock()
        self.index.refresh()
        early = self._refused(question)
        if early is not None:
            yield early
            return
        with clock("understand"):
            understood = standalone(question[:MAX_CHARACTERS], history, self.index.parties)
            if understood.matter and self.rewrite:
                understood = self._rewritten(question, history, understood, self.rewrite)
        with clock("search"):
            finds = partial(found, self.index, self.embedder, k=_K, filters=filters)
            hits = finds(understood)
            if history and not understood.focus:
                understood, hits = meant(self.index, finds, question, history, understood, hits)
        yield from self._composed(question, understood, hits, clock)

    def _rewritten(
        self, question: str, history: Sequence[Answer], by_rules: Question, rewrite: Rewrite
    ) -> Question:
        """The follow-up question as the model asks it, with what the rules know of its matter."""
        said = [text for turn in history[-2:] for text in (turn.standalone_question, turn.answer)]
        alone = rewrite(question, said, by_rules.language)
        if alone is None:
            return by_rules
        asked = understand(alone, self.index.parties)
        return replace(
            asked,
            focus=by_rules.focus,
            periods=asked.periods or by_rules.periods,
            bodies=asked.bodies or by_rules.bodies,
            language=by_rules.language,
        )

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The `k` best hits for a question, best first."""
        self.index.refresh()
        if not _has_words(question):
            return []
        understood = understand(question, self.index.parties)
        return search(self.index, self.embedder, understood, k, filters=filters)

    def _composed(
        self, question: str, understood: Question, hits: list[Hit], clock: Clock
    ) -> Iterator[Answer]:
        """The growing answer: each sentence as soon as it is written and verified."""
        grown = Growing(self._frame(question, understood), Citer(self.index), clock)
        if off_topic(understood, hits, self.index):
            grown.lacks = "topic"
            yield self._declined(grown, understood, hits)
            return
        near = places(hits, self.index)
        if several := matters(understood, near):
            yield self._asked_back(grown, understood, several)
            return
        against = contradiction(understood, near) or decided_otherwise(understood, near, self.index)
        if against:
            grown.add(Draft(text=say(understood.language, "outcome.false_premise"), role="frame"))
            for draft in against:
                if grown.add(draft):
                    yield grown.answer(Outcome.FALSE_PREMISE)
            if grown.says_something:
                return
        grown = Growing(grown.base, Citer(self.index), clock)
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

    def _asked_back(self, grown: Growing, understood: Question, meant: list[Place]) -> Answer:
        """Which of these matters is meant? Their papers stand as pointers beside it."""
        asks = say(understood.language, f"outcome.{Outcome.ASKS_BACK.value}")
        told = [asks, *dict.fromkeys(place.part.title for place in meant)]
        return replace(
            grown.base,
            outcome=Outcome.ASKS_BACK,
            answer="\n- ".join(told),
            sentences=tuple(Sentence(text=text, role="frame") for text in told),
            nearest=grown.citer.nearest([place.hits[0] for place in meant]),
            timings_ms=grown.clock.read(),
        )

    def _declined(self, grown: Growing, understood: Question, hits: list[Hit]) -> Answer:
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
    """What embeds questions for an index: the model that is set.
    Raises IndexMismatch if another model made the index."""
    from vectorstore.remote import chosen

    embedder = chosen(settings.embedding_model, settings.embedding_url, settings.embedding_key)
    index.require_model(embedder.name)
    return embedder


def _begin(settings: Settings) -> None:
    """Loads the bundled model beside the opening of an index that it made."""
    from vectorstore.bundled import Bundled

    made = manifest.read(settings.index)
    if made is None or settings.embedding_model or settings.embedding_url:
        return
    with suppress(BereddError):  # not installed: whoever embeds is told
        if made.model == (bundled := Bundled()).name:
            bundled.begin()


def _has_words(question: str) -> bool:
    return any(char.isalnum() for char in question)
