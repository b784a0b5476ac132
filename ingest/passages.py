"""Passages: the pieces that are matched, each an exact span with the context it lacks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from ingest.clean import clean
from ingest.document import Document, Mark, MarkKind, Span
from ingest.parts import Part, PartKind, Role
from ingest.sentences import sentences
from ingest.tokens import count

TARGET_TOKENS = 200
"""A passage is closed once it is this long, in cl100k tokens; small pieces match best."""
MAX_TOKENS = 300
"""No passage is longer, save a single sentence that is."""
MIN_TOKENS = 50
"""A section shorter than this shares its passage with the next one."""

_NOT_READ = (PartKind.TABLE_OF_CONTENTS,)
"""Parts that only repeat what other parts say."""


def place_of(passage_id: str) -> tuple[str, int]:
    """The file that an id of a passage names, and where in it the passage begins."""
    file, _, span = passage_id.rpartition("#")
    return file, int(span.partition("-")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a part, with what a reader of the piece alone would need to know.

    `passage.text == document.text[passage.start:passage.end]`.

    Attributes:
        file, part: the document's id and the part's id.
        kind, role: of the part.
        document, title: the document's and the part's titles.
        headings: the headings above it inside its part, outermost first.
        clean: the text without furniture and debris, as search reads it.
        page: 1-based page of `start`, None where the format has none.
    """

    file: str
    part: str
    kind: PartKind
    role: Role
    document: str
    title: str
    headings: tuple[str, ...] = ()
    date: str | None = None
    body: str | None = None
    case_numbers: tuple[str, ...] = ()
    paragraph: str | None = None
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    page: int | None = None
    start: int
    end: int
    text: str
    clean: str

    @property
    def id(self) -> str:
        """Unique in an index and stable: the file and the span."""
        return f"{self.file}#{self.start}-{self.end}"

    @property
    def span(self) -> Span:
        """Its characters in the document."""
        return Span(self.start, self.end)

    @property
    def location(self) -> str:
        """Where it stands, for people: "Kommunfullmäktige 2023-03-23 § 6, s. 8"."""
        paragraph = f"§ {self.paragraph}" if self.paragraph else None
        place = " ".join(filter(None, (self.body, self.date, paragraph))) or self.document
        return f"{place}, s. {self.page}" if self.page else place

    @property
    def context(self) -> str:
        """What the piece lacks: the paper, meeting, § and headings above it, in one line."""
        paragraph = f"§ {self.paragraph}" if self.paragraph else None
        head = " ".join(filter(None, (self.body, self.date, paragraph, *self.case_numbers[:1])))
        title = self.title if self.title not in self.document else self.document
        return ". ".join(filter(None, (head, title, *self.headings)))


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch that is not cut unless it is too long: a paragraph or a list item."""

    start: int
    end: int
    tokens: int


Headings = Callable[[Document, Span], Sequence[Mark]]
"""Finds the headings inside a span of a document, by start."""


def passages(document: Document, parts: Iterable[Part], headings: Headings) -> Iterator[Passage]:
    """Cuts the parts of a document into passages, in order.

    Sections first (a passage never spans two parts, and crosses a heading only where the section
    before it is tiny), then paragraphs, then sentences, and tokens only where a sentence alone is
    too long. Every character that is neither white space nor in a table of contents is in exactly
    one passage, furniture between two passages apart.
    """
    for part in parts:
        if part.kind in _NOT_READ:
            continue
        for span, above in _pieces(document, part, headings):
            yield _passage(document, part, span, above)


def _passage(document: Document, part: Part, span: Span, above: tuple[str, ...]) -> Passage:
    return Passage(
        file=document.file,
        part=part.id,
        kind=part.kind,
        role=part.role,
        document=document.title,
        title=part.title,
        headings=above,
        date=part.date,
        body=part.body,
        case_numbers=part.case_numbers or ((part.case_number,) if part.case_number else ()),
        paragraph=part.paragraph,
        parties=part.parties,
        people=tuple(dict.fromkeys(author.name for author in part.authors)),
        page=document.page_at(span.start),
        start=span.start,
        end=span.end,
        text=document.text[span.start : span.end],
        clean=clean(document, span).text.strip(),
    )


def _pieces(
    document: Document, part: Part, headings: Headings
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    whole = Span(part.start, part.end)
    found = [h for h in headings(document, whole) if part.start <= h.start < part.end]
    above_of = _above(document, found)
    pending: list[_Block] = []
    above: tuple[str, ...] = ()
    for span in _sections(whole, found):
        if pending and sum(b.tokens for b in pending) >= MIN_TOKENS:
            yield _joined(pending), above
            pending = []
        if not pending:
            above = above_of.get(span.start, ())
        for block in _blocks(document, span):
            if pending and sum(b.tokens for b in pending) + block.tokens > TARGET_TOKENS:
                yield _joined(pending), above
                pending, above = [], above_of.get(span.start, ())
            pending.append(block)
    if pending:
        yield _joined(pending), above


def _joined(blocks: Sequence[_Block]) -> Span:
    return Span(blocks[0].start, blocks[-1].end)


def _sections(whole: Span, found: Sequence[Mark]) -> Iterator[Span]:
    cuts = [whole.start, *(h.start for h in found if h.start > whole.start), whole.end]
    return (Span(start, end) for start, end in pairwise(cuts) if end > start)


def _above(document: Document, found: Sequence[Mark]) -> dict[int, tuple[str, ...]]:
    """The headings that govern the section of each heading: its own and those of lower level."""
    chain: list[Mark] = []
    governing: dict[int, tuple[str, ...]] = {}
    for heading in found:
        while chain and chain[-1].level >= heading.level:
            chain.pop()
        chain.append(heading)
        governing[heading.start] = tuple(
            " ".join(document.text[m.start : m.end].split())[:120] for m in chain[-3:]
        )
    return governing


def _blocks(document: Document, span: Span) -> Iterator[_Block]:
    text = document.text
    cuts = sorted(
        {span.start, span.end}
        | {m.start for m in _items(document, span)}
        | set(_blank_lines(text, span))
    )
    for start, end in pairwise(cuts):
        start, end = _trimmed(document, start, end)
        if start < end:
            yield from _fitting(text, start, end)


def _items(document: Document, span: Span) -> Iterator[Mark]:
    first = bisect_right(document.marks, span.start, key=lambda mark: mark.start)
    for mark in islice(document.marks, first, None):
        if mark.start >= span.end:
            return
        if mark.kind is MarkKind.LIST_ITEM:
            yield mark


def _blank_lines(text: str, span: Span) -> Iterator[int]:
    at = text.find("\n\n", span.start, span.end)
    while at != -1:
        yield at
        at = text.find("\n\n", at + 1, span.end)


def _trimmed(document: Document, start: int, end: int) -> tuple[int, int]:
    """The stretch without the white space, furniture and debris at its two ends."""
    view = clean(document, Span(start, end))
    body = view.text.strip()
    if not body:
        return start, start
    first = view.text.index(body)
    span = view.span(first, first + len(body))
    return span.start, span.end


def _fitting(text: str, start: int, end: int) -> Iterator[_Block]:
    tokens = count(text[start:end])
    if tokens <= MAX_TOKENS:
        yield _Block(start, end, tokens)
        return
    units = [(start + a, start + b) for a, b in sentences(text[start:end])]
    first, used = start, 0
    for a, b in units:
        size = count(text[a:b])
        if used and used + size > TARGET_TOKENS:
            yield from _hard(text, first, a, used)
            first, used = a, 0
        used += size
    yield from _hard(text, first, end, used)


def _hard(text: str, start: int, end: int, tokens: int) -> Iterator[_Block]:
    """A run of sentences, cut at white space where it is still too long."""
    end = start + len(text[start:end].rstrip())
    if tokens <= MAX_TOKENS or end - start < 2:
        if end > start:
            yield _Block(start, end, tokens)
        return
    middle = (start + end) // 2
    space = text.rfind(" ", start + 1, middle)
    cut = space if space > start + (end - start) // 4 else middle
    for a, b in ((start, cut), (cut, end)):
        a += len(text[a:b]) - len(text[a:b].lstrip())
        if a < b:
            yield from _hard(text, a, b, count(text[a:b]))
