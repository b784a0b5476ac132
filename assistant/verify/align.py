"""Laying a sentence along its sources: word for word, in order, with nothing of weight left out.

A sentence is a run of tokens taken in order from one source, with a frame around or between them
that states only what the source's facts and role allow. It may be several such clauses, each from
one source, where it pauses between them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.verify.edges import leads_in, leads_out, passes_list
from assistant.verify.frames import Frame, Phrase
from assistant.verify.lexicon import rules
from assistant.verify.reading import Reading
from assistant.verify.source import FactKind
from assistant.verify.tokens import Token
from ingest.parts import Role

_WIDEST_GAP = 60  # tokens of the source that a sentence may pass over at one place
_FRONTIER = 24  # paths kept at each token
_STRONG = frozenset(";:.,–—•")
_IDLE = 3  # frame words that may stand together after words of the source
_AGENT = {"name": "agent", "party": "agent", "body": "agent"}
_NO_HYPHENS = str.maketrans("", "", "-\u2010\u2011")
_CLAUSE = 3  # aligned tokens that make a clause


@dataclass(frozen=True, slots=True)
class Path:
    """One way to account for the sentence so far.

    Attributes:
        source: index of the source of this clause.
        at: position in the source of the last token taken, -1 before the first of the clause.
        framing: True while the last token belonged to a frame that may go on.
        taken: (index of the source, position) for every token taken, in order.
        facts: (index of the source, fact told) in order.
        licensed: keys of the verbs that only the role of the source allows.
        nouns: True if the frame names the paper, or says "enligt".
        clause: tokens taken in this clause.
        signed: True if the frame speaks of who wrote.
        idle: frame words since the last token that says something.
    """

    source: int
    at: int = -1
    framing: bool = True
    taken: tuple[tuple[int, int], ...] = ()
    facts: tuple[tuple[int, Phrase], ...] = ()
    licensed: tuple[str, ...] = ()
    nouns: bool = False
    clause: int = 0
    signed: bool = False
    idle: int = 0

    @property
    def used(self) -> list[int]:
        """The indices of the sources that the account leans on."""
        indices = {index for index, _ in (*self.taken, *self.facts)}
        return sorted(indices or {self.source})


@dataclass(frozen=True, slots=True)
class Ground:
    """A source as the alignment needs it."""

    reading: Reading
    frame: Frame
    role: Role


def align(sentence: Sequence[Token], grounds: Sequence[Ground]) -> Path | None:
    """The best way to account for every token of the sentence, or None."""
    steps: list[dict[tuple[int, int, bool, bool], Path]] = [{} for _ in range(len(sentence) + 1)]
    for index in range(len(grounds)):
        _keep(steps[0], Path(index))
    for at in range(len(sentence)):
        for path in _best(steps[at]):
            for size, following in _moves(sentence, at, path, grounds):
                _keep(steps[at + size], following)
    done = [path for path in steps[-1].values() if _ends(path, grounds)]
    return max(done, key=lambda path: len(path.taken) + len(path.facts), default=None)


def _keep(step: dict[tuple[int, int, bool, bool], Path], path: Path) -> None:
    key = (path.source, path.at, path.framing, bool(path.licensed) or path.nouns)
    known = step.get(key)
    if known is None or len(path.taken) > len(known.taken):
        step[key] = path


def _best(step: dict[tuple[int, int, bool, bool], Path]) -> list[Path]:
    if len(step) <= _FRONTIER:
        return list(step.values())
    return sorted(step.values(), key=lambda path: -len(path.taken))[:_FRONTIER]


def _moves(
    sentence: Sequence[Token], at: int, path: Path, grounds: Sequence[Ground]
) -> Iterator[tuple[int, Path]]:
    """Every way to account for the token `at`: with how many tokens, and the path after it."""
    yield from _takes(sentence, at, path, grounds)
    yield from _frames(sentence, at, path, grounds[path.source])
    if _pauses(sentence, at) and path.clause >= _CLAUSE and path.at >= 0:
        reading = grounds[path.source].reading
        if leads_out(reading, path.at, final=False):
            for index in range(len(grounds)):
                fresh = replace(path, source=index, at=-1, framing=True, clause=0)
                yield from _takes(sentence, at, fresh, grounds)
                yield from _frames(sentence, at, fresh, grounds[index])


def _pauses(sentence: Sequence[Token], at: int) -> bool:
    token = sentence[at]
    if token.quoted and at and sentence[at - 1].quoted:
        return False
    strong = bool(_STRONG & set(token.before))
    joint = token.word in ("och", "samt", "medan", "and", "while")
    return strong or (joint and at + 1 < len(sentence) and sentence[at + 1].kind == "verb")


def _takes(
    sentence: Sequence[Token], at: int, path: Path, grounds: Sequence[Ground]
) -> Iterator[tuple[int, Path]]:
    """The token taken from the source."""
    token = sentence[at]
    ground = grounds[path.source]
    for place in _candidates(token, ground.reading, path.at):
        taken = ground.reading.tokens[place]
        if not tense_agrees(token, taken, ground.role) or not _verbatim(token, taken):
            continue
        if path.at < 0:
            told, quoted = sentence[:at], token.quoted
            if not leads_in(ground.reading, place, told, ground.role, quoted=quoted):
                continue
        elif not _follows(sentence, at, path, place, ground.reading):
            continue
        yield (
            1,
            replace(
                path,
                at=place,
                framing=False,
                idle=0,
                taken=(*path.taken, (path.source, place)),
                clause=path.clause + 1,
            ),
        )


def _verbatim(token: Token, source: Token) -> bool:
    """True if the token is not quoted, or is letter for letter the source's."""
    if not token.quoted:
        return True
    return _letters(token.text) == _letters(source.text)


