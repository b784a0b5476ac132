"""Answers from sentences: those that best meet the question, whole and in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from assistant.compose import Draft, Library
from assistant.compose.amounts import tells_amount
from assistant.compose.candidates import Candidate, candidates
from assistant.compose.choose import words_of
from assistant.compose.matching import Matcher
from assistant.compose.phrasing import bare, framed, role_name, whence
from assistant.compose.scene import Place
from assistant.compose.shape import dates_something, says_what_is_asked
from assistant.question import Question
from assistant.several import parts_of
from assistant.verify.source import Source
from ingest.document import MarkKind, Span
from ingest.parts import PartKind

_PLACES = 6
_CLOSE = 0.7
"""Parts that score below this share of the best one are another matter."""
_HELD = 0.65
"""Parts that hold less than this share of what the best one holds of the question are, too."""
_FAR = 0.5
"""The same for an audit paper where the auditors are asked for."""
_BUDGET = 620
"""How many characters an answer may take, frames included: as short as the question allows."""
_IN_TALK = 340
"""How many more in a conversation: whoever goes on asking about a paper reads more of it."""
_MARKS = 4
"""What the quotation marks of a sentence and the space after it take."""
_LIST = 100
"""How much more, in characters, the items of a list may take that one of the sentences opens."""
_WHOLE_LIST, _OPENS = 700, 0.9
"""So many where the sentence that opens it scores at least this share of the best one."""
_BULLET = re.compile(r"[•▪●■\uf0b7\uf0a7](?=\s+[^\W\d_])")
_FURTHER = 70
"""How many more for each further part of a question."""
_ALIKE = 0.75
"""Sentences that share this much of their words say the same."""
_MOST = 5
"""How many sentences at most."""
_READ_ON = 2
"""After so many of the best sentences the next one is quoted too, where there is room for it."""
_STILL = 0.7
"""What follows scores at least this share of what it follows."""
_GAP = 20
"""What follows at once begins within so many characters."""
_SUMS_UP = re.compile(
    r"\b(?:totalt|sammanlagt|sammantaget|tillsammans|uppgå|uppgick|motsvara|det rör sig|"
    r"rör det sig|det handlar|handlar det|summan|beloppet|kostnaden|avgiften|priset)",
    re.IGNORECASE,
)
"""With these words an amount is told of what the sentences before have named."""
_TAKES_UP = re.compile(r"(?:Det|Detta|Den|De|Kostnaden|Totalt|Summan|Priset|Avgiften)\b")
"""A sentence that begins so goes on with the one before it."""
_SHORT = 120
"""So short is it, in characters, where it is told beyond what else there is room for."""
_NO_LESS = 0.6
"""What tells a part of a question scores at least this share of the best sentence."""
_STOPS = (".", "!", "?", ":", ";", "”")
_NEAR = 400
"""What is asked for is looked for so far after the best sentence, in characters."""
_FIGURES = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_RAISED = re.compile(rf"[{_FIGURES}]+")
_NOTE = re.compile(rf"\s*[{_FIGURES}]")


def by_sentence(
    question: Question,
    found: Sequence[Place],
    library: Library,
    *,
    said: Sequence[Source] = (),
    named: Sequence[str] = (),
    budget: int = _BUDGET,
) -> Iterator[Draft]:
    """The best sentences of the best parts, within a budget of characters.

    A question with several parts gets the best sentence of each before any gets a second.

    Args:
        said: what an answer says already; it is not said again.
        named: words of the question for those whose own papers were found.
    """
    near = [place for place in found[:_PLACES] if place.score >= _CLOSE * found[0].score]
    matcher = Matcher(question, library, named)
    near = _of_the_matter(matcher, _by_the_auditors(question, found, near))
    parts = parts_of(question)
    budget += _FURTHER * (len(parts) - 1) if not said else 0
    budget += _IN_TALK if question.matter and not said else 0
    ranked = [
        [c for c in candidates(part, near, matcher, words) if not _among(c, said)]
        for part in parts
        for words in [Matcher(part, library, named) if question.language == "sv" else matcher]
    ]
    if len(parts) > 1:
        ranked = [_fitting(part, some) for part, some in zip(parts, ranked, strict=True)]
    chosen = _chosen(ranked, matcher, budget, question.language)
    if not said and not says_what_is_asked(question, [_text(c) for c in chosen]):
        chosen = _on_to_it(question, ranked, chosen)
    chosen = _with_their_amounts(question, ranked, chosen)
    last: Place | None = None
    places = {id(candidate.place): candidate.place for candidate in chosen}
    frames = sum(len(whence(place, question.language)) for place in places.values())
    best = max((candidate.score for candidate in chosen), default=0.0)
    left = budget + _LIST - frames - sum(len(candidate.span) for candidate in chosen)
    for candidate in chosen:
        source = candidate.place.source(candidate.span.start, candidate.span.end)
        role = role_name(source.role)
        if last is not None and _same_place(last, candidate.place):
            yield bare(candidate.place, source, role, line=False)
        else:
            yield framed(candidate.place, source, question.language, "from", role)
        last = candidate.place
        for note in _notes(candidate, chosen):
            yield bare(candidate.place, candidate.place.source(note.start, note.end), role)
        opens = candidate.score >= _OPENS * best
        for item in _list_after(candidate, max(left, _WHOLE_LIST) if opens else left):
            yield bare(candidate.place, candidate.place.source(item.start, item.end), role)


def _by_the_auditors(question: Question, found: Sequence[Place], near: list[Place]) -> list[Place]:
    """What the auditors say stands in their own papers, where one of them was found near."""
    if PartKind.AUDIT not in question.papers or question.bodies:
        return near
    own = [place for place in found[:_PLACES] if place.part.kind is PartKind.AUDIT]
    close = [place for place in own if any(place is one for one in near)]
    return close or [p for p in own if p.score >= _FAR * found[0].score] or near


def _of_the_matter(matcher: Matcher, near: list[Place]) -> list[Place]:
    """Those that hold nearly as much of the question as the one that holds most of it, and what
    else was found of its paper."""
    held = [matcher.coverage(words_of(place)) for place in near]
    most = max(held)
    best = near[held.index(most)].document.file
    return [
        place
        for place, share in zip(near, held, strict=True)
        if share >= _HELD * most or place.document.file == best
    ]


def _chosen(
    ranked: Sequence[Sequence[Candidate]], matcher: Matcher, budget: int, language: str
) -> list[Candidate]:
    """Sentences by what they add, until the budget is spent; in the order of their documents."""
    chosen: dict[tuple[str, int, int], Candidate] = {}
    covered: frozenset[str] = frozenset()
    places: set[int] = set()
    used = 0
    for turn, candidate in _in_turn(ranked):
        best = ranked[turn][0].score
        frame = 0 if id(candidate.place) in places else len(whence(candidate.place, language))
        size = len(candidate.span) + frame + _MARKS
        new = matcher.covered(covered | candidate.stems) - matcher.covered(covered)
        dull = candidate.score < 0.7 * best or (new < 0.02 and len(chosen) > 2)
        again = any(
            _alike(other, candidate) or _within(other, candidate) for other in chosen.values()
        )
        if candidate.key in chosen or used + size > budget or (chosen and (dull or again)):
            continue
        chosen[candidate.key] = candidate
        covered |= candidate.stems
        places.add(id(candidate.place))
        used += size
        if len(chosen) == _MOST:
            break
    for candidate in _read_on(ranked, chosen):
        size = len(candidate.span) + _MARKS
        new = not any(_alike(o, candidate) or _within(o, candidate) for o in chosen.values())
        if new and len(chosen) < _MOST and used + size <= budget:
            chosen[candidate.key] = candidate
            used += size
    order = {id(c.place): n for n, c in reversed(list(enumerate(chosen.values())))}
    return sorted(chosen.values(), key=lambda c: (order[id(c.place)], c.span.start))


def _fitting(part: Question, ranked: list[Candidate]) -> list[Candidate]:
    """The sentences with the first one that tells what a part of a question asks for before the
    others, unless it is far behind."""
    for candidate in ranked:
        if candidate.score < _NO_LESS * ranked[0].score:
            break
        told = _text(candidate).rstrip()
        dated = told.endswith(_STOPS) and dates_something(told)  # no letterhead, no signature
        if says_what_is_asked(part, [told]) and (part.kind != "when" or dated):
            return [candidate, *(c for c in ranked if c is not candidate)]
    return ranked


def _on_to_it(
    question: Question, ranked: Sequence[Sequence[Candidate]], chosen: Sequence[Candidate]
) -> list[Candidate]:
    """The best of the chosen sentences after which one sums up what is asked for, with that one:
    "Medlen fördelades till … Totalt rör det sig om 6 miljoner kronor." Nothing if none does."""
    for best in sorted(chosen, key=lambda c: -c.score):
        after = [
            c
            for some in ranked
            for c in some
            if c.place is best.place and 0 <= c.span.start - best.span.end < _NEAR
        ]
        for candidate in sorted(after, key=lambda c: c.span.start):
            told = _text(candidate)
            if _SUMS_UP.search(told) and says_what_is_asked(question, [told]):
                return [best, candidate]
    return []


def _with_their_amounts(
    question: Question, ranked: Sequence[Sequence[Candidate]], chosen: Sequence[Candidate]
) -> list[Candidate]:
    """The chosen sentences, each that tells no amount where one is asked for with the short one
    after it that takes it up and does: "Knappen kräver ett nytt skåp. Det kostar 145 000 kronor."
    """
    if "amount" not in question.kinds:
        return [*chosen]
    told: list[Candidate] = []
    for one in chosen:
        told.append(one)
        if any(one.span.overlaps(other.span) for other in told[:-1]):
            continue
        after = next(
            (
                c
                for some in ranked
                for c in some
                if c.place is one.place
                and 0 <= c.span.start - one.span.end < _GAP
                and len(c.span) <= _SHORT
                and _TAKES_UP.match(_text(c))
            ),
            None,
        )
        known = after is None or any(after.key == c.key for c in chosen)
        if after is None or known or tells_amount(question, [_text(one)]):
            continue
        if tells_amount(question, [_text(after)]):
            told.append(after)
    return told


def _read_on(
    ranked: Sequence[Sequence[Candidate]], chosen: Mapping[tuple[str, int, int], Candidate]
) -> list[Candidate]:
    """The sentences that follow the best chosen ones at once: what answers often begins in the
    words of the question and goes on in others."""
    best = [c for some in ranked for c in [c for c in some if c.key in chosen][:_READ_ON]]
    return [
        other
        for one in best
        for some in ranked
        for other in some
        if other.place is one.place
        and 0 <= other.span.start - one.span.end < _GAP
        and other.score >= _STILL * one.score
    ]


def _within(one: Candidate, other: Candidate) -> bool:
    """True if two candidates overlap: a sentence and its lead-in."""
    return one.place is other.place and one.span.overlaps(other.span)


def _alike(one: Candidate, other: Candidate) -> bool:
    """True if two sentences hold nearly the same words."""
    return len(one.stems & other.stems) >= _ALIKE * max(1, len(one.stems | other.stems))


def _in_turn(ranked: Sequence[Sequence[Candidate]]) -> Iterator[tuple[int, Candidate]]:
    """The first of each list, then the second of each, and so on, with the list's number."""
    for rank in range(max(map(len, ranked), default=0)):
        for turn, some in enumerate(ranked):
            if rank < len(some):
                yield turn, some[rank]


