"""The genre's headings: which words on a line of their own introduce what."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.grammar.found import Found

_LONGEST = 90
_NUMBERING = re.compile(r"^(?:[#*]+\s*|\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-ZÅÄÖ]))")
# Words that make a "*" into a sentence: a heading names, it does not tell.
_TELLS = re.compile(
    r"[.;?!]\s|[.;?!,]$|\b(?:att|som|ska|har|är|finner|ställer|yrkar|reserverar|utfaller"
    r"|godkänner|begärs(?! )|samt|enligt|mot|genom|från|den)\b(?!sutdrag)"
)


# Headings of reports and proposals that extracted text runs into the sentence after them.
_RUN_IN = re.compile(
    r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}\.? +)?(?:Sammanfattning(?: av ärendet)?|"
    r"Bakgrund(?: till ärendet)?|Inledning|Ärendet|Beskrivning av ärendet|"
    r"Bedömning ur [a-zåäö, ]{3,60}? (?:dimension|perspektiv)|"
    r"[A-ZÅÄÖ]\w+s (?:analys och )?(?:bedömning|kommentar|överväganden|synpunkter)|"
    r"Yrkandet|Yttrandet|Motivering|Samverkan|Barnperspektivet|Ekonomiska konsekvenser))\s+"
    r"(?=[A-ZÅÄÖ”\"][a-zåäö])"
)


# "Reservation     Ledamöterna för (M) reserverar sig": a heading in the margin
_BESIDE = re.compile(r"(?P<label>[A-ZÅÄÖ][a-zåäö]+(?: [a-zåäö]+){0,2}) {2,}(?=[A-ZÅÄÖ]\S)")
_MARGINAL = frozenset(
    ("yrkanden", "procedure", "reservation", "statement", "recusal", "abstention", "summary")
)
"""What such a heading may introduce; names and titles stand beside others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Found):
    """A heading on a line of its own.

    Attributes:
        kind: what it introduces: "decision", "proposal", "yrkanden", "procedure", "vote",
            "reservation", "statement", "recusal", "abstention", "earlier", "papers", "summary",
            "debate", "sent_to", "appeal", "closing", "contents" or "attendance".
        label: the heading as printed, without its colon.
    """

    kind: str
    label: str


@cache
def _table() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    path = Path(__file__).with_name("headings.toml")
    data: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    exact, open_ended = {}, []
    for kind, phrases in data.items():
        for phrase in phrases:
            if "*" in phrase:
                pattern = re.escape(phrase).replace(r"\*", r"[\w/& ,()–-]{2,60}?")
                open_ended.append((re.compile(pattern), kind))
            else:
                exact[phrase] = kind
    return exact, tuple(open_ended)


def kind_of(line: str) -> str | None:
    """What a line introduces if it is a heading of the genre, else None."""
    label = label_of(line)
    if not label or len(label) > _LONGEST or not label[0].isalpha():
        return None
    plain = _plain(label)
    exact, open_ended = _table()
    if plain in exact:
        return exact[plain] if label[0].isupper() or line.rstrip().endswith(":") else None
    if not label[0].isupper() or _TELLS.search(label):
        return None
    return next((kind for pattern, kind in open_ended if pattern.fullmatch(plain)), None)


def find_headings(text: str) -> list[Heading]:
    """Every heading of the genre, in order; `start` and `end` hold the line without its margins."""
    found = []
    for m in re.finditer(r"[^\n]+", text):
        line = m[0]
        kind = kind_of(line) if len(line) <= _LONGEST + 40 else None
        if kind:
            start = m.start() + len(line) - len(line.lstrip())
            end = m.start() + len(line.rstrip())
            found.append(Heading(start=start, end=end, kind=kind, label=label_of(line)))
        elif (beside := _BESIDE.match(line)) and _exact(beside["label"]) in _MARGINAL:
            start, end = (m.start() + at for at in beside.span("label"))
            kind = _exact(beside["label"]) or ""
            found.append(Heading(start=start, end=end, kind=kind, label=beside["label"]))
    return found


def _exact(label: str) -> str | None:
    """What a label introduces if it is a heading of the genre word by word, else None."""
    return _table()[0].get(label.casefold())


def run_in(text: str) -> int:
    """The length of the heading that a text begins with and runs on from without a stop, with the
    space after it: "Beskrivning av ärendet Nämnden har …"; 0 where there is none."""
    match = _RUN_IN.match(text)
    return match.end() if match else 0


def label_of(line: str) -> str:
    """The heading as people read it: no numbering, markup or colon, single spaces."""
    bare = _NUMBERING.sub("", line.strip().strip("*_").strip())
    return " ".join(bare.rstrip(": \t*_").split())


def _plain(label: str) -> str:
    plain = re.sub(r"\s*[–-]\s+", " ", label.casefold())
    plain = re.sub(r"\s*\((?:er|en|ar|na)\)$|\s+\d{1,2}$", "", plain)
    return " ".join(plain.split())
