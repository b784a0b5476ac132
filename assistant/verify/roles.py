"""What a sentence makes of its sources: a decision of a proposal, a fact of another's place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.verify.align import Ground, Path
from assistant.verify.lexicon import rules
from assistant.verify.reading import Reading
from assistant.verify.source import FactKind, Fault
from assistant.verify.tokens import Token
from ingest.parts import Role

FAULT_OF = {
    "number": Fault.NUMBER, "date": Fault.DATE, "reference": Fault.REFERENCE, "party": Fault.PARTY,
    "name": Fault.NAME, "body": Fault.BODY, "verb": Fault.VERB, "negation": Fault.NEGATION,
    "quantity": Fault.QUANTITY, "limit": Fault.CONTENT, "modal": Fault.VERB,
}  # fmt: skip
"""The fault of a word that no source holds, by the kind of its token."""
_KIND_OF = {
    FactKind.AUTHOR: "name", FactKind.PARTY: "party", FactKind.BODY: "body",
    FactKind.DATE: "date", FactKind.CASE: "reference", FactKind.PARAGRAPH: "reference",
    FactKind.TITLE: "title",
}  # fmt: skip
_ASKED = frozenset((Role.PROPOSAL, Role.RESERVATION))
_FREE = frozenset(("function", "preposition"))
_LETTERS = 4  # more capitals than this are a shouted word, not letters of something
_WISHES = frozenset(("bör", "borde", "vill", "ville"))


def role_fault(
    path: Path, grounds: Sequence[Ground], told_as: str | None
) -> tuple[Fault, str] | None:
    """Where a proposal would be told as a decision, or a decision framed around a yrkande."""
    roles = {grounds[index].role for index in path.used}
    if told_as == Role.DECISION and roles != {Role.DECISION}:
        return Fault.ROLE, "told as a decision"
    taken = [grounds[index].reading.tokens[at] for index, at in path.taken]
    if "v:besluta" in path.licensed and (asked := _only_asked(taken)):
        return Fault.ROLE, asked
    if told_as not in (None, "fact", "frame") or not roles & _ASKED or marked(path, grounds):
        return None
    bare = _bare_decision(path, grounds)
    return (Fault.ROLE, bare) if bare else None


def marked(path: Path, grounds: Sequence[Ground]) -> bool:
    """True if the sentence says in its own words that it tells what somebody asks for or thinks.

    By a word of the frame ("Enligt motionen", a title that names a motion), or by a finite verb
    of asking that it takes from its source. A noun among the source's words does not do:
    "i enlighet med tjänsteutlåtandet, antas" decides.
    """
    law = rules()
    if path.nouns or any(verb[2:] in law.markers for verb in path.licensed):
        return True
    if any(
        phrase.fact.kind is FactKind.TITLE
        and law.marker_words & set(phrase.fact.value.casefold().split())
        for _, phrase in path.facts
    ):
        return True
    return any(_asks(grounds[index].reading.tokens[at]) for index, at in path.taken)


def _asks(token: Token) -> bool:
    if token.word in _WISHES:
        return True
    finite = token.done or token.word.endswith(("r", "s"))
    return token.kind == "verb" and finite and token.key[2:] in rules().markers


def replaced(
    found: Sequence[Token], path: Path, grounds: Sequence[Ground]
) -> tuple[Fault, str] | None:
    """Where a fact of the part stands in the place of what the source's own sentence says.

    "Planen antogs den 9 april" is not "Den 21 mars antogs planen", though the meeting was then. A
    quotation keeps the two apart.
    """
    if any(token.quoted for token in found):
        return None
    for index in dict.fromkeys(index for index, _ in path.facts):
        taken = {at for used, at in path.taken if used == index}
        tokens = grounds[index].reading.tokens
        if all(tokens[at].kind in _FREE for at in taken):
            continue
        left = _left_out(grounds[index].reading, taken)
        for used, phrase in path.facts:
            kind = _KIND_OF[phrase.fact.kind]
            if used == index and kind in left and not set(phrase.keys) <= left[kind]:
                return FAULT_OF[kind], phrase.fact.value
    return None


def _left_out(reading: Reading, taken: set[int]) -> dict[str, set[str]]:
    """What the sentences taken from hold and the answer leaves out: kind → all their keys."""
    numbers = {reading.sentence[at] for at in taken}
    places = [at for number in numbers for at in range(*reading.bounds[number])]
    keys = {key for at in places for key in reading.tokens[at].offers}
    left = (reading.tokens[at] for at in places if at not in taken)
    return {token.kind: keys for token in left if not _shouted(token)}


def _shouted(token: Token) -> bool:
    """True for a word of a heading in capitals, which looks like a name and is none."""
    return token.kind == "name" and token.text.isupper() and len(token.text) > _LETTERS


def _only_asked(taken: Sequence[Token]) -> str | None:
    """The verb of words that somebody moved or proposed; None where a deciding verb comes first."""
    law = rules()
    for before, token in pairwise((None, *taken)):
        assert token is not None
        if token.word in law.asking and not (before and before.word == "som"):
            return token.text
        if token.word in law.assignments or (
            token.kind == "verb" and token.key[2:] in law.operative and token.word not in law.nouns
        ):
            return None
    return None


def _bare_decision(path: Path, grounds: Sequence[Ground]) -> str | None:
    """The words of a proposal that would read as a decision; None where the source narrates."""
    law = rules()
    for index, at in path.taken:
        token = grounds[index].reading.tokens[at]
        if grounds[index].role not in (Role.PROPOSAL, Role.RESERVATION):
            continue
        told = token.kind == "verb" and token.key[2:] in law.operative and not token.done
        if told or token.word in law.assignments:
            return token.text
    return None
