"""The extractive composer: verbatim quotations in short frames, and no model at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.compose import Draft, Library
from assistant.compose.by_decision import decision
from assistant.compose.by_election import election
from assistant.compose.by_exchange import inquired
from assistant.compose.by_meeting import meeting
from assistant.compose.by_record import BY_KIND
from assistant.compose.by_sentence import by_sentence
from assistant.compose.by_side import compare, opinion
from assistant.compose.by_who import put_up, who
from assistant.compose.choose import Scene
from assistant.compose.hearing import hearing, spoken_of
from assistant.compose.matching import Matcher
from assistant.compose.scene import Place, places
from assistant.compose.shape import dates_something, says_what_is_asked
from assistant.question import Question
from assistant.search import Hit
from assistant.several import parts_of
from assistant.verify.source import Source
from ingest.parts import PartKind

_BY_KIND = BY_KIND | {"who": who, "compare": compare, "opinion": opinion}
_EXACT = ("vote", "abstention", "recusal", "reservation")
_WIDE = ("demand", "decision", "timeline")
"""Who voted how is not answered by what was decided or demanded."""
_THEIRS = ("demand", "opinion")
_A_PART = 260
"""How much a further part of a question may add to it."""
_FULL = 640
"""Once an answer from records is this long, in characters, sentences add nothing to it."""


class Extractive:
    """Answers from records where the question asks for what a record holds, else from sentences."""

    name = "extractive"
    at_once = True

    def compose(self, question: Question, hits: Sequence[Hit], library: Library) -> Iterator[Draft]:
        """Drafts in reading order; none where nothing was found."""
        found = places(hits, library)
        if not found:
            return
        matcher = Matcher(question, library)
        scene = Scene(question, found, library, matcher)
        if held := list(meeting(scene)):
            yield from held
            return
        drafts = list(_of_each(scene)) or list(_from_records(scene))
        yield from drafts
        used = sum(len(draft.text) for draft in drafts)
        if not drafts:
            heard = hearing(scene)
            yield from by_sentence(question, heard.places, library, named=heard.named)
            return
        said = [source for draft in drafts for source in draft.sources]
        files = {source.file for source in said}
        near = [
            place
            for place in found
            if any(_stands_in(place, s) for s in said)
            or (place.document.file in files and place.score >= 0.8 * found[0].score)
        ]
        if used < _FULL and _leaves_open(question):
            yield from by_sentence(question, near, library, said=said, budget=_FULL - used)
        elif used < _FULL and near:
            for further in _further(question):
                yield from by_sentence(further, near, library, said=said, budget=_A_PART)


def _of_each(scene: Scene) -> Iterator[Draft]:
    """Where a question asks what was decided or demanded and then who voted, stood aside or
    reserved themselves, or what was demanded and then what became of it: each by its own records.
    Nothing where a part finds none."""
    parts = parts_of(scene.question)
    if len(parts) < 2:
        return
    first, last = parts[0].kind, parts[-1].kind
    by_records = last in _EXACT or (first, last) == ("demand", "decision")
    if first in _EXACT or not by_records:
        return
    told = [list(_from_records(replace(scene, question=part))) for part in (parts[0], parts[-1])]
    if all(told):
        yield from (draft for drafts in told for draft in drafts)


def _from_records(scene: Scene) -> Iterator[Draft]:
    """The drafts of the first kind that the question asks for and the records can answer."""
    kinds = scene.question.kinds
    days = [part for part in parts_of(scene.question) if part.kind == "when"]
    if kinds[0] == "why" or len(days) > 1:
        return  # no record holds a reason, and none two days of different things
    if kinds[0] == "who" and (lines := list(election(scene))):
        yield from lines
        return
    if kinds[0] == "who" and put_up(scene.question):
        return  # of a hundred who are proposed, the one for the office asked about
    if kinds[0] in ("open", "demand") and (asked := list(inquired(scene))):
        yield from asked
        return
    for kind in kinds if kinds[0] not in _EXACT else (k for k in kinds if k not in _WIDE):
        drafts = list(_BY_KIND[kind](scene)) if kind in _BY_KIND else []
        if drafts and kind in _THEIRS and not _theirs(scene, drafts):
            continue
        if (
            kinds[0] == "when"
            and kind == "demand"
            and not any(map(dates_something, _quoted(drafts)))
        ):
            continue
        if drafts and says_what_is_asked(scene.question, _quoted(drafts)):
            yield from drafts
            return
    audit = PartKind.AUDIT in scene.question.papers  # what the auditors say of a board
    if kinds == ("open",) and scene.question.bodies and not scene.question.matter and not audit:
        yield from decision(scene, noting=False)


def _theirs(scene: Scene, drafts: Sequence[Draft]) -> bool:
    """False where a further question asks what a party wants, its own words are at hand, and the
    drafts quote somebody else's."""
    named = set(scene.question.parties)
    if not (scene.question.matter and named and spoken_of(scene).places):
        return True
    said = ((s, scene.library.document(s.file)) for draft in drafts for s in draft.sources)
    parts = (stored.part_at(source.start) for source, stored in said if stored)
    return any(named & {*part.parties} for part in parts if part)


def _further(question: Question) -> list[Question]:
    """What a question asks after its first part and no record holds: "Vad krävde motionen, och
    vilken stad nämns som förebild?"."""
    return [
        part
        for part in parts_of(question)[1:]
        if not set(part.kinds) & {*_EXACT, *_WIDE, "compare", "who"}
    ][:1]


def _quoted(drafts: Sequence[Draft]) -> list[str]:
    return [source.text for draft in drafts for source in draft.sources]


def _stands_in(place: Place, source: Source) -> bool:
    part = place.part
    return place.document.file == source.file and part.start <= source.start < part.end


def _leaves_open(question: Question) -> bool:
    """True if the question asks for more than the drafts say: a reason, a date, an amount."""
    asked = {"why", "when", "amount"} & set(question.kinds)
    listed = {"demand", "compare", "timeline"} & {question.kind}
    return bool(asked) and not listed
