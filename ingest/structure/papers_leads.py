"""The words that govern a demand ("Förslag till beslut", "… yrkar vi att"), and where it stops."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ingest.document import Span
from ingest.parts import PartKind
from ingest.structure.papers_text import trimmed


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead-in.

    Attributes:
        start, end: the governing words; what is asked for follows at `end`.
        clause: the demand itself where it is a clause of the same sentence, else None.
    """

    start: int
    end: int
    clause: Span | None = None

    @property
    def span(self) -> Span:
        """The governing words."""
        return Span(self.start, self.end)


_WHO: Final = r"[A-ZÅÄÖ][^\n.:;!?]{2,90}?"
# "Förslag till beslut  I kommunstyrelsen:" · "Förslag till beslut på sammanträdet"
_PROPOSED: Final = re.compile(
    r"(?:Förslag(?:et)? till (?:beslut|ställningstagande|yttrande)|FÖRSLAG TILL BESLUT"
    r"|Beslutsförslag|Förslag på beslut|Yrkande till beslut|Yrkanden?:|Hemställan:"
    r"|Att-satser:?)"
    r"(?! (?:har|är|som|från|enligt|finns|innebär|och|har|kan|ska)\b)"
    r"(?:\s+(?:i|I|på|för|till|av)\s+[A-ZÅÄÖa-zåäö][^\n.:]{2,100}?(?=:|\n| \d\.\s| [A-ZÅÄÖ])|)"
    rf"(?:\s*:)?(?:\s+{_WHO}\s(?:föreslår|föreslås|beslutar"
    rf"|hemställer)[^\n.:]{{0,110}}?(?:att\s*:|:|\batt(?=\s*\n)))?"
)
# "Kommunstyrelsens förslag till kommunfullmäktige", a heading
_OWN_HEADING: Final = re.compile(
    r"(?:^|(?<=\n))[ ]*[A-ZÅÄÖ]\w+s förslag(?: till (?:beslut|(?:kommun"
    r"|region)fullmäktige))?(?: i \w+)?[ ]*(?=\n)"
)
# "Kommunstyrelsen föreslår att kommunfullmäktige beslutar:" · "… föreslås besluta:"
_BODY_PROPOSES: Final = re.compile(
    rf"(?:^|(?<=[\n.]))[ ]*{_WHO}\s(?:föreslår|föreslås|hemställer|tillstyrker|beslutar"
    rf"|ska besluta)\b[^\n.:!?]{{0,220}}?"
    r"(?:\s*:|\batt(?=\s*\n))|(?<=\s)(?:Kommunfullmäktige|Kommunstyrelsen|Nämnden)\s"
    r"(?:föreslås|beslutar)[^\n.:]{0,60}:"
)
# "Med hänvisning till ovanstående yrkar vi att:" · "Jag yrkar därför:" · "… uppdrag … så att"
_ASKS: Final = re.compile(
    r"(?:^|(?<=[\n.!?]))[ ]*(?P<lead>[A-ZÅÄÖ][^\n.!?:]{0,260}?\b(?:yrkar|yrkas"
    r"|föreslår|föreslås|hemställer|begär|kräver|vill|anser|önskar"
    r"|i uppdrag|uppdrar|uppdras|motionerar|yrkade|föreslog"
    r"|rekommenderar)\b[^\n.!?:]{0,260}?(?::|\batt|\bbeslutar?(?: följande)?|"
    r"\bsom(?=[ ]*\n\s*[-–•]\s)|(?=,?\s*\n\s*(?:\d\. )?[* ]*att\s))"
    r"|(?:Därför )?yrkar (?:jag|vi)(?: därför)?(?: att)?:?)"
    r"[ ]*(?=\n|[•·▪\uf0b7]|\d\. |att\s|[-–] )"
)
# "Vi rekommenderar kommunstyrelsen att:" · "Revisorerna lämnar följande rekommendationer:"
_RECOMMENDS: Final = re.compile(
    r"(?:^|(?<=[\n.]))[ ]*(?P<lead>[A-ZÅÄÖ][^\n.!?:]{0,260}?\brekommend(?:erar|eras|ationer)\b"
    r"[^\n.!?:]{0,200}?(?::|\batt))[ ]*(?=\n|[•·▪\uf0b7]|\d[.)] |[-–] )"
)
_ASKED: Final = re.compile(
    r"(?:^|(?<=[\n.!?]))[ ]*(?P<lead>[^\n.!?]{0,250}?(?:[Ff]rågor|[Ff]rågan|[Ff]råga"
    r"|fråga[r]?|undrar|svar på)\b[^\n.!?]{0,160}?:)"
)
_OWN_VOICE: Final = re.compile(
    r"(?i)\b(?:yrkar|föreslår)\s+(?:vi|jag)|\b(?:vi|jag)\s+(?:yrkar|föreslår)"
)
_CLAUSE: Final = re.compile(
    r"(?:^|(?<=[\n.!?]))[ ]*(?P<lead>[A-ZÅÄÖ][^\n.!?]{0,240}?\b(?:yrkar|yrkas"
    r"|hemställer|föreslår|föreslås|motionerar)\b(?:\s+(?:vi|jag|undertecknade"
    r"|[A-ZÅÄÖ]\w+(?:nämnden|styrelsen|fullmäktige)|\w*partiet|\w+demokraterna"
    r"|Moderaterna|Liberalerna|därför|att|på|följande))*?)"
    r"\s+(?P<clause>(?:att\s|bifall\b|avslag\b|återremiss\b|besluta\b)[^\n]{5,900}?"
    r"(?:[.!?](?=\s|$)|(?=\n\s*\n)|$))",
    re.MULTILINE,
)

