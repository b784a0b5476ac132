"""False premises: what a question takes for granted and the papers contradict."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose import Draft
from assistant.compose.by_hand import title_span
from assistant.compose.by_voters import told_by_name
from assistant.compose.choose import having, of, suited
from assistant.compose.phrasing import framed
from assistant.compose.scene import PROPOSALS, Place
from assistant.question import Question
from ingest.grammar.names import find_people
from ingest.grammar.parties import party_letters
from ingest.parts import Part, PartKind
from ingest.records import Demand, Person, Record, Reservation, Vote, Yrkande

_RESERVED = re.compile(
    r"^(?:varför|hur motiverade?)\b.*\b(?:reserverade? sig|sin reservation)\b|"
    r"^vad (?:skrev|anförde|framförde|sade|sa|angav)\b.{2,60}\bi sin (?:skriftliga )?reservation\b",
    re.IGNORECASE,
)
_MOVED = re.compile(r"^varför (?:yrkade|röstade)\b.*\b(bifall|avslag)\b", re.IGNORECASE)
_VOTED = re.compile(
    r"^(?:varför|hur motiver\w+|why did)\b.{0,60}?\b(?:röstade|röstat|voted?)\b"
    r".{0,40}?\b(för|ja|for|emot|mot|nej|against)\b",
    re.IGNORECASE,
)
_ABSTAINED = re.compile(
    r"^(?:varför|hur motiver\w+|why did)\b.{0,60}?\b(?:avstod|lade .{0,30}?ne[dr] sin|abstain)",
    re.IGNORECASE,
)
_TIED = re.compile(
    r"\butslagsröst|\b(?:röst\w*|omröstning\w*|votering\w*)\b.{0,40}\blika\b(?! många)|"
    r"\b(?:stod|blev|slutade) (?:det )?lika\b(?! många)|\bcasting vote|\btied vote|"
    r"\bvote .{0,30}\btied?\b",
    re.IGNORECASE,
)
"""A vote is said to have been a tie."""
_AYES = ("för", "ja", "for")
_THINGS = ("motion", "yrkande", "initiativ")
"""What is voted about; a vote about one of them says nothing of another."""
_CONTRARY = {"bifall": "avslag", "avslag": "bifall"}
_SIGNED = re.compile(
    r"^varför (?:skrev|undertecknade|stod)\b|"
    r"^(?:varför|hur motiverade?|vilka skäl)\b.{0,60}\b(?:skrev|skrivit|undertecknade|väckte|"
    r"lade fram)\b.{0,30}\b(?:motion|initiativ|interpellation|fråg)",
    re.IGNORECASE,
)


_PROPOSED = re.compile(
    r"^(?:varför|hur motiver\w+|(?:med |av )?vilka (?:argument|skäl|motiv)|vad hade .{2,40}? för "
    r"(?:skäl|motiv|argument)|why|how did)\b.{0,80}?\b(?:föreslog|föreslår|motioner\w+|väckte|"
    r"s(?:in|itt) (?:motion|krav|förslag|initiativ|idé)|krävde|kräver|ville (?:göra|införa|inrätta|"
    r"bygga|starta|låta|avskaffa|öppna)|för att (?:göra|införa|inrätta|bygga|starta|låta|avskaffa|"
    r"öppna)|proposed?|their (?:motion|demand|proposal))\b",
    re.IGNORECASE,
)
"""Somebody is said to have proposed something."""
_MOTION_OF = re.compile(r"\b[Mm]otion (?:av|från) (?P<who>.{3,160}?) (?:om|angående|gällande)\b")
_AFTER = 30
_SETTLES = re.compile(
    r"\b(?:avslå|avslag|avstyrk|bifall|bifalla|tillstyrk|besvarad|antecknas|återremi|bordlägg)",
    re.I,
)
"""How a motion is settled; nothing of one's own is asked for with that."""
_LOOKED_AT = 4
_OF_ONE = 2
"""Of so many of the best parts so many name one motion, where that is what a question is about."""
_OWN = 0.7
"""A paper of their own that scores this share of the best part may be what is meant."""


