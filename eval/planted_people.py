"""Changing who: parties, signers and bodies."""

from __future__ import annotations

import random
import re

from eval.planted_changes import Change, one, put, swap_word
from eval.planted_material import Material, Pool

_MEMBER = re.compile(
    r"\b(?!(?:Tilläggsy|Y)rkande\w*|\w*[Oo]rdförande|Reservation\w*|Ledamot\w*)"
    r"(?P<first>[A-ZÅÄÖ][a-zåäöé]+)(?:[- ][A-ZÅÄÖ][a-zåäöé]+)+ \((?P<party>[A-ZÅÄÖ]{1,3})\)"
)
_PARTIES = ("S", "M", "SD", "V", "C", "L", "KD", "MP", "D")
_PARTY_NAMES = (
    "Socialdemokraterna", "Moderaterna", "Sverigedemokraterna", "Vänsterpartiet", "Centerpartiet",
    "Liberalerna", "Kristdemokraterna", "Miljöpartiet",
)  # fmt: skip


def _party(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_MEMBER, material.text, rng)
    if m is None:
        return None
    other = rng.choice([party for party in _PARTIES if party != m["party"]])
    return put(material.text, m, other, "party")


def _party_letters(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(re.compile(r"(?<=från )(SD|KD|MP|S|M|V|C|L|D)\b"), material.text, rng)
    if m is None:
        return None
    others = [p for p in _PARTIES if not re.search(rf"\b{p}\b", material.text)]
    return put(material.text, m, rng.choice(others)) if others else None


def _party_name(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(re.compile("|".join(_PARTY_NAMES)), material.text, rng)
    if m is None:
        return None
    others = [party for party in _PARTY_NAMES if party not in material.text]
    return put(material.text, m, rng.choice(others)) if others else None


def _parties_exchanged(material: Material, pool: Pool, rng: random.Random) -> str | None:
    found = list(_MEMBER.finditer(material.text))
    pairs = [(a, b) for a in found for b in found if a.start() < b.start()]
    pairs = [(a, b) for a, b in pairs if a["party"] != b["party"]]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return put(put(material.text, b, a["party"], "party"), a, b["party"], "party")


def _signer(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_MEMBER, material.text, rng)
    others = [name for name in pool.members if m and name not in material.source.text]
    return put(material.text, m, rng.choice(others)) if m and others else None


def _signer_nearby(material: Material, pool: Pool, rng: random.Random) -> str | None:
    m = one(_MEMBER, material.text, rng)
    text = material.document.text
    near = text[max(0, material.span.start - 1500) : material.span.end + 1500]
    known = {_person(o) for o in _MEMBER.finditer(material.text)}
    found = _MEMBER.finditer(" ".join(near.split()))
    others = [o[0] for o in found if _person(o) not in known]
    return put(material.text, m, rng.choice(others)) if m and others else None


def _person(m: re.Match[str]) -> str:
    """The person without the genitive's s: "Karin Holms (V)" is Karin Holm."""
    return m[0].replace("s (", " (")


def _first_name(material: Material, pool: Pool, rng: random.Random) -> str | None:
    found = list(_MEMBER.finditer(material.text))
    if not found or not pool.members:
        return None
    m = rng.choice(found)
    names = [o["first"] for o in found] + [rng.choice(pool.members).split()[0]]
    others = [name for name in names if name != m["first"]]
    return put(material.text, m, rng.choice(others), "first") if others else None


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
    return swap_word(material.text, pairs, rng)


PEOPLE: dict[str, Change] = {
    "party": _party, "party letters": _party_letters, "party name": _party_name,
    "parties exchanged": _parties_exchanged, "signer": _signer,
    "signer from nearby": _signer_nearby, "first name": _first_name,
    "names exchanged": _names_exchanged, "body": _body,
}  # fmt: skip
"""Changes of who."""
