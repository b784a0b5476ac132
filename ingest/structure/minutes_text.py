"""Minutes as their grammar reads them: without running heads, and with the way back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ingest.clean import Clean, clean
from ingest.document import Document, Mark, MarkKind, Span
from ingest.grammar.headings import kind_of
from ingest.grammar.names import FoundPerson, find_people
from ingest.records import Person, Record
from ingest.sentences import sentences

R = TypeVar("R", bound=Record)

# Lines that are page furniture wherever they stand, those that are when they recur, and those that
# are beside such a line.
_SURE = re.compile(
    r"(?i)^\s*(?:"
    r"(?:sida(?:n)?\s*:?\s*)?\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|av\s+\d{1,3})"
    r"|sidan?\s+\d{1,3}"
    r"|protokoll\s+\(?nr\s+\d+\)?"
    r"|sammanträdesdatum:?\s+\d{4}-\d\d-\d\d(?:\s+(?:sida\s*)?\d{1,3}\s*(?:\(\d+\))?)?"
    r"|(?:det här|detta)\s+dokument(?:et)?\s+är\s+(?:digitalt|elektroniskt)\s+\w+.*"
    r"|protokollet\s+är\s+(?:digitalt|elektroniskt)\s+\w+\.?"
    r"|transaktionsidentitet:?.*|verifikat(?:ions)?.{0,60}"
    r"|(?:justerand\w+s?|justerares?|justerarnas|ordförandens?|protokollsjusterares)\s+sign"
    r"(?:atur\w*|\.)?.{0,80}"
    r"|utdragsbestyrkande.{0,40}|sign(?:atur(?:er)?)?\.?\s*:?"
    r")\s*$"
)
_RECURRING = re.compile(
    r"(?i)^\s*(?:.{0,50}\bsammanträdesprotokoll\b.{0,30}|\S.{2,60},?\s+protokoll)\s*$"
)
_BESIDE = re.compile(
    r"^\s*(?:[Dd]atum|[Ss]ammanträdesdatum|[Ss]id(?:a|an)?|[Pp]rotokoll|\d{4}-\d\d-\d\d|\d{1,3}"
    r"|[Ss]ammanträdesdatum\s+[Ss]ida\w*|\d{4}-\d\d-\d\d\s+\d{1,3}\s*\(\d{1,3}\)"
    r"|[A-ZÅÄÖ][A-ZÅÄÖ .-]+(?:KOMMUN|STAD|REGION)|[A-ZÅÄÖ]\w+s?\s+(?:kommun|[Ss]tad))\s*$"
)
BODY_LINE = re.compile(
    r"^\s*((?:Kommun|Region|Lands)(?:fullmäktige|styrelsen|tinget)"
    r"|(?:[A-ZÅÄÖ][\w,&-]*\s+(?:[\w&-]+,?\s+){0,6})?[A-ZÅÄÖa-zåäö-]*"
    r"(?:nämnden|utskottet|styrelsen|utskott|beredningen|nämnd)"
    r"|[Nn]ämnden för [\wåäö ,&-]{3,50}|[A-ZÅÄÖ]\w+ utskott)\s*$"
)


_NOT_BODY = re.compile(r"(?i)(?:s?\s+sammanträde\w*|,?\s+protokoll\w*)?\s*(?:\d{4}-\d\d-\d\d)?\s*$")


_OF_BODY = re.compile(r"(?i)^protokoll(?:et)?\s+(?:(?:från|för|fört vid)\s+)?(?=\w{4,})")
"""What stands before a body's name: "Protokoll från kommunstyrelsens sammanträde"."""


_WHERE = re.compile(r"(?<=\w{4}) i [A-ZÅÄÖ][\wåäö-]+$")
"""What stands after it: "Kommunstyrelsen i Ekmarka"."""


_COLUMNS = re.compile(r"\t|\s{2,}|\s[·•|–—]\s|(?<=[Kk]ommun),\s|(?<=[Ss]tad),\s")
"""What parts the columns of a line, or what stands beside each other on it: "Ekmarka kommun ·
Kommunstyrelsen"."""


