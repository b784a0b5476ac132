"""Scores one answer against one case: every answer metric, each with its empty case.

A metric that does not apply is None, never 0 and never NaN: fact recall of a question that has no
answer, precision of an answer without citations. Means are taken over the cases where it applies,
and their number is told ("n = 118 of 130").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.cases import BUDGETS, Turn
from eval.corpus import CorpusTexts
from eval.given import Given, GivenCitation
from eval.match import covers, occurrences, places, same_file, squeeze
from eval.support import supported_sentences
from ingest.document import Document, Span

Scores = Mapping[str, float | None]
"""Metric → value in 0–1 (or characters, milliseconds), None where it does not apply."""

METRICS: dict[str, str] = {
    "right": "all facts, nothing forbidden, within the length budget; unanswerable: declined",
    "right_and_shown": "right, and a citation covers every gold part",
    "fact_recall": "share of the facts that the answer says; answerable questions",
    "evidence_recall": "share of the gold parts that a citation covers; answerable questions",
    "citation_precision": "share of the citations that touch a gold passage; answers that cite",
    "verbatim": "share of the citations whose quote is the document's text at its offsets and page",
    "sourced": "share of the stating sentences that name a citation which exists",
    "supported": "share of the cited sentences whose numbers, names, parties and negations the "
    "quotes hold; Swedish answers are also held to their names",
    "within_budget": "answer no longer than its category's budget; questions that got an answer",
    "forbidden": "a forbidden string occurs; questions that have such strings (lower is better)",
    "declined": "declined; unanswerable questions",
    "false_decline": "declined; answerable questions (lower is better)",
    "length": "characters of the answer, source tokens removed; questions that got an answer",
    "latency_ms": "milliseconds for the answer, search included",
}
"""Every answer metric and what it measures."""

LOWER_IS_BETTER = frozenset({"forbidden", "false_decline", "length", "latency_ms"})

MIN_PRECISE_WORDS = 3
"""Words that a citation must share with a gold passage to count as touching it."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A citation and the place it was found to point at.

    `document` is None where the corpus has no such file; `span` is None where the quote is found
    neither at its offsets nor anywhere else in the document.
    """

    citation: GivenCitation
    document: Document | None
    span: Span | None
    verbatim: bool


def score(turn: Turn, category: str, given: Given, texts: CorpusTexts) -> Scores:
    """All metrics of one answer. `category` decides the length budget ("dialogue" for a turn)."""
    bound = [bind(citation, texts) for citation in given.citations]
    shown = _parts_shown(turn, bound, texts)
    facts = [says(given.plain, variants) for variants in turn.facts]
    fits = len(given.plain) <= BUDGETS.get(category, max(BUDGETS.values()))
    forbidden = says(given.plain, turn.forbidden)
    if turn.answerable:
        right = given.answers and all(facts) and not forbidden and fits
    else:
        right = not given.answers and not forbidden
    return {
        "right": float(right),
        "right_and_shown": float(right and all(shown)),
        "fact_recall": _share(facts) if given.answers else _zero(facts),
        "evidence_recall": _share(shown) if given.answers else _zero(shown),
        "citation_precision": _precision(turn, given, bound, texts),
        "verbatim": _share([item.verbatim for item in bound]),
        "sourced": _share(_sourced(given)),
        "supported": _share(supported_sentences(given)),
        "within_budget": float(fits) if given.answers and turn.answerable else None,
        "forbidden": float(forbidden) if turn.forbidden else None,
        "declined": None if turn.answerable else float(not given.answers),
        "false_decline": float(not given.answers) if turn.answerable else None,
        "length": float(len(given.plain)) if given.answers else None,
        "latency_ms": given.timings_ms.get("total"),
    }


def says(text: str, variants: Sequence[str]) -> bool:
    """True if one of the spellings occurs in the text, letter case apart."""
    low = text.casefold()
    return any(variant.casefold() in low for variant in variants)


def bind(citation: GivenCitation, texts: CorpusTexts) -> Bound:
    """Where a citation points. Offsets count only if the quote stands there, letter for letter."""
    document = texts.document(citation.file)
    if document is None or not citation.quote.strip():
        return Bound(citation, document, None, False)
    span = _at_offsets(citation, document)
    if span is not None:
        page_right = citation.page == document.page_at(span.start)
        return Bound(citation, document, span, page_right)
    found = occurrences(citation.quote, document.text)
    on_page = [place for place in found if document.page_at(place.start) == citation.page]
    return Bound(citation, document, next(iter(on_page or found), None), False)


def _at_offsets(citation: GivenCitation, document: Document) -> Span | None:
    start, end = citation.start, citation.end
    if start is None or end is None or not 0 <= start < end <= len(document.text):
        return None
    return Span(start, end) if document.text[start:end] == citation.quote else None


def _parts_shown(turn: Turn, bound: Sequence[Bound], texts: CorpusTexts) -> list[bool]:
    """For every gold part, whether the citations cover one of its alternatives."""
    shown: list[bool] = []
    for part in turn.gold_any:
        shown.append(
            any(
                _alternative_shown(gold.file, places(gold, document), bound, document)
                for gold in part
                if (document := texts.document(gold.file)) is not None
            )
        )
    return shown


def _alternative_shown(
    file: str, gold_places: Sequence[Span], bound: Sequence[Bound], document: Document
) -> bool:
    spans = [b.span for b in bound if b.span is not None and same_file(b.citation.file, file)]
    return any(covers(spans, place, document.text) for place in gold_places)


def _precision(
    turn: Turn, given: Given, bound: Sequence[Bound], texts: CorpusTexts
) -> float | None:
    if not (turn.answerable and given.answers and bound):
        return None
    gold = [
        (document.file, place)
        for part in turn.gold_any
        for alternative in part
        if (document := texts.document(alternative.file)) is not None
        for place in places(alternative, document)
    ]
    return _share([_touches(item, gold) for item in bound])


def _touches(item: Bound, gold: Sequence[tuple[str, Span]]) -> bool:
    """True if the citation shares at least three words, or all of its words, with a gold passage.

    Measured in squeezed characters against the shorter of the two, so that a short name counts.
    """
    if item.span is None or item.document is None:
        return False
    for file, place in gold:
        if file != item.document.file or not item.span.overlaps(place):
            continue
        start, end = max(item.span.start, place.start), min(item.span.end, place.end)
        words = item.document.text[start:end].split()
        if len(words) >= MIN_PRECISE_WORDS or item.span in (Span(start, end), place):
            return True
        if squeeze(item.citation.quote).text == "".join(words):
            return True
    return False


def _sourced(given: Given) -> list[bool]:
    """For every sentence that states something, whether it names a citation that exists."""
    known = {citation.id for citation in given.citations}
    stating = [sentence for sentence in given.sentences if sentence.role != "frame"]
    return [bool(known & set(s.citations)) and known.issuperset(s.citations) for s in stating]


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _zero(values: Sequence[bool]) -> float | None:
    """A declined question says and shows nothing; None where there was nothing to say."""
    return 0.0 if values else None
