"""Swedish analysis: from text to index terms, the same for passages and for questions.

A term is a stem ("trafik"), a part of a compound ("kollektiv", "trafik"), or an exact form with a
prefix that no word has ("dnr:ks-2017-535", "date:2023-01-26", "par:12", "party:V").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.grammar.dates import find_dates
from ingest.grammar.parties import find_parties
from ingest.grammar.references import find_cases, find_handlingar, find_paragraphs
from vectorstore.bases import base

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_FOREIGN = re.compile(r"[^\x00-\x7fåäö]")
_COORDINATED = re.compile(
    r"([^\W\d_]{2,})- (?:och|eller|samt|respektive|resp\.?) ([^\W\d_]{5,})", re.IGNORECASE
)
_ENDINGS = (
    "", "en", "n", "et", "t", "er", "r", "ar", "or", "na", "erna", "arna", "orna", "ens", "ets",
    "s", "ernas", "arnas", "ornas", "a", "e", "ande", "ade", "at",
)  # fmt: skip
_AFTER_VOWEL = re.compile(r"(?<=e)(?:rna|rnas|nas|ts)$|(?<=[aeiou])ns$")
"""Endings of words in a vowel: "linjerna", "arbetets", "taxans"."""
_SHORTENED = re.compile(r"(?<=[^\Waeiouyåäö])([lrn])(?:er|ar|erna|arna|ernas|arnas|ers|ars)$")
"""Such plurals may lack an e of the singular: "regler", "cyklarna"."""
_LINKS = ("s", "")
"""What may stand between two parts of a compound."""
_SHORTEST_COMPOUND = 7
_SHORTEST_INFLECTED = 5
_LONGEST_COMPOUND = 60
"""Letters; a longer run is an address or a table that has lost its spaces."""
_COMPOUNDS = tomllib.loads(Path(__file__).with_name("compounds.toml").read_text(encoding="utf-8"))
_SHORT_PARTS = frozenset(_COMPOUNDS["short_parts"].split())
_NO_PARTS = frozenset(_COMPOUNDS["no_parts"].split())


@dataclass(frozen=True, slots=True)
class Terms:
    """The index terms of a text.

    Attributes:
        stems: one for each word that is no stop word, in order.
        parts: the same with compounds replaced by their parts, and coordinated forms joined.
        exact: case numbers, dates, §§ and parties in canonical form.
    """

    stems: tuple[str, ...]
    parts: tuple[str, ...]
    exact: tuple[str, ...]


class Analyser:
    """Turns Swedish text into terms.

    Args:
        stem: the stemmer, from a lower-case word (its dictionary form, where known) to its stem.
        words: words of the language, lower case; what compounds are split into.
        stop_words: lower-case words that carry nothing.
    """

    def __init__(
        self, stem: Callable[[str], str], words: frozenset[str], stop_words: frozenset[str]
    ) -> None:
        self._stop_words = stop_words
        self._words = words
        self._stem = stem
        self.stem = lru_cache(maxsize=400_000)(self._stemmed)
        self._split = lru_cache(maxsize=400_000)(self._compound)
        # Without a memory the halving looks at every prefix again from every longer one: 2^n.
        self._halves = lru_cache(maxsize=400_000)(self._halved)
        self._known = lru_cache(maxsize=400_000)(self._taken)

    def terms(self, text: str) -> Terms:
        """The terms of a text; empty for text without words."""
        stems, parts = self._stems(fold(text))
        return Terms(tuple(stems), tuple(parts), tuple(exact_terms(text)))

    def stems(self, text: str) -> frozenset[str]:
        """The stems of a text and of its compounds' parts, without the exact terms: those take
        most of the time that `terms` does."""
        stems, parts = self._stems(fold(text))
        return frozenset(stems) | frozenset(parts)

    def sequence(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Each word that is no stop word, in order: its stem, and the stems of its parts."""
        return self._sequence(fold(text))

    def compound(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, lower case, or the word itself where it is none."""
        return self._split(fold(word))

    def _stemmed(self, word: str) -> str:
        """The stem of a lower-case word, whatever its inflection. What the stemmer has cut it may
        cut again: "kostnader", "kostnad", "kostn"."""
        return self._stem(self._stem(self._base(word)))

    def _base(self, word: str) -> str:
        """The dictionary form; of a compound that no dictionary has, that of its last word."""
        found = base(word, self._words)
        if found != word or word in self._words:
            return found
        last = self._split(word)[-1]
        return word.removesuffix(last) + base(last, self._words)

    def _stems(self, folded: str) -> tuple[list[str], list[str]]:
        """The stems of the words, and those of their parts."""
        words = self._sequence(folded)
        parts = [part for _, of_word in words for part in of_word]
        return [stem for stem, _ in words], [*parts, *self._coordinated(folded)]

    def _sequence(self, folded: str) -> list[tuple[str, tuple[str, ...]]]:
        known = self._known
        return [taken for word in _WORD.findall(folded) for taken in known(word)]

    def _taken(self, word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What a word gives: nothing if it is a stop word, several if it is hyphenated."""
        return tuple(
            (self.stem(one), tuple(self.stem(part) for part in self._split(one)))
            for one in _forms(word)
            if one not in self._stop_words
        )

    def _coordinated(self, folded: str) -> Iterator[str]:
        """ "styr- och ledningssystem" → the stem of "styrsystem"."""
        for match in _COORDINATED.finditer(folded):
            parts = self._split(match[2].lower())
            if len(parts) > 1:
                yield self.stem(match[1].lower() + parts[-1])

    def _compound(self, word: str) -> tuple[str, ...]:
        if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND or not word.isalpha():
            return (word,)
        halves = self._halves(word)
        if not halves:
            return (word,)
        return tuple(part for half in halves for part in self._compound(half))

    def _halved(self, word: str) -> tuple[str, str] | tuple[()]:
        """The two known words that `word` is made of, the most even cut first; () if none."""
        middle = len(word) / 2
        for cut in sorted(range(3, len(word) - 2), key=lambda cut: abs(cut - middle)):
            head = self._head(word[:cut])
            if head and self._tail(word[cut:]):
                return head, word[cut:]
        return ()

    def _head(self, part: str) -> str:
        """The first word of a compound without its linking s, or "" where it is none."""
        for link in _LINKS:
            bare = part[: len(part) - len(link)]
            if part.endswith(link) and self._part(bare):
                return bare
        halves = self._halves(part) if len(part) >= _SHORTEST_COMPOUND else ()
        return part if halves else ""

    def _tail(self, part: str) -> bool:
        """True if a word of the language ends the compound, in whatever inflection."""
        bases = (part[: len(part) - len(ending)] for ending in _ENDINGS if part.endswith(ending))
        return any(map(self._part, (*bases, _AFTER_VOWEL.sub("", part)))) or (
            len(part) > _SHORTEST_INFLECTED and self._part(_SHORTENED.sub(r"e\1", part))
        )

    def _part(self, word: str) -> bool:
        """True for a word that may stand in a compound; of the short ones only real words do."""
        if len(word) < 4:
            return word in _SHORT_PARTS
        return word in self._words and word not in _NO_PARTS


def fold(text: str) -> str:
    """Lower case, NFC, accents removed from all letters but å, ä and ö."""
    lowered = unicodedata.normalize("NFC", text).lower().replace("\u00ad", "")
    return _FOREIGN.sub(lambda found: _plain(found[0]), lowered)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))


def _forms(word: str) -> Iterator[str]:
    """A word, and a hyphenated one's pieces, apart and joined."""
    yield word
    if "-" in word:
        pieces = word.split("-")
        yield from pieces
        yield "".join(pieces)


def exact_terms(text: str) -> Iterable[str]:
    """The exact terms of a text: case numbers, §§, dates and parties in one spelling each."""
    for find in (find_cases, find_paragraphs, find_handlingar):
        for reference in find(text):
            yield f"{reference.to}:{reference.target}".replace(" ", "").lower()
    for date in find_dates(text):
        yield f"date:{date.iso}"
    for party in find_parties(text):
        yield f"party:{party.letters}"
