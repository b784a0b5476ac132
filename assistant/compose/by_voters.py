"""Who voted how, where a list or a table tells it and the sentence about the vote does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.compose import Draft
from assistant.compose.choose import Scene
from assistant.compose.phrasing import bare
from assistant.compose.scene import Place
from assistant.question import Question
from ingest.document import Span
from ingest.records import Person, Vote

_ASKED = re.compile(
    r"\b(?:vilka|vem|vilken|who|which)\b.{0,80}\b(?:röst|avsto|avstå|vote|abstain)|"
    r"\bhur röstade\b|\bröstade (?-i:[A-ZÅÄÖ])|\bhow did\b.{1,60}\bvote\b",
    re.IGNORECASE,
)
"""Who voted, or how somebody did."""
_VOTES = r"\b(?:röst\w*|sa(?:de)?|vot\w+|said)\s+"
_SIDES = (
    ("yes", re.compile(rf"{_VOTES}(?:ja|för|yes|for|in favour)\b|\bja-?röst", re.I)),
    ("no", re.compile(rf"{_VOTES}(?:nej|e?mot|no|against)\b|\bnej-?röst", re.I)),
    ("abstain", re.compile(r"\bavsto|\bavstå|\bne[dr] sin|\babstain", re.I)),
)
"""Which way is asked about."""
_SAID = re.compile(
    r"(?:[^\n]{0,60}?|\s.{0,80}?)\b(?P<how>ja|nej|avst)\w*", re.IGNORECASE | re.DOTALL
)
"""The vote that a row of a list says after a name, cells on lines of their own or not."""
_CROSS = re.compile(r"[^\n]{0,60}?\|\s*x\s*\|", re.IGNORECASE)
"""A row of a table that says it by a cross in a column."""
_CELL = re.compile(r"[^|\n]+")
_PARTY = re.compile(r"\s*\([^()\n]{1,20}\)")
_HEADER = re.compile(r"^[^\n]*\|[^\n]*\bja\b[^\n]*\bnej\b[^\n]*$", re.IGNORECASE | re.MULTILINE)
_SPACED = re.compile(r"[^\n|]{0,60}? {2,}(?P<cross>[xX])[ ]*(?=\n|$)")
_HEADS = re.compile(r"^[^\n|]*\bja\b[^\n|]*\bnej\b[^\n|]*$", re.IGNORECASE | re.MULTILINE)
_SIDE = re.compile(r"\b(?:ja|nej|avst\w*)\b", re.IGNORECASE)
_LIST = 6000
"""The same of a list whose columns spaces keep apart; it may go on over pages."""
_COLUMN = {"yes": "ja", "no": "nej", "abstain": "avst"}
"""The first row of a table, and the heads of its columns."""
_ABOVE = 1500
"""How far above a voter, in characters, the table's first row may stand."""
_WITH_NAMES = 300
"""A vote's words are not quoted with all names in them that are longer than this."""
_NAMES = re.compile(
    r"(?<=[.\n])\s*(?P<lead>(?P<way>Ja|Nej|Avst)\w*(?: röst\w+|-röst\w*)?[^.:]{0,30}:)",
    re.IGNORECASE,
)
"""What stands before the names of those who voted one way, in a vote's own words."""
_MOST = 420
"""How many names are told, in characters."""


def voters(scene: Scene, place: Place, vote: Vote) -> Iterator[Draft]:
    """Those who voted the way asked about, or those whom the question names, each as the list says
    it, or under the head of the column that their cross stands in; nothing where it asks for no
    names, or the vote's own words hold them."""
    asked = _asked(scene.question, vote)
    if sum(person.end - person.start for person in asked) <= _MOST:
        yield from told_by_name(place, vote, asked)


