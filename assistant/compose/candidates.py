"""Candidate sentences: every sentence near what was found, scored by how well it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.compose.choose import words_of
from assistant.compose.matching import Matcher
from assistant.compose.scene import Place
from assistant.compose.shape import shape, tells_nothing
from assistant.question import Question
from ingest.clean import clean
from ingest.document import Span
from ingest.grammar.headings import kind_of, run_in
from ingest.parts import PartKind
from ingest.sentences import sentences

_COLUMNS = re.compile(r"\S {3,}\S")
_LINE = re.compile(r"^[^\n]{4,60}$", re.MULTILINE)
_LISTS = ("papers", "sent_to")
"""Sections whose lines, unless they are whole sentences, tell nothing of the matter."""
_STOPS = (".", "!", "?", "”")
_ASKS_PAPERS = re.compile(
    r"\bunderlag|\bhandling(?:ar|en)|\bbilag|\bskrivelse|\btjänsteskrivelse|\bskicka|\bexpedier|"
    r"\bdelge|\byttrande|\bremiss|\bdocuments?\b|\bpapers?\b|\bsent\b",
    re.IGNORECASE,
)
"""Papers, or to whom something was sent, are asked for."""
_TABLE_ROWS = 3
"""So many lines with wide gaps are a table."""
_BESIDE = 0.3
_YEARLY = re.compile(
    r"(?:årsredovisning|bokslut|årsrapport|verksamhetsberättelse|revisionsberättelse|budget|"
    r"årsuppföljning)\w*\D{0,30}\b((?:19|20)\d\d)\b(?! ?[-–])",
    re.IGNORECASE,
)
"""A paper of one year, by its title."""
_OF_IT = 0.1
"""What the sentences of the part gain that holds most of the question, the others in proportion."""
_OTHER_YEAR = 0.1
"""What the sentences of a paper of another year lose."""
_WHOLE = 5000
"""Parts of at most so many characters are read whole, longer ones in the windows of their hits."""
_NEW = 2
"""How many words a sentence must hold that the titles above it do not."""
_OF_ITS_OWN = ("why", "amount", "when", "opinion")
"""Kinds of question that a paper's title does not answer."""
_RUNS_ON = r"\s+(?=[A-ZÅÄÖ”\"])"
"""What goes on in lower case has the title for its subject."""
_LEAST = 12
"""A sentence has more characters than this."""
_LONG = 250
_QUOTES = re.compile(r":\s+[”\"][^”\"]+[”\"]?[.\s]*$")
"""A sentence that is longer than this, in characters, may lead in a quotation."""
_NUMBERED = re.compile(r"^\W*\d+[.)]")


@dataclass(frozen=True, slots=True)
class Weights:
    """What a sentence's score is made of: the question's words in it, the same with its paper's
    title, and the search's score of the passage that it stands in."""

    own: float
    titled: float
    rank: float


_BY_WORDS = Weights(own=0.4, titled=0.2, rank=0.4)
_BY_MEANING = Weights(own=0.15, titled=0.1, rank=0.75)
"""Questions in another language than the papers share few words with them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        score: how well it answers, about 0–1. stems: its words.
    """

    place: Place
    span: Span
    score: float
    stems: frozenset[str]

    @property
    def key(self) -> tuple[str, int, int]:
        """Tells sentences apart, and a sentence from its lead-in."""
        return self.place.document.file, self.span.start, self.span.end


def candidates(
    question: Question, found: Sequence[Place], matcher: Matcher, part: Matcher | None = None
) -> list[Candidate]:
    """Every sentence of the parts found, or of the windows of their hits, best first.

    A sentence is lifted by the better of its two neighbours: what answers often stands beside the
    sentence that says the question's words.

    Args:
        part: the matcher of that part of a question which the sentences are to answer.
    """
    scorer = _Scorer(question, matcher, part or matcher, found[0].score if found else 1.0)
    held = {id(place): matcher.coverage(words_of(place)) for place in found}
    most = max(held.values(), default=0.0) or 1.0
    scored = [
        replace(c, score=c.score + _OF_IT * held[id(c.place)] / most) for c in _all(scorer, found)
    ]
    lifted: list[Candidate] = []
    for n, candidate in enumerate(scored):
        gain = _BESIDE * _beside(scored, n)
        lifted.append(replace(candidate, score=candidate.score + gain))
        lead = _lead_in(candidate.place, candidate.span)
        if lead is not None:
            place = candidate.place
            alone = scorer.candidate(place, lead, scorer.titled(place))
            lifted.append(replace(alone, score=alone.score + gain))
    return sorted(lifted, key=lambda candidate: -candidate.score)


