"""What a text must hold to be what a question asks for."""

from __future__ import annotations

import pytest

from assistant.compose.shape import says_what_is_asked, shape, tells_nothing
from assistant.question import understand


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("Hur länge gäller avtalet?", "Avtalet gäller i tre år.", "Avtalet är från 2031."),
        ("Hur många simkort delades ut?", "Det blev 412 simkort.", "2. Simkort delades ut."),
        ("Vad menas med simkort?", "Simkort avser ett kort för fria bad.",
         "Ansvaret innebär att simkort delas ut."),
        ("Vad blev utfallet 2031?", "Utfallet 2031 blev 12 kronor.", "Utfallet 2029 blev 9."),
        ("Vilka orter får simkort?", "Norrhult, Tallmo och Ällebäck får simkort.",
         "Orterna får simkort."),
        ("Vilka tre kommuner får simkort?", "Ale, Tallmo och Ekmarka kommuner får simkort.",
         "Bad, sim och bastu ger simkort i kommuner."),
        ("Vem avstod från att rösta?", "Per Ek (M) avstod från att rösta.",
         "Per Ek (M) röstade ja."),
        ("Vad bedömde revisorerna sammantaget?", "Sammantaget är kontrollen inte tillräcklig.",
         "Revisorerna har granskat kontrollen."),
        ("Hur många kandidater intervjuades om badet?", "I vår har 72 kandidater intervjuats.",
         "I vår höll 3 chefer intervjuer."),
        ("Hur många simkort delades ut?", "Det blev 412 simkort.", "Simkort, kvartal 2."),
        ("Hur många kronor får man böta?", "Boten är 400 kronor.", "Tre personer fick böta."),
        ("Vad kostar badet?", "Badet kostar nio miljoner kronor.", "Badet har nio banor."),
        ("Vad är NORA?", "NORA är ett register över bad.", "Bad anmäls till NORA."),
        ("Vad hade kontoret kommit fram till?", "Parkkontorets bedömning är att badet räcker.",
         "Parkkontoret har räknat badgäster."),
        ("Varför stängs badet?", "Badet stängs eftersom taket läcker.", "Badet stängs i maj."),
    ],
)  # fmt: skip
def test_a_sentence_gains_by_holding_what_is_asked_for(
    question: str, better: str, worse: str
) -> None:
    asked = understand(question)
    assert shape(asked, better) > shape(asked, worse)


def test_people_are_asked_for_by_name_or_party() -> None:
    asked = understand("Vilka två företrädare talade om badet för Siri Lund?")
    assert not says_what_is_asked(asked, ["Informationen antecknas."])
    assert not says_what_is_asked(asked, ["Siri Lund lyssnade."])
    assert says_what_is_asked(asked, ["Olle Bro och Pia Ask talade om badet."])


def test_what_somebody_was_given_is_money() -> None:
    asked = understand("Hur mycket hade badet fått av kommunen?")
    assert says_what_is_asked(asked, ["Badet fick 40 000 kronor i bidrag."])
    assert not says_what_is_asked(asked, ["Badet har funnits i 40 år."])


@pytest.mark.parametrize(
    "text",
    ["Handling 12862 läggs till.", "Det regleras i 10 kap. 5 §.", "Sidan 5 (6).", "3.2.1 Bad"],
)
def test_what_numbers_something_counts_nothing(text: str) -> None:
    assert not says_what_is_asked(understand("Hur många badade i badet?"), [text])


@pytest.mark.parametrize(
    "text",
    [
        "Svar ges inom två\nmånader.",
        "Badet fick 160 tkr till sitt 20-årsjubileum.",
        "Så står det i förordningen (2003:789).",
        "Planen antogs 2031-04-16 för åren 2031–2034.",
        "Alla barn ska kunna simma.",
    ],
)
def test_time_and_money_are_no_number_of_things(text: str) -> None:
    assert not says_what_is_asked(understand("Hur många har lärt sig simma?"), [text])
    assert not says_what_is_asked(understand("How many children can swim?"), [text])


@pytest.mark.parametrize(
    ("question", "measured", "other"),
    [
        ("Hur stor är fastigheten?", "Fastigheten är 4 000 kvm.", "Fastigheten har 4 000 fönster."),
        (
            "Hur nära badet ligger skolan?",
            "Skolan ligger 200 meter bort.",
            "Skolan har 200 elever.",
        ),
        ("Hur stor andel av bolaget äger staden?", "Staden äger 71 %.", "Staden äger 71 aktier."),
        ("What is the capacity of the plant?", "Den har 20,7 MW.", "Den har 20,7 anställda."),
        ("Hur mycket mat får slängas?", "Högst 30 gram får slängas.", "Högst 30 barn får äta."),
        ("Hur mycket sparade skolan?", "Skolan sparade 850 tkr.", "Skolan sparade 850 pennor."),
        ("Hur många nämndemän finns?", "Antalet nämndemän har satts till 303.", "De har 303 rum."),
    ],
)
def test_what_is_measured_is_told_in_its_units(question: str, measured: str, other: str) -> None:
    asked = understand(question)
    assert shape(asked, measured) > shape(asked, other)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Hur mycket kostade energiplanen?", "Planen kostade 40 000 kronor."),
        ("How much money did the energy plan cost?", "Planen kostade 40 000 kronor."),
    ],
)
def test_what_an_energy_plan_costs_is_told_in_money(question: str, told: str) -> None:
    asked = understand(question)
    assert shape(asked, told) > shape(asked, "Anläggningen har 20 MW.")


def test_an_effect_is_no_power() -> None:
    asked = understand("Hur stor effekt fick kampanjen?")
    assert shape(asked, "Den nådde 400 barn i skolan.") > shape(asked, "Den nådde barn i skolan.")


def test_whoever_asks_how_many_years_is_told_years() -> None:
    assert says_what_is_asked(understand("Hur många år gäller taxan?"), ["Den gäller i fyra år."])


def test_a_heading_and_a_line_of_contents_tell_nothing() -> None:
    assert tells_nothing("Taxa för badet", "§ 3 Taxa för badet")
    assert tells_nothing("Taxa för badet ........ 4", "Protokoll")
    assert not tells_nothing("Taxan för badet höjs.", "Protokoll")
