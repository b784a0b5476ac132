"""Letterheads: who writes, and the lines in which the heads of papers are looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.structure import papers_forms as forms
from ingest.structure.papers_text import NEW_PAGE, Line, lines, one_line

_AHEAD = 700
_NAME_ONLY = re.compile(
    r"^(?:[A-ZÅÄÖÉ][\wåäöéü'’-]+ ){1,3}[A-ZÅÄÖÉ][\wåäöéü'’-]+(?: \([\w,. ]+\))?$"
)
_COMBINED = re.compile(
    r"(?P<organ>[A-ZÅÄÖ][^\d(),.:;\n]{3,60}?)[ ]+(?<! PÅ )(?<! på )(?=(?:Tjänsteutlåtande"
    r"|Tjänsteskrivelse|TJÄNSTESKRIVELSE"
    r"|TJÄNSTEUTLÅTANDE|(?:(?:Tilläggs|Ändrings|Återremiss|Initiativ)y|Y)rkande|"
    r"(?:Särskilt y|Y)ttrande"
    r"|Utdrag ur [Pp]rotokoll|Protokoll(?:sutdrag)?|PROTOKOLL(?:SUTDRAG)?"
    r"|M(?:edborgarförslag|EDBORGARFÖRSLAG|OTION)|INTERPELLATION(?:SSVAR)?|RESERVATION)(?:[ (]|$))",
    re.MULTILINE,
)
# What _COMBINED looks for begins so; looking for that first spares most lines the whole pattern.
_GENRE_BEGINS = re.compile(r" [TÄÅIYSUPMR]")
META = re.compile(
    rf"(?i)^(?:{forms.DATE}|(?:datum|ärende|ärendenummer|ärende nr|nr|dnr|diarienummer"
    rf"|sida|rev\w*)\b.{{0,60}}"
    r"|\d[\d.]*|[A-Z]{2,5}-\d{4}-\d+|\([A-ZÅÄÖ, ]+\))"
)
_DATED = re.compile(r"\s*\d{4}-\d\d")


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
        match = None
        if len(line.text) < 400 and _GENRE_BEGINS.search(text, line.start, line.end):
            match = _COMBINED.match(text, line.start, line.end)
        if match and forms.ORGAN_WORD.search(match["organ"]) and is_organ(one_line(match["organ"])):
            apart.append(replace(line, end=match.end("organ"), text=one_line(match["organ"])))
            apart.append(Line(match.end(), line.end, one_line(text[match.end() : line.end])))
        else:
            apart.append(line)
    return tuple(apart)


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


def label_number(text: str) -> str | None:
    match = forms.LABEL.match(text)
    return match["number"] if match else None


def is_organ(text: str) -> bool:
    """True if a line can be a letterhead: who meets or writes, and nothing else."""
    if (
        len(text) > 90
        or not text[:1].isupper()
        or text[-1] in ".;:,!?"
        or forms.NO_ORGAN.search(text)
    ):
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


def governing_title(all_lines: Sequence[Line], at: int) -> str | None:
    """The title of a reglemente, taxa, policy… in the first lines from `at` on, or None."""
    for line in all_lines[at : at + 3]:
        if forms.GOVERNING.match(line.text) and not forms.GOVERNING_SENTENCE.search(
            line.text[:60].replace(" enligt ", " ")
        ):
            return line.text[:160]
    return None
