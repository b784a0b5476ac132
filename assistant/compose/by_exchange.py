"""Who put a question, to whom, and who answered it: interpellations and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.compose import Draft
from assistant.compose.asked import surnames
from assistant.compose.by_demand import demands
from assistant.compose.by_hand import authors, title_span
from assistant.compose.choose import (
    Scene,
    entities,
    is_meeting,
    of,
    of_the_matter,
    related,
    suited,
)
from assistant.compose.phrasing import bare, framed
from assistant.compose.points import within
from assistant.compose.scene import Place
from ingest.clean import clean
from ingest.document import Span
from ingest.grammar.names import find_people
from ingest.parts import Part, PartKind
from ingest.records import Demand
from ingest.sentences import sentences

_WRITTEN = re.compile(r"\bskr(?:ev|ivit|ivet)\b|\bwr(?:ote|itten)\b", re.IGNORECASE)
_ANSWERS = re.compile(r"\bbesvara(?:r|s|de|des)\b")
_PUTS = re.compile(
    r"\bställer\b.{0,60}\bfråg|\bställt\b.{0,60}\b(?:fråg|interpell)|\bfrågar\b", re.S
)
_TO_WHOM = re.compile(
    r"\bfråg(?:a|an|or|orna) till\b|\binterpellation till\b",
    re.IGNORECASE | re.S,
)
_ALOUD = re.compile(r"\bställ(?:er|de|t) (?:\w+ )?fråg(?:a|an|or)\b[^.?]{0,40}:", re.IGNORECASE)
"""How minutes tell that somebody puts a question at the meeting."""
_OF_IT = 0.2
"""The share of the question's words, weighed by rarity, that what was asked holds."""
Exchange = tuple[Span, tuple[Span, ...], Span | None]
"""Who puts a question, the question, and who answers it."""
_QUESTIONS = (PartKind.INTERPELLATION, PartKind.QUESTION)
_INQUIRES = re.compile(
    r"^(?:och )?(?:vad|vilka) .*\b(?:fråga(?:r|de|t)?|undra(?:r|de|t)?|veta|svar på)\b|"
    r"^(?:och )?vilka (?:\w+ )?frågor (?:ställ|innehåll|tog)|"
    r"^(?:and )?(?:what|which) .*\b(?:ask(?:ed|s|ing)?(?! for)|wonder|want(?:ed|s)? to know)\b",
    re.IGNORECASE,
)
"""What it was that somebody asked is asked."""
_ASKING = re.compile(r"\b(?:frågar|undrar|fråg(?:a|an|or|orna)|svar på)\b[^.:?!]{0,120}:\s*\n")
_ITEM = re.compile(r"^[ ]*(?P<item>(?:\d{1,2}[.)]|[-–•])[ ][^?]{8,600}?\?)", re.MULTILINE)
_ASKED = re.compile(r"\b(?:[Ii]nterpellanten|[Ff]rågeställaren|\)) (?:frågar|undrar|vill veta)\b")
_LISTS = 2500
"""A list of questions is no longer than this, in characters."""
_QUESTION = 500
"""A question that is longer than this, in characters, is not told with whoever put it."""
_CASES = 2
"""The cases of so many of the best parts are looked at."""


def replied(scene: Scene) -> Iterator[Draft]:
    """Who answered an interpellation or a question: as the minutes of the case tell it, else by the
    reply in the same stack."""
    near = [*scene.places[:_CASES], *of_cases(scene)]
    for place in scene.places[:_CASES]:
        near += _stack(place)
    if _WRITTEN.search(scene.question.asks) and (written := _replies(near)):
        yield from authors(replace(scene, places=written[:1]), titled=False)
        return
    told = [
        (place, span)
        for place in of_the_matter(scene, near)
        if (span := _answering(scene, place)) is not None
    ]
    if told:
        place, span = max(told, key=lambda pair: entities(scene.question, pair[0].part))
        yield framed(place, place.source(*span), scene.language, "from", "fact")
        return
    if replies := _replies([*near, *scene.places]):
        yield from authors(replace(scene, places=replies[:1]), titled=False)


