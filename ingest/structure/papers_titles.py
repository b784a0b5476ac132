"""A paper's title, its date, its case numbers and who writes it, read from its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.grammar.dates import find_dates
from ingest.grammar.parties import find_parties
from ingest.grammar.references import FoundReference, find_cases
from ingest.parts import PartKind
from ingest.structure import papers_forms as forms
from ingest.structure.papers_bodies import STRICT_ORGAN
from ingest.structure.papers_letterhead import is_organ
from ingest.structure.papers_names import only_names
from ingest.structure.papers_text import Line

_LONGEST: Final = 220
_NEAR: Final = 320
"""Characters from the head of a paper within which an unlabelled date is the paper's own."""
# Where a title that shares its line with what follows must end.
_TITLE_END: Final = re.compile(
    r"\s(?:Förslag till beslut|FÖRSLAG TILL BESLUT|Förslaget till beslut"
    r"|Till Göteborgs|Kommunstyrelsens förslag|Yrkandet\b|Yttrandet\b|Yttrande "
    r"(?=[A-ZÅÄÖ])|Motionen (?=[A-ZÅÄÖ])"
    r"|Beslut (?=\d|[A-ZÅÄÖI])|Sammanfattning\b|Bakgrund\b|Ärendet (?=[A-ZÅÄÖ])"
    r"|Innehåll\b|Organisationsnummer|\.{4,}|Inledande bestämmelser|Yrkanden\b"
    r"|Beskrivning av ärendet)"
)
# Words that begin a sentence and hardly ever stand with a capital inside a title.
_SENTENCE: Final = re.compile(
    r"(?<=[\wåäö)”\"]) (?=(?:Den|Det|De|Dessa|Denna|Detta|En|Ett|I|Att|Vi|Jag|För"
    r"|Varje|Under|När|Många|Alla|På|Med|Efter|Som|Idag|Sedan|Enligt|Genom|Om|Trots|Nu"
    r"|Vid|Inom|Redan|Mot|Allt|Flera|Ingen|Inga|Har|Är|Kan|Hur|Vad|Sverige|Ända"
    r"|Ungefär|Dagens|Nyligen|År|Förra|Sveriges?)\s[a-zåäö0-9])"
)
# "Trädplan § 12, 0512/31" · "Trädplan N164-1613/31 Förvaltningen har …"
_NUMBERS_AFTER: Final = re.compile(
    r"(?<=\w),? § ?\d+,?(?: (?:[Dd]iarienummer |[Dd]nr )?[\w/-]*\d[\w/-]*)?(?=$| [A-ZÅÄÖ])"
)
_NUMBERS_BEFORE: Final = re.compile(
    r"^(?:\d{4}-\d\d-\d\d\s+|\d[\d.]*\s+(?=[A-ZÅÄÖ][a-zåäö]+ ang))+"
)
_GENRE_TITLE: Final = re.compile(
    r"(?i)^(?:\w*yrkande|\w*yttrande|motion|interpellation|reservation|svar på"
    r"|remissvar|hemställan|enkel fråga|initiativ\w*|återremiss\w*"
    r"|protokollsanteckning)\b"
)
# "Kommunfullmäktige 2031-05-19, § 54": the meeting a paper belongs to
_MEETING: Final = re.compile(
    r"^(?:(?:[Ss]ammanträde|[Mm]öte|[ÄA]rende \d+,?)\s+)?[A-ZÅÄÖa-zåäö][\wåäö, -]{3,60}?,?"
    r"\s+(?:den\s+)?(?:\d{4}-\d\d-\d\d|\d{1,2} [a-z]{3,9} \d{4})"
    r"(?:,?\s*(?:§|ärende|punkt)\s*\d+\w?)*$"
)
_ADOPTION: Final = re.compile(
    r"(?i)^(?:antag|fastställ|reviderad|reviderat|senast|gäller|beslut(?:ad|at)|upprättad|giltig)"
)
# What ends the head of a tjänsteskrivelse at the latest
_HEADED: Final = re.compile(
    r"(?i)^(?:förslag till beslut|\w+(?:ns|ts) förslag|sammanfattning|beslutsunderlag|ärendet$"
    r"|bakgrund|beskrivning av ärendet|ärendebeskrivning)"
)
# "Utredare" · "Avdelningen för ekonomi": who writes, printed among the fields of the head
_OFFICE: Final = re.compile(
    r"(?i)^(?:handläggare|(?:\w+ )?\w*(?:utredare|strateg|sekreterare|jurist|chef|direktör|ledare"
    r"|samordnare|arkitekt|ekonom|controller|ingenjör|planerare|kamrer|utvecklare)|(?:avdelning|enhet|sektion"
    r"|kontor)(?:en|et)?(?: för)? [\w ]{3,40})$"
)
# ", utredare" · ", projektledare   Kommunstyrelsens arbetsutskott": what they are, and for whom
_ROLE_AND_TO: Final = re.compile(
    r",\s*[a-zåäö -]{3,40}?"
    r"(?:\s[A-ZÅÄÖ][\wåäö -]{0,40}(?:utskott|styrelsen?|nämnden?|fullmäktige))?$"
)
# "Ärendets rubrik: Bygg en bastu": the title as somebody entered it in a form
_ENTERED: Final = re.compile(
    r"(?i)^(?:(?:ärendets |förslagets )?(?:rubrik|titel)(?: på förslaget)?"
    r"|(?:ditt )?förslag(?:et)? i korthet)"
    r"(?:\s*:\s*(?P<title>\S.{7,})|\s*[:*]?$)"
)
_FIGURES: Final = re.compile(r"\S*\d\S*")
_TO_WHOM: Final = re.compile(r"(?:till|från|av) .{5,120} (?:angående|gällande|avseende|om) ")
_BARE: Final = re.compile(
    r"(?i)(?:(?:gransknings|revisions)(?:rapport|skrivelse)|missiv|årsredogörelse|årsrapport|riktlinjer?|policy|taxa|reglemente"
    r"|föreskrifter|plan|program|strategi)(?: \d+ ?\(\d+\))?"
)
"""A genre's word alone, above the title."""
_FORM: Final = 24
"""How many lines of a form may stand above the title that was entered in it."""
_FIRST_PAGE: Final = 45
"""The § of an extract stands so many lines below its head at most: who met comes before it."""
_OPEN_ENDED: Final = re.compile(
    r"\b(?:[A-ZÅÄÖ][a-zåäö]{3,}s|och|samt|för|av|till|med|om|i|på|angående|avseende)$"
)
"""How a line ends that is not the title's last: "Revisionsberättelse avseende Göteborgs"."""
_ROW: Final = 90
"""The line of a title is shorter, in characters."""
_LETTER: Final = 16
"""The title of a letter stands so many lines below its genre's word at most."""
# "§ 41 …" · "Au § 7   Dnr …"
_SIGNED: Final = re.compile(r"^(?:[A-ZÅÄÖ][A-Za-zåäöÅÄÖ]{0,6} )?§+ ?\d+[a-z]?(?:/\d+)?,?\s*")
_DATE_CUE: Final = re.compile(r"(?i)(?:utfärdat|utfärdad|datum|sammanträdesdatum|möte)\W*$")
_DATED: Final = re.compile(r"(?:19|20)\d\d[-–]\d\d$")
_ADDRESSED: Final = re.compile(
    r"(?i)^\w+ (?:till|inför) (?:\w+ )?(?:kommun|region)?(?:fullmäktige|styrelsen?s?"
    r"|nämnden?s?)[^,]{0,60}:?$"
)
_SKIP: Final = re.compile(
    r"(?i)^(?:nytt ärende|(?:docusign envelope |signerings-?|transaction )id\b.*|"
    r"till (?:kommun|region)?(?:fullmäktige|styrelsen?s?|nämnden?s?)\b.{0,80}|"
    r"(?:handläggare|mottagare|förslagsställare|postort|kontakt\w*|föredragande"
    r"|vår beteckning|er beteckning"
    r"|beteckning)\b.{0,90}|till [^.]{0,60}(?:nämndens|styrelsens) ordförande .{0,60}"
    r"|(?:utfärdat|utfärdad|e-post|telefon|vår referens|er referens)\b.{0,90}"
    r"|sammanträdesdatum.{0,40}|[A-Z][a-z]{1,3} § ?\d+.{0,60}|till \w+ "
    r"(?:kommunfullmäktige|kommunstyrelse)\w*|handling \d{4} nr \d+|sida \d.*"
    r"|(?:reviderad|reviderat|rev\.?)\b(?=.{0,60}\d{4}-\d\d).{0,120}|\d{1,2} [a-z]{3}\b.{0,30}"
    r"|(?:(?:ställd )?till|från|inlämna[dt]|inskickat|status|utskrivet|till sammanträdet"
    r"|publicerat)\s*:.*|dokument\w*\b.{0,60}"
    r"|till [\wåäö-]+(?: och [\wåäö-]+)?(?:nämnden|utskottet|styrelsen)"
    r"|\[[^\]]*\]|[^>]{1,60} > [^>]{1,60} > .*|.{0,90}\bsida \d+ ?\(\d+\)"
    r"|(?:skriftlig |blank )?reservation|särskilt yttrande"
    r"|(?:blankett|ankomststämpel|inkom|hej)\b.{0,60}|\d+ ?\(\d+\)|datum\b.{0,30}|\d[\d. ]*"
    r"|(?:ärende|ärendenummer|ärende nr|ärende-?id|nr|dnr|diarienr"
    r"|diarienummer)\b.{0,60}|tid\b.*|plats\b.*|förslag till beslut.*"
    r"|dag för justering.*|justeringsdag.*|vid protokollet.*)$"
)


