"""Lengths, years and times to come that are asked for and not told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.lacking import lacking
from assistant.question import understand
from ingest.records import Reservation
from tests.test_lacking import Shelf, _minutes, _quoted
from vectorstore.stored import Stored


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Hur lång paus ville de ha?", "Arbetet pausas i sex månader.", "Arbetet pausas."),
        ("Hur länge ska badet vara stängt?", "Badet är stängt till och med maj.", "Badet stängs."),
        ("How many hours does the course take?", "Kursen tar åtta timmar.", "Kursen är för alla."),
    ],
)
def test_how_long_something_lasts_is_told_with_a_length_of_time(
    question: str, told: str, not_told: str
) -> None:
    assert lacking(understand(question), [_quoted(told)], Shelf()) is None
    assert lacking(understand(question), [_quoted(not_told)], Shelf()) == "length"


@pytest.mark.parametrize(
    ("told", "lacks"),
    [
        ("Badet ska öppna hösten 2032.", None),
        ("Badet öppnar i juni.", None),
        ("Badet byggs för 340 miljoner kronor (2031 års prisnivå).", "to_come"),
        ("Nämnden godkände den 12 januari 2031 att badet byggs.", "to_come"),
        ("Badet byggs.", "to_come"),
        ("Badet byggs inom vård- och omsorgsnämndens område, enligt vår plan.", "to_come"),
    ],
)
def test_when_something_will_happen_is_told_with_a_time_that_is_not_past(
    told: str, lacks: str | None
) -> None:
    asked = understand("När ska badet stå klart?")
    assert lacking(asked, [_quoted(told)], Shelf(_minutes("Badet", told))) == lacks


def test_an_amount_of_a_year_is_told_of_that_year() -> None:
    asked = understand("Hur mycket betalade nämnden i vite 2028?")
    other = "Under 2030 betalade nämnden 400 000 kronor i vite."
    same = "Under 2028 betalade nämnden 400 000 kronor i vite, 2030 ingenting."
    assert lacking(asked, [_quoted(other)], Shelf(_minutes("Vite", other))) == "year"
    assert lacking(asked, [_quoted(same)], Shelf(_minutes("Vite", same))) is None
    titled = Shelf(_minutes("Årsredovisning 2028", other))
    assert lacking(asked, [_quoted(other)], titled) is None
    since = understand("Hur många bad har nämnden byggt sedan 2028?")
    told = "Av de 14 bad som byggts var 3 klara 2030."
    assert lacking(since, [_quoted(told)], Shelf(_minutes("Bad", told))) is None


def test_why_somebody_abstained_is_told_of_them() -> None:
    asked = understand("Varför avstod Siri Lund när fullmäktige röstade om badet?")
    other = "Siri Lund (V) avstår från att rösta. Badet byggs om för att fler ska kunna bada."
    own = "Siri Lund (V) avstår från att rösta, eftersom hon vill läsa på mer."
    sentences = [_quoted(f"{one}.") for one in other.rstrip(".").split(". ")]
    assert lacking(asked, sentences, Shelf()) == "reason"
    assert lacking(asked, [_quoted(own)], Shelf()) is None


def test_a_reservation_under_its_heading_need_not_say_the_word() -> None:
    asked = understand("Vilka reserverade sig mot masten i Hult?")
    text = "Pia Ask (M) och Olle Bro (C)."
    stored = _minutes("Masten i Hult", text)
    (part,) = stored.parts
    record = Reservation(start=0, end=len(text), text=text, people=(), parties=("M", "C"))
    noted = Stored(stored.document, (replace(part, records=(record,)),))
    assert lacking(asked, [_quoted(text)], Shelf(stored)) == "noted"
    assert lacking(asked, [_quoted(text)], Shelf(noted)) is None


def test_what_a_body_wanted_is_not_how_it_voted() -> None:
    vote = "Med 16 ja mot 14 nej bifalls motionen om simkort."
    asked = understand("Med vilka siffror antogs simkortet mot kommunstyrelsens vilja?")
    assert lacking(asked, [_quoted(vote)], Shelf(_minutes("Simkort", vote))) is None


def test_what_had_happened_before_is_not_asked_for() -> None:
    asked = understand("Vem blev ordförande i badrådet när Siri Lund hade flyttat?")
    assert lacking(asked, [_quoted("Per Ek väljs till ordförande i badrådet.")], Shelf()) is None
