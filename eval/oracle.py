"""Perfect answers, made from the gold itself: what the metrics must give full marks.

They are the ground that faults are planted in, so that the tool needs no assistant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.answers import says
from eval.cases import Case, Gold, Turn
from eval.corpus import CorpusTexts
from eval.examine import Answers
from eval.given import Given, GivenCitation, GivenSentence
from eval.match import places
from eval.subject import Retrieved


def answers(cases: Iterable[Case], texts: CorpusTexts) -> Answers:
    """A perfect answer for every turn of every case."""
    return {case.id: tuple(answer(turn, case.lang, texts) for turn in case.turns) for case in cases}


def answer(turn: Turn, lang: str, texts: CorpusTexts) -> Given:
    """A perfect answer: each gold part quoted and cited, and the facts that no quote spells out.

    An unanswerable question is declined.
    """
    base = {"question": turn.question, "standalone_question": turn.question, "language": lang,
            "composer": "oracle", "timings_ms": {"total": 10.0}}  # fmt: skip
    if not turn.answerable:
        return Given.model_validate({**base, "outcome": "not_in_documents", "answer": ""})
    citations = _citations(turn, texts)
    quoted = [
        GivenSentence(text=f"”{' '.join(c.quote.split())}” [{c.id}]", citations=(c.id,))
        for c in citations
    ]
    said = " ".join(sentence.text for sentence in quoted)
    unsaid = [variants[0] for variants in turn.facts if not says(said, variants)]
    framed = [GivenSentence(text=f"({', '.join(unsaid)})", role="frame")] if unsaid else []
    sentences = (*framed, *quoted)
    text = "\n".join(sentence.text for sentence in sentences)
    return Given.model_validate(
        {**base, "outcome": "answered", "answer": text, "sentences": sentences,
         "citations": citations}
    )  # fmt: skip


def hits(turn: Turn, texts: CorpusTexts) -> list[Retrieved]:
    """A perfect search: one gold passage of each part, nothing else."""
    return [
        Retrieved(file=c.file, start=c.start or 0, end=c.end or 0, text=c.quote, score=1.0)
        for c in _citations(turn, texts)
    ]


def _citations(turn: Turn, texts: CorpusTexts) -> list[GivenCitation]:
    found = (_citation(f"S{number}", part, texts) for number, part in enumerate(turn.gold_any, 1))
    return [citation for citation in found if citation is not None]


def _citation(name: str, part: Sequence[Gold], texts: CorpusTexts) -> GivenCitation | None:
    """The first alternative that stands in the corpus. The § is known from the case alone."""
    for gold in part:
        document = texts.document(gold.file)
        spans = places(gold, document) if document is not None else ()
        if document is not None and spans:
            start, end = spans[0].start, spans[0].end
            return GivenCitation(
                id=name, file=document.file, quote=document.text[start:end], start=start, end=end,
                page=document.page_at(start), document=document.title, paragraph=gold.section,
            )  # fmt: skip
    return None
