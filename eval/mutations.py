"""Known faults, planted in good answers: does every metric notice? One that cannot fall is broken.

Each fault changes one thing, as a careless or a lying assistant would, and names the metrics that
must see it. A fault is noticed if at least one of them gets worse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from eval.cases import Turn
from eval.corpus import CorpusTexts
from eval.given import Given, GivenCitation, GivenSentence
from eval.support import NEGATIONS, PARTIES

Plant = Callable[[Turn, Given, CorpusTexts], Given | None]
"""Plants a fault, or gives None where there is nothing to plant it in."""

_NUMBER = re.compile(r"(?<!\[S)(?<![\w-])\d+(?![\w\]])")
_PARTY = re.compile(r"\(([A-ZÅÄÖ]{1,3})\)")
_PERSON = re.compile(r"(?<=[a-zåäö,:”(] )[A-ZÅÄÖ][a-zåäöé]+ [A-ZÅÄÖ][a-zåäöé]{2,}")
_NOT = re.compile(rf"\b(?:{'|'.join(sorted(NEGATIONS))})\b ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of planted fault and the metrics that must notice it."""

    name: str
    noticed_by: tuple[str, ...]
    plant: Plant


def _changed(given: Given, **fields: Any) -> Given:
    return given.model_copy(update=fields)


def _in_sentence(
    given: Given, change: Callable[[str], str | None], *, stating: bool = True
) -> Given | None:
    """Changes the first sentence that `change` applies to, in the sentence and in the text."""
    for at, sentence in enumerate(given.sentences):
        if stating and sentence.role == "frame":
            continue
        new = change(sentence.text)
        if new is None or new == sentence.text:
            continue
        sentences = list(given.sentences)
        sentences[at] = sentence.model_copy(update={"text": new})
        text = given.answer.replace(sentence.text, new, 1)
        return _changed(given, sentences=tuple(sentences), answer=text)
    return None


def _in_citation(
    given: Given, change: Callable[[GivenCitation], Mapping[str, Any] | None]
) -> Given | None:
    for at, citation in enumerate(given.citations):
        fields = change(citation)
        if fields is not None:
            citations = list(given.citations)
            citations[at] = citation.model_copy(update=dict(fields))
            return _changed(given, citations=tuple(citations))
    return None


def wrong_amount(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """A number becomes ten times as large."""
    return _in_sentence(given, lambda text: _NUMBER.sub(lambda m: m.group() + "0", text, count=1))


def wrong_party(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """A party's letter becomes another's."""

    def swap(text: str) -> str | None:
        letters = set(_PARTY.findall(text))
        other = next(p for p in PARTIES.values() if p not in letters and f"({p})" not in quotes)
        return _PARTY.sub(f"({other})", text, count=1) if letters else None

    quotes = " ".join(citation.quote for citation in given.citations) + given.question
    return _in_sentence(given, swap)


def wrong_person(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """A person becomes somebody who is in no document."""
    return _in_sentence(given, lambda text: _PERSON.sub("Zaria Quistbergh", text, count=1))


def dropped_negation(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """ "inte" is left out."""
    return _in_sentence(given, lambda text: _NOT.sub("", text, count=1))


def invented_tail(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """A cited sentence goes on with something that no source says."""
    tail = " och kostar 987 654 kronor"
    return _in_sentence(given, lambda text: re.sub(r"(?= \[S\d)", tail, text, count=1))


def wrong_page(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """A right quote on the page after its own."""
    return _in_citation(given, lambda c: {"page": (c.page or 0) + 1})


def shifted_span(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """Offsets three characters off."""
    return _in_citation(
        given,
        lambda c: None if c.start is None or c.end is None
        else {"start": c.start + 3, "end": c.end + 3},
    )  # fmt: skip


def altered_quote(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """One letter of a quote is another."""
    return _in_citation(given, lambda c: {"quote": c.quote[:-1] + "¤"})


def wrong_source(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """All quotes come from another document."""
    if not given.citations:
        return None
    gold = {gold.file.rsplit("/", 1)[-1] for part in turn.gold_any for gold in part}
    name = next((f for f in texts.files() if f.rsplit("/", 1)[-1] not in gold), None)
    document = texts.document(name) if name is not None else None
    if document is None or len(document.text) < 80:
        return None
    fields = {"file": document.file, "quote": document.text[:80], "start": 0, "end": 80,
              "page": document.page_at(0)}  # fmt: skip
    return _changed(given, citations=tuple(c.model_copy(update=fields) for c in given.citations))


def missing_point(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """The sentences that say one of the facts are left out (a missing att-sats)."""
    if not turn.facts or not given.sentences:
        return None
    variants = [variant.casefold() for variant in turn.facts[-1]]
    kept = tuple(s for s in given.sentences if not any(v in s.text.casefold() for v in variants))
    return _changed(given, sentences=kept, answer="\n".join(s.text for s in kept))


def uncited(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """A sentence loses its source."""
    return _sourced(given, ())


def unknown_token(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """A sentence cites a source that the answer does not have."""
    return _sourced(given, ("S99",))


def forbidden_words(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """The answer says what makes it wrong."""
    if not turn.forbidden or not given.answer:
        return None
    return _changed(given, answer=f"{given.answer} {turn.forbidden[0]}")


def padded(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """An answer that says everything."""
    return _changed(given, answer=given.answer + " Vidare." * 500) if given.answers else None


def declined(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """An answerable question is declined."""
    return _changed(given, outcome="not_in_documents") if given.answers else None


def answered(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """An unanswerable question gets an answer."""
    return None if given.answers else _changed(given, outcome="answered", answer="Ja, det är så.")


def slow(turn: Turn, given: Given, texts: CorpusTexts) -> Given | None:
    """The answer takes a minute."""
    return _changed(given, timings_ms={"total": 60000.0})


def _sourced(given: Given, citations: tuple[str, ...]) -> Given | None:
    def bare(sentence: GivenSentence) -> GivenSentence:
        return sentence.model_copy(update={"citations": citations})

    for at, sentence in enumerate(given.sentences):
        if sentence.role != "frame":
            rest = (*given.sentences[:at], bare(sentence), *given.sentences[at + 1 :])
            return _changed(given, sentences=rest)
    return None


_SAID = ("supported", "fact_recall", "forbidden")
FAULTS: tuple[Fault, ...] = (
    Fault("wrong amount", _SAID, wrong_amount),
    Fault("wrong party", _SAID, wrong_party),
    Fault("wrong person", _SAID, wrong_person),
    Fault("dropped negation", _SAID, dropped_negation),
    Fault("invented tail", ("supported",), invented_tail),
    Fault("wrong page", ("verbatim",), wrong_page),
    Fault("shifted span", ("verbatim",), shifted_span),
    Fault("altered quote", ("verbatim",), altered_quote),
    Fault("wrong source", ("evidence_recall",), wrong_source),
    Fault("foreign citations", ("citation_precision",), wrong_source),
    Fault("right, but not shown", ("right_and_shown",), wrong_source),
    Fault("missing point", ("fact_recall",), missing_point),
    Fault("missing point, right", ("right",), missing_point),
    Fault("uncited sentence", ("sourced",), uncited),
    Fault("unknown source token", ("sourced",), unknown_token),
    Fault("forbidden words", ("forbidden",), forbidden_words),
    Fault("padded answer", ("within_budget",), padded),
    Fault("long answer", ("length",), padded),
    Fault("declined", ("false_decline",), declined),
    Fault("answered the unanswerable", ("declined",), answered),
    Fault("slow", ("latency_ms",), slow),
)
"""Every kind of fault; together they touch every answer metric."""
