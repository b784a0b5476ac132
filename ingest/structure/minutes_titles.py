"""The head of a §: its case numbers and its title, joined over lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import quantiles

from ingest.grammar.headings import kind_of
from ingest.grammar.references import find_cases
from ingest.structure.minutes_frame import Head
from ingest.structure.minutes_text import lines, one_line

_CUE = r"(?:dnr|d-?nr|diarienr|diarienummer|ärendenummer|ärendenr|beteckning|ärende-?id)\.?\s*:?"
_CASE_LINE = re.compile(rf"(?i)^\s*\(?(?:{_CUE}\s*)?[A-ZÅÄÖ&]{{0,8}}[-\s/]?\d[\d/:.\s-]*\)?\s*$")
_CUED = re.compile(
    rf"(?i)\(?\b{_CUE}\s*(?:[A-ZÅÄÖ&]{{1,8}}[-\s/]*)?[-\d/:.]*(?:[A-ZÅÄÖ]{{2,5}}\d{{1,6}}\b)?"
    r"(?:\s+\d{2,4}\b)?\s*\)?"
)
_BARE_CUE = re.compile(rf"(?i)^\s*{_CUE}\s*$")
_CLASS = re.compile(r"\d+(?:\.\d+){1,3}")  # "1.1.3": what a case is classified as
_FIELD = re.compile(
    r"(?i)^\s*(?:(?:handläggare|föredragande|initiativtagare)\s*:.*|"
    r"\((?:utl\.?|utlåtande|ärende|handling|punkt|lista)\s[\d:/ -]+\))\s*$"
)
"""A line that is neither title nor case number: "Handläggare: Eva Ek", "(utl. 2031:4)"."""
_SENTENCE = re.compile(r"[a-zåäö)\d]\.(?:\s+[A-ZÅÄÖ]|\s*$)")
_ABBREVIATION = re.compile(
    r"\b(?:m\.?m|m\.?fl|bl\.?a|t\.?o\.?m|fr\.?o\.?m|kap|nr|dnr|st|kl|[A-ZÅÄÖ]|m\.? ?fl|m\.? ?m"
    r"|fl)\."
)
_OTHER_NUMBER = re.compile(
    r"^\s*[A-ZÅÄÖ][\wåäö]{0,12}\.?\s*(?:§\s*\d{1,4}(?:/\d+)?|\d{1,4}\s*§)\s*$"
)
_NUMBERED = re.compile(r"\s*[A-ZÅÄÖ]\w+ \d{1,2}:?\s*")  # "Fråga 1": the first heading below a title
_LONGEST = 8  # lines
_DEFAULT_WIDTH = 70


@dataclass(frozen=True, slots=True)
class Title:
    """What stands above the body of a §.

    Attributes:
        title: on one line; empty where the § has none.
        start, end: the title in the text searched; equal where it is empty.
        cases: the case numbers as written.
        body: where the body of the § begins.
    """

    title: str
    start: int
    end: int
    cases: tuple[str, ...]
    body: int


def title_width(text: str, heads: tuple[Head, ...]) -> int:
    """How many characters a line of a title holds in these minutes."""
    widths = []
    for head in heads:
        block = text[head.end : head.end + 600].lstrip("\n").split("\n")[:2]
        if len(block) == 2 and re.match(r"\s*[a-zåäö]", block[1]) and len(block[0]) < 110:
            widths.append(len(block[0].strip()))
    return int(quantiles(widths, n=10)[8]) if len(widths) > 3 else _DEFAULT_WIDTH


def read_title(text: str, head: Head, end: int, width: int) -> Title:
    """Reads the case numbers and the title of the § that begins at `head` and ends at `end`."""
    cases = list(_cases(text[head.rest : head.end]))
    rows: list[tuple[int, int]] = []
    first = _without_case(text, head.rest, head.end)
    if first:
        rows.append(first)
    at = head.end
    whole = _title_alone(text, head.end, end, width)
    for start, stop in lines(text[head.end : end]):
        start, stop = head.end + start, head.end + stop
        line = text[start:stop]
        if not line.strip():
            if rows and at > head.end:
                break
            continue
        if (_CASE_LINE.match(line) and find_cases(line)) or _is_bare(line):
            cases += _cases(line)
            at = stop
            continue
        if len(rows) >= _LONGEST or _is_heading(line, bool(rows)):
            break
        if rows and not whole and not _continues(text, rows, line, width):
            break
        row = _without_case(text, start, stop)
        cases += _cases(line) if row and not cases else ()
        rows += [row] if row else []
        at = stop
    return _title(text, rows, tuple(dict.fromkeys(cases)), at)


def _is_bare(line: str) -> bool:
    """A cue with no case number, or the number of the same case in another body's minutes."""
    return bool(_BARE_CUE.match(line) or _OTHER_NUMBER.match(line) or _FIELD.match(line))


