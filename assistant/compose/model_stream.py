"""From a model's arriving text to complete sentences with their source tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.sentences import sentences

_TOKEN = re.compile(r"\s*\[\s*S(\d{1,3})\s*\]", re.IGNORECASE)
_GROUP = re.compile(r"\[\s*S\d{1,3}(?:\s*[,;]\s*S?\d{1,3})+\s*\]", re.IGNORECASE)
_MARKUP = re.compile(r"\*\*|__|`+|^#{1,6}\s+|^>\s+", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_OPEN_TOKEN = re.compile(r"\[[^\]\n]{0,12}$")
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)

MOST_CHARACTERS = 8_000
"""A reply longer than this has lost its way."""
_LONGEST_SENTENCE = 1_500
_MOST_REPEATS = 3


class LostItsWay(Exception):
    """The reply repeats itself or has no end."""


@dataclass(frozen=True, slots=True)
class Told:
    """A complete sentence of a reply.

    Attributes:
        text: without tokens, bullets and markup.
        ids: the numbers of the sources that it names, in order.
        line: True if it began a line as an item of a list.
    """

    text: str
    ids: tuple[int, ...]
    line: bool


def told(pieces: Iterable[str]) -> Iterator[Told]:
    """Sentences, each as soon as it is complete: when its tokens are in and another begins.

    Raises:
        LostItsWay: the reply has no end, one sentence has none, or one comes again and again.
    """
    pending, length = "", 0
    seen: dict[str, int] = {}
    for piece in pieces:
        length += len(piece)
        if length > MOST_CHARACTERS:
            raise LostItsWay("the reply has no end")
        pending = _THINKING.sub("", pending + piece) if "</think" in piece else pending + piece
        if pending.lstrip().lower().startswith("<think"):
            continue
        ready, pending = _ready(pending)
        yield from _new(ready, seen)
        if len(pending) > _LONGEST_SENTENCE:
            raise LostItsWay("a sentence has no end")
    yield from _new(_split(_THINKING.sub("", pending)), seen)


def _new(found: Iterable[Told], seen: dict[str, int]) -> Iterator[Told]:
    """Each sentence once."""
    for sentence in found:
        key = sentence.text.casefold()
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > _MOST_REPEATS:
            raise LostItsWay("the reply repeats itself")
        if seen[key] == 1:
            yield sentence


def _ready(pending: str) -> tuple[list[Told], str]:
    """The sentences that can grow no more, and the rest."""
    if _OPEN_TOKEN.search(pending):
        return [], pending
    found = _split_spans(pending)
    if len(found) < 2:
        return [], pending
    keep = found[-1][0]
    return _split(pending[:keep]), pending[keep:]


def _split(text: str) -> list[Told]:
    return [made for start, end in _split_spans(text) if (made := _made(text[start:end]))]


def _split_spans(text: str) -> list[tuple[int, int]]:
    """Spans of sentences, each with the tokens that follow it."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if spans and _only_tokens(text[start:end]):
            spans[-1] = (spans[-1][0], end)
            continue
        lead = _leading_tokens(text[start:end]) if spans else 0
        if lead:
            spans[-1] = (spans[-1][0], start + lead)
        spans.append((start + lead, end))
    return spans


def _only_tokens(text: str) -> bool:
    return not re.sub(r"[\s.,;]+", "", _TOKEN.sub("", _GROUP.sub("", text)))


def _leading_tokens(text: str) -> int:
    """How many characters of tokens a sentence begins with: they belong to the one before."""
    at = 0
    while m := (_TOKEN.match(text, at) or _GROUP.match(text, at)):
        at = m.end()
    while at and at < len(text) and text[at].isspace():
        at += 1
    return at


def _made(text: str) -> Told | None:
    """The sentence without its tokens and markup; None where nothing is left."""
    opened = _GROUP.sub(lambda m: "".join(f"[S{n}]" for n in re.findall(r"\d+", m[0])), text)
    ids = tuple(dict.fromkeys(int(n) for n in _TOKEN.findall(opened)))
    plain = _MARKUP.sub("", _TOKEN.sub("", opened))
    line = bool(_BULLET.match(plain))
    plain = " ".join(_BULLET.sub("", plain).split())
    plain = re.sub(r"\s+([.,;:!?])", r"\1", plain)
    return Told(plain, ids, line) if any(char.isalpha() for char in plain) else None
