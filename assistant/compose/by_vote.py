"""What a vote was about and how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.compose import Draft
from assistant.compose.by_voters import asks_names, names_begin, voters
from assistant.compose.choose import Scene, by_body_named, having, of, of_the_matter, related
from assistant.compose.phrasing import bare, framed
from assistant.compose.points import meeting_best
from assistant.compose.scene import PROPOSALS, Place
from assistant.verify.source import Source
from ingest.grammar.parties import party_letters
from ingest.parts import PartKind
from ingest.records import Record, Vote
from ingest.sentences import sentences

_CASTING = re.compile(r"\b[A-ZÅÄÖ][^.]*\butslagsröst\b[^.]*\.")
_EQUAL = re.compile(r"\butslagsröst|\blika\b|\bcasting\b|\btie", re.IGNORECASE)
_LAST = re.compile(
    r"\b(?:sista|slutliga|avgörande|last|final)\b|\bslut(?:votering|omröstning)",
    re.IGNORECASE,
)
_MAIN = re.compile(r"\bhuvud(?:votering|omröstning)", re.IGNORECASE)
_ABOVE = 500
"""A vote is known as the main one by what stands so far above it, in characters."""
_FIRST = re.compile(r"\b(?:första|first)\b", re.IGNORECASE)
_WORDING = 30
_LONGEST = 400
"""By how many characters of it a meaning is known, and how long its sentences may be."""
_CARRIED = re.compile(
    r"\bigenom\b|\bf(?:ick|å|ått)\b.{1,40}\bmed sig\b|\bsom (?:de|han|hon) ville\b|"
    r"\b(?:get|got) (?:its|their|his|her) way\b",
    re.IGNORECASE,
)
"""Whether somebody had their will is asked."""
_ENDED = re.compile(
    r"\bhur (?:gick|slutade|blev) (?:det|ärendet|frågan|saken|den|motionen|förslaget|yrkandet)\b|"
    r"\bhow did .{1,60}\b(?:go|end|turn out|fare)\b|\bwhat (?:became|happened)\b",
    re.IGNORECASE,
)
"""How a matter ended is asked, and the vote was its end."""
_BOARD = re.compile(r"\b(?:kommun)?styrelsen(?:s)?\b|\bexecutive (?:board|committee)\b", re.I)
_BOARDS = re.compile(r"\bkommunstyrelsens förslag\b", re.IGNORECASE)
"""The executive board, and what it had proposed to the council."""
_VOTED = re.compile(r"\bhur röstade\b|\bdid .* vote\b", re.IGNORECASE)
"""How those named voted is asked, and not what became of theirs."""
_BECAME = re.compile(
    r"\b(?:avslå|avslår|avslog|avslagit|avslagits|bifalla|bifaller|bifallit|bifallits|fallit)\b[^.]{0,40}"
    r"\b\w*(?:yrkande|förslag)\w*(?: från)? (?P<whose>[^.]{1,40})|"
    r"\b(?:yrkande|förslag)\w* från (?P<taken>[^.]{1,40}?)(?: den \d+ \w+ \d{4})? (?:åter|dra)\w*",
    re.IGNORECASE,
)
_HOW_COME = re.compile(
    r"\bhur kunde\b|\bhur kom(?:mer)? det sig\b|\bvarför\b|\btrots\b|\bändå\b|\bhow could\b|"
    r"\bwhy\b|\bhow come\b",
    re.IGNORECASE,
)
_MINORITY = re.compile(r"[A-ZÅÄÖ][^.]*\bminoritetsåterremiss\w*\b[^.]*\.", re.IGNORECASE)
"""It is asked how a matter could be referred back, and how minutes tell it."""
_ASKS_OFF = re.compile(
    r"\bskicka\w* (?:\w+ )?tillbaka\b|\båterremi|\bskjuta upp\b|\bsköts? upp\b|"
    r"\bavgöra\w* .{0,30}\b(?:direkt|genast|i ?dag|samma dag|på en gång)\b|"
    r"\bsen[dt] (?:\w+ )?back\b|\brefer\w* (?:\w+ )?back\b|\bpostpone",
    re.IGNORECASE,
)
_OFF = re.compile(r"\båterremi|\bbordlägg|\bavgöra?s (?:i ?dag\b|vid dagens)", re.IGNORECASE)
"""Whether a matter was settled at once or sent back, as it is asked and told in a vote."""
_AS_NEAR = 0.8
_AFTER = 600
"""How far after a vote, in characters, its outcome is told."""


def vote(scene: Scene) -> Iterator[Draft]:
    """The numbers of a vote and what yes and no meant."""
    found = of_the_matter(scene, by_body_named(scene, having(Vote)))
    for place in (_on_putting_off(scene, found) or found)[:1]:
        votes = _in_turn(scene, place, of(place.part, Vote))
        if _ASKS_OFF.search(scene.question.asks):
            votes = [v for v in votes if _puts_off(v)] or votes
        for chosen in meeting_best(scene, _theirs(scene, votes), 2):
            assert isinstance(chosen, Vote)
            names = list(voters(scene, place, chosen))
            whole = asks_names(scene.question) and not names
            source = place.record_source(chosen) if whole else _counted(place, chosen)
            yield framed(place, source, scene.language, "from", "fact")
            yield from _meant(place, chosen)
            yield from names
            if chosen.casting_vote or _EQUAL.search(scene.question.asks):
                yield from _casting(place, chosen)
            if _HOW_COME.search(scene.question.asks):
                yield from _by_a_minority(place)


def _counted(place: Place, vote: Vote) -> Source:
    """The words of a vote, without the names of those who voted each way where they are many."""
    end = names_begin(place, vote)
    return place.record_source(vote) if end == vote.end else place.source(vote.start, end)


def _on_putting_off(scene: Scene, found: Sequence[Place]) -> list[Place]:
    """The §§ with a vote on whether the matter was settled at once, where that is what is asked;
    another § of the same body and day may be of nearly the same matter."""
    if not found or not _ASKS_OFF.search(scene.question.asks):
        return []
    first = found[0]
    alike = [p for p in found if (p.part.body, p.part.date) == (first.part.body, first.part.date)]
    near = [p for p in found if p.score >= _AS_NEAR * first.score]
    return [p for p in (*alike, *near) if any(_puts_off(v) for v in of(p.part, Vote))]


def _puts_off(vote: Record) -> bool:
    """True if a vote was on whether a matter was settled at once or sent back."""
    means = _meanings(vote) if isinstance(vote, Vote) else ""
    return bool(_OFF.search(f"{means} {vote.text}"))


def _by_a_minority(place: Place) -> Iterator[Draft]:
    """The sentence that says that a minority referred the matter back."""
    match = _MINORITY.search(place.document.text, place.part.start, place.part.end)
    if match:
        yield bare(place, place.source(*match.span()), "fact")


def carried(scene: Scene, place: Place, room: int) -> Iterator[Draft]:
    """The vote on what those wanted whom it is asked about, where it is asked whether they got it
    through and a § tells of such a vote: what was decided instead says nothing of theirs. Where it
    is asked how a matter ended, the one vote that ended it, in at most `room` characters."""
    votes = of(place.part, Vote)
    if not _CARRIED.search(scene.question.asks):
        drafts = list(_the_only(place, votes)) if _ENDED.search(scene.question.asks) else []
        yield from drafts if sum(len(draft.text) for draft in drafts) <= room else []
        return
    named = set(scene.question.parties) or _of_focus(scene)
    theirs = _on_theirs(named, votes) or _on_the_boards(scene, votes)
    for chosen in theirs:
        yield bare(place, place.record_source(chosen), "fact")
        yield from _meant(place, chosen)
    if not theirs and named:
        yield from _told_of_theirs(scene, place, named)


def _told_of_theirs(scene: Scene, place: Place, named: set[str]) -> Iterator[Draft]:
    """The sentence of the § or of the board's word to the council that says without a vote what
    became of these parties' proposal."""
    word = [
        other
        for other in related(place, scene.library)
        if other.part.kind is PartKind.COUNCIL_PROPOSAL and other.part.body == place.part.body
    ]
    for one in (place, *word):
        text, part = one.document.text, one.part
        for start, end in sentences(text[part.start : part.end]):
            match = _BECAME.search(text, part.start + start, part.start + end)
            if match and set(party_letters(match["whose"] or match["taken"])) == named:
                source = one.source(part.start + start, part.start + end)
                yield framed(one, source, scene.language, "from", "fact")
                return


