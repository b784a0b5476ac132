"""What stands after the last § of minutes: voting lists, attendance, signatures."""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.structure.minutes_text import Stretch

_APPENDIX = re.compile(
    r"(?m)^[ \t]*(?:Bilaga\s+(?P<n>\d{1,3}|[A-Z])\b[^\n]{0,120}|Undertecknat?\s+av\b[^\n]*"
    r"|Dokumentet\s+är\s+signerat\b[^\n]*)$"
)


def appendices(everything: Stretch, last: tuple[int, int]) -> list[Stretch]:
    """The appendices after the last §, each from its heading."""
    tail = everything.text[last[0] : last[1]]
    starts = [last[0] + m.start() for m in _APPENDIX.finditer(tail) if _begins_appendix(tail, m)]
    return [everything.cut(a, b) for a, b in pairwise([*starts, last[1]])]


def _begins_appendix(text: str, m: re.Match[str]) -> bool:
    """An appendix, not a mention of one in a list of papers."""
    following = text[m.end() : m.end() + 400]
    listed = re.search(r"(?i)ärende|namn|parti|plats|ledamot|antal|voterings|närvar", following)
    return (
        m["n"] is None
        or (bool(listed) and m[0].strip() == f"Bilaga {m['n']}")
        or "\n\n" not in text[m.end() :]
    )


def appendix_number(appendix: Stretch) -> str | None:
    m = _APPENDIX.match(appendix.text)
    return m["n"] if m else None