def title_of(all_lines: Sequence[Line], genre: int, last: int, kind: PartKind) -> str:
    """The title in one line; the genre's own line where the paper has no other."""
    own = all_lines[genre].text
    if kind is PartKind.EXTRACT:
        return _extract_title(all_lines, genre, last)
    if kind in _WITHOUT_GENRE:
        return _first_title(all_lines, genre, last, kind)
    if entered := _entered(all_lines[genre : min(genre + _FORM, last)]):
        return cut_title(entered)
    named = re.match(
        r"(?i)^(?:\w*initiativ\w*|motion|interpellation|reservation|(?:e-|medborgar)förslag)"
        r"(?: (?:nr |nummer )?\d[\d/:-]*)?\s*[:–-]\s+(?P<title>.{8,})",
        own,
    )
    if named:
        return cut_title(named["title"])
    below = all_lines[genre + 1].text if genre + 1 < last else ""
    if re.fullmatch(r"(?i)interpellation|enkel fråga|motion", own) and _TO_WHOM.match(below):
        return cut_title(f"{own.capitalize()} {below}")
    if (
        _GENRE_TITLE.match(own)
        and not _ADDRESSED.search(own)
        and (kind in _TITLED_BY_GENRE or len(own) > 60)
        and _says_more(own)
    ):
        return cut_title(own.capitalize() if own.isupper() else own)
    if kind is PartKind.CONSULTATION:
        for line in all_lines[genre + 1 : min(genre + _LETTER, last)]:
            if _GENRE_TITLE.match(line.text) and _says_more(line.text):
                return cut_title(line.text)
    official = kind is PartKind.OFFICIAL_REPORT
    for line in all_lines[genre + 1 : min(genre + (14 if official else 8), last)]:
        text = _NUMBERS_BEFORE.sub("", line.text)
        if official and _HEADED.match(text):
            break
        if official and _names_official(text):
            continue
        if text.endswith(".") and len(cut_title(text)) > 200 and not _GENRE_TITLE.match(text):
            break
        if _is_title(text) and not _is_prose(text):
            return cut_title(f"{text}{_rest(line, all_lines)}")
    return cut_title(own)


