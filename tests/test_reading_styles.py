"""Papers laid out as other municipalities do are read: eighty invented ones, against labels."""

from __future__ import annotations

import pytest

from eval.reading_styles import Read, main, of_minutes, of_papers

_MINUTES = {
    "§": 219, "title": 214, "body": 219, "date": 219, "decision": 284, "yrkande": 168, "vote": 35,
    "reservation": 131, "recusal": 35, "statement": 36,
}  # fmt: skip
_PAPERS = {
    "kind": 55, "title": 47, "date": 47, "signer": 78, "party": 29, "officer": 9, "point": 108,
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
    assert f"{'decision':<24}{287:>9}" in printed
