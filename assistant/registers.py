"""Papers that only list other papers: what has come in, who took no part, how each one voted.

A register holds the title of a matter word for word, and says nothing of it. Whoever searches for
a title means the matter's own paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.parts import PartKind
from ingest.passages import Passage

_NAMED = re.compile(
    r"anmälningsärende|\binkom(?:na|men|mit)\b|\bbilag|\bregister|\bförteckning|\bjäv",
    re.IGNORECASE,
)
"""Words of a question that means a register itself."""
_TITLE = re.compile(
    r"anmälningsärenden|\binkomna (?:motioner|skrivelser|handlingar|ärenden)", re.IGNORECASE
)
_CAME_IN = re.compile(r"\bhar\s+följande\s[^.]{0,80}?\binkommit\b")
_ENTRY = re.compile(
    r"^\W*(?:Motion|Interpellation|Skrivelse|(?:Enkel )?[Ff]råga) av\b", re.MULTILINE
)
_PARAGRAPH = re.compile(r"^\W*(?:Paragraf|§) ?\d+,", re.MULTILINE)
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$", re.MULTILINE)
_MINUTES = (PartKind.PARAGRAPH, PartKind.EXTRACT, PartKind.SECTION, PartKind.OTHER)
"""Kinds of part that may be a register; a motion that begins with its own title is none."""


def names_register(text: str) -> bool:
    """True if a question means a register itself ("anmälningsärenden", "bilaga 3", "jäv")."""
    return bool(_NAMED.search(text))


def registers(passages: Iterable[Passage]) -> frozenset[tuple[str, str]]:
    """The parts, as (file, part id), of which a passage shows that they are registers."""
    return frozenset((p.file, p.part) for p in passages if _lists(p))


def _lists(passage: Passage) -> bool:
    """True for an appendix of minutes, a § of what has come in, and a passage of such entries:
    two titles, two §§, or one title under the day on which it came."""
    if passage.kind is PartKind.APPENDIX:
        return True
    if passage.kind not in _MINUTES:
        return False
    text = passage.clean
    entries = len(_ENTRY.findall(text))
    return (
        bool(_TITLE.search(passage.title) or _CAME_IN.search(text))
        or entries > 1
        or bool(entries and _DAY.search(text))
        or len(_PARAGRAPH.findall(text)) > 1
    )
