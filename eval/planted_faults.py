"""Planted faults: each changes one thing in a true sentence, so that its source says it no more."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.verify import Source
from eval.planted_material import Material, Pool
from ingest.document import Document
from ingest.grammar.dates import MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A sentence with a claim about its source.

    Attributes:
        kind: what was changed, or how a true sentence is told.
        exact: True if nothing at all of this kind may be accepted.
        claim: the quotation with its place, where the claim is about a place.
    """

    kind: str
    sentence: str
    source: Source
    told_as: str | None = None
    exact: bool = False
    claim: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A quotation said to stand at `[start, end)` of a document, on a page."""

    document: Document
    quote: str
    start: int
    end: int
    page: int | None


Change = Callable[[Material, Pool, random.Random], str | None]
"""Gives the changed sentence, or None where the sentence holds nothing to change."""

_MEMBER = re.compile(
    r"(?P<first>[A-ZÅÄÖ][a-zåäöé]+)(?:[- ][A-ZÅÄÖ][a-zåäöé]+)+ \((?P<party>[A-ZÅÄÖ]{1,3})\)"
)
_NUMBER = re.compile(r"(?<![\w.,:§/-])(?<!§ )(\d{1,3}(?:,\d+)?)(?![\w:/,.-]*\d)(?! §)")
_MONEY = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d+)?)(?= (?:miljoner|mnkr|kronor|kr|tkr|procent))")
_YEAR = re.compile(r"\b(20[012]\d)\b")
_DAY = re.compile(rf"\b(\d{{1,2}})(?= (?:{'|'.join(MONTHS)}))")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\b")
_PARAGRAPH = re.compile(r"(?<=§ )(\d{1,3})\b|(?<=§)(\d{1,3})\b")
_CASE = re.compile(r"\b[A-ZÅÄÖ]{2,4}[- ]?20\d\d-\d{3,5}(\d)\b|\b\d{3}(\d)/\d\d\b")
_TIME = re.compile(r"(?<=klockan )(\d{1,2})[.:]\d\d|(?<=kl\. )(\d{1,2})[.:]\d\d")
_PARTIES = ("S", "M", "SD", "V", "C", "L", "KD", "MP", "D")
_PARTY_NAMES = (
    "Socialdemokraterna", "Moderaterna", "Sverigedemokraterna", "Vänsterpartiet", "Centerpartiet",
    "Liberalerna", "Kristdemokraterna", "Miljöpartiet",
)  # fmt: skip
_WORD_NUMBERS = ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")


def _one(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def _put(text: str, m: re.Match[str], new: str, group: int | str = 0) -> str:
    return text[: m.start(group)] + new + text[m.end(group) :]


def _times_ten(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_MONEY, material.text, rng) or _one(_NUMBER, material.text, rng)
    if m is None:
        return None
    number = m[1]
    return _put(material.text, m, number.replace(",", "") if "," in number else number + "0")


def _by_one(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_NUMBER, material.text, rng)
    if m is None or "," in m[1]:
        return None
    return _put(material.text, m, str(int(m[1]) + rng.choice((1, -1))))


def _unit(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "miljoner": "miljarder", "mnkr": "tkr", "procent": "procentenheter", "tkr": "mnkr",
        "miljarder": "miljoner", "%": "kronor",
    }  # fmt: skip
    return _swap_word(material.text, pairs, rng)


def _number_word(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = dict(zip(_WORD_NUMBERS, (*_WORD_NUMBERS[1:], "elva"), strict=True))
    return _swap_word(material.text, pairs, rng)


def _year(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_YEAR, material.text, rng)
    return _put(material.text, m, str(int(m[1]) + rng.choice((1, -1)))) if m else None


def _day(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_DAY, material.text, rng)
    return _put(material.text, m, str(int(m[1]) % 28 + 1)) if m else None


def _month(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_MONTH, material.text, rng)
    if m is None:
        return None
    return _put(material.text, m, rng.choice([month for month in MONTHS if month != m[1]]))


def _paragraph(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_PARAGRAPH, material.text, rng)
    return _put(material.text, m, str(int(m[0]) + 1)) if m else None


def _case(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_CASE, material.text, rng)
    if m is None:
        return None
    group = 1 if m[1] else 2
    return _put(material.text, m, str((int(m[group]) + 1) % 10), group)


def _time(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_TIME, material.text, rng)
    if m is None:
        return None
    group = 1 if m[1] else 2
    return _put(material.text, m, str((int(m[group]) + 1) % 24), group)


def _party(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_MEMBER, material.text, rng)
    if m is None:
        return None
    other = rng.choice([party for party in _PARTIES if party != m["party"]])
    return _put(material.text, m, other, "party")


def _party_letters(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(re.compile(r"(?<=från )(SD|KD|MP|S|M|V|C|L|D)\b"), material.text, rng)
    if m is None:
        return None
    others = [p for p in _PARTIES if not re.search(rf"\b{p}\b", material.text)]
    return _put(material.text, m, rng.choice(others)) if others else None


def _party_name(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(re.compile("|".join(_PARTY_NAMES)), material.text, rng)
    if m is None:
        return None
    others = [party for party in _PARTY_NAMES if party not in material.text]
    return _put(material.text, m, rng.choice(others)) if others else None


def _parties_exchanged(material: Material, pool: Pool, rng: random.Random) -> str | None:
    found = list(_MEMBER.finditer(material.text))
    pairs = [(a, b) for a in found for b in found if a.start() < b.start()]
    pairs = [(a, b) for a, b in pairs if a["party"] != b["party"]]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return _put(_put(material.text, b, a["party"], "party"), a, b["party"], "party")


def _signer(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_MEMBER, material.text, rng)
    others = [name for name in pool.members if m and name not in material.source.text]
    return _put(material.text, m, rng.choice(others)) if m and others else None


def _signer_nearby(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(_MEMBER, material.text, rng)
    text = material.document.text
    near = text[max(0, material.span.start - 1500) : material.span.end + 1500]
    others = [o[0] for o in _MEMBER.finditer(" ".join(near.split())) if o[0] not in material.text]
    return _put(material.text, m, rng.choice(others)) if m and others else None


def _first_name(material: Material, pool: Pool, rng: random.Random) -> str | None:
    found = list(_MEMBER.finditer(material.text))
    if not found or not pool.members:
        return None
    m = rng.choice(found)
    names = [o["first"] for o in found] + [rng.choice(pool.members).split()[0]]
    others = [name for name in names if name != m["first"]]
    return _put(material.text, m, rng.choice(others), "first") if others else None


def _names_exchanged(material: Material, pool: Pool, rng: random.Random) -> str | None:
    """Who moved one thing is said to have moved the other."""
    parts = re.split(r"\b(?:yrkar|yrkade)\b", material.text)
    movers = [list(_MEMBER.finditer(part)) for part in parts]
    if len(parts) < 3 or not movers[0] or not movers[1]:
        return None
    a, b = movers[0][0][0], movers[1][-1][0]
    swapped = {a: b, b: a}
    return re.sub("|".join(map(re.escape, swapped)), lambda m: swapped[m[0]], material.text)


def _body(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "kommunstyrelsen": "kommunfullmäktige", "kommunfullmäktige": "kommunstyrelsen",
        "kommunstyrelsens": "kommunfullmäktiges", "kommunfullmäktiges": "kommunstyrelsens",
        "nämnden": "styrelsen", "fullmäktige": "nämnden", "socialnämnden": "byggnadsnämnden",
        "stadsledningskontoret": "kommunstyrelsen", "stadsledningskontorets": "kommunstyrelsens",
    }  # fmt: skip
    return _swap_word(material.text, pairs, rng)


def _drop_not(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(re.compile(r"\b(?:inte|ej|icke|aldrig) "), material.text, rng)
    return _put(material.text, m, "") if m else None


def _add_not(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = _one(
        re.compile(r"\b(?:ska|kan|bör|får|har|är|yrkar|beslutar|avslås|antas) "), material.text, rng
    )
    if m is None or material.text[m.end() :].startswith("inte"):
        return None
    return _put(material.text, m, m[0] + "inte ")


def _outcome(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "bifall": "avslag", "avslag": "bifall", "bifaller": "avslår", "avslår": "bifaller",
        "avslås": "bifalls", "bifalls": "avslås", "bifallits": "avslagits",
        "avslagits": "bifallits",
        "bifalla": "avslå", "avslå": "bifalla", "bifalles": "avslås", "återremitteras": "avslås",
        "bordläggs": "avslås", "tillstyrker": "avstyrker", "avstyrker": "tillstyrker",
        "antas": "avslås", "godkänns": "avslås", "antecknas": "avslås",
    }  # fmt: skip
    return _swap_word(material.text, pairs, rng)


def _act(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "yrkar": "beslutar", "yrkade": "beslutade", "föreslår": "beslutar", "föreslog": "beslutade",
        "beslutar": "yrkar", "beslutade": "föreslog", "hemställer": "beslutar",
        "reserverar": "yrkar", "reserverade": "yrkade", "anser": "beslutar", "föreslås": "beslutas",
    }  # fmt: skip
    return _swap_word(material.text, pairs, rng)


def _modal(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "ska": "kan",
        "kan": "ska",
        "bör": "ska",
        "får": "måste",
        "måste": "får",
        "skulle": "ska",
    }
    return _swap_word(material.text, pairs, rng)


def _quantity(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "alla": "vissa", "samtliga": "några", "varje": "någon", "endast": "även", "minst": "högst",
        "högst": "minst", "flera": "alla", "några": "alla", "vissa": "alla", "hela": "halva",
        "mer": "mindre", "fler": "färre", "ingen": "någon", "inga": "några", "båda": "ingen av",
    }  # fmt: skip
    return _swap_word(material.text, pairs, rng)


def _opposite(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "ökar": "minskar", "minskar": "ökar", "ökade": "minskade", "ökad": "minskad",
        "höjs": "sänks", "högre": "lägre", "lägre": "högre", "öka": "minska", "minska": "öka",
        "före": "efter", "efter": "före", "positiv": "negativ", "negativ": "positiv",
        "stärka": "försvaga", "möjligt": "omöjligt", "bättre": "sämre", "stor": "liten",
        "från": "till", "till": "från", "och": "eller", "mot": "för", "över": "under",
        "med": "utan",
    }  # fmt: skip
    return _swap_word(material.text, pairs, rng)


def _tail(material: Material, pool: Pool, rng: random.Random) -> str:
    tails = (
        "vilket sparar pengar", "och ska utvärderas årligen", "trots kritik från revisorerna",
        "efter påtryckningar från näringslivet", "enligt en ny rapport", "utan extra kostnad",
        "och gäller omedelbart", "vilket alla partier ställer sig bakom", "med stor majoritet",
        "och arbetet är redan klart", "i hela landet", "tills vidare",
    )  # fmt: skip
    return f"{material.text.rstrip('.')} {rng.choice(tails)}."


def _word(material: Material, pool: Pool, rng: random.Random) -> str | None:
    """One content word replaced by one from another document."""
    found = list(re.finditer(r"\b[a-zåäö]{6,}\b", material.text))
    other = rng.choice(pool.materials)
    words = [
        w for w in re.findall(r"\b[a-zåäö]{6,}\b", other.text) if w not in material.source.text
    ]
    if not found or not words:
        return None
    return _put(material.text, rng.choice(found), rng.choice(words))


def _words_exchanged(material: Material, pool: Pool, rng: random.Random) -> str | None:
    found = list(re.finditer(r"\b[a-zåäö]{6,}\b", material.text))
    if len(found) < 4:
        return None
    a, b = sorted(rng.sample(found, 2), key=lambda m: m.start())
    if a[0][:4] == b[0][:4]:
        return None
    return _put(_put(material.text, b, a[0]), a, b[0])


def _elsewhere(material: Material, pool: Pool, rng: random.Random) -> str | None:
    other = rng.choice(pool.materials)
    if other.document.file == material.document.file or other.text in material.source.text:
        return None
    return other.text


def _swap_word(text: str, pairs: dict[str, str], rng: random.Random) -> str | None:
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, pairs)) + r")\b", re.IGNORECASE)
    m = _one(pattern, text, rng)
    if m is None:
        return None
    new = pairs[m[0].lower()]
    return _put(text, m, new.capitalize() if m[0][0].isupper() else new)


EXACT: dict[str, Change] = {
    "amount ×10": _times_ten, "number ±1": _by_one, "unit": _unit, "number word": _number_word,
    "year": _year, "day": _day, "month": _month, "time": _time, "§": _paragraph,
    "case number": _case, "party": _party, "party letters": _party_letters,
    "party name": _party_name, "parties exchanged": _parties_exchanged, "signer": _signer,
    "signer from nearby": _signer_nearby, "first name": _first_name,
    "names exchanged": _names_exchanged, "body": _body, "inte dropped": _drop_not,
    "inte added": _add_not, "bifall ↔ avslag": _outcome, "yrkar ↔ beslutar": _act,
}  # fmt: skip
"""Kinds of which nothing may be accepted."""

LOOSE: dict[str, Change] = {
    "modal verb": _modal, "quantity": _quantity, "opposite": _opposite, "invented tail": _tail,
    "content word": _word, "words exchanged": _words_exchanged, "other document": _elsewhere,
}  # fmt: skip
"""Kinds of which at most one in two hundred may be accepted."""


def plant(
    kind: str, change: Change, material: Material, pool: Pool, rng: random.Random
) -> Planted | None:
    """The material with one fault of that kind, told bare, framed or quoted; or None."""
    text = change(material, pool, rng)
    if text is None or _squeezed(text) in _squeezed(material.source.text):
        return None
    return Planted(
        kind=kind,
        sentence=told(text, rng),
        source=material.source,
        told_as=material.role.value,
        exact=kind in EXACT,
    )


def told(text: str, rng: random.Random) -> str:
    """The sentence as a composer might tell it."""
    frames: Sequence[str] = (
        "{}", "{}", "{}", "Enligt handlingen: {}", "I dokumentet står: ”{}”", "”{}”",
        "Texten lyder: ”{}”", "Det framgår av handlingen att följande gäller: {}",
    )  # fmt: skip
    return rng.choice(frames).format(text)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold().rstrip(".")


__all__ = ["EXACT", "LOOSE", "Claim", "Planted", "plant", "told"]
