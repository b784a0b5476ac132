"""What a follow-up question finds, and whether a question is one.

Words tell most follow-ups (`assistant.followup`); where they do not, the papers do: a question that
names nothing is of the matter before it if that matter's papers tell what it asks about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.compose.matching import Matcher
from assistant.confidence import nearest_text
from assistant.filters import Filters
from assistant.finding import EmbedsQueries
from assistant.followup import definite_nouns, may_follow
from assistant.question import Question
from assistant.search import Hit, search
from ingest.grammar.references import case_key
from ingest.parts import PartKind
from vectorstore.index import Index
from vectorstore.lexical import analyser

Finds = Callable[[Question], list[Hit]]

_MORE = 6
"""How many further hits a follow-up gets from inside the papers it is about."""
_OWN = 0.7
"""What a question's own words count there; the title of the paper spoken of is met by every page of
it, and by no paper that answers it."""
_OF_MEETINGS = ("decision", "vote", "abstention", "recusal", "reservation", "timeline")
"""What the § spoken of tells, whatever its words. Of anything else each paper of the case may; an
English question says too little in Swedish words to tell which."""
_UNSAID = 0.9
"""What a hit counts that its own words do not find, of the last one that they do."""
_AS_WELL = 0.65
"""Papers tell of a question as well as others if they hold this share of what the others hold of
its words."""


def found(
    index: Index,
    embedder: EmbedsQueries,
    question: Question,
    *,
    k: int = 10,
    filters: Filters | None = None,
) -> list[Hit]:
    """The hits for a question, best first; for a follow-up those inside the papers it is about as
    well, by its own words: the title of a paper is met by every page of it."""
    hits = search(index, embedder, question, k, filters=filters)
    files = _files_of(index, question)
    if not (files and hits and question.matter) or (filters and filters.files):
        return hits
    of_that_part = question.kind in _OF_MEETINGS or question.language == "en"
    focus = question.focus if of_that_part else ()
    own = replace(question, text=question.asks, matter="", focus=focus)
    within = search(index, embedder, own, k, filters=replace(filters or Filters(), files=files))

    def ours(hit: Hit) -> bool:
        return hit.passage.file in files and _of_matter(hit, question)

    return _by_own_words(hits, list(filter(ours, within)), ours)


def _files_of(index: Index, question: Question) -> tuple[str, ...]:
    """The papers that a conversation is about: those cited, and the case's own where a § of minutes
    was cited."""
    cited = dict.fromkeys(file for file, _ in question.focus)
    keys: list[str] = []
    titled: list[str] = []
    for file, part_id in question.focus:
        stored = index.document(file)
        part = next((p for p in stored.parts if p.id == part_id), None) if stored else None
        if part is not None and part.kind is PartKind.PARAGRAPH:
            keys += filter(None, map(case_key, part.case_numbers))
            titled += [stored.document.file for stored, _ in index.titled(part.title)]
    case = (stored.document.file for stored, part in index.case(keys)) if keys else ()
    return tuple(dict.fromkeys((*cited, *case, *titled)))


def _by_own_words(hits: list[Hit], within: list[Hit], ours: Callable[[Hit], bool]) -> list[Hit]:
    """The hits, where those in the papers of the matter count by the question's own words as well,
    and the best of these that were not among them.

    Args:
        within: what was found in those papers by the question's own words alone.
        ours: true for a hit in those papers.
    """
    if not within:
        return hits
    best, nearest = (found[0].score or 1.0 for found in (hits, within))
    said = {hit.passage.id: hit.score / nearest for hit in within}
    known = {hit.passage.id for hit in hits}
    least, last = min(said.values()) * _UNSAID, hits[-1].score / best
    weighed = [
        _worth(hit, best * _mixed(hit.score / best, said.get(hit.passage.id, least)))
        if ours(hit)
        else hit
        for hit in hits
    ]
    more = [hit for hit in within if hit.passage.id not in known][:_MORE]
    weighed += [_worth(hit, best * _mixed(last, said[hit.passage.id])) for hit in more]
    return sorted(weighed, key=lambda hit: -hit.score)


def _mixed(by_matter: float, by_own: float) -> float:
    return (1 - _OWN) * by_matter + _OWN * by_own


def _worth(hit: Hit, score: float) -> Hit:
    """The hit with another score, and what was found around it in proportion."""
    share = score / (hit.score or 1.0)
    around = tuple((start, end, found * share) for start, end, found in hit.around)
    return replace(hit, score=score, around=around)


def meant(
    index: Index,
    finds: Finds,
    text: str,
    history: Sequence[Answer],
    alone: Question,
    hits: list[Hit],
) -> tuple[Question, list[Hit]]:
    """The question as one about the matter of the turn before, with the hits for it, where the
    papers of that matter tell what it asks about as well as any; else as it was.

    Args:
        finds: the hits for a question.
        alone: the question by itself. hits: what was found for it.
    """
    following = may_follow(text, history, index.parties)
    if following is None or not following.matter:
        return alone, hits
    near = finds(following)
    if _speaks_of_its_things(index, alone, following):
        return following, near
    matcher = Matcher(alone, index)
    if matcher.coverage(nearest_text(near)) < _AS_WELL * matcher.coverage(nearest_text(hits)):
        return alone, hits
    return following, near


def _speaks_of_its_things(index: Index, alone: Question, following: Question) -> bool:
    """True if a question speaks of "kontraktet", and says not which, where the papers that were
    cited speak of a contract."""
    stems = {stem for word in definite_nouns(alone) for stem in analyser().terms(word).stems}
    if not stems:
        return False
    told = analyser().terms(" ".join(_cited(index, *place) for place in following.focus))
    return stems <= {*told.stems, *told.parts}


def _cited(index: Index, file: str, part_id: str) -> str:
    """The text of a paper that was cited; of minutes that of the § alone."""
    stored = index.document(file)
    if stored is None:
        return ""
    part = next((part for part in stored.parts if part.id == part_id), None)
    if part is not None and part.kind is PartKind.PARAGRAPH:
        return stored.document.text[part.start : part.end]
    return stored.document.text


def _of_matter(hit: Hit, question: Question) -> bool:
    """True for a hit in a paper of the matter: of minutes only the §§ that were cited."""
    place = (hit.passage.file, hit.passage.part)
    return place in question.focus or hit.passage.kind is not PartKind.PARAGRAPH
