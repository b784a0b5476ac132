"""Where each paper of a stack begins: heads, found line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.grammar.parties import is_parties
from ingest.parts import PartKind
from ingest.structure import papers_forms as forms
from ingest.structure.papers_head import RULE, RULED, Head
from ingest.structure.papers_letterhead import (
    META,
    ahead,
    governing_title,
    is_organ,
    label_number,
)
from ingest.structure.papers_rules import RULES, letterhead_above
from ingest.structure.papers_text import NEW_PAGE, Line


def heads(all_lines: Sequence[Line]) -> tuple[Head, ...]:
    """The heads of all papers, in order; page heads that repeat a paper's own are left out.

    `all_lines` as `head_lines` gives them.
    """
    found: list[Head] = []
    for at in range(len(all_lines)):
        head = _head_at(all_lines, at, found[-1] if found else None)
        if head is None or _repeats(all_lines, found, head):
            continue
        if found and found[-1].form == "label" and head.first <= found[-1].line + 2:
            before = found.pop()
            head = replace(head, start=before.start, first=before.first, label=before.label)
        found.append(head)
    return tuple(
        replace(head, kind=PartKind.REGULATION) if _governs(all_lines, head) else head
        for head in found
    )


def _governs(all_lines: Sequence[Line], head: Head) -> bool:
    return head.kind is PartKind.APPENDIX and governing_title(all_lines, head.line + 1) is not None


def _head_at(all_lines: Sequence[Line], at: int, last: Head | None) -> Head | None:
    for form, rule in RULES:
        kind = rule(all_lines, at, last)
        if kind is not None:
            under = letterhead_above(all_lines, at) if form == "letterhead" else None
            first = _first(all_lines, at, last) if under is None else under
            label = label_number(all_lines[first].text) or label_number(all_lines[at].text)
            return Head(all_lines[first].start, at, first, kind, form, label)
    return None


def _first(all_lines: Sequence[Line], at: int, last: Head | None) -> int:
    """The index of the first line of the head whose genre stands in line `at`."""
    lowest = last.line + 1 if last else 0
    first = at
    while first > lowest and at - first < 5 and _belongs_above(all_lines, first - 1, at):
        if all_lines[first].gap >= 3 and first > 4:
            break
        first -= 1
    while first < at and META.match(all_lines[first].text) and not _dates(all_lines, first, at):
        first += 1
    return first


def _dates(all_lines: Sequence[Line], first: int, at: int) -> bool:
    """True for a date or number that a wide gap sets apart and the genre's word follows."""
    return at - first == 1 and 3 <= all_lines[first].gap < NEW_PAGE and all_lines[at].gap < 3


def _belongs_above(all_lines: Sequence[Line], above: int, at: int) -> bool:
    text = all_lines[above].text
    if forms.LABEL.match(all_lines[above + 1].text):
        return False
    if forms.LABEL.match(text) and (label_number(text) or len(text) < 12):
        return len(text) < 60
    between = (line.text for line in all_lines[above + 1 : at])
    if at - above > 1 and any(is_organ(words) and not is_parties(words) for words in between):
        return bool(forms.MUNICIPALITY.match(text))
    organ = is_organ(text) or is_organ(RULE.sub("", text) or text) or RULED.fullmatch(text)
    return bool(organ) or (len(text) < 60 and bool(META.fullmatch(text))) or is_parties(text)


def _repeats(all_lines: Sequence[Line], found: list[Head], head: Head) -> bool:
    """True if the head only repeats, on a further page, the one of the paper it stands in."""
    if not found:
        return False
    last = found[-1]
    if last.form == head.form == "extract":
        one, other = _extract_key(all_lines, last), _extract_key(all_lines, head)
        return one == other or (one[0] == other[0] and _ends_extract(all_lines, head))
    if last.form == head.form and head.form in ("label", "audit", "plain"):
        return all_lines[last.line].text[:60] == all_lines[head.line].text[:60]
    if last.form == head.form == "governing" or (
        last.kind is PartKind.REGULATION and head.form == "governing"
    ):
        return head.line - last.line < 8
    if last.form != "official" or head.form != "official":
        return False
    same = all_lines[last.line].text[:60] == all_lines[head.line].text[:60]
    return same or _same_page_head(all_lines, last, head)


def _same_page_head(all_lines: Sequence[Line], last: Head, head: Head) -> bool:
    return len(all_lines[head.line].text) < 30 and "Handläggare" not in ahead(
        all_lines, head.line, 120
    )


def _ends_extract(all_lines: Sequence[Line], head: Head) -> bool:
    """True for a page that holds only the signatures of the extract before it."""
    return bool(_CLOSING.search(ahead(all_lines, head.line, 130)))


def _extract_key(all_lines: Sequence[Line], head: Head) -> tuple[str, str]:
    dates = re.findall(r"\d{4}-\d\d-\d\d|\d{1,2} \w{3,9} \d{4}", ahead(all_lines, head.line, 160))
    organ = all_lines[head.line - 1].text.casefold() if head.first < head.line else ""
    organ = re.sub(r"^bilaga \w+ |^göteborgs stads ", "", organ)
    return (organ[:12], dates[0] if dates else "")


_CLOSING = re.compile(
    r"Vid protokollet|Dag för justering|Justeringsdag|Underskrifter|Protokollets underskrifter"
)