def _replies(near: list[Place]) -> list[Place]:
    return [p for p in near if p.part.kind is PartKind.REPLY and p.part.authors]


def both(scene: Scene) -> Iterator[Draft]:
    """Who put a question at a meeting and who answered it."""
    for place in [*scene.places[:_CASES], *of_cases(scene)]:
        exchange = _exchange(scene, place) or _titled(scene, place)
        if exchange is not None:
            put, answered = exchange
            yield framed(place, place.source(*put), scene.language, "from", "fact")
            yield bare(place, place.source(*answered), "fact")
            return


def _titled(scene: Scene, place: Place) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The title of a § that names who put an interpellation, and the sentence on who answers it."""
    title = title_span(place)
    named = any(person.party for person in find_people(place.part.title))
    answered = _answering(scene, place) if title and named else None
    return ((title.start, title.end), answered) if title and answered else None


def _exchange(scene: Scene, place: Place) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The sentence that puts the question asked about, and the one that says who answers it."""
    answered = _answering(scene, place)
    if answered is None:
        return None
    text, part = place.document.text, place.part
    put = [
        (part.start + start, part.start + end)
        for start, end in sentences(text[part.start : answered[0]])
        if _PUTS.search(text[part.start + start : part.start + end])
    ]
    return (put[-1], answered) if put else None


def _answering(scene: Scene, place: Place) -> tuple[int, int] | None:
    """The sentence of a § that says who answers: "Siri Lund (V) besvarar interpellationen". Of
    several questions in one §, that of the one whose words are those asked about."""
    if not is_meeting(place.part):
        return None
    text, part = place.document.text, place.part
    found: list[tuple[float, tuple[int, int]]] = []
    since = part.start
    for start, end in sentences(text[part.start : part.end]):
        if _ANSWERS.search(text[part.start + start : part.start + end]):
            said = scene.matcher.coverage(text[since : part.start + end])
            found.append((said, (part.start + start, part.start + end)))
            since = part.start + end
    return max(found, key=lambda one: one[0])[1] if found else None


def addressed(scene: Scene) -> Iterator[Draft]:
    """To whom a question was put: the sentence of the paper, or of the minutes, that says so."""
    near = [*scene.places[:_CASES], *of_cases(scene)]
    near += [other for place in scene.places[:_CASES] for other in _stack(place)]
    for place in near:
        if place.part.kind in _QUESTIONS or is_meeting(place.part):
            text, part = place.document.text, place.part
            for start, end in sentences(text[part.start : part.end]):
                said = text[part.start + start : part.start + end]
                if _TO_WHOM.search(said) and any(p.start for p in find_people(said, bare=True)):
                    source = place.source(part.start + start, part.start + end)
                    yield framed(place, source, scene.language, "from", "fact")
                    return


def questioned(scene: Scene) -> Iterator[Draft]:
    """Who put a question: the sentence of the § that says so with the question after it, where the
    § was found first, else the hands of the interpellation or question found."""
    first = scene.places[0]
    exchange = _exchange(scene, first)
    if exchange is not None:
        put, answered = exchange
        yield framed(first, first.source(*put), scene.language, "from", "fact")
        between = first.document.text[put[1] : answered[0]]
        if 0 < len(between.strip()) <= _QUESTION:
            start = put[1] + len(between) - len(between.lstrip())
            yield bare(first, first.source(start, start + len(between.strip())), "fact")
        return
    near = [*scene.places, *of_cases(scene)]
    asked = [p for p in near if p.part.kind in _QUESTIONS and p.part.authors]
    if asked:
        yield from authors(replace(scene, places=asked[:1]))


def of_cases(scene: Scene) -> list[Place]:
    """The other parts of the cases of the best parts found."""
    return [
        replace(other, score=place.score)
        for place in scene.places[:_CASES]
        for other in related(place, scene.library)
    ]


