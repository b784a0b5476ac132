"""Where each paper of a stack begins: heads, found line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.grammar.parties import find_parties
from ingest.parts import PartKind
from ingest.structure import papers_forms as forms
from ingest.structure.papers_text import NEW_PAGE, Line, lines, one_line

_AHEAD = 700
_NAME_ONLY = re.compile(r"^(?:[A-ZÅÄÖÉ][\wåäöéü'’-]+ ){1,3}[A-ZÅÄÖÉ][\wåäöéü'’-]+(?: \([\w,. ]+\))?$")
_COMBINED = re.compile(
    r"(?P<organ>[A-ZÅÄÖ][^\d(),.:;\n]{3,60}?)[ ]+(?=(?:Tjänsteutlåtande|Tjänsteskrivelse|TJÄNSTESKRIVELSE"
    r"|TJÄNSTEUTLÅTANDE|(?:Tilläggs|Ändrings|Återremiss|Initiativ)?[Yy]rkande|(?:Särskilt )?[Yy]ttrande"
    r"|Utdrag ur [Pp]rotokoll|Protokoll(?:sutdrag)?|PROTOKOLL(?:SUTDRAG)?)(?:[ (]|$))",
    re.MULTILINE,
)
_MUNICIPALITY = re.compile(r"^(?:[A-ZÅÄÖ][\wåäöé-]+ ){1,2}(?:kommun|stad|Stad|KOMMUN|STAD)$|^Region \w+$")
_META = re.compile(
    rf"(?i)^(?:{forms.DATE}|(?:datum|ärende|ärendenummer|ärende nr|nr|dnr|diarienummer|sida|rev\w*)\b.{{0,60}}"
    r"|\d[\d.]*|[A-Z]{2,5}-\d{4}-\d+|\([A-ZÅÄÖ, ]+\))"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a paper.

    Attributes:
        start: offset of its first line, letterhead and label included.
        line: index of the line that names the genre.
        first: index of the first line of the head.
        kind: what the paper is.
        form: the name of the rule that found it.
        label: the number of the appendix it is filed as ("2"), or None.
    """

    start: int
    line: int
    first: int
    kind: PartKind
    form: str
    label: str | None = None


def head_lines(text: str, pages: Sequence[int] = ()) -> tuple[Line, ...]:
    """The lines of the text, a letterhead and a genre that share a line taken apart.

    `pages` are the offsets at which pages begin, where the format has pages.

    "Kommunstyrelsen   Yrkande (V, MP) 2031-01-09" becomes two lines.
    """
    apart: list[Line] = []
    turns = sorted(pages, reverse=True)
    for line in lines(text):
        if turns and turns[-1] <= line.start:
            line = replace(line, gap=NEW_PAGE)
            while turns and turns[-1] <= line.start:
                turns.pop()
        match = _COMBINED.match(text, line.start, line.end) if len(line.text) < 400 else None
        if match and forms.ORGAN_WORD.search(match["organ"]) and is_organ(one_line(match["organ"])):
            apart.append(replace(line, end=match.end("organ"), text=one_line(match["organ"])))
            apart.append(Line(match.end(), line.end, one_line(text[match.end() : line.end])))
        else:
            apart.append(line)
    return tuple(apart)


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
        replace(head, kind=PartKind.REGULATION) if _governs(all_lines, head) else head for head in found
    )


def _governs(all_lines: Sequence[Line], head: Head) -> bool:
    return head.kind is PartKind.APPENDIX and governing_title(all_lines, head.line + 1) is not None


def governing_title(all_lines: Sequence[Line], at: int) -> str | None:
    """The title of a reglemente, taxa, policy… in the first lines from `at` on, or None."""
    for line in all_lines[at : at + 3]:
        if forms.GOVERNING.match(line.text) and not forms.GOVERNING_SENTENCE.search(line.text[:60].replace(" enligt ", " ")):
            return line.text[:160]
    return None


def ahead(all_lines: Sequence[Line], at: int, size: int = _AHEAD) -> str:
    """The next `size` characters or so from line `at` on, on one line."""
    pieces: list[str] = []
    length = 0
    for line in all_lines[at : at + 40]:
        pieces.append(line.text[:size])
        length += len(pieces[-1]) + 1
        if length > size:
            break
    return " ".join(pieces)[:size]


def _head_at(all_lines: Sequence[Line], at: int, last: Head | None) -> Head | None:
    for form, rule in _RULES:
        kind = rule(all_lines, at, last)
        if kind is not None:
            first = _first(all_lines, at, last)
            label = _label(all_lines[first].text) or _label(all_lines[at].text)
            return Head(all_lines[first].start, at, first, kind, form, label)
    return None


def _label(text: str) -> str | None:
    match = forms.LABEL.match(text)
    return match["number"] if match else None


