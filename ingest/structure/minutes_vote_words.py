"""How minutes tell of votes, as patterns with names; examples stand beside them."""

from __future__ import annotations

import re

_N = (
    r"(?:\d{1,3}|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton"
    r"|sexton|sjutton|arton|nitton|tjugo\w*|trettio\w*|fyrtio\w*|femtio\w*|inga|ingen|noll)"
)
# "Ja för bifall till … och Nej för …", "Ja-röst innebär att …", "Den som vill … röstar ja"
_YES_FOR = re.compile(
    r"\bJa(?:-?röst(?:er)?)?\s*(?:för|innebär|betyder|=|:)\s*(?:att\s+)?(?P<yes>.{3,400}?)"
    r"(?:[.;,]?\s+(?:och|samt|medan|men)\s+|[.;,]?\s*[-−–•]?\s+)"
    r"Nej(?:-?röst(?:er)?)?\s*(?:för|innebär|betyder|=|:)\s*(?:att\s+)?(?P<no>.{3,400}?)"
    r"(?=\.?\s*[”\"“]|(?<!m)(?<!fl)\.\s|\.$|\n\s*\n|\n\s*(?:Ja|Nej|Avst)|$)",
    re.DOTALL | re.IGNORECASE,
)
_WHO_WANTS = re.compile(
    r"(?:Den|De|Ledamöter|Ledamot|Ni)\s+som\s+(?P<yes>(?:vill|stödjer|stöder|röstar för|är för"
    r"|bifaller|önskar|biträder|anser)[^.]{3,300}?),?\s+(?:röstar|säger|ska rösta|trycker)\s+ja\b"
    r".{0,60}?(?:[Dd]en|[Dd]e|[Ll]edamöter|[Ll]edamot)\s+som\s+(?P<no>(?:vill|stödjer|stöder"
    r"|röstar för|är för|bifaller|önskar|biträder|anser)[^.]{3,300}?),?\s+(?:röstar|säger"
    r"|ska rösta|trycker)\s+nej\b",
    re.DOTALL | re.IGNORECASE,
)
_VOTES_YES_IF = re.compile(
    r"[Jj]a\s+(?:röstar|säger)\s+den\s+som\s+(?P<yes>[^.]{3,300}?)[.,;]\s*(?:och\s+"
    r"|medan\s+)?[Nn]ej\s+(?:röstar|säger)\s+den\s+som\s+(?P<no>[^.]{3,300}?)(?=\.|\n\s*\n|$)",
    re.DOTALL,
)
_WIN_MEANS = re.compile(
    r"[Jj]a-?röst(?:er)?\s+för\s+(?P<yes>[^.]{3,300}?)[.,;]?\s+(?:och\s+|medan\s+)?[Nn]ej-?röst"
    r"(?:er)?\s+för\s+(?P<no>[^.]{3,300}?)(?=\.|\n\s*\n|$)",
    re.DOTALL,
)
MEANINGS = (_YES_FOR, _WHO_WANTS, _VOTES_YES_IF, _WIN_MEANS)
# "40 Ja mot 38 Nej", "11 ja-röster mot 4 nej-röster", "35 ja och 16 nej"
COUNTS = re.compile(
    rf"\b(?P<yes>{_N})\s+ja(?:-?\s?röst(?:er)?)?(?:\s*\([^)]{{0,40}}\))?(?P<mid>[^.]{{0,60}}?)\b"
    rf"(?P<no>{_N})\s+nej(?:-?\s?röst(?:er)?)?\b",
    re.IGNORECASE,
)
# "22 ledamöter röstar Ja och 26 röstar Nej"
COUNTED_MEMBERS = re.compile(
    rf"\b(?P<yes>{_N})\s+(?:(?:ledam\w+|personer)\s+)?(?:röstar|röstade|sade|svarade)\s+ja\b(?!\s*:)"
    rf"(?P<mid>[^.:]{{0,60}}?)\b(?P<no>{_N})\s+(?:(?:ledam\w+|personer)\s+)?"
    r"(?:röstar|röstade|sade|svarade)?\s*nej\b(?!\s*:)",
    re.IGNORECASE,
)
LABELLED = re.compile(
    r"(?:(?:Antal|Summa|Totalt)\s+)?\bJa(?:-?röster)?\s*[:=]?\s*(?P<yes>\d{1,3})\b[\s,;.|]*(?:"
    r"(?:Antal|Summa|Totalt)\s+)?Nej(?:-?röster)?\s*[:=]?\s*(?P<no>\d{1,3})\b",
    re.IGNORECASE,
)
# "Ja-röster   Nej-röster   Avstår" over "7   1   1"
HEADED = re.compile(
    r"(?m)^[ \t|]*(?:Antal[ \t]+)?Ja(?:-?röster)?[ \t|]+(?:Antal[ \t]+)?Nej(?:-?röster)?"
    r"(?P<third>[ \t|]+Avst\w+)?[ \t|]*\n\s*[ \t|]*(?P<yes>\d{1,3})[ \t|]+(?P<no>\d{1,3})"
    r"(?:[ \t|]+(?P<abstain>\d{1,3}))?[ \t|]*$",
    re.IGNORECASE,
)
# "Parti  Ja  Nej  Avstår" over a row for each party and "Summa  28  21  0"
SUMMED = re.compile(
    r"(?m)^[^\n]*\bJa(?:-?röster)?\b[ \t|]+Nej(?:-?röster)?\b(?P<third>[ \t|]+Avst\w+)?[^\n]*\n"
    r"(?:[^\n]*\n){1,40}?[ \t|]*(?:Summa|Totalt|Total|Samtliga)\b[^\n\d]{0,20}"
    r"(?P<yes>\d{1,3})[ \t|]+"
    r"(?P<no>\d{1,3})(?:[ \t|]+(?P<abstain>\d{1,3}))?[^\n]*$",
    re.IGNORECASE,
)
# "8 röster för ja och 4 för nej"
FOR_YES = re.compile(
    rf"\b(?P<yes>{_N})\s+röster\s+för\s+ja\b(?P<mid>[^.]{{0,40}}?)\b(?P<no>{_N})\s+"
    r"(?:röster\s+)?för\s+nej\b",
    re.IGNORECASE,
)
VOTES_FOR = re.compile(
    rf"\b(?P<yes>{_N})\s+(?:röster|ledamöter\s+röstar)\s+för\s+(?P<what>[^.]{{3,160}}?)\s+(?:och"
    rf"|mot|medan)\s+(?P<no>{_N})\s+(?:röster|ledamöter\s+röstar)?\s*(?:för|mot)\s+"
    rf"(?P<other>[^.,]{{3,160}})",
    re.IGNORECASE,
)
VOTES_TO = re.compile(
    rf"\b(?:med|röstetalet|röstsiffrorna)\s+(?P<yes>{_N})\s+(?:röster\s+)?mot\s+(?P<no>{_N})"
    rf"(?:\s+röster)?\b(?!\s*ja)",
    re.IGNORECASE,
)
SAYS = re.compile(
    r"\brösta(?:r|de)\s+(?P<how>[Jj]a|[Nn]ej)\b(?:\s*\((?P<n>\d{1,3})(?:\s+röster)?\))?|\b"
    r"(?P<how2>avstår|avstod)(?:\s+från\s+att\s+rösta)?\s*\((?P<n2>\d{1,3})\)"
)
LIST_LABEL = re.compile(
    rf"(?m)^[ \t]*(?:(?i:Följande\s+(?:ledamöter\s+)?|{_N}\s+ledam(?:ot|öter)\s+röstar\s+))?"
    r"(?P<how>[Jj]a|[Nn]ej|[Aa]vst(?:år|od|ående))"
    r"(?:-?röst(?:er|ar)?)?(?:\s+(?:röst(?:ar|ade)|gör|gjorde|(?:avges|avgavs|lämnas|lämnades)\s+av))?"
    r"(?:\s*\((?P<n>\d{1,3})(?:\s+(?:st|röster))?\))?\s*:[ \t]*\n?(?=[^\n]*\([A-ZÅÄÖ])"
    r"|(?:[Ff]öljande\s+(?:ledamöter\s+|personer\s+)?)?(?:[Rr]östar|[Rr]östade)\s+(?P<how2>ja"
    r"|nej)\s*:"
)
LISTED = {"ja": "ja", "nej": "nej", "avst": "abstain"}
NAME_ALONE = re.compile(r"^[^.:;]{3,50}\([A-ZÅÄÖ][\wÅÄÖåäö!]{0,6}\)[,;]?$")
ABSTAIN = re.compile(
    rf"\b(?P<a>{_N})\s+(?:(?:av\s+)?(?:ledamot|ledamöter|person(?:er)?|st)\s+)?(?:avstår|avstod"
    rf"|avstående|som\s+avstår|avstår\s+från|har\s+avstått)\b"
    rf"|\bav(?:står|stod|stående)(?:\s+från\s+att\s+rösta)?\s*[:=(]\s*(?P<b>\d{{1,3}})|\b"
    rf"(?P<c>{_N})\s+(?:ledamot\s+|ledamöter\s+)?(?:som\s+)?lägger\s+ner\s+(?:sin|sina)\s+röst",
    re.IGNORECASE,
)
ABSENT = re.compile(
    rf"\b(?P<a>{_N})\s+(?:ledamot|ledamöter|person(?:er)?)?\s*(?:är\s+|var\s+)?(?:frånvarande"
    rf"|frånvaro|ej\s+närvarande)\b|\b[Ff]rånvarande\s*[:=(]\s*(?P<b>\d{{1,3}})",
    re.IGNORECASE,
)
CASTING = re.compile(r"\butslagsröst\b", re.IGNORECASE)
CARRIED = re.compile(
    r"\b(?:finner|avgörs|konstaterar|förklarar|beslutar|beslutat|beslutade|bifallit|avslagit|antar|bifaller"
    r"|avslår|beslutet\s+blir)\b"
)
AFTER = re.compile(r"(?i)ordförande|därmed|således|härmed|beslutat|\bhar\s+(?:fallit|bifallits)")
# What opens the next step, and is no result of the vote before it
NEXT = re.compile(
    r"(?i)\b(?:voteringsproposition|propositionsordning|omröstning begärs)\b"
    r"|^(?:därefter|härefter|sedan)\s+ställer\b"
)
WHO_VOTED = re.compile(r"\b(?:[Hh]ur\s+var|[Ss]e|framgår)\b[^.]*?\bbilag(?:a|orna)\b(?:\s+\d+)?")
APPENDIX = re.compile(r"\bbilag(?:a|orna)\s+(?P<n>\d{1,2})\b")
