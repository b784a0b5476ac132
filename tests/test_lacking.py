"""What is asked for and not told: an answer is given only where its quotations hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from assistant.lacking import RULES, lacking
from assistant.question import understand
from assistant.verify.source import Source
from assistant.wording import say
from ingest.document import Document
from ingest.parts import Part, PartKind, Role
from ingest.records import Decision
from vectorstore.stored import Stored

_COMMON = ("bad", "badet", "det", "två", "kommun", "elev")


class Shelf:
    """A library that holds at most one paper of one part, and in which a few words are common."""

    def __init__(self, stored: Stored | None = None, common: Sequence[str] = _COMMON) -> None:
        self._stored, self._common = stored, common

    def document(self, file: str) -> Stored | None:
        return self._stored

    def case(self, keys: Sequence[str]) -> list[tuple[Stored, Part]]:
        return []

    def titled(self, title: str) -> list[tuple[Stored, Part]]:
        return []

    def rarity(self, stems: Iterable[str]) -> dict[str, float]:
        return {stem: 1.0 if stem in self._common else 9.0 for stem in stems}


def _quoted(text: str) -> Source:
    return Source(file="papper.txt", text=text, start=0, end=len(text))


def _minutes(title: str, text: str, date: str = "2031-03-19") -> Stored:
    decision = Decision(start=0, end=len(text), text=text, outcome="annat")
    part = Part(
        id="p1", kind=PartKind.PARAGRAPH, title=title, start=0, end=len(text),
        role=Role.DECISION, date=date, body="Kommunfullmäktige", records=(decision,),
    )  # fmt: skip
    return Stored(
        Document(file="papper.txt", digest="0", format="txt", title="", text=text), (part,)
    )


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Vilket företag vann upphandlingen av ny växel?",
         "Upphandlingen av växel vann Tallmo Tele AB.",
         "Upphandlingen av växel beräknas till 1,9 miljoner kronor."),
        ("Varför avgick Siri Lund som ordförande?",
         "Siri Lund begär att entledigas av personliga skäl.",
         "Siri Lund tackar för vårens arbete."),
        ("Vilken dag invigdes den nya bron?",
         "Bron öppnades för trafik den 3 maj 2030.",
         "Bron ska ha körfält för buss."),
        ("Varför lades parkrådet ner?",
         "Parkrådet avvecklas, för uppgifterna tas över av nämnden.",
         "Parkrådet tackar för det gångna året."),
        ("Vilka nämnder hade invändningar mot programmet?",
         "Tekniska nämnden avstyrkte programmet.",
         "Tekniska nämnden tog del av programmet."),
        ("Vem blev årets trädgårdsmästare?",
         "Till årets trädgårdsmästare utsågs Maja Sund.",
         "Priset till årets trädgårdsmästare delas ut i maj."),
        ("Vad var det som orsakade branden i badhuset?",
         "Branden berodde på ett elfel.",
         "Badhuset förstördes i en brand, vilket orsakade stora kostnader."),
    ],
)  # fmt: skip
def test_an_event_is_told_by_its_verb_or_its_kin(question: str, told: str, not_told: str) -> None:
    assert lacking(understand(question), [_quoted(told)], Shelf()) is None
    assert lacking(understand(question), [_quoted(not_told)], Shelf()) == "event"


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Hur ofta går bussen till Norrhult?", "Bussen går varje timme.", "Bussen dras in."),
        ("Vad har kommundirektören i lön?", "Lönen är 98 000 kronor.", "Lönen ses över."),
        ("Biföll eller avslog fullmäktige motionen?", "Motionen avslås.", "Ärendet bordläggs."),
        ("Hur röstade fullmäktige om simkortet?", "14 ja mot 16 nej.", "Simkortet är populärt."),
    ],
)
def test_the_answer_has_the_form_that_is_asked_for(question: str, told: str, not_told: str) -> None:
    assert lacking(understand(question), [_quoted(told)], Shelf()) is None
    assert lacking(understand(question), [_quoted(not_told)], Shelf()) == "form"


def test_how_a_body_voted_its_own_paper_tells() -> None:
    vote = "Med 14 ja mot 16 nej avslås motionen om simkort."
    asked = understand("Vilka röstsiffror blev det i kommunstyrelsen om simkortet?")
    assert lacking(asked, [_quoted(vote)], Shelf(_minutes("Simkort", vote))) == "voter"
    council = understand("Vilka röstsiffror blev det i fullmäktige om simkortet?")
    assert lacking(council, [_quoted(vote)], Shelf(_minutes("Simkort", vote))) is None


def test_how_a_party_voted_is_told_with_its_name_also_where_a_body_is_named() -> None:
    vote = "Med 14 ja mot 16 nej avslås motionen om simkort."
    asked = understand("Hur röstade Moderaterna i fullmäktige om simkortet?")
    assert asked.bodies
    paper = _minutes("Simkort", f"{vote} Ola Ask (M) yrkade avslag.")
    assert lacking(asked, [_quoted(vote)], Shelf(paper)) == "voter"
    named = f"{vote} Ola Ask (M) röstar nej."
    assert lacking(asked, [_quoted(named)], Shelf(_minutes("Simkort (M)", named))) is None


@pytest.mark.parametrize(
    ("told", "lacks"),
    [
        ("Ordföranden ställer frågan under proposition.", "role"),
        ("Nämndens ordförande Siri Lund (S) svarar.", None),
        ("Siri Lund (S) svarar.", "role"),
    ],
)
def test_who_had_an_office_is_told_with_it_and_a_name(told: str, lacks: str | None) -> None:
    asked = understand("Vem är ordförande i nämnden?")
    assert lacking(asked, [_quoted(told)], Shelf()) == lacks


def test_the_day_that_is_named_stands_in_the_papers() -> None:
    asked = understand("Hur många elever var borta den 12 april 2031?")
    source = _quoted("Skolan har 229 elever.")
    other = _minutes("Skolan", "Skolan har 229 elever. Den 10 april 2031 var 14 borta.")
    same = _minutes("Skolan", "Skolan har 229 elever. Den 12 april 2031 var 14 borta.")
    assert lacking(asked, [source], Shelf(other)) == "day"
    assert lacking(asked, [source], Shelf(same)) is None
    assert lacking(asked, [source], Shelf(_minutes("Skolan", "x" * 30, "2031-04-12"))) is None


def test_a_price_is_for_those_who_are_named() -> None:
    asked = understand("Vad kostar det för en vuxen att bada?")
    assert lacking(asked, [_quoted("Ett bad kostar 45 kronor för barn.")], Shelf()) == "for_whom"
    assert lacking(asked, [_quoted("En vuxen betalar 70 kronor.")], Shelf()) is None


def test_what_somebody_answered_is_told_as_their_words() -> None:
    asked = understand("Vad svarade regionen på kommunens förslag?")
    assert lacking(asked, [_quoted("Regionen har skickat planen på remiss.")], Shelf()) == "speaker"
    assert lacking(asked, [_quoted("Regionen svarar att planen ligger fast.")], Shelf()) is None


def test_whoever_moves_something_has_not_answered() -> None:
    asked = understand("Vad svarade Siri Lund när hon fick frågan om simkorten?")
    moved = "Siri Lund (V) yrkar att motionen ska avstyrkas."
    assert lacking(asked, [_quoted(moved)], Shelf()) == "speaker"
    told = "Siri Lund (V) svarar att simkorten räcker."
    assert lacking(asked, [_quoted(told)], Shelf()) is None


def test_what_they_answered_is_told_as_an_answer() -> None:
    asked = understand("Vad svarade de?")
    assert lacking(asked, [_quoted("Nämnden får en skrivelse.")], Shelf()) == "speaker"
    assert lacking(asked, [_quoted("Nämndens svar är att badet öppnar.")], Shelf()) is None


def test_the_paper_that_bears_a_name_holds_its_words() -> None:
    asked = understand("Vad ansåg stadsrevisionen om badet?")
    stored = _minutes("Stadsrevisionens årsredogörelse", "Badet saknar en plan.")
    assert lacking(asked, [_quoted("Badet saknar en plan.")], Shelf(stored)) is None


@pytest.mark.parametrize(
    ("question", "told", "not_told", "name"),
    [
        ("Hur många simkort delades ut i höst?", "I höst delades 412 simkort ut.",
         "Simkorten delades ut i höst.", "counted"),
        ("Hur många tränare kom till baden?", "Det kom 60 tränare till baden.",
         "Förslag till beslut 1. Tränare bjuds in till baden i 10 år.", "counted"),
        ("How many coaches came to the baths?", "Det kom 60 tränare till baden.",
         "Tränare bjuds in till baden i 10 år.", "counted"),
        ("What did the survey of the baths show?", "Kartläggningen visar att taken läcker.",
         "Kontoret får i uppdrag att kartlägga baden.", "event"),
        ("How many employees were unemployed in spring?", "Av de anställda var 40 arbetslösa.",
         "De anställda fick 40 timmar.", "state"),
        ("Hur många simkort delades ut i höst?", "I höst delades 412 simkort ut.",
         "Samtliga simkort delades ut under kvartal 3, 2031.", "counted"),
        ("Varför lämnade Siri Lund fullmäktige i våras?",
         "Siri Lund avgick, eftersom hon flyttade.", "Siri Lund avgick den 3 maj.", "reason"),
        ("Av vilken anledning lämnade Siri Lund badrådet?",
         "Siri Lund flyttar och begär därför att entledigas ur badrådet.",
         "Till ledamot i badrådet i stället för Siri Lund utses Per Ek. Siri Lund lämnade rådet.",
         "reason"),
        ("Varför var Siri Lund jävig i frågan om badet?",
         "Siri Lund är jävig, eftersom hon leder badföreningen.",
         "Siri Lund deltar inte på grund av jäv.", "reason"),
        ("Varför avbröts upphandlingen av badets tak?",
         "Upphandlingen avbröts, eftersom inget anbud kom.",
         "Den avbrutna upphandlingen bedöms ge nya behov.", "reason"),
        ("Varför saknades Siri Lund på mötet?", "Siri Lund var borta på grund av en resa.",
         "Per Ek ledde mötet i stället för Siri Lund.", "reason"),
        ("Vilka kommuner lämnade badförbundet?", "Tallmo kommun utträder ur badförbundet.",
         "Tre kommuner blir medlemmar i badförbundet.", "event"),
        ("Vad gick notan på för badets nya tak?", "Taket kostade 2 miljoner kronor.",
         "Badet får ett nytt tak under 2031.", "form"),
        ("Vad kostar en ny vattenmätare?", "En vattenmätare kostar 900 kronor.",
         "Nya rör kostar 4 miljoner kronor.", "grows"),
        ("Vilket svar fick Siri Lund på frågan om baden?",
         "Per Ek (M) svarar att baden öppnar i maj.", "Siri Lund (V) frågar om baden.", "speaker"),
        ("Vad svarade nämnderna om baden?", "Tekniska nämnden anser att baden räcker.",
         "Motionen om baden är på remiss.", "speaker"),
        ("Hur stor del av baden stängs?", "Hälften av baden stängs.", "Baden i norr stängs.",
         "form"),
        ("Hur många har röstat på medborgarförslaget om bad?",
         "Medborgarförslaget har fått 312 röster.", "Ja röstar S (8), nej röstar M (5).", "form"),
        ("Vad visade kartläggningen av baden?", "Kartläggningen visar att taken läcker.",
         "Kontoret får i uppdrag att kartlägga baden.", "event"),
        ("Vilket företag ska leverera pumparna?", "Pumparna levereras av Tallmo Bygg AB.",
         "Pumparna beräknas kosta 2 miljoner kronor.", "event"),
    ],
)  # fmt: skip
def test_numbers_shares_results_and_deliveries_are_told_as_such(
    question: str, told: str, not_told: str, name: str
) -> None:
    asked = understand(question)
    assert lacking(asked, [_quoted(told)], Shelf()) is None
    assert lacking(asked, [_quoted(not_told)], Shelf()) == name


def test_an_earlier_month_is_not_that_of_the_decision() -> None:
    asked = understand("Vad beslutade fullmäktige om planen från maj 2030?")
    stored = _minutes("Planen", "Planen från maj 2030 antas.", date="2031-03-19")
    assert lacking(asked, [_quoted(stored.document.text)], Shelf(stored)) is None


def test_how_a_party_voted_is_told_with_its_name() -> None:
    asked = understand("Hur röstade Liberalerna om simkortet?")
    assert lacking(asked, [_quoted("14 ja-röster och 16 nej-röster.")], Shelf()) == "voter"
    assert lacking(asked, [_quoted("Ja röstar S och L, nej röstar M.")], Shelf()) is None


def test_what_goes_up_is_named() -> None:
    asked = understand("Hur mycket höjs kommunalskatten nästa år?")
    assert lacking(asked, [_quoted("Avgiften höjs med 250 kronor.")], Shelf()) == "grows"


def test_a_list_of_what_came_in_tells_no_fate_of_a_motion() -> None:
    asked = understand("Hur gick det för Vänsterpartiets motion om lekplatser?")
    listed = _minutes("Anmälningsärenden", "Motion av Siri Lund (V) om lekplatser antecknas.")
    settled = _minutes("Motion av Siri Lund (V) om lekplatser", "Motionen av Siri Lund (V) avslås.")
    for stored, lacks in ((listed, "treated"), (settled, None)):
        source = _quoted(stored.document.text)
        assert lacking(asked, [source], Shelf(stored)) == lacks


def test_a_list_of_what_came_in_tells_nobodys_opinion_of_a_motion() -> None:
    asked = understand("Vad tyckte skolorna om Vänsterpartiets motion om lekplatser?")
    listed = _minutes(
        "Förteckning över anmälningsärenden", "Motion av Siri Lund (V) om lekplatser."
    )
    about = _minutes(
        "Motion av Siri Lund (V) om anmälan av trasiga lekplatser", "Siri Lunds (V) motion avslås."
    )
    for stored, lacks in ((listed, "treated"), (about, None)):
        assert lacking(asked, [_quoted(stored.document.text)], Shelf(stored)) == lacks


def test_a_decision_of_a_month_is_of_that_month() -> None:
    asked = understand("Vad beslutade fullmäktige i maj om lekplatserna?")
    stored = _minutes("Lekplatser", "Lekplatserna rustas upp.", date="2031-03-19")
    assert lacking(asked, [_quoted(stored.document.text)], Shelf(stored)) == "month"


def test_why_a_body_decided_something_is_told_only_where_it_did() -> None:
    asked = understand("Varför beslutade fullmäktige att sälja badhuset?")
    kept = _minutes("Badhuset", "Motionen om badhuset avslås.")
    sold = _minutes("Badhuset", "Badhuset säljs till Tallmo Bygg AB.")
    source = [_quoted("Badhuset är slitet och dyrt i drift.")]
    assert lacking(asked, source, Shelf(), kept.parts) == "decided_so"
    assert lacking(asked, source, Shelf(), sold.parts) is None


def test_an_amount_said_to_be_decided_stands_in_the_decision() -> None:
    asked = understand("Varför höjde fullmäktige avgiften till 1 200 kronor?")
    stored = _minutes("Avgift", "Avgiften fastställs till 800 kronor.")
    source = [_quoted(stored.document.text)]
    assert lacking(asked, source, Shelf(stored)) == "decided_to"


def test_another_municipalitys_decision_is_not_told_by_this_ones_minutes() -> None:
    stored = _minutes("Badet", "Ekmarka kommun\nBadet säljs.")
    source = [_quoted(stored.document.text)]
    other = understand("Vad beslutade Tallmos kommunfullmäktige om badet?")
    own = understand("Vad beslutade Ekmarkas kommunfullmäktige om badet?")
    assert lacking(other, source, Shelf(stored)) == "elsewhere"
    assert lacking(own, source, Shelf(stored)) is None


def test_a_board_named_by_its_place_is_of_this_municipality() -> None:
    text = "Ekmarka kommun\nBadet säljs."
    stored = _minutes("Badet", text)
    (part,) = stored.parts
    board = Stored(stored.document, (replace(part, body="Socialnämnden Norrhult"),))
    asked = understand("Vad beslutade Norrhults socialnämnd om badet?")
    assert lacking(asked, [_quoted(text)], Shelf(board), board.parts) is None


def test_how_many_were_something_is_told_with_that_word() -> None:
    asked = understand("Hur många av kommunens anställda var sjukskrivna under våren?")
    assert lacking(asked, [_quoted("Kommunen hade 812 anställda.")], Shelf()) == "state"
    assert lacking(asked, [_quoted("Av de anställda var 41 sjukskrivna.")], Shelf()) is None


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Vilken entreprenör bygger badet?", "Badet byggs av Tallmo Bygg AB.", "Badet byggs."),
        ("Vad heter de två vigselförrättarna?", "Det är Pia Ask och Olle Bro.", "Det är två."),
        ("Which company builds the baths?", "Badet byggs av Tallmo Bygg AB.", "Badet byggs."),
        ("Vilken skola ligger i Björkby?", "Björkskolan har flest elever.", "Det är två."),
    ],
)
def test_what_has_a_name_of_its_own_is_told_by_it(question: str, told: str, not_told: str) -> None:
    assert lacking(understand(question), [_quoted(told)], Shelf()) is None
    assert lacking(understand(question), [_quoted(not_told)], Shelf()) == "named"


def test_whoever_moved_that_something_be_done_moved_no_thing() -> None:
    asked = understand("Who moved that the baths should stay open?")
    assert lacking(asked, [_quoted("Siri Lund (V) yrkar att baden hålls öppna.")], Shelf()) is None


def test_the_name_of_the_place_itself_names_nothing() -> None:
    asked = understand("Vilken entreprenör bygger badet?")
    told = [_quoted("Badet byggs av Ekmarka.")]
    assert lacking(asked, told, Shelf(common=(*_COMMON, "ekmark"))) == "named"


@pytest.mark.parametrize(
    "question",
    [
        "Vilka krav på leverantörer ställs för badet?",
        "Vilka föreningar kan söka bidrag?",
        "Vad heter policyn som fullmäktige antog?",
    ],
)
def test_what_is_asked_for_by_its_kind_needs_no_name(question: str) -> None:
    assert lacking(understand(question), [_quoted("det är två")], Shelf()) is None


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("Varför skrev Siri Lund under svaret om badet?", "person"),
        ("Varför skrev Per Ek under svaret om badet?", None),
        ("Vad ska Granliskolan kosta?", "place"),
        ("Vad ska Tallmobadet kosta?", None),
        ("Vad ska V-motionen om Tallmobadet kosta?", None),
        ("Vad ska Tallmobadsbudgeten innehålla?", None),
        ("Krävde Vänsterpartiet ett nytt tak?", None),
    ],
)
def test_the_names_of_a_question_stand_in_the_papers_quoted(
    question: str, lacks: str | None
) -> None:
    text = (
        "Tallmobadet får ett nytt tak för 2 miljoner kronor, eftersom det gamla läcker. Per Ek (V)"
    )
    stored = _minutes("Tak på badet", text)
    assert lacking(understand(question), [_quoted(text)], Shelf(stored)) == lacks


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Vad svarade han sedan på frågan?", "Per Ek (M) svarar att badet öppnar."),
        ("Vilket svar fick motionen om badet?", "Motionen om badet avslås."),
    ],
)
def test_an_answer_is_told_as_one_or_by_what_was_decided(question: str, told: str) -> None:
    assert lacking(understand(question), [_quoted(told)], Shelf()) is None


def test_the_paper_that_puts_a_question_answers_it_not() -> None:
    text = "Anser du, Per Ek, att badet är tryggt? Siri Lund (V)"
    stored = _minutes("Interpellation av Siri Lund (V) om badet", text)
    (part,) = stored.parts
    asked = understand("Vad svarade Per Ek på frågan om badet?")
    put = Stored(stored.document, (replace(part, kind=PartKind.INTERPELLATION),))
    assert lacking(asked, [_quoted(text)], Shelf(put)) == "speaker"


def test_how_a_matter_ended_is_not_told_where_it_was_put_off() -> None:
    stored = _minutes("Badet", "Ärendet om badet bordläggs.")
    (part,) = stored.parts
    (record,) = part.records
    assert isinstance(record, Decision)
    off = replace(part, records=(replace(record, outcome="bordläggning"),))
    source = [_quoted(stored.document.text)]
    ended = understand("Vad beslutade fullmäktige till slut om badet?")
    decided = understand("Vad beslutade fullmäktige om badet?")
    assert lacking(ended, source, Shelf(Stored(stored.document, (off,)))) == "outcome"
    assert lacking(decided, source, Shelf(Stored(stored.document, (off,)))) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Var någon jävig?", "Siri Lund (V) anmäler jäv."),
        ("Vilka reserverade sig?", "Ledamöterna från V reserverar sig."),
        ("Vem lade ned sin röst om badet?", "Ja (6): Per Ek (M). Avstår (1): Siri Lund (V)."),
        ("Hur blev rösterna om badet?", "Ja (6): Per Ek (M). Nej (1): Siri Lund (V)."),
    ],
)
def test_what_people_did_at_a_meeting_is_told_as_it_is_noted(question: str, told: str) -> None:
    other = "Badet får ett nytt tak."
    assert lacking(understand(question), [_quoted(told)], Shelf()) is None
    assert lacking(understand(question), [_quoted(other)], Shelf()) in ("noted", "form")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_reason_for_declining_is_told_in_words(language: str) -> None:
    assert all(say(language, f"lacks.{name}").endswith(".") for name, _ in RULES)


@pytest.mark.parametrize(
    ("question", "told", "lacks"),
    [
        ("Hur ofta ska badet städas, och hur många elever får plats?",
         "I badet får 30 elever plats.", None),
        ("Hur ofta ska badet städas, och hur länge är det öppet?",
         "I badet får 30 elever plats.", "form"),
        ("Hur ofta ska badet städas?", "Badet städas vart fjärde år.", None),
        ("Hur ofta ska badet städas?", "Badet städas per februari, maj och oktober.", None),
        ("Hur många elever fick plats, enligt listan över det bad som flyttades till Tallmo?",
         "I badet får 30 elever plats.", None),
        ("Vem kom in i badets styrelse när Siri Lund lämnade?",
         "Till ledamot i badets styrelse i stället för Siri Lund utses Per Alm.", None),
        ("Hur många arbetstimmar räknade man med?", "Det blir 1 150 timmar per år.", None),
        ("Hur många arbetstimmar räknade man med?", "Badet kostar mycket.", "counted"),
    ],
)  # fmt: skip
def test_of_two_questions_each_may_be_told_alone_and_what_is_said_by_the_way_need_not(
    question: str, told: str, lacks: str | None
) -> None:
    assert lacking(understand(question), [_quoted(told)], Shelf()) == lacks


@pytest.mark.parametrize(
    ("question", "told", "not_told", "lacks"),
    [
        ("Vem är rektor på Tallmo skola?",
         "Rektorn på Tallmo skola heter Siri Lund.",
         "Rektorn på Tallmo skola dukar fram blommor.", "role"),
        ("Hur många timmar i veckan arbetar värden?",
         "Värden arbetar 20 timmar i veckan.",
         "Värden serverar lunch för 62 kronor åt den som har fyllt 67.", "length"),
        ("Från vilket datum gäller den nya taxan?",
         "Taxan gäller från och med den 1 maj 2031.",
         "Yrkande från S den 3 april 2031 om taxan.", "day"),
        ("Varför hoppade Siri Lund av?",
         "Siri Lund lämnar på grund av flytt.",
         "Siri Lund har avsagt sig uppdraget.", "reason"),
    ],
)  # fmt: skip
def test_each_kind_of_thing_is_told_by_its_own(
    question: str, told: str, not_told: str, lacks: str
) -> None:
    assert lacking(understand(question), [_quoted(told)], Shelf()) is None
    assert lacking(understand(question), [_quoted(not_told)], Shelf()) == lacks


def test_minutes_that_give_no_reason_tell_no_reason() -> None:
    asked = understand("Av vilket skäl sa nämnden nej till hundrastgården?")
    listed = "Hundrastgård i Tallmo. Tekniska nämnden. Avslag."
    why = f"{listed} Marken behövs till dagvatten, eftersom bäcken svämmar över."
    assert lacking(asked, [_quoted(listed)], Shelf(_minutes("Förslag", listed))) == "reason"
    assert lacking(asked, [_quoted(why)], Shelf(_minutes("Förslag", why))) is None