def is_organ(text: str) -> bool:
    """True if a line can be a letterhead: who meets or writes, and nothing else."""
    if len(text) > 90 or not text[:1].isupper() or text[-1] in ".;:,!?" or forms.NO_ORGAN.search(text):
        return False
    words = text.split()
    if " – " in text or ("," in text and not forms.ORGAN_WORD.search(text)):
        return False
    before = _DATED.split(text)[0]
    if before != text:
        return "ilaga" in text and bool(before) and is_organ(before)
    if any(char.isdigit() or char in "()@•" for char in text):
        return bool(forms.ORGAN_WORD.search(text)) and len(words) <= 6 and "(" not in text
    if forms.ORGAN_WORD.search(text):
        return len(words) <= 9
    return len(words) <= 5 and not _NAME_ONLY.match(text)


def _first(all_lines: Sequence[Line], at: int, last: Head | None) -> int:
    """The index of the first line of the head whose genre stands in line `at`."""
    lowest = last.line + 1 if last else 0
    first = at
    while first > lowest and at - first < 5 and _belongs_above(all_lines, first - 1, at):
        if all_lines[first].gap >= 3 and first > 4:
            break
        first -= 1
    while first < at and _META.match(all_lines[first].text):
        first += 1
    return first


def _belongs_above(all_lines: Sequence[Line], above: int, at: int) -> bool:
    text = all_lines[above].text
    if forms.LABEL.match(all_lines[above + 1].text):
        return False
    if forms.LABEL.match(text) and (_label(text) or len(text) < 12):
        return len(text) < 60
    if at - above > 1 and any(is_organ(line.text) for line in all_lines[above + 1 : at]):
        return bool(_MUNICIPALITY.match(text))
    return is_organ(text) or (len(text) < 60 and bool(_META.fullmatch(text)))


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
    if last.form == head.form == "governing" or (last.kind is PartKind.REGULATION and head.form == "governing"):
        return head.line - last.line < 8
    if last.form != "official" or head.form != "official":
        return False
    same = all_lines[last.line].text[:60] == all_lines[head.line].text[:60]
    return same or _same_page_head(all_lines, last, head)


def _same_page_head(all_lines: Sequence[Line], last: Head, head: Head) -> bool:
    return len(all_lines[head.line].text) < 30 and "Handläggare" not in ahead(all_lines, head.line, 120)


def _ends_extract(all_lines: Sequence[Line], head: Head) -> bool:
    """True for a page that holds only the signatures of the extract before it."""
    return bool(_CLOSING.search(ahead(all_lines, head.line, 130)))


def _extract_key(all_lines: Sequence[Line], head: Head) -> tuple[str, str]:
    dates = re.findall(r"\d{4}-\d\d-\d\d|\d{1,2} \w{3,9} \d{4}", ahead(all_lines, head.line, 160))
    organ = all_lines[head.line - 1].text.casefold() if head.first < head.line else ""
    organ = re.sub(r"^bilaga \w+ |^göteborgs stads ", "", organ)
    return (organ[:12], dates[0] if dates else "")