_HEADINGS: Final = (
    r"Yrkandet|Yttrandet|Yrkande|Yttrande|Motivering(?:en)?|Motiv|Bakgrund"
    r"|Sammanfattning|Ärendet|Ärendebeskrivning|Beskrivning av ärendet"
    r"|Bedömning|Beslutsunderlag|Bilag(?:a|or)|Skäl(?:en)? (?:för|till)|Handling"
    r"(?:ar)?|Protokollsutdrag|Beslutet (?:ska )?(?:skickas|expedieras)"
    r"|Stadsledningskontorets|Kontorets|Förvaltningens|Konsekvenser|Kommentar"
    r"|Remissinstans|Tidigare|Expedier\w*|Underlag|Underskrift"
    r"|Vid behandling|Göteborg den|\w+ den \d{1,2} \w+ \d{4}|Reservation"
    r"|Särskilt yttrande|Barn(?:rätts|konsekvens|perspektiv)|Ekonomi(?:ska)?"
    r"|Jämställdhet"
    r"|Ärendet i sin helhet|Inledning|Dag för|Justering|Propositionsordning|Omröstning"
    r"|Protokollsanteckning\w*|Yrkanden|Vid protokollet|Jäv|Deltar inte|Skickas till"
    r"|Delges|Kopia till|Samverkan|Uppföljning|För \w+partiet|För \w+demokraterna"
    r"|För Moderaterna|Till Göteborgs"
)
_STOP: Final = re.compile(
    rf"-{{4,}}|\n[ ]*(?:(?:{_HEADINGS})(?![\wåäö])|-{{3,}}|_{{3,}}|[A-ZÅÄÖ][\w-]+"
    rf"(?: [\wÅÄÖåäöéü.-]+){{1,4}} \([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{0,3}}\)(?=\s|$|,))"
    r"|(?<=[.:)]) (?:Sammanfattning|Yrkandet|Yttrandet|Beskrivning av ärendet"
    r"|Bedömning ur \w+ dimension|Ärendet|Bakgrund)(?= [A-ZÅÄÖ]|\n)"
    r"|\n[ ]*(?:Socialdemokraterna|Moderaterna|Centerpartiet|Vänsterpartiet"
    r"|Miljöpartiet|Liberalerna|Kristdemokraterna|Sverigedemokraterna)[ ]*(?=\n|$)"
)
_NAME_LINES: Final = re.compile(
    r"\n[ ]*(?:[A-ZÅÄÖÉ][a-zåäöéü-]+(?:[ ]+[A-ZÅÄÖÉ][\wåäöéü-]+){1,3}[ ]*)(?=\n|$)"
)
_HANGING: Final = re.compile(
    r"\s*(?P<sentence>[A-ZÅÄÖ][^\n.:!?]{8,330}?(?:\batt|:))\s*(?=\n\s*(?:[-–•·▪\uf0b7]"
    r"|\d{1,2}[.)] |[a-z][.)] |att\s)|[•·] |1\. )"
)
_LATE: Final = frozenset(
    {PartKind.MOTION, PartKind.INITIATIVE, PartKind.INTERPELLATION, PartKind.QUESTION}
)


