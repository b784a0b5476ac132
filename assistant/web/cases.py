"""The register of cases, and one case over time, as HTML."""

from __future__ import annotations

from assistant.prepare.cases import Case, Paper, case
from assistant.prepare.labels import facts, label, stands
from assistant.prepare.points import Point, PointKind, of
from assistant.prepare.register import Entry
from assistant.web.desk import Desk
from assistant.web.failures import trouble
from assistant.web.markup import fill
from assistant.web.paths import link, paper
from assistant.web.registers import Registers
from assistant.web.words import Words

_SHOWN = 200
"""Cases that are listed at most; a search finds the others."""


def listed(desk: Desk, registers: Registers, words: Words, wanted: str = "") -> str:
    """The cases whose number or title a person looks for."""
    assistant = desk.open()
    known = registers.of(assistant.index if assistant else None)
    found = known.search(wanted)
    own = words.of("prepare")
    return fill(
        "cases",
        words,
        p=own,
        rows=[_row(entry, own) for entry in found[:_SHOWN]],
        found=len(found),
        total=len(known.entries),
        problem=desk.problem and trouble(desk.problem, words),
    )


def shown(desk: Desk, registers: Registers, words: Words, key: str) -> str:
    """One case over time."""
    assistant = desk.open()
    index = assistant.index if assistant else None
    chosen = case(index, registers.of(index), key) if index else None
    back = link("cases", words.language)
    own = words.of("prepare")
    if chosen is None:
        return fill("case_gone", words, p=own, back=back)
    return fill(
        "case",
        words,
        p=own,
        entry=_row(chosen.entry, own),
        source=_standing_link(chosen, words),
        comparisons=_comparisons(chosen, words),
        papers=[_paper(found, words) for found in chosen.papers],
        back=back,
    )


def _row(entry: Entry, words: Words) -> dict[str, object]:
    days = dict.fromkeys(words.day(day) for day in (entry.first, entry.last) if day)
    return {
        "href": link("cases", words.language, case=entry.key),
        "number": entry.number,
        "title": entry.title,
        "papers": entry.papers,
        "period": " – ".join(days),
        "standing": stands(entry.standing, words),
        "stage": entry.standing.stage.value,
        "decided": words.day(entry.standing.date),
    }


def _standing_link(chosen: Case, words: Words) -> str:
    source = chosen.entry.standing.source
    return paper(words.language, source.file, source.start, source.end) if source else ""


def _comparisons(chosen: Case, words: Words) -> list[tuple[str, str]]:
    """What can be set side by side in a case: the first and the last proposal, and the decision."""
    own = words.of("prepare")
    proposing = [paper for paper in chosen.papers if of(paper.points, PointKind.DEMAND)]
    deciding = [paper for paper in chosen.papers if of(paper.points, PointKind.DECISION)]
    pairs = []
    if len(proposing) > 1:
        pairs.append((own("case.compare"), proposing[0], proposing[-1]))
    if proposing and deciding:
        pairs.append((own("case.compare_decision"), proposing[0], deciding[-1]))
    return [
        (name, link("compare", words.language, a=_name(one), b=_name(other)))
        for name, one, other in pairs
        if one is not other
    ]


def _name(found: Paper) -> str:
    return f"{found.file}#{found.part_id}"


def _paper(found: Paper, words: Words) -> dict[str, object]:
    own = words.of("prepare")
    source = found.source
    place = facts(source, own)
    return {
        "title": found.title or own("place.no_title"),
        "kind": words.known("kind", found.kind.value),
        "role": found.role.value,
        "role_word": words.known("role", found.role.value),
        "date": words.day(found.date) or own("place.undated"),
        "iso": found.date,
        "facts": [fact for fact in place if fact != words.day(found.date)],
        "file": found.file,
        "by": ", ".join(found.by),
        "extract": found.copy,
        "href": paper(words.language, source.file, source.start, source.end),
        "points": [point_view(point, words) for point in found.points],
    }


def point_view(point: Point, words: Words) -> dict[str, object]:
    """A point for the templates: what it is, its words, and the link to where they stand."""
    own = words.of("prepare")
    source = point.source
    return {
        "label": label(point, own),
        "role": source.role.value,
        "text": point.text,
        "page": own("place.page", page=source.page) if source.page else "",
        "href": paper(words.language, source.file, source.start, source.end),
    }
