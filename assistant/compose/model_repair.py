"""Repair, and only to the source's own text: its sentence for one that a model phrased freely."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose import Draft
from assistant.compose.model_prompt import Shown
from assistant.compose.phrasing import framed, role_name
from assistant.verify import Language, verify
from assistant.verify.lexicon import rules
from assistant.verify.stems import stem
from ingest.clean import clean
from ingest.document import Span
from ingest.sentences import sentences

_LIKENESS = 0.6  # share of the draft's content words that the source's sentence must hold
_FEWEST = 3  # content words that they must share
_WORD = 4  # letters of a word that counts as content


def own_words(text: str, shown: Sequence[Shown], language: str) -> Draft | None:
    """The sentence of the sources that says most of the draft's words, quoted; None if none does.

    Likeness only chooses what to quote: what is shown is the source's, letter by letter.
    """
    wanted = _stems(text)
    best: tuple[float, Shown, Span] | None = None
    for one in shown:
        for span, words in _sentences(one):
            if words & _calls():
                continue
            common = len(wanted & words)
            score = common / len(wanted)
            if common >= _FEWEST and score >= _LIKENESS and (best is None or score > best[0]):
                best = (score, one, span)
    if best is None:
        return None
    _, one, span = best
    source = one.place.source(span.start, span.end)
    draft = framed(one.place, source, language, "from", role_name(source.role))
    tongue: Language = "en" if language == "en" else "sv"
    stands = verify(draft.text, draft.sources, told_as=draft.role, language=tongue).accepted
    return draft if stands else None


def _calls() -> set[str]:
    """Stems of words that call on the reader to say or do something: never a source's own news."""
    return {stem(word) for word in rules().calls if len(word) >= _WORD}


def _sentences(shown: Shown) -> list[tuple[Span, set[str]]]:
    start, document = shown.source.start, shown.place.document
    found = []
    for low, high in sentences(shown.source.text):
        span = Span(start + low, start + high)
        found.append((span, _stems(clean(document, span).text)))
    return found


def _stems(text: str) -> set[str]:
    words = "".join(char if char.isalnum() else " " for char in text.casefold()).split()
    return {stem(word) for word in words if len(word) >= _WORD}