def _handling(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    if not forms.HANDLING.match(all_lines[at].text):
        return None
    title = all_lines[at + 1].text if at + 1 < len(all_lines) else ""
    for kind, pattern in forms.PLAIN:
        if pattern.match(title):
            return kind
    return PartKind.COUNCIL_PROPOSAL


def _official(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    if not forms.OFFICIAL.match(all_lines[at].text):
        return None
    fields = set(forms.OFFICIAL_FIELD.findall(ahead(all_lines, at, 380)))
    enough = len(fields) >= 2
    return PartKind.OFFICIAL_REPORT if enough else None


def _extract(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    text = all_lines[at].text
    if not forms.EXTRACT.match(text) or len(text) > 400:
        return None
    return PartKind.EXTRACT if forms.EXTRACT_DATE.search(ahead(all_lines, at, 170)) else None


def _political(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    text = all_lines[at].text
    match = forms.POLITICAL.match(text)
    if not match or len(text) > 220 or (match.end() == len(text) and text.isupper()):
        return None
    if last and last.form == "political" and (at - last.line <= 2 or _close_title(all_lines, at, last)):
        return None
    if not _headlike(all_lines, at, text[match.end() :]):
        return None
    return _political_kind(match)


def _close_title(all_lines: Sequence[Line], at: int, last: Head) -> bool:
    """True if the line is the title under a political head, a few lines further up."""
    return all_lines[at].start - all_lines[last.line].start < 400 and at - last.line <= 6


def _headlike(all_lines: Sequence[Line], at: int, rest: str) -> bool:
    under = ahead(all_lines, at + 1, 420)
    above = all_lines[at - 1].text if at else ""
    titled = bool(forms.POLITICAL_TITLE.search(all_lines[at].text[:60])) and not rest.startswith(" från")
    if forms.POLITICAL_HEAD_REST.match(rest):
        return (is_organ(above) or at == 0 or bool(forms.LABEL.match(above))) and bool(
            forms.POLITICAL_TITLE.search(under) or forms.POLITICAL_BODY.search(under[:250])
        )
    return titled and bool(forms.POLITICAL_BODY.search(under)) and _letterhead_above(all_lines, at)


def _letterhead_above(all_lines: Sequence[Line], at: int) -> bool:
    """True if only dates and numbers stand between the line and a letterhead."""
    for above in range(at - 1, max(at - 5, -1), -1):
        text = all_lines[above].text
        if is_organ(text) and forms.ORGAN_WORD.search(text):
            return True
        if not _META.match(text) and not re.match(r"^[A-ZÅÄÖ]{1,3}(?:, [A-ZÅÄÖ]{1,3})+\b", text):
            return False
    return at < 5


def _political_kind(match: re.Match[str]) -> PartKind:
    if match["yrkande"]:
        return PartKind.YRKANDE
    if match["reservation"]:
        return PartKind.RESERVATION
    if match["initiative"]:
        return PartKind.INITIATIVE
    return PartKind.ALTERNATIVE_PROPOSAL if match["alternative"] else PartKind.STATEMENT


def _plain(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    """Motions, interpellations and replies that come without the council's printed head."""
    text = all_lines[at].text
    if last and at - last.line <= 2 and last.form != "label":
        return None
    for kind, pattern in forms.PLAIN:
        if pattern.match(text) and (at < 3 or _starts_paper(all_lines, at)):
            return kind
    return None


def _starts_paper(all_lines: Sequence[Line], at: int) -> bool:
    above = all_lines[at - 1].text
    label = forms.LABEL.match(above)
    organ = is_organ(above) and bool(forms.ORGAN_WORD.search(above))
    return bool(label and len(above) < 14) or (organ and len(above) < 40)


def _consultation(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    if not forms.CONSULTATION.match(all_lines[at].text):
        return None
    if last and at - last.line <= 3 and last.form != "label":
        return None
    return PartKind.CONSULTATION if at < 3 or _starts_paper(all_lines, at) else None


def _governing(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    text = all_lines[at].text
    if len(text) > 160 or not forms.GOVERNING.match(text) or forms.GOVERNING_SENTENCE.search(text):
        return None
    if last and at - last.line <= 3 and last.form != "label":
        return None
    return PartKind.REGULATION if forms.GOVERNING_BODY.search(ahead(all_lines, at + 1, 300)) else None


def _audit(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    if not forms.AUDIT.match(all_lines[at].text):
        return None
    above = all_lines[at - 1].text if at else ""
    return PartKind.AUDIT if at == 0 or forms.AUDIT_ORGAN.search(above) else None


def _appendix(all_lines: Sequence[Line], at: int, last: Head | None) -> PartKind | None:
    match = forms.LABEL.match(all_lines[at].text)
    if not match or len(all_lines[at].text) > 200:
        return None
    if match["number"] is None and match["rest"]:
        return None
    if _in_list(all_lines, at) or (match["rest"] and not _titled(match["rest"])):
        return None
    return PartKind.APPENDIX


_CLOSING = re.compile(
    r"Vid protokollet|Dag för justering|Justeringsdag|Underskrifter|Protokollets underskrifter"
)
_DATED = re.compile(r"\s*\d{4}-\d\d")
_LISTED = re.compile(
    r"(?i)^bilag(?:a|eförteckning)\b(?! \d+$)|\bbilagor\b(?!:? \d+\. )|^(?:beslutsunderlag|handlingar)\b"
)
_AFTER_LIST = re.compile(
    r"^(?:Ärendet\b|Beskrivning|Expedier\w*|Beslutet|Samverkan|Bakgrund till|Bilag\w+ \d|\d+\.\s|Skickas|Protokollsutdrag)"
)


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
    if len(line.text) > 70 or (line.gap < 3 and not begins):
        return None
    if line.text != line.text.upper() and line.gap != NEW_PAGE and not begins:
        return None
    kind = next((kind for kind, pattern in forms.BANNERS if pattern.fullmatch(line.text)), None)
    if kind is PartKind.STATEMENT and not _of_a_party(all_lines, at):
        return PartKind.CONSULTATION
    return kind


def _of_a_party(all_lines: Sequence[Line], at: int) -> bool:
    return "SKILT" in all_lines[at].text.upper() or bool(find_parties(ahead(all_lines, at + 1, 90)))


_Rule = Callable[[Sequence[Line], int, "Head | None"], "PartKind | None"]
_RULES: tuple[tuple[str, _Rule], ...] = (
    ("handling", _handling),
    ("official", _official),
    ("extract", _extract),
    ("political", _political),
    ("plain", _plain),
    ("consultation", _consultation),
    ("audit", _audit),
    ("governing", _governing),
    ("label", _appendix),
    ("banner", _banner),
)
