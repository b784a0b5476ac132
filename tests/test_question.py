"""What a question asks for and what it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.cues import language_of
from assistant.naming import Period, months_named
from assistant.question import understand
from assistant.several import several


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Vem väckte motionen om simkort?", "who"),
        ("Vad beslutade kommunfullmäktige om taxan?", "decision"),
        ("Hur gick det för motionen om simkort?", "decision"),
        ("Vad ville Vänsterpartiet att kommunen skulle göra?", "demand"),
        ("Vilka tre punkter räknas upp i yrkandet?", "demand"),
        ("Hur föll rösterna om simkortet?", "vote"),
        ("Vilka reserverade sig mot beslutet?", "reservation"),
        ("Vem var jävig när taxan behandlades?", "recusal"),
        ("När antogs reglementet?", "when"),
        ("Vad sägs om pennor när det gäller skolan?", "open"),
        ("Vad skulle bryggan kosta, när den behandlades våren 2031?", "amount"),
        ("Var ligger bryggan, när invigdes den?", "when"),
        ("Avslutade fullmäktige uppdraget så som styrelsen ville?", "decision"),
        ("Ville fullmäktige bygga en brygga?", "demand"),
        ("Vilket slags styrning ville man ha i stället?", "open"),
        ("Which two Sweden Democrats wanted a jetty?", "who"),
        ("Which committee wanted a jetty when the motion was dealt with?", "who"),
        ("What price did they agree on for the jetty?", "amount"),
        ("Was the plan for the jetty adopted?", "decision"),
        ("How many wanted to reject the jetty, and how many to build it?", "vote"),
        ("Varför vill nämnden avslå motionen?", "why"),
        ("Vad tyckte ungdomsrådet om taxan?", "opinion"),
        ("Vad ville the Left Party göra?", "demand"),
        ("Hur mycket kostar ett simkort?", "amount"),
        ("Hur skiljer sig förslagen åt?", "compare"),
        ("Vad menas med simkort i policyn?", "definition"),
        ("Which members made a reservation?", "reservation"),
        ("What did the council decide about the fee?", "decision"),
        ("What did the council do with the report?", "decision"),
        ("Vilka uppdrag om badet fick nämnden?", "decision"),
        ("Vilka två företrädare talade om badet?", "who"),
        ("Vilket kommunalråd svarade på frågan?", "who"),
        ("Vilka ställde sig utanför beslutet om taxan?", "abstention"),
        ("Vad blev siffrorna när taxan avgjordes?", "vote"),
        ("Hur många gånger bordlades motionen?", "timeline"),
        ("Hur rörde sig frågan om badet genom instanserna?", "timeline"),
        ("Berätta hur badet gick från utredning till beslut.", "timeline"),
        ("Vad ändrades i avgiften från förslag till beslut?", "decision"),
        ("By what date did the auditors want a reply?", "when"),
        ("Vilka fem råd fick nämnden av revisorerna?", "demand"),
        ("Fick nämnden ansvarsfrihet?", "decision"),
        ("Vad gick badet loss på?", "amount"),
        ("Till när ska arbetet vara klart?", "when"),
        ("Vad svarade kommunstyrelsen i maj på kravet om simkort?", "decision"),
        ("Vad kom fullmäktige fram till om simkorten?", "decision"),
        ("Styrelsen ville säga nej. Hur blev det i fullmäktige?", "decision"),
        ("Hur många i nämnden ville säga nej till simkorten?", "vote"),
        ("Hur många stödde tillägget om simkort?", "vote"),
        ("Vilka avstod när rösterna räknades?", "abstention"),
        ("Hur behandlades simkorten i nämnden under maj 2031?", "timeline"),
        ("Vad hade V och S emot simkorten?", "opinion"),
        ("Vem var ensam om att rösta nej till simkorten?", "vote"),
        ("Vad fick nämnden i uppdrag när simkorten röstades ned?", "decision"),
        ("Vad hände med badet i fullmäktige under våren 2031?", "timeline"),
        ("Hur besvarades motionen om simkort?", "decision"),
        ("Hur länge sköts motionen om simkort upp?", "timeline"),
        ("Vilka åtgärder beslutade fullmäktige om för badet?", "decision"),
        ("Har fullmäktige sagt ja till motionen om simkort?", "decision"),
        ("Fick Siri Lund ställa sin interpellation om badet?", "decision"),
        ("Hur ställde sig Demokraterna till motionen om simkort?", "opinion"),
        ("Hur ställde sig fullmäktige till motionen om simkort?", "decision"),
        ("Vad är NORA?", "definition"),
        ("Styrelsens förslag om badet röstades ned. Vad beslutades i stället?", "decision"),
        ("Vilka tre kommuner ville gå med i badförbundet?", "open"),
        ("Vilka två uppdrag ville Moderaterna ge nämnden?", "demand"),
        ("Vem har gjort statyn som Moderaterna ville flytta?", "who"),
        ("Vad är simkortet som Siri Lund vill införa?", "open"),
        ("Vad är det som Siri Lund vill införa, och vad vill nämnden?", "demand"),
        ("Vilka fem utsågs till parkrådet?", "who"),
        ("Gick kommunstyrelsen med på att redovisa det när V begärde det?", "decision"),
        ("Vilka två saker saknas ofta i journalen?", "open"),
        ("Vilka två saker vill Siri Lund få med?", "demand"),
        ("Vad hände med badet mellan mars 2031 och maj 2031?", "timeline"),
        ("Vilka deltog sedan inte i beslutet?", "abstention"),
        ("Vilken tjänsteperson skrev utlåtandet om badet?", "who"),
        ("Vad är kommunens taxa för badet?", "open"),
        ("Vad blev stadsrevisionens omdöme om badet?", "open"),
        ("Hur behandlades simkorten i fullmäktige våren 2031?", "timeline"),
        ("With what reservation did the auditors approve of the accounts?", "decision"),
    ],
)
def test_the_words_of_a_question_tell_what_it_asks_for(question: str, kind: str) -> None:
    assert understand(question).kind == kind


def test_a_month_is_named_by_its_meeting_too() -> None:
    assert months_named("Vad hände på fullmäktiges aprilmöte?") == {4}
    assert months_named("Vad hände på majsammanträdet?") == {5}
    assert not months_named("Vad hände på mötet?")


def test_whoever_is_to_be_won_over_decides() -> None:
    asked = understand("Fick kommunstyrelsen fullmäktige med sig på att lägga ned badet?")
    assert asked.bodies == ("Kommunfullmäktige",)


def test_each_year_of_a_comparison_is_a_search_of_its_own() -> None:
    asked = understand("Hur skiljer sig budgeten för 2031 och 2032 åt?")
    first, second = several(asked)
    assert ("2032" in first.text, "2031" in second.text) == (False, False)
    assert [side.periods[0].first for side in (first, second)] == ["2031-01-01", "2032-01-01"]


def test_a_month_is_a_period_and_a_day_is_a_day() -> None:
    assert understand("Vad beslutades i mars 2025?").periods == (
        Period("2025-03-01", "2025-03-31"),
    )
    assert understand("Vad beslutades den 10 mars 2025?").periods == (
        Period("2025-03-10", "2025-03-10"),
    )


def test_a_year_alone_is_a_weaker_hint_than_a_month() -> None:
    assert not understand("Vad beslutades 2025?").periods[0].exact


def test_parties_bodies_and_papers_are_named() -> None:
    text = "Vad yrkade Vänsterpartiet och Moderaterna i kommunstyrelsen om motionen?"
    question = understand(text)
    assert set(question.parties) == {"V", "M"}
    assert question.bodies == ("Kommunstyrelsen",)
    assert "motion" in {kind.value for kind in question.papers}


def test_a_local_party_is_known_when_the_papers_name_it() -> None:
    assert understand("Vad ville EL?").parties == ()
    assert understand("Vad ville EL?", ["EL"]).parties == ("EL",)


def test_the_language_is_told_by_its_small_words() -> None:
    assert language_of("Who signed the motion?") == "en"
    assert language_of("Vem skrev under motionen?") == "sv"


def test_the_body_of_the_last_sentence_is_the_one_that_is_asked() -> None:
    asked = understand("Kommunstyrelsen ville säga nej. Vad beslutade kommunfullmäktige?")
    assert asked.bodies == ("Kommunfullmäktige",)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("the Left Party", "V"), ("the Sweden Democrats", "SD"), ("the Christian Democrats", "KD")],
)
def test_parties_are_known_by_their_english_names(name: str, letters: str) -> None:
    assert understand(f"What did {name} want?").parties == (letters,)


def test_people_are_known_without_their_party_and_without_the_genitive() -> None:
    assert understand("Vad ville Siri Lund?").people == ("Siri Lund",)
    assert understand("Vad gick Axel Bergs motion om bad ut på?").people == ("Axel Berg",)
    assert understand("Varför avgick Jonas Attenius?").people == ("Jonas Attenius",)


def test_letters_after_a_genitive_are_no_party() -> None:
    assert understand("Vad ville SD:s motion?", ["S", "SD"]).parties == ("SD",)
    assert understand("Vad kostar el?", ["EL"]).parties == ()


def test_the_last_sentence_says_what_is_asked() -> None:
    assert understand("Nämnden ville höja avgiften. Hur röstade fullmäktige?").kind == "vote"
    assert understand("Styrelsen ville sälja. Vad beslutade fullmäktige?").kind == "decision"


def test_to_take_no_part_for_jav_is_a_recusal() -> None:
    assert understand("Vem deltog inte i beslutet på grund av jäv?").kind == "recusal"


def test_two_groups_of_parties_set_against_each_other_are_compared() -> None:
    assert understand("Vad ville V och S respektive M och KD göra med skolan?").kind == "compare"
    assert understand("Vad ville V och S göra med skolan?").kind == "demand"


def test_english_months_have_their_capital() -> None:
    assert months_named("What did they decide in May?") == {5}
    assert months_named("What may they decide?") == set()
    assert months_named("Vad beslutades i maj?") == {5}


def test_each_side_of_a_comparison_is_a_search_of_its_own() -> None:
    asked = understand("Hur skiljer sig V:s förslag från M och KD:s om badhuset?")
    first, second = several(asked)
    assert "M och KD" not in first.text
    assert set(second.parties) == {"M", "KD"}
    assert several(understand("Vad ville V göra med badhuset?")) == ()


def test_two_parties_named_together_are_two_sides() -> None:
    first, second = several(understand("Vad är skillnaden mellan S och M i synen på badet?"))
    assert (first.parties, second.parties) == (("S",), ("M",))


def test_the_body_where_it_happened_is_the_one_asked() -> None:
    asked = understand("Hur gick det i fullmäktige med förslaget som kommunstyrelsen lade?")
    assert asked.bodies == ("Kommunfullmäktige",)


def test_the_matter_of_an_earlier_turn_is_none_of_the_questions_own_words() -> None:
    asked = replace(understand("Vem ledde mötet? (ärendet: Arvode)"), matter="ärendet: Arvode")
    assert asked.asks == "Vem ledde mötet?"
    assert understand("Vem ledde mötet?").asks == "Vem ledde mötet?"


def test_the_body_that_decided_is_the_one_asked() -> None:
    text = "Blir det som kommunstyrelsen ville, eller vad beslutade fullmäktige i maj?"
    assert understand(text).bodies == ("Kommunfullmäktige",)
    assert understand("How many council members voted no?").bodies == ("Kommunfullmäktige",)


def test_a_compound_names_its_kind_of_paper() -> None:
    kinds = [str(kind) for kind in understand("Vem skrev uppföljningsinitiativet?").papers]
    assert kinds == ["initiative"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Vad tyckte M om det?", ("M",)),
        ("Varför var S emot förslaget?", ("S",)),
        ("Reserverade sig C?", ("C",)),
        ("Var V för eller emot?", ("V",)),
        ("What did L want?", ("L",)),
        ("Vad ville de rödgröna?", ("MP", "S", "V")),
        ("Vad kostar vitamin C?", ()),
        ("Vad står det i bilaga S?", ()),
    ],
)
def test_a_letter_is_a_party_where_one_asks_about_it_as_about_people(
    text: str, parties: tuple[str, ...]
) -> None:
    assert understand(text).parties == parties


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vem i nämnden klev åt sidan när lovet för bastun gavs?", "recusal"),
        ("Vem fick stå över när lovet för bastun gavs?", "recusal"),
        ("Vilka tre i kommunstyrelsen reserverade sig när avgifterna sköts upp?", "reservation"),
        ("Vilka två i kulturnämnden ville i maj 2031 följa förvaltningen?", "who"),
        ("Vilka fyra yrkade att planen skulle avslås?", "who"),
        ("Stoppade fullmäktige planen?", "decision"),
        ("Är det nu klart att skolan stängs?", "decision"),
        ("Where did the council send the request about the bridge?", "decision"),
        ("How many people must vote for a proposal before it is taken up?", "amount"),
    ],
)
def test_how_people_say_it_tells_what_they_ask_for(text: str, kind: str) -> None:
    assert understand(text).kind == kind


def test_a_name_is_no_persons_where_it_is_a_citys_or_opens_a_question() -> None:
    assert understand("Vilket EU-projekt var Norrviks Stad med i?").people == ()
    assert understand("Fick Siri Lund ja till sitt förslag?").people == ("Siri Lund",)


def test_what_another_body_wanted_is_not_whom_a_question_asks_of() -> None:
    asked = understand("Lade fullmäktige ned uppdraget, så som kommunstyrelsen ville?")
    assert asked.bodies == ("Kommunfullmäktige",)
