"""References: diarienummer, paragraphs, handlingar and laws."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.grammar.found import Found, near

# "SLK", "KSKF", "Ju", "FSkN"; a whole word ("Rapport") is none.
_PREFIX = r"(?:[A-ZÅÄÖ&]{1,8}|[A-ZÅÄÖ][a-zåäö]{1,2}|[A-ZÅÄÖ]{1,3}[a-zåäö]{1,2}[A-ZÅÄÖ]{1,3})"
_CUE = (
    r"(?:\b(?:[Dd]nr|DNR|D-?nr|[Dd]iarienr|[Dd]iarienummer|[Dd]iarie-?nummer|[Ää]rendenummer"
    r"|[Ää]rendenr|[Ää]rende-?id|[Bb]eteckning)\b\.?\s*:?\s*)"
)
_BODY = (
    r"(?:(?:19|20)\d\d[-‐–/:]\d{1,6}(?:[:.]-?\d{1,4})?"  # 2024-00444, 2024/77, 2023-00027:41
    r"|(?:19|20)\d\d\.\d{3,6}(?![\d.])"  # 2024.0450
    r"|\d{3,6}/\d{2}(?!\d)"  # 0495/22
    r"|\d{1,4}-\d{3,6}/\d\d(?!\d))"  # 452-0123/22
)
_PREFIXED = rf"{_PREFIX}(?:[-–/ ]|\u00a0)?{_BODY}"
_CASE = re.compile(
    rf"{_CUE}(?P<cued>(?:{_PREFIX}\s?[-–/ ]?\s?)?(?:{_BODY}|\d{{1,3}}"
    rf"(?:\.\d{{1,3}}){{0,3}}-\d{{1,6}}/20\d\d|\d{{1,6}}/20\d\d|\d{{3,6}}-20\d\d"
    rf"|\d{{2}}[-/]\d{{3,5}}))"
    rf"|(?<![\w-])(?P<prefixed>(?!SFS|SOU|Ds|Prop|SKR|AFS|SOSFS|HSLF){_PREFIXED})"
    r"|(?<![\w/.-])(?P<bare>\d{4}/\d\d)(?![\d/-])"
)
_CASE_CUE = re.compile(r"\d[-‐–/:.]\d")
_WORDS_BEFORE_YEARS = re.compile(
    r"(?i)^(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|år|budget|den|under|för|till|från|plan|sedan|våren|hösten|verksamhet|åren|läsåret|bilaga|nr"
    r"|period(?:en)?|program|strategi|av|i|och|mål|inför|om|dec|jan|vt|ht|nr|s|sid|p|kl|datum|dnr)"
    r"\s?[-–/ ]?\s?(?=\d)"
)
_SECTION = re.compile(
    r"§{1,2}\s*(?P<a>(?:[A-ZÅÄÖa-zåäö]{2,5}\s?)?\d{1,4}(?:/\d{2,4})?(?:\s?[a-z]\b)?)"
    r"(?P<more>(?:\s*(?:,|och|samt|-|–)\s*\d{1,4}(?!\s*(?:§|kap|januari|februari|mars|april|maj"
    r"|juni|juli"
    r"|augusti|september|oktober|november|december))\b)*)"
)
_HANDLING = re.compile(
    r"(?i)\bhandling(?:arna|ar|en)?\s+(?P<year>(?:19|20)\d\d)\s+nr\s+(?P<nr>\d{1,4})"
    r"|^(?P<year2>(?:19|20)\d\d)\s+nr\s+(?P<nr2>\d{1,4})",
    re.MULTILINE,
)
_LAW = re.compile(
    r"\(?\b(?:SFS\s+)?(?P<sfs>(?:1[6-9]|20)\d\d:\d{1,4})\)?"
    r"|(?P<chapter>\d{1,2}\s*kap\.?\s*(?:\d{1,3}\s?[a-z]?\s*(?:och|-|–"
    r"|,)\s*)*\d{1,3}\s?[a-z]?\s*§{1,2})"
)
_LAW_CUE = re.compile(r"\d:\d|kap")
_REPORT = re.compile(r"\b(?:SOU|Ds|prop\.|Prop\.|COM|SKR)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReference(Found):
    """A reference. `to`: "case", "paragraph", "handling" or "law"; `target`: a key to compare."""

    to: str
    target: str
    written: str


def find_cases(text: str) -> list[FoundReference]:
    """Diarienummer in all spellings; `target` is `case_key` of it, `written` as printed."""
    found = []
    for m in near(_CASE, _CASE_CUE, text, before=60, after=40):
        group = m.lastgroup or "bare"
        start, written = m.start(group), m[group]
        words = _WORDS_BEFORE_YEARS.match(written)
        if words and group == "prefixed":
            continue
        if words:
            start, written = start + words.end(), written[words.end() :]
        key = case_key(written)
        if key:
            found.append(
                FoundReference(start=start, end=m.end(), to="case", target=key, written=written)
            )
    return found


def case_key(written: str) -> str | None:
    """A key that is equal for every spelling of one diarienummer; None if it is none.

    "SLK-2022-01326" → "SLK/2022/1326"; "0495/22" → "2022/495"; "Dnr 2024/77 101" → "2024/77"
    (the number after the space is the archive's, and a part after ":" is of the same case).
    """
    plain = re.sub(rf"^\s*{_CUE}", "", written).strip()
    m = re.match(
        r"(?P<prefix>[^\W\d][\w&]*?)?[\s/–-]*(?P<year>(?:19|20)\d\d)[-‐–/:.](?P<number>\d{1,6})",
        plain,
    )
    if m:
        return _key(m["prefix"], int(m["year"]), m["number"])
    m = re.match(
        r"(?P<prefix>[^\W\d][\w&-]*?)?[\s/-]*(?P<number>\d[\d-]*)/(?P<year>\d\d)(?!\d)", plain
    )
    if m:
        return _key(m["prefix"], _century(int(m["year"])), m["number"])
    m = re.match(r"(?:[\d.]+-)?(?P<number>\d{1,6})[-/](?P<year>20\d\d)(?!\d)", plain)
    if m:
        return _key(None, int(m["year"]), m["number"])
    m = re.match(r"(?P<year>\d\d)[-/](?P<number>\d{3,5})", plain)
    return _key(None, _century(int(m["year"])), m["number"]) if m else None


def same_case(one: str, other: str) -> bool:
    """True if two keys name one case; a prefix counts only where both have one."""
    if one == other:
        return True
    first, second = one.split("/"), other.split("/")
    return first[-2:] == second[-2:] and len(first) != len(second)


def _key(prefix: str | None, year: int, number: str) -> str:
    number = number.lstrip("0") or "0"
    return "/".join([*([prefix.upper()] if prefix else []), str(year), number])


def _century(year: int) -> int:
    return 2000 + year if year < 70 else 1900 + year


def find_paragraphs(text: str) -> list[FoundReference]:
    """Paragraphs ("§ 23", "§§ 4-6", "Ks § 12"); `target` is the number, law sections left out."""
    found = []
    for m in _SECTION.finditer(text):
        if _is_law_section(text, m):
            continue
        numbers = [m["a"].strip(), *re.findall(r"\d+", m["more"])]
        for number in numbers:
            found.append(
                FoundReference(
                    start=m.start(), end=m.end(), to="paragraph", target=number, written=m[0]
                )
            )
    return found


def _is_law_section(text: str, m: re.Match[str]) -> bool:
    """A section of a law or a rule: "7 § förordning", "enligt § 3 i reglementet"."""
    before, after = text[max(0, m.start() - 12) : m.start()], text[m.end() : m.end() + 40]
    if re.search(r"(?:kap\.?\s*\d*|\d+\s?[a-z]?)\s*$", before) and not re.search(
        r"\d{4}\s*$", before
    ):
        return True
    return bool(
        re.match(
            r"\s*(?:i\s+)?(?:\w+lagen|\w*lag\b|\w*reglemente|\w*förordning|arbetsordning)", after
        )
    )


def find_handlingar(text: str) -> list[FoundReference]:
    """Printed council papers ("handling 2023 nr 235"); `target` is "2023/235"."""
    return [
        FoundReference(
            start=m.start(),
            end=m.end(),
            to="handling",
            target=f"{m['year'] or m['year2']}/{m['nr'] or m['nr2']}",
            written=m[0],
        )
        for m in _HANDLING.finditer(text)
    ]


def find_laws(text: str) -> list[FoundReference]:
    """Laws by their number in the code of statutes ("2017:725") and by chapter and section."""
    found = []
    for m in near(_LAW, _LAW_CUE, text, before=20, after=80):
        if _REPORT.search(text[max(0, m.start() - 6) : m.start()]):
            continue
        target = m["sfs"] or " ".join(m["chapter"].split())
        found.append(
            FoundReference(start=m.start(), end=m.end(), to="law", target=target, written=m[0])
        )
    return found
