"""How a passage fits what a question names, beside its words and meaning."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.elections import asks_election, elects
from assistant.naming import months_named
from assistant.question import Question
from ingest.grammar.headings import kind_of
from ingest.parts import PartKind, Role
from ingest.passages import Passage


@dataclass(frozen=True, slots=True)
class Tuning:
    """What the search weighs. The figures were measured; see docs/decisions/0009-search.md.

    Attributes:
        lexical: weight of BM25 against the cosine, 0–1.
        body, period, year, month, party, paper, named, record, role: added to a score between 0 and
            1 where it fits.
        expansion: of a word that the question's word can be said with, against that word's own.
        translation: of each further Swedish word for an English one, against the likeliest.
        reread: how much the second look counts.
        part: how much the best passages of a part lift the part's other passages.
        again: what each better hit of the same paper costs a hit in the order of the hits.
        announced: what an item of a summons counts of what the § about it does, at most.
        leaning: how much it counts there that such papers and sections answer such questions.
    """

    lexical: float = 0.55
    body: float = 0.1
    period: float = 0.18
    year: float = 0.065
    month: float = 0.09
    party: float = 0.065
    paper: float = 0.1
    record: float = 0.155
    role: float = 0.08
    case: float = 0.5
    named: float = 0.4
    part: float = 0.25
    focus: float = 0.3
    expansion: float = 0.35
    translation: float = 0.6
    reread: float = 0.6
    again: float = 0.02
    announced: float = 0.9
    leaning: float = 0.5


def fit(question: Question, passage: Passage, tuning: Tuning) -> float:
    """What the passage gains by fitting what the question names."""
    gain = 0.0
    if passage.body and (passage.body in question.bodies or names_body(question, passage.body)):
        gain += tuning.body
    if (passage.file, passage.part) in question.focus:
        gain += tuning.focus
    for period in question.periods:
        if period.holds(passage.date):
            gain += tuning.period if period.exact else tuning.year
            break
    gain += tuning.month * _of_its_month(question, passage)
    if set(question.parties) & set(passage.parties):
        gain += tuning.party
    if passage.kind in question.papers:
        gain += tuning.named if passage.kind in _OWN_NAMES else tuning.paper
    if set(question.cases) & set(passage.case_numbers):
        gain += tuning.case
    if question.paragraphs and passage.paragraph in question.paragraphs:
        gain += tuning.case
    gain += _kind_fit(question, passage, tuning)
    return gain


_OWN_NAMES = (PartKind.ALTERNATIVE_PROPOSAL, PartKind.INITIATIVE)
"""Kinds of paper that other papers seldom speak of: who names them means them."""
_RECORD_HEADINGS = {
    "vote": ("vote",),
    "abstention": ("abstention", "vote"),
    "recusal": ("recusal",),
    "reservation": ("reservation", "statement"),
    "decision": ("decision",),
    "timeline": ("decision",),
}
"""The sections of minutes that answer a kind of question, as `ingest.grammar.headings` has them."""


def _of_its_month(question: Question, passage: Passage) -> bool:
    """True where a question names a month and no year, and the passage's paper is of that month."""
    if passage.date is None or any(period.exact for period in question.periods):
        return False
    return int(passage.date[5:7] or 0) in months_named(question.asks)


def names_body(question: Question, body: str) -> bool:
    """True if the question names a body by its own words ("barn- och utbildningsnämnden")."""
    return len(body) > 6 and body.lower() in question.text.lower()


def _kind_fit(question: Question, passage: Passage, tuning: Tuning) -> float:
    gain = 0.0
    wanted = {h for kind in question.kinds for h in _RECORD_HEADINGS.get(kind, ())}
    if wanted and passage.headings:
        heading = kind_of(passage.headings[-1])
        gain += tuning.record if heading in wanted else 0.0
    asks_decision = {"decision", "vote", "timeline"} & set(question.kinds)
    if asks_decision and passage.role is Role.DECISION:
        gain += tuning.role
    if question.kind == "demand" and passage.role is Role.PROPOSAL:
        gain += tuning.role
    if asks_election(question) and elects(passage.text):
        gain += tuning.record
    if passage.kind is PartKind.APPENDIX:
        gain -= tuning.role
    return gain
