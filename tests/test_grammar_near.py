"""Looking near a cue finds what looking everywhere finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.grammar import dates, numbers, parties, references
from ingest.grammar.found import near

_PIECES = (
    "den 26 januari 2024", "2024-05-06", "maj\n2023", "3/12 2022", "20240131", "31:e maj",
    "33 262 650 kronor", "fem miljoner kr", "1,5 mnkr", "tjugotre kr", "12:-", "4,5 procent", "7 %",
    "Dnr KS-2024-00444", "KSN 2024-00123", "0495/22", "SFS 2017:725", "7 kap. 3 §", "SOU 2020:1",
    "Lokalpartiet Ekmarka (LPE)", "kr", "mil", "§ 12", "kap", "-", ",", ".", "\n", "\n\n",
    "Nämnden",
    "x" * 70,
)  # fmt: skip
_SEARCHES = {
    "dates": (dates._DATE, dates._DATE_CUE, 20, 40),
    "amounts": (numbers._AMOUNT, numbers._SCALE_CUE, 90, 20),
    "percentages": (numbers._PERCENT, numbers._PERCENT_CUE, 60, 20),
    "cases": (references._CASE, references._CASE_CUE, 60, 40),
    "laws": (references._LAW, references._LAW_CUE, 20, 80),
    "parties": (parties._LOCAL, parties._LETTERS_CUE, 200, 20),
}


@pytest.mark.parametrize("what", _SEARCHES)
@given(
    st.lists(
        st.tuples(st.sampled_from(_PIECES), st.sampled_from((" ", " ", "\n", ""))), max_size=12
    )
)
def test_near_a_cue_is_found_what_is_found_everywhere(
    what: str, pieces: list[tuple[str, str]]
) -> None:
    pattern, cue, before, after = _SEARCHES[what]
    text = "".join(word + gap for word, gap in pieces)
    everywhere = [m.span() for m in pattern.finditer(text)]
    assert [m.span() for m in near(pattern, cue, text, before=before, after=after)] == everywhere


def test_a_stretch_of_a_text_is_all_that_is_looked_through() -> None:
    text = "kr 5 kr 6 kr 7 kr"
    found = near(re.compile(r"\d kr"), re.compile("kr"), text, 4, 12, before=4, after=0)
    assert [m[0] for m in found] == ["6 kr"]