def body_in(line: str) -> str | None:
    """The body whose name is all that a line, or a column of it, says beside a date."""
    for column in _COLUMNS.split(line.strip()):
        name = _OF_BODY.sub("", _NOT_BODY.sub("", column))
        name = _WHERE.sub("", name[:1].upper() + name[1:])
        m = BODY_LINE.match(name.capitalize() if name.isupper() else name)
        if m:
            return one_line(m[1])
    return None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch `[start, end)` of a document's clean view. Its methods take relative positions.

    `local` are the document's own parties, `known` the parties of the people whom it names with one
    (`ingest.grammar.names.learn_parties`, `known_people`).
    """

    document: Document
    view: Clean
    start: int
    end: int
    local: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The clean text of the stretch."""
        return self.view.text[self.start : self.end]

    def cut(self, start: int, end: int) -> Stretch:
        """A stretch inside this one."""
        return replace(self, start=self.start + start, end=self.start + end)

    def span(self, start: int, end: int) -> Span:
        """The document's span for `[start, end)` without white space at its ends."""
        piece = self.text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right <= left:
            raise ValueError("nothing but white space")
        return self.view.span(self.start + start + left, self.start + start + right)

    def record(self, cls: type[R], start: int, end: int, **values: Any) -> R:
        """A record of class `cls` over `[start, end)`, its text the document's own."""
        span = self.span(start, end)
        text = self.document.text[span.start : span.end]
        return cls(start=span.start, end=span.end, text=text, **values)

    def people(
        self, start: int = 0, end: int | None = None, *, bare: bool = False
    ) -> list[FoundPerson]:
        """The people named in `[start, end)`; their positions are relative to `start`.

        `bare` adds those without a party in brackets, with the one that the document gives them.
        """
        found = find_people(self.text[start:end], self.local, bare=bare)
        if not bare or not self.known:
            return found
        return [replace(p, party=p.party or self.known.get(p.name)) for p in found]

    def person(self, found: FoundPerson, offset: int = 0) -> Person:
        """A found person as a record's person; `offset` is what its positions are relative to."""
        span = self.span(found.start + offset, found.end + offset)
        return Person(
            name=found.name, party=found.party, role=found.role, start=span.start, end=span.end
        )


def one_line(text: str) -> str:
    """The text with each run of white space made into one space."""
    return " ".join(text.split())


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of a text as spans, without their line breaks; empty ones too."""
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


_FINISHED = re.compile(r"[.!?:;…][\"”»’')\]]*$")

_END = 400  # characters; more than the longest heading


def statements(text: str) -> list[tuple[int, int]]:
    """Sentences as minutes write them: one that a page or a short line has cut is whole again."""
    whole: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if whole and _cut_short(text, whole[-1], start):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _cut_short(text: str, before: tuple[int, int], start: int) -> bool:
    # Its end tells: a sentence cut again and again must not be read from its beginning each time.
    piece, gap = text[max(before[0], before[1] - _END) : before[1]], text[before[1] : start]
    if text[start] == "(" and "\n\n" not in gap:
        return True
    if _FINISHED.search(piece) or kind_of(piece.rsplit("\n", 1)[-1]):
        return False
    if re.match(r"(?:[-−–•·*\uf0b7]\s|\d{1,2}[.)]\s|att\b)", text[start : start + 5]):
        return False
    return (
        "\n\n" not in gap
        or text[start] == "("
        or text[start].islower()
        or piece.endswith((",", " och", " samt"))
    )


def minutes_view(document: Document) -> Clean:
    """The clean view of minutes without the running heads that plain text leaves in it."""
    view = clean(document)
    heads = [view.span(a, b) for a, b in _furniture(view.text)]
    if not heads:
        return view
    marks = (*document.marks, *(Mark(MarkKind.FURNITURE, s.start, s.end) for s in heads))
    return clean(replace(document, marks=tuple(sorted(marks, key=lambda m: (m.start, -m.end)))))


def _furniture(text: str) -> list[tuple[int, int]]:
    """Lines to leave out: unmistakable furniture, and what recurs right beside it."""
    spans = [(a, b) for a, b in lines(text) if text[a:b].strip()]
    words = [text[a:b].strip() for a, b in spans]
    shapes = [_shape(word) for word in words]
    counts = Counter(shapes)
    strong = [
        bool(_SURE.match(word) or (counts[shape] > 2 and _RECURRING.match(word)))
        for word, shape in zip(words, shapes, strict=True)
    ]
    dropped = list(strong)
    _spread(words, dropped, range(len(words)))
    _spread(words, dropped, range(len(words) - 1, -1, -1))
    following = ""
    for i in range(len(words) - 1, -1, -1):
        dropped[i] = dropped[i] or _stands_alone(words[i], counts, following)
        following = following if dropped[i] else words[i]
    return [span for span, out in zip(spans, dropped, strict=True) if out]


def _shape(word: str) -> str:
    return re.sub(r"\d+", "0", " ".join(word.split()))


def _spread(words: list[str], dropped: list[bool], order: range) -> None:
    """Drops weak lines that touch a dropped one, walking in the given order."""
    for i in order:
        neighbour = i - order.step
        if dropped[i] or not 0 <= neighbour < len(words) or not dropped[neighbour]:
            continue
        beside = any(p.match(words[i]) for p in (_BESIDE, BODY_LINE, _RECURRING))
        dropped[i] = beside and not kind_of(words[i])


def _stands_alone(word: str, counts: Counter[str], following: str) -> bool:
    """The name of the body above a heading: the head of a page whose rest stands elsewhere."""
    return (
        len(word.split()) == 1
        and counts[_shape(word)] > 2
        and bool(BODY_LINE.match(word))
        and bool(kind_of(following))
    )
