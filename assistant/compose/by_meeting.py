"""The meeting itself: who was there, where and when it was, and which matters were on it.

The head of minutes tells the first two, the titles of their §§ the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.compose import Draft
from assistant.compose.by_hand import title_span
from assistant.compose.choose import Scene, is_meeting, of
from assistant.compose.phrasing import bare, framed
from assistant.compose.scene import Place
from ingest.document import Span
from ingest.parts import Part, PartKind, Role
from ingest.records import Attendance, Record

_MEETING = r"\w*(?:möte|sammanträde|fullmäktige|styrelse|nämnd|utskott)\w*"
_PRESENT = re.compile(
    rf"^(?:och )?(?:vem|vilka|vilken \w+)\b.{{0,60}}\b(?:närvar\w+|tjänstgjorde|"
    rf"(?:var|satt) (?:med|på plats)|deltog) (?:på|vid|under|i|när)?\b.{{0,40}}\b{_MEETING}|"
    rf"^(?:och )?vilka (?:\w+ ){{0,3}}(?:var|satt) (?:med )?(?:på|vid) .{{0,30}}{_MEETING}"
    rf"(?: (?:i|den) [\w ]{{3,20}})?\W*$|"
    rf"^who (?:was|were|attended).{{0,40}}\b(?:present|attend\w*)?\b.{{0,40}}\bmeeting\b",
    re.IGNORECASE,
)
"""Who was at a meeting is asked."""
_SUBSTITUTES = re.compile(r"\bersättare|\btjänstgjorde\b|\bsubstitutes?\b", re.IGNORECASE)
_OFFICIALS = re.compile(
    r"\btjänste(?:män|personer)\w*|\bförvaltning|\bövriga\b|\bofficials?\b", re.IGNORECASE
)
_WHEN_OR_WHERE = re.compile(
    r"^(?:och )?(?:när|var|vilken tid|hur dags|hur länge|vilka tider)\b.{0,30}\b(?:hölls?|"
    r"började|slutade|avslutades?|öppnades?|ägde rum|pågick|var|samlades|inleddes)\b"
    rf"(?:.{{0,40}}\b(?:möte|sammanträde)\w*|.{{0,20}}\b{_MEETING})"
    r"(?: (?:den|i) [\w ]{3,20})?\W*$|"
    r"^(?:when|where) (?:was|did|were) .{0,60}\bmeeting\b.{0,40}\b(?:held|start|begin|end)",
    re.IGNORECASE,
)
"""When or where a meeting was is asked, and nothing of what was decided there."""
_MATTERS = re.compile(
    r"^(?:och )?(?:vilka|vad för) (?:\w+ )?(?:ärenden|frågor|punkter)\b.{0,60}?\b(?:behandla\w*|"
    r"togs? upp|tog (?:\w+ )?upp|avgjordes|fanns|stod|var uppe|låg|hade|gick igenom|beslutade|"
    r"beslutades)\b|^(?:what|which) (?:matters|items)\b.{0,40}\b(?:agenda|dealt|considered)",
    re.IGNORECASE,
)
"""Which matters were on a meeting is asked."""
_OF_A_MEETING = re.compile(rf"\b{_MEETING}", re.IGNORECASE)
_PLACE_AND_TIME = re.compile(
    r"^[ \t]*(?:[*_]*(?:Plats och tid|Tid och plats|Plats|Tid|Sammanträdestid)\b[^\n]*"
    r"(?:\n[ \t]{4,}\S[^\n]*){0,3})",
    re.MULTILINE | re.IGNORECASE,
)
_ENDS = re.compile(
    r"[^.\n]*\b(?:avslut\w+|förklara\w+ .{0,20}avslut\w+)\b[^.\n]{0,60}\bkl(?:\.|ockan)? ?\d[^\n]*",
    re.IGNORECASE,
)
"""How minutes tell when and where a meeting was, and when it ended."""
_MOST = 30
"""How many titles of §§ are told at most."""
_LONGEST = 1500
"""How much of a list of people is quoted, in characters."""
_MEMBERS = ("ledamot", "ordförande", "tjänstgörande ersättare")


def meeting(scene: Scene) -> Iterator[Draft]:
    """Who was at a meeting, when and where it was, or which matters were on it, where that is all
    that is asked for; nothing where the minutes of that meeting are not found."""
    asks = scene.question.asks
    if _MATTERS.search(asks) and _OF_A_MEETING.search(asks):
        yield from _matters(scene)
    elif _PRESENT.search(asks):
        yield from _present(scene)
    elif _WHEN_OR_WHERE.search(asks):
        yield from _when_and_where(scene)


def _minutes(scene: Scene) -> Place | None:
    """The head of the minutes of the meeting that is meant: of the body and the day named; None
    where neither a day nor a body is, for then any meeting may be meant."""
    question = scene.question
    exact = [period for period in question.periods if period.exact]
    focus = {file for file, _ in question.focus}
    for place in scene.places:
        head = place.stored.parts[0] if place.stored.parts else None
        if head is None or not any(is_meeting(part) for part in place.stored.parts):
            continue
        body = not question.bodies or head.body in question.bodies
        day = any(period.holds(head.date) for period in exact)
        if body and (day or (not exact and place.document.file in focus)):
            return Place(place.stored, head, place.score, ())
    return None


def _matters(scene: Scene) -> Iterator[Draft]:
    head = _minutes(scene)
    if head is None:
        return
    told = 0
    for part in head.stored.parts:
        place = Place(head.stored, part, head.score, ())
        span = title_span(place) if part.kind is PartKind.PARAGRAPH else None
        if span is None or told == _MOST:
            continue
        source = place.source(span.start, span.end, Role.INFORMATION)
        if told == 0:
            yield framed(head, source, scene.language, "from", "fact")
        else:
            yield bare(place, source, "fact")
        told += 1


def _present(scene: Scene) -> Iterator[Draft]:
    """The lines of those present, in stretches: of substitutes or officials only theirs."""
    head = _minutes(scene)
    if head is None:
        return
    people = of(head.part, Attendance)
    if _SUBSTITUTES.search(scene.question.asks):
        served = [r for r in people if _role(r) == "tjänstgörande ersättare"]
        people = served or [r for r in people if "ersättare" in _role(r)]
    elif _OFFICIALS.search(scene.question.asks):
        people = [r for r in people if not any(role in _role(r) for role in _MEMBERS)]
    first = True
    left = _LONGEST
    for span in _stretches(head, people):
        source = head.source(span.start, span.end, Role.INFORMATION)
        if len(source.text) > left:
            return
        left -= len(source.text)
        if first:
            yield framed(head, source, scene.language, "from", "fact")
        else:
            yield bare(head, source, "fact")
        first = False


def _role(record: Record) -> str:
    return (record.role or "") if isinstance(record, Attendance) else ""


def _stretches(head: Place, people: Sequence[Record]) -> list[Span]:
    """The whole lines on which these people stand, those that follow each other as one."""
    text = head.document.text
    lines: list[Span] = []
    for record in sorted(people, key=lambda r: r.start):
        start = text.rfind("\n", 0, record.start) + 1
        end = text.find("\n", record.end)
        end = head.part.end if end == -1 else min(end, head.part.end)
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if lines and not text[lines[-1].end : start].strip():
            lines[-1] = Span(lines[-1].start, max(end, lines[-1].end))
        elif not lines or start >= lines[-1].end:
            lines.append(Span(start, end))
    return lines


def _when_and_where(scene: Scene) -> Iterator[Draft]:
    head = _minutes(scene)
    if head is None:
        return
    text, part = head.document.text, head.part
    found = [*_PLACE_AND_TIME.finditer(text, part.start, part.end)][:2]
    ended = _ENDS.search(text, _first(head.stored.parts, part))
    spans = [match.span() for match in (*found, *([ended] if ended else []))]
    for number, (start, end) in enumerate(spans):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        source = head.source(start, start + len(text[start:end].rstrip()), Role.INFORMATION)
        if number == 0:
            yield framed(head, source, scene.language, "from", "fact")
        else:
            yield bare(head, source, "fact")


def _first(parts: Sequence[Part], head: Part) -> int:
    """Where the first § of minutes begins."""
    return next((part.start for part in parts if is_meeting(part)), head.end)
