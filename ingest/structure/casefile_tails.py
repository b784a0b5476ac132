"""Where a paper ends before the next head: signatures, and what is bound in after them.

A case file often holds attachments without any head of their own (a report, a table, a map). They
begin where the paper above them was signed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ingest.parts import PartKind
from ingest.structure import papers_forms as forms
from ingest.structure.papers_names import NAME, adjusters, names_with_parties, only_names
from ingest.structure.papers_text import Line

_SHORTEST: Final = 120
_FOOTNOTES: Final = 800
"""What stands after a signature and begins with a digit is footnotes, unless it is longer."""
_HEAD: Final = 24
"""By so many characters a page head is known again."""
_TITLE: Final = (
    r"(?:(?:[Ff]örste |[Bb]iträdande |[Tt]f\.? )?(?:[\w-]*[Dd]irektör|\w*[Cc]hef|VD|Vd"
    r"|\w*sekreterare|\w*jurist|\w*ledare|\w*strateg|\w*handläggare|\w*samordnare"
    r"|\w*arkitekt|\w*kamrer|\w*ansvarig|Kommunchef|Rektor|\w*controller))"
)
_ROLES: Final = re.compile(rf"^{_TITLE}\b[^.:;]{{0,110}}$")
_NAMES_AND_ROLES: Final = re.compile(
    rf"^{NAME},? +(?:{NAME},? +)?(?:Tf\.? |T\.f\. )?{_TITLE}\b[^.:;]{{0,90}}$"
)
_ADJUSTED_WORD: Final = re.compile(
    r"^(?:Tjänstgörande ordf|Tf\.? ordf|Ordförande|Justera|Sekreterare)"
)
_STRIP: Final = re.compile(
    r"(?i)referensnummer|signed by|signature ref|elektroniskt signerat|e-signerat|^(?:com ?fact"
    r"|klassning|_{3,}|sida \d)|^[\d ()/-]+$"
)
_BOARD_DATE: Final = re.compile(r"^\w+ den \d{1,2} \w+ \d{4} .{0,60}(?:styrelse|beredning|nämnd)$")
_GOES_ON: Final = re.compile(
    r"(?i)^(?:bilag[ao]?r?n?a?\b|ärendet\b|beskrivning|bakgrund|bedömning|expedier"
    r"|beslut|protokolls?utdrag"
    r"|samverkan|sammanfattning|stadsledningskontorets|förvaltningens|kontorets|justering|anslag"
    r"|skickas|handlingar|motivering|yrkande|inledning|förslag|remiss|kommentar"
    r"|sida \d|\d+ ?\(\d+\)"
    r"|signature|kopia|detta dokument|___|[•–§-])"
)
_OPENS: Final = re.compile(r"(?:Förslag till beslut|Sammanfattning|Ärendet)\b")
_ENDED: Final[dict[PartKind, tuple[Callable[[str], object], ...]]] = {
    PartKind.OFFICIAL_REPORT: (_ROLES.match, _NAMES_AND_ROLES.match),
    PartKind.EXTRACT: (_ADJUSTED_WORD.match,),
    PartKind.MOTION: (names_with_parties,),
    PartKind.INTERPELLATION: (names_with_parties,),
    PartKind.QUESTION: (names_with_parties,),
    PartKind.COUNCIL_PROPOSAL: (_BOARD_DATE.match,),
}


def tail(lines: Sequence[Line], first: int, last: int, kind: PartKind) -> int | None:
    """The index of the line where something else begins inside `lines[first:last]`, or None.

    `lines[first]` is the first line of a paper of the given kind.
    """
    patterns = _ENDED.get(kind)
    if not patterns:
        return None
    for at in range(first + 3, last - 1):
        if not any(ends(lines[at].text) for ends in patterns):
            continue
        if lines[at].text.startswith(("Handläggare", "Kontakt", "Föredragande")):
            continue
        if kind is PartKind.OFFICIAL_REPORT and (
            not _signed(lines, at) or _in_head(lines[first:last], at - first)
        ):
            continue
        if kind is PartKind.EXTRACT and not adjusters(lines[at].text):
            continue
        begins = _after_names(lines, at + 1, last)
        if begins < last and _is_tail(lines, begins, last) and not _goes_on(lines, first, begins):
            return begins
    return None


def _goes_on(lines: Sequence[Line], first: int, at: int) -> bool:
    """True where the page head of an extract comes again: a company's minutes are signed on their
    first page."""
    heads = {x.text[:_HEAD] for x in lines[first : first + 4] if forms.EXTRACT.match(x.text)}
    return any(line.text[:_HEAD] in heads for line in lines[at : at + 3])


def _signed(lines: Sequence[Line], at: int) -> bool:
    return bool(_NAMES_AND_ROLES.match(lines[at].text) or only_names(lines[at - 1].text))


def _in_head(lines: Sequence[Line], at: int) -> bool:
    """True for the handläggare in a paper's head: its first section begins a few lines below."""
    return at < 12 and any(_OPENS.match(line.text) for line in lines[at + 1 : at + 7])


def _after_names(lines: Sequence[Line], at: int, last: int) -> int:
    """Skips further names, titles and strips of a digital signature."""
    while at < last and (
        only_names(lines[at].text)
        or _ROLES.match(lines[at].text)
        or adjusters(lines[at].text)
        or _STRIP.search(lines[at].text)
    ):
        if forms.ORGAN_WORD.search(lines[at].text) and not _ROLES.match(lines[at].text):
            break
        at += 1
    return at


def _is_tail(lines: Sequence[Line], at: int, last: int) -> bool:
    if _GOES_ON.match(lines[at].text):
        return False
    size = lines[last - 1].end - lines[at].start
    return size >= (_FOOTNOTES if lines[at].text[0].isdigit() else _SHORTEST)