def contradiction(question: Question, places: Sequence[Place]) -> list[Draft]:
    """What the papers say instead, or nothing where they do not contradict the question.

    Only where a record says so: who made reservations, who moved or voted what, who signed.
    """
    if tied := _not_tied(question, places):
        return tied
    named = frozenset(question.parties) | {p.split()[-1] for p in question.people}
    if not named:
        return []
    if _RESERVED.search(question.text):
        return _others(question, places, named)
    voted = _VOTED.search(question.text)
    if voted:
        voters = named & _those(voted[0])  # "… röstade för S:s yrkande" says nothing of S's vote
        return _voted_otherwise(question, places, voters, voted[1].lower() in _AYES)
    abstained = _ABSTAINED.search(question.text)
    if abstained:
        return _voted_after_all(question, places, named & _those(abstained[0]))
    moved = _MOVED.search(question.text)
    if moved:
        return _otherwise(question, places, named, moved[1].lower())
    if _SIGNED.search(question.text) and (told := _unsigned(question, places, named)):
        return told
    proposed = _PROPOSED.search(question.text)
    if proposed is None:
        return []
    said = question.text[: proposed.end() + _AFTER]  # "Varför föreslog Moderaterna …"
    return _somebody_elses(question, places, named & _those(said))


def _not_tied(question: Question, places: Sequence[Place]) -> list[Draft]:
    """The votes of the very § that is asked about, where the question takes for granted that one
    was a tie and none was."""
    if "vote" not in question.kinds or not _TIED.search(question.text):
        return []
    best = places[0] if places else None
    votes = [v for v in of(best.part, Vote) if isinstance(v, Vote)] if best else []
    if best is None or any(v.casting_vote or v.yes is None or v.yes == v.no for v in votes):
        return []
    if _TIED.search(best.document.text[best.part.start : best.part.end]):
        return []
    return [_told(best, vote, question) for vote in votes[:2]]


def _others(question: Question, places: Sequence[Place], named: frozenset[str]) -> list[Draft]:
    """The reservations in the matter, if none of them is by those whom the question names."""
    found = suited(question, places, having(Reservation))
    for place in sorted(found, key=lambda each: -each.score)[:1]:  # whoever is named in it
        records = of(place.part, Reservation)
        if not any(named & _hands(record) for record in records):
            return [_told(place, record, question) for record in records[:3]]
    return []


def _voted_otherwise(
    question: Question, places: Sequence[Place], named: frozenset[str], asserted: bool
) -> list[Draft]:
    """The vote, if those named gave theirs to the other side. Only where one side of it rejects and
    the other approves the very thing that the question names."""
    for place in suited(question, places, having(Vote))[:1]:
        sides = [
            (favours, vote)
            for vote in of(place.part, Vote)
            if isinstance(vote, Vote)
            and (yes := _yes_favours(vote.yes_means or "", vote.no_means or "", question))
            is not None
            for favours, voters in (
                (yes, _names(vote.yes_voters, vote.yes_parties)),
                (not yes, _names(vote.no_voters, vote.no_parties)),
            )
            if named & voters
        ]
        if sides and all(favours is not asserted for favours, _ in sides):
            return [_told(place, sides[0][1], question)]
    return []


def _voted_after_all(
    question: Question, places: Sequence[Place], named: frozenset[str]
) -> list[Draft]:
    """The vote with the votes of those named, if they gave one and are not said to abstain."""
    for place in suited(question, places, having(Vote))[:1]:
        for vote in of(place.part, Vote):
            assert isinstance(vote, Vote)
            abstained = _names(vote.abstainers, vote.abstaining_parties)
            voted = [p for p in (*vote.yes_voters, *vote.no_voters) if named & _names([p], ())]
            if voted and not named & abstained:
                return [_told(place, vote, question), *told_by_name(place, vote, voted)]
    return []


def _those(text: str) -> set[str]:
    """Parties and surnames that a text names."""
    people = find_people(text, bare=True)
    return {*party_letters(text)} | {person.name.split()[-1] for person in people}


def _yes_favours(yes: str, no: str, question: Question) -> bool | None:
    """Whether a yes favours what the question names; None where the vote does not say so itself.

    "Bifall till Siri Lunds yrkande" may be to reject a motion: only where the other side is plain
    rejection is it known what was approved, and by whom it was moved if not by those named.
    """
    rejecting = [bool(re.match(r"avslag\b", means, re.IGNORECASE)) for means in (yes, no)]
    approving = no if rejecting[0] else yes
    named = next((thing for thing in _THINGS if thing in question.asks.lower()), None)
    thing = re.match(r"bifall till (?:tilläggs)?(\w+)", approving, re.IGNORECASE)
    if rejecting[0] == rejecting[1] or named is None or thing is None:
        return None
    if not thing[1].lower().startswith(named):
        return None
    return rejecting[1] if set(party_letters(approving)) <= set(question.parties) else None


