"""How well a text meets a question, by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.compose import Library
from assistant.expansion import alternatives
from assistant.question import Question, cue_words
from assistant.translation import asked_in_english
from vectorstore.lexical import analyser

_WORD = re.compile(r"[^\W\d_]{7,}")
_SYNONYM = 0.6
"""What meeting a word by a synonym is worth."""

_TAKEN_APART = 0.6
"""What meeting all the words is worth that a compound is made of: "riktlinjer för hemtjänst" where
"hemtjänstriktlinjer" is asked for."""
_CUE = 0.2
"""What a word counts that only says what kind of thing is asked for."""
_MATTER = 0.05
"""What a word counts that only says which matter an earlier turn was about: every sentence of that
paper may hold it."""

_NOWHERE = "\x00"
"""Stands in no paper."""


class Matcher:
    """Weighs the words of one question by how rare they are in the index. Of an English question
    those are the Swedish words that the glossary gives, and what it leaves as it is: names.

    Args:
        named: words of the question for those whose own papers are matched: every
            sentence there may hold them.
    """

    def __init__(self, question: Question, library: Library, named: Sequence[str] = ()) -> None:
        self._named = frozenset(word.lower() for word in named)
        faint = set(analyser().terms(" ".join(cue_words(question.text))).stems)
        asked = question.text.replace(question.matter, "") if question.matter else question.text
        self._own: dict[str, float] = {}
        self._said_so: list[tuple[float, frozenset[str], list[frozenset[str]]]] = []
        if question.language == "en":
            self._in_other_words(question, faint, library)
            self._total = sum((*self._own.values(), *(weight for weight, _, _ in self._said_so)))
        if not self._said_so:
            self._in_own_words(question.text, asked, faint, library)
            self._total = sum(self._own.values())

    def _in_own_words(self, text: str, asked: str, faint: set[str], library: Library) -> None:
        stems = _stems(text)
        of_matter = (set(stems) - set(_stems(asked))) | set(_stems(" ".join(self._named)))
        self._own = {
            s: w * (_MATTER if s in of_matter else _CUE if s in faint else 1.0)
            for s, w in library.rarity(stems).items()
        }
        self._said_so = [
            (_SYNONYM * self._weight_of(member), frozenset(member), [frozenset(o) for o in others])
            for member, others in alternatives(text)
            if others
        ]
        self._said_so += [
            (_TAKEN_APART * self._own.get(whole, 0.0), frozenset((whole,)), [parts])
            for whole, parts in _compounds(text)
        ]

    def _in_other_words(self, question: Question, faint: set[str], library: Library) -> None:
        nowhere = library.rarity([_NOWHERE])[_NOWHERE]
        for word in asked_in_english(question):
            known = {*self._named, question.matter.lower()} - {""}
            worth = _MATTER if word.english.lower() in known else 1.0
            ways = [frozenset(way) for one in word.swedish for way in _ways(one)]
            if ways:
                rarity = library.rarity(dict.fromkeys(stem for way in ways for stem in way))
                weight = min(max(rarity[stem] for stem in way) for way in ways)
                cue = _CUE if faint & set(_stems(word.english)) else 1.0
                self._said_so.append((worth * cue * weight, frozenset((_NOWHERE,)), ways))
            else:
                rarity = library.rarity(_stems(word.english))
                self._own |= {s: worth * w for s, w in rarity.items() if w < nowhere}

    def _weight_of(self, stems: Sequence[str]) -> float:
        """What stems of the question count, with the parts of those that are compounds."""
        parts = {p for stem in stems for p in analyser().terms(stem).parts}
        return sum(self._own.get(stem, 0.0) for stem in {*stems, *parts})

    @property
    def weights(self) -> Mapping[str, float]:
        """The question's stems and parts with their rarity."""
        return self._own

    def stems(self, text: str) -> frozenset[str]:
        """The stems and compound parts of a text."""
        return analyser().stems(text)

    def coverage(self, text: str) -> float:
        """The share of the question's words, weighed by rarity, that the text holds; 0–1 and,
        with synonyms, at most 1."""
        return self.covered(self.stems(text))

    def covered(self, stems: frozenset[str]) -> float:
        """As `coverage`, of stems."""
        own = sum(weight for stem, weight in self._own.items() if stem in stems)
        other = sum(
            weight
            for weight, member, others in self._said_so
            if not member <= stems and any(o <= stems for o in others)
        )
        return min(1.0, (own + other) / (self._total or 1.0))


def _stems(text: str) -> list[str]:
    """The stems and the compound parts of a text, each once."""
    terms = analyser().terms(text)
    return list(dict.fromkeys((*terms.stems, *terms.parts)))


def _compounds(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The stems of the compounds of a text, each with the stems of its parts."""
    for word in dict.fromkeys(_WORD.findall(text)):
        terms = analyser().terms(word)
        if len(terms.stems) == 1 and len(set(terms.parts)) > 1:
            yield next(iter(terms.stems)), frozenset(terms.parts)


def _ways(word: str) -> list[list[str]]:
    """How a Swedish word may stand in a paper: whole, or as the words that it is made of."""
    terms = analyser().terms(word)
    ways = [sorted(set(terms.stems)), sorted(set(terms.parts))]
    return [way for n, way in enumerate(ways) if way and way not in ways[:n]]
