"""A brief as lines with numbered sources: what the page, the Word file and the PDF all show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from assistant.prepare.attention import Gap, Missing, contested
from assistant.prepare.briefs import Brief, Difference, Fact, Item
from assistant.prepare.cases import Paper
from assistant.prepare.comparing import Relation, counts
from assistant.prepare.labels import common_lead, label
from assistant.prepare.lines import Line, Numbers, Style, Told
from assistant.prepare.points import Point, PointKind, of
from assistant.wording.words import Words
from ingest.parts import Role

_LONG_TARGET = 120
"""Characters; what a yrkande is about is cut there where stances are summed up."""
_COURSE = (PointKind.DECISION, PointKind.PROPOSED)
_LATER = (*_COURSE, PointKind.VOTE, PointKind.RESERVATION)
_SPLIT = (
    PointKind.VOTE,
    PointKind.RESERVATION,
    PointKind.RECUSAL,
    PointKind.ABSTENTION,
    PointKind.STATEMENT,
)
_PROPOSED = (PointKind.DEMAND, PointKind.PROPOSED)


def tell(brief: Brief, words: Words) -> Told:
    """A brief in words; `words` is of the family "prepare"."""
    numbers = Numbers()
    lines = tuple(_brief(brief, words, numbers))
    return Told(words.language, lines, tuple(numbers.found.values()))


def _brief(brief: Brief, words: Words, numbers: Numbers) -> Iterator[Line]:
    yield Line(style=Style.TITLE, text=words("brief.title", meeting=brief.title))
    told = (brief.body, words.day(brief.date), brief.file)
    yield Line(style=Style.LABEL, text=" · ".join(fact for fact in told if fact))
    yield Line(style=Style.LEAD, text=words("brief.lead"))
    yield Line(style=Style.HEADING, text=words("brief.first"))
    if not brief.first:
        yield Line(style=Style.NOTE, text=words("brief.first_none"))
    for item in brief.first:
        yield _pressing(item, words, numbers)
    yield Line(style=Style.HEADING, text=words("brief.contents"))
    for item in brief.items:
        yield Line(style=Style.ENTRY, text=_name(item), item=item.number)
    for item in brief.items:
        yield from _item(item, words, numbers)


def _pressing(item: Item, words: Words, numbers: Numbers) -> Line:
    reasons = [words.number(f"reason.{a.reason.value}", len(a.sources)) for a in item.alarms]
    sources = [source for alarm in item.alarms for source in alarm.sources[:1]]
    text = words("brief.pressing", item=_name(item), reasons=", ".join(reasons))
    return Line(style=Style.ENTRY, text=text, sources=numbers.of(sources), item=item.number)


def _name(item: Item) -> str:
    mark = f"§ {item.paper.paragraph}" if item.paper.paragraph else f"{item.number}."
    return f"{mark} {item.paper.title}"


def _item(item: Item, words: Words, numbers: Numbers) -> Iterator[Line]:
    source = numbers.of([item.paper.source])
    yield Line(style=Style.HEADING, text=_name(item), sources=source, item=item.number)
    if item.case_number:
        yield Line(style=Style.LABEL, text=words("brief.case", number=item.case_number))
    sections = (
        ("decided", _quotes(of(item.paper.points, PointKind.DECISION), words, numbers)),
        ("proposed", _proposed(item, words, numbers)),
        ("moved", _moved(item, words, numbers)),
        ("differ", _differ(item.differences, words, numbers)),
        ("split", _split(item, words, numbers)),
        ("facts", _facts((*item.amounts, *item.dates), numbers)),
        ("before", _before(item, words, numbers)),
        ("after", _course(item.after, words, numbers, _LATER)),
        ("missing", (_missing(gap, item, words) for gap in item.missing)),
    )
    empty = True
    for name, made in sections:
        lines = list(made)
        if lines:
            empty = False
            yield Line(style=Style.SUBHEADING, text=words(f"brief.{name}"))
            yield from lines
    if empty:
        yield Line(style=Style.NOTE, text=words("brief.nothing"))


def _proposed(item: Item, words: Words, numbers: Numbers) -> Iterator[Line]:
    """What is proposed and by whom: the item first, then the case's papers."""
    for paper in (item.paper, *item.proposals):
        points = of(paper.points, *_PROPOSED)
        if points:
            own = paper is item.paper
            name = words("brief.own") if own else _paper(paper, words)
            lead = common_lead(points)
            begins = [point.lead_source for point in points[:1] if lead and point.lead_source]
            place = numbers.of([paper.source, *begins])
            yield Line(style=Style.LINE, text=name, quote=lead, sources=place)
            yield from _quotes(points, words, numbers, style=Style.INNER)


def _paper(paper: Paper, words: Words) -> str:
    """A paper in a line: its kind, title, who is behind it and when."""
    kind = words.of("web").known("kind", paper.kind.value)
    hand = ", ".join(paper.by) or paper.body or ""
    when = words.day(paper.date) or words("place.undated_inside")
    section = words("place.paragraph", paragraph=paper.paragraph) if paper.paragraph else ""
    told = ", ".join(fact for fact in (hand, section, when) if fact)
    return words("brief.paper", kind=kind, title=paper.title, told=told)


