"""Changing one thing in a sentence: the tools, and the changes of numbers, dates and references."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from eval.planted_material import Material, Pool
from ingest.grammar.dates import MONTHS

Change = Callable[[Material, Pool, random.Random], str | None]
"""Gives the changed sentence, or None where the sentence holds nothing to change."""

_NUMBER = re.compile(r"(?<![\w.,:§/-])(?<!§ )(\d{1,3}(?:,\d+)?)(?![\w:/,.-]*\d)(?! §)")
_MONEY = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d+)?)(?= (?:miljoner|mnkr|kronor|kr|tkr|procent))")
_YEAR = re.compile(r"\b(20[012]\d)\b")
_DAY = re.compile(rf"\b(\d{{1,2}})(?= (?:{'|'.join(MONTHS)}))")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
_PARAGRAPH = re.compile(r"(?<=§ )(\d{1,3})\b|(?<=§)(\d{1,3})\b")
_CASE = re.compile(r"\b[A-ZÅÄÖ]{2,4}[- ]?20\d\d-\d{3,5}(\d)\b|\b\d{3}(\d)/\d\d\b")
_TIME = re.compile(r"(?<=klockan )(\d{1,2})[.:]\d\d|(?<=kl\. )(\d{1,2})[.:]\d\d")
_WORD_NUMBERS = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


def one(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def put(text: str, m: re.Match[str], new: str, group: int | str = 0) -> str:
    return text[: m.start(group)] + new + text[m.end(group) :]


def swap_word(text: str, pairs: dict[str, str], rng: random.Random) -> str | None:
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, pairs)) + r")\b", re.IGNORECASE)
    m = one(pattern, text, rng)
    if m is None:
        return None
    new = pairs[m[0].lower()]
    return put(text, m, new.capitalize() if m[0][0].isupper() else new)


def _times_ten(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_MONEY, material.text, rng) or one(_NUMBER, material.text, rng)
    if m is None:
        return None
    number = m[1]
    return put(material.text, m, number.replace(",", "") if "," in number else number + "0")


def _by_one(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_NUMBER, material.text, rng)
    if m is None or "," in m[1]:
        return None
    return put(material.text, m, str(int(m[1]) + rng.choice((1, -1))))


def _unit(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "miljoner": "miljarder", "mnkr": "tkr", "procent": "procentenheter", "tkr": "mnkr",
        "miljarder": "miljoner", "%": "kronor",
    }  # fmt: skip
    return swap_word(material.text, pairs, rng)


def _number_word(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = dict(zip(_WORD_NUMBERS, (*_WORD_NUMBERS[1:], "elva"), strict=True))
    return swap_word(material.text, pairs, rng)


def _year(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_YEAR, material.text, rng)
    return put(material.text, m, str(int(m[1]) + rng.choice((1, -1)))) if m else None


def _day(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_DAY, material.text, rng)
    return put(material.text, m, str(int(m[1]) % 28 + 1)) if m else None


def _month(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_MONTH, material.text, rng)
    if m is None:
        return None
    return put(material.text, m, rng.choice([month for month in MONTHS if month != m[1]]))


def _paragraph(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_PARAGRAPH, material.text, rng)
    return put(material.text, m, str(int(m[0]) + 1)) if m else None


def _case(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_CASE, material.text, rng)
    if m is None:
        return None
    group = 1 if m[1] else 2
    return put(material.text, m, str((int(m[group]) + 1) % 10), group)


def _time(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_TIME, material.text, rng)
    if m is None:
        return None
    group = 1 if m[1] else 2
    return put(material.text, m, str((int(m[group]) + 1) % 24), group)


VALUES: dict[str, Change] = {
    "amount ×10": _times_ten, "number ±1": _by_one, "unit": _unit, "number word": _number_word,
    "year": _year, "day": _day, "month": _month, "time": _time, "§": _paragraph,
    "case number": _case,
}  # fmt: skip
"""Changes of values."""