@dataclass(frozen=True, slots=True)
class _Scorer:
    """Scores sentences for a question.

    Attributes:
        matcher: of the whole question. part: of that part of it which the sentences are to answer.
        best: the search's score of the best part found.
    """

    question: Question
    matcher: Matcher
    part: Matcher
    best: float

    def candidate(self, place: Place, span: Span, titled: frozenset[str]) -> Candidate:
        """A sentence with its score; `titled` are the words of its paper's titles."""
        weights = _BY_WORDS if self.question.language == "sv" else _BY_MEANING
        text = _text(place, span)
        stems = self.matcher.stems(text)
        score = (
            weights.own * (self.matcher.covered(stems) + self.part.covered(stems)) / 2
            # What the paper's title says of the matter, its sentences need not repeat.
            + weights.titled * self.matcher.covered(stems | titled)
            + weights.rank * _rank(place, span) / self.best
            + shape(self.question, text)
            - (_OTHER_YEAR if self._of_other_year(place) else 0.0)
        )
        return Candidate(place, span, score, stems)

    def _of_other_year(self, place: Place) -> bool:
        """True for a paper of another year than the one asked for: last year's annual report."""
        asked = {period.first[:4] for period in self.question.periods}
        told = set(_YEARLY.findall(place.part.title))
        return bool(asked and told) and not asked & told

    def titled(self, place: Place) -> frozenset[str]:
        """The words of a place's titles."""
        return self.matcher.stems(f"{place.part.title} {place.document.title}")


def _text(place: Place, span: Span) -> str:
    return " ".join(place.document.text[span.start : span.end].split())


def _beside(scored: Sequence[Candidate], n: int) -> float:
    place = scored[n].place
    around = (*(scored[n - 1 : n] if n else ()), *scored[n + 1 : n + 2])
    return max((other.score for other in around if other.place is place), default=0.0)


def _all(scorer: _Scorer, found: Sequence[Place]) -> Iterator[Candidate]:
    question = scorer.question
    seen: set[tuple[str, int]] = set()
    for place in found:
        title = scorer.titled(place)
        lists = [] if _asks_papers(question) else list(_paper_lists(place))
        for span in _spans(place, titled=question.kind not in _OF_ITS_OWN):
            if (place.document.file, span.start) in seen:
                continue
            seen.add((place.document.file, span.start))
            text = _text(place, span)
            if not text.endswith(_STOPS) and any(span.overlaps(listed) for listed in lists):
                continue
            if tells_nothing(text, place.part.title):
                continue
            candidate = scorer.candidate(place, span, title)
            if not _repeats(question, text, place, candidate.stems - title):
                yield candidate


def _asks_papers(question: Question) -> bool:
    """True if the list of a matter's papers may answer: it names earlier meetings with their
    days."""
    dated = {"when", "timeline"} & set(question.kinds)
    return bool(dated) or bool(_ASKS_PAPERS.search(question.text))


def _paper_lists(place: Place) -> Iterator[Span]:
    """The sections of a § that list its papers, and whom its decision is sent to."""
    part = place.part
    if part.kind is not PartKind.PARAGRAPH:
        return
    heads = [
        (line.start(), kind)
        for line in _LINE.finditer(place.document.text, part.start, part.end)
        if (kind := kind_of(line[0]))
    ]
    ends = [start for start, _ in heads[1:]] + [part.end]
    for (start, kind), end in zip(heads, ends, strict=False):
        if kind in _LISTS:
            yield Span(start, end)


def _repeats(question: Question, text: str, place: Place, new: frozenset[str]) -> bool:
    """True for a line that says its paper's title once more; whom it names may be asked for."""
    if len(new) >= _NEW or "who" in question.kinds:
        return False
    return not _figures(text) - _figures(place.part.title)


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", _NUMBERED.sub("", text)))


def _spans(place: Place, *, titled: bool) -> Iterator[Span]:
    """The sentences of a part, without the heading that runs into one.

    Args:
        titled: True where a title that runs into one stays: it may be what is asked for.
    """
    part = place.part
    words = [] if titled else part.title.split()
    title = re.compile(r"\s+".join(map(re.escape, words)) + _RUNS_ON) if words else None
    windows = [Span(hit.window.start, hit.window.end) for hit in place.hits]
    if part.end - part.start <= _WHOLE or not windows:
        windows = [Span(part.start, part.end)]
    for window in windows:
        view = clean(place.document, window)
        for start, end in sentences(view.text):
            for row, last in _rows(view.text, start, end):
                first = row + _opening(view.text[row:last], title)
                if last - first > _LEAST:
                    yield view.span(first, last)


def _lead_in(place: Place, span: Span) -> Span | None:
    """The lead-in of a long sentence that ends in a quotation."""
    if len(span) <= _LONG:
        return None
    quoted = _QUOTES.search(place.document.text, span.start, span.end)
    return Span(span.start, quoted.start() + 1) if quoted else None


def _opening(text: str, title: re.Pattern[str] | None) -> int:
    """How much of a sentence is its paper's title and a heading that run into it; 0 where nothing
    is left without them."""
    titled = title.match(text) if title else None
    at = titled.end() if titled else 0
    at += run_in(text[at:])
    return at if len(text) - at > _LEAST else 0


def _rows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or the lines of it where it is a table: a row says one thing."""
    lines = list(re.finditer(r"[^\n]+", text[start:end]))
    if sum(bool(_COLUMNS.search(line[0])) for line in lines) < _TABLE_ROWS:
        yield start, end
        return
    for line in lines:
        inner = line[0].strip()
        at = start + line.start() + line[0].index(inner) if inner else start
        yield at, at + len(inner)


def _rank(place: Place, span: Span) -> float:
    """The search's score of the passage that a sentence stands in; sentences that the search did
    not find are half as good as their part."""
    scores = [
        score
        for hit in place.hits
        for start, end, score in hit.around
        if start < span.end and span.start < end
    ]
    return max(scores, default=0.5 * place.score)
