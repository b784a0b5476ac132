"""The model composer: a chat model writes, the verifier strikes, the documents have the last word.

Every sentence is held against the sources before it is given on. One that says what another source
says is bound to that one; one that only phrases freely is replaced by the source's own sentence;
the rest is dropped. Where the model fails, or nothing it says stands, the fallback takes over and
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from assistant.compose import Draft, Library
from assistant.compose.extractive import Extractive
from assistant.compose.model_chat import Chat, ChatFailed
from assistant.compose.model_prompt import BUDGET, Shown, chosen, prompt
from assistant.compose.model_repair import own_words
from assistant.compose.model_stream import LostItsWay, Told, told
from assistant.compose.phrasing import role_name
from assistant.compose.scene import places, role_at, role_of
from assistant.question import Question
from assistant.search import Hit
from assistant.verify import Fault, Language, Source, Verdict, verify
from assistant.wording import say
from ingest.document import Document, Span
from ingest.records import Demand, Record
from ingest.sentences import sentences

Fallback = Callable[[Question, Sequence[Hit], Library], Iterator[Draft]]

_NO_ANSWER = frozenset(("inget svar", "no answer"))
_MOST_SENTENCES = 30
_REPAIRABLE = frozenset((Fault.CONTENT, Fault.ORDER, Fault.QUOTE, Fault.CUT, Fault.ROLE))


@dataclass(frozen=True, slots=True)
class ModelComposer:
    """Writes with a chat model.

    Attributes:
        chat: the model.
        fallback: writes where the model fails; the extractive composer by default.
        budget: tokens that the sources may take in the prompt.
    """

    chat: Chat
    fallback: Fallback = field(default_factory=lambda: Extractive().compose)
    budget: int = BUDGET
    at_once: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """ "<provider>:<model>"."""
        return self.chat.name

    def compose(self, question: Question, hits: Sequence[Hit], library: Library) -> Iterator[Draft]:
        """Drafts, each as soon as its sentence is complete and verified."""
        shown = chosen(places(hits, library), self.budget)
        if not shown:
            return
        kept = dropped = 0
        try:
            for sentence in _bounded(told(self.chat.stream(prompt(question, shown)))):
                if sentence.text.strip(" .").casefold() in _NO_ANSWER:
                    if not kept:
                        return
                    continue
                draft = checked(sentence, shown, question.language)
                kept, dropped = kept + (draft is not None), dropped + (draft is None)
                if draft is not None:
                    yield draft
        except (ChatFailed, LostItsWay):
            yield from self._instead(question, hits, library)
            return
        if not kept:
            yield from self._instead(question, hits, library)
        elif dropped > kept:
            yield Draft(text=say(question.language, "outcome.partial"), role="frame")

    def _instead(
        self, question: Question, hits: Sequence[Hit], library: Library
    ) -> Iterator[Draft]:
        """The fallback's drafts, after a word that they are not the model's."""
        drafts = list(self.fallback(question, hits, library))
        if drafts:
            yield Draft(text=say(question.language, "outcome.model_failed"), role="frame")
            yield from drafts


def checked(sentence: Told, shown: Sequence[Shown], language: str) -> Draft | None:
    """The sentence with the sources that carry it, or the source's own words, or None."""
    tongue: Language = "en" if language == "en" else "sv"
    cited = [shown[number - 1] for number in sentence.ids if 0 < number <= len(shown)]
    faults: set[Fault] = set()
    for some in (cited, list(shown)):
        if not some:
            continue
        verdict = verify(sentence.text, [s.source for s in some], language=tongue)
        if verdict.accepted:
            return _bound(sentence, some, verdict, tongue)
        faults |= {fault for fault, _ in verdict.faults} if some is cited else set()
    if cited and faults <= _REPAIRABLE:
        return own_words(sentence.text, cited, language)
    return None


def _bounded(found: Iterator[Told]) -> Iterator[Told]:
    for number, sentence in enumerate(found, 1):
        if number > _MOST_SENTENCES:
            raise LostItsWay("the reply has no end")
        yield sentence


def _bound(
    sentence: Told, shown: Sequence[Shown], verdict: Verdict, language: Language
) -> Draft | None:
    """The sentence bound to the very sentences that carry it, each with its own role.

    A yrkande inside minutes is a proposal, whatever the minutes are: so the sentence is judged
    again with the role of what it leans on. A demand told as if it were so is quoted instead.
    """
    found = [narrowed(shown[index], span) for index, span in verdict.spans.items()]
    sources = tuple(source for source, _ in found)
    again = verify(sentence.text, sources, language=language)
    asked = any(demand for _, demand in found) and not again.marked
    if asked or not again.accepted:
        return own_words(sentence.text, [shown[index] for index in verdict.spans], language)
    return Draft(
        text=sentence.text, sources=sources, role=role_name(again.role), line=sentence.line
    )


def narrowed(shown: Shown, span: Span) -> tuple[Source, bool]:
    """The source cut down to the whole sentences around a span, with the role of the record.

    Also whether that record is a demand.
    """
    document, part = shown.place.document, shown.place.part
    whole = _sentences_around(document, span, Span(shown.source.start, shown.source.end))
    record = _record_at(part.records, span)
    role = role_of(record, part) if record else role_at(part, whole.start, whole.end)
    source = shown.place.source(whole.start, whole.end, role)
    return source, isinstance(record, Demand)


def _sentences_around(document: Document, span: Span, within: Span) -> Span:
    text = document.text[within.start : within.end]
    touched = [
        Span(start + within.start, end + within.start)
        for start, end in sentences(text)
        if start + within.start < span.end and end + within.start > span.start
    ]
    return Span(touched[0].start, touched[-1].end) if touched else span


def _record_at(records: Sequence[Record], span: Span) -> Record | None:
    """The smallest record that holds the span and has a say in its role."""
    holding = [
        record
        for record in records
        if record.start <= span.start
        and span.end <= record.end
        and record.kind in ("yrkande", "demand", "reservation", "statement", "decision")
    ]
    return min(holding, key=lambda record: record.end - record.start, default=None)
