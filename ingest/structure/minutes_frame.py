"""Where each § of minutes begins, and what stands before and after them.

A § is a line that begins with its number. The same numbers stand in the table of contents, and
lines of running text begin with "§ 23" by chance: the longest rising chain of well-formed heads
decides.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ingest.grammar.headings import kind_of

_BODY_CODE = r"(?:[A-ZÅÄÖ]{2,6}|K[sf]|[A-ZÅÄÖ][a-zåäö]{1,2}|[A-ZÅÄÖ]{1,3}[a-z]{0,2}[A-ZÅÄÖ]{0,2})"
_HEAD = re.compile(
    rf"^[ \t]*(?:\*\*|#+[ \t]*)?(?:{_BODY_CODE}[ \t]{{0,3}})?"
    rf"(?:§{{1,2}}[ \t]{{0,8}}(?P<written>(?:(?P<code>{_BODY_CODE})[ \t]?)?(?P<n>\d{{1,4}})"
    rf"(?:(?:/|(?<=20\d\d)[-:])(?P<m>\d{{1,4}}))?)"
    r"|(?P<before>\d{1,4})[ \t]?§|Paragraf[ \t]+(?P<spelt>\d{1,4}))(?!\d)(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
# "KF 44   Svar på motion", where no § is signed as such
_UNSIGNED = re.compile(
    r"^[ \t]*(?P<code>[A-ZÅÄÖ]{2,5})[ \t](?P<n>\d{1,4})(?:$|[ \t]{2,}(?=[A-ZÅÄÖ])[^\n]*$)",
    re.MULTILINE,
)
_REST = re.compile(r"^[ \t]*(?:[.:–—-][ \t]+)?(?:$|(?=[A-ZÅÄÖÉ\d\"”“’'(*]))")
_CONTINUED = re.compile(r"(?i)\W*(?:forts\b|fortsättning)")
_CASE_CUE = re.compile(
    r"(?i)\b(?:dnr|diarienr|diarienummer|ärendenummer|ärendenr)\b|\d{4}[-/]\d{2,}|\d{3,}/\d\d"
)
_LEADER = re.compile(
    r"(?<!\.)(?<!\. )(?:\.[ ]?){4,}+\s*+\d{1,3}\s*$|…+\s*\d{1,3}\s*$"
    r"|(?<![ \t])[ \t]{3,}+\d{1,3}\s*$",
    re.MULTILINE,
)
_CONTENTS_LINES = 9  # an entry of a table of contents is no longer than this
_WINDOW = 250  # heads looked back at for a chain


@dataclass(frozen=True, slots=True)
class Head:
    """The head line of a §.

    Attributes:
        start, end: the line, in the text searched.
        number: the § as written, without the sign ("214", "45/24", "KS2024/12").
        order: the number that rises from § to §.
        rest: where on the line the words after the number begin.
    """

    start: int
    end: int
    number: str
    order: int
    rest: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Minutes laid out: `contents` is the start of the table of contents, or None."""

    heads: tuple[Head, ...]
    contents: int | None


def find_frame(text: str) -> Frame:
    """The heads of the §s in order, and where a table of contents before them begins."""
    signed = [head for m in _HEAD.finditer(text) if (head := _head(m))]
    heads = _first_of_pairs(text, signed or _unsigned(text))
    listed = _listed(text, heads)
    kept = [head for i, head in enumerate(heads) if i not in listed]
    chain = _chain(text, kept)
    before = [
        heads[i].start for i in sorted(listed) if not chain or heads[i].start < chain[0].start
    ]
    contents = _contents_start(text, chain[0].start if chain else len(text), before)
    return Frame(tuple(chain), contents)


def _first_of_pairs(text: str, heads: list[Head]) -> list[Head]:
    """The heads without those right below another one: the case's number in another body."""
    below = {
        b.start
        for a, b in pairwise(heads)
        if b.start - a.end == 1 and not text[b.rest : b.end].strip()
    }
    return [head for head in heads if head.start not in below]


