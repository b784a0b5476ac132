"""What a yrkande is about: "kommunstyrelsens förslag", "motionen", "ärendet"."""

from __future__ import annotations

import re

from ingest.structure.minutes_text import one_line

MOVES = re.compile(
    r"\b(?P<verb>yrkar|yrkade|yrkas|yrkat|föreslår|föreslog|hemställer|hemställde|tillstyrker"
    r"|avstyrker|instämmer"
    r"|biträder|ansluter\s+sig|stöd(?:jer|er)|påyrkar|framställer|framför)\b"
)
_ACTS = (
    r"(?:bifall(?:a|er)|avslår?|återremitterar?|bordlägg(?:a|er)|tillstyrk(?:a|er)|avstyrk(?:a"
    r"|er)|antar?|godkänn(?:a|er))"
)
_BODY_ACTS = re.compile(
    r"\batt\s+(?:\w*(?:fullmäktige|styrelsen|nämnden|utskottet)|nämnden[^,.]{0,60}?)\s+"
    rf"(?:ska(?:ll)?\s+|beslutar\s+(?:att\s+)?)?{_ACTS}\s+(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TARGETS = (
    re.compile(r"\b(?:bifall|avslag)\s+(?:till|på|av)\s+(?P<what>.+)", re.IGNORECASE | re.DOTALL),
    re.compile(
        r"\b(?:tillstyrker|avstyrker|instämmer\s+(?:i|med)|biträder|bifaller|avslår"
        r"|ansluter\s+sig\s+till|stöd(?:jer|er))"
        r"\s+(?P<what>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"\batt\s+(?P<what>[^,]{2,200}?)\s+(?:(?:ska(?:ll)?|bör|måste)\s+)?(?:anses\s+)?"
        r"(?:bifalles?|bifalls|avslås|återremitteras|bordläggas?|bordläggs|tillstyrkas?"
        r"|tillstyrks|avstyrkas?|avstyrks|bifallas|avslås)\b",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(rf"\batt\s+{_ACTS}\s+(?P<what>.+)", re.IGNORECASE | re.DOTALL),
    re.compile(
        r"\benligt\s+(?P<what>[^.]*?\b(?:förslag|yrkande)\b[^.]*)", re.IGNORECASE | re.DOTALL
    ),
    re.compile(r"\b(?:återremiss|bordläggning)\s+av\s+(?P<what>.+)", re.IGNORECASE | re.DOTALL),
)


def target_of(what: str, stance: str) -> str | None:
    """What a stance is about; for a move of its own kind, the move."""
    own = _BODY_ACTS.search(what)
    if own:
        return _tidy(own["what"])
    rest = re.sub(rf"^\s*(?:{MOVES.pattern})\s*", "", what)
    if stance in ("annat", "tillägg"):
        return _tidy(rest)
    hits = [m for pattern in _TARGETS if (m := pattern.search(what))]
    return _tidy(min(hits, key=lambda m: m.start("what"))["what"]) if hits else None


def _tidy(text: str) -> str | None:
    plain = re.sub(
        r"(?:\s+(?:samt|och|dels|men|i andra hand)|,)$", "", one_line(text).rstrip(" .,;:")
    )
    return plain.strip(" ,;") or None