def _letters(text: str) -> str:
    return "".join(text.casefold().translate(_NO_HYPHENS).split())


def _candidates(token: Token, reading: Reading, after: int) -> list[int]:
    places = reading.places.get(token.key, [])
    first = bisect_right(places, after)
    if after < 0:
        return places
    return [place for place in places[first : first + 4] if place - after <= _WIDEST_GAP + 1]


def _follows(sentence: Sequence[Token], at: int, path: Path, place: int, reading: Reading) -> bool:
    """True if the source's token may come next: at once, or after what may be left out."""
    if place == path.at + 1:
        return True
    token = sentence[at]
    in_quote = token.quoted and at > 0 and sentence[at - 1].quoted and "…" not in token.before
    bound = token.kind == "party" and "(" in token.before
    same = reading.sentence[place] == reading.sentence[path.at]
    if in_quote or bound or not same:
        return False
    bare = token.kind == "party"
    return reading.skips(path.at, place) or passes_list(reading, path.at, place, bare_party=bare)


def tense_agrees(token: Token, source: Token, role: Role) -> bool:
    """False where a thing asked for is told as done."""
    if not token.done or source.done:
        return True
    return role is Role.DECISION or token.key[2:] not in rules().operative


def _frames(
    sentence: Sequence[Token], at: int, path: Path, ground: Ground
) -> Iterator[tuple[int, Path]]:
    """The token as part of a frame."""
    token = sentence[at]
    if token.quoted:
        return
    frame, plain = ground.frame, token.text.casefold()
    opened = path.framing or bool(_STRONG & set(token.before))
    connected = opened or (at > 0 and sentence[at - 1].kind == "function")
    for size, phrase in frame.facts_at(sentence, at):
        if not (connected or not phrase.agent) or not _party_bound(sentence, at, phrase):
            continue
        if _may_add(sentence[at : at + size], path, ground):
            told = (*path.facts, (path.source, phrase))
            yield size, replace(path, framing=opened, facts=told, idle=0)
    if plain in frame.words and not token.critical and (opened or token.kind == "function"):
        idle = 0 if plain in frame.anchors else path.idle + 1
        if idle <= _IDLE or not path.taken:
            marks = path.nouns or plain in rules().marker_words
            yield 1, replace(path, framing=opened, idle=idle, nouns=marks)
    elif not connected or not _may_add((token,), path, ground):
        return
    elif token.key in frame.verbs:
        yield 1, replace(path, framing=opened, licensed=(*path.licensed, token.key), idle=0)
    elif plain in frame.nouns:
        yield 1, replace(path, framing=opened, nouns=True, idle=0)
    elif plain in frame.authorship and token.kind != "verb":
        yield 1, replace(path, framing=opened, signed=True, idle=0)
    elif frame.modal and path.framing and plain in ("ska", "bör"):
        yield 1, path


def _may_add(added: Sequence[Token], path: Path, ground: Ground) -> bool:
    """False where the source's own sentence goes on with something of the same kind.

    "X den 9 april" must not become "X den 10 april" because the meeting was held on the tenth.
    """
    if path.at < 0:
        return True
    kinds = {_AGENT.get(token.kind, token.kind) for token in added if token.critical}
    _, end = ground.reading.bounds[ground.reading.sentence[path.at]]
    rest = ground.reading.tokens[path.at + 1 : end]
    return not any(_AGENT.get(token.kind, token.kind) in kinds for token in rest)


def _party_bound(sentence: Sequence[Token], at: int, phrase: Phrase) -> bool:
    """False for a party in brackets after a name that is told as a fact of its own."""
    token = sentence[at]
    return not (
        phrase.fact.kind is FactKind.PARTY
        and "(" in token.before
        and at > 0
        and sentence[at - 1].kind in ("name", "word")
    )


def _ends(path: Path, grounds: Sequence[Ground]) -> bool:
    """True if the sentence may end here."""
    if path.signed and not any(
        p.fact.kind in (FactKind.AUTHOR, FactKind.PARTY) for _, p in path.facts
    ):
        return False
    if path.taken and (path.idle or 0 < path.clause < min(_CLAUSE, len(path.taken))):
        return False
    if path.at < 0:
        return bool(path.facts) and not path.taken
    return leads_out(grounds[path.source].reading, path.at, final=True)
