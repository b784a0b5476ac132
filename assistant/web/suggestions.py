"""Questions to ask: what is worth asking of a paper, read from its records.

Each is a question that the assistant has answered from that very paper before it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.web.words import Words
from ingest.parts import Part, PartKind
from ingest.records import Definition
from vectorstore.stored import Stored

_SAMPLED = 24
"""Papers looked at for the first questions."""
_TRIED = 30
"""Questions tried; each costs an answer."""
_FOLLOWED = 3
"""Questions tried after an answer: few, since every asker pays for them."""
_REMEMBERED = 5_000
"""Questions whose answers' places are remembered."""
_TOPIC = (8, 70)
"""Shortest and longest heading, in characters, that a question can name."""
_ASKED_OF = {
    PartKind.MOTION: "demand",
    PartKind.ALTERNATIVE_PROPOSAL: "demand",
    PartKind.INITIATIVE: "demand",
    PartKind.YRKANDE: "demand",
    PartKind.RESERVATION: "signature",
}
_RECORDS = ("vote", "reservation", "decision", "recusal", "yrkande")
_ORDER = (
    "vote",
    "demand",
    "reservation",
    "decision",
    "yrkande",
    "recusal",
    "signature",
    "definition",
)
"""Kinds of first questions, what people come for most first."""
_FORMAL = re.compile(
    r"(?i)\b(öppnande|justering|justerare|närvaro|upprop|dagordning|anmälan|meddelande|delgivning"
    r"|ledamöter|innehåll|underskrift|sammanträdet|val av|bilaga|sida)\b"
)


Place = tuple[str, int]
"""A file, and where in it a citation begins."""


@dataclass(slots=True)
class Tried:
    """Questions that have been put to the assistant, with the places that its answers cite.

    The same papers are cited again and again, and each question about them costs an answer once.
    Good for one state of the index. Safe to use from several threads.
    """

    assistant: Assistant
    _known: dict[str, frozenset[Place]] = field(default_factory=dict)

    def places(self, question: str) -> frozenset[Place]:
        """What the answer cites; nothing where there is no answer."""
        if question not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            answer = self.assistant.answer(question)
            cited = answer.citations if answer.outcome.answers else ()
            self._known[question] = frozenset((c.file, c.start) for c in cited)
        return self._known.get(question, frozenset())


def first_questions(tried: Tried, words: Words, wanted: int = 4) -> tuple[str, ...]:
    """Questions of different kinds from different papers, each known to be answered."""
    assistant = tried.assistant
    files = _spread(list(assistant.index.entries), _SAMPLED)
    papers = [stored for file in files if (stored := assistant.index.document(file))]
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for stored in papers:
        for kind, question in _of_paper(stored, words):
            by_kind.setdefault(kind, []).append((stored.document.file, question))
    rounds = zip_longest(*(by_kind[kind] for kind in _ORDER if kind in by_kind))
    candidates = [pair for row in rounds for pair in row if pair is not None]
    return tuple(_answered(tried, candidates[:_TRIED], wanted))


def follow_ups(tried: Tried, answer: Answer, words: Words, wanted: int = 2) -> tuple[str, ...]:
    """Questions about the papers that an answer cites, that it does not answer itself."""
    assistant = tried.assistant
    candidates: list[tuple[str, str]] = []
    for citation in answer.citations[:3]:
        stored = assistant.index.document(citation.file)
        part = stored.part_at(citation.start) if stored else None
        if stored is not None and part is not None:
            questions = (question for _, question in _of_part(stored, part, words))
            candidates += [(citation.file, q) for q in questions if q != answer.question]
    shown = {(c.file, c.start) for c in answer.citations}
    return tuple(_answered(tried, list(dict.fromkeys(candidates))[:_FOLLOWED], wanted, shown))


def _answered(
    tried: Tried,
    candidates: Iterable[tuple[str, str]],
    wanted: int,
    shown: Iterable[Place] = (),
) -> Iterator[str]:
    """The first candidates that get an answer from their own paper, and one not shown before."""
    seen, files, found = set(shown), set[str](), 0
    for file, question in candidates:
        if found == wanted:
            return
        if not shown and file in files:
            continue
        places = tried.places(question)
        if places - seen and file in {f for f, _ in places}:
            seen |= places
            files.add(file)
            found += 1
            yield question


def _of_paper(stored: Stored, words: Words) -> Iterator[tuple[str, str]]:
    for part in stored.parts:
        yield from _of_part(stored, part, words)


def _of_part(stored: Stored, part: Part, words: Words) -> Iterator[tuple[str, str]]:
    """Kind and text of the questions that a part's records answer."""
    for record in part.records:
        if isinstance(record, Definition) and len(record.term) < 40:
            yield "definition", words("suggest.definition", term=" ".join(record.term.split()))
    topic = " ".join(part.title.split())
    if not _TOPIC[0] <= len(topic) <= _TOPIC[1] or _FORMAL.search(topic):
        return
    if part.kind in _ASKED_OF:
        kind = _ASKED_OF[part.kind]
        yield kind, words(f"suggest.{kind}", topic=topic)
    held = {record.kind for record in part.records}
    body = (part.body or "").lower()
    for kind in _RECORDS:
        if kind in held and (body or kind not in ("vote", "decision")):
            yield kind, words(f"suggest.{kind}", topic=topic, body=body)


def _spread(files: Sequence[str], wanted: int) -> list[str]:
    """At most `wanted` of the files, evenly spread."""
    step = max(1.0, len(files) / wanted)
    return [files[int(at * step)] for at in range(min(wanted, len(files)))]
