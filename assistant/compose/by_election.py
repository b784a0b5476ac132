"""Who was put up or chosen for an office: of hundreds of lines the one for that office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.compose import Draft
from assistant.compose.asked import surnames
from assistant.compose.choose import Scene, is_meeting
from assistant.compose.matching import Matcher
from assistant.compose.phrasing import bare, framed, role_name
from assistant.compose.scene import Place
from assistant.elections import asks_election, asks_successor, elects
from ingest.grammar.dates import find_dates
from ingest.sentences import sentences

_MOST = 3
"""So many lines are quoted at most."""
_LEAST = 0.4
"""The share of the question's words that a line must hold, weighed by rarity."""
_FOR = r"\b(?:i ?ställe(?:t)? för|efter) (?:(?!\but(?:se|såg)|\bvälj|\bvald)[^.])*?\b"
_BETWEEN_RULES = re.compile(r"[^_\s](?:[^_]|_(?!__))*[^_\s]")
"""What stands between two rules drawn with underscores."""
_READ = 60_000
"""So much of a paper is looked through, in characters."""
_NEARLY = 0.9
"""A line that meets the question nearly as well as the best one is quoted beside it."""


def election(scene: Scene) -> Iterator[Draft]:
    """The lines that put somebody up for the office asked about, or choose them: where a question
    asks who came after somebody, those that name that person. Nothing where none fits."""
    if not asks_election(scene.question):
        return
    scene = replace(scene, matcher=Matcher(scene.question, scene.library))  # of this part alone
    names = surnames(scene.question) if asks_successor(scene.question) else set()
    found = [
        (place, start, end)
        for place in scene.places
        for start, end in _lines(place)
        if all(name in _said(place, start, end) for name in names)
    ]
    if not found:
        return
    found = [line for line in found if _in_time(scene, line[0])] or found
    found = [line for line in found if _gives_up(names, *line)] or found
    scored = [(_meets(scene, *line), *line) for line in found]
    best = max(score for score, *_ in scored)
    if best < _LEAST:
        return
    told = [row for row in scored if row[0] >= _NEARLY * best][:_MOST]
    last: Place | None = None
    for _, place, start, end in told:
        source = place.source(start, end)
        role = role_name(source.role)
        if place is last:
            yield bare(place, source, role)
        else:
            yield framed(place, source, scene.language, "from", role)
        last = place


def _in_time(scene: Scene, place: Place) -> bool:
    """True if a paper is of the time that the question names: by its date, or by that of the
    meeting that its title names."""
    titles = f"{place.part.title} {place.document.title}"
    days = {place.part.date, *(date.iso for date in find_dates(titles))}
    exact = [period for period in scene.question.periods if period.exact]
    return any(period.holds(day) for period in exact for day in days)


def _said(place: Place, start: int, end: int) -> str:
    """A line, of minutes with the title of its §: "Politisk sekreterare efter Siri Lund"."""
    title = place.part.title if is_meeting(place.part) else ""
    return " ".join(f"{title} {place.document.text[start:end]}".split())


def _meets(scene: Scene, place: Place, start: int, end: int) -> float:
    """The share of the question's words that a line holds; of a list of many, without those that
    the list's own title says of each."""
    said = scene.matcher.coverage(_said(place, start, end))
    if is_meeting(place.part):
        return said
    title = scene.matcher.coverage(place.part.title)
    both = scene.matcher.coverage(f"{place.part.title} {place.document.text[start:end]}")
    return max(said, (both - title) / max(0.1, 1.0 - title))


def _gives_up(names: set[str], place: Place, start: int, end: int) -> bool:
    """True if a line says that it is one of these people who leaves the office."""
    text = _said(place, start, end)
    return any(re.search(rf"{_FOR}{re.escape(name)}\b", text) for name in names)


def _lines(place: Place) -> Iterator[tuple[int, int]]:
    """The sentences of a paper that elect somebody, as (start, end), where one of its hits does."""
    if not any(elects(" ".join(hit.window.text.split())) for hit in place.hits):
        return
    first = place.part.start
    text = place.document.text[first : min(place.part.end, first + _READ)]
    for start, end in sentences(text):
        for piece in _BETWEEN_RULES.finditer(text, start, end):
            if elects(" ".join(piece[0].split())):
                yield first + piece.start(), first + piece.end()
