"""Numbers, sums of money and percentages as Swedish papers write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.grammar.found import Found, near

_WORDS = {
    "noll": 0, "ingen": 0, "inga": 0, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5,
    "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "tretton": 13,
    "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17, "arton": 18, "nitton": 19,
}  # fmt: skip
_TENS = {
    "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70,
    "åttio": 80, "nittio": 90,
}  # fmt: skip
_SCALES = {
    "kronor": 1, "krona": 1, "kr": 1, "sek": 1, ":-": 1,
    "tkr": 1e3, "kkr": 1e3, "tusen kronor": 1e3, "tusen kr": 1e3,
    "mnkr": 1e6, "mkr": 1e6, "miljoner kronor": 1e6, "miljon kronor": 1e6, "milj. kronor": 1e6,
    "miljoner kr": 1e6, "milj kr": 1e6, "milj. kr": 1e6, "mn kr": 1e6, "miljoner": 1e6,
    "miljon": 1e6,
    "mdkr": 1e9, "mdr kr": 1e9, "miljarder kronor": 1e9, "miljard kronor": 1e9,
    "miljarder kr": 1e9, "miljarder": 1e9, "miljard": 1e9,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3}){1,6}(?:,\d+)?|\d+(?:[.,]\d+)?"
_WORD = "|".join(sorted((*_TENS, *_WORDS), key=len, reverse=True))
_NUMBER_WORD = rf"(?:(?:{_WORD}|hundra|tusen)+)"
_SCALE = "|".join(
    re.escape(scale).replace(r"\ ", r"\s+") for scale in sorted(_SCALES, key=len, reverse=True)
)
_AMOUNT = re.compile(
    rf"(?<![\d,.-])(?P<value>[-−–]?(?:{_DIGITS})|\b{_NUMBER_WORD})\s*(?P<scale>{_SCALE})(?!\w)",
    re.IGNORECASE,
)
_SCALE_CUE = re.compile(r"[kK][rR](?:[oO][nN]|\b)|[mM][iI][lL][jJ]|[sS][eE][kK]\b|:-")
_PERCENT_CUE = re.compile(r"%|[pP]rocent|PROCENT")
_PERCENT = re.compile(rf"(?<![\d,.])({_DIGITS})\s*(?:%|procent(?:enheter)?\b)", re.IGNORECASE)
_PLURALS = ("or", "ar", "er", "are", "människor", "träd", "barn", "ton", "besök", "djur")
_NO_THINGS = ("under", "per", "eller", "efter", "över", "år", "har", "ger", "lägger", "avser")
_BARE_SCALE = {"miljoner", "miljon", "miljarder", "miljard"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNumber(Found):
    """A number. For sums of money `value` is in kronor; for percentages in per cent."""

    value: float


def parse_number(text: str) -> float | None:
    """The value of a number in digits ("33 262 650", "1,5") or words ("tjugotre"), else None."""
    plain = re.sub(r"[ \u00a0\u202f]", "", text.strip()).replace("−", "-").replace("–", "-")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return _word_value(plain.casefold())


def find_amounts(text: str) -> list[FoundNumber]:
    """Sums of money, in kronor.

    "miljoner" with no currency counts too, unless the thing counted follows ("miljoner resor").
    """
    found = []
    for m in near(_AMOUNT, _SCALE_CUE, text, before=90, after=20):
        scale = " ".join(m["scale"].casefold().split())
        value = parse_number(m["value"])
        if value is None or (scale in _BARE_SCALE and _counts_things(text, m.end())):
            continue
        money = round(value * _SCALES[scale], 2)
        found.append(FoundNumber(start=m.start(), end=m.end(), value=money))
    return found


def find_percentages(text: str) -> list[FoundNumber]:
    """Percentages, in per cent."""
    return [
        FoundNumber(start=m.start(), end=m.end(), value=value)
        for m in near(_PERCENT, _PERCENT_CUE, text, before=60, after=20)
        if (value := parse_number(m[1])) is not None
    ]


def _counts_things(text: str, at: int) -> bool:
    following = re.match(r"\s+([a-zåäö]+)", text[at : at + 30])
    return following is not None and _counted(following[1])


def _counted(word: str) -> bool:
    return word.endswith(_PLURALS) and word not in _NO_THINGS


def _word_value(word: str) -> float | None:
    if word in _WORDS:
        return float(_WORDS[word])
    for big, size in (("tusen", 1000), ("hundra", 100)):
        before, sep, after = word.partition(big)
        if sep:
            return _sum(before, after, size)
    for tens, value in _TENS.items():
        if word.startswith(tens):
            rest = word.removeprefix(tens)
            return float(value + _WORDS[rest]) if rest in _WORDS else None if rest else float(value)
    return None


def _sum(before: str, after: str, size: int) -> float | None:
    many = _word_value(before) if before else 1.0
    rest = _word_value(after) if after else 0.0
    return None if many is None or rest is None else many * size + rest