def _rest(title: Line, all_lines: Sequence[Line]) -> str:
    """What a title that cannot end where its line does goes on with on the next one."""
    at = all_lines.index(title) + 1
    below = all_lines[at].text if at < len(all_lines) else ""
    goes_on = _OPEN_ENDED.search(title.text) or below.startswith("– ")
    return f" {below}" if goes_on and len(below) < _ROW and below[-1:] != "." else ""


def _entered(head: Sequence[Line]) -> str | None:
    """The title as it was entered in a form: beside the name of its field, or on the next line."""
    for line, below in zip(head, (*head[1:], None), strict=True):
        if match := _ENTERED.match(line.text):
            return match["title"] or (below.text if below and len(below.text) > 7 else None)
    return None


def _names_official(text: str) -> bool:
    """True for who writes, printed among the fields of a head: "Anna Ek, utredare", "Utredare"."""
    if _GENRE_TITLE.match(text):
        return False
    bare = " ".join(_FIGURES.sub(" ", _ROLE_AND_TO.sub("", text)).split())
    return only_names(bare) or bool(_OFFICE.match(text))


def _is_prose(text: str) -> bool:
    if _GENRE_TITLE.match(text):
        return False
    return len(text) > 40 and text.endswith(".") and cut_title(text) == text.strip(" –-:")