def _text(candidate: Candidate) -> str:
    return candidate.place.document.text[candidate.span.start : candidate.span.end]


def _among(candidate: Candidate, said: Sequence[Source]) -> bool:
    return any(
        candidate.place.document.file == source.file
        and candidate.span.start < source.end
        and source.start < candidate.span.end
        for source in said
    )


def _notes(candidate: Candidate, chosen: Sequence[Candidate]) -> Iterator[Span]:
    """The footnotes that a sentence refers to by a raised figure, unless they are chosen too."""
    text, part = candidate.place.document.text, candidate.place.part
    said = text[candidate.span.start : candidate.span.end]
    if _NOTE.match(said):
        return
    for figure in dict.fromkeys(_RAISED.findall(said)):
        line = re.compile(rf"^[ \t]*({figure}[ \t]*[^\s{_FIGURES}].*\S)[ \t]*$", re.MULTILINE)
        found = line.search(text, candidate.span.end, part.end)
        if found and not any(c.span.overlaps(Span(*found.span(1))) for c in chosen):
            yield Span(*found.span(1))


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
            items += _single(text, mark.start, mark.end)
            at = mark.end
    if sum(map(len, items)) <= budget:
        yield from items


def _single(text: str, start: int, end: int) -> list[Span]:
    """The items of one mark: several where they stand on one line, each with its bullet."""
    bullets = [start, *(m.start() for m in _BULLET.finditer(text, start + 1, end)), end]
    spans = [(one, one + len(text[one:other].rstrip())) for one, other in pairwise(bullets)]
    return [Span(*span) for span in spans if span[0] < span[1]]


def _same_place(one: Place, other: Place) -> bool:
    return one.document.file == other.document.file and one.part.id == other.part.id
