"""Where the papers of parties begin: yrkanden, reservations, initiatives and statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.grammar.parties import is_parties
from ingest.parts import PartKind
from ingest.structure import papers_forms as forms
from ingest.structure.papers_head import RULE, RULED, Head
from ingest.structure.papers_letterhead import META, ahead, is_organ
from ingest.structure.papers_names import only_names
from ingest.structure.papers_text import Line

_LONG = 300
"""A head's line is shorter, in characters, the title that runs on in it included."""
_PLACED = re.compile(
    r"^[A-ZÅÄÖ][a-zåäö]+,?(?: den)? \d{1,2} [a-zåäö]{3,9} \d{4}\s+(?=[A-ZÅÄÖ][a-zåäö]*(?:yrkande|"
    r"ttrande|servation|nteckning|rkande)\b)"
)
"""The place and the day before the genre's word: "Ekmarka 3 maj 2031 Yrkande (V)"."""
_PUT_TO = re.compile(
    r"\b[A-ZÅÄÖ][\w -]{0,40}(?:nämnden?|styrelsen?|utskottet|fullmäktige)\b.{0,40}"
    r"(?:\d{4}-\d\d-\d\d|[ÄäA]rende \d)"
)
"""The meeting that a paper was put to, with its day or the number of the case there."""
_PARTIES_ALONE = re.compile(
    r"^[\s:–-]*(?:\(?(?:[A-ZÅÄÖ]{1,2}|Mp|Kd|Sd|Fi)\)?(?:[,\s]+(?:och )?|$)){1,8}"
    r"(?:Särskilt yttrande\b.*)?$"
)
_ASIDE = re.compile(r"\bSärskilt yttrande\b|\b\d{4}-\d\d-\d\d\b|\b\d{6}\b")


def political(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    """The kind of a party's paper that begins at a line, or None; `last` is the head before it."""
    text = _PLACED.sub("", all_lines[at].text)
    match = forms.POLITICAL.match(text)
    if not match or len(text) > _LONG or (match.end() == len(text) and text.isupper()):
        return None
    if (
        last
        and last.form == "political"
        and (at - last.line <= 2 or _close_title(all_lines, at, last))
    ):
        return None
    if not _headlike(all_lines, at, text[match.end() :]):
        return None
    return _political_kind(match)


def _close_title(all_lines: Sequence[Line], at: int, last: Head) -> bool:
    """True if the line is the title under a political head, a few lines further up."""
    return all_lines[at].start - all_lines[last.line].start < 400 and at - last.line <= 6


def _headlike(all_lines: Sequence[Line], at: int, rest: str) -> bool:
    under = ahead(all_lines, at + 1, 420)
    titled = bool(forms.POLITICAL_TITLE.search(all_lines[at].text[:60])) and not rest.startswith(
        " från"
    )
    if forms.POLITICAL_HEAD_REST.match(rest) or _names_movers(rest):
        return _set_apart(all_lines, at, rest) and bool(
            forms.POLITICAL_TITLE.search(under)
            or forms.POLITICAL_BODY.search(under[:250])
            or _PUT_TO.search(rest)
        )
    told = bool(forms.POLITICAL_BODY.search(f"{rest} {under}")) or (
        at > 0 and is_parties(all_lines[at - 1].text)
    )
    return titled and told and _letterhead_above(all_lines, at)


def _set_apart(all_lines: Sequence[Line], at: int, rest: str) -> bool:
    """True if what stands above a genre's word, or beside it, says that a paper begins there: whose
    letterhead it is, its label, the meeting that it was put to, or nothing but the parties behind
    it over its title."""
    whose = _above(all_lines, at)
    if whose >= 0 and is_parties(all_lines[whose].text):
        whose = _above(all_lines, whose)
    above = RULE.sub("", all_lines[whose].text) if whose >= 0 else ""
    if at == 0 or (above and is_organ(above)) or forms.LABEL.match(above):
        return True
    if _PUT_TO.search(rest):
        return True
    below = all_lines[at + 1 : at + 4]
    return bool(_PARTIES_ALONE.match(rest) or is_parties(rest.strip())) and any(
        forms.POLITICAL_TITLE.match(line.text) for line in below
    )


def _above(all_lines: Sequence[Line], at: int) -> int:
    """The index of the line above, a drawn rule left out; -1 where there is none."""
    above = at - 1
    return above - 1 if above >= 0 and RULED.fullmatch(all_lines[above].text) else above


def _names_movers(rest: str) -> bool:
    """True if nothing but names and days stand beside a genre's word: who moves it."""
    names = _ASIDE.sub(" ", rest)
    return only_names(" ".join(names.split())) and not forms.ORGAN_WORD.search(names)


def _letterhead_above(all_lines: Sequence[Line], at: int) -> bool:
    """True if only dates, numbers and parties stand between the line and a letterhead, or a label
    over the parties."""
    parties = False
    for above in range(at - 1, max(at - 5, -1), -1):
        text = all_lines[above].text
        if is_organ(text) and forms.ORGAN_WORD.search(text):
            return True
        if parties and forms.LABEL.match(text):
            return True
        parties = parties or is_parties(text)
        letters = re.match(r"^[A-ZÅÄÖ]{1,3}(?:, [A-ZÅÄÖ]{1,3})+\b", text)
        if not (META.match(text) or letters or is_parties(text)):
            return False
    return at < 5


def political_title(text: str) -> PartKind | None:
    """The kind of a paper that its title alone tells: "Yrkande angående – Trädplan", or None."""
    match = forms.POLITICAL.match(text)
    if not match or not forms.POLITICAL_TITLE.match(text) or not text[0].isupper():
        return None
    return _political_kind(match)


def _political_kind(match: re.Match[str]) -> PartKind:
    if match["yrkande"]:
        return PartKind.YRKANDE
    if match["reservation"]:
        return PartKind.RESERVATION
    if match["initiative"]:
        return PartKind.INITIATIVE
    return PartKind.ALTERNATIVE_PROPOSAL if match["alternative"] else PartKind.STATEMENT