def _first_title(all_lines: Sequence[Line], genre: int, last: int, kind: PartKind) -> str:
    """The first line that is neither letterhead nor number."""
    for line in all_lines[genre : min(genre + 7, last)]:
        if _BARE.fullmatch(line.text):
            continue
        label = forms.LABEL.match(line.text)
        rest = (label["rest"] or "").strip(" .:–-,") if label else line.text
        if kind is PartKind.REGULATION and _ADOPTION.match(rest):
            continue
        if _is_title(rest) and not re.match(r"\d+ ?\(\d+\)", rest):
            return cut_title(f"{rest}{_rest(line, all_lines)}")
    return cut_title(all_lines[genre].text)


_WITHOUT_GENRE: Final = frozenset(
    {PartKind.REGULATION, PartKind.APPENDIX, PartKind.AUDIT, PartKind.OTHER, PartKind.SECTION}
)
_TITLED_BY_GENRE: Final = frozenset(
    {
        PartKind.MOTION,
        PartKind.INTERPELLATION,
        PartKind.QUESTION,
        PartKind.REPLY,
        PartKind.CONSULTATION,
    }
)


def _says_more(text: str) -> bool:
    """True for "Motion av …", not for "Yrkande  2031-01-09  Ärende 4"."""
    if re.fullmatch(r"(?i)svar på (?:\w+ )?(?:interpellation|fråga|motion|remiss)(?:en)?", text):
        return False
    rest = re.sub(r"(?i)^\w+(?: till beslut)?\s*", "", text)
    return bool(
        re.match(
            r"(?i)(?:(?:ställd|väckt) )?(?:angående|ang\.?|gällande|om|av|från|över|till|avseende"
            r"|på|rörande|[–:-])\s",
            rest,
        )
    )


def _is_title(text: str) -> bool:
    if (
        len(text) < 8
        or re.match(r"\d+\. ", text)
        or re.search(r"Telefon\b|E-?post\b|@|\bKopia till$", text)
    ):
        return False
    if len(text) < 120 and re.search(r"\b(?:Dnr|Diarienr|Diarienummer)\b", text):
        return False
    if len(text) < 120 and find_cases(text) and re.search(r"\b\d{4}-\d\d-\d\d\b", text):
        return False  # the columns of a letterhead
    if not re.search(r"[^\W\d_]{4}", _without_numbers(text)) or _MEETING.match(text):
        return False
    if _SKIP.match(text) or not any(char.isalpha() for char in text):
        return False
    if re.match(rf"^(?:{forms.DATE}|[A-ZÅÄÖ]{{1,3}}(?:, [A-ZÅÄÖ]{{1,3}})+\b|\()", text):
        return False
    if re.fullmatch(r"[\w ]+ \d{4}-\d\d-\d\d", text) and is_organ(re.split(r" \d{4}-", text)[0]):
        return False
    if _is_body(text):
        return False
    if (
        find_parties(text)
        and len(text) < 60
        and not re.search(r"\b(?:om|för|till|angående)\b", text)
    ):
        return False
    return not (
        re.fullmatch(r"[\w, ()-]+", text)
        and not _GENRE_TITLE.match(text)
        and re.search(r"partiet|demokraterna|\bSLK-", text)
        and len(text) < 90
    )


