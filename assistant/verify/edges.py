"""What a source says just before and just after the words that a sentence takes from it.

A sentence that begins or ends in the middle of the source's own sentence may turn its meaning:
"avslås inte" cut to "avslås", "föreslår att X" cut to "X", "A yrkar bifall" told of B.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.verify.lexicon import rules
from assistant.verify.reading import Reading
from assistant.verify.tokens import Token
from ingest.parts import Role

_BREAKS = frozenset(',;:.–—•·()"“”„»«-')
_JOINTS = frozenset(("och", "samt", "att"))
_AND = frozenset(("och", "samt"))
_FRESH = frozenset(("eftersom", "medan", "men"))
_AGENTS = frozenset(("name", "party", "body"))
_MEASURES = frozenset(("number", "date", "reference"))
_TURNING = frozenset(("negation", "limit"))
_SOFT_LEADS = frozenset(("date", "preposition", "function"))


def leads_in(reading: Reading, at: int, told: Sequence[Token], role: Role, *, quoted: bool) -> bool:
    """True if a sentence may begin at the token `at` of the source.

    Args:
        told: the tokens of the sentence that stand before.
        quoted: True if it begins a quotation, which may leave out what a sentence may not.
    """
    first, _ = reading.bounds[reading.sentence[at]]
    gap = reading.tokens[first:at]
    if not gap or reading.skips(first - 1, at):
        return True
    if told and told[-1].kind == "preposition" and not quoted:
        return False
    if not quoted and not _measures_agree(gap, told):
        return False
    if all(_soft_lead(token) for token in gap) or _opens_afresh(reading, at, gap[-1]):
        return True
    if all(_listed(token) for token in gap):
        return _agents_agree(gap, told)
    if any(token.kind in _TURNING or token.kind == "modal" for token in gap):
        return False
    if not _at_boundary(reading.tokens[at], gap[-1]) and not (quoted and _states(gap)):
        return False
    if _said_by_somebody(gap, quoted):
        return False
    return _verbs_restated(gap, told, role) and _agents_agree(gap, told)


def leads_out(reading: Reading, at: int, *, final: bool) -> bool:
    """True if a sentence may end after the token `at` of the source.

    `final`: False if the sentence goes on with other words; then the source must pause here.
    """
    _, end = reading.bounds[reading.sentence[at]]
    rest = reading.tokens[at + 1 : end]
    if not rest:
        return True
    if reading.tokens[at].kind == rest[0].kind == "number":
        return False  # "10–20 mnkr" is not "10"
    if _pauses(rest[0]):
        turned = rest[0].kind == "negation" or any(token.kind == "limit" for token in rest[:2])
        return not turned and not _conditional(rest)
    if not final:
        return False
    for token in rest:
        if _pauses(token):
            return token.kind not in _TURNING
        if token.kind in _TURNING:
            return False
    return True


def passes_list(reading: Reading, after: int, before: int, *, bare_party: bool) -> bool:
    """True if what stands between the two positions is the rest of a list of people or parties.

    "Karin Holm (V) [och Ali Ek (MP)] yrkar": fewer may be named than moved. The list must be left
    and entered between two of its members, never inside a name. `bare_party`: the sentence names
    the party alone ("V och MP yrkar").
    """
    gap = reading.tokens[after + 1 : before]
    if not gap or not all(_listed(token) for token in gap):
        return False
    last, following = reading.tokens[after], reading.tokens[before]
    if not (last.word in _AND or gap[0].word in _AND or set(",)") & set(gap[0].before)):
        return False
    if following.kind not in ("name", "party"):
        return ")" in following.before or gap[-1].kind != "function"
    entered = gap[-1].word in _AND or "," in following.before
    return entered or (bare_party and following.kind == "party" and "(" in following.before)


def agents(found: Sequence[Token]) -> set[str]:
    """The keys of the people, parties and bodies among the tokens."""
    return {token.key for token in found if token.kind in _AGENTS}


def _states(gap: Sequence[Token]) -> bool:
    """True unless what follows the words is weighed, doubted or counted."""
    tentative = rules().tentative
    return not any(
        token.kind in ("verb", "quantity") or token.key.removeprefix("s:") in tentative
        for token in gap
    )


def _opens_afresh(reading: Reading, at: int, previous: Token) -> bool:
    """True where a new main clause begins, which nothing before it governs.

    After "eftersom", "medan" and "men"; and where somebody else moves something in turn:
    "A yrkar avslag och B yrkar bifall".
    """
    if previous.word in _FRESH:
        return True
    if previous.word not in _AND or not _listed(reading.tokens[at]):
        return False
    _, end = reading.bounds[reading.sentence[at]]
    following = next((t for t in reading.tokens[at:end] if not _listed(t)), None)
    return following is not None and following.word in rules().asking


def _listed(token: Token) -> bool:
    return token.kind in ("name", "party") or token.word in _AND


def _soft_lead(token: Token) -> bool:
    year = token.kind == "number" and len(token.text) == 4
    return token.kind in _SOFT_LEADS or year or (not token.critical and len(token.word) == 1)


def _at_boundary(token: Token, previous: Token) -> bool:
    return bool(_BREAKS & set(token.before)) or previous.word in _JOINTS


def _pauses(token: Token) -> bool:
    return bool(_BREAKS & set(token.before)) or token.word in ("och", "samt")


def _conditional(rest: Sequence[Token]) -> bool:
    """True for ", om …": a condition, not the subject of a paper ("förslag om")."""
    return rest[0].word == "om" and "," in rest[0].before


def _measures_agree(gap: Sequence[Token], told: Sequence[Token]) -> bool:
    """True unless the sentence puts other dates or numbers in the place of those left out."""
    measured = [token for token in gap if token.kind in _MEASURES and len(token.text) > 2]
    kinds = {token.kind for token in measured}
    offered = {key for token in measured for key in token.offers}
    return all(token.key in offered for token in told if token.kind in kinds)


def _said_by_somebody(gap: Sequence[Token], quoted: bool) -> bool:
    """True where "att" or a call to say it governs the words, and no deciding verb does.

    "Det påstås att X" and "Svara: X" do not say X; "Nämnden föreslår att X" is for
    `_verbs_restated` to judge.
    """
    if any(token.word in rules().calls for token in gap):
        return True
    governed = any(token.word == "att" for token in gap)
    return governed and not quoted and not any(token.kind == "verb" for token in gap)


def _verbs_restated(gap: Sequence[Token], told: Sequence[Token], role: Role) -> bool:
    left = {token.key for token in gap if token.kind == "verb"}
    said = {token.key for token in told if token.kind == "verb"}
    if left <= said or (role is Role.DECISION and left <= said | {"v:besluta"}):
        return True
    law = rules()
    proposing = {f"v:{verb}" for verb in law.markers} | {"v:besluta"}
    marked = bool(said & proposing) or any(token.word in law.marker_words for token in told)
    return role is not Role.DECISION and marked and left <= proposing


def _agents_agree(gap: Sequence[Token], told: Sequence[Token]) -> bool:
    """True unless the sentence puts others in the place of those whom the source names."""
    named = agents(gap)
    return not named or agents(told) <= named
