"""Who did it: the hands that a question asks for, by what it says they did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.compose import Draft
from assistant.compose.by_decision import decision, elected
from assistant.compose.by_demand import demand
from assistant.compose.by_exchange import addressed, both, of_cases, questioned, replied
from assistant.compose.by_hand import authors, chairing, in_office, present
from assistant.compose.choose import Scene, having, is_meeting, of, suited
from assistant.compose.phrasing import listed
from assistant.compose.scene import PROPOSALS
from assistant.question import Question
from ingest.parts import Part, PartKind, Role
from ingest.records import Record, Yrkande

_ASKER = re.compile(
    r"\bställ(?:t|de)\b|\bfrågade\b|\btog\b.{0,60}\bupp\b|\bundrade\b|\bville\b.{0,40}\bveta\b|"
    r"\basked\b|\braised\b",
    re.IGNORECASE,
)
"""Who put a question, and how one asks for them."""
_WHOM = re.compile(
    r"^(?:och )?(?:vem|vilka|vilke[nt] \w+) (?:ville|föreslog|krävde|ansåg|tyckte|skulle|önskade)"
    r"\b|"
    r"^(?:who|which \w+) did\b",
    re.IGNORECASE,
)
_PUT_UP = re.compile(
    r"\b(?:föreslog|föreslår|föreslagit|ville|vill) (?:\w*beredningen|(?:kommun)?fullmäktige|"
    r"(?:kommun)?styrelsen|\w*nämnden)\b|\bdid the (?:\w+ )?committee (?:propose|nominate|suggest)",
    re.IGNORECASE,
)
"""Whom a body proposed is asked, and not who proposed it."""
_MOTION = re.compile(r"(?:motion|initiativ\w*|yrkande) (?:av|från) ", re.IGNORECASE)
_SIDES = re.compile(
    r"avsl|bifall|bifölls?|\bja till|\bnej till|emot\b|\bstöd|följa|yrka|återremi|bordlägg|rösta|"
    r"\breject|\bapprove|\bagainst|\bsupport",
    re.IGNORECASE,
)
"""Whose side somebody took is asked, not who brought the matter up."""
_SPOKE = re.compile(
    r"\b(?:talade|pratade|argumenterade|pläderade|ställde sig|spoke|argued|pleaded)\b",
    re.IGNORECASE,
)
"""Who spoke for a side is asked."""
_LED = re.compile(
    r"\bsatt som ordförande\b|\bledde\b|\bhöll i klubban\b|\bförde ordet\b|"
    r"\bordförande (?:när|vid|på)\b|\bchaired\b|\bpresided\b|"
    r"\bin the chair\b",
    re.IGNORECASE,
)
"""Who led a meeting is asked, and not who leads a board."""
_IN_OFFICE = re.compile(
    r"^(?:och )?vem (?:var|är|satt som) (?:\w+ )?ordförande\b|^who (?:was|is) (?:the )?chair",
    re.IGNORECASE,
)
"""Who has the office is asked."""
_FOLLOWS = re.compile(
    r"\b(?:följa|stödja|stötta|gå på|ställa sig bakom|back(?:ed)?|follow(?:ed)?|support(?:ed)?) "
    r"(?:the )?(?:\w*förvaltning|\w*kontor|tjänstem|tjänsteperson|officials|administration)",
    re.IGNORECASE,
)
_OFFICIALS = re.compile(r"förvaltning|kontor|tjänste|direktör", re.IGNORECASE)
"""Who followed the officials is asked, and whose proposal that is."""
_MOST = 4
"""How many yrkanden of one § are quoted."""


def who(scene: Scene) -> Iterator[Draft]:
    """Who wrote, moved, replied, prepared, chaired or checked; nothing where it asks for others."""
    asks = scene.question.asks
    if (_LED.search(asks) or _IN_OFFICE.search(asks)) and (told := list(_chair(scene))):
        yield from told
        return
    if _ASKER.search(asks) and _ANSWERED.search(asks) and (told := list(both(scene))):
        yield from told
        return
    if _FOLLOWS.search(asks) and (told := list(_moved(scene))):
        yield from told
        return
    for cue, answers in _CUES:
        if cue.search(asks):
            yield from answers(scene)
            return
    if "demand" in scene.question.kinds:
        yield from _asked(scene)
    elif scene.places[0].part.kind in {*scene.question.papers} & {*PROPOSALS}:
        yield from authors(scene)
    elif _SPOKE.search(asks) and _SIDES.search(asks) and is_meeting(scene.places[0].part):
        yield from _moved(replace(scene, places=scene.places[:1]))


def put_up(question: Question) -> bool:
    """True if a question asks whom a body proposed for an office."""
    return bool(_PUT_UP.search(question.asks))


def _asked(scene: Scene) -> Iterator[Draft]:
    """Who wanted something: at a meeting where one is named, else by the paper that asks for it.

    A § whose title names who moved the matter tells it by that, unless sides are asked for. Whom
    a party wanted to do it ("Vem ville S att kommunen skulle bjuda in?") its own paper says."""
    if put_up(scene.question):
        return
    best = scene.places[0].part
    theirs = best.kind in PROPOSALS and set(scene.question.parties) & {*best.parties}
    if theirs and _WHOM.search(scene.question.asks):
        yield from demand(scene)
        return
    sided = _stance(scene.question) and "yrka" in scene.question.asks.lower()
    moved = list(_moved(scene)) if sided or _names_meeting(scene) else []
    if moved:
        titled = [] if _SIDES.search(scene.question.asks) else list(_by_title(scene, moved[0]))
        yield from titled or moved
        return
    own = [p for p in scene.places if p.part.kind in PROPOSALS and p.part.authors]
    if own and own[0] in scene.places[:2]:
        yield from authors(replace(scene, places=own[:1]))
    elif is_meeting(best):
        yield from _moved(replace(scene, places=scene.places[:1]))


def _by_title(scene: Scene, told: Draft) -> Iterator[Draft]:
    """The title of the § that a draft quotes, where it names who moved the matter."""
    (source, *_) = told.sources
    for place in scene.places:
        part, same = place.part, place.document.file == source.file
        if same and part.start <= source.start < part.end and _MOTION.match(part.title):
            yield from authors(replace(scene, places=[place]))


def _names_meeting(scene: Scene) -> bool:
    return bool(scene.question.bodies) or any(period.exact for period in scene.question.periods)


def _moved(scene: Scene) -> Iterator[Draft]:
    """The yrkanden of the § that the question is about."""
    periods = [period for period in scene.question.periods if period.exact]
    meetings = [place for place in scene.places if _sat(place.part)]
    stance = _stance(scene.question)
    sided = suited(scene.question, meetings, lambda part: _takes(part, stance)) if stance else []
    for place in (sided or suited(scene.question, meetings, having(Yrkande)))[:1]:
        if periods and not any(period.holds(place.part.date) for period in periods):
            return
        records = _stanced(scene, of(place.part, Yrkande))
        yield from listed(place, records[:_MOST], scene.language, "from", Role.PROPOSAL.value)


def _sat(part: Part) -> bool:
    """True for a § of minutes, also where it is an extract that lies in a case file."""
    return is_meeting(part) or part.kind is PartKind.EXTRACT


def _stanced(scene: Scene, records: list[Record]) -> list[Record]:
    """The yrkanden of the stance that the question speaks of, those for the officials' proposal
    where it speaks of following that; all where it speaks of neither."""
    stance = _stance(scene.question)
    yrkanden = [r for r in records if isinstance(r, Yrkande)]
    own = [r for r in yrkanden if r.stance == stance]
    if not own and _FOLLOWS.search(scene.question.asks):
        own = [r for r in yrkanden if r.stance == "bifall" and _OFFICIALS.search(r.target or "")]
    return [*own] or records


def _stance(question: Question) -> str | None:
    """The stance that a question speaks of."""
    return next((name for name, cue in _STANCES if cue.search(question.asks)), None)


def _takes(part: Part, stance: str) -> bool:
    """True for a § in which somebody moved for a stance."""
    return any(isinstance(r, Yrkande) and r.stance == stance for r in part.records)


def _wrote(scene: Scene) -> Iterator[Draft]:
    """The hands of the paper, of each where the question names two kinds of paper: whoever wrote
    the answer to a motion is not asked, where the motion was found as well."""
    named = [kind for kind in scene.question.papers if kind in PROPOSALS]
    near = [*scene.places, *of_cases(scene)]
    by_kind = [
        suited(scene.question, scene.places, _signed(kind))
        or suited(scene.question, near, _signed(kind))
        for kind in named
    ]
    if named and all(by_kind):
        for places in by_kind:
            yield from authors(replace(scene, places=places))
    else:
        yield from authors(scene)


def _signed(kind: PartKind) -> Callable[[Part], bool]:
    """A test for papers of a kind whose hands are known."""
    return lambda part: part.kind is kind and bool(part.authors)


def _prepared(scene: Scene) -> Iterator[Draft]:
    """Which official prepared a case: the hands of its report."""
    near = [*scene.places, *of_cases(scene)]
    reports = [p for p in near if p.part.kind is PartKind.OFFICIAL_REPORT and p.part.authors]
    if reports:
        yield from authors(replace(scene, places=reports[:1]), titled=False)


def _chair(scene: Scene) -> Iterator[Draft]:
    asks = scene.question.asks
    told = list(present(scene, "ordförande"))
    if not told and _LED.search(asks):
        told = list(chairing(scene))
    if not told and _IN_OFFICE.search(asks):
        told = list(in_office(scene, "ordförande"))
    yield from told


def _checker(scene: Scene) -> Iterator[Draft]:
    return present(scene, "justerare")


def _secretary(scene: Scene) -> Iterator[Draft]:
    return present(scene, "sekreterare")


def _cue(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ANSWERED = _cue(
    r"\b(?:be)?svara(?:r|de|t|s)?\b|\bsvaret\b|\b(?:gav|gett|ger) svar\b|"
    r"\brepl(?:y|ied)\b|\banswered\b|\b(?:gave|gives?) (?:the |an )?answer\b|\bresponded\b"
)
"""Who answered is asked."""
_CUES: tuple[tuple[re.Pattern[str], Callable[[Scene], Iterator[Draft]]], ...] = (
    (_ANSWERED, replied),
    (
        _cue(
            r"\b(?:var|är|satt som|tjänstgjorde som) (?:\w+ )?\w*sekreterare\b.{0,30}\b\w*(?:möte|"
            r"sammanträde|fullmäktige|styrelse|nämnd)|\bförde protokoll|\bskrev protokollet\b|"
            r"\bsecretary\b.{0,30}\b(?:meeting|council|board)"
        ),
        _secretary,
    ),
    (
        _cue(
            r"\b(?:riktade|riktad|ställde|ställdes|ställd|ställt)\b.{0,120}\btill(?: vem)?\W*$|"
            r"^(?:och )?till vem\b.{0,80}\b(?:frågan?|interpellation)|"
            r"\b(?:addressed|put) to\W*$"
        ),
        addressed,
    ),
    (
        _cue(
            r"\bfrågade\b|\bundrade\b|\bville\b.{0,40}\bveta\b|"
            r"\bställde\b.*\b(?:frågan?|interpellation)|\basked\b(?! (?:for|to)\b)"
        ),
        questioned,
    ),
    (_cue(r"\b(?:vems|ledamots|partis) förslag\b|\bpå förslag av\b|\bwhose proposal\b"), decision),
    (_cue(r"\bjuster(?:a|ar|ade|are)\b"), _checker),
    (
        _cue(
            r"^(?:och )?(?:vem|vilka|vilke[nt]|who|which)(?: \w+){0,3} (?:(?:in)?val(?:des|ts|d)|"
            r"(?:ut|till)sågs|utse(?:s|tts|dd)|utnämnd\w*|förordna\w*|tillsattes|elected|appointed|"
            r"chosen)\b|"
            r"^(?:och )?(?:vem|vilka|vilke[nt])\b.{0,60}\bvalde (?:kommun)?"
            r"(?:fullmäktige|styrelsen)"
        ),
        elected,
    ),
    (
        _cue(
            r"\b(?:ha(?:r|de) utrett|utredde|handlagt|handlade|handläggare|berett|föredragande)\b|"
            r"\b(?:skrev|skrivit|författade?|undertecknade?|undertecknat)\b.{0,30}?"
            r"\b(?:tjänsteutlåtandet?|utlåtandet|tjänsteskrivelsen)\b"
        ),
        _prepared,
    ),
    (
        _cue(
            r"skriv|\bskrev\b|\bla(?:de)? (?:fram|in)\b|\bla(?:de)? \w+ ?(?:förslag|motion)|"
            r"lägger fram|lagt fram|\bkom(?:mit)? med (?:idén|förslaget|tanken|önskemålet)\b|"
            r"bakom|\bst(?:år|od) under\b|"
            r"\b(?:lämna(?:de|t)|skicka(?:de|t)|gav|gett) in\b|"
            r"\blämna(?:de|t)\b.{0,40}\b(?:förslag|motion)|"
            r"\b(?:submitted|handed in|sent in|tabled|filed)\b|"
            r"avsändare|undertecknat|undertecknade|(?<!än )motionär|väckt|författa|wrote|"
            r"written|signed|author|behind"
        ),
        _wrote,
    ),
    (_cue(r"ordförande|\bledde\b|\bchair|\bpresid"), _chair),
)
_STANCES = (
    ("avslag", _cue(r"avslag|avslå|säga nej|sade nej|emot\b|motsatte|stoppa|\breject|\bagainst")),
    ("återremiss", _cue(r"återremi|skicka tillbaka|refer")),
    ("bordläggning", _cue(r"bordlägg|skjuta upp|postpone")),
)
