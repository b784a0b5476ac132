"""Two proposals side by side, as HTML, and the proposals to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.prepare.cases import Paper
from assistant.prepare.comparing import Pair, Relation, Run, compare, counts
from assistant.prepare.labels import facts
from assistant.prepare.points import Point
from assistant.prepare.proposals import Candidate, pick
from assistant.prepare.sources import Sources
from assistant.web.cases import point_view
from assistant.web.desk import Desk
from assistant.web.markup import fill
from assistant.web.paths import link, paper
from assistant.web.registers import Registers
from assistant.web.words import Words
from ingest.errors import BereddError


def offered(
    desk: Desk, registers: Registers, words: Words, named: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """What can be chosen: a line for people and the name that `pick` takes.

    Args:
        named: papers that an address names; they are offered even if they only decide.
    """
    assistant = desk.open()
    found = registers.candidates(assistant.index if assistant else None)
    return [(_line(one, words), one.name) for one in found if one.proposes or one.name in named]


def shown(desk: Desk, words: Words, first: str, second: str) -> str:
    """The comparison of two papers, or what to do where there is none to show."""
    own = words.of("prepare")
    assistant = desk.open()
    if assistant is None or not (first and second):
        return fill("compare_none", words, p=own, why="choose" if assistant else "empty")
    if first == second:
        return fill("compare_none", words, p=own, why="same_twice")
    sources = Sources()
    try:
        one, other = (pick(assistant.index, name, sources) for name in (first, second))
    except BereddError:
        return fill("compare_none", words, p=own, why="gone")
    return side_by_side(one, other, words)


def side_by_side(one: Paper, other: Paper, words: Words) -> str:
    """Two papers, demand by demand."""
    own = words.of("prepare")
    pairs = compare(one.points, other.points)
    return fill(
        "compare",
        words,
        p=own,
        sides=[_side("A", one, words), _side("B", other, words)],
        pairs=[_pair(pair, words) for pair in pairs],
        summary=_summary(pairs, own),
        swap=link("compare", words.language, a=_name(other), b=_name(one)),
    )


def _name(found: Paper) -> str:
    return f"{found.file}#{found.part_id}"


def _line(candidate: Candidate, words: Words) -> str:
    kind = words.known("kind", candidate.kind.value)
    told = (kind, candidate.body, words.day(candidate.date), candidate.case_number)
    return f"{candidate.title} ({', '.join(filter(None, told))})"


def _side(name: str, found: Paper, words: Words) -> dict[str, object]:
    own = words.of("prepare")
    source = found.source
    return {
        "name": name,
        "title": found.title or own("place.no_title"),
        "kind": words.known("kind", found.kind.value),
        "role": found.role.value,
        "facts": facts(source, own),
        "by": ", ".join(found.by),
        "file": found.file,
        "demands": len(found.points),
        "href": paper(words.language, source.file, source.start, source.end),
    }


def _pair(pair: Pair, words: Words) -> dict[str, object]:
    own = words.of("prepare")
    leads = "lead" in pair.signs
    return {
        "relation": pair.relation.value,
        "word": own(f"relation.{pair.relation.value}"),
        "signs": [own(f"sign.{sign.value}") for sign in pair.signs],
        "first": _demand(pair.first, pair.first_runs, words, leads=leads),
        "second": _demand(pair.second, pair.second_runs, words, leads=leads),
    }


def _demand(
    point: Point | None, runs: Sequence[Run], words: Words, *, leads: bool
) -> dict[str, object] | None:
    if point is None:
        return None
    return {
        **point_view(point, words),
        "number": point.number,
        "lead": point.lead if leads else None,
        "runs": runs,
    }


def _summary(pairs: Sequence[Pair], own: Words) -> str:
    found = counts(pairs)
    return ", ".join(own.number(f"compare.{r.value}", found[r]) for r in Relation if found[r])
