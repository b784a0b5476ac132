"""Who was there: the front page of minutes, and the attendance list of an appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.grammar.names import LOWER, UPPER, FoundPerson
from ingest.grammar.parties import LETTERS, canonical
from ingest.grammar.roles import bare_role, find_role_after, find_role_before
from ingest.records import Attendance
from ingest.structure.minutes_text import Stretch, lines

_LABELS: tuple[tuple[str, str], ...] = (
    (
        r"(?:icke|ej|inte)[ -](?:tjänstgörande|beslutande)\s+ersättare"
        r"|(?:närvarande|övriga)\s+ersättare",
        "ersättare",
    ),
    (r"(?:tjänstgörande|beslutande)\s+ersättare", "tjänstgörande ersättare"),
    (r"protokolls?justerare|justerare|utse(?:s|dda|dd)\s+att\s+justera", "justerare"),
    (r"närvarande\s+tjänste(?:män|personer)|tjänste(?:män|personer)", "tjänsteperson"),
    (r"övriga\s+(?:närvarande|deltagare)", "övrig närvarande"),
    (r"insynsplats\w*", "insynsplats"),
    (r"beslutande(?:\s+ledamöter)?|närvarande\s+ledamöter|ledamöter", "ledamot"),
    (r"ersättare", "ersättare"),
    (r"frånvarande(?:\s+ledamöter)?", "frånvarande"),
    (r"ordförande", "ordförande"),
    (r"sekreterare|vid\s+protokollet", "sekreterare"),
)
_LABEL = re.compile(
    "|".join(
        rf"(?P<r{i}>(?<![\w,]\s)(?<!\w)(?:{pattern})\b)" for i, (pattern, _) in enumerate(_LABELS)
    ),
    re.IGNORECASE,
)
# "Maj Lind (S) ersätter Leo Kar (S)"
_STANDS_IN = re.compile(rf"[ \t]*(?:ersätter|för|i stället för)[ \t]+[{UPPER}][{LOWER}]")
_SURNAME_FIRST = re.compile(
    rf"(?P<name>[{UPPER}][{UPPER}{LOWER}'’ -]+,[ \t]*[{UPPER}][{UPPER}{LOWER}'’ .-]+?)\s+\(?"
    rf"(?P<party>{LETTERS})\)?\s+"
    r"(?=\d{1,2}[:.]\d\d|[-–]\s|Ledamot|Ersättare|x\b)"
)


def attendance(head: Stretch) -> Iterator[Attendance]:
    """Those whom the front page names, each once, with the role of the list they stand in."""
    seen: set[str] = set()
    columns: list[tuple[int, str]] = []
    text = head.text
    people = head.people(bare=True)
    for start, end in lines(text):
        labels = [
            (m.start(), _role(m))
            for m in _LABEL.finditer(text[start:end])
            if _is_label(text[start:end], m)
        ]
        if labels:
            columns = labels
        for person in people:
            if start <= person.start < end and person.name not in seen and _present(text, person):
                record = _record(head, person, _column(columns, person.start - start))
                if record is not None:
                    seen.add(person.name)
                    yield record


def listed_attendance(appendix: Stretch) -> Iterator[Attendance]:
    """The rows of an attendance list ("Ek, Anna / S / 16:00 / 21:30")."""
    for m in _SURNAME_FIRST.finditer(appendix.text):
        surname, _, first = m["name"].partition(",")
        yield appendix.record(
            Attendance,
            *m.span("name"),
            name=" ".join(f"{first} {surname}".split()),
            party=canonical(m["party"], appendix.local) or m["party"],
            role="närvarande",
        )


def _role(m: re.Match[str]) -> str:
    return next(_LABELS[int(name[1:])][1] for name, value in m.groupdict().items() if value)


def _is_label(line: str, m: re.Match[str]) -> bool:
    """A label begins the line or a column; "vice ordförande" after a name is none."""
    before, after = line[: m.start()], line[m.end() :]
    opens = (
        not before.strip()
        or before.endswith(("  ", "\t"))
        or bool(re.search(r"[a-zåäö]$", before) and not before.strip().count(" "))
    )
    return opens and not re.match(r"\s*[a-zåäö]", after) and m[0][0].isupper()


def _present(text: str, person: FoundPerson) -> bool:
    before = text[max(0, person.start - 25) : person.start]
    return not re.search(
        r"(?:\bersätter|\bför|\bi\s+stället\s+för|\btj\.?\s*ers\.?\s+för)\s+(?:\w+\s+)?$", before
    )


def _column(columns: list[tuple[int, str]], at: int) -> str | None:
    """The role of the column whose start is nearest at or before `at`."""
    fitting = [role for start, role in columns if start <= at + 3]
    return fitting[-1] if fitting else (columns[0][1] if columns else None)


def _own_role(text: str, person: FoundPerson) -> str | None:
    """The role after the name ("Anna Ek (S), ordförande"), or before it on its line."""
    after = find_role_after(text, person.whole_end)
    if after:
        return after
    if person.party and _STANDS_IN.match(text, person.whole_end):
        return "tjänstgörande ersättare"
    line = text[text.rfind("\n", 0, person.start) + 1 : person.start]
    before = None if _LABEL.fullmatch(line.strip()) else find_role_before(line)
    if before is None or re.search(rf",\s*{re.escape(before)}\s*$", line.rstrip(), re.IGNORECASE):
        return None
    return bare_role(before)


def _record(head: Stretch, person: FoundPerson, column: str | None) -> Attendance | None:
    role = _own_role(head.text, person) or column
    if " " not in person.name or (
        person.party is None and "\n" in head.text[person.start : person.end]
    ):
        return None
    if person.party is None and (
        role is None or (role in ("ledamot", "ersättare") and not person.role)
    ):
        return None
    return head.record(
        Attendance, person.start, person.end, name=person.name, party=person.party, role=role
    )
