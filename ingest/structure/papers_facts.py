"""Facts that any paper may state: sums, dates that matter, references, definitions, old decisions.

Works on the shadow text of `papers_text`; every offset is one of the document's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ingest.document import Document, Span
from ingest.grammar.dates import find_dates
from ingest.grammar.found import near
from ingest.grammar.numbers import find_amounts
from ingest.grammar.references import find_handlingar, find_laws, find_paragraphs
from ingest.records import Amount, DateNote, Decision, Definition, Record, Reference
from ingest.structure.papers_text import one_line
from ingest.structure.papers_titles import real_cases

_PURPOSE: Final = 240
# What the words before a date make of it; the first that fits wins.
_MEANINGS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "meeting",
        re.compile(
            r"(?i)sammanträdesdatum\W{0,60}$"
            r"|(?:sammanträde\w*|styrelsemöte|möte\w*)\W{0,4}"
            r"(?:den\s|\(nr \d+\w?\)\s)?\W{0,3}$"
        ),
    ),
    (
        "revised",
        re.compile(r"(?i)(?:reviderad|reviderat|rev\.?|senast reviderad|ändrad)\b[^.\n]{0,25}$"),
    ),
    (
        "issued",
        re.compile(r"(?i)(?:utfärdat|utfärdad|datum|upprättad|daterat|daterad)\b:?\s*(?:den\s+)?$"),
    ),
    (
        "deadline",
        re.compile(
            r"(?i)(?:senast|före|tillhanda|till handa|svarsdatum|sista dag\w*)\s*:?\s*"
            r"(?:den\s+|fredagen den\s+)?$"
        ),
    ),
    (
        "valid_until",
        re.compile(r"(?i)(?:till och med|t\.?\s?o\.?\s?m\.?|längst till)\s*:?\s*(?:den\s+)?$"),
    ),
    (
        "in_force",
        re.compile(
            r"(?i)(?:gäller|gälla|gällande|träder i kraft|träda i kraft"
            r"|giltig\w*)\b[^.\n]{0,25}(?:från|fr\.?\s?o\.?\s?m\.?|den|med)?\s*(?:och med\s+)?"
            r"(?:den\s+)?$"
        ),
    ),
    (
        "adopted",
        re.compile(
            r"(?i)\b(?:beslutad av|antog|antogs|antagen|antaget|antagits|fastställd|fastställdes"
            r"|fastställt|klubbad|klubbades|godkändes)\b[^.\n]{0,60}$"
        ),
    ),
    (
        "decided",
        re.compile(
            r"(?i)\b(?:beslutade|beslutat|beslut|beslutades|biföll|avslog|återremitterade"
            r"|bordlade|bordlagt|återremitterat)\b[^.\n]{0,45}$"
        ),
    ),
)
_ORGAN: Final = (
    r"(?:[Kk]ommunfullmäktige|[Kk]ommunstyrelsen|[Rr]egionfullmäktige|[Rr]egionstyrelsen"
    r"|[A-ZÅÄÖa-zåäö-]{3,40}nämnden|[Nn]ämnden för [\wåäö -]{3,40}?|[Ss]tyrelsen)"
)
_DATE: Final = r"(?:den\s+)?(?:\d{4}-\d\d-\d\d|\d{1,2}\s+[a-z]{3,9}\s+\d{4}|\d{4}(?![-\d]))"
_WAS_DECIDED: Final = re.compile(
    rf"\b(?P<verb>klubbades|antogs|fastställdes|beslutades|godkändes|bifölls"
    rf"|avslogs)\b[^.\n]{{0,60}}?\bav\s+(?P<who>{_ORGAN})\s+(?P<date>{_DATE})"
)
_HAS_DECIDED: Final = re.compile(
    rf"(?<![\wåäö])(?P<who>{_ORGAN})\s+(?:har\s+)?(?P<verb>beslutade|beslöt|antog"
    rf"|fastställde|godkände|återremitterade|avslog|biföll)\s+(?P<date>{_DATE})"
    rf"(?:,?\s*§\s*\d+)?(?P<what>[^.\n]{{0,400}})"
    rf"|(?<![\wåäö])(?P<who2>{_ORGAN})\s+(?P<date2>{_DATE}),?\s*(?:§\s*\d+)?,?\s*"
    rf"(?P<what2>beslutade[^.\n]{{0,400}}|att [^.\n]{{0,400}})?"
)
_OUTCOMES: Final = (
    ("återremiss", r"återremi"),
    ("bordläggning", r"bordl[aä]"),
    ("avslag", r"avsl(?:å|og)|avstyrk"),
    ("bifall", r"bif(?:all|öll)"),
    ("antagen", r"klubbad|ant(?:og|a\b|agen|ar\b)|fastställ"),
    ("godkänd", r"godkän"),
    ("besvarad", r"besvara"),
    ("antecknad", r"anteckna"),
)
_QUOTED: Final = r"[”“\"„»](?P<text>[^”“\"»]{10,1500})[”“\"»]"
_DEFINED: Final[tuple[re.Pattern[str], ...]] = (
    re.compile(
        rf"\bdefinier(?:ar|ade|as)\s+(?P<term>[^\n.:;”\"]{{2,80}}?)\s+"
        rf"(?:enligt[^\n.:]{{2,60}}?\s)?som\s*:?\s*{_QUOTED}"
    ),
    re.compile(
        r"\b[Dd]efinition\w*(?:\s+av\s+[^\n.:]{2,60})?\s*:?\s*[”“\"„»](?P<text>"
        r"(?P<term>[A-ZÅÄÖ][^”“\"\n.]{2,70}?)\s(?:är|avser"
        r"|innebär)\s[^”“\"»]{10,1500})[”“\"»]"
    ),
    re.compile(
        r"\b[Mm]ed\s+(?P<term>[^\n.,;:]{2,70}?)\s+(?:avses|menas|förstås)\s*"
        r"(?:i (?:denna|detta|dessa) \w+\s*|här\s*)?"
        r"(?P<text>[^\n.]{8,600}(?:\.(?!\d)[^\s][^\n.]*)*\.?)"
    ),
    re.compile(
        r"(?<![\wåäö])(?P<term>[A-ZÅÄÖ][^\n.,;:]{2,70}?)\s+(?:definieras|defineras)\s+"
        r"(?:[a-zåäö]+\s+){0,4}?som\s+(?P<text>[^\n.]{8,600}\.?)"
    ),
)
_DEFINED_CUE: Final = re.compile(
    r"definier(?:ar|ade|as)|[Dd]efinition|avses|menas|förstås|def(?:ini|ine)eras"
)
_WAS_CUE: Final = re.compile(r"klubbades|antogs|fastställdes|beslutades|godkändes|bifölls|avslogs")
_HAS_CUE: Final = re.compile(
    r"(?:fullmäktige|[Ss]tyrelsen|[Nn]ämnden(?: för [\wåäö -]{3,40}?)?)\s+(?:har\s|beslu"
    r"|beslöt|antog|fastst|godk|återr|avslog|biföll|den\s|\d)"
)
_LIST: Final = re.compile(
    r"(?:^|\n)[ ]*(?:Definitioner|Definition|Begrepp och definitioner"
    r"|Begreppsförklaring\w*)\s*:?[ ]*\n+"
)
_LIST_ITEM: Final = re.compile(
    r"\s*(?:[•·▪\uf0b7–-][ ]+)(?P<text>(?P<term>[^\n.:;•]{2,80}?)(?:\s(?:är|avser"
    r"|innebär|:)|:)\s[^\n•]{8,900})"
)


def facts(document: Document, text: str, span: Span) -> list[Record]:
    """The facts that the text at `span` states, in no particular order."""
    found: list[Record] = [
        *_amounts(document, text, span),
        *_dates(document, text, span),
        *_references(document, text, span),
        *_definitions(document, text, span),
        *_decisions(document, text, span),
    ]
    return found


def _amounts(document: Document, text: str, span: Span) -> Iterator[Amount]:
    for found in find_amounts(text[span.start : span.end]):
        start, end = span.start + found.start, span.start + found.end
        yield Amount(
            start=start,
            end=end,
            text=document.text[start:end],
            value=found.value,
            purpose=_clause(text, start, end, span),
        )


def _clause(text: str, start: int, end: int, span: Span) -> str:
    """The sentence around `[start, end)`, on one line, at most `_PURPOSE` characters each way."""
    left = text[max(start - _PURPOSE, span.start) : start]
    right = text[end : min(end + _PURPOSE, span.end)]
    begin = [m.end() for m in re.finditer(r"[.!?:][ \n]+(?=[A-ZÅÄÖ])|\n[ ]*\n", left)]
    stop = re.search(r"[.!?](?=\s+[A-ZÅÄÖ]|\s*$)|\n[ ]*\n", right)
    return one_line(
        left[begin[-1] if begin else 0 :] + text[start:end] + right[: stop.end() if stop else None]
    )


def _dates(document: Document, text: str, span: Span) -> Iterator[DateNote]:
    for found in find_dates(text[span.start : span.end]):
        if len(found.iso) < 7 or found.iso[4] != "-":
            continue
        start, end = span.start + found.start, span.start + found.end
        before = text[max(start - 90, span.start) : start]
        meaning = next((name for name, cue in _MEANINGS if cue.search(before)), None)
        if meaning:
            yield DateNote(
                start=start, end=end, text=document.text[start:end], date=found.iso, meaning=meaning
            )


def _references(document: Document, text: str, span: Span) -> Iterator[Reference]:
    piece = text[span.start : span.end]
    for finder in (real_cases, find_handlingar, find_laws, find_paragraphs):
        for found in finder(piece):
            start, end = span.start + found.start, span.start + found.end
            yield Reference(
                start=start,
                end=end,
                text=document.text[start:end],
                to=found.to,
                target=found.target,
            )


def _definitions(document: Document, text: str, span: Span) -> Iterator[Definition]:
    taken: list[int] = []
    for pattern in _DEFINED:
        for match in near(
            pattern, _DEFINED_CUE, text, span.start, span.end, before=300, after=1800
        ):
            if match.start("text") not in taken:
                taken.append(match.start("text"))
                yield _definition(document, match)
    for heading in _LIST.finditer(text, span.start, span.end):
        at = heading.end()
        while item := _LIST_ITEM.match(text, at, span.end):
            yield _definition(document, item)
            at = item.end()


def _definition(document: Document, match: re.Match[str]) -> Definition:
    start, end = match.span("text")
    text = document.text[start:end]
    end -= len(text) - len(text.rstrip())
    return Definition(
        start=start,
        end=end,
        text=document.text[start:end],
        term=one_line(match["term"]).strip('”"“ '),
    )


def _decisions(document: Document, text: str, span: Span) -> Iterator[Decision]:
    """Decisions that the paper tells of: what was decided elsewhere, by whom, when."""
    for pattern, cue in ((_WAS_DECIDED, _WAS_CUE), (_HAS_DECIDED, _HAS_CUE)):
        for match in near(pattern, cue, text, span.start, span.end, before=60, after=600):
            groups = match.groupdict()
            who = groups["who"] or groups.get("who2")
            if groups.get("who2") and not groups.get("what2"):
                continue
            start, end = _sentence(text, *match.span(), span)
            yield Decision(
                start=start,
                end=end,
                text=document.text[start:end],
                outcome=_outcome(match[0]),
                decider=one_line(who or "") or None,
            )


def _sentence(text: str, start: int, end: int, span: Span) -> tuple[int, int]:
    left = text[max(start - 400, span.start) : start]
    begins = [m.end() for m in re.finditer(r"[.!?:]\s+(?=[A-ZÅÄÖ])|\n[ ]*", left)]
    begin = start - len(left) + (begins[-1] if begins else 0)
    stop = re.compile(r"[.!?](?=\s|$)|\n[ ]*\n").search(text, end, min(end + 400, span.end))
    finish = stop.start() + 1 if stop else end
    piece = text[begin:finish]
    return begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())


def _outcome(words: str) -> str:
    return next((name for name, cue in _OUTCOMES if re.search(cue, words)), "annat")
