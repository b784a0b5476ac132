"""Votes: what yes and no meant, the counts, who voted how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.document import Span
from ingest.grammar.headings import kind_of
from ingest.grammar.numbers import parse_number
from ingest.records import Person, Vote
from ingest.structure import minutes_vote_words as words
from ingest.structure.minutes_text import Stretch, one_line, statements

_HALF_NAME = re.compile(
    r"(?:,|\boch|\bsamt) [A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+ \([A-ZÅÄÖ]\w{0,5}\)[.,]?$"
)
"""A name that the end of a line breaks."""
_NAME = 60  # characters before a line's end that may begin it
_FRESH = 900  # characters between a proposition and the result that it belongs to


@dataclass(slots=True)
class _Draft:
    """A vote while it is read. Positions are relative to the paragraph."""

    start: int
    end: int
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    absent: int | None = None
    voters: dict[str, list[Person]] = field(default_factory=dict)
    meaning: re.Match[str] | None = None
    explicit: bool = False  # the names come with their number
    summed: bool = False  # the last row of a table


def votes(paragraph: Stretch, skipped: Sequence[Stretch] = ()) -> Iterator[Vote]:
    """The votes of a §, in order; several where several were held.

    `skipped` are its sections that tell of votes without holding one: a statement, a summary.
    """
    text = paragraph.text
    drafts = sorted(_counted(text) + _named(paragraph), key=lambda draft: draft.start)
    away = [(s.start - paragraph.start, s.end - paragraph.start) for s in skipped]
    drafts = _apart([d for d in drafts if not any(a < d.end <= b for a, b in away)])
    meanings = sorted(
        (m for p in words.MEANINGS for m in p.finditer(text)), key=lambda m: m.start()
    )
    floor = 0
    for i, draft in enumerate(drafts):
        following = drafts[i + 1].start if i + 1 < len(drafts) else len(text)
        _complete(paragraph, draft, floor, following, meanings)
        yield _vote(paragraph, draft, floor, following)
        floor = draft.end


def meaning_in(paragraph: Stretch) -> tuple[str, str, Span] | None:
    """What yes and no meant in the last vote of a §, and where it says so; None if it does not."""
    found = [m for pattern in words.MEANINGS for m in pattern.finditer(paragraph.text)]
    if not found:
        return None
    m = max(found, key=lambda meaning: meaning.start())
    return _meaning(m, "yes") or "", _meaning(m, "no") or "", paragraph.span(*m.span())


def appendix_of(vote_text: str) -> str | None:
    """The number of the appendix that names the voters, where the text says so."""
    m = words.APPENDIX.search(vote_text)
    return m["n"] if m else None


def _number(word: str | None) -> int | None:
    value = parse_number(word) if word else None
    return int(value) if value is not None else None


def _counted(text: str) -> list[_Draft]:
    found: list[_Draft] = []
    if not any(cue in text.lower() for cue in ("nej", "röst", "voter")):
        return found
    for pattern in (
        words.COUNTS,
        words.COUNTED_MEMBERS,
        words.LABELLED,
        words.HEADED,
        words.SUMMED,
        words.FOR_YES,
        words.VOTES_FOR,
        words.VOTES_TO,
    ):
        for m in pattern.finditer(text):
            if pattern is words.VOTES_TO and not re.search(
                r"(?i)omröstning|votering|röst", text[max(0, m.start() - 600) : m.end() + 60]
            ):
                continue
            abstain = _number(m.groupdict().get("abstain"))
            yes, no = _number(m["yes"]), _number(m["no"])
            summed = pattern is words.SUMMED
            found.append(_Draft(m.start(), m.end(), yes, no, abstain, summed=summed))
    return found


def _named(paragraph: Stretch) -> list[_Draft]:
    """Votes told by name: "Anna Ek (S) röstar Ja (1). Pia Ask (M) röstar Nej (1)."."""
    drafts: list[_Draft] = []
    for start, end, how, count, people in sorted(
        [*_said(paragraph), *_labelled(paragraph)], key=lambda told: told[0]
    ):
        fresh = not drafts or how in drafts[-1].voters or start - drafts[-1].end > _FRESH
        if fresh:
            drafts.append(_Draft(start, end))
        draft = drafts[-1]
        draft.voters[how], draft.end = people, end
        draft.explicit = draft.explicit or count is not None
        _count(draft, how, len(people) if count is None else count)
    for draft in drafts:
        if "ja" in draft.voters and "nej" not in draft.voters and draft.no is None:
            draft.no = 0
        if "nej" in draft.voters and "ja" not in draft.voters and draft.yes is None:
            draft.yes = 0
    return drafts


_Told = tuple[int, int, str, int | None, list[Person]]


def _said(paragraph: Stretch) -> Iterator[_Told]:
    """ "Anna Ek (S) och Bo Al (V) röstar Ja (2)": place, answer, count and names."""
    text = paragraph.text
    for m in words.SAYS.finditer(text):
        how = "abstain" if m["how2"] else m["how"].casefold()
        start = _clause_start(text, m.start())
        people = [paragraph.person(p, start) for p in paragraph.people(start, m.start())]
        if people:
            yield start, m.end(), how, _number(m["n"] or m["n2"]), people


def _labelled(paragraph: Stretch) -> Iterator[_Told]:
    """ "Ja-röster: Anna Ek (S), Bo Al (V)" and "Följande röstar ja: …"."""
    text = paragraph.text
    for m in words.LIST_LABEL.finditer(text):
        word = (m["how"] or m["how2"]).casefold()
        how = next(words.LISTED[key] for key in words.LISTED if word.startswith(key))
        stop = _list_end(text, m.end())
        people = [paragraph.person(p, m.end()) for p in paragraph.people(m.end(), stop)]
        if people:
            end = max(p.whole_end for p in paragraph.people(m.end(), stop)) + m.end()
            yield m.start(), end, how, _number(m["n"]), people


def _list_end(text: str, at: int) -> int:
    """Where the names that begin at `at` end: after a line that ends no name and asks for none."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    for m in re.finditer(r"[^\n]+", text[end:]):
        line, whole = m[0].strip(), text[at : end + m.start()].rstrip()
        joined = f"{whole[-_NAME:]} {line}"
        goes_on = whole.endswith((",", " och", " samt", ":")) or _HALF_NAME.search(joined)
        if not goes_on and not words.NAME_ALONE.match(line):
            return end + m.start()
        if words.LIST_LABEL.match(m[0]) or kind_of(line):
            return end + m.start()
    return len(text)


