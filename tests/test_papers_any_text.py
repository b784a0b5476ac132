"""Whatever the text, the parts cover it and every span reproduces its words."""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document
from ingest.structure import casefile, papers

FORMS = (casefile, papers)
WORDS = st.sampled_from(
    [
        "Kommunstyrelsen", "Yrkande", "Tjänsteutlåtande", "Handling 2031 nr 4", "Bilaga 1",
        "Förslag till beslut", "1. ", "2. ", "att", "Karin Ek (V)", "(M)", "§ 4", "2031-01-09",
        "Utdrag ur protokoll Sammanträdesdatum: 2031-01-09", "Med träd avses en planta.", "\n",
        "\n\n", "- ", "• ", "Motion av Karin Ek (V) om träd", "100 kronor", "beslutar:",
        "Ordförande",
    ]
)  # fmt: skip


def check(form: ModuleType, text: str) -> None:
    document = Document(file="x.txt", digest="0", format="txt", title="X", text=text)
    at = 0
    for part in form.parts(document):
        assert part.start == at
        at = part.end
        for record in part.records:
            assert text[record.start : record.end] == record.text
            assert part.start <= record.start < record.end <= part.end
        for person in part.authors:
            assert " ".join(text[person.start : person.end].split()) == person.name
    assert at in (0, len(text))
    assert at == len(text) or not any(char.isalnum() for char in text)


@pytest.mark.parametrize("form", FORMS)
@given(text=st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_string_is_covered_by_its_parts(form: ModuleType, text: str) -> None:
    check(form, text)


@pytest.mark.parametrize("form", FORMS)
@given(words=st.lists(WORDS, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_pile_of_the_genres_own_words_is_covered(form: ModuleType, words: list[str]) -> None:
    check(form, " ".join(words))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "text",
    ["Ab " * 8000, "att " * 8000, "1. " * 8000, "A" * 20000, "Karin Ek (V) " * 2000, "§ " * 8000,
     "Med " * 8000, "- \n" * 4000, "Kommunstyrelsen\nYrkande\nFörslag till beslut\n" * 200],
)  # fmt: skip
def test_no_repetition_makes_a_pattern_hang(form: ModuleType, text: str) -> None:
    check(form, text)


@pytest.mark.corpus
@pytest.mark.parametrize("form", FORMS)
def test_mutated_real_case_files_crash_nothing(form: ModuleType, shared: Path) -> None:
    files = sorted((shared / "corpus" / "goteborg" / "handlingar").glob("*.txt"))
    chance = random.Random(7)
    for _ in range(60):
        text = chance.choice(files).read_text(encoding="utf-8")
        start = chance.randrange(max(len(text) - 4000, 1))
        letters = list(text[start : start + 4000])
        for _ in range(40):
            letters[chance.randrange(len(letters))] = chance.choice("\n\n§().:1aA–• ")
        check(form, "".join(letters))