def _moved(item: Item, words: Words, numbers: Numbers) -> Iterator[Line]:
    """The yrkanden, meeting by meeting, and where they go apart."""
    for paper in (item.paper, *item.history):
        moved = of(paper.points, PointKind.YRKANDE)
        if moved and paper is not item.paper:
            place = numbers.of([paper.source])
            yield Line(style=Style.LINE, text=_paper(paper, words), sources=place)
        style = _below(paper, item)
        torn = contested(moved)
        if torn:
            yield _apart(torn, words, numbers, style)
        yield from _quotes(moved, words, numbers, style)


def _below(paper: Paper, item: Item) -> Style:
    """What a paper says stands below the line that names it; the item itself needs no such line."""
    return Style.LINE if paper is item.paper else Style.INNER


def _apart(torn: Sequence[Point], words: Words, numbers: Numbers, style: Style) -> Line:
    """Who stands where: the parties of each stance."""
    sides: dict[str, list[str]] = {}
    for point in torn:
        stance = _stance(point, words)
        sides.setdefault(stance, []).extend(point.parties or point.who)
    told = "; ".join(f"{stance} ({', '.join(dict.fromkeys(who))})" for stance, who in sides.items())
    sources = numbers.of(point.source for point in torn)
    return Line(style=style, text=words("brief.apart", sides=told), sources=sources)


def _stance(point: Point, words: Words) -> str:
    target = shorten((point.target or "").rstrip("."), _LONG_TARGET, placeholder=" …")
    if point.outcome is None:
        return target if target.startswith("att ") else words("brief.other_stance")
    if not target or target.startswith("att "):
        return words.known("outcome", point.outcome)
    return f"{words.known('stance', point.outcome)} {target}"


def _differ(differences: Sequence[Difference], words: Words, numbers: Numbers) -> Iterator[Line]:
    for difference in differences:
        found = counts(difference.pairs)
        summary = ", ".join(
            words.number(f"compare.{relation.value}", n) for relation, n in found.items() if n
        )
        both = [difference.first.source, difference.second.source]
        text = words(
            "brief.compared",
            first=_paper(difference.first, words),
            second=_paper(difference.second, words),
            summary=summary,
        )
        yield Line(style=Style.LINE, text=text, sources=numbers.of(both))
        for pair in difference.pairs:
            for point, name in ((pair.first, "A"), (pair.second, "B")):
                if point and pair.relation is not Relation.SAME:
                    told = words(f"relation.{pair.relation.value}")
                    text = f"{told} ({name})" if pair.relation is Relation.CHANGED else told
                    yield _quote(point, text, numbers, Style.INNER)


def _split(item: Item, words: Words, numbers: Numbers) -> Iterator[Line]:
    """Votes, reservations, recusals and remarks: in the item, then in the case before."""
    for paper in (item.paper, *item.history):
        points = of(paper.points, *_SPLIT)
        if points and paper is not item.paper:
            place = numbers.of([paper.source])
            yield Line(style=Style.LINE, text=_paper(paper, words), sources=place)
        yield from _quotes(points, words, numbers, _below(paper, item))


def _facts(facts: Sequence[Fact], numbers: Numbers) -> Iterator[Line]:
    for fact in facts:
        yield Line(
            style=Style.LINE,
            text=fact.value,
            quote=fact.text,
            sources=numbers.of([fact.source]),
            role=Role.INFORMATION,
        )


def _before(item: Item, words: Words, numbers: Numbers) -> Iterator[Line]:
    """The case so far, unless all of it has been told as proposals."""
    if set(item.history) - set(item.proposals):
        yield from _course(item.history, words, numbers, _COURSE)


def _course(
    papers: Sequence[Paper], words: Words, numbers: Numbers, kinds: tuple[PointKind, ...]
) -> Iterator[Line]:
    for paper in papers:
        place = numbers.of([paper.source])
        yield Line(style=Style.LINE, text=_paper(paper, words), sources=place)
        yield from _quotes(of(paper.points, *kinds), words, numbers, style=Style.INNER)


def _quotes(
    points: Sequence[Point], words: Words, numbers: Numbers, style: Style = Style.LINE
) -> Iterator[Line]:
    for point in points:
        yield _quote(point, label(point, words), numbers, style)


def _quote(point: Point, text: str, numbers: Numbers, style: Style) -> Line:
    return Line(
        style=style,
        text=text,
        quote=point.text,
        sources=numbers.of([point.source]),
        role=point.source.role,
    )


def _missing(found: Missing, item: Item, words: Words) -> Line:
    detail = found.detail
    if found.gap is Gap.NO_ORIGIN:
        detail = words(f"origin.{detail}")
    text = words(f"gap.{found.gap.value}", detail=detail, case=item.case_number or "")
    return Line(style=Style.LINE, text=text)