def _count(draft: _Draft, how: str, count: int) -> None:
    if how == "ja":
        draft.yes = count
    elif how == "nej":
        draft.no = count
    else:
        draft.abstain = count


def _clause_start(text: str, end: int) -> int:
    """Where the sentence that ends in "röstar Ja" begins."""
    at = end
    for m in re.finditer(
        r"(?:[.”\"“:]\s*\n|\.\s+(?=[A-ZÅÄÖ])|\n\s*\n|\(\d+\)\.?\s)", text[max(0, end - 6000) : end]
    ):
        at = max(0, end - 6000) + m.end()
    return at if at < end else max(0, end - 600)


def _apart(drafts: list[_Draft]) -> list[_Draft]:
    """One draft for counts that are told twice: in words and by name, or in text and table."""
    kept: list[_Draft] = []
    for draft in drafts:
        if kept and _same_vote(kept[-1], draft):
            last = kept[-1]
            last.end = max(last.end, draft.end)
            last.voters = last.voters or draft.voters
            last.abstain = draft.abstain if last.abstain is None else last.abstain
        else:
            kept.append(draft)
    return kept


def _same_vote(last: _Draft, draft: _Draft) -> bool:
    if draft.start < last.end:
        return True
    near = draft.start - last.end < _FRESH and bool(draft.voters) != bool(last.voters)
    agree = (draft.yes, draft.no) == (last.yes, last.no)
    if draft.summed and agree and draft.start - last.end < _FRESH:
        return True
    return near and (agree or (bool(draft.voters) and not draft.explicit))


