"""Votes: what yes and no meant, the counts, who voted how."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.document import Span
from ingest.grammar.headings import kind_of
from ingest.grammar.numbers import parse_number
from ingest.records import Person, Vote
from ingest.structure.minutes_text import Stretch, one_line, statements

_N = r"(?:\d{1,3}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|tjugo\w*|trettio\w*|fyrtio\w*|femtio\w*|inga|ingen|noll)"
# "Ja för bifall till … och Nej för bifall till …", "Ja-röst innebär att …", "Den som vill … röstar ja"
_YES_FOR = re.compile(
    r"\bJa(?:-?röst(?:er)?)?\s*(?:för|innebär|betyder|=|:)\s*(?:att\s+)?(?P<yes>.{3,400}?)"
    r"(?:[.;,]?\s+(?:och|samt|medan|men)\s+|[.;,]?\s*[-−–•]?\s+)"
    r"Nej(?:-?röst(?:er)?)?\s*(?:för|innebär|betyder|=|:)\s*(?:att\s+)?(?P<no>.{3,400}?)"
    r"(?=\.?\s*[”\"“]|(?<!m)(?<!fl)\.\s|\.$|\n\s*\n|$)",
    re.DOTALL | re.IGNORECASE,
)
_WHO_WANTS = re.compile(
    r"(?:Den|De|Ledamöter|Ledamot|Ni)\s+som\s+(?P<yes>(?:vill|stödjer|stöder|röstar för|är för|bifaller|önskar|biträder|anser)[^.]{3,300}?),?\s+(?:röstar|säger|ska rösta|trycker)\s+ja\b"
    r".{0,60}?(?:[Dd]en|[Dd]e|[Ll]edamöter|[Ll]edamot)\s+som\s+(?P<no>(?:vill|stödjer|stöder|röstar för|är för|bifaller|önskar|biträder|anser)[^.]{3,300}?),?\s+(?:röstar|säger|ska rösta|trycker)\s+nej\b",
    re.DOTALL | re.IGNORECASE,
)
_VOTES_YES_IF = re.compile(
    r"[Jj]a\s+(?:röstar|säger)\s+den\s+som\s+(?P<yes>[^.]{3,300}?)[.,;]\s*(?:och\s+|medan\s+)?[Nn]ej\s+(?:röstar|säger)\s+den\s+som\s+(?P<no>[^.]{3,300}?)(?=\.|\n\s*\n|$)",
    re.DOTALL,
)
_WIN_MEANS = re.compile(
    r"[Jj]a-?röst(?:er)?\s+för\s+(?P<yes>[^.]{3,300}?)[.,;]?\s+(?:och\s+|medan\s+)?[Nn]ej-?röst(?:er)?\s+för\s+(?P<no>[^.]{3,300}?)(?=\.|\n\s*\n|$)",
    re.DOTALL,
)
_MEANINGS = (_YES_FOR, _WHO_WANTS, _VOTES_YES_IF, _WIN_MEANS)
# "40 Ja mot 38 Nej", "11 ja-röster mot 4 nej-röster", "35 ja och 16 nej"
_COUNTS = re.compile(
    rf"\b(?P<yes>{_N})\s+ja(?:-?\s?röst(?:er)?)?(?:\s*\([^)]{{0,40}}\))?(?P<mid>[^.]{{0,60}}?)\b(?P<no>{_N})\s+nej(?:-?\s?röst(?:er)?)?\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:(?:Antal|Summa|Totalt)\s+)?\bJa(?:-?röster)?\s*[:=]?\s*(?P<yes>\d{1,3})\b[\s,;.|]*(?:(?:Antal|Summa|Totalt)\s+)?Nej(?:-?röster)?\s*[:=]?\s*(?P<no>\d{1,3})\b",
    re.IGNORECASE,
)
_VOTES_FOR = re.compile(
    rf"\b(?P<yes>{_N})\s+(?:röster|ledamöter\s+röstar)\s+för\s+(?P<what>[^.]{{3,160}}?)\s+(?:och|mot|medan)\s+(?P<no>{_N})\s+(?:röster|ledamöter\s+röstar)?\s*(?:för|mot)\s+(?P<other>[^.,]{{3,160}})",
    re.IGNORECASE,
)
_VOTES_TO = re.compile(
    rf"\b(?:med|röstetalet|röstsiffrorna)\s+(?P<yes>{_N})\s+(?:röster\s+)?mot\s+(?P<no>{_N})(?:\s+röster)?\b(?!\s*ja)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\brösta(?:r|de)\s+(?P<how>[Jj]a|[Nn]ej)\b(?:\s*\((?P<n>\d{1,3})(?:\s+röster)?\))?|\b(?P<how2>avstår|avstod)(?:\s+från\s+att\s+rösta)?\s*\((?P<n2>\d{1,3})\)"
)
_LIST_LABEL = re.compile(
    r"(?m)^[ \t]*(?:Följande\s+(?:ledamöter\s+)?)?(?P<how>[Jj]a|[Nn]ej|[Aa]vst(?:år|od|ående))(?:-?röst(?:er|ar)?)?(?:\s+röst(?:ar|ade))?"
    r"(?:\s*\((?P<n>\d{1,3})(?:\s+(?:st|röster))?\))?\s*:[ \t]*\n?(?=[^\n]*\([A-ZÅÄÖ])"
    r"|(?:[Ff]öljande\s+(?:ledamöter\s+|personer\s+)?)?(?:[Rr]östar|[Rr]östade)\s+(?P<how2>ja|nej)\s*:"
)
_LISTED = {"ja": "ja", "nej": "nej", "avst": "abstain"}
_NAME_ALONE = re.compile(r"^[^.:;]{3,50}\([A-ZÅÄÖ][\wÅÄÖåäö!]{0,6}\)[,;]?$")
_ABSTAIN = re.compile(
    rf"\b(?P<a>{_N})\s+(?:(?:av\s+)?(?:ledamot|ledamöter|person(?:er)?|st)\s+)?(?:avstår|avstod|avstående|som\s+avstår|avstår\s+från|har\s+avstått)\b"
    rf"|\bav(?:står|stod|stående)(?:\s+från\s+att\s+rösta)?\s*[:=(]\s*(?P<b>\d{{1,3}})|\b(?P<c>{_N})\s+(?:ledamot\s+|ledamöter\s+)?(?:som\s+)?lägger\s+ner\s+(?:sin|sina)\s+röst",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    rf"\b(?P<a>{_N})\s+(?:ledamot|ledamöter|person(?:er)?)?\s*(?:är\s+|var\s+)?(?:frånvarande|frånvaro|ej\s+närvarande)\b|\b[Ff]rånvarande\s*[:=(]\s*(?P<b>\d{{1,3}})",
    re.IGNORECASE,
)
_CASTING = re.compile(r"\butslagsröst\b", re.IGNORECASE)
_CARRIED = re.compile(
    r"\b(?:finner|konstaterar|förklarar|beslutar|beslutat|beslutade|bifallit|avslagit|bifaller|avslår|beslutet\s+blir)\b"
)
_AFTER = re.compile(r"(?i)ordförande|därmed|således|härmed|beslutat|\bhar\s+(?:fallit|bifallits)")
_MEANS = re.compile(r"(?i)\b(?:voteringsproposition|propositionsordning|omröstning begärs)\b")
_WHO_VOTED = re.compile(r"\b(?:[Hh]ur\s+var|[Ss]e|framgår)\b[^.]*?\bbilag(?:a|orna)\b(?:\s+\d+)?")
_APPENDIX = re.compile(r"\bbilag(?:a|orna)\s+(?P<n>\d{1,2})\b")
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


def votes(paragraph: Stretch, skipped: Sequence[Stretch] = ()) -> Iterator[Vote]:
    """The votes of a §, in order; several where several were held.

    `skipped` are its sections that tell of votes without holding one: a statement, a summary.
    """
    text = paragraph.text
    drafts = sorted(_counted(text) + _named(paragraph), key=lambda draft: draft.start)
    away = [(s.start - paragraph.start, s.end - paragraph.start) for s in skipped]
    drafts = _apart([d for d in drafts if not any(a < d.end <= b for a, b in away)])
    meanings = sorted((m for p in _MEANINGS for m in p.finditer(text)), key=lambda m: m.start())
    floor = 0
    for i, draft in enumerate(drafts):
        following = drafts[i + 1].start if i + 1 < len(drafts) else len(text)
        _complete(paragraph, draft, floor, following, meanings)
        yield _vote(paragraph, draft, floor, following)
        floor = draft.end


def meaning_in(paragraph: Stretch) -> tuple[str, str, Span] | None:
    """What yes and no meant in the last vote of a §, and where it says so; None if it does not."""
    found = [m for pattern in _MEANINGS for m in pattern.finditer(paragraph.text)]
    if not found:
        return None
    m = max(found, key=lambda meaning: meaning.start())
    return _meaning(m, "yes") or "", _meaning(m, "no") or "", paragraph.span(*m.span())


def appendix_of(vote_text: str) -> str | None:
    """The number of the appendix that names the voters, where the text says so."""
    m = _APPENDIX.search(vote_text)
    return m["n"] if m else None


def _number(word: str | None) -> int | None:
    value = parse_number(word) if word else None
    return int(value) if value is not None else None


def _counted(text: str) -> list[_Draft]:
    found = []
    for pattern in (_COUNTS, _LABELLED, _VOTES_FOR, _VOTES_TO):
        for m in pattern.finditer(text):
            if pattern is _VOTES_TO and not re.search(
                r"(?i)omröstning|votering|röst", text[max(0, m.start() - 600) : m.end() + 60]
            ):
                continue
            found.append(_Draft(m.start(), m.end(), _number(m["yes"]), _number(m["no"])))
    return found


def _named(paragraph: Stretch) -> list[_Draft]:
    """Votes told by name: "Anna Ek (S) och Bo Al (V) röstar Ja (2). Pia Ask (M) röstar Nej (1)."."""
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
    for m in _SAYS.finditer(text):
        how = "abstain" if m["how2"] else m["how"].casefold()
        start = _clause_start(text, m.start())
        people = [paragraph.person(p, start) for p in paragraph.people(start, m.start())]
        if people:
            yield start, m.end(), how, _number(m["n"] or m["n2"]), people


def _labelled(paragraph: Stretch) -> Iterator[_Told]:
    """ "Ja-röster: Anna Ek (S), Bo Al (V)" and "Följande röstar ja: …"."""
    text = paragraph.text
    for m in _LIST_LABEL.finditer(text):
        word = (m["how"] or m["how2"]).casefold()
        how = next(_LISTED[key] for key in _LISTED if word.startswith(key))
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
        if not whole.endswith((",", " och", " samt", ":")) and not _NAME_ALONE.match(line):
            return end + m.start()
        if _LIST_LABEL.match(m[0]) or kind_of(line):
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
    return near and (agree or (bool(draft.voters) and not draft.explicit))


def _complete(
    paragraph: Stretch, draft: _Draft, floor: int, following: int, meanings: list[re.Match[str]]
) -> None:
    text = paragraph.text
    before = [m for m in meanings if floor <= m.start() and m.start() < draft.start]
    draft.meaning = before[-1] if before else None
    tail = text[draft.end : min(following, draft.end + 250)]
    around = text[draft.start : draft.end] + tail.split("\n\n")[0]
    draft.abstain = _first(_ABSTAIN, around) if draft.abstain is None else draft.abstain
    draft.absent = _first(_ABSENT, around)
    draft.end += _reach(text[draft.end : min(following, draft.end + 400)])


def _reach(tail: str) -> int:
    """How far the sentences go that tell who abstained, who was absent and where the list is."""
    tail = tail.split("\n\n")[0]
    ends = [m.end() for p in (_ABSTAIN, _ABSENT, _WHO_VOTED) for m in p.finditer(tail)]
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
        casting_vote=bool(_CASTING.search(around)),
        yes_means=_meaning(meaning, "yes") or _voted_for(text, draft, "what"),
        no_means=_meaning(meaning, "no") or _voted_for(text, draft, "other"),
        yes_voters=tuple(yes),
        no_voters=tuple(no),
        abstainers=tuple(draft.voters.get("abstain", [])),
        result=_result(text, start, end, following),
        evidence=evidence,
    )


def _voted_for(text: str, draft: _Draft, group: str) -> str | None:
    m = _VOTES_FOR.match(text, draft.start)
    return one_line(m[group]) if m else None


def _meaning(m: re.Match[str] | None, group: str) -> str | None:
    if m is None:
        return None
    return re.sub(r"^(?:(?:vill|att)\s+)+", "", one_line(m[group]).strip(' .,;:”"“-−–•'))


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
        if start + a >= end and (kind_of(sentence) or _MEANS.search(sentence)):
            return None
        if _CARRIED.search(sentence) and (start + a < end or _AFTER.search(sentence)):
            return one_line(sentence)
    return None


def spans_of(vote: Vote) -> tuple[Span, ...]:
    """Every span that a vote rests on: its own first."""
    return (Span(vote.start, vote.end), *vote.evidence)
