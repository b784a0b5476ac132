"""The officials of a tjänsteutlåtande or tjänsteskrivelse: who handled it, who signed it."""

from __future__ import annotations

import re
from typing import Final

from ingest.document import Span
from ingest.records import Person
from ingest.structure.papers_names import NAME, only_names
from ingest.structure.papers_text import lines

_HEAD_SIZE: Final = 600
_EMAIL: Final = re.compile(r"\S+@\S+")
_LABEL: Final = re.compile(
    r"(?i)\b(?:tjänsteutlåtande|tjänsteskrivelse|beslutsunderlag|styrelsehandling"
    r"|informationsunderlag|handläggare|utfärdat|diarienummer"
    r"|diarienr|dnr|ärendenummer|ärendenr|ärende|telefon|e-post|epost|e-mail|reviderat"
    r"|datum|styrelsen|nr|bilaga|förvaltning|kontaktperson|vår referens|er referens"
    r"|sida|tfn|mobil|sammanträde)\b\s*:?"
)
_CODE: Final = re.compile(r"\S*\d[\d\S]*|\([^)]*\)")
_NOT_A_NAME: Final = re.compile(
    r"(?i)\b(?:stad|stads|kommun|kommunen|nämnd\w*|förvaltning\w*|styrelse\w*"
    r"|avdelning\w*|motion|yttrande|remiss\w*|svar|förslag|beslut|ab|fax|växel"
    r"|strategi\w*|utveckling|ekonomi|redovisning|göteborg|vd|chef|ansvarig|kvalitet"
    r"|kommunstyrelsen|utredning|verksamhet\w*|revider\w*|ärende\w*|\w*skrivelse"
    r"|\w*ledningen|\w*regionen\w*|\w*förbund\w*|finans\w*|bolagsansvarig|direktör"
    r"|jurist)\b"
)
_TITLE: Final = re.compile(
    r"(?:[Tt]f\.? |T\.f\.? |[Bb]iträdande |[Ss]tf |Stf\.? )?(?:[\w/-]*[Dd]irektör"
    r"|\w*[Cc]hef|VD|Vd|Verkställande direktör|\w*[Ss]ekreterare|\w*[Jj]urist"
    r"|\w*ledare|\w*[Ss]trateg|\w*[Hh]andläggare|\w*samordnare|\w*arkitekt"
    r"|\w*[Kk]amrer|[Rr]ektor|\w*controller|\w*[Uu]tredare|\w*ansvarig)\b"
)
_NAME: Final = re.compile(NAME)
_HANDLED: Final = re.compile(r"andläggare|år referens")


def handlers(text: str, start: int, end: int) -> list[Person]:
    """The handläggare that the head of the paper names, beside the labels of its table."""
    stop = min(start + _HEAD_SIZE, end)
    mail = list(_EMAIL.finditer(text, start, min(start + 450, end)))
    breaks = text.find("\n\n", start + 60, stop)
    if mail:
        stop = mail[-1].end()
    elif breaks > 0:
        stop = breaks
    cue = _HANDLED.search(text, start, min(start + _HEAD_SIZE, end))
    named = cue.start() if cue else -1
    if named < 0 and not mail:
        return []
    line_end = _field_end(text, named, end) if named >= 0 else -1
    stop = max(stop, line_end)
    head = text[start:stop]
    for pattern in (_EMAIL, _LABEL, _CODE):
        head = pattern.sub(lambda match: "|" * len(match[0]), head)
    found = []
    for match in _NAME.finditer(head.replace("\n", "|").replace("  ", "||")):
        other = _NOT_A_NAME.search(match[0])
        name = match[0][: other.start()].rstrip() if other else match[0]
        if " " not in name:
            continue
        begin = start + match.start()
        found.append(Person(name=name, role="handläggare", start=begin, end=begin + len(name)))
    return found


def _field_end(text: str, named: int, end: int) -> int:
    """Where the field ends whose label stands there: its line, or the next one where no name stands
    beside the label."""
    line_end = text.find("\n", named, end)
    if line_end >= 0 and not _NAME.search(text[named + len("andläggare") : line_end]):
        return text.find("\n", line_end + 1, end)
    return line_end


def signers(text: str, span: Span) -> list[Person]:
    """The chiefs who signed, each with the title printed under or beside the name."""
    all_lines = lines(text, span.start, span.end)
    found: list[Person] = []
    for at, line in enumerate(all_lines):
        if len(line.text) > 170 or line.text[-1] in ".:;" or line.start < span.start + 300:
            continue
        if not _TITLE.search(line.text):
            continue
        begin = line.start
        if _TITLE.match(line.text):
            if at == 0 or not _only_names(all_lines[at - 1].text):
                continue
            begin = all_lines[at - 1].start
        found += _paired(text, begin, line.end)
    return found


def _only_names(text: str) -> bool:
    return only_names(text) and not _NOT_A_NAME.search(text)


def _paired(text: str, start: int, end: int) -> list[Person]:
    piece = text[start:end]
    titles = list(_TITLE.finditer(piece))
    blank = _TITLE.sub(lambda match: "|" * len(match[0]), piece)
    blank = re.sub(r"\n|  +", lambda match: "|" * len(match[0]), blank)
    names = [m for m in _NAME.finditer(blank) if not _NOT_A_NAME.search(m[0])]
    names = [m for m in names if m.start() < titles[-1].start()]
    if not names or len(names) > 3 or names[0].start() > titles[0].start() or names[0].start() > 5:
        return []
    people = []
    for at, name in enumerate(names):
        role = _title_text(piece, titles, at) if at < len(titles) else None
        people.append(
            Person(name=name[0], role=role, start=start + name.start(), end=start + name.end())
        )
    return people


def _title_text(piece: str, titles: list[re.Match[str]], at: int) -> str:
    """The title with what it is chief of: "direktör ärende och utredning"."""
    end = titles[at + 1].start() if at + 1 < len(titles) else len(piece)
    words = re.split(r"\n|  +", piece[titles[at].start() : end].strip())[0]
    return words.strip(" ,").lower()[:80]