def _stack(place: Place) -> list[Place]:
    """The other parts of the same file."""
    return [
        Place(place.stored, part, place.score, ())
        for part in place.stored.parts
        if part.id != place.part.id
    ]


def inquired(scene: Scene) -> Iterator[Draft]:
    """What somebody asked in an interpellation or a question, as a § of minutes lists or tells it;
    nothing where it is not asked for."""
    if not _INQUIRES.search(scene.question.asks):
        return
    if at_meeting := _asked_aloud(scene):
        place, (put, asked, answered) = at_meeting
        yield framed(place, place.source(put.start, put.end), scene.language, "from", "fact")
        for span in (*asked, *((answered,) if answered else ())):
            yield bare(place, place.source(span.start, span.end), "fact")
        return
    found = of_the_matter(scene, suited(scene.question, scene.places, _puts_questions))
    of_case = [place for place in of_cases(scene) if _puts_questions(place.part)]
    for place in [*found, *of_case][:1]:
        yield from demands(scene, place, within(scene, of(place.part, Demand), _LISTS), "from")
        return
    listing = [place for place in scene.places if is_meeting(place.part) and _listed(place)]
    for place in of_the_matter(scene, suited(scene.question, listing, lambda _: True))[:1]:
        for number, (start, end) in enumerate(_listed(place)):
            source = place.source(start, end)
            if number == 0:
                yield framed(place, source, scene.language, "from", "fact")
            else:
                yield bare(place, source, "fact")


def _asked_aloud(scene: Scene) -> tuple[Place, Exchange] | None:
    """Of the questions put at the meetings found the one that is asked about, by whoever is named;
    None where an interpellation is, or none holds any of the question's own words."""
    names = surnames(scene.question)
    if set(scene.question.papers) & {PartKind.INTERPELLATION}:
        return None
    put = [
        (scene.matcher.coverage(_words(place, exchange)), place, exchange)
        for place in scene.places
        if is_meeting(place.part)
        for exchange in _aloud(place)
        if not names or any(name in _words(place, exchange) for name in names)
    ]
    best = max(put, key=lambda one: one[0], default=None)
    return best[1:] if best and best[0] >= _OF_IT else None


def _words(place: Place, exchange: Exchange) -> str:
    put, asked, _ = exchange
    return " ".join(place.document.text[span.start : span.end] for span in (put, *asked))


def _aloud(place: Place) -> list[Exchange]:
    """The questions that are put in a § where several may be: "Siri Lund (V) ställer följande
    fråga: …", each with the sentence on who answers it."""
    view = clean(place.document, Span(place.part.start, place.part.end))
    found: list[Exchange] = []
    for start, end in sentences(view.text):
        said, span = view.text[start:end], view.span(start, end)
        if _ALOUD.search(said):
            found.append((span, (), None))
        elif found and found[-1][2] is None:
            put, asked, _ = found[-1]
            if _ANSWERS.search(said):
                found[-1] = (put, asked, span)
            elif said.rstrip().endswith("?"):
                found[-1] = (put, (*asked, span), None)
    return [exchange for exchange in found if exchange[1]]


def _puts_questions(part: Part) -> bool:
    """True for an interpellation or a question whose points were read."""
    return part.kind in _QUESTIONS and any(isinstance(r, Demand) for r in part.records)


def _listed(place: Place) -> list[tuple[int, int]]:
    """The questions that a § lists below "frågar:", or the sentences that say what is asked."""
    text, part = place.document.text, place.part
    lead = _ASKING.search(text, part.start, part.end)
    if lead:
        items = [
            (match.start("item"), match.end("item"))
            for match in _ITEM.finditer(text, lead.end(), min(part.end, lead.end() + _LISTS))
        ]
        if items:
            return items
    view = clean(place.document, Span(part.start, part.end))  # a page may end in the sentence
    told = (view.span(*s) for s in sentences(view.text) if _ASKED.search(view.text[s[0] : s[1]]))
    return [(span.start, span.end) for span in told]
