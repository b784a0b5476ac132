"""How points, papers and cases are told in words of our own, in one language.

A label says what the quoted words are; it states only what the record holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Citation
from assistant.prepare.points import Count, Point, PointKind
from assistant.prepare.standing import Stage, Standing
from assistant.wording.words import Words

_LONG_TARGET = 100
"""Characters."""
_HEADING = 45
"""Characters; words no longer than this head a list of demands ("Förslag till beslut")."""
_PROPOSED = ("bifall", "avslag", "återremiss", "bordläggning")
"""Outcomes that can be proposed in the very word that is decided."""


def label(point: Point, words: Words) -> str:
    """What a point is: "Yrkande om avslag: Tomas Rask (V)"."""
    text = _named(point, words)
    if point.number:
        text = (
            words("point.numbered_question", number=point.number)
            if point.kind is PointKind.QUESTION
            else words("point.numbered", label=text, number=point.number)
        )
    if point.count:
        return words("point.judged", label=text, outcome=counted(point.count, words))
    if told := _told(point.kind, point.outcome):
        outcome = words.known("outcome", told)
        return words("point.judged", label=text, outcome=outcome)
    if point.who:
        return words("point.by", label=text, who=", ".join(point.who))
    return text


def _named(point: Point, words: Words) -> str:
    if point.kind is PointKind.YRKANDE and point.outcome:
        return _moved(point.outcome, point.target or "", words)
    if point.kind is PointKind.PROPOSED and point.to:
        return words("point.proposed_to", to=inside(point.to))
    return words(f"point.{point.kind.value}")


def _told(kind: PointKind, outcome: str | None) -> str | None:
    """The outcome of a decision; of a proposed one where the word is no participle."""
    if kind is PointKind.DECISION or (kind is PointKind.PROPOSED and outcome in _PROPOSED):
        return outcome
    return None


def _moved(stance: str, target: str, words: Words) -> str:
    """What was moved: "Yrkande om avslag på motionen"; a long target is left to the quote."""
    if not target or len(target) > _LONG_TARGET or target.startswith("att "):
        return words("point.stance", stance=words.known("outcome", stance))
    return words("point.stance_on", stance=words.known("stance", stance), target=_bare(target))


def common_lead(points: Sequence[Point]) -> str:
    """The words that govern all of these demands, "" where they have none or only a heading."""
    leads = {point.lead for point in points}
    lead = leads.pop() if len(leads) == 1 else None
    return lead if lead and len(lead) > _HEADING else ""


def counted(count: Count, words: Words) -> str:
    """A vote in figures and what they stood for, as far as the paper says."""
    told = []
    if count.yes is not None and count.no is not None:
        told.append(words("vote.counts", yes=count.yes, no=count.no))
    if count.abstain:
        told.append(words.number("vote.abstain", count.abstain))
    text = f"{', '.join(told)}." if told else ""
    if count.yes_means and count.no_means:
        means = words("vote.means", yes=_bare(count.yes_means), no=_bare(count.no_means))
        text = f"{text} {means}"
    if count.casting_vote:
        text = f"{text} {words('vote.casting')}"
    return text.strip()


def stands(standing: Standing, words: Words) -> str:
    """Where a case stands, in a line."""
    body = standing.body or words("standing.somebody")
    outcome = words.known("outcome", standing.outcome) if standing.outcome else ""
    if standing.stage is Stage.PROPOSED:
        outcome = outcome if standing.outcome in _PROPOSED else ""
        key = "standing.proposed_outcome" if outcome else "standing.proposed"
        return words(key, body=body, to=inside(standing.to or ""), outcome=outcome)
    if standing.stage is Stage.DECIDED and outcome:
        return words("standing.decided_outcome", body=body, outcome=outcome)
    return words(f"standing.{standing.stage.value}", body=inside(body, standing.stage))


def facts(source: Citation, words: Words) -> tuple[str, ...]:
    """Body, date, §, case number and page of a place, as a person reads them."""
    found = (
        source.body,
        words.day(source.date),
        words("place.paragraph", paragraph=source.paragraph) if source.paragraph else None,
        source.case_number,
        words("place.page", page=source.page) if source.page else None,
    )
    return tuple(fact for fact in found if fact)


def inside(body: str, stage: Stage | None = None) -> str:
    """A body's name inside a sentence: "kommunfullmäktige"; abbreviations stay as they are."""
    if stage is Stage.DECIDED or body[1:2].isupper():
        return body
    return body[:1].lower() + body[1:]


def _bare(text: str) -> str:
    return text.strip().rstrip(".")
