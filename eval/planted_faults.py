"""Planted faults: each changes one thing in a true sentence, so that its source says it no more."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verify import Source
from eval.planted_changes import VALUES, Change, one, put, swap_word
from eval.planted_material import Material, Pool
from eval.planted_people import PEOPLE
from ingest.document import Document


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


def _drop_not(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(re.compile(r"\b(?:inte|ej|icke|aldrig) "), material.text, rng)
    return put(material.text, m, "") if m else None


def _add_not(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(
        re.compile(r"\b(?:ska|kan|bör|får|har|är|yrkar|beslutar|avslås|antas) "), material.text, rng
    )
    if m is None or material.text[m.end() :].startswith("inte"):
        return None
    return put(material.text, m, m[0] + "inte ")


def _outcome(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "bifall": "avslag", "avslag": "bifall", "bifaller": "avslår", "avslår": "bifaller",
        "avslås": "bifalls", "bifalls": "avslås", "bifallits": "avslagits",
        "avslagits": "bifallits",
        "bifalla": "avslå", "avslå": "bifalla", "bifalles": "avslås", "återremitteras": "avslås",
        "bordläggs": "avslås", "tillstyrker": "avstyrker", "avstyrker": "tillstyrker",
        "antas": "avslås", "godkänns": "avslås", "antecknas": "avslås",
    }  # fmt: skip
    return swap_word(material.text, pairs, rng)


def _act(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "yrkar": "beslutar", "yrkade": "beslutade", "föreslår": "beslutar", "föreslog": "beslutade",
        "beslutar": "yrkar", "beslutade": "föreslog", "hemställer": "beslutar",
        "reserverar": "yrkar", "reserverade": "yrkade", "anser": "beslutar", "föreslås": "beslutas",
    }  # fmt: skip
    return swap_word(material.text, pairs, rng)


def _modal(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "ska": "kan",
        "kan": "ska",
        "bör": "ska",
        "får": "måste",
        "måste": "får",
        "skulle": "ska",
    }
    return swap_word(material.text, pairs, rng)


def _quantity(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "alla": "vissa", "samtliga": "några", "varje": "någon", "endast": "även", "minst": "högst",
        "högst": "minst", "flera": "alla", "några": "alla", "vissa": "alla", "hela": "halva",
        "mer": "mindre", "fler": "färre", "ingen": "någon", "inga": "några", "båda": "ingen av",
    }  # fmt: skip
    return swap_word(material.text, pairs, rng)


def _opposite(material: Material, pool: Pool, rng: random.Random) -> str | None:
    pairs = {
        "ökar": "minskar", "minskar": "ökar", "ökade": "minskade", "ökad": "minskad",
        "höjs": "sänks", "högre": "lägre", "lägre": "högre", "öka": "minska", "minska": "öka",
        "före": "efter", "efter": "före", "positiv": "negativ", "negativ": "positiv",
        "stärka": "försvaga", "möjligt": "omöjligt", "bättre": "sämre", "stor": "liten",
        "från": "till", "till": "från", "och": "eller", "mot": "för", "över": "under",
        "med": "utan",
    }  # fmt: skip
    return swap_word(material.text, pairs, rng)


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
    return put(material.text, rng.choice(found), rng.choice(words))


def _words_exchanged(material: Material, pool: Pool, rng: random.Random) -> str | None:
    found = list(re.finditer(r"\b[a-zåäö]{6,}\b", material.text))
    if len(found) < 4:
        return None
    a, b = sorted(rng.sample(found, 2), key=lambda m: m.start())
    if a[0][:4] == b[0][:4]:
        return None
    return put(put(material.text, b, a[0]), a, b[0])


def _elsewhere(material: Material, pool: Pool, rng: random.Random) -> str | None:
    other = rng.choice(pool.materials)
    if other.document.file == material.document.file or other.text in material.source.text:
        return None
    return other.text


EXACT: dict[str, Change] = {
    **VALUES, **PEOPLE, "inte dropped": _drop_not, "inte added": _add_not,
    "bifall ↔ avslag": _outcome, "yrkar ↔ beslutar": _act,
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