def _without_numbers(text: str) -> str:
    """The line without its case numbers: "KS 2030/00287-3" leaves nothing."""
    for case in reversed(find_cases(text[:200])):
        text = text[: case.start] + re.sub(r"^[-:.]?\d+", "", text[case.end :])
    return text


def _is_body(text: str) -> bool:
    """True for a letterhead: "Kulturnämnden", "Ekmarka kommun", not for a title that names one."""
    if not is_organ(text) or not forms.ORGAN_WORD.search(text) or len(text) > 60:
        return False
    if forms.GOVERNING.match(text.capitalize() if text.isupper() else text):
        return False
    if forms.AUDIT.match(text):
        return False
    return len(text.split()) <= 3 or bool(STRICT_ORGAN.match(text))


def _extract_title(all_lines: Sequence[Line], genre: int, last: int) -> str:
    lines = all_lines[genre + 1 : min(genre + _FIRST_PAGE, last)]
    bare = (at for at, line in enumerate(lines) if re.match(r"§+ ?\d", line.text))
    signed = (at for at, line in enumerate(lines) if _SIGNED.match(line.text))
    numbered = next(bare, next(signed, 0))
    for line in lines[numbered : numbered + 5]:
        text = re.sub(r"^Beslut [–-] ", "", _SIGNED.sub("", line.text))
        if not re.search(r"[^\W\d_]{4}", _without_numbers(text)):
            continue
        text = re.sub(
            r"(?i)^(?:dnr|diarienummer|ärendenummer|ärende-?nr)?:? ?[A-ZÅÄÖ]{0,5}-?[\d/-]{4,}\s*",
            "",
            text,
        )
        if _is_title(text) and not re.match(r"(?:Beslut|Närvarande|Dag för|Vid prot)\b", text):
            return cut_title(text)
    return cut_title(all_lines[genre].text)


def cut_title(text: str) -> str:
    """The line up to where the title ends and the text begins."""
    text = _NUMBERS_AFTER.sub("", text)
    end = _TITLE_END.search(text, 12)
    if end:
        text = text[: end.start()]
    if len(text) > 70:
        sentence = _SENTENCE.search(text, 30)
        if sentence:
            text = text[: sentence.start()]
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return text.strip(" –-:")


def date_of(head: str) -> str | None:
    """The ISO date of the paper: the first one in its head; a revision does not count."""
    dates = [found for found in find_dates(head) if len(found.iso) == 10]
    for found in dates:
        if _DATE_CUE.search(head[: found.start]):
            return found.iso
    if dates and dates[0].start < _NEAR:
        return dates[0].iso
    short = re.search(r"(?<![\d-])(2\d)(-?)(0[1-9]|1[0-2])\2([0-2]\d|3[01])(?![\d-])", head)
    return f"20{short[1]}-{short[3]}-{short[4]}" if short else None


def cases_of(head: str) -> tuple[str, ...]:
    """The diarienummer that the head carries, as written, each once."""
    return tuple(dict.fromkeys(found.written for found in real_cases(head)))


def real_cases(text: str) -> list[FoundReference]:
    """The diarienummer in a text, without dates that look like one ("KD 2031-12-09")."""
    return [
        found
        for found in find_cases(text)
        if not (_DATED.search(found.written) and text[found.end : found.end + 1] in ("-", "–"))
    ]


def paragraph_of(head: str) -> str | None:
    """The number of the § that an extract is of."""
    match = re.search(r"§\s?(\d{1,4}[a-z]?)\b", head)
    return match[1] if match else None
