"""What a single paper is, told from its first lines and, where these are silent, from its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.parts import PartKind
from ingest.structure import papers_forms as forms
from ingest.structure.papers_text import Line

_FIRST_LINES: Final = 16
# A genre's word at the start of one of the first lines; the earliest line wins.
_NAMED: Final[tuple[tuple[PartKind, re.Pattern[str]], ...]] = (
    (
        PartKind.ALTERNATIVE_PROPOSAL,
        re.compile(
            r"(?i)^(?:alternativt (?:förslag|beslutsförslag)|motförslag|alternativ"
            r"(?:t)? budget)\b"
        ),
    ),
    (
        PartKind.INITIATIVE,
        re.compile(
            r"(?i)^(?:(?:ledamots|nämnd|politiskt )?initiativ(?:ärende|förslag)?"
            r"|uppföljningsinitiativ|(?:blankett \w+ )?(?:medborgar|invånar|e-)förslag"
            r"|e-petition)\b(?=$|[\s:–-])"
            r"|^(?:ämne|ärende)\s*: (?:nytt )?(?:medborgar|invånar|e-)förslag\b"
        ),
    ),
    (PartKind.RESERVATION, re.compile(r"(?i)^(?:skriftlig |blank )?reservation\b")),
    (
        PartKind.REPLY,
        re.compile(
            r"(?i)^(?:svar på (?:\w+ )?(?:interpellation|enkel fråga|fråga)"
            r"|interpellationssvar)"
        ),
    ),
    (PartKind.INTERPELLATION, re.compile(r"(?i)^interpellation\b")),
    (PartKind.QUESTION, re.compile(r"(?i)^(?:enkel |skriftlig )fråga\b|^fråga (?:till|från|av)\b")),
    (
        PartKind.MOTION,
        re.compile(r"(?i)^motion(?:en)?\b(?!sspår|are)(?! (?:har|som|avslås|bifalls))"),
    ),
    (
        PartKind.YRKANDE,
        re.compile(r"(?i)^(?:tilläggs|ändrings|återremiss|avslags|gemensamt )?yrkande\b"),
    ),
    (
        PartKind.STATEMENT,
        re.compile(
            r"(?i)^(?:särskilt yttrande|ersättaryttrande|protokollsanteckning"
            r"|röstförklaring)\b"
        ),
    ),
    (
        PartKind.EXTRACT,
        re.compile(r"(?i)^(?:protokollsutdrag|utdrag ur protokoll|sammanträdesprotokoll)\b"),
    ),
    (
        PartKind.OFFICIAL_REPORT,
        re.compile(
            r"(?i)^(?:tjänsteskrivelse|tjänsteutlåtande|tjänsteyttrande|beslutsunderlag"
            r"|föredragningspromemoria)\b"
        ),
    ),
    (
        PartKind.CONSULTATION,
        re.compile(
            r"(?i)^(?:remissvar|remissyttrande|samrådsyttrande|svar på remiss|yttrande(?: "
            r"(?:över|till|på|gällande|angående)|$))"
        ),
    ),
    (
        PartKind.AUDIT,
        re.compile(
            r"(?i)^(?:revisionsrapport|revisionsberättelse|granskningsrapport|granskning(?: av"
            r"|srapport|\s+\d{4}|$)|fördjupad granskning|grundläggande granskning"
            r"|lekmannarevis)"
        ),
    ),
)
_AUDITORS: Final = re.compile(
    r"(?i)\b(?:revisionskontoret|stadsrevisionen|kommunrevisionen|revisorerna|KPMG|PwC"
    r"|Ernst ?& ?Young|Deloitte|revisionsrapport|granskningsrapport|revisionsfråg\w+"
    r"|revisionsobjekt)\b"
)
_REGULATES: Final = re.compile(
    r"(?i)\b(?:reglemente|policy|riktlinje[rn]?|program|handlingsplan|plan för"
    r"|regler för|föreskrift\w*|arbetsordning|delegationsordning|bolagsordning"
    r"|ägardirektiv|taxa|strategi|stadgar|förbundsordning|rutin)\b"
)
_SECTIONED: Final = re.compile(r"(?m)^[ ]*(?:§ ?\d+\b|\d+ ?§|Kapitel \d+|\d+ [Kk]ap\b)")


_DATED: Final = re.compile(r"^(?:19|20)\d\d-\d\d-\d\d (?=[A-ZÅÄÖ])")
_MEETS: Final = re.compile(r"(?i)^(?:\w+ )?sammanträdesdatum\b")
_SIGNED: Final = re.compile(r"^(?:[A-ZÅÄÖ]{1,5} )?§ ?\d+\b")
_HEAD: Final = 8
"""How many lines the head of a page of minutes takes, the § below it included."""


def kind_of(text: str, all_lines: Sequence[Line]) -> tuple[PartKind, int]:
    """The kind of the paper and the index of the line that tells it; `OTHER` and 0 if none does."""
    first = all_lines[:_FIRST_LINES]
    named = _named(first)
    if named:
        return named
    if _is_extract(first):
        return PartKind.EXTRACT, 0
    for at, line in enumerate(first):
        short = len(line.text) < 120 and not line.text.endswith((".", ","))
        names = forms.GOVERNING.match(line.text) or _REGULATES.search(line.text[:90])
        if short and names and _regulates(text):
            return PartKind.REGULATION, at
    if len(_AUDITORS.findall(text[:6000])) >= 2:
        return PartKind.AUDIT, 0
    return _by_content(text, all_lines)


def named_in(first: Sequence[Line]) -> PartKind | None:
    """The kind that one of these lines names, or None."""
    named = _named(first)
    return named[0] if named else None


def _is_extract(first: Sequence[Line]) -> bool:
    """True for the head of a page of minutes over a §, where their name is printed on each page."""
    meets = any(_MEETS.match(line.text) for line in first[:_HEAD])
    return meets and any(_SIGNED.match(line.text) for line in first[:_HEAD])


def _regulates(text: str) -> bool:
    return len(_SECTIONED.findall(text)) >= 3 or bool(forms.GOVERNING_BODY.search(text[:3000]))


def _named(first: Sequence[Line]) -> tuple[PartKind, int] | None:
    for at, line in enumerate(first):
        for kind, pattern in _NAMED:
            if len(line.text) < 260 and pattern.match(_DATED.sub("", line.text)):
                return kind, at
    return None


def _by_content(text: str, all_lines: Sequence[Line]) -> tuple[PartKind, int]:
    if re.search(
        r"(?m)^[ ]*(?:Handläggare|Diarienr|Dnr|Diarienummer|Ärendenr)", text[:1500]
    ) and re.search(r"(?m)^[ ]*(?:Förslag till beslut|Sammanfattning|Beslutsunderlag)", text):
        return PartKind.OFFICIAL_REPORT, 0
    if len(_SECTIONED.findall(text)) >= 5:
        return PartKind.REGULATION, 0
    if re.search(
        r"(?:yrkar|föreslår|hemställer)\s+(?:vi|jag|undertecknade?|\w+partiet|\w+demokraterna)\b",
        text[len(text) // 2 :],
    ):
        return PartKind.MOTION, 0
    return PartKind.OTHER, 0