def _title_alone(text: str, start: int, end: int, width: int) -> bool:
    """True if the lines down to the first heading or blank line can only be a title."""
    block = re.split(r"\n[ \t]*\n", text[start:end].lstrip("\n")[:1200], maxsplit=1)[0].split("\n")
    stop = next((i for i, line in enumerate(block) if _is_heading(line, i > 0)), len(block))
    block = block[:stop]
    return (
        1 < len(block) <= _LONGEST
        and not any(_is_sentence(line) or len(line.strip()) > width + 12 for line in block)
        and not any(_NUMBERED.fullmatch(line) for line in block[1:])
        and len(block[0]) > width // 2
    )


def _is_heading(line: str, after_title: bool) -> bool:
    """A heading below the title. The first line is the title itself ("Anföranden", "Beredning")."""
    kind = kind_of(line)
    return kind is not None and (after_title or kind == "decision")


def _title(text: str, rows: list[tuple[int, int]], cases: tuple[str, ...], body: int) -> Title:
    if not rows:
        return Title("", body, body, cases, body)
    title = re.sub(r"(?<=[a-zåäö])-\n(?=[a-zåäö])", "", "\n".join(text[a:b] for a, b in rows))
    return Title(one_line(title).strip("* "), rows[0][0], rows[-1][1], cases, body)


def _cases(line: str) -> tuple[str, ...]:
    """The case numbers of a head line, as written; what follows ":" in them is kept."""
    return tuple(
        re.sub(r":?-\d+$|:$", "", case.written) if ":" in case.written else case.written
        for case in find_cases(line)
    )


def _without_case(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words of a line without its case number and punctuation at the ends; None if none."""
    line = text[start:end]
    left = re.match(r"[\s.:–—*-]*", line)
    a, b = (left.end() if left else 0), len(line.rstrip(" \t*"))
    for m in _CUED.finditer(line):
        if m.start() <= a:
            a = m.end()
        elif m.end() >= b:
            b = m.start()
    a += len(line[a:b]) - len(line[a:b].lstrip(" ,;"))
    while found := find_cases(line[a:b]):
        case = found[0]
        if case.start <= 1:
            a += case.end
            a += len(line[a:b]) - len(line[a:b].lstrip(" ,;"))
            continue
        if a + case.end >= b - 1 and re.search(r"\s{2,}$|\t$", line[a : a + case.start]):
            b = a + case.start
        break
    piece = line[a:b].strip(" \t.:–—-(*") if a < b else ""
    if not re.search(r"\w", piece) or _CLASS.fullmatch(piece):
        return None
    at = start + line.index(piece, a)
    closing = ")" if line[at - start + len(piece) :].startswith(")") and "(" in piece else ""
    return at, at + len(piece) + len(closing)


def _continues(text: str, rows: list[tuple[int, int]], line: str, width: int) -> bool:
    """True if `line` goes on with the title whose lines so far are `rows`."""
    words = line.split()
    if _NUMBERED.fullmatch(line):
        return False
    if words[0][0].islower() or words[0][0] in "(–":
        return not _is_sentence(line) or len(line) <= width
    if len(line.strip()) > width + 12 or _is_sentence(line):
        return False
    last = text[rows[-1][0] : rows[-1][1]]
    if last.endswith(
        (" -", " –", " och", " för", " av", " om", " i", " till", "-", ",", " den", " med")
    ):
        return True
    return len(last) + 1 + len(words[0]) > width - 7


def _is_sentence(line: str) -> bool:
    return bool(_SENTENCE.search(_ABBREVIATION.sub(" ", line)))
