"""Numbers, sums, shares, dates, times and references as keys that are equal for equal values."""

from __future__ import annotations

import re
from functools import cache

from assistant.verify.lexicon import Language, lexicon
from ingest.grammar.dates import MONTHS
from ingest.grammar.numbers import parse_number

_SHORT = {month[:3]: number for number, month in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH = (
    "(?:" + "|".join((*MONTHS, *(rf"{short}\b\.?" for short in _SHORT if short != "maj"))) + ")"
)
_EN = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
       "october", "november", "december")  # fmt: skip
_EN_MONTH = "(?:" + "|".join(_EN) + ")"
_YEAR = r"(?:1[6-9]|20)\d\d"
_DIGIT_WORD = (
    "tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|tretton|fjorton|femton|sexton|sjutton"
    "|arton|nitton|elva|tolv|noll|två|tre|fyra|fem|sex|sju|åtta|nio|tio|hundra|tusen"
)
_NUMBER_WORD = (
    r"(?:(?:ett?|en)(?=\s?(?:hundra|tusen|miljon|miljard)))?\s?"
    rf"(?:{_DIGIT_WORD})(?:{_DIGIT_WORD}|ett|en)*(?![^\W\d_])"
    r"|(?:en|ett)(?=\s(?:miljon|miljard))"
)
_DIGITS = r"\d{1,3}(?:(?: {1,3}|\.)\d{3})+(?![\d])(?:,\d+)?|\d+(?:,\d+)?"
_EN_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = (
    r"(?P<scale>tusen|miljon(?:er)?|milj\b\.?|mn\b|miljard(?:er)?|mdr\b)?\s*"
    r"(?P<unit>kronor(?:na)?\b|krona\b|kr\b|sek\b|tkr\b|kkr\b|mkr\b|mnkr\b|mdkr\b|:-"
    r"|%-?enheter\b|%|procentenhet(?:er)?\b|procent\b)?"
)
_EN_UNIT = (
    r"(?P<scale>thousand|million|billion)?\s*"
    r"(?P<unit>kronor\b|sek\b|kr\b|percentage points?\b|%|per cent\b|percent\b)?"
)
_SCALES = {
    "tusen": 1e3, "thousand": 1e3, "miljon": 1e6, "miljoner": 1e6, "milj": 1e6, "milj.": 1e6,
    "mn": 1e6, "million": 1e6, "miljard": 1e9, "miljarder": 1e9, "mdr": 1e9, "billion": 1e9,
}  # fmt: skip
_MONEY = {"tkr": 1e3, "kkr": 1e3, "mkr": 1e6, "mnkr": 1e6, "mdkr": 1e9}

_DATES = (
    rf"(?<![\d-])(?P<y1>{_YEAR})[-\u2010–.](?P<m1>0\d|1[0-2])[-\u2010–.](?P<d1>[0-3]\d)(?![\d])"
    rf"|(?<![\d-])(?P<d2>[0-3]?\d)(?:\s*:?[ae])?\s+(?P<m2>{_MONTH})(?![^\W_])(?:\s+(?P<y2>{_YEAR}))?(?!\d)"
    rf"|\b(?P<m3>{'|'.join(MONTHS)})\s+(?P<y3>{_YEAR})(?!\d)"
    rf"|(?<![\d-])(?P<d4>[0-3]?\d)/(?P<m4>[01]?\d)[ -](?P<y4>{_YEAR})(?!\d)"
    r"|(?<![\d-])(?P<y5>20\d\d)(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|\b(?P<m6>{'|'.join(MONTHS)})(?![^\W_])"
)
_EN_DATES = (
    rf"(?P<d7>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m7>{_EN_MONTH})\b(?:,?\s+(?P<y7>{_YEAR}))?(?!\d)"
    rf"|\b(?P<m8>{_EN_MONTH})\s+(?P<d8>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,?\s+(?P<y8>{_YEAR}))?(?!\d)"
    rf"|\b(?P<m9>{_EN_MONTH})\s+(?P<y9>{_YEAR})(?!\d)"
)
_TIME = (
    r"(?:\bkl\.?|\bklockan)\s*(?P<h1>[0-2]?\d)(?:[.:](?P<i1>[0-5]\d))?(?!\d)"
    r"|(?<![\d.,:/-])(?P<h2>[0-2]?\d)[.:](?P<i2>[0-5]\d)(?![\d.:,]\d|\d|\s*(?:kr|mkr|mnkr|mil|%))"
)
_REFERENCE = (
    r"§{1,2}\s*(?P<p1>\d{1,4}(?:\s?[a-z]\b)?)|\bparagraf(?:en)?\s+(?P<p2>\d{1,4})"
    r"|(?<![\d-])(?P<p3>\d{1,3}(?:\s?[a-z])?)\s*§"
    r"|(?<![\w-])(?:(?-i:(?P<prefix>[A-ZÅÄÖ]{2,8}))[\s/-]?)?"
    rf"(?P<case>(?!{_YEAR}-(?:0\d|1[0-2])-[0-3]\d(?!\d)){_YEAR}[-\u2010/:]\d{{1,6}}(?:[:.-]\d{{1,4}})?)(?![\d])"
    r"|(?<![\w/.-])(?P<bare>\d{3,5}/\d\d)(?![\d/-])"
)
_CODE = r"(?P<code>(?:[^\W\d_]+[-/]?)?\d+(?:[.:/]?[^\W_])*[^\W\d_][^\W_]*|\d+(?:[.:/]\d+)+)"
_SIGN = r"(?:(?<=[\s(])[-−](?=\d))?"

