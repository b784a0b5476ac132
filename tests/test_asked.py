"""Whom and what time a question asks about, of those that it names."""

from __future__ import annotations

import pytest

from assistant.compose.asked import speakers, speaking
from assistant.compose.choose import entities
from assistant.question import understand
from ingest.parts import Part, PartKind, Role


@pytest.mark.parametrize(
    ("question", "letters"),
    [
        ("Vad ville SD lägga till i Moderaternas motion om badet?", {"SD"}),
        ("Per Ek (M) ville stänga badet. Vad ville V och MP?", {"V", "MP"}),
        ("Vad krävde Moderaternas motion om badet?", {"M"}),
    ],
)
def test_a_party_whose_paper_is_only_spoken_of_is_not_asked(
    question: str, letters: set[str]
) -> None:
    assert speaking(understand(question)) == letters


def test_people_of_an_introduction_are_not_asked() -> None:
    assert speakers(understand("Siri Lund ville öppna badet. Vad ville M i stället?")) == ()
    assert speakers(understand("Vad ville Siri Lund göra med badet?")) == ("Siri Lund",)


@pytest.mark.parametrize(
    ("title", "asked", "fits"),
    [
        ("Budget 2031 och planer 2032–2033", "Vad blev skatten 2031?", True),
        ("Budget 2031 och planer 2032–2033", "Vad blev skatten 2032?", False),
        ("Biblioteksplan 2031–2035", "Vad gäller för biblioteken 2033?", True),
    ],
)
def test_a_paper_is_of_the_years_that_its_title_names_first(
    title: str, asked: str, fits: bool
) -> None:
    part = Part(
        id="p", kind=PartKind.PARAGRAPH, title=title, start=0, end=1, role=Role.DECISION
    )  # fmt: skip
    assert (entities(understand(asked), part) >= 0) is fits
