"""Page furniture: running heads and feet, page numbers and signature strips.

Nothing here knows a municipality. A line is furniture because it recurs, digits apart, next to the
breaks between pages; because it counts pages; because it cuts sentences in two again and again; or
because it carries the identity of a digital signature. A line with a § or a case number and a bare
heading of the genre is never furniture, however often it recurs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ingest.document import Mark, MarkKind, Page
from ingest.grammar.headings import kind_of
from ingest.page_lines import BARE_NUMBER, Line, lines_of, page_number

_ZONE = 8
"""How many lines from a page break a running head or foot may reach."""
_WINDOW = 8
"""How many page breaks to either side are looked at: the papers of a case file differ."""

_PROTECTED = re.compile(
    r"§|\bdnr\b|\bskickas\b|\bexpedier|\bdelges\b|diarie|ärendenummer|^bilaga\b|(?-i:\([A-ZÅÄÖ]{1,4}\))"
    r"|(?-i:\b[A-ZÅÄÖ]{2,6}[ /-]?\d{4}[-/:.]\d+)|\b\d{4}/\d{2}\b"
    r"|^(?:beslut|ärende(?:t|n)?|motion(?:en)?|innehåll|information|förslag)[ :]*$",
    re.IGNORECASE,
)
# Headings that stand on pages of a running paper too, and may recur there as furniture.
_WEAK_HEADINGS = ("attendance", "closing", "contents", "sent_to")
_SIGNATURE = re.compile(
    r"^(?:(?:transaktion|verifikat|comfact signature|penneo|signatur-?id|dokument(?:-?id|nyckel)"
    r"|document (?:id|key)|referensnummer|underskrifts?-?id).{0,60}?\b(?=\S*\d)[\w-]{7,}$"
    r"|(?:det här|detta) dokument(?:et)? (?:är|har) (?:digitalt|elektroniskt) "
    r"(?:signerat|undertecknat|underskrivet).{0,60}$|kopia/bekräftelse på e-signerat dokument\.?$)",
    re.IGNORECASE,
)
_PAGE_COMMENT = re.compile(r"<!--\s*(?:sida|page)\s+\d+\s*-->", re.IGNORECASE)
_OPEN_END = re.compile(r"[^\W\d_][,–-]?$")

Side = Literal["before", "after"]


class Break(NamedTuple):
    """A break between two pages: the lines before it, nearest first, and those after it."""

    before: Sequence[Line]
    after: Sequence[Line]
    page_before: int | None = None
    page_after: int | None = None


def find_furniture(text: str, pages: Sequence[Page] = ()) -> tuple[Mark, ...]:
    """Marks of kind `FURNITURE`, by start, not overlapping.

    A mark takes the blank lines inside it along and, where it cuts a sentence in two, those around
    it as well, so that the sentence reads on in the clean view.
    """
    lines = list(lines_of(text))
    chosen = {line for line in lines if _SIGNATURE.search(line.text)}
    chosen |= {line for line in lines if _PAGE_COMMENT.fullmatch(line.text)}
    body = [line for line in lines if line not in chosen]
    if pages:
        breaks = list(_page_breaks(body, pages))
    else:
        anchors = _anchors(body)
        chosen |= {body[i] for i in anchors}
        chosen |= _sentence_cutters(text, body)
        breaks = list(_anchor_breaks(body, anchors))
    chosen |= _beside(breaks, Counter(line.key for line in body))
    return tuple(_marks(text, sorted(chosen)))


def _protected(line: str) -> bool:
    """True for a line that says too much to be furniture: a §, a case number, a genre's heading."""
    if _PROTECTED.search(line):
        return True
    kind = kind_of(line)
    return kind is not None and kind not in _WEAK_HEADINGS


# --- Page breaks ---------------------------------------------------------------------------------


