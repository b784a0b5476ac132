"""The words in which people ask of a body, of a demand and what became of it, and of a decision."""

from __future__ import annotations

import pytest

from assistant.compose.by_body import _definite
from assistant.elections import asks_successor
from assistant.naming import bodies_asked
from assistant.question import understand
from assistant.several import parts_of


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("socialnämnd", "socialnämnden"),
        ("kommunstyrelse", "kommunstyrelsen"),
        ("socialnämnden", "socialnämnden"),
        ("arbetsutskott", "arbetsutskottet"),
        ("förvaltning", "förvaltningen"),
    ],
)
def test_a_board_named_by_whose_it_is_has_the_name_of_its_papers(said: str, name: str) -> None:
    assert _definite(said) == name


def test_what_was_demanded_and_what_became_of_it_are_two_questions() -> None:
    question = understand("Vad ville Siri Lund lägga till i planen, och blev det så?")
    assert [part.kind for part in parts_of(question)] == ["demand", "decision"]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("How did the Ekmarka council vote on the harbour bath?", ("Kommunfullmäktige",)),
        ("What did the executive council decide?", ()),
        ("What did the youth council want for pupils?", ()),
    ],
)
def test_a_towns_council_is_its_council_and_the_youths_is_not(
    text: str, bodies: tuple[str, ...]
) -> None:
    assert bodies_asked(text) == bodies


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vilka ska få lämna förslag om SD får bestämma?", "demand"),
        ("Vem i kommunstyrelsen var inte med på beslutet?", "abstention"),
        ("Vad fick staden betalt för mässan?", "amount"),
        ("Vilken liberal ställde ordföranden till svars?", "who"),
    ],
)
def test_everyday_words_say_what_is_asked(text: str, kind: str) -> None:
    assert kind in understand(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "Vilka uppdrag fanns i partiernas eget tillägg, det som kommunstyrelsen röstade ned?",
        "Vilka två saker ville motionärerna att fullmäktige skulle besluta om stadens banker?",
    ],
)
def test_what_became_of_a_proposal_is_not_asked_where_it_only_tells_which_one(text: str) -> None:
    assert understand(text).kind == "demand"


def test_who_came_in_somebodys_place_is_asked_in_many_words() -> None:
    question = understand(
        "Ada Lind lämnade sin plats i nämnden. Vem ville valberedningen ha i stället?"
    )

    assert asks_successor(question)