def leads(text: str, span: Span, kind: PartKind) -> list[Lead]:
    """The lead-ins of one paper, in order; the surest form that the paper has."""
    if kind is PartKind.AUDIT:
        return _found(_RECOMMENDS, text, span)
    if kind in (PartKind.INTERPELLATION, PartKind.QUESTION):
        return _found(_ASKED, text, span)[-1:]
    proposed = _found(_PROPOSED, text, span)
    own = [
        lead
        for lead in _found(_OWN_HEADING, text, span)
        if text[lead.start : lead.end] != text[lead.start : lead.end].upper()
    ]
    if kind is PartKind.OFFICIAL_REPORT:
        return proposed[:1] or own[:1] or _found(_BODY_PROPOSES, text, span)[:1]
    if kind is PartKind.COUNCIL_PROPOSAL:
        return _found(_BODY_PROPOSES, text, span)[:1] or own[:1] or proposed[:1]
    if proposed and kind in _LATE:
        return proposed[-1:]
    if proposed:
        return proposed[:1]
    listed = [*_found(_BODY_PROPOSES, text, span), *_found(_ASKS, text, span)]
    listed.sort(key=lambda lead: lead.start)
    if listed and kind is not PartKind.STATEMENT:
        ours = [lead for lead in listed if _OWN_VOICE.search(text, lead.start, lead.end)]
        return (ours or listed)[-1:] if kind in _LATE else listed[:1]
    return _clauses(text, span, kind)


def stop_after(text: str, lead: Lead, end: int) -> int:
    """Where what `lead` governs ends at the latest: a heading, a signature, the paper's end."""
    return stop_at(text, lead.end, end)


def stop_at(text: str, begin: int, end: int) -> int:
    """The first heading, signature or rule of dashes from `begin` on; `end` where there is none."""
    while begin < end and text[begin] in " \n":
        begin += 1
    ends = [end]
    for pattern in (_STOP, _NAME_LINES):
        match = pattern.search(text, begin, end)
        if match:
            ends.append(match.start())
    return min(ends)


def with_sentence(text: str, lead: Lead, stop: int) -> Lead:
    """The lead-in with the sentence after it, if a list hangs on that: "… besluta att\n1. …"."""
    match = _HANGING.match(text, lead.end, stop)
    if not match or lead.clause:
        return lead
    return Lead(lead.start, match.end("sentence"))


def _found(pattern: re.Pattern[str], text: str, span: Span) -> list[Lead]:
    found = []
    for match in pattern.finditer(text, span.start, span.end):
        group = "lead" if "lead" in pattern.groupindex else 0
        words = trimmed(text, *match.span(group))
        if len(words) and text[words.end : span.end].strip():
            found.append(Lead(words.start, words.end))
    return found


def _clauses(text: str, span: Span, kind: PartKind) -> list[Lead]:
    """Demands inside one sentence: "Därför yrkar vi avslag på motionen." """
    found, early = [], []
    for match in _CLAUSE.finditer(text, span.start, span.end):
        lead = match["lead"]
        if kind is PartKind.STATEMENT and not _OWN_VOICE.search(lead):
            continue
        if kind is PartKind.CONSULTATION:
            continue
        words = trimmed(text, *match.span("lead"))
        clause = Lead(words.start, words.end, trimmed(text, *match.span("clause")))
        if kind in _LATE and match.start() < span.start + len(span) // 2:
            early += [clause] if _OWN_VOICE.search(lead) else []
        else:
            found.append(clause)
    return found or early[-1:]
