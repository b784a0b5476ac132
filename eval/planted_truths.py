"""True sentences told in many ways, a third of them over sources that extraction has damaged."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from assistant.verify import FactKind, Source
from assistant.wording import date
from eval.planted_claims import right_place
from eval.planted_faults import Planted, told
from eval.planted_material import Material
from ingest.document import Span
from ingest.grammar.dates import MONTHS, find_dates
from ingest.parts import Role

Truth = Callable[[Material, random.Random], str | None]
Damage = Callable[[str, random.Random], tuple[str, tuple[Span, ...]] | None]

_PARTY = re.compile(r"(?<=[a-zåäö]) \([A-ZÅÄÖ]{1,3}\)")
_MEMBER = r"[A-ZÅÄÖ][^,()]+\([A-Z]{1,3}\)"
_MANY = re.compile(
    rf"^(?P<first>{_MEMBER})(?:, {_MEMBER})* och (?P<last>{_MEMBER}) "
    r"(?=yrkar|yrkade|reserverar|reserverade)"
)
_NUMBERS = {"2": "två", "3": "tre", "4": "fyra", "5": "fem", "6": "sex", "7": "sju", "8": "åtta",
            "9": "nio", "10": "tio", "12": "tolv", "15": "femton"}  # fmt: skip
_SAME = (
    ("miljoner kronor", "mnkr"),
    ("mnkr", "miljoner kronor"),
    (" procent", " %"),
    (" kr", " kronor"),
)
_PRESENT = {"yrkar": "yrkade", "reserverar": "reserverade", "föreslår": "föreslog",
            "röstar": "röstade", "avstår": "avstod"}  # fmt: skip


def verbatim(material: Material, rng: random.Random) -> str | None:
    """The source's own words, bare, framed or quoted."""
    return told(material.text, rng)


def by_its_paper(material: Material, rng: random.Random) -> str | None:
    """In a frame with what is known of the part."""
    part = material.part
    facts = {fact.kind: fact for fact in material.source.facts}
    if part.body and part.date and material.role is Role.DECISION and part.paragraph:
        return f"{part.body} {date('sv', part.date)}, § {part.paragraph}: ”{material.text}”"
    if FactKind.AUTHOR in facts and facts[FactKind.AUTHOR].party and material.role is Role.PROPOSAL:
        author = facts[FactKind.AUTHOR]
        return f"{author.value} ({author.party}) föreslår: ”{material.text}”"
    return f"{part.title.rstrip('.:')}: ”{material.text}”" if part.title else None


def signed(material: Material, rng: random.Random) -> str | None:
    """Who wrote the paper."""
    authors = [a for a in material.part.authors if a.party][:2]
    if not authors:
        return None
    names = " och ".join(f"{a.name} ({a.party})" for a in authors)
    return rng.choice(
        ("Undertecknad av {}.", "Skriven av {}.", "Handlingen är skriven av {}.")
    ).format(names)


def date_in_figures(material: Material, rng: random.Random) -> str | None:
    """A date written the other way."""
    dates = [d for d in find_dates(material.text) if len(d.iso) == 10]
    if not dates:
        return None
    chosen = rng.choice(dates)
    written = material.text[chosen.start : chosen.end]
    if written == chosen.iso:
        year, month, day = chosen.iso.split("-")
        new = f"den {int(day)} {MONTHS[int(month) - 1]} {year}"
    else:
        new = chosen.iso
    return material.text[: chosen.start] + new + material.text[chosen.end :]


def number_in_words(material: Material, rng: random.Random) -> str | None:
    """15 as femton."""
    m = re.search(
        r"(?<![\w.,:§/-])(?<!§ )(\d{1,2})(?= [a-zåäö]{4,})(?! [a-zåäö]+ (?:19|20)\d\d)",
        material.text,
    )
    if (
        m is None
        or m[1] not in _NUMBERS
        or re.match(rf" (?:{'|'.join(MONTHS)}|kap|procent)", material.text[m.end() :])
    ):
        return None
    return material.text[: m.start()] + _NUMBERS[m[1]] + material.text[m.end() :]


def unit_abbreviated(material: Material, rng: random.Random) -> str | None:
    """miljoner kronor as mnkr."""
    for long, short in _SAME:
        m = re.search(rf"(?<=\d){long}\b|(?<=\d ){long.strip()}\b", material.text)
        if m:
            return (
                material.text[: m.start()]
                + (short if m[0][0] == " " else short.strip())
                + material.text[m.end() :]
            )
    return None


def party_left_out(material: Material, rng: random.Random) -> str | None:
    """A name without its party."""
    return _PARTY.sub("", material.text, count=1) if _PARTY.search(material.text) else None


