"""Answers from sentences: those that best meet the question, whole and in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.compose import Draft
from assistant.compose.matching import Matcher
from assistant.compose.phrasing import bare, framed, role_name
from assistant.compose.scene import Place
from assistant.question import Question
from assistant.search import Hit
from assistant.verify.source import Source
from ingest.clean import clean
from ingest.document import MarkKind, Span
from ingest.grammar.dates import find_dates
from ingest.grammar.names import find_people
from ingest.sentences import sentences

_PLACES = 6
_BUDGET = {"who": 560, "when": 560, "amount": 560, "definition": 700, "vote": 560, "open": 640}
"""How many characters an answer may take by kind of question; as short as the question allows."""
_DEFAULT_BUDGET = 700
_SHAPE = 0.22
_POINTS_BACK = re.compile(
    r"^(detta|dessa|denna|den|det|de|han|hon|här|där|vidare|dock|därför|därmed|ovanstående|sådan\w*)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REASON = re.compile(
    r"\b(eftersom|därför|på grund av|med anledning av|till följd av|för att|då det|motiv\w*|"
    r"skäl\w*|syft\w+|mot bakgrund|bedöm\w+|anser|menar|orsak\w*)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(definier\w+|definition\w*|avses|menas|innebär|betyder|är styr\w+)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Attributes:
        score: how well it answers, about 0–1.
        stems: its words.
        back: True if it points back to the sentence before it.
    """

    place: Place
    span: Span
    score: float
    stems: frozenset[str]
    back: bool


def by_sentence(
    question: Question,
    found: Sequence[Place],
    matcher: Matcher,
    *,
    said: Sequence[Source] = (),
    budget: int | None = None,
) -> Iterator[Draft]:
    """The best sentences of the best parts, within a budget of characters.

    Args:
        said: what an answer says already; it is not said again.
        budget: None for that of the kind of question.
    """
    ranked = sorted(candidates(question, found[:_PLACES], matcher), key=lambda c: -c.score)
    ranked = [c for c in ranked if not any(_overlaps(c, source) for source in said)]
    if budget is None:
        budget = min((_BUDGET[k] for k in question.kinds if k in _BUDGET), default=_DEFAULT_BUDGET)
    chosen = _chosen(ranked, matcher, budget)
    last: Place | None = None
    for candidate in chosen:
        source = candidate.place.source(candidate.span.start, candidate.span.end)
        role = role_name(source.role)
        if last is not None and _same_place(last, candidate.place):
            yield bare(candidate.place, source, role, line=False)
        else:
            yield framed(candidate.place, source, question.language, "from", role)
        last = candidate.place
        for item in _list_after(candidate, budget):
            yield bare(candidate.place, candidate.place.source(item.start, item.end), role)


def _list_after(candidate: Candidate, budget: int) -> Iterator[Span]:
    """The items of the list that a sentence opens with its colon, all of them or none."""
    place, text = candidate.place, candidate.place.document.text
    if not text[candidate.span.start : candidate.span.end].rstrip().endswith(":"):
        return
    items: list[Span] = []
    at = candidate.span.end
    for mark in place.document.marked(MarkKind.LIST_ITEM):
        if mark.start >= at and mark.end <= place.part.end:
            if text[at : mark.start].strip():
                break
            items.append(Span(mark.start, mark.start + len(text[mark.start : mark.end].rstrip())))
            at = mark.end
    if sum(map(len, items)) <= 2 * budget:
        yield from items


def candidates(question: Question, found: Sequence[Place], matcher: Matcher) -> Iterator[Candidate]:
    """Every sentence in the windows of the hits, scored."""
    best = found[0].score if found else 1.0
    seen: set[tuple[str, int]] = set()
    for place in found:
        title = matcher.stems(f"{place.part.title} {place.document.title}")
        for hit in place.hits:
            for span in _sentences(place, Span(hit.window.start, hit.window.end)):
                key = (place.document.file, span.start)
                if key in seen:
                    continue
                seen.add(key)
                rank = _rank(hit, span) / best
                yield _scored(question, place, span, matcher, title, rank)


def _rank(hit: Hit, span: Span) -> float:
    """The search's score of the passage that a sentence stands in; the sentences of a window that
    the search did not find are half as good as their window."""
    scores = [score for start, end, score in hit.around if start < span.end and span.start < end]
    return max(scores, default=0.5 * hit.score)


def _sentences(place: Place, window: Span) -> Iterator[Span]:
    view = clean(place.document, window)
    for start, end in sentences(view.text):
        if end - start > 12:
            yield view.span(start, end)


def _scored(
    question: Question,
    place: Place,
    span: Span,
    matcher: Matcher,
    title: frozenset[str],
    rank: float,
) -> Candidate:
    text = " ".join(place.document.text[span.start : span.end].split())
    stems = matcher.stems(text)
    own = matcher.covered(stems)
    # What the paper's title says of the matter, its sentences need not repeat.
    with_title = matcher.covered(stems | title)
    score = 0.4 * own + 0.2 * with_title + 0.4 * rank + _shape(question, text)
    if len(text) < 40 and not re.search(r"[.!?]$", text):
        score -= 0.15  # a heading or the stump of a table says little
    return Candidate(place, span, score, stems, bool(_POINTS_BACK.match(text)))


def _shape(question: Question, text: str) -> float:
    """What a sentence gains by holding what is asked for: a date, a number, a name, a reason."""
    gain = 0.0
    kinds = set(question.kinds)
    if "when" in kinds and (find_dates(text) or _YEAR.search(text)):
        gain += _SHAPE
    if "amount" in kinds and _NUMBER.search(text):
        gain += _SHAPE
    if "who" in kinds and find_people(text):
        gain += _SHAPE
    if "why" in kinds and _REASON.search(text):
        gain += _SHAPE
    if "definition" in kinds and _DEFINES.search(text):
        gain += _SHAPE
    return gain


def _overlaps(candidate: Candidate, source: Source) -> bool:
    return (
        candidate.place.document.file == source.file
        and candidate.span.start < source.end
        and source.start < candidate.span.end
    )


def _chosen(ranked: Sequence[Candidate], matcher: Matcher, budget: int) -> list[Candidate]:
    """Sentences by what they add, until the budget is spent; in the order of their documents."""
    chosen: list[Candidate] = []
    covered: frozenset[str] = frozenset()
    used = 0
    for candidate in ranked:
        size = len(candidate.span)
        new = matcher.covered(covered | candidate.stems) - matcher.covered(covered)
        good = candidate.score >= 0.7 * ranked[0].score
        if used + size > budget or (chosen and (not good or (new < 0.02 and len(chosen) > 2))):
            continue
        chosen.append(candidate)
        covered |= candidate.stems
        used += size
        if len(chosen) == 4:
            break
    order = {id(c.place): n for n, c in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda c: (order[id(c.place)], c.span.start))


def _same_place(one: Place, other: Place) -> bool:
    return one.document.file == other.document.file and one.part.id == other.part.id
