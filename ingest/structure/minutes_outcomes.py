"""What a decision's words amount to: its outcome, who decides, whose proposal it follows."""

from __future__ import annotations

import re

from ingest.grammar.deciding import hits, table
from ingest.structure.minutes_text import one_line, statements

# A relative or purpose clause tells of something else: "… i syfte att anta en ny plan".
_ASIDE = re.compile(
    r"\b(?:i syfte att|för att|med hänvisning till|eftersom|under förutsättning att)\b.*"
    r"|\bsom\s+(?:\w+\s+){0,3}?(?:antogs|antas|antagits|antog|fastställdes|fastställts|godkändes"
    r"|godkänts|beslutades|valts|utsetts)\b[^,.]*",
    re.DOTALL,
)
_CHARGES = re.compile(
    r"\b(?:får|ges|ger|ge|gavs)\b[^.]{0,200}?\buppdrag\b|\buppdra(?:r|s)?\s+(?:åt|till)\b"
)
_OTHERWISE = re.compile(
    r"\b(?:förklaras|hänskjuts|upphör|ändras|översänds|överlämnas|remitteras|ska|skall|fördelas"
    r"|avsätts|tilldelas|får|ges|ger"
    r"|avslutas|regleras|upphävs|upphäver|höjs|sänks|stryks|kompletteras|finansieras|delegeras"
    r"|uppdrar?|medges|förlängs|revideras)\b"
)
_MAY_BE_PUT = re.compile(r"\bfår\s+(?:fram)?ställas\b")
_QUOTED = re.compile(r"[”\"“][^”\"“]{0,2000}[”\"“]", re.S)

BODY = (
    r"(?:[Kk]ommunfullmäktige|[Ff]ullmäktige|[Kk]ommunstyrelsens?(?:\s+\w*utskott)?"
    r"|[Kk]ommunstyrelsen"
    r"|[Rr]egion(?:fullmäktige|styrelsen)|[A-ZÅÄÖa-zåäö-]*(?:nämnden|utskottet|styrelsen"
    r"|beredningen|direktionen)"
    r"|[Nn]ämnden(?:\s+för\s+[\wåäö, &-]{3,60}?)?|[Pp]residiet|[Rr]evisionen)"
)
_PROPOSES = re.compile(
    rf"(?:föreslår?|tillstyrker|hemställer|förslag\s+till|rekommenderar)[^.:]{{0,160}}?"
    rf"(?P<to>{BODY})(?:s\s+beslut)?"
    r"(?P<verb>\s+(?:att\s+)?(?:beslutar?|besluta|föreslås|att)\b|\s*:|\s*$|\s)"
)
_DECIDES = re.compile(
    rf"^(?P<body>{BODY}(?:\s+för\s+[\wåäö, &-]{{3,60}}?)?)\s+(?P<verb>(?:har\s+)?(?:beslutar"
    rf"|beslutade|beslutat|beslöt"
    r"|antar|avslår|bifaller|godkänner|noterar|utser|väljer|fastställer|föreslår|tillstyrker"
    r"|beviljar|antecknar"
    r"|återremitterar|bordlägger|överlämnar|översänder|lämnar|ger|ställer|entledigar|uppdrar"
    r"|avger|förklarar"
    r"|avstyrker|tar|lägger|anser|avstår|upphäver|delegerar|medger|instämmer|hemställer|ändrar"
    r"|avsätter|anvisar))\b"
)
_ACCORDING = re.compile(
    r"(?:\b[Ee]nligt|\bi enlighet med|\b[Pp]å)\s+(?P<whose>(?:punkt(?:erna)?\s+[\d, –-]+"
    r"(?:och \d+\s+)?i\s+)?"
    r"(?:(?!\bbilaga\b|\bärendet\b|\blag)[\wåäöÅÄÖ:-]+\s+){0,6}?(?:reviderat?\s+)?"
    r"(?:förslag\w*|\w*yrkande\w*|beslutssats\w*|hemställan|skrivelse)"
    r"(?:\s+(?:från|av|till beslut)\s+[^:;.\n]*(?:\n[^:;.\n]{1,80})?)?)"
)


def outcome_of(text: str) -> str:
    """The outcome of one point of a decision, "annat" where no deciding verb is known.

    The first sentence that decides anything tells it; that a question may be put decides nothing.
    """
    plain = _QUOTED.sub(" ", text)
    for start, end in statements(plain):
        sentence = one_line(plain[start:end])
        found = _outcome_of_sentence(sentence)
        if found and not (found == "annat" and _MAY_BE_PUT.search(sentence)):
            return found
    return "annat"


def _outcome_of_sentence(sentence: str) -> str | None:
    """The outcome that a sentence tells, "annat" for another decision, None for no decision."""
    charge = _CHARGES.search(sentence)
    bare = _ASIDE.sub(" ", sentence[: charge.start()] if charge else sentence)
    told = [name for _, name in hits("outcomes", bare)]
    if told:
        return _strongest(told)
    if charge or _OTHERWISE.search(bare):
        return "annat"
    # The verb that decides stands last in Swedish: "… för att bedöma lämpligheten, antecknas".
    late = [
        (m.end(), name) for name, pattern in table("outcomes") for m in pattern.finditer(sentence)
    ]
    return max(late)[1] if late else None


def _strongest(names: list[str]) -> str:
    for name in ("återremiss", "bordläggning", "avslag"):
        if name in names:
            return name
    return "besvarad" if "besvarad" in names else names[0]


def proposed_to(text: str) -> str | None:
    """The body that a decision only makes a proposal to, or None."""
    m = _PROPOSES.search(text)
    return capital(one_line(m["to"])) if m else None


def decider_of(text: str) -> str | None:
    """The body that a point begins with where it decides, or None."""
    m = _DECIDES.match(text.lstrip())
    return capital(one_line(m["body"])) if m else None


def according_to(text: str) -> str | None:
    """Whose proposal the words follow ("kommunstyrelsens förslag"), or None."""
    m = _ACCORDING.search(text)
    return one_line(m["whose"]).rstrip(" ,") if m else None


def capital(name: str) -> str:
    """The name with a capital letter."""
    return name[:1].upper() + name[1:]
