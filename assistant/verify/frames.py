"""What a frame around a source's words may say: closed lists, and the facts of the part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from assistant.verify.fold import fold
from assistant.verify.lexicon import Language, lexicon, rules
from assistant.verify.source import Fact, FactKind, Source
from assistant.verify.tokens import Token, tokens

_VOTE = re.compile(r"röst|voter", re.IGNORECASE)
_BEGINNING = 5  # tokens of a title that tell it, where an ellipsis follows
_AGENTS = (FactKind.AUTHOR, FactKind.PARTY, FactKind.BODY)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact as keys in order. `agent`: True if it names a person, a party or a body."""

    keys: tuple[str, ...]
    fact: Fact

    @property
    def agent(self) -> bool:
        """True if it names somebody who acts."""
        return self.fact.kind in _AGENTS


@dataclass(frozen=True, slots=True)
class Frame:
    """What may be said around the words of one source.

    Attributes:
        words: plain words that state nothing.
        anchors: those among them that name a paper.
        authorship: words that speak of who wrote.
        nouns: the nouns that name the paper.
        verbs: keys of the verbs that its role allows.
        modal: True if "ska" and "bör" may be said of it: it proposes.
        phrases: its facts, by their first key.
    """

    words: frozenset[str]
    anchors: frozenset[str]
    authorship: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]
    modal: bool
    phrases: dict[str, list[Phrase]]

    def facts_at(self, sentence: Sequence[Token], at: int) -> Iterator[tuple[int, Phrase]]:
        """The facts told at the token `at`, each with its length in tokens."""
        token = sentence[at]
        if token.quoted:
            return
        for key in _says(token):
            for phrase in self.phrases.get(key, ()):
                size = _told(phrase, sentence, at)
                if size:
                    yield size, phrase


def _told(phrase: Phrase, sentence: Sequence[Token], at: int) -> int:
    """How many tokens from `at` tell the phrase; 0 if they do not.

    A long title may be told by its beginning, if an ellipsis says that it goes on.
    """
    run = sentence[at : at + len(phrase.keys)]
    pairs = zip(phrase.keys, run, strict=False)
    same = len(list(takewhile(lambda pair: pair[0] in _says(pair[1]), pairs)))
    if same == len(phrase.keys):
        return same
    cut = phrase.fact.kind is FactKind.TITLE and same >= _BEGINNING
    goes_on = at + same < len(sentence) and "…" in sentence[at + same].before
    return same if cut and goes_on and not any(token.quoted for token in run[:same]) else 0


def _says(token: Token) -> tuple[str, ...]:
    """The keys by which a token may tell a fact; a measure tells all that it says or nothing."""
    exact = token.kind in ("date", "number", "reference")
    return (token.key,) if exact else token.offers


def frame(source: Source, language: Language) -> Frame:
    """The frame that a source allows."""
    kind = source.kind.value if source.kind else ""
    voted = bool(_VOTE.search(source.text))
    return _frame(source.role.value, kind, voted, source.facts, language)


@lru_cache(maxsize=512)
def _frame(role: str, kind: str, voted: bool, facts: tuple[Fact, ...], language: Language) -> Frame:
    words = lexicon(language)
    nouns = words.papers.get(kind, frozenset()) | words.papers.get(f"role_{role}", frozenset())
    verbs = rules().licences.get(role, frozenset())
    moved = {"yrka"} if kind == "yrkande" or (kind == "motion" and language == "en") else set()
    if voted:
        nouns, moved = nouns | words.papers["vote"], moved | {"rosta"}
    signed = any(fact.kind in (FactKind.AUTHOR, FactKind.PARTY) for fact in facts)
    phrases: dict[str, list[Phrase]] = {}
    for fact in facts:
        for phrase in _phrases(fact):
            phrases.setdefault(phrase.keys[0], []).append(phrase)
    return Frame(
        words=words.frame,
        anchors=words.anchors,
        authorship=words.authorship if signed else frozenset(),
        nouns=nouns,
        verbs=frozenset(f"v:{verb}" for verb in verbs | moved),
        modal=role in ("proposal", "reservation"),
        phrases=phrases,
    )


def _phrases(fact: Fact) -> Iterator[Phrase]:
    """The ways to say a fact, the fullest first."""
    if fact.kind is FactKind.PARAGRAPH:
        yield Phrase((f"p:{fact.value.casefold()}",), fact)
        return
    found = tokens(fold(fact.value).text)
    if not found:
        return
    if fact.kind is FactKind.DATE:
        for key in found[0].offers:
            yield Phrase((key,), fact)
        return
    keys = tuple(token.key for token in found)
    if fact.kind is FactKind.AUTHOR:
        names = tuple(
            f"w:{token.offers[-1][2:]}" if token.kind == "word" else token.key for token in found
        )
        if fact.party:
            yield Phrase((*names, f"party:{fact.party}"), fact)
        yield Phrase(names, fact)
        return
    yield Phrase(keys, fact)
