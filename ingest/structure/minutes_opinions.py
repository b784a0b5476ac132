"""Reservations, särskilda yttranden, abstentions, jäv, and who takes the chair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.grammar.names import FoundPerson, shared_party
from ingest.grammar.parties import find_parties, party_letters
from ingest.records import Abstention, Attendance, Person, Record, Recusal, Reservation, Statement
from ingest.structure.minutes_sections import Section
from ingest.structure.minutes_text import Stretch, one_line, statements

_RESERVES = re.compile(
    r"\breserver(?:ar|ade|at)\s+(?:sig|oss)\b|\b(?:skriftlig\w*|muntlig\w*)\s+reservation\w*\b|\b"
    r"(?:anmäler|lämnar|inkommer\s+med|lämnade|anmälde|avger|avgav)\s+"
    r"(?:\w+\s+){0,3}reservation\w*"
    r"|\breservation\w*\s+(?:lämnas|anmäls|inkom|har\s+lämnats|avges|anmäles)\b|\breservation(?:er)?\s+(?:från|av)\s|\bsig\s+reserver"
    r"(?:ar|ade)\b|\breserver(?:ar|ade)\s+(?=[A-ZÅÄÖ]|ledamöterna|ordföranden)",
    re.IGNORECASE,
)
_FAVOUR = re.compile(
    r"(?:till\s+förmån\s+för|till\s+fördel\s+för|i\s+enlighet\s+med|enligt)\s+(?P<what>(?:"
    r"(?!\bmed\s+följande\b|\boch\s+anmäler\b)[^.:])+)",
    re.DOTALL,
)
_STATES = re.compile(
    r"\b(?:antecknar|antecknas|anteckna)\b[^.]{0,60}?\b(?:som\s+)?(?:yttrande"
    r"|protokollsanteckning|särskilt\s+yttrande|till\s+protokollet|följande)\b"
    r"|\b(?:lämnar|lämnade|anmäler|anmälde|avger|avgav|inkommer\s+med|inkom\s+med|begär"
    r"|har\s+lämnat|får\s+(?:lämna|anteckna))\b[^.]{0,80}?\b(?:särskil(?:t|da)\s+yttrande\w*"
    r"|protokollsanteckning\w*|ersättaryttrande\w*|röstförklaring\w*|skriftligt\s+yttrande"
    r"|protokollsyttrande\w*|anteckning\w*\s+till\s+protokollet)"
    r"|\b(?:särskil(?:t|da)\s+yttrande\w*|protokollsanteckning\w*|ersättaryttrande\w*)\s+"
    r"(?:lämnas|anmäls|från|av|har\s+lämnats)\b|\bsärskilt\s+uttalande\s+(?:gjordes|görs|avgavs|lämnades)\s+av\b"
    r"|\btill\s+protokollet\s+(?:antecknas|noteras|lämnas|anmäler|anförs)\b",
    re.IGNORECASE | re.DOTALL,
)
_ABSTAINS = re.compile(
    r"\b(?:deltar|deltog|delta|deltagit|deltager)\s+(?:därmed\s+|således\s+|därför\s+)?(?:inte|ej"
    r"|icke)\s+i\b(?!\s+(?:omröstning|votering))[^.]{0,30}?\bbeslut\w*"
    r"|\b(?:inte|ej)\s+(?:deltar|deltog|deltagit|deltagande|delta)\b[^.]{0,40}?\bbeslut\w*|\bavst"
    r"(?:år|od|ått)\s+från\s+att\s+delta\s+i\s+(?:beslut\w*|ärendet)"
    r"|\bdeltar\s+(?:inte|ej)\b(?=\s*(?:\.|$))"
    r"|\b(?:deltar|deltog)\s+(?:inte|ej)\b(?=\s(?-i:[A-ZÅÄÖ])[^.]{3,300}?\bi\s+beslut)",
    re.IGNORECASE | re.DOTALL,
)
_TO_THE_MINUTES = re.compile(r"\banteckning\w*\s+till\s+protokollet\b", re.IGNORECASE)
_SPEAKS = 20  # characters from the verb to who speaks for a group: "För S anmäler Anna Ek …"
# Announced for a case that may not come, or promised: neither has happened yet.
_IF = re.compile(r"\bför\s+det\s+fall\b|\bom\s+[^.]{0,60}\b(?:faller|avslås|bifalls)\b", re.DOTALL)
_ITSELF = re.compile(r"\breserver(?:ar|ade|at)\s+(?:sig|oss)\b")
_NONE_CAME = re.compile(r"\bhar\s+ingen\s+\w+\s+reservation")
_INTENDS = re.compile(r"\bavser\s+(?:att\s+)?(?:inkomma|lämna|återkomma)\b")
_JAV = re.compile(r"\bjäv(?:ig|iga|s)?\b", re.IGNORECASE)
_NO_JAV = re.compile(
    r"\b(?:ingen|inga|inget|inte\s+jävig|jävsprövning|jävsregl\w*|jävsfråg\w*)\b|\bej\s+jävig",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:deltar|deltog|delta)\s+(?:\w+\s+)?(?:inte|ej)\b|\banmäl(?:er|de|t)\b|\blämna(?:r"
    r"|de)\b|\bpå\s+grund\s+av\b|\bjävig\b|\binträd(?:er|de)\b|\bp\.?g\.?a\b|\bavvik(?:er|it)\b"
    r"|\bför\s+jäv\b",
    re.IGNORECASE,
)
_CHAIR = re.compile(
    r"(?P<role>[Tt]jänstgörande\s+ordförande\w*|[Mm]ötesordförande\w*|(?:[Ff]örste|[Ff]örsta"
    r"|[Aa]ndre|[Aa]ndra|[Tt]redje|[123]:[ea])\s+vice\s+ordförande\w*|[Vv]ice\s+ordförande\w*"
    r"|[Ll]edamoten|[Åå]lderspresident\w*)?,?\s*$"
)
_TAKES_CHAIR = re.compile(
    r"^\s*(?:,\s*[\wåäö: ]+,)?\s*(?:led(?:er|de)|överta(?:r|og)|inträd(?:er|de)\s+som"
    r"|tjänstg(?:ör|jorde)\s+som"
    r"|g(?:år|ick)\s+in\s+som|är|var|t(?:ar|og)\s+över|träd(?:er|de)\s+in\s+som"
    r"|fungera(?:r|de)\s+som|uts(?:es|ågs)\s+till)\s+(?:\w+\s+){0,3}?"
    r"(?:ordförande\w*|sammanträdet|mötet|ärendet|förhandlingarna|ordförandeskapet|klubban)\b"
)
_ACTING = re.compile(r"(?i)^(?:tjänstgörande ordförande|mötesordförande)")


@dataclass(frozen=True, slots=True)
class _Voices:
    """Who speaks in a sentence."""

    people: tuple[Person, ...]
    parties: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.people or self.parties)


def opinions(section: Section) -> Iterator[Record]:
    """The reservations, statements, abstentions and recusals that a section tells."""
    stretch, found = section.body, 0
    for start, end in statements(stretch.text):
        record = _sentence(section, start, end)
        if record is not None:
            found += 1
            yield record
    if not found:
        yield from _by_heading(section)


def _sentence(section: Section, start: int, end: int) -> Record | None:
    stretch = section.body
    text = stretch.text[start:end]
    if section.kind in ("procedure", "vote", "papers", "earlier", "sent_to", "proposal") and not (
        _JAV.search(text) or (_RESERVES.search(text) and section.kind in ("vote", "procedure"))
    ):
        return None
    if _JAV.search(text) and not _NO_JAV.search(text) and _LEAVES.search(text):
        voices = _voices(stretch, start, end)
        return stretch.record(Recusal, start, end, people=voices.people) if voices.people else None
    if (m := _ABSTAINS.search(text)) and not _IF.search(text):
        return _made(stretch, start, end, m, Abstention)
    promised = _INTENDS.search(text) and not _ITSELF.search(text)
    if (m := _RESERVES.search(text)) and not promised and not _NONE_CAME.search(text):
        return _reservation(stretch, start, end, m)
    if (
        (m := _STATES.search(text))
        and not _INTENDS.search(text)
        and (section.kind not in ("summary", "debate") or _TO_THE_MINUTES.search(m[0]))
    ):
        return _made(stretch, start, end, m, Statement)
    return None


def _made(
    stretch: Stretch,
    start: int,
    end: int,
    verb: re.Match[str],
    cls: type[Abstention] | type[Statement],
) -> Record | None:
    voices = _voices(stretch, start, end, verb)
    if not voices:
        return None
    return stretch.record(cls, start, end, people=voices.people, parties=voices.parties)


def _reservation(stretch: Stretch, start: int, end: int, verb: re.Match[str]) -> Reservation | None:
    voices = _voices(stretch, start, end, verb)
    if not voices:
        return None
    return stretch.record(
        Reservation,
        start,
        end,
        people=voices.people,
        parties=voices.parties,
        in_favour_of=_favour(stretch.text[start:end]),
    )


def _favour(text: str) -> str | None:
    m = _FAVOUR.search(text)
    if not m or re.match(r"\s*(?:följande|bilaga)", m["what"]):
        return None
    return one_line(m["what"]).strip(" ,") or None


def _voices(stretch: Stretch, start: int, end: int, verb: re.Match[str] | None = None) -> _Voices:
    """Who speaks: the people and parties before the verb, or after it where none stand before."""
    text = stretch.text[start:end]
    people = shared_party(stretch.people(start, end, bare=True), text)
    people = [p for p in people if p.party or p.role or p.whole_end > p.end]
    if verb is None:
        return _of(stretch, people, (), start)
    before = [p for p in people if p.start < verb.start()]
    parties = _parties(stretch, text[: verb.start()], before)
    if before or parties:
        speaker = [p for p in people if not before and 0 <= p.start - verb.start() < _SPEAKS]
        return _of(stretch, before or speaker, parties, start)
    stop = re.search(
        r"till\s+(?:förmån|fördel)|mot\s+beslut|enligt\b|,\s*(?:som|vilket)|:", text[verb.end() :]
    )
    limit = verb.end() + (stop.start() if stop else len(text))
    after = [p for p in people if verb.end() - 40 <= p.start < limit]
    tail = text[verb.start() : limit]
    return _of(stretch, after, _parties(stretch, tail, after, verb.start()), start)


def _of(
    stretch: Stretch, people: list[FoundPerson], parties: tuple[str, ...], start: int
) -> _Voices:
    letters = dict.fromkeys([*(p.party for p in people if p.party), *parties])
    return _Voices(tuple(stretch.person(p, start) for p in people), tuple(letters))


def _parties(
    stretch: Stretch, text: str, people: list[FoundPerson], offset: int = 0
) -> tuple[str, ...]:
    found = [
        party.letters
        for party in find_parties(text, stretch.local)
        if not any(p.start <= party.start + offset < p.whole_end for p in people)
        and text[max(0, party.start - 1) : party.start] != "("
    ]
    bare = re.match(r"\s*(?:[Ff]ör\s+)?([A-ZÅÄÖ]{1,3})\s*$", text)
    return tuple(dict.fromkeys(found)) or (party_letters(bare[1], stretch.local) if bare else ())


_CLASSES: dict[str, type[Reservation] | type[Statement] | type[Abstention] | type[Recusal]] = {
    "reservation": Reservation,
    "statement": Statement,
    "abstention": Abstention,
    "recusal": Recusal,
}


def _by_heading(section: Section) -> Iterator[Record]:
    """A section whose heading says it all: "Reservation" over a list of names or parties."""
    cls = _CLASSES.get(section.kind)
    if cls is None:
        return
    named = _named_in_heading(section)
    stretch = section.body
    first = stretch.text.strip().split("\n\n")[0]
    if not first and not named:
        return
    at = stretch.text.find(first)
    promised = _INTENDS.search(first) and not _ITSELF.search(first)
    if promised or re.match(r"(?i)\s*(?:ingen|inga|-|–)\b", first):
        return
    limit = at + (len(first) if len(first) < 300 else 300)
    voices = _voices(stretch, at, limit) if not named else _Voices((), named)
    if not voices.people and not named:
        voices = (
            _Voices((), party_letters(stretch.text[at:limit], stretch.local))
            if len(first) < 200
            else voices
        )
    if not voices:
        return
    values = (
        {"people": voices.people}
        if cls is Recusal
        else {"people": voices.people, "parties": voices.parties}
    )
    if cls is Recusal and not voices.people:
        return
    yield stretch.record(cls, at, at + len(first), **values)


def _named_in_heading(section: Section) -> tuple[str, ...]:
    """ "Reservation från SD" and "Särskilt yttrande (V)" name the parties in the heading."""
    return party_letters(section.label) if " " in section.label else ()


def chairs(paragraph: Stretch) -> Iterator[Attendance]:
    """Who led the handling of a § in somebody else's place, each once."""
    text, seen = paragraph.text, set()
    for found in paragraph.people():
        before = _CHAIR.search(text[max(0, found.start - 45) : found.start])
        role = one_line(before["role"] or "").casefold() if before else ""
        takes = _TAKES_CHAIR.match(text[found.whole_end : found.whole_end + 120])
        acting = _ACTING.match(role) and re.match(
            r"\s*(?:ställer|finner|leder|\w+\s+ställer)", text[found.whole_end :]
        )
        if (takes or acting) and found.name not in seen:
            seen.add(found.name)
            end = found.whole_end + (takes.end() if takes else 0)
            yield paragraph.record(
                Attendance,
                found.start,
                end,
                name=found.name,
                party=found.party,
                role="tjänstgörande ordförande",
            )
