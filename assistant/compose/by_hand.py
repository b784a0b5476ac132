"""Who wrote a paper, who chaired a meeting, and when something was adopted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.compose import Draft
from assistant.compose.choose import Scene, is_meeting, of, suited
from assistant.compose.phrasing import framed
from assistant.compose.scene import Place
from assistant.question import last_question
from ingest.document import Span
from ingest.grammar.names import find_people
from ingest.grammar.parties import is_parties
from ingest.parts import Part, Role
from ingest.records import Attendance, DateNote, Record, Support
from ingest.sentences import sentences

_ADOPTED = re.compile(
    r"\b(?:anto(?:g|gs)|anta(?:s|gen|gits)|klubba|fastställ|adopt)", re.IGNORECASE
)
_TAKEN = ("adopted", "decided")
_ITS_BODY = 0.2
_ABOUT_IT = 0.55
_NEARLY = 0.8
"""How well a sentence with a date must meet the question, and the second one against the first."""
_READ = 20_000
"""How much of a part is read to see what it is about, in characters."""
_SIGNATURES = 400
"""Signatures further apart than this, in characters, are quoted one by one."""
_FOR_WHOM = re.compile(r"(?:^|\n)[ ]*(?P<whose>För [A-ZÅÄÖ][^\n.]{2,90})\n\s*[^\n]*$")
"""The line above the names that says for whom they sign."""
_BELOW = re.compile(r"[ ]*\n[ ]*(?P<line>[^\n]{4,90}?)[ ]*(?=\n|$)")
_SIGNED_FOR = 120
"""How far above the first signature, in characters, its party may stand."""


def authors(scene: Scene, *, titled: bool = True) -> Iterator[Draft]:
    """Who wrote or signed a paper: the lines where the names stand, or a title that names them.

    Args:
        titled: False where the title of a paper names the hands of another, as a reply's does.
    """
    papers = suited(
        scene.question,
        scene.places,
        lambda part: bool(part.authors) or (titled and _names_people(part.title)),
    )
    for place in papers[:1]:
        named = title_span(place) if titled and _names_people(place.part.title) else None
        if named is not None:
            yield framed(
                place, place.source(named.start, named.end), scene.language, "also", "fact"
            )
            return
        last = max(author.end for author in place.part.authors)
        first = _signed_for(place, min(author.start for author in place.part.authors))
        if last - first <= _SIGNATURES:
            span = _with_parties_below(place, _line_around(place, first, last))
            source = place.source(span.start, span.end)
            yield framed(place, source, scene.language, "from", "fact")
            return
        for author in place.part.authors[:6]:
            span = _line_around(place, author.start, author.end)
            yield framed(place, place.source(span.start, span.end), scene.language, "from", "fact")


def _names_people(title: str) -> bool:
    """True if a title names people with their parties: "Motion av Siri Lund (V) om …"."""
    return any(person.party for person in find_people(title))


def _signed_for(place: Place, first: int) -> int:
    """Where the signatures begin, the lines that say for which party included."""
    part, text = place.part, place.document.text
    above = [r.start for r in of(part, Support) if first - _SIGNED_FOR <= r.start < first]
    heads = _FOR_WHOM.search(text, max(part.start, first - _SIGNED_FOR), first)
    return min([*above, *([heads.start("whose")] if heads else [])], default=first)


def _with_parties_below(place: Place, span: Span) -> Span:
    """The lines of the names with the line below them, where it says nothing but their parties."""
    below = _BELOW.match(place.document.text, span.end, place.part.end)
    if below is None or any(author.party is None for author in place.part.authors):
        return span
    return (
        Span(span.start, below.end("line")) if is_parties(" ".join(below["line"].split())) else span
    )


def title_span(place: Place) -> Span | None:
    """Where the part's title stands in its text, or None."""
    words = r"\s+".join(map(re.escape, place.part.title.split()))
    text = place.document.text
    match = re.compile(words).search(text, place.part.start, place.part.end)
    return Span(*match.span()) if match else None


def adopted(scene: Scene) -> Iterator[Draft]:
    """When something was adopted, as another paper tells it: the sentences that hold a date, those
    that hold most of the question's words; none where they speak of something else."""
    if not _ADOPTED.search(last_question(scene.question.text)):
        return
    dated = suited(scene.question, scene.places, lambda part: bool(_adoptions(part)))
    told = [
        (place, span, _meets(scene, place, span))
        for place in dated
        for span in dict.fromkeys(
            _sentence_around(place, note.start) for note in _adoptions(place.part)
        )
    ]
    best = max((meets for *_, meets in told), default=0.0)
    if best < _ABOUT_IT:
        return
    ranked = sorted(told, key=lambda one: -one[2])
    for place, span, meets in ranked[:2]:
        if meets >= _NEARLY * best and place is ranked[0][0]:
            yield framed(place, place.source(span.start, span.end), scene.language, "from", "fact")


