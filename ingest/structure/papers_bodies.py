"""Whose a paper is: the body, office or company that writes it or meets over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ingest.grammar.parties import find_parties
from ingest.structure import papers_forms as forms
from ingest.structure.minutes_outcomes import BODY, capital
from ingest.structure.papers_letterhead import is_organ
from ingest.structure.papers_text import Line, one_line

STRICT_ORGAN: Final = re.compile(
    r"(?!(?:Till|Antagen|Antaget|Vi|Enligt|Beslut|För|I|Svar|Yttrande"
    r"|Förslag|Översänder|Avstyrker|Tillstyrker)\b)[A-ZÅÄÖ][\wåäö&, -]{0,60}?"
    r"(?:styrelsen|fullmäktige|nämnden?|utskottet|förvaltningen|kontoret|kansliet"
    r"|enheten|avdelningen|råd(?:et)?|revisionen|förbundet| AB)(?: \d{4}-.*| Dnr.*)?$"
)
_LABEL: Final = re.compile(r"^(?:Bilaga|BILAGA|Protokollsbilaga) ?\w{0,3}[.:]? ")
# "Mottagare Kommunstyrelsen" · "Ärende 7, socialnämnden" · "Kallelse till kommunstyrelsen"
_ADDRESS: Final = re.compile(
    r"(?i)^(?:(?:mottagare|adressat|till|kallelse(?: till)?|(?:sammanträdes)?protokoll(?:sutdrag)?"
    r"(?: från)?|protokollet för|styrelsehandling(?: nr)? \d+\w?|sammanträde(?: med)?"
    r"|instans|organ|nämnd/styrelse|ärende(?: nr)? \d+,?)\s*:?\s+)+"
    r"(?=\w)"
)
# "Kulturnämnden 2031-03-04" · "Kommunstyrelsen Dnr …" · "Kommunstyrelsen ______" · "… Sida 1"
_BESIDE: Final = re.compile(
    r"\s+(?:\d{4}-|Dnr\b|Diarie|Rev(?:ision)? ?\d|Sida?\b|Sidnr|Flik\b|Sammanträdesdatum|Datum\b"
    r"|Protokoll(?:sutdrag)?\b|PROTOKOLL(?:SUTDRAG)?\b|TJÄNSTE\w+|Tjänste(?:skrivelse|utlåtande)"
    r"|_{3,}|\d+ ?\(\d+\)|SVAR\b|YTTRANDE\b)"
)
_MUNICIPALITY: Final = re.compile(
    r"(?i)^(?:[\wåäö-]+ ){1,2}(?:kommun|stad)$|^region [\wåäö]+$|^Författningssamling\b"
)
_IN_CAPITALS: Final = ("NÄMNDEN", "STYRELSEN", "FULLMÄKTIGE", "FÖRVALTNINGEN", "KONTORET")
_COMMITTEE: Final = re.compile(r"^(?:\w*utskott|presidium|beredning)\b", re.IGNORECASE)
# "Initiativärende till Kommunstyrelsens sammanträde 2031-02-20" · "Kommunstyrelsens beslut"
_PUT_TO: Final = re.compile(
    rf"(?:\b(?:till|inför|vid)\s+(?P<meets>{BODY}?)s?\s+(?:sammanträde|möte)\b"
    rf"|(?:^|(?<=\n))[ ]*(?P<decides>{BODY}?)s\s+beslut[ ]*(?=\n))"
)
_MEETING: Final = re.compile(r"sammanträde (?:för |med )?(?P<body>[A-ZÅÄÖ][\w&. -]{2,50}?) \d{4}-")
# "Yttrande V, S, MP Kretslopp och vattennämnden 2031-02-09" · "Yrkande (L) Socialnämnden Centrum"
_BESIDE_GENRE: Final = re.compile(
    r"(?<=[,)A-ZÅÄÖ] )(?P<body>[A-ZÅÄÖ][a-zåäö]{3}[\wåäö -]{0,40}?(?:nämnden|styrelsen|utskottet)"
    r"(?: [A-ZÅÄÖ][a-zåäö]+)?)(?= (?:\d{4}-\d\d-\d\d|[ÄäA]rende \d)|$)"
)
_ADOPTED: Final = re.compile(
    rf"(?i:\b(?:antag|fastställ|beslutad)\w*\s+(?:av|i):?)\s+(?P<body>{BODY})\b"
)


def body_of(all_lines: Sequence[Line], first: int, genre: int, last: int) -> str | None:
    """Who writes or meets, as the letterhead above the genre's word says, or the line below it.

    A municipality's own name counts where nothing else is named.
    """
    below = [line for line in all_lines[genre + 1 : min(genre + 4, last)] if len(line.text) < 70]
    named: list[str] = []
    for line in (*all_lines[first : genre + 1], *below):
        name = cell(line.text)
        if line.start >= all_lines[genre].start and not STRICT_ORGAN.match(name):
            continue
        other = any(p.match(name) for p in (forms.LABEL, forms.GOVERNING))
        if is_organ(name) and not other and not _is_party(name):
            named.append(name)
    parted = _parted(all_lines[first : min(genre + 3, last)])
    if parted:
        return parted
    for name in named:
        if not _MUNICIPALITY.match(name):
            return name
    return _meeting_with(all_lines[genre].text) or next(
        (name for name in named if not name.startswith("Författningssamling")), None
    )


def cell(text: str) -> str:
    """The body in a line of a letterhead, without its label and what stands beside it."""
    bare = _ADDRESS.sub("", _LABEL.sub("", text))
    name = _BESIDE.split(bare)[0].strip(" ,")
    return name.capitalize() if name.isupper() and name.endswith(_IN_CAPITALS) else capital(name)


def _parted(lines: Sequence[Line]) -> str | None:
    """A body whose name a column breaks: "Kommunstyrelsens" over "arbetsutskott"."""
    for above, below in pairwise(lines):
        owner, rest = cell(above.text), cell(below.text)
        if re.fullmatch(r"[A-ZÅÄÖ]\w+ens", owner) and _COMMITTEE.match(rest) and " " not in rest:
            return f"{owner} {rest[:1].lower()}{rest[1:]}"
    return None


def _is_party(name: str) -> bool:
    found = find_parties(name)
    return bool(found) and found[0].start == 0


def _meeting_with(genre: str) -> str | None:
    named = _MEETING.search(genre) or _BESIDE_GENRE.search(genre)
    return one_line(named["body"]) if named else None


def put_to(text: str) -> str | None:
    """The body that a political paper is put to, where its head says so; None if it does not."""
    m = _PUT_TO.search(text)
    if m is None:
        return None
    name = one_line(m["meets"] or m["decides"])
    return capital(name.removesuffix("s") if name.endswith("ens") else name)


def adopted_by(text: str) -> str | None:
    """The body that adopted a regulation ("Antaget av kommunfullmäktige"), or None."""
    m = _ADOPTED.search(text)
    return capital(one_line(m["body"])) if m else None