def _names(people: Sequence[Person], parties: Sequence[str]) -> set[str]:
    """Parties and surnames of those who voted."""
    surnames = {person.name.split()[-1] for person in people}
    return {*parties, *surnames} | {person.party for person in people if person.party}


def _otherwise(
    question: Question, places: Sequence[Place], named: frozenset[str], stance: str
) -> list[Draft]:
    """What those named moved, if it was not what the question says."""
    for place in suited(question, places, having(Yrkande))[:1]:
        own = [r for r in of(place.part, Yrkande) if named & _hands(r)]
        against = [r for r in own if _opposes(r, question, stance)]
        if against:
            return [_told(place, record, question) for record in against[:2]]
        if own and not any(isinstance(r, Yrkande) and r.stance == stance for r in own):
            return [_told(place, record, question) for record in own[:2]]
    return []


def _opposes(record: Record, question: Question, stance: str) -> bool:
    """True if the record moves the contrary of what the question names: "avslag på motionen" where
    it says "bifall till motionen"."""
    named = re.search(rf"\b{stance} (?:till|på|av) (\w+)", question.text, re.IGNORECASE)
    if named is None:
        return False
    thing = re.escape(named[1])
    said = " ".join(record.text.split())
    other = _CONTRARY[stance]
    return not re.search(rf"\b{stance} (?:till|på|av) {thing}", said, re.IGNORECASE) and bool(
        re.search(rf"\b{other} (?:till|på|av) {thing}", said, re.IGNORECASE)
    )


def _unsigned(question: Question, places: Sequence[Place], named: frozenset[str]) -> list[Draft]:
    """The signatures of the paper, if none of the parties named stands behind it."""

    def signed(part: Part) -> bool:
        return bool(part.authors) and bool(part.parties)

    for place in suited(question, places, signed)[:1]:
        hands = {*place.part.parties, *(a.name.split()[-1] for a in place.part.authors)}
        if not named & hands:
            first = min(a.start for a in place.part.authors)
            last = max(a.end for a in place.part.authors)
            if last - first < 400:
                source = place.source(first, last)
                return [framed(place, source, question.language, "from", "fact")]
    return []


def _somebody_elses(
    question: Question, places: Sequence[Place], named: frozenset[str]
) -> list[Draft]:
    """What those named moved about the motion that the best parts are about, or its title, if
    others wrote it and no proposal of their own is near."""
    titled = [(p, _MOTION_OF.search(p.part.title)) for p in places[:_LOOKED_AT]]
    whose = [(place, match["who"]) for place, match in titled if match]
    if not named or not whose:
        return []
    place, who = whose[0]
    hands = _those(who)
    same = [other for _, other in whose if _those(other) & hands]
    if not hands or named & hands or len(same) < _OF_ONE or _has_its_own(places, named, hands):
        return []
    against = [
        (other, record)
        for other in places
        if (of_it := _MOTION_OF.search(other.part.title)) and _those(of_it["who"]) & hands
        for record in of(other.part, Yrkande)
        if named & _hands(record) and getattr(record, "stance", None) == "avslag"
    ]
    if against:
        return [_told(*against[0], question)]
    span = title_span(place)
    source = place.source(span.start, span.end) if span else None
    return [framed(place, source, question.language, "from", "fact")] if source else []


def _has_its_own(places: Sequence[Place], named: frozenset[str], hands: set[str]) -> bool:
    """True if a proposal by those named is near that asks for more than how to settle the motion of
    the others."""
    return any(
        place.part.kind in PROPOSALS
        and place.score >= _OWN * places[0].score
        and named & {*place.part.parties, *(a.name.split()[-1] for a in place.part.authors)}
        and (not hands & _those(place.part.title) or place.part.kind is not PartKind.YRKANDE)
        and any(not _SETTLES.search(record.text) for record in of(place.part, Demand))
        for place in places
    )


def _hands(record: Record) -> set[str]:
    """Parties and surnames of a record."""
    people = getattr(record, "people", ())
    parties = set(getattr(record, "parties", ())) | {p.party for p in people if p.party}
    return parties | {person.name.split()[-1] for person in people}


def _told(place: Place, record: Record, question: Question) -> Draft:
    roles = {Reservation: "reservation", Vote: "fact"}
    role = roles.get(type(record), "proposal")
    return framed(place, place.record_source(record), question.language, "from", role)
