"""Which thing a question asks for: the noun that some paper found must hold."""

from __future__ import annotations

import pytest

from assistant.confidence import asked_for


@pytest.mark.parametrize(
    ("question", "language", "noun"),
    [
        ("Which school did the council close in 2031?", "en", "school"),
        ("What contractor was hired to build the bath?", "en", "contractor"),
        ("What did two Liberals in Ekmarka want the board to do?", "en", None),
        ("What happens to the guarantee if the fee is raised?", "en", None),
        ("Vilken entreprenör anlitades för badet?", "sv", "entreprenör"),
        ("Vad ville två liberaler göra åt badet?", "sv", None),
        ("Vad kostade badet, och vilket annat konstverk fick pengar?", "sv", "konstverk"),
    ],
)
def test_a_verb_after_what_names_no_thing(question: str, language: str, noun: str | None) -> None:
    match = asked_for(question, language)
    assert (match["noun"] if match else None) == noun
