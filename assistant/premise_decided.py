"""A decision that a question takes for granted and that the minutes tell otherwise.

"Varför avslog fullmäktige motionen?" takes a rejection for granted; "efter att fullmäktige sa ja
till motionen" an approval. Where the same body settled the same matter another way, that is the
answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose import Draft, Library
from assistant.compose.choose import Scene, is_meeting, of, related, same_matter
from assistant.compose.decided import decisions
from assistant.compose.matching import Matcher
from assistant.compose.scene import Place
from assistant.fit import names_body
from assistant.question import Question
from ingest.records import Decision, Record

_BODY = r"(?:(?:kommun)?(?:fullmäktige|styrelsen)|\w*nämnden)"
_ENGLISH = r"(?:council|executive board|executive committee)"
_VERBS = {
    "bifall": r"biföll|(?:sa(?:de|gt)?|tackat?(?:de)?|röstat?(?:de)?)\b.{0,40}?\bja till|"
    r"sa(?:de|gt)? ja\b|voted? in favour of|"
    r"voted? to (?:approve|adopt|accept|grant|pass|support)\b|"
    r"röstade\b.{0,40}?\bigenom|gick\b.{0,40}?\bmed på|klubbade\b.{0,60}?\bigenom|"
    r"godkände|godkänt|bifallit|för att (?:bifalla|anta|godkänna)\b|"
    r"röstade\b.{0,60}?\bför att (?:lägga|införa|inrätta|bygga|stänga|sälja|köpa|avskaffa|höja|"
    r"sänka|ge|ta|göra)\b|antog|"
    r"(?:bestämde|beslutade|bestämdes|beslutades)(?: sig för)? att (?:bifalla|anta|godkänna|införa|"
    r"inrätta|bygga|ge alla|\w+ (?:ska|skulle) (?:få|införa|inrätta|bygga|söka|ansöka))|"
    r"approved?|adopted?|accept(?:ed)?|sa(?:y|id) yes to",
    "avslag": r"avslog|(?:sa(?:de|gt)?|tackat?(?:de)?|röstat?(?:de)?)\b.{0,40}?\bnej till|"
    r"sa(?:de|gt)? nej\b|röstade\b.{0,40}?\bne[rd]|stoppade|avvisade|avslagit|för att avslå\b|"
    r"reject(?:ed)?|turn(?:ed)? down|vote(?:d)? down|sa(?:y|id) no to",
    "återremiss": r"återremitterade|skickade .{0,60}?\b(?:tillbaka|på återremiss)",
}
"""What somebody is said to have decided, by the outcome that records give it. The body may stand
between the verb and its particle: "Varför sade fullmäktige nej till …?"."""
_SAID = {
    outcome: re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE) for outcome, verbs in _VERBS.items()
}
_GRANTED = re.compile(
    r"^(?:varför|hur motiver\w+|hur kom(?:mer)? det sig att|av vilken anledning|"
    r"(?:av )?vilka (?:skäl|motiv)|"
    r"av vilket skäl|(?:med )?vilka argument)\b"
    rf".{{0,60}}\b{_BODY}\b|"
    rf"\b(?:efter att|sedan|eftersom|nu när|i och med att)\b.{{0,40}}\b{_BODY}\b|"
    r"\bnär (?:det|man) (?:bestämdes|beslutades|bestämde|beslutade)\b|"
    rf"\bnär {_BODY} (?:hade|har|biföll|antog|godkände|avslog|sade?|klubbade)\b|"
    rf"\bsom {_BODY} (?:biföll|antog|godkände|avslog|sa|sade|klubbade|röstade)\b|"
    rf"^why did\b.{{0,60}}\b{_ENGLISH}\b|\b(?:after|since|now that)\b.{{0,40}}\b{_ENGLISH}\b",
    re.IGNORECASE,
)
"""A body and what it did, taken for granted."""
_WORD = re.compile(r"\w+")
_UNDONE = re.compile(r"\b(?P<verb>[a-zåäö]{5,}?)(?:ar|er|as|es|s)? inte\b", re.IGNORECASE)
"""What a body decided not to do."""
_ORGAN = re.compile(r"\b\w*(?:nämnd|styrels|utskott)(?=(?:en|e|et)?s?\b)", re.IGNORECASE)
_ENDING = re.compile(r"(?:en|e|et)$")
"""A body by the last word of its name, without its ending."""
_NOT = re.compile(r"\b(?:inte|aldrig|not|never)\b", re.IGNORECASE)
"""What somebody did not do is no decision taken for granted."""
_INSTEAD = re.compile(r"\b(?:i ?stället för|hellre än|instead of|rather than)\b.*", re.IGNORECASE)
_FOR = ("bifall", "antagen", "godkänd")
_CASES = 2


def decided_otherwise(question: Question, places: Sequence[Place], library: Library) -> list[Draft]:
    """The decision of the body that the question names, if it is not the one taken for granted.

    Nothing where the question takes no decision for granted, where the papers do not tell how that
    body settled the matter, or where one of its decisions is the one that the question means.
    """
    if places and (undone := _not_done(question, places, library)):
        return undone
    asserted = _asserted(question)
    if asserted is None or not places:
        return []
    meetings = _meetings(question, places, library)
    if tabled := _only_tabled(question, meetings):
        scene = Scene(question, places, library, Matcher(question, library))
        return list(decisions(scene, tabled, of(tabled.part, Decision)[:1]))
    settled = [place for place in meetings if _outcomes(place)]
    told = [outcome for place in settled for outcome in _outcomes(place)]
    if not told or any(_agrees(asserted, outcome) for outcome in told):
        return []
    if not any(_contrary(asserted, outcome) for outcome in told):
        return []
    scene = Scene(question, places, library, Matcher(question, library))
    last = max(settled, key=lambda place: place.part.date or "")
    own: list[Record] = [r for r in of(last.part, Decision) if isinstance(r, Decision)]
    return list(decisions(scene, last, own[:2]))


def _only_tabled(question: Question, meetings: Sequence[Place]) -> Place | None:
    """The § by which the matter was only put off in the month that the question names, where it
    takes for granted that it was settled then."""
    days = [period for period in question.periods if period.exact]
    then = [p for p in meetings if any(period.holds(p.part.date) for period in days)]
    return then[0] if then and not any(map(_outcomes, then)) and _put_off(then[0]) else None


def _put_off(place: Place) -> bool:
    return any(getattr(r, "outcome", None) == "bordläggning" for r in of(place.part, Decision))


def _not_done(question: Question, places: Sequence[Place], library: Library) -> list[Draft]:
    """The decision by which the body named did not do what the question takes for granted that it
    did: "Nämnden överklagar inte", where its reasons for appealing are asked for."""
    granted = _GRANTED.search(question.asks)
    if granted is None or _NOT.search(question.asks):
        return []
    words = [word.lower() for word in _WORD.findall(question.asks)]
    best = places[0]
    if not is_meeting(best.part) or not _is_asked(question, best.part.body):
        return []
    for record in of(best.part, Decision):
        undone = _UNDONE.search(record.text)
        if undone and any(word.startswith(undone["verb"].lower()) for word in words):
            scene = Scene(question, places, library, Matcher(question, library))
            return list(decisions(scene, best, [record]))
    return []


def _is_asked(question: Question, body: str | None) -> bool:
    """True if the question names a body, or the last part of its name ("byggnadsnämnden")."""
    last = (body or "").lower().rpartition(" ")[2]
    organs = (match[0].lower() for match in _ORGAN.finditer(question.asks))
    return _is_named(question, body) or any(_ENDING.sub("", last).endswith(o) for o in organs)


def _asserted(question: Question) -> str | None:
    match = _GRANTED.search(question.asks)
    if match is None:
        return None
    told = question.asks[match.start() :]
    if _NOT.search(told):
        return None
    told = _INSTEAD.sub("", told)
    said = ((said.search(told), outcome) for outcome, said in _SAID.items())
    first = min(((m.start(), outcome) for m, outcome in said if m), default=None)
    return first[1] if first else None


def _meetings(question: Question, places: Sequence[Place], library: Library) -> list[Place]:
    """The §§ in which the body named took up the matter of the best part found."""
    scene = Scene(question, places, library, Matcher(question, library))
    near = [*places, *(other for place in places[:_CASES] for other in related(place, library))]
    own = [p for p in near if is_meeting(p.part) and _is_named(question, p.part.body)]
    mine = {(p.document.file, p.part.id) for p in related(places[0], library)}
    return [
        place
        for place in own
        if place.part is places[0].part
        or (place.document.file, place.part.id) in mine
        or same_matter(scene, places[0], place)
    ]


def _is_named(question: Question, body: str | None) -> bool:
    return body is not None and (body in question.bodies or names_body(question, body))


def _outcomes(place: Place) -> set[str]:
    """How the matter was settled; to put it off settles nothing."""
    found = {r.outcome for r in of(place.part, Decision) if isinstance(r, Decision)}
    return found - {"bordläggning"}


def _agrees(asserted: str, outcome: str) -> bool:
    return outcome in _FOR if asserted == "bifall" else outcome == asserted


def _contrary(asserted: str, outcome: str) -> bool:
    """True if an outcome settles the matter in another way than the one asserted."""
    if "återremiss" in (asserted, outcome):
        return outcome != asserted
    return outcome in {"avslag", *_FOR} and not _agrees(asserted, outcome)