def _complete(
    paragraph: Stretch, draft: _Draft, floor: int, following: int, meanings: list[re.Match[str]]
) -> None:
    text = paragraph.text
    before = [m for m in meanings if floor <= m.start() and m.start() < draft.start]
    draft.meaning = before[-1] if before else None
    tail = text[draft.end : min(following, draft.end + 250)]
    around = text[draft.start : draft.end] + tail.split("\n\n")[0]
    draft.abstain = _first(words.ABSTAIN, around) if draft.abstain is None else draft.abstain
    draft.absent = _first(words.ABSENT, around)
    draft.end += _reach(text[draft.end : min(following, draft.end + 400)])


def _reach(tail: str) -> int:
    """How far the sentences go that tell who abstained, who was absent and where the list is."""
    tail = tail.split("\n\n")[0]
    ends = [
        m.end() for p in (words.ABSTAIN, words.ABSENT, words.WHO_VOTED) for m in p.finditer(tail)
    ]
    return max(ends, default=0)


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    m = pattern.search(text)
    return _number(next(group for group in m.groups() if group)) if m else None


def _vote(paragraph: Stretch, draft: _Draft, floor: int, following: int) -> Vote:
    text = paragraph.text
    start, end = _sentence_bounds(text, draft.start, draft.end, floor)
    meaning = draft.meaning
    evidence: tuple[Span, ...] = ()
    if meaning is not None:
        evidence = (paragraph.span(meaning.start(), meaning.end()),)
    around = text[max(floor, draft.start - 300) : min(following, draft.end + 300)]
    yes, no = draft.voters.get("ja", []), draft.voters.get("nej", [])
    return paragraph.record(
        Vote,
        start,
        end,
        yes=draft.yes,
        no=draft.no,
        abstain=draft.abstain,
        absent=draft.absent,
        casting_vote=bool(words.CASTING.search(around)),
        yes_means=_meaning(meaning, "yes") or _voted_for(text, draft, "what"),
        no_means=_meaning(meaning, "no") or _voted_for(text, draft, "other"),
        yes_voters=tuple(yes),
        no_voters=tuple(no),
        abstainers=tuple(draft.voters.get("abstain", [])),
        result=_result(text, start, end, following),
        evidence=evidence,
    )


def _voted_for(text: str, draft: _Draft, group: str) -> str | None:
    m = words.VOTES_FOR.match(text, draft.start)
    return one_line(m[group]) if m else None


def _meaning(m: re.Match[str] | None, group: str) -> str | None:
    if m is None:
        return None
    return re.sub(
        r"^(?:(?:vill|att|röstar för|stödjer|stöder)\s+)+",
        "",
        one_line(m[group]).strip(' .,;:”"“-−–•'),
    )


def _sentence_bounds(text: str, start: int, end: int, floor: int) -> tuple[int, int]:
    before = text[floor:start]
    cut = max(before.rfind("\n\n"), before.rfind(". "), before.rfind(".\n"), before.rfind("”\n"))
    begin = _below_headings(text, floor + (cut + 1 if cut >= 0 else 0), start)
    if start - begin > 400:
        begin = start
    return begin, _statement_end(text, begin, end)


def _statement_end(text: str, begin: int, end: int) -> int:
    """The end of the sentence that holds the character before `end`."""
    for a, b in statements(text[begin : end + 300]):
        if begin + a < end <= begin + b:
            return begin + b
    return end


def _below_headings(text: str, begin: int, end: int) -> int:
    """The start of the first line in `[begin, end)` after the last heading there."""
    at = begin
    for m in re.finditer(r"[^\n]*\n", text[begin:end]):
        if kind_of(m[0]):
            at = begin + m.end()
    return at


def _result(text: str, start: int, end: int, following: int) -> str | None:
    """The sentence in which the chair says what carried: the vote's own, or one right after it."""
    told = text[start : min(following, end + 450)]
    for a, b in statements(told):
        sentence = told[a:b]
        if start + a >= end and (kind_of(sentence) or words.NEXT.search(sentence)):
            return None
        if words.CARRIED.search(sentence) and (start + a < end or words.AFTER.search(sentence)):
            return one_line(sentence)
    return None
