"""Which paper begins at a line, if one does: one rule for each way to begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.grammar.headings import kind_of
from ingest.grammar.parties import find_parties
from ingest.parts import PartKind
from ingest.structure import papers_forms as forms
from ingest.structure.papers_head import RULED, Head
from ingest.structure.papers_letterhead import META, ahead, is_organ
from ingest.structure.papers_political import political
from ingest.structure.papers_text import NEW_PAGE, Line

_LISTED = re.compile(
    r"(?i)^bilag(?:a|eförteckning)\b(?! \d+$)|\bbilagor\b(?!:? \d+\. )|^"
    r"(?:beslutsunderlag|handlingar)\b"
)
# "Tjänsteskrivelse 2031-04-02" · "Tjänsteutlåtande daterat den 3 maj 2031, § 12"
_ENTRY = re.compile(
    r"(?i)^\w+,? (?:(?:daterad|daterat|den|av|från)\s+)*"
    r"(?:\d{4}-\d\d-\d\d|\d{1,2} [a-z]{3,9} \d{4})(?:,? §+ ?\d+)?[.,]?$"
)
_AFTER_LIST = re.compile(
    r"^(?:Ärendet\b|Beskrivning|Expedier\w*|Beslutet|Samverkan|Bakgrund till"
    r"|Bilag\w+ \d|\d+\.\s|Skickas|Protokollsutdrag)"
)


_FAR = 7
"""A letterhead has fewer lines."""
_DAY = re.compile(r"(?:Datum:? )?\d{4}-\d\d-\d\d")
_FIELD = 90
"""The line of a field is shorter, in characters."""
_REFERS = re.compile(r"^(?:Läs|Se|Enligt)\b|[.:;,]$")
"""A line that refers to a paper, and is not the name of whoever wrote the one below."""
_WORD = 20
"""A genre's word alone is shorter."""