def _page_breaks(lines: Sequence[Line], pages: Sequence[Page]) -> Iterator[Break]:
    starts = [line.start for line in lines]
    cuts = [bisect_left(starts, page.start) for page in pages]
    cuts[0] = 0
    tops = [lines[a:b][:_ZONE] for a, b in pairwise([*cuts, len(lines)])]
    # A short page has no foot that reaches into its upper half.
    halves = [(max((a + b + 1) // 2, b - _ZONE), b) for a, b in pairwise([*cuts, len(lines)])]
    feet = [lines[a:b][::-1] for a, b in halves]
    numbers = [page.number for page in pages]
    yield Break((), tops[0], None, numbers[0])
    for i in range(1, len(pages)):
        yield Break(feet[i - 1], tops[i], numbers[i - 1], numbers[i])
    yield Break(feet[-1], (), numbers[-1], None)


def _anchor_breaks(lines: Sequence[Line], anchors: Sequence[int]) -> Iterator[Break]:
    for i in anchors:
        yield Break(lines[max(0, i - _ZONE) : i][::-1], lines[i + 1 : i + 1 + _ZONE])
    if anchors:
        yield Break(lines[-_ZONE:][::-1], ())


def _anchors(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that count pages in a text without page marks."""
    families: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, line in enumerate(lines):
        number = page_number(line.text)
        if number and not _protected(line.text):
            families[f"{line.key} {number[1] or ''}"].append((i, number[0]))
        elif line.text.isdecimal() and len(line.text) < 4:
            families["#"].append((i, int(line.text)))
    anchors = {i for key, family in families.items() for i in _rising(key, family)}
    return sorted(anchors)


def _rising(key: str, family: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The members that count upwards; bare numbers only in steps of one, four in a row."""
    run = [family[0]]
    for previous, item in pairwise(family):
        step = item[1] - previous[1]
        apart = item[0] - previous[0] > 3
        if apart and (step == 1 if key == "#" else step > 0):
            run.append(item)
            continue
        yield from _kept(key, run)
        run = [item]
    yield from _kept(key, run)


def _kept(key: str, run: Sequence[tuple[int, int]]) -> list[int]:
    counts = key.startswith(("# (#)", "#(#)", "sida # av"))
    needed = 4 if key == "#" else (1 if counts else 3)
    return [i for i, _ in run] if len(run) >= needed else []


# --- What recurs beside the breaks ---------------------------------------------------------------


def _beside(breaks: Sequence[Break], everywhere: Counter[str]) -> set[Line]:
    """The lines in an unbroken run from a page break that recur at others, or count pages."""
    chosen: set[Line] = set()
    sides: tuple[Side, ...] = ("before", "after")
    for side in sides:
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for b, lines in enumerate(getattr(item, side) for item in breaks):
            for i, line in enumerate(lines):
                places[line.key].append((b, i))
        for b, item in enumerate(breaks):
            chosen |= set(_run(item, b, side, breaks, places, everywhere))
    return chosen


def _run(
    item: Break,
    b: int,
    side: Side,
    breaks: Sequence[Break],
    places: dict[str, list[tuple[int, int]]],
    everywhere: Counter[str],
) -> Iterator[Line]:
    lines: Sequence[Line] = getattr(item, side)
    page = item.page_before if side == "before" else item.page_after
    # The first page's head says whose paper it is and of when; only the page number is furniture.
    is_first = b == 0 and side == "after" and page is not None
    strangers = 0
    for i, line in enumerate(lines):
        counts = page is not None and i < 4 and _counts(line, page, side, b, breaks)
        repeats = _repeats(line, i, b, side, breaks)
        recurs = repeats or _recurs(line, i, b, breaks, places, everywhere)
        if counts or (recurs and not is_first):
            yield line
        if counts or recurs:
            continue
        # A heading may stand between two lines of the head; two strangers end it.
        strangers += 1
        if i == 0 or strangers > 1:
            return


def _recurs(
    line: Line,
    index: int,
    b: int,
    breaks: Sequence[Break],
    places: dict[str, list[tuple[int, int]]],
    everywhere: Counter[str],
) -> bool:
    if len(line.key) < 3 or BARE_NUMBER.fullmatch(line.text) or _protected(line.text):
        return False
    near = places[line.key]
    if line.text.endswith((".", ",", ":", ";")) or len(near) < 0.8 * everywhere[line.key]:
        return False
    low, high = bisect_left(near, (b - _WINDOW, -1)), bisect_left(near, (b + _WINDOW + 1, -1))
    alike = {n for n, i in near[low:high] if abs(i - index) <= 1}
    span = min(b + _WINDOW, len(breaks) - 1) - max(0, b - _WINDOW)
    # Left and right pages may differ where the pages are known; page counts stand on every page.
    share = 0.4 if breaks[-1].page_before is not None else 0.6
    return len(alike) >= max(2 if len(breaks) <= 5 else 3, share * span)


def _repeats(line: Line, index: int, b: int, side: Side, breaks: Sequence[Break]) -> bool:
    """True for a head with a case number, word for word as on an earlier page: the first stays.

    A bare heading of the genre may stand first on several pages, and stays on each.
    """
    if "§" in line.text or breaks[-1].page_before is None:
        return False
    if not _protected(line.text) or kind_of(line.text):
        return False
    earlier = (
        getattr(item, side)[max(0, index - 1) : index + 2] for item in breaks[max(0, b - 3) : b]
    )
    return any(line.text == other.text for lines in earlier for other in lines)


def _counts(line: Line, page: int, side: Side, b: int, breaks: Sequence[Break]) -> bool:
    """True if the line holds the number of its page, or counts in step with its neighbours."""
    bare = BARE_NUMBER.fullmatch(line.text)
    if bare:
        offset = int(bare[1]) - page
        steps = (b - 2, b - 1, b + 1, b + 2)
        return any(_has_bare(breaks, n, side, page + n - b + offset) for n in steps)
    number = page_number(line.text)
    if not number or (_protected(line.text) and len(line.text) > 40):
        return False
    return number[1] is not None or number[0] == page


def _has_bare(breaks: Sequence[Break], n: int, side: Side, value: int) -> bool:
    if not 0 <= n < len(breaks):
        return False
    lines: Sequence[Line] = getattr(breaks[n], side)
    return any((m := BARE_NUMBER.fullmatch(x.text)) and int(m[1]) == value for x in lines[:4])


# --- What cuts sentences in two ------------------------------------------------------------------


def _sentence_cutters(text: str, lines: Sequence[Line]) -> set[Line]:
    """Paragraphs of one short line that recur and stand, more than once, inside a sentence."""
    alone: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.key and len(line.text) > 3 and _is_alone(text, lines, i):
            alone[line.key].append(i)
    chosen: set[Line] = set()
    for places in alone.values():
        if len(places) < 4 or _protected(lines[places[0]].text):
            continue
        cuts = [i for i in places if _cuts_sentence(lines, i)]
        if len(cuts) >= max(2, 0.1 * len(places)):
            spoken = len(lines[places[0]].text.split()) >= 3
            inside = (i for i in places if spoken and cuts[0] < i < cuts[-1])
            chosen |= {lines[i] for i in (*cuts, *inside)}
    return chosen


def _is_alone(text: str, lines: Sequence[Line], i: int) -> bool:
    above = text[lines[i - 1].end : lines[i].start] if i else "\n\n"
    below = text[lines[i].end : lines[i + 1].start] if i + 1 < len(lines) else "\n\n"
    return above.count("\n") > 1 and below.count("\n") > 1


def _cuts_sentence(lines: Sequence[Line], i: int) -> bool:
    if not 0 < i < len(lines) - 1:
        return False
    before, after = lines[i - 1].text, lines[i + 1].text
    return len(before) > 40 and bool(_OPEN_END.search(before)) and after[:1].islower()


# --- From lines to marks -------------------------------------------------------------------------


def _marks(text: str, lines: Iterable[Line]) -> Iterator[Mark]:
    start = end = -1
    for line in lines:
        if start >= 0 and not text[end : line.start].strip():
            end = line.end
            continue
        if start >= 0:
            yield _mark(text, start, end)
        start, end = line.start, line.end
    if start >= 0:
        yield _mark(text, start, end)


def _mark(text: str, start: int, end: int) -> Mark:
    """The mark for a block, with the white space around it where it cuts a sentence."""
    before = len(text[max(0, start - 400) : start].rstrip()) + max(0, start - 400)
    rest = text[end : end + 400]
    after = end + len(rest) - len(rest.lstrip())
    cuts = _OPEN_END.search(text[max(0, before - 3) : before]) and text[after : after + 1].islower()
    newline = text.find("\n", before, start)
    if cuts and newline >= 0 and after > end:
        return Mark(MarkKind.FURNITURE, newline + 1, after)
    return Mark(MarkKind.FURNITURE, start, end)
