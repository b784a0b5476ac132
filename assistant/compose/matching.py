"""How well a text meets a question, by words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.compose import Library
from assistant.expansion import alternatives, expanded
from assistant.question import Question, cue_words
from vectorstore.lexical import analyser

_SYNONYM = 0.6
"""What meeting a word by a synonym or a translation is worth."""

_CUE = 0.2
"""What a word counts that only says what kind of thing is asked for."""
_MATTER = 0.05
"""What a word counts that only says which matter an earlier turn was about: every sentence of that
paper may hold it."""


class Matcher:
    """Weighs the words of one question by how rare they are in the index."""

    def __init__(self, question: Question, library: Library) -> None:
        terms = analyser().terms(question.text)
        more = analyser().terms(" ".join(expanded(question)))
        faint = set(analyser().terms(" ".join(cue_words(question.text))).stems)
        of_matter: set[str] = set()
        if question.matter:
            asked = analyser().terms(question.text.replace(question.matter, ""))
            of_matter = {*terms.stems, *terms.parts} - {*asked.stems, *asked.parts}
        rarity = library.rarity(dict.fromkeys((*terms.stems, *terms.parts)))
        self._own = {
            s: w * (_MATTER if s in of_matter else _CUE if s in faint else 1.0)
            for s, w in rarity.items()
        }
        self._other = {
            stem: weight * _SYNONYM
            for stem, weight in library.rarity(dict.fromkeys((*more.stems, *more.parts))).items()
            if stem not in self._own
        }
        self._said_so = [
            (self._weight_of(member), frozenset(member), [frozenset(o) for o in others])
            for member, others in alternatives(question.text)
            if others
        ]
        # English words stand in no paper; what counts is what they mean in Swedish, and names.
        self._foreign = question.language == "en" and bool(self._other)
        self._total = sum((self._other if self._foreign else self._own).values()) or 1.0

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
        terms = analyser().terms(text)
        return frozenset(terms.stems) | frozenset(terms.parts)

    def coverage(self, text: str) -> float:
        """The share of the question's words, weighed by rarity, that the text holds; 0–1 and,
        with synonyms, at most 1."""
        return self.covered(self.stems(text))

    def covered(self, stems: frozenset[str]) -> float:
        """As `coverage`, of stems."""
        own = sum(weight for stem, weight in self._own.items() if stem in stems)
        if self._foreign:
            other = sum(weight for stem, weight in self._other.items() if stem in stems)
        else:
            other = sum(
                _SYNONYM * weight
                for weight, member, others in self._said_so
                if not member <= stems and any(o <= stems for o in others)
            )
        return min(1.0, (own + other) / self._total)