def _unsigned(text: str) -> list[Head]:
    """Heads that give the body's letters and a number, the same letters more than once."""
    found = list(_UNSIGNED.finditer(text))
    codes = Counter(m["code"] for m in found)
    return [
        Head(m.start(), m.end(), m["n"], int(m["n"]), m.end("n"))
        for m in found
        if codes[m["code"]] > 1 and codes[m["code"]] == max(codes.values())
    ]


def _head(m: re.Match[str]) -> Head | None:
    rest = m["rest"]
    if not _REST.match(rest) or re.match(r"[ \t]*(?:och|samt|–|-)?[ \t]*§", rest):
        return None
    if _CONTINUED.match(rest):
        return None
    if plain := m["before"] or m["spelt"]:
        return Head(m.start(), m.end(), plain, int(plain), m.start("rest"))
    if re.match(r"[ \t]*[A-ZÅÄÖ]?[a-z]*lagen\b", rest):
        return None
    yearly = m["m"] and re.fullmatch(r"20\d\d", m["n"])
    order = int(m["m"]) if yearly else int(m["n"])
    return Head(m.start(), m.end(), "".join(m["written"].split()), order, m.start("rest"))


def _listed(text: str, heads: list[Head]) -> set[int]:
    """The indices of heads that are entries of a table of contents."""
    listed = set()
    for i, (head, following) in enumerate(_with_ends(text, heads)):
        entry = text[head.start : following]
        if entry.count("\n") <= _CONTENTS_LINES and _LEADER.search(entry) and not _headed(entry):
            listed.add(i)
    return listed | _first_of_two_runs(text, heads)


def _with_ends(text: str, heads: list[Head]) -> list[tuple[Head, int]]:
    return [(a, b.start) for a, b in pairwise(heads)] + [(h, len(text)) for h in heads[-1:]]


def _first_of_two_runs(text: str, heads: list[Head]) -> set[int]:
    """A run of heads without bodies whose numbers all come again: a table of contents."""
    if not heads:
        return set()
    again = next((i for i, h in enumerate(heads) if i and h.order == heads[0].order), 0)
    run = _with_ends(text, heads)[:again]
    bodies = sum(_headed(text[head.start : end]) for head, end in run[:-1])
    return set(range(again)) if again > 1 and bodies * 5 <= len(run) else set()


def _headed(entry: str) -> bool:
    """True if one of the genre's headings for the inside of a § stands in the entry."""
    return any(kind_of(line) in ("decision", "summary", "papers") for line in entry.split("\n")[1:])


def _chain(text: str, heads: list[Head]) -> list[Head]:
    """The best rising chain: heads with bodies and successive numbers weigh most."""
    if not heads:
        return []
    weights = [_weight(text, head, end) for head, end in _with_ends(text, heads)]
    best, before = list(weights), [-1] * len(heads)
    for i, head in enumerate(heads):
        for j in range(max(0, i - _WINDOW), i):
            step = head.order - heads[j].order
            if step <= 0:
                continue
            score = best[j] + weights[i] + (1.0 if step == 1 else -min(1.5, 0.05 * step))
            if score > best[i]:
                best[i], before[i] = score, j
    at = max(range(len(heads)), key=best.__getitem__)
    chain = []
    while at >= 0:
        chain.append(heads[at])
        at = before[at]
    return chain[::-1]


def _weight(text: str, head: Head, end: int) -> float:
    rest, above = text[head.rest : head.end], text[max(0, head.start - 3) : head.start]
    weight = 0.2
    weight += 0.5 if not rest.strip() or _CASE_CUE.search(rest) else 0.0
    weight += 0.6 if _headed(text[head.start : min(end, head.start + 3000)]) else 0.0
    return weight + (0.3 if not above.strip() else 0.0)


def _contents_start(text: str, until: int, entries: list[int]) -> int | None:
    first = entries[0] if entries else until
    if not entries:
        return None
    at = 0
    for line in text[:first].split("\n"):
        if kind_of(line) == "contents":
            return at
        at += len(line) + 1
    return first
