"""Where Swedish sentences begin and end.

A sentence here is the unit that is quoted and cited: a sentence of running text, an item of a
list, a heading, a row of a table. The words that decide what a stop means are data
(`sentences.toml`). No kept library was right for this text: see docs/decisions/0008-verifier.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise

_WORDS = tomllib.loads(resources.files("ingest").joinpath("sentences.toml").read_text("utf-8"))
_LEADING = frozenset(_WORDS["leading"])
_TRAILING = frozenset(_WORDS["trailing"])
_LETTERED = frozenset(_WORDS["lettered"])
_UNFINISHED = frozenset(_WORDS["unfinished"])
_NUMBERED = frozenset(_WORDS["numbered"])

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_BULLET = r"[-–—•·▪◦●○■□*o\uf0b7\uf0a7]"
_ITEM = re.compile(rf"\s*(?:{_BULLET}\s+\S|\(?(?:\d{{1,2}}|[a-zåäö])[.)]\s+\S|#{{1,6}}\s|\||<!--)")
_ITEM_IS_WORD = re.compile(r"\s*(?:o\s|[-–—]\s+(?:och|eller|samt|respektive)\b)")
_ROW = re.compile(
    r"\t|^\s*+(?:<!--|#{1,6}\s|\||§\s*+\d+\s*+$)|^[^\w§]++$|(?<!\.)\.{5,}+\s*+\d++\s*+$"
)
_STOP = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[\"”»’'\u201c)\]\u00b9\u00b2\u00b3\u2070-\u2079]*+)"
    r"(?P<gap>\s+|(?<=[a-zåäöé])(?=[A-ZÅÄÖ][a-zåäö]+\s))"
)
_NEXT = re.compile(r"[\"”»«’'\u201c(\[]*(.)", re.DOTALL)
_WORD_BEFORE = re.compile(r"[^\s(\[\"”»/]{1,24}$")
_INLINE_ITEM = re.compile(
    rf"(?<=[.:;,!?)”\"])\s+(?=(?:{_BULLET}\s+[A-ZÅÄÖa-zåäö]|\(?\d{{1,2}}[.)]\s+[A-ZÅÄÖ]))|"
    r"(?<=\S)\s+(?=[•▪●■\uf0b7\uf0a7]\s+[^\W\d_])"
)
_LIST_OPENERS = frozenset(("att", "samt", "dels", "och", "varje"))
_LONG_LINE = 60  # characters; a shorter line before a blank one is a heading
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,4}|[a-zåäö]{1,2})\)?")
_INITIALS = re.compile(r"[A-ZÅÄÖÉ](?:[.-][A-ZÅÄÖÉ]){0,2}")
_LISTING = 40  # characters; a line that ends with a comma and is shorter may be an item of a list
_WIDE, _CARRIED = 80, 40
"""Of two long lines without a stop between them, the second goes on with the first."""
_CUT_NAME = re.compile(r"\s*[A-ZÅÄÖ][\w-]+ \([A-ZÅÄÖ]{1,4}\)[,\s]")
_NAME_ALONE = re.compile(r"\s*[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+){1,2}(?: \([A-ZÅÄÖ]{1,4}\))?\.\s*$")
_PARTY = re.compile(r"\s*\([A-ZÅÄÖ]{1,4}\)")
_FULL_SLACK = 10  # characters; a wrapped line may end this much before the widest ones


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text, in order, as half-open spans of characters.

    Every character that is not white space lies in exactly one span, and no span begins or ends
    with white space. Line breaks inside wrapped text do not end a sentence; blank lines, list
    items and headings do. Runs in time linear in the text.
    """
    found: list[tuple[int, int]] = []
    for start, end in _units(text):
        found.extend(_split(text, start, end))
    return found


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: paragraphs, list items, headings, rows."""
    lines = [m.span() for m in _LINE.finditer(text) if not m.group().isspace()]
    width = _wrap_width(text, lines)
    begin = None
    for at, (start, end) in enumerate(lines):
        begin = start if begin is None else begin
        last = at + 1 == len(lines)
        if last or _breaks(text, (start, end), lines[at + 1], width):
            yield begin, end
            begin = None


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The width at which this text wraps its lines; 0 if it does not wrap.

    Judged by the lines whose sentence plainly goes on in the next one.
    """
    wrapped = sorted(
        end - start
        for (start, end), (following, _) in pairwise(lines)
        if text[following].islower()
        and following - end <= 2
        and text[end - 1].isalnum()
        and end - start <= 200
    )
    return wrapped[len(wrapped) * 9 // 10] if len(wrapped) > 1 else 0


def _breaks(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """True if a unit ends with `line`."""
    (start, end), (next_start, next_end) = line, following
    between = text[end:next_start]
    if between.count("\n") + between.count("\f") + between.count("\u2029") > 1:
        return not _goes_on(text, line, following)
    if _ITEM.match(text, next_start, next_end):
        return not _ITEM_IS_WORD.match(text, next_start, next_end)
    if _ROW.search(text[start:end]) or _ROW.search(text[next_start:next_end]):
        return True
    first_word = len(text[next_start:next_end].split(None, 1)[0])
    full = end - start + 1 + first_word > width - _FULL_SLACK and width > 0
    body = text[start:end].rstrip()
    if body.rpartition(" ")[2] in _UNFINISHED or (body[-1] == "," and len(body) >= _LISTING):
        return False
    if _CUT_NAME.match(text, next_start, next_end) and body[-1].isalpha():
        return False
    if _NAME_ALONE.match(text, next_start, next_end) and body[-1].isalnum():
        return False
    if _PARTY.match(text, next_start, next_end):
        return False
    if (
        width == 0
        and body[-1].islower()
        and len(body) >= _WIDE
        and next_end - next_start >= _CARRIED
    ):
        return False
    if text[next_start:next_end].lstrip()[:1].islower():
        return not full and body[-1] in ",;:"
    return not full or body[-1] == ":"


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """True if a sentence plainly runs on across a blank line, as it does where a page ends."""
    (start, end), (next_start, next_end) = line, following
    body, rest = text[start:end].rstrip(), text[next_start:next_end].lstrip()
    if len(body) < _LONG_LINE or not body[-1].isalpha() or not rest[0].islower():
        return False
    first = rest.split(None, 1)[0]
    return first not in _LIST_OPENERS and not _ITEM.match(text, next_start, next_end)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences inside one unit."""
    cuts = {m.end() for m in _INLINE_ITEM.finditer(text, start, end)}
    cuts |= {
        m.end() for m in _STOP.finditer(text, start, end) if _ends_sentence(text, start, end, m)
    }
    begin = start
    for cut in [*sorted(cuts), end]:
        piece = text[begin:cut]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if right > left:
            yield begin + left, begin + right
        begin = cut


def _ends_sentence(text: str, start: int, end: int, stop: re.Match[str]) -> bool:
    """True if this stop, inside the unit `[start, end)`, ends a sentence."""
    after = _NEXT.match(text, stop.end(), end)
    if after is None:
        return False
    following = after.group(1)
    if following.islower() or (not following.isalnum() and following not in "§-–•·"):
        return False
    if stop["mark"][0] != "." or stop["close"] or len(stop["mark"]) > 1:
        return not stop["mark"].startswith("....")
    return _stop_after_word(text, start, stop.start(), following)


def _stop_after_word(text: str, start: int, at: int, following: str) -> bool:
    """True if the single stop at `at` ends a sentence, judged by the word before it."""
    found = _WORD_BEFORE.search(text, max(start, at - 24), at)
    if found is None:
        return True
    word = found.group()
    lowered = word.lower()
    if found.start() == start and _ENUMERATOR.fullmatch(word):
        return False
    if word.isdigit():
        return not _is_list_number(text, start, found.start(), word)
    if _INITIALS.fullmatch(word):
        return _previous_word(text, start, found.start()) in _LETTERED
    if lowered in _LEADING and not (len(word) > 1 and word.isupper()):
        return found.start() == start and len(word) > 1 and not following.isdigit()
    if lowered in _TRAILING:
        return following.isupper() or following in "§"
    return True


def _is_list_number(text: str, start: int, at: int, number: str) -> bool:
    """True if the number at `at` counts an item of a list rather than ending a sentence."""
    if len(number) > 2:
        return False
    before = text[max(start, at - 40) : at].rstrip()
    if not before or before[-1] in ".:;!?)-–•":
        return True
    return number == "1" and _previous_word(text, start, at) not in _NUMBERED


def _previous_word(text: str, start: int, at: int) -> str:
    words = text[max(start, at - 30) : at].split()
    return words[-1].lower().strip(".,:;()") if words else ""