def _the_only(place: Place, votes: Sequence[Record]) -> Iterator[Draft]:
    for vote in votes if len(votes) == 1 else ():
        assert isinstance(vote, Vote)
        yield bare(place, place.record_source(vote), "fact")
        yield from _meant(place, vote)


def _in_turn(scene: Scene, place: Place, votes: list[Record]) -> list[Record]:
    """The main, the first or the last of several votes, where the question asks for that one."""
    if _MAIN.search(scene.question.asks):
        text = place.document.text
        main = [v for v in votes if _MAIN.search(text, max(0, v.start - _ABOVE), v.end)]
        return main[-1:] or votes
    if len(votes) > 1 and _LAST.search(scene.question.asks):
        return votes[-1:]
    return votes[:1] if len(votes) > 1 and _FIRST.search(scene.question.asks) else votes


def _theirs(scene: Scene, votes: list[Record]) -> list[Record]:
    """Of several votes the one on what those moved whom the question names, or who wrote the paper
    that the conversation is about; all where no vote says whose proposal it was on."""
    named = set(scene.question.parties) or _of_focus(scene)
    if len(votes) < 2 or _VOTED.search(scene.question.asks):
        return votes
    return [*_on_theirs(named, votes)] or votes


def _on_theirs(named: set[str], votes: Sequence[Record]) -> list[Vote]:
    """The first vote on what these parties moved, at most one."""
    own = [v for v in votes if isinstance(v, Vote) and named and named <= _on_whose(v)]
    return own[:1]