def one_of_many(material: Material, rng: random.Random) -> str | None:
    """One of several who moved the same."""
    m = _MANY.match(material.text)
    if m is None or material.text.count(" yrka") + material.text.count("reserv") > 1:
        return None
    return f"{m[rng.choice(('first', 'last'))]} {material.text[m.end() :]}"


def in_past_tense(material: Material, rng: random.Random) -> str | None:
    """yrkar as yrkade."""
    m = re.search(r"\b(?:" + "|".join(_PRESENT) + r")\b", material.text)
    return material.text[: m.start()] + _PRESENT[m[0]] + material.text[m.end() :] if m else None


def _decomposed(text: str, rng: random.Random) -> tuple[str, tuple[Span, ...]] | None:
    made = unicodedata.normalize("NFD", text)
    return (made, ()) if made != text else None


def _line_hyphen(text: str, rng: random.Random) -> tuple[str, tuple[Span, ...]] | None:
    found = list(re.finditer(r"(?<=[a-zåäö]{3})(?=[a-zåäö]{3})", text))
    return (_insert(text, rng.choice(found).start(), "-\n"), ()) if found else None


def _soft_hyphen(text: str, rng: random.Random) -> tuple[str, tuple[Span, ...]] | None:
    found = list(re.finditer(r"(?<=[a-zåäö]{3})(?=[a-zåäö]{3})", text))
    if not found:
        return None
    for m in sorted(rng.sample(found, min(4, len(found))), key=lambda m: -m.start()):
        text = _insert(text, m.start(), "\u00ad")
    return text, ()


def _white_space(text: str, rng: random.Random) -> tuple[str, tuple[Span, ...]] | None:
    odd = ("\u00a0", "  ", "\n", " \n ", "\u2009", "\u200b ", "\t", "\r\n")
    return re.sub(" ", lambda m: rng.choice(odd) if rng.random() < 0.3 else m[0], text), ()


def _ligature(text: str, rng: random.Random) -> tuple[str, tuple[Span, ...]] | None:
    made = (
        text.replace("ffi", "\ufb03")
        .replace("fi", "\ufb01")
        .replace("fl", "\ufb02")
        .replace("ff", "\ufb00")
    )
    return (made, ()) if made != text else None


def _page_break(text: str, rng: random.Random) -> tuple[str, tuple[Span, ...]] | None:
    """A running head between two words, marked as the reader marks it."""
    gaps = [m.start() for m in re.finditer(r"(?<=[a-zåäö]) (?=[a-zåäö])", text)]
    if not gaps:
        return None
    at = rng.choice(gaps)
    head = "\n\nEkmarka kommun, protokoll\n\n7 (31)\n\nKommunfullmäktige\nProtokoll nr 2\n\n"
    return text[:at] + head + text[at + 1 :], (Span(at, at + len(head)),)


def _insert(text: str, at: int, what: str) -> str:
    return text[:at] + what + text[at:]


TRUTHS: dict[str, Truth] = {
    "verbatim": verbatim, "by its paper": by_its_paper, "signed": signed,
    "date rewritten": date_in_figures, "number in words": number_in_words,
    "unit rewritten": unit_abbreviated, "party left out": party_left_out,
    "one of many": one_of_many, "past tense": in_past_tense,
}  # fmt: skip

DAMAGES: dict[str, Damage] = {
    "NFD": _decomposed, "line hyphen": _line_hyphen, "page break": _page_break,
    "soft hyphen": _soft_hyphen, "white space": _white_space, "ligature": _ligature,
}  # fmt: skip


def truth(kind: str, material: Material, rng: random.Random) -> Planted | None:
    """The material told truly in that way, or None."""
    text = TRUTHS[kind](material, rng)
    if text is None:
        return None
    return Planted(
        kind=kind,
        sentence=text,
        source=material.source,
        told_as=material.role.value,
        claim=right_place(material) if kind == "verbatim" else None,
    )


def damaged(planted: Planted, kind: str, rng: random.Random) -> Planted | None:
    """The same claim over a source with that damage, or None where it cannot take it."""
    source = planted.source
    if source.furniture:
        return None
    made = DAMAGES[kind](source.text, rng)
    if made is None:
        return None
    text, furniture = made
    moved = tuple(Span(span.start + source.start, span.end + source.start) for span in furniture)
    return replace(planted, kind=f"damage: {kind}", source=_with(source, text, moved), claim=None)


def _with(source: Source, text: str, furniture: tuple[Span, ...]) -> Source:
    """The source with other text, and what stands around it as before."""
    if source.whole is None:
        return replace(source, text=text, furniture=furniture, end=source.start + len(text))
    whole = source.whole[: source.start] + text + source.whole[source.end :]
    return replace(
        source, text=text, furniture=furniture, end=source.start + len(text), whole=whole
    )
