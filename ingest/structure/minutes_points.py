"""The points of a decision: paragraphs and list items, each whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.structure.minutes_outcomes import BODY, decider_of
from ingest.structure.minutes_text import lines

_ITEM = re.compile(
    r"^\s*(?:(?P<n>\d{1,2})[.)]\s+(?=\S)|(?P<n2>\d{1,2})\s+(?=[A-ZÅÄÖ])|(?P<letter>[a-z])\)\s+|"
    r"(?P<bullet>[-−–•·*\uf0b7])\s+|(?P<att>att\b))"
)
_ITEM_ENDS = r"[,;.]$|\b(?:och|samt|dels)$"
LEAD_START = re.compile(
    rf"^\s*(?:Enligt\b|På\s+förs?lag\b|I enlighet med\b|{BODY}\s+(?:beslutar|beslutade|föreslår"
    rf"|tillstyrker|avstyrker|för egen del|förslag till)|Under förutsättning|Dessutom|Därutöver"
    rf"|För egen del|Förslag till)"
)
# "Kommunstyrelsen beslutar föreslå kommunfullmäktige", with the points below it
ASKS_ANOTHER = re.compile(
    rf"\b(?:föreslår?|hemställer(?:\s+hos)?|rekommenderar?)\s+(?:att\s+)?{BODY}"
    r"(?:\s+(?:att\s+)?beslut(?:ar?|a\s+att))?(?:\s+att)?$"
)
# Told under "Beslut" though nothing is decided: who is disqualified, or that nobody is.
IS_NOTICE = re.compile(
    r"\banmäl(?:er|de)\s+jäv\b|\bansåg\s+sig\s+(?:inte\s+)?förhindrad|\bjäv\s+anmäl"
    r"|\bdelt(?:ar|og)\s+(?:inte|ej)\s+i\s+(?:beslut|handlägg)|\breserver(?:ar|ade)\s+sig\b"
    r"|^\s*(?:[Bb]eslutet|[Pp]aragrafen|[ÄA]rendet|Punkten)\s+(?:\w+\s+)?(?:justera\w+\s+omedelbart"
    r"|omedelbart\s+justera\w*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item: its place in the section and the number or mark it begins with."""

    start: int
    end: int
    mark: str
    number: str | None = None
    apart: bool = False  # a blank line stands before it


def blocks(text: str) -> Iterator[Block]:
    """The section's paragraphs and list items, by start."""
    block: Block | None = None
    blank = False
    for a, b in lines(text):
        line = text[a:b]
        if not line.strip(" _-–—*\t"):
            blank = True
            if block is not None:
                yield block
            block = None
            continue
        item = _item(text, line, block)
        before = text[block.start : block.end] if block else ""
        if block is not None and (item or _breaks(before, line)):
            yield _without_lead(before, block) if item and item["n"] else block
            block, blank = None, _is_whole(before)
        block = Block(a, b, *_mark(item), blank) if block is None else replace(block, end=b)
        blank = False
    if block is not None:
        yield block


def _item(text: str, line: str, block: Block | None) -> re.Match[str] | None:
    """The mark that begins a list item, if the line does; "att" inside a sentence begins none."""
    item = _ITEM.match(line)
    if item is None or block is None or not (item["att"] or item["n2"]):
        return item
    before = text[block.start : block.end].rstrip()
    if item["n2"]:
        return item if before.endswith((".", ":")) else None
    asked = before.endswith((":", "beslutar", "besluta", "beslut", "beslutade"))
    asked = asked or bool(ASKS_ANOTHER.search(before))
    ended = re.search(_ITEM_ENDS, before) or not _punctuated(text)
    return item if asked or (block.mark == "att" and ended) else None


@lru_cache(maxsize=2)
def _punctuated(text: str) -> bool:
    """True if the att-satser of a list end in a comma, a stop or "och"."""
    ends = re.finditer(r"(\S+)[ \t]*\n\s*att\b", text)
    return any(re.search(_ITEM_ENDS, end[1]) for end in ends)


def _mark(item: re.Match[str] | None) -> tuple[str, str | None]:
    if item is None:
        return "", None
    return item.lastgroup or "", item["n"] or item["n2"] or item["letter"]


def _is_whole(text: str) -> bool:
    """True if the text is one short line that says it all ("Antecknas.")."""
    return len(text) < 50 and "\n" not in text and text.rstrip().endswith(".")


def _without_lead(text: str, block: Block) -> Block:
    """A numbered point without the paragraph below it that leads in the next point."""
    below = re.search(r"(?<=\.)\n(?=[A-ZÅÄÖ][^\n]*)", text) if text.rstrip().endswith(":") else None
    return replace(block, end=block.start + below.start()) if below and block.number else block


def _breaks(previous: str, line: str) -> bool:
    """True if `line` begins a paragraph of its own with no blank line before it."""
    if _is_whole(previous) and line[:1].isupper():
        return True
    if previous.rstrip().endswith(":"):
        return bool(LEAD_START.match(previous)) or line[:1].isupper()
    begins = bool(LEAD_START.match(line) or IS_NOTICE.search(line)) or decider_of(line) is not None
    return begins and previous.rstrip().endswith((".", "”", '"', ")"))