def _handling(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    if not forms.HANDLING.match(all_lines[at].text):
        return None
    title = all_lines[at + 1].text if at + 1 < len(all_lines) else ""
    for kind, pattern in forms.PLAIN:
        if pattern.match(title):
            return kind
    return PartKind.COUNCIL_PROPOSAL


def _official(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    if not forms.OFFICIAL.match(all_lines[at].text) or _listed(all_lines, at):
        return None
    fields = set(forms.OFFICIAL_FIELD.findall(ahead(all_lines, at, 380)))
    enough = len(fields) >= 2
    return PartKind.OFFICIAL_REPORT if enough else None


def _listed(all_lines: Sequence[Line], at: int) -> bool:
    """True for the list of a case's papers: its heading, or an entry (a genre and its date)."""
    if kind_of(all_lines[at].text) == "papers":
        return any(_ENTRY.match(line.text) for line in all_lines[at + 1 : at + 3])
    if not _ENTRY.match(all_lines[at].text):
        return False
    for above in range(at - 1, max(at - 8, -1), -1):
        kind = kind_of(all_lines[above].text)
        if kind or len(all_lines[above].text) > 110 or all_lines[above + 1].gap > 2:
            return kind == "papers"
    return False


def _extract(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    text = all_lines[at].text
    if not forms.EXTRACT.match(text) or len(text) > 400:
        return None
    dated = forms.EXTRACT_DATE.search(ahead(all_lines, at, 170)) or _over_its_paragraph(
        all_lines, at
    )
    return PartKind.EXTRACT if dated else None


def _over_its_paragraph(all_lines: Sequence[Line], at: int) -> bool:
    """True for "Protokollsutdrag" alone, under the day of the meeting and over a §."""
    above = any(_DAY.fullmatch(line.text) for line in all_lines[max(0, at - 2) : at])
    below = all_lines[at + 1].text if at + 1 < len(all_lines) else ""
    return above and len(all_lines[at].text) < _WORD and below.startswith("§")


def _plain(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    """Motions, interpellations and replies that come without the council's printed head."""
    text = all_lines[at].text
    if last and at - last.line <= 2 and last.form != "label":
        return None
    if _titles_report(all_lines, at, last):
        return None
    for kind, pattern in forms.PLAIN:
        if last and last.kind is kind and _near(all_lines, at, last):
            continue
        if pattern.match(text) and (at < 3 or _starts_paper(all_lines, at)):
            return kind
    return None


def _starts_paper(all_lines: Sequence[Line], at: int) -> bool:
    above = all_lines[at - 1].text
    label = forms.LABEL.match(above)
    organ = is_organ(above) and bool(forms.ORGAN_WORD.search(above))
    sent_to = above.startswith(("Exped", "Skickas till")) and len(above) < 60
    return bool(label and len(above) < 14) or (organ and len(above) < 40) or sent_to


def _near(all_lines: Sequence[Line], at: int, last: Head) -> bool:
    """True if the line still stands in the head of the paper that began last."""
    return all_lines[at].start - all_lines[last.line].start < 500


def _titles_report(all_lines: Sequence[Line], at: int, last: Head | None) -> bool:
    """True if the line is the title of the officials' report that began above: nothing stands
    between but the fields of its head and to whom it is written."""
    if last is None or last.form != "official" or not _near(all_lines, at, last):
        return False
    between = all_lines[last.line + 1 : at]
    return len(between) <= _FAR and all(
        len(line.text) < _FIELD and line.text[-1] not in ".!?" and line.gap < NEW_PAGE
        for line in between
    )


def _consultation(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    text = all_lines[at].text
    if not forms.CONSULTATION.match(text) or not text[0].isupper():
        return None
    if last and at - last.line <= 3 and last.form != "label":
        return None
    if last and last.kind is PartKind.CONSULTATION and _near(all_lines, at, last):
        return None
    if _titles_report(all_lines, at, last):
        return None
    return PartKind.CONSULTATION if at < 3 or _starts_paper(all_lines, at) else None


def _governing(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    text = all_lines[at].text
    if len(text) > 160 or not forms.GOVERNING.match(text) or forms.GOVERNING_SENTENCE.search(text):
        return None
    if last and at - last.line <= 3 and last.form != "label":
        return None
    return (
        PartKind.REGULATION if forms.GOVERNING_BODY.search(ahead(all_lines, at + 1, 300)) else None
    )


def _audit(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    if not forms.AUDIT.match(all_lines[at].text):
        return None
    if last and last.kind is PartKind.AUDIT and at - last.line <= 2:
        return None
    above = all_lines[at - 1].text if at else ""
    of_auditors = forms.AUDIT_ORGAN.search(above) and not _REFERS.search(above)
    return PartKind.AUDIT if at == 0 or of_auditors else None


def _letterhead(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    """What a municipality answers under its own letterhead, below the paper that it answers."""
    if last and (at - last.line <= 2 or _near(all_lines, at, last)):
        return None
    kind = next((k for k, answers in forms.ANSWERS if answers.match(all_lines[at].text)), None)
    if kind and at and RULED.match(all_lines[at - 1].text):
        return kind
    return kind if kind and at >= _FAR and letterhead_above(all_lines, at) is not None else None


def letterhead_above(all_lines: Sequence[Line], at: int) -> int | None:
    """The first line of the letterhead that stands above a title and apart from what is before it,
    or None where there is none."""
    for above in range(at - 1, max(at - _FAR, 0), -1):
        line = all_lines[above]
        if forms.MUNICIPALITY.match(line.text) or forms.WRITES.match(line.text):
            whose = _is_head(all_lines[above - 1])
            apart = max(line.gap, all_lines[above - 1].gap if whose else 0)
            if apart >= 2 or RULED.match(all_lines[above - 1].text):
                return above - 1 if whose else above
        elif line.text[-1] in ".!?":
            return None
    return None


def _is_head(line: Line) -> bool:
    return bool(forms.MUNICIPALITY.match(line.text))


def _appendix(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    match = forms.LABEL.match(all_lines[at].text)
    if not match or len(all_lines[at].text) > 200:
        return None
    if match["number"] is None and match["rest"]:
        return None
    if _in_list(all_lines, at) or (match["rest"] and not _titled(match["rest"])):
        return None
    return PartKind.APPENDIX


def _in_list(all_lines: Sequence[Line], at: int) -> bool:
    """True if the line is an item of a list of appendices, not the head of one."""
    above = all_lines[at - 1].text if at else ""
    alone = len(all_lines[at].text) < 12
    below = any(_AFTER_LIST.match(line.text) for line in all_lines[at + 1 : at + 4])
    listed = _LISTED.search(above)
    return bool((listed and not alone) or (below and not alone))


def _titled(rest: str) -> bool:
    return not re.search(r"[.;]$|\b(?:se|enligt|till protokollet|nedan)\b", rest) or bool(
        re.match(r"^\.? ?\d+\(\d+\)$", rest)
    )


def _banner(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    """A genre's word alone on a line, in capitals, after a wide gap: how others begin a paper."""
    line = all_lines[at]
    begins = last is None and at <= 3
    gap = _gap(all_lines, at)
    if len(line.text) > 70 or (gap < 3 and not begins):
        return None
    if not line.text.split()[0].isupper() and gap != NEW_PAGE and not begins:
        return None
    kind = next((kind for kind, pattern in forms.BANNERS if pattern.fullmatch(line.text)), None)
    if kind is PartKind.STATEMENT and not _of_a_party(all_lines, at):
        return PartKind.CONSULTATION
    return kind


def _gap(all_lines: Sequence[Line], at: int) -> int:
    """The widest gap above the line, dates and numbers between a gap and it left aside."""
    widest = all_lines[at].gap
    for above in range(at - 1, max(at - 4, -1), -1):
        if not META.fullmatch(all_lines[above].text):
            break
        widest = max(widest, all_lines[above].gap)
    return widest


def _of_a_party(all_lines: Sequence[Line], at: int) -> bool:
    return "SKILT" in all_lines[at].text.upper() or bool(find_parties(ahead(all_lines, at + 1, 90)))


Rule = Callable[[Sequence[Line], int, Head | None], PartKind | None]
RULES: tuple[tuple[str, Rule], ...] = (
    ("handling", _handling),
    ("official", _official),
    ("extract", _extract),
    ("political", political),
    ("plain", _plain),
    ("consultation", _consultation),
    ("audit", _audit),
    ("governing", _governing),
    ("letterhead", _letterhead),
    ("label", _appendix),
    ("banner", _banner),
)