def told_by_name(place: Place, vote: Vote, voters: Sequence[Person]) -> Iterator[Draft]:
    """The rows of these voters, but for those whom the vote's own words name."""
    head: Span | None = None
    for person in voters:
        if vote.start <= person.start < names_begin(place, vote):
            continue
        way = _way(vote, person)
        under = _head(place, person, way) or _lead(place, vote, person, way)
        if under is not None:
            if under != head:
                yield bare(place, place.source(under.start, under.end), "fact")
            row = _named(place, person)
            yield bare(place, place.source(row.start, row.end), "fact")
        elif (said := _SAID.match(place.document.text, person.end)) and (
            said["how"].lower() == _COLUMN[way]
        ):
            yield bare(place, place.source(person.start, said.end()), "fact")
        head = under


def asks_names(question: Question) -> bool:
    """True if it is asked who voted, or how somebody did."""
    return bool(_ASKED.search(question.text))


def names_begin(place: Place, vote: Vote) -> int:
    """Where the names of those who voted each way begin in the words of a vote that are long for
    them; the end of its words where they are not."""
    first = _NAMES.search(place.document.text, vote.start, vote.end)
    long = len(vote.text) > _WITH_NAMES and first is not None and first.start() > vote.start
    return first.start() if first and long else vote.end


def _lead(place: Place, vote: Vote, person: Person, way: str) -> Span | None:
    """What stands before the names among which a voter stands in a vote's own words, if it says the
    way they voted."""
    if not vote.start <= person.start < vote.end:
        return None
    above = list(_NAMES.finditer(place.document.text, vote.start, person.start))
    if not above or not _COLUMN[way].startswith(above[-1]["way"].lower()):
        return None
    return Span(above[-1].start("lead"), above[-1].end("lead"))


def _way(vote: Vote, person: Person) -> str:
    """How somebody voted."""
    if person in vote.yes_voters:
        return "yes"
    return "no" if person in vote.no_voters else "abstain"


def _asked(question: Question, vote: Vote) -> Sequence[Person]:
    """The voters that a question asks about, those who voted alike together."""
    if not asks_names(question):
        return ()
    ways = {"yes": vote.yes_voters, "no": vote.no_voters, "abstain": vote.abstainers}
    every = [person for people in ways.values() for person in people]
    names = {name.split()[-1] for name in question.people}
    own = [p for p in every if p.party in question.parties or p.name.split()[-1] in names]
    if own:
        return own
    asked = [way for way, cue in _SIDES if cue.search(question.asks)]
    return ways[asked[0]] if len(asked) == 1 else every


def _named(place: Place, person: Person) -> Span:
    """A name with its party."""
    party = _PARTY.match(place.document.text, person.end)
    return Span(person.start, party.end() if party else person.end)


def _head(place: Place, person: Person, way: str) -> Span | None:
    """The head of the column in which the cross of a voter stands, if it says the way they voted;
    None where they stand in no table."""
    text = place.document.text
    if (apart := _spaced(text, person, way)) is not None:
        return apart
    crossed = _CROSS.match(text, person.end)
    rows = list(_HEADER.finditer(text, max(0, person.start - _ABOVE), person.start))
    if crossed is None or not rows:
        return None
    cells = list(_CELL.finditer(text, rows[-1].start(), rows[-1].end()))
    column = crossed[0].count("|") - 1
    names = [cell for cell in cells if not cell[0].isspace()]
    if column >= len(names) or not re.match(_COLUMN[way], names[column][0].strip(), re.IGNORECASE):
        return None
    said = names[column]
    at = said.start() + len(said[0]) - len(said[0].lstrip())
    return Span(at, at + len(said[0].strip()))


def _spaced(text: str, person: Person, way: str) -> Span | None:
    """The same where spaces keep the columns apart: the head that is nearest to the cross."""
    crossed = _SPACED.match(text, person.end)
    rows = list(_HEADS.finditer(text, max(0, person.start - _LIST), person.start))
    if crossed is None or not rows:
        return None
    at = crossed.start("cross") - (text.rfind("\n", 0, person.start) + 1)
    heads = list(_SIDE.finditer(rows[-1][0]))
    nearest = min(heads, key=lambda head: abs((head.start() + head.end()) / 2 - at))
    if not re.match(_COLUMN[way], nearest[0], re.IGNORECASE):
        return None
    return Span(rows[-1].start() + nearest.start(), rows[-1].start() + nearest.end())
