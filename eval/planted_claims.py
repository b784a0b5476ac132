"""Planted faults of role, of cutting and of place."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from assistant.verify import Source
from eval.planted_faults import Claim, Planted
from eval.planted_material import Material, Pool
from ingest.document import Document, Page
from ingest.parts import Role

Claimed = Callable[[Material, Pool, random.Random], Planted | None]

_GOVERNED = re.compile(
    r"\b(?:yrkar|yrkade|föreslår|föreslog|hemställer|begär|vill|anser)\b[^.]*?\batt (?=\w)"
)
_OPERATIVE = re.compile(
    r"\b(?:avslås|bifalls|bifalles|antas|fastställs|godkänns|återremitteras|uppdrag)\b"
)
_TURN = re.compile(r" (?:inte|ej|aldrig|dock|utom|men|om inte)\b")
_DECIDED = (
    "Kommunfullmäktige beslutade: ”{}”", "Kommunstyrelsen beslutade att {}",
    "Enligt beslutet: {}", "Fullmäktige har beslutat: {}",
)  # fmt: skip


def framed_as_decision(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """A proposal, a reservation or an opinion in the frame of a decision."""
    if material.role in (Role.DECISION, Role.INFORMATION):
        return None
    return Planted(
        kind="role: framed as decided",
        sentence=rng.choice(_DECIDED).format(material.text),
        source=material.source,
        exact=True,
    )


def shown_as_decision(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """The very words of a proposal, shown under the heading of a decision."""
    if material.role is Role.DECISION:
        return None
    return Planted(
        kind="role: shown as decided",
        sentence=material.text,
        source=material.source,
        told_as="decision",
        exact=True,
    )


def bare_proposal(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """The operative words of a proposal with nothing to say that they are one."""
    if material.source.role is not Role.PROPOSAL or not _OPERATIVE.search(material.text):
        return None
    if re.search(
        r"yrka|försl|föresl|hemst|tillstyrk|avstyrk|bör\b|vill\b|enligt|har|hade|ge?tt|gav|fick|fått|anse|motion|begär|mena|reserv|förespr|rekommend",
        material.text,
        re.I,
    ):
        return None
    return Planted(
        kind="role: proposal told bare", sentence=material.text, source=material.source, exact=True
    )


def lead_dropped(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """ "X yrkar att Y" told as "Y"."""
    m = _GOVERNED.search(material.text)
    if m is None or len(material.text) - m.end() < 25:
        return None
    rest = material.text[m.end() :]
    return Planted(
        kind="role: lead-in dropped",
        sentence=rest[0].upper() + rest[1:],
        source=replace(material.source, role=Role.INFORMATION),
        exact=True,
    )


def turn_cut_off(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """A sentence that ends just before the "inte" that turns it."""
    m = _TURN.search(material.text, 30)
    if m is None:
        return None
    return Planted(
        kind="cut before a turn",
        sentence=material.text[: m.start()].rstrip(",;") + ".",
        source=material.source,
        told_as=material.role.value,
        exact="inte" in m[0] or "ej" in m[0] or "aldrig" in m[0],
    )


def altered_quotation(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """One letter-perfect word in quotation marks inflected."""
    found = list(re.finditer(r"\b[a-zåäö]{5,}(?:en|et|ar|er)\b", material.text))
    if not found:
        return None
    m = rng.choice(found)
    text = material.text[: m.end() - 2] + material.text[m.end() :]
    return Planted(
        kind="quotation altered",
        sentence=f"Handlingen lyder: ”{text}”",
        source=material.source,
        told_as=material.role.value,
    )


def wrong_page(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """The right quotation, said to stand on another page."""
    paged = _paged(material.document)
    start, end = material.span.start, material.span.end
    page = paged.page_at(start) or 1
    claim = Claim(document=paged, quote=paged.text[start:end], start=start, end=end, page=page + 1)
    return _claimed("right quotation, wrong page", material, claim)


def wrong_place(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """The right quotation with offsets that are off."""
    paged = _paged(material.document)
    start, end = material.span.start + rng.choice((1, 2, 7)), material.span.end
    quote = paged.text[material.span.start : material.span.end]
    claim = Claim(document=paged, quote=quote, start=start, end=end, page=paged.page_at(start))
    return _claimed("right quotation, wrong offsets", material, claim)


def too_short(material: Material, pool: Pool, rng: random.Random) -> Planted | None:
    """A quotation of a word or two."""
    paged = _paged(material.document)
    words = list(re.finditer(r"\w+", paged.text[material.span.start : material.span.end]))
    m = rng.choice(words)
    start = material.span.start + m.start()
    claim = Claim(
        document=paged, quote=m[0], start=start, end=start + len(m[0]), page=paged.page_at(start)
    )
    return _claimed("quotation too short", material, claim)


def _claimed(kind: str, material: Material, claim: Claim) -> Planted:
    return Planted(
        kind=kind,
        sentence=f"”{material.text}”",
        source=material.source,
        told_as=material.role.value,
        exact=True,
        claim=claim,
    )


def _paged(document: Document) -> Document:
    """The document with pages of two thousand characters where its format has none."""
    if document.pages:
        return document
    size = max(len(document.text), 1)
    pages = tuple(
        Page(number, start, min(start + 2000, size))
        for number, start in enumerate(range(0, size, 2000), 1)
    )
    return replace(document, pages=pages)


def right_place(material: Material) -> Claim:
    """A claim that is true."""
    paged = _paged(material.document)
    start, end = material.span.start, material.span.end
    return Claim(
        document=paged, quote=paged.text[start:end], start=start, end=end, page=paged.page_at(start)
    )


def source_of(material: Material) -> Source:
    """The source of the sentence alone."""
    start, end = material.span.start, material.span.end
    return replace(material.source, text=material.document.text[start:end], start=start, end=end)


CLAIMS: tuple[Claimed, ...] = (
    framed_as_decision, shown_as_decision, bare_proposal, lead_dropped, turn_cut_off,
    altered_quotation, wrong_page, wrong_place, too_short,
)  # fmt: skip