def _on_the_boards(scene: Scene, votes: Sequence[Record]) -> list[Vote]:
    """The first vote on what the executive board had proposed, where a question names the board
    and no party."""
    if scene.question.parties or not _BOARD.search(scene.question.asks):
        return []
    own = [v for v in votes if isinstance(v, Vote) and _BOARDS.search(_meanings(v))]
    return own[:1]


def _of_focus(scene: Scene) -> set[str]:
    """The parties behind the political paper that the conversation is about."""
    stored = ((scene.library.document(file), part) for file, part in scene.question.focus)
    parts = (part for one, id in stored if one for part in one.parts if part.id == id)
    return next((set(part.parties) for part in parts if part.kind in PROPOSALS), set())


def _on_whose(vote: Vote) -> set[str]:
    """The parties that a vote names in what its yes and its no stood for; in its own words too,
    unless these list how each voted."""
    listed = vote.yes_voters or vote.no_voters or vote.yes_parties or vote.no_parties
    words = (_meanings(vote), "" if listed else vote.text)
    return set(party_letters(" ".join(words)))


def _meanings(vote: Vote) -> str:
    """What a yes and a no stood for."""
    return f"{vote.yes_means or ''} {vote.no_means or ''}"


def _meant(place: Place, vote: Vote) -> Iterator[Draft]:
    """The words above a vote that say what a yes and a no stood for, if the vote itself does
    not: numbers alone tell nobody what was decided."""
    if not vote.yes_means or vote.yes_means[:_WORDING] in " ".join(vote.text.split()):
        return
    words = vote.yes_means[:_WORDING].split()
    wording = re.compile(r"\s+".join(map(re.escape, words)))
    text, part = place.document.text, place.part
    for start, end in reversed(list(sentences(text[part.start : vote.start]))):
        if wording.search(text, part.start + start, part.start + end):
            above = text[part.start + start : vote.start].rstrip()
            if len(above) <= _LONGEST:
                yield bare(
                    place,
                    place.source(part.start + start, part.start + start + len(above)),
                    "fact",
                )
            return


def _casting(place: Place, vote: Vote) -> Iterator[Draft]:
    """The sentence that says that the chair's vote decided, where it stands after the vote."""
    text, end = place.document.text, min(place.part.end, vote.end + _AFTER)
    match = _CASTING.search(text, vote.end, end)
    if match:
        yield bare(place, place.source(*match.span()), "fact")
