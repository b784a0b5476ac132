"""How the papers of local government begin, as patterns with names; examples stand beside them.

Every pattern is matched at the start of a line on one line (`papers_text.Line.text`). What makes
a line the head of a paper, and not a mention of one, is decided in `papers_heads`.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.parts import PartKind

DATE: Final = r"(?:\d{4}-(?:\d\d|X{2})-(?:\d\d|X{2})|\d{6}\b|\d{1,2} \w{3,9} \d{4})"

# "Kommunstyrelsen" · "Nämnden för funktionsstöd" · "Ekmarka Energi AB" · "Stadsrevisionen"
ORGAN_WORD: Final = re.compile(
    r"(?i)kommunstyrelse|fullmäktige|nämnd|utskott|förvaltning|kontoret\b|kansli|styrelsen?\b"
    r"|\b(?:AB|HB|KB)\b|aktiebolag|(?:råd|rådet)$|förbund|revision|revisorer|stiftelse|koncern"
    r"|beredning|direktion|samverkansgrupp|kommun\b|\bstad\b|region\b"
)
# Stands alone above or below a signature, so it is never a letterhead.
NO_ORGAN: Final = re.compile(
    r"(?i)^(?:sekreterare|ordförande|justerande|justeras|justerare|direktör"
    r"|\w*direktör|\w*chef|vd\b"
    r"|underskrift\w*|vid protokollet|bilag[ao]r?|datum|innehåll\w*|sammanfattning|bakgrund|beslut"
    r"|ärendet|omröstning|handling(?:ar)?|yrkanden?|yttranden?|reservation(?:er)?|status|ledamöter"
    r"|ersättare|motivering|förslag till beslut|beslutsunderlag|justering|protokollsanteckning\w*"
    r"|närvarande|paragrafer|expedieras|kommentar|godkänns|ja|nej|avstår"
    r"|protokollsutdrag\w*|utdrag|utdragsbestyrkande|justerandes? sign\w*|anslag)\b"
    r"|(?:ledare|strateg|handläggare|sekreterare|direktör|chef|\bvd|jurist|samordnare)$"
    r"|\b(?:av|till)styrk(?:er|te|s)\b|besvarad|skickas till|^exped|\bden \d"
    r"|^\w+er (?:förvaltning|kontor|nämnd|kommun)\w*ens?\b"
    r"|, (?:protokollsutdrag|tjänsteutlåtande|protokoll|beslutsunderlag)\b"
)

# "Handling 2031 nr 14" (the council's printed case file)
HANDLING: Final = re.compile(r"^(?:Bilaga \d+ )?Handling \d{4} nr \d+\s*$")

# "Tjänsteutlåtande  Handläggare …" · "Tjänsteskrivelse" · "Styrelsehandling nr 14"
OFFICIAL: Final = re.compile(
    r"(?i)^(?:tjänsteutlåtande|tjänsteskrivelse|tjänsteyttrande|beslutsunderlag"
    r"(?:/\w+)?(?: \d+)?(?= ?$|,| (?:Handläggare|Styrelsen|Datum|Dnr|Ärende|\("
    r"|\d{4}-))"
    r"|informationsunderlag|styrelsehandling(?! nr \d+\w? bilaga)|styrelseärende"
    r"|remissutskick|remissmissiv|delegationsbeslut"
    r"|föredragningspromemoria|PM|promemoria)\b"
)
OFFICIAL_FIELD: Final = re.compile(
    r"Handläggare\b|Utfärdat\b|Diarienr\b|Diarienummer\b|Ärendenummer\b|Ärendenr\b|Telefon\b"
    r"|E-post\b|\bDnr\b|\bDatum\b|Vår referens\b|Er referens\b|Sammanträde\b"
    r"|Kontaktperson\b|\bStyrelsen \d"
)

# "Utdrag ur protokoll (nr 3)  Sammanträdesdatum: 2031-03-23" · "Protokollsutdrag  Sammanträde…"
EXTRACT: Final = re.compile(
    r"(?i)^(?:(?:bilaga \d+ )?\W*utdrag ur (?:[\w:&-]+ ){0,4}?\w*protokoll"
    r"|protokollsutdrag(?! skickas|et|s)|\W*protokoll\b"
    r"|sammanträdesprotokoll|(?:bilaga \d+ )?protokollsutdrag styrelse|styrelseprotokoll)"
)
EXTRACT_DATE: Final = re.compile(
    r"(?i)(?:sammanträde(?:sdatum|n)?|styrelsemöte|möte|direktion\w*|capsulam)\W{0,4}"
    r"(?:[^\d]{0,40})\{?(?:\d{4,5} ?-\d\d|\d{1,2} \w+ \d{4})|"
    r"protokoll\D{0,80}(?:nr \d+/\d\d,? )?\d{4}-\d\d-\d\d"
)

# "Yrkande  Vänsterpartiet, Miljöpartiet  2031-01-09" · "Tilläggsyrkande" · "Särskilt yttrande"
POLITICAL: Final = re.compile(
    r"(?i)^(?:reviderat |justerat |gemensamt |nytt |alternativt )?(?:"
    r"(?P<yrkande>(?:tilläggs-? och återremiss|tilläggs|ändrings|återremiss|initiativ"
    r"|avslags|motförslags)?yrkande|återremiss|tilläggsförslag)"
    r"|(?P<statement>(?:särskilt |ersättar)?yttrande|protokollsanteckning|"
    r"(?:skriftlig )?röstförklaring)"
    r"|(?P<reservation>(?:skriftlig )?reservation|blank reservation)"
    r"|(?P<initiative>(?:ledamots|nämnd)?initiativ(?:ärende)?|initiativförslag)"
    r"|(?P<alternative>alternativt (?:förslag|beslutsförslag)|motförslag)"
    r")(?=$|[\s:(.–,-])"
)
# What may stand beside the genre's word in a head: dates, parties, numbers of the case.
POLITICAL_HEAD_REST: Final = re.compile(
    r"^[\s:–-]*$|^[\s:–(-]*(?:Datum|[Ää]rende|Nr\b|Ks\b|KS\b|Dnr|Diarienummer|Rev"
    r"|Särskilt yttrande|Nytt ärende"
    r"|\(|\d{4}-|\d\d-\d\d-\d\d\b|\d{6}\b|[A-ZÅÄÖ]{1,4}\b(?=[,\s)]|$)|(?:[A-ZÅÄÖ][a-zåäöé]+(?:partiet"
    r"|demokraterna)|Moderaterna"
    r"|Liberalerna|Demokraterna|Feministiskt|Mp\b|Fi\b|Kd\b|Sd\b|Alliansen|Majoriteten))"
)
# The title of a political paper: "Yrkande angående – Motion av …"
POLITICAL_TITLE: Final = re.compile(
    r"(?i)(?:yrkande|yttrande|återremiss|reservation|initiativ\w*|förslag|anteckning)\s*"
    r"(?:[–:-]|angående|ang\.?|avseende|gällande|rörande|om|över|i ärende|kring|till|med anledning)"
)
POLITICAL_BODY: Final = re.compile(
    r"Förslag till beslut|Yrkandet|Yttrandet|[Vv]i (?:yrkar|föreslår|reserverar)"
    r"|[Jj]ag (?:yrkar|reserverar)"
    r"|föreslås besluta|Yttrande\b|Yrkande\b|Reservation\b|ärendenummer|Ärende|Dnr|SLK"
)

# "Motion av Karin Ek (V) om …" · "Interpellation till …" · "Enkel fråga till …"
PLAIN: Final[tuple[tuple[PartKind, re.Pattern[str]], ...]] = (
    (
        PartKind.MOTION,
        re.compile(
            r"(?i)^(?:\W*motion(?: \d+)?(?:\s*[:–-]|\s+(?:av|från|om|till|angående|gällande)\b|$))"
        ),
    ),
    (
        PartKind.REPLY,
        re.compile(
            r"(?i)^svar på (?:\w+ )?(?:interpella(?:ti|\ufffd)on|enkel fråga|fråga"
            r"|ledamotsinitiativ)|^interpella(?:ti|\ufffd)onssvar"
        ),
    ),
    (
        PartKind.INTERPELLATION,
        re.compile(
            r"(?i)^interpella(?:ti|\ufffd)on(?:\s*[:–-]|\s+(?:av|från|till|om|angående|ställd)\b|$)"
        ),
    ),
    (
        PartKind.QUESTION,
        re.compile(r"(?i)^(?:enkel |skriftlig )fråga\b|^fråga (?:till|från|av) \w"),
    ),
)
CONSULTATION: Final = re.compile(
    r"(?i)^(?:remissvar|remissyttrande|yttrande (?:till|över|på|gällande|avseende)"
    r"|svar på (?:remiss|motion)|samrådsyttrande)\b"
)

# "VITSTENS KOMMUN   2031-06-09": whose letterhead it is
MUNICIPALITY: Final = re.compile(
    r"^(?:[A-ZÅÄÖ][\wåäöé-]+ ){1,2}(?:kommun|stad|Stad|KOMMUN|STAD)"
    r"(?: \d{4}-\d\d-\d\d| Sida \d.*| [A-ZÅÄÖ][A-ZÅÄÖ ]{3,40})?$|^Region \w+$"
)
WRITES: Final = re.compile(
    r"^(?:Kommunstyrelsen|[A-ZÅÄÖ]\w*nämnden|[A-ZÅÄÖ]\w*(?:förvaltningen|kontoret)|Kommunkansliet)"
    r"(?:s ordförande)?(?:,? \d{4}-\d\d-\d\d)?(?:,? § ?\d+)?(?:,? Sida \d.*)?$|"
    r"^(?:KOMMUNSTYRELSEN|[A-ZÅÄÖ-]{3,}(?:NÄMNDEN|FÖRVALTNINGEN|KONTORET))(?: [A-ZÅÄÖ ]{3,40})?"
    r"(?: SID \d.*)?$"
)
"""Who answers under it."""
ANSWERS: Final[tuple[tuple[PartKind, re.Pattern[str]], ...]] = (
    (PartKind.REPLY, re.compile(r"(?i)^svar på (?:\w+ )?(?:interpellation|enkel fråga|fråga)\b")),
    (PartKind.COUNCIL_PROPOSAL, re.compile(r"(?i)^kommunstyrelsens förslag till svar på\b")),
    (
        PartKind.OFFICIAL_REPORT,
        re.compile(
            r"(?i)^(?:tjänsteskrivelse|tjänsteutlåtande)\b|"
            r"^(?:förslag till )?svar på (?:ditt |er |ert )?(?:motion|medborgarförslag|e-förslag)"
        ),
    ),
    (
        PartKind.CONSULTATION,
        re.compile(r"(?i)^(?:yttrande över|svar på (?:\w+ )?(?:revis|granskning))"),
    ),
)

# "Bilaga 2" · "BILAGA 4  Ärende: 20" · "Bilaga A"
LABEL: Final = re.compile(
    r"^(?:(?:Styrelsehandling|Handling) (?:nr )?\d+\w? )?(?:BILAGA|Bilaga"
    r"|Protokollsbilaga)(?: (?P<number>\d{1,3}[a-zA-Z]?|[A-ZÅÄÖ]))?(?P<rest>(?:[.:,–-]"
    r"| ).*)?$"
)

# "Ekmarka kommuns riktlinje för sponsring" · "Reglemente för kulturnämnden" · "Bolagsordning för …"
GOVERNING: Final = re.compile(
    r"^(?:(?:[A-ZÅÄÖ][\wåäöé-]+ (?:[Ss]tads?|[Kk]ommuns?|[Ss]tad och kommuns?) )?"
    r"(?:gemensamma |kommunala )?)"
    r"(?:[Ff]örslag till |[Rr]eviderat |[Rr]eviderad )?(?:(?:[a-zåäö]+ )?(?:"
    r"(?:\w+)?[Rr]eglemente|REGLEMENTE|\w*[Rr]iktlinjer?|RIKTLINJER?|\w*[Pp]olicy|POLICY"
    r"|\w*[Pp]lan|\w*[Pp]rogram|PROGRAM|[Rr]egler"
    r"|[Aa]nvisning(?:ar)?|(?:\w+-?)?[Tt]ax[ao]r?|[Tt]axebestämmelser|[Bb]olagsordning"
    r"|BOLAGSORDNING|[ÄA]gardirektiv|(?:\w+)?[Ff]öreskrift(?:er)?|\w*[Ss]trategi"
    r"|[Aa]rbetsordning|[Dd]elegations?ordning|[Ff]örbundsordning|[Ss]tadgar"
    r"|[Vv]erksamhetsplan|[Hh]andlingsplan"
    r"|[Ll]okala ordningsföreskrifter|[Rr]utin(?:er)?|[Aa]vtal|[Ss]amverkansavtal))"
    r"(?=$| \d{4}| [Gg]äller | för | avseende | gällande | mot | om | med )"
)
GOVERNING_BODY: Final = re.compile(
    r"Stads styrsystem|styrande dokument|Innehåll(?:sförteckning)?\b|(?<!\w)§ ?1\b|"
    r"(?<!\d)1 ?§|[Kk]apitel 1|1 [Kk]ap\b|KAPITEL 1|Dokumentnamn|Dokumenttyp"
    r"|Beslutad av|Fastställd|Antagen av|Gäller från|Gäller för|Organisationsnummer"
    r"|Inledning\b|\.{8}|Syfte\b|Bakgrund\b|Giltig"
)
# A sentence about a governing document, not its title.
GOVERNING_SENTENCE: Final = re.compile(
    r"\b(?:är|har|ska|anger|enligt|fastställs|antas|revideras|framgår|beslutade?"
    r"|antogs|godkänns|föreslås|gäller från|tydliggör|riktar sig|i enlighet)\b|[.;:]$| \| "
    r"|Förslag till beslut|handlingar\b|kommunstyrelsen föreslår"
)

AUDIT: Final = re.compile(
    r"(?i)^(?:revisionsberättelse\b|granskningsrapport|revisionsrapport|granskning av "
    r"|grundläggande granskning|fördjupad granskning|lekmannarevisor\w* granskning"
    r"|års(?:redogörelse|rapport|berättelse)(?: (?:för )?\d{4})?$)"
)
AUDIT_ORGAN: Final = re.compile(r"(?i)revision|revisor")
# "Voteringsprotokoll": "BILAGA 4 Ärende: 20 Ärendemening: …" the list of a vote
VOTE_LIST: Final = re.compile(
    r"(?i)^(?:voteringslista|omröstningslista|voteringsprotokoll|omröstningsbilaga)\b"
)

# "YRKANDE" · "TJÄNSTESKRIVELSE" · "KOMMUNSTYRELSENS FÖRSLAG TILL KOMMUNFULLMÄKTIGE", alone
BANNERS: Final[tuple[tuple[PartKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(rf"(?i)(?:{words})"))
    for kind, words in (
        (PartKind.COUNCIL_PROPOSAL, r"\w+s förslag(?: till (?:kommun|region)fullmäktige)?"),
        (
            PartKind.YRKANDE,
            r"(?:tilläggs|ändrings|återremiss|avslags|gemensamt )?yrkande(?: från [\w ,()]+)?",
        ),
        (
            PartKind.STATEMENT,
            r"(?:särskilt |ersättar)?yttrande(?: från [\w ,()]+)?|protokollsanteckning",
        ),
        (PartKind.RESERVATION, r"(?:skriftlig )?reservation(?: från [\w ,()]+)?"),
        (
            PartKind.OFFICIAL_REPORT,
            r"tjänste(?:skrivelse|utlåtande|yttrande)(?: från [\w ,()]+)?|beslutsunderlag",
        ),
        (
            PartKind.EXTRACT,
            r"protokollsutdrag(?: från [\w ,()]+)?|utdrag ur (?:sammanträdes)?protokoll",
        ),
        (PartKind.CONSULTATION, r"remissvar(?: från [\w ,()]+)?|samrådsyttrande"),
        (PartKind.MOTION, r"motion(?: till (?:kommun|region)fullmäktige(?: i [\w ]+)?)?"),
        (
            PartKind.REPLY,
            r"interpella(?:ti|\ufffd)onssvar|svar på (?:interpella(?:ti|\ufffd)on"
            r"|enkel fråga|fråga)",
        ),
        (PartKind.INTERPELLATION, r"interpella(?:ti|\ufffd)on"),
        (PartKind.QUESTION, r"enkel fråga"),
        (PartKind.ALTERNATIVE_PROPOSAL, r"alternativt (?:förslag|beslutsförslag)|motförslag"),
        (PartKind.INITIATIVE, r"(?:ledamots|nämnd)?initiativ(?:ärende)?"),
        (PartKind.AUDIT, r"revisions(?:rapport|berättelse)|granskningsrapport"),
        (PartKind.APPENDIX, r"bilaga(?: \d+)?"),
    )
)
