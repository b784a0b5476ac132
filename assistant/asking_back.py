"""Asking back: a question that says nothing of its matter fits several, and is not guessed at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose.choose import entities
from assistant.compose.scene import Place
from assistant.followup import own_words
from assistant.question import Question
from ingest.grammar.references import case_key
from ingest.records import Abstention, Decision, Record, Recusal, Reservation, Vote

_GENERAL = re.compile(
    r"(?:motion|interpellation|yrkand|förslag|beslut|beslöt|omröstning|votering|reserv|skr[ei]v|vill|"
    r"väckt|ställ|gick|svar|sade|ärende|fråg|parti|ledam|council|decid|propos|wrote|vote|want|mean)"
    r"\w*"
)
"""Words that any matter is spoken of with."""
_RECORDS: dict[str, type[Record]] = {
    "vote": Vote,
    "abstention": Abstention,
    "recusal": Recusal,
    "reservation": Reservation,
    "decision": Decision,
}
_CLOSE = 0.5
"""A matter whose best part scores below this share of the best of all is another one."""
_MOST = 4
"""So many matters are offered."""


def matters(question: Question, places: Sequence[Place]) -> list[Place]:
    """The best part of each matter that a question may mean; none where it means one.

    A question may mean several only if none of its words says what it is about: they name people,
    parties, bodies and kinds of paper ("Vad ville Siri Lund i sin motion?"), and neither a case, a
    § nor a day. What an earlier turn was about says what it is about.
    """
    named = (*question.people, *question.parties, *question.bodies, *question.papers)
    fixed = question.matter or question.focus or question.cases or question.paragraphs
    if (
        not (named or question.kind != "open")
        or fixed
        or any(period.exact for period in question.periods)
    ):
        return []
    if any(not _GENERAL.fullmatch(word) for word in own_words(question)) or not places:
        return []
    fitting = [place for place in places if _holds(question.kind, place)]
    most = max((entities(question, place.part) for place in fitting), default=0)
    found: list[Place] = []
    for place in fitting:
        if entities(question, place.part) < most:
            continue
        close = place.score >= _CLOSE * places[0].score
        if close and place.hits and not any(_one(place, other) for other in found):
            found.append(place)
    return found[:_MOST] if len(found) > 1 else []


def _holds(kind: str, place: Place) -> bool:
    """True if a part holds what a kind of question asks for."""
    wanted = _RECORDS.get(kind)
    return wanted is None or any(isinstance(record, wanted) for record in place.part.records)


def _one(one: Place, other: Place) -> bool:
    """True if two parts are of one matter: one file of papers, one case number, or one title."""
    cases, others = ({case_key(c) for c in p.part.case_numbers} - {None} for p in (one, other))
    stack = one.document.file == other.document.file and not (cases and others)
    return stack or bool(cases & others) or one.part.title == other.part.title
