"""A short statement in another order: "Motionen avslås" as "Fullmäktige avslog motionen".

Only where nothing can change places with anything else: one source sentence with one deciding
verb, at most one actor, no negation, quantity, limit or modal verb; the other words keep their
order, and hardly any is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.verify.align import Ground, Path, tense_agrees
from assistant.verify.frames import Phrase
from assistant.verify.source import FactKind
from assistant.verify.tokens import Token
from ingest.parts import Role

_UNSAFE = frozenset(("negation", "quantity", "limit", "modal"))
_SINGLE = ("verb", "body", "number", "date", "reference")
_MOST_LEFT_OUT = 0.25  # share of the source sentence's plain words


def reorder(sentence: Sequence[Token], grounds: Sequence[Ground]) -> Path | None:
    """The account of a sentence that one source sentence carries in another order, or None."""
    if any(token.quoted or token.kind in _UNSAFE for token in sentence):
        return None
    for index, ground in enumerate(grounds):
        low, high = ground.reading.inside
        for first, end in ground.reading.bounds.values():
            if low <= first and end <= high and _plain(ground.reading.tokens[first:end]):
                path = _lay(sentence, index, ground, first, end)
                if path is not None:
                    return path
    return None


def _plain(tokens: Sequence[Token]) -> bool:
    """True if no two things of one kind could be mistaken for each other."""
    kinds = [token.kind for token in tokens]
    if kinds.count("verb") != 1 or any(kind in _UNSAFE for kind in kinds):
        return False
    return all(kinds.count(kind) <= 1 for kind in _SINGLE) and "name" not in kinds


def _lay(
    sentence: Sequence[Token], index: int, ground: Ground, first: int, end: int
) -> Path | None:
    taken: list[int] = []
    facts: list[tuple[int, Phrase]] = []
    at = 0
    while at < len(sentence):
        place = _place(sentence[at], ground, first, end, taken)
        if place is not None:
            taken.append(place)
            at += 1
            continue
        size = 0
        told = next(_facts(sentence, at, ground, first, end), None)
        if told is not None:
            size = told[0]
            facts.append((index, told[1]))
        elif _said(sentence[at], ground):
            size = 1
        else:
            return None
        at += size
    if not _enough(ground, taken, first, end):
        return None
    return Path(
        source=index,
        at=max(taken),
        taken=tuple((index, place) for place in sorted(taken)),
        facts=tuple(facts),
    )


def _place(token: Token, ground: Ground, first: int, end: int, taken: Sequence[int]) -> int | None:
    """The position that the token takes; plain words only onwards from the last plain word."""
    tokens = ground.reading.tokens
    last = max((at for at in taken if tokens[at].kind == "word"), default=-1)
    for at in ground.reading.places.get(token.key, ()):
        if not first <= at < end or at in taken or not tense_agrees(token, tokens[at], ground.role):
            continue
        if tokens[at].kind != "word" or at > last:
            return at
    return None


def _facts(
    sentence: Sequence[Token], at: int, ground: Ground, first: int, end: int
) -> Iterator[tuple[int, Phrase]]:
    """Facts told at a place; none of a kind that the source's own sentence holds."""
    held = {token.kind for token in ground.reading.tokens[first:end]}
    for size, phrase in ground.frame.facts_at(sentence, at):
        decides = phrase.fact.kind is FactKind.BODY and ground.role is Role.DECISION
        if sentence[at].kind not in held and (not phrase.agent or decides):
            yield size, phrase


def _said(token: Token, ground: Ground) -> bool:
    return token.text.casefold() in ground.frame.words and token.kind == "function"


def _enough(ground: Ground, taken: Sequence[int], first: int, end: int) -> bool:
    """True if the verb, every critical token and nearly all plain words are told."""
    tokens = ground.reading.tokens
    left = [at for at in range(first, end) if at not in taken]
    words = sum(tokens[at].kind == "word" for at in range(first, end))
    missed = sum(tokens[at].kind == "word" for at in left)
    critical = any(tokens[at].kind in ("verb", "body", "party", "name") for at in left)
    return bool(taken) and not critical and missed <= words * _MOST_LEFT_OUT