MEASURE_BEGINS = re.compile(
    rf"(?:{_DIGIT_WORD}|{'|'.join(_SHORT)}|{'|'.join(m[:3] for m in _EN)}|ett?(?![^\W\d_])"
    r"|en(?![^\W\d_])|kl|paragraf|sek|[A-ZÅÄÖ]{2,8}(?![^\W\d_]))|[^\W\d_]{1,4}$",
    re.IGNORECASE,
)
"""What the words look like with which a measure can begin."""

MEASURES = (
    f"{_DATES}|{_TIME}|{_REFERENCE}"
    rf"|(?P<number>{_SIGN}(?:(?<!\d)(?:{_DIGITS})(?![.:/]?\d|[^\W\d_])|\b(?:{_NUMBER_WORD})))\s*{_UNIT}|{_CODE}"
)
EN_MEASURES = (
    f"{_EN_DATES}|{_DATES}|{_TIME}|{_REFERENCE}"
    rf"|(?:\bSEK\s*)?(?P<number>{_SIGN}(?<!\d)(?:{_EN_DIGITS})(?![:/]?\d|[^\W\d_]))\s*{_EN_UNIT}|{_CODE}"
)


def measure(m: re.Match[str], language: Language) -> tuple[str, tuple[str, ...]]:
    """Kind and offers, its own key first, of a match of `MEASURES`."""
    groups = {key: value for key, value in m.groupdict().items() if value is not None}
    if "number" in groups:
        return "number", _number(groups, m[0], language)
    dated = {key[0]: value for key, value in groups.items() if key[1:].isdigit()}
    if "m" in dated:
        return "date", _date(dated)
    if "h" in dated:
        return "number", (f"t:{int(dated['h'])}:{dated.get('i', '00')}",)
    if "p" in dated:
        return "reference", (f"p:{''.join(dated['p'].split()).casefold()}",)
    if "case" in groups or "bare" in groups:
        return "reference", _case(groups)
    return "reference", (f"x:{groups['code'].casefold()}",)


def _number(groups: dict[str, str], whole: str, language: Language) -> tuple[str, ...]:
    if re.match(r"0\d", groups["number"]):
        return (f"x:{' '.join(whole.split())}",)  # the rest of a broken figure, or a code
    value = _value(groups["number"], language)
    scale = _SCALES.get(groups.get("scale", "").casefold(), 1.0)
    unit = groups.get("unit", "").casefold()
    if whole.casefold().startswith("sek"):
        unit = "sek"
    plain = f"n:{value * scale * _MONEY.get(unit, 1.0):.12g}|"
    if unit.startswith(("procentenhet", "percentage", "%-", "%e")):
        return (plain + "pp",)
    if unit.startswith(("%", "procent", "per")):
        return (plain + "%",)
    return (plain + "kr", plain) if unit else (plain,)


def _value(written: str, language: Language) -> float:
    written = written.replace("−", "-").strip()
    if language == "en":
        return float(written.replace(",", ""))
    value = parse_number(" ".join(written.split()).replace(" ", ""))
    return float("nan") if value is None else value


def _date(groups: dict[str, str]) -> tuple[str, ...]:
    month = _month(groups["m"])
    year, day = groups.get("y"), groups.get("d")
    if year and day:
        return (
            f"d:{year}-{month:02}-{int(day):02}", f"d:{year}-{month:02}", f"n:{year}|",
            f"d:--{month:02}-{int(day):02}", f"d:{month}",
        )  # fmt: skip
    if year:
        return (f"d:{year}-{month:02}", f"n:{year}|", f"d:{month}")
    return (f"d:--{month:02}-{int(day):02}", f"d:{month}") if day else (f"d:{month}",)


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    word = word.casefold().rstrip(".")
    return _english_months().get(word) or _SHORT.get(word) or _SHORT[word[:3]]


@cache
def _english_months() -> dict[str, int]:
    return dict(lexicon("en").months)


def _case(groups: dict[str, str]) -> tuple[str, ...]:
    body = re.sub(r"[\u2010–]", "-", groups.get("case") or groups["bare"])
    prefix = groups.get("prefix", "").upper()
    return (f"c:{prefix} {body}", f"c:{body}") if prefix else (f"c:{body}",)
