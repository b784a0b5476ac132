"""English questions in the papers' words, by the glossary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant import translation
from assistant.compose.matching import Matcher
from assistant.question import understand
from assistant.translation import in_swedish, rendered


def test_a_phrase_is_one_word_of_the_papers() -> None:
    (found,) = rendered("home care")
    assert found.english == "home care"
    assert found.swedish[0] == "hemtjänst"


def test_names_and_numbers_stay_as_they_are() -> None:
    assert _english("What did Siri Lund demand in 2031?").split()[:2] == ["Siri", "Lund"]
    assert "2031" in _english("What did Siri Lund demand in 2031?")


def test_a_name_that_is_an_english_word_is_a_name() -> None:
    assert "Pia Ask" in _english("What did Pia Ask's motion on home care demand?")
    assert "hemtjänst" in _english("What did Pia Ask's motion on home care demand?")


def test_words_that_carry_nothing_are_left_out() -> None:
    assert _english("What did they say about the school?") == "skola"


def test_endings_and_irregular_forms_are_found() -> None:
    assert rendered("libraries")[0].swedish == rendered("library")[0].swedish
    assert "bygga" in rendered("built")[0].swedish


def test_the_owners_s_is_no_part_of_a_word() -> None:
    assert _english("the auditors’ report") == _english("the auditors report")


def test_the_glossary_says_each_thing_once() -> None:
    lines = Path(translation.__file__).with_name("glossary.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(len(row) == 2 for row in rows)
    english = [row[0] for row in rows]
    assert len(english) == len(set(english))
    assert all(word == word.lower() == word.strip() and word for word in english)


def _english(text: str) -> str:
    return in_swedish(understand(text))


def test_the_title_that_an_earlier_turn_supplied_is_swedish_already() -> None:
    asked = "Who had to pay? (Bad för barn)"
    question = replace(understand(asked), language="en", matter="Bad för barn")
    assert in_swedish(question).endswith("Bad för barn")


class _Papers:
    """A library in which every word is equally rare, save those that stand nowhere."""

    def rarity(self, stems: object) -> dict[str, float]:
        return {stem: 2.0 if stem == "\x00" else 1.0 for stem in stems}  # type: ignore[attr-defined]


def test_a_swedish_sentence_meets_an_english_question() -> None:
    matcher = Matcher(understand("How many children use the swimming hall?"), _Papers())  # type: ignore[arg-type]
    met = matcher.coverage("Simhallen används av 340 barn.")
    assert met > 0.6
    assert met > matcher.coverage("Biblioteket har öppet om söndagarna.")


def test_english_capitals_make_no_names() -> None:
    asked = "In May 2031, which Green Party politicians backed the Sweden Democrats' motion?"
    assert understand(asked).people == ()
    assert understand("What did Siri Lund's motion demand?").people == ("Siri Lund",)


def test_what_comes_before_the_question_does_not_hide_what_it_asks() -> None:
    assert understand("In January 2031, how much did the ice rink cost?").kind == "amount"
    assert understand("According to the auditors, when was the plan adopted?").kinds[0] == "when"