def _meets(scene: Scene, place: Place, span: Span) -> float:
    """The share of the question's words that a sentence holds, with half of what its paper does,
    and more where it names the body that the question does."""
    said = place.document.text[span.start : span.end]
    body = any(name.lower() in said.lower() for name in scene.question.bodies)
    paper = scene.matcher.coverage(_text(place))
    return scene.matcher.coverage(said) + paper / 2 + (_ITS_BODY if body else 0.0)


def _adoptions(part: Part) -> list[Record]:
    return [r for r in of(part, DateNote) if isinstance(r, DateNote) and r.meaning in _TAKEN]


def _text(place: Place) -> str:
    return place.document.text[place.part.start : place.part.end][:_READ]


def _sentence_around(place: Place, offset: int) -> Span:
    """The sentence of the part that holds the character at `offset`."""
    part, text = place.part, place.document.text
    for start, end in sentences(text[part.start : part.end]):
        if part.start + start <= offset < part.start + end:
            return Span(part.start + start, part.start + end)
    return Span(offset, offset + 1)


_LISTS = 4
"""So many of the parts found are looked through for lists of people."""
_ROW = 200
"""A line of such a list is no longer, in characters."""
_LEADS = re.compile(
    r"\b[Oo]rdföranden,? (?:[A-ZÅÄÖ][\w’-]+\s+){1,3}\([A-ZÅÄÖ]{1,3}\)\s+(?:ställer|finner|"
    r"förklarar|öppnar|avslutar|leder|ledde)\b"
)
"""What only whoever leads a meeting does."""


def present(scene: Scene, role: str) -> Iterator[Draft]:
    """Who had a role at a meeting ("ordförande", "justerare"), or in one case of it."""

    def held(part: Part) -> bool:
        return any(role in role_in_meeting(record) for record in of(part, Attendance))

    for place in suited(scene.question, scene.places, held)[:1]:
        found = [r for r in of(place.part, Attendance) if role_in_meeting(r) == role]
        found = found or [r for r in of(place.part, Attendance) if role in role_in_meeting(r)]
        for record in found[:2]:
            line = _line_around(place, record.start, record.end)
            span = _whole(place, line.start, line.end)
            source = place.source(span.start, span.end, Role.INFORMATION)
            if find_people(source.text, bare=True):
                yield framed(place, source, scene.language, "from", "fact")


def chairing(scene: Scene) -> Iterator[Draft]:
    """Who led a meeting when it dealt with a matter, as its § tells it in passing: "Tjänstgörande
    ordföranden Siri Lund (V) ställer propositioner …"."""

    def led(place: Place) -> Span | None:
        match = _LEADS.search(place.document.text, place.part.start, place.part.end)
        return _sentence_around(place, match.start()) if match else None

    meetings = [place for place in scene.places if is_meeting(place.part)]
    for place in suited(scene.question, meetings, lambda part: True):
        span = led(place)
        if span is not None:
            source = place.source(span.start, span.end, Role.INFORMATION)
            yield framed(place, source, scene.language, "from", "fact")
            return


def in_office(scene: Scene, office: str) -> Iterator[Draft]:
    """Who holds an office, as the papers of the matter list their people ("Ordförande Badbolaget
    AB: Siri Lund") or tell it in passing; two where two meet the question alike."""
    named = re.compile(rf"^[^\n]*\b{office}\b[^\n]*$", re.IGNORECASE | re.MULTILINE)
    found: dict[tuple[str, int], tuple[float, Place, Span]] = {}
    for place in scene.places[:_LISTS]:
        for part in [place.part] if is_meeting(place.part) else place.stored.parts:
            here = replace(place, part=part)
            text, end = place.document.text, min(part.end, part.start + _READ)
            for match in named.finditer(text, part.start, end):
                row = " ".join(match[0].split())
                if len(row) <= _ROW and find_people(row, bare=True):
                    said = scene.matcher.coverage(f"{part.title} {row}")
                    span = _whole(here, match.start(), match.end())
                    found.setdefault((here.document.file, span.start), (said, here, span))
    best = max((said for said, *_ in found.values()), default=0.0)
    for _, place, span in [row for row in found.values() if row[0] == best][:2]:
        source = place.source(span.start, span.end, Role.INFORMATION)
        yield framed(place, source, scene.language, "from", "fact")


def _whole(place: Place, start: int, end: int) -> Span:
    """The sentence that a line stands in, if it is not long; else the line."""
    told = _sentence_around(place, start)
    return told if told.end >= end and len(told) <= 2 * _ROW else Span(start, end)


def _line_around(place: Place, start: int, end: int) -> Span:
    """The whole lines that hold a span, within the part."""
    text = place.document.text
    low = max(place.part.start, text.rfind("\n", 0, start) + 1)
    high = text.find("\n", end, place.part.end)
    high = place.part.end if high == -1 else high
    if high - low > 500:
        return Span(start, min(high, end + 6))
    return Span(low, high)


def role_in_meeting(record: Record) -> str:
    """The role of somebody present, "" for any other record."""
    return (record.role or "") if isinstance(record, Attendance) else ""
