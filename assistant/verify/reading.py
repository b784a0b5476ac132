"""A source made ready for comparison: its tokens, where each key stands, what may be skipped."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from assistant.verify.fold import fold
from assistant.verify.lexicon import lexicon
from assistant.verify.source import Source
from assistant.verify.tokens import Token, tokens
from ingest.document import Span
from ingest.sentences import sentences

_PARAGRAPH = re.compile(r"\n\s*\n(?=\s*[^\sa-zåäö])")
_ITEM = re.compile(r"(?:,|\b(?:samt|och))[ \t]*\n[ \t]*(?=att\s)")
# what parts two att-satser of a list: none governs the other
_AROUND = 400  # characters of the document read on either side, to see what a span cuts off
_NEVER_IN_BRACKETS = frozenset(("negation", "limit", "quantity", "number", "verb", "modal"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of a source and of what surrounds it.

    Attributes:
        tokens: in order; those outside the source's span too, to judge what was cut off.
        inside: half-open range of the tokens that lie inside the source.
        sentence: for each token the number of its sentence.
        bounds: for each sentence the half-open range of its tokens.
        places: key → positions inside the source, ascending.
        hard: `hard[i]` counts the tokens before i that may not be skipped.
        spans: for each token its span in the document.
    """

    tokens: tuple[Token, ...]
    inside: tuple[int, int]
    sentence: tuple[int, ...]
    bounds: dict[int, tuple[int, int]]
    places: dict[str, list[int]]
    hard: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def skips(self, after: int, before: int) -> bool:
        """True if every token strictly between the two positions may be left out."""
        return self.hard[before] == self.hard[after + 1]

    def span(self, first: int, last: int) -> Span:
        """The document's span from one token to another, both included."""
        return Span(self.spans[first][0], self.spans[last][1])


def read(source: Source) -> Reading:
    """The reading of a source; remembered, since many sentences lean on one source."""
    if source.whole is None:
        before, after = "", ""
    else:
        before = source.whole[max(0, source.start - _AROUND) : source.start]
        after = source.whole[source.end : source.end + _AROUND]
        before = _PARAGRAPH.split(before)[-1]
        after = _PARAGRAPH.split(after)[0]
    furniture = tuple(
        (span.start - source.start, span.end - source.start) for span in source.furniture
    )
    return _read(before, source.text, after, source.start, furniture)


@lru_cache(maxsize=512)
def _read(
    before: str, text: str, after: str, start: int, furniture: tuple[tuple[int, int], ...]
) -> Reading:
    shift = len(before)
    folded = fold(before + text + after, [(a + shift, b + shift) for a, b in furniture])
    found = tuple(tokens(folded.text))
    spans = tuple(
        (a + start - shift, b + start - shift)
        for a, b in (folded.origin(token.start, token.end) for token in found)
    )
    inside = [at for at, (a, b) in enumerate(spans) if a >= start and b <= start + len(text)]
    window = (inside[0], inside[-1] + 1) if inside else (0, 0)
    numbers = _sentence_numbers(folded.text, found)
    return Reading(
        tokens=found,
        inside=window,
        sentence=numbers,
        bounds=_bounds(numbers),
        places=_places(found, *window),
        hard=_hard(found),
        spans=spans,
    )


def _sentence_numbers(text: str, found: tuple[Token, ...]) -> tuple[int, ...]:
    told = [start for start, _ in sentences(text)]
    lists = [start for start in told if text.startswith("att ", start)]
    items = [
        match.end()
        for match in (_ITEM.finditer(text) if lists else ())
        if told[bisect_right(told, match.start()) - 1] in lists
    ]
    starts = sorted({*told, *items})
    return tuple(bisect_right(starts, token.start) for token in found)


def _bounds(numbers: tuple[int, ...]) -> dict[int, tuple[int, int]]:
    bounds: dict[int, tuple[int, int]] = {}
    for at, number in enumerate(numbers):
        first, _ = bounds.get(number, (at, at))
        bounds[number] = (first, at + 1)
    return bounds


def _places(found: tuple[Token, ...], start: int, end: int) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at in range(start, end):
        for key in found[at].offers:
            places.setdefault(key, []).append(at)
    return places


def _hard(found: tuple[Token, ...]) -> tuple[int, ...]:
    skippable = lexicon("sv").skippable
    depth, count = 0, 0
    hard = [0]
    for token in found:
        depth = max(0, depth + token.before.count("(") - token.before.count(")"))
        soft = token.word in skippable and not token.critical
        bracketed = depth > 0 and token.kind not in _NEVER_IN_BRACKETS
        count += not (soft or bracketed)
        hard.append(count)
    return tuple(hard)
