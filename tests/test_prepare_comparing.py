"""Proposals side by side: what counts as the same demand, and what is marked as changed."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli import compare as command
from assistant.prepare.comparing import THRESHOLD, Pair, Relation, Sign, compare, counts
from assistant.prepare.proposals import candidates, pick
from assistant.prepare.sources import Sources
from ingest.errors import BereddError
from tests.prepare_fixtures import demand
from vectorstore.index import Index

pytest_plugins = ["tests.prepare_fixtures"]

FEE = "att avgiften i kulturskolan fastställs till 800 kronor från höstterminen"


def _one(first: str, second: str) -> Pair:
    (pair,) = compare([demand(first)], [demand(second)])
    return pair


def _marked(pair: Pair) -> tuple[list[str], list[str]]:
    first = [run.text for run in pair.first_runs if run.changed]
    return first, [run.text for run in pair.second_runs if run.changed]


def test_numbers_att_and_punctuation_make_no_difference() -> None:
    pair = _one(
        FEE + ",", "2. Avgiften i kulturskolan fastställs till 800 kronor från höstterminen."
    )
    assert pair.relation is Relation.SAME
    assert _marked(pair) == ([], [])


def test_a_changed_amount_is_marked_and_told() -> None:
    pair = _one(FEE, FEE.replace("800", "1 200"))
    assert pair.relation is Relation.CHANGED
    assert _marked(pair) == (["800"], ["1 200"])
    assert pair.signs == (Sign.FIGURES,)


def test_a_denying_word_is_told() -> None:
    pair = _one("att skolan ska läggas ned 2027", "att skolan inte ska läggas ned 2027")
    assert _marked(pair) == ([], ["inte"])
    assert pair.signs == (Sign.NEGATION,)


def test_equal_words_under_another_lead_are_no_same_demand() -> None:
    words = "att avgiften i kulturskolan ses över"
    (pair,) = compare(
        [demand(words, lead="Kulturnämnden får i uppdrag")],
        [demand(words, lead="Kommundirektören ska återkomma med förslag om")],
    )
    assert pair.relation is Relation.CHANGED
    assert pair.signs == (Sign.LEAD,)


def test_what_shares_too_few_stems_is_no_pair() -> None:
    found = compare([demand(FEE)], [demand("att parken vid torget får nya bänkar")])
    assert [pair.relation for pair in found] == [Relation.ONLY_FIRST, Relation.ONLY_SECOND]


def test_inflection_and_order_do_not_hide_a_counterpart() -> None:
    pair = _one(
        "att kommunen bygger cykelvägar i Norrhult", "I Norrhult bygger kommunen en cykelväg"
    )
    assert pair.relation is Relation.CHANGED
    assert pair.likeness >= THRESHOLD


def test_the_most_alike_are_paired_and_each_demand_once() -> None:
    first = [demand(FEE), demand(FEE.replace("800", "900"), 100)]
    second = [demand(FEE.replace("800", "900"), 200)]
    found = compare(first, second)
    assert [pair.relation for pair in found] == [Relation.ONLY_FIRST, Relation.SAME]


_VOCABULARY = (
    "avgiften", "skolan", "800", "900", "kronor", "inte", "att", "och", "höjs", "2025", "Norrhult",
)  # fmt: skip
_WORDS = st.lists(st.sampled_from(_VOCABULARY), min_size=1, max_size=8).map(" ".join)


@given(st.lists(_WORDS, max_size=4), st.lists(_WORDS, max_size=4))
def test_every_demand_stands_once_and_its_runs_are_its_words(
    first: Sequence[str], second: Sequence[str]
) -> None:
    one = [demand(text, 100 * at) for at, text in enumerate(first)]
    other = [demand(text, 9000 + 100 * at) for at, text in enumerate(second)]
    found = compare(one, other)
    assert [pair.first for pair in found if pair.first] == one
    kept = [pair.second for pair in found if pair.second]
    assert sorted(p.source.start for p in kept) == [p.source.start for p in other]
    for pair in found:
        for point, runs in ((pair.first, pair.first_runs), (pair.second, pair.second_runs)):
            assert "".join(run.text for run in runs) == (point.text if point else "")
    assert sum(counts(found).values()) == len(found)


def test_a_proposal_is_picked_by_part_paragraph_kind_or_words(papers: Index) -> None:
    file = "handling-14-2025-kulturskolan.txt"
    by_kind = pick(papers, f"{file}#yrkande", Sources())
    assert [point.number for point in by_kind.points] == ["1", "2", "3"]
    assert pick(papers, f"{file}#{by_kind.part_id}", Sources()).title == by_kind.title
    by_number = pick(papers, "protokoll-kf-2025-04-28.txt#§ 39", Sources())
    assert by_number.title == "Markanvisning inom Hamnängen"
    by_words = pick(papers, "protokoll-kf-2025-04-28.txt#hamnängen", Sources())
    assert by_words.part_id == by_number.part_id


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("handling-14-2025-kulturskolan.txt", "means several papers"),
        ("handling-14-2025-kulturskolan.txt#rymden", "means no paper"),
        ("rymden.txt", "No document is called"),
        ("rymden.txt#1", "No document is called"),
    ],
)
def test_a_name_that_means_no_single_proposal_is_explained(
    papers: Index, name: str, said: str
) -> None:
    with pytest.raises(BereddError, match=said):
        pick(papers, name, Sources())


def test_every_candidate_can_be_picked(papers: Index) -> None:
    for candidate in candidates(papers):
        assert pick(papers, candidate.name, Sources()).points


def test_the_command_marks_what_only_one_proposal_says(
    papers: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["tjansteskrivelse-medborgardialog.pdf", "alternativt-forslag-medborgardialog.docx"]
    assert command.main([*names, "--index", str(papers.folder)]) == 0
    shown = capsys.readouterr().out
    assert "[-Uppdraget ska redovisas" in shown
    assert "# Bara i B" in shown
    assert command.main([*names, "--json", "--index", str(papers.folder)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["threshold"] == THRESHOLD
    assert printed["counts"] == {"same": 2, "changed": 1, "only_first": 0, "only_second": 1}
