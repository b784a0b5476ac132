"""Papers laid out as other municipalities do are read: forty invented ones, against labels."""

from __future__ import annotations

import pytest

from eval.reading_styles import Read, main, of_minutes, of_papers

_MINUTES = {
    "§": 104, "title": 100, "body": 104, "date": 104, "decision": 133, "yrkande": 78, "vote": 18,
    "reservation": 61, "recusal": 16, "statement": 22,
}  # fmt: skip
_PAPERS = {
    "kind": 28, "title": 25, "date": 24, "signer": 41, "party": 15, "officer": 4, "point": 59,
}  # fmt: skip
"""How many of each were read when this was written; the labels name a few more."""


@pytest.fixture(scope="module")
def minutes() -> dict[str, Read]:
    return of_minutes()


@pytest.fixture(scope="module")
def papers() -> dict[str, Read]:
    return of_papers()


@pytest.mark.parametrize(("measure", "least"), _MINUTES.items())
def test_no_house_style_of_minutes_is_lost(
    minutes: dict[str, Read], measure: str, least: int
) -> None:
    assert minutes[measure].right >= least, minutes[measure].misses


@pytest.mark.parametrize(("measure", "least"), _PAPERS.items())
def test_no_house_style_of_papers_is_lost(
    papers: dict[str, Read], measure: str, least: int
) -> None:
    assert papers[measure].right >= least, papers[measure].misses


def test_the_table_tells_what_was_expected_and_what_was_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--show", "vote"]) == 0
    printed = capsys.readouterr().out
    assert printed.index("minutes") < printed.index("papers")
    assert f"{'decision':<24}{135:>9}" in printed
