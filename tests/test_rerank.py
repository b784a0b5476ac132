"""The second look at candidates: sentences, coverage, phrases, and the cosine."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from vectorstore.lexical import analyser
from vectorstore.rerank import Candidate, Evidence, Reranker, is_question


def even(stems: Iterable[str]) -> dict[str, float]:
    """Every word is as rare as the next."""
    return dict.fromkeys(stems, 1.0)


@pytest.fixture(scope="module")
def reranker() -> Reranker:
    return Reranker(analyser())


def best(reranker: Reranker, question: str, texts: list[str]) -> str:
    """The text with the highest score, the last of equals."""
    scores = reranker.scores(question, [Candidate(text) for text in texts], even)
    return max(zip(scores, range(len(texts)), texts, strict=True))[2]


def test_words_in_one_sentence_count_more_than_words_all_over(reranker: Reranker) -> None:
    near = "Nämnden antog taxan för parkering. Mötet var kort. Alla var nöjda."
    far = "Nämnden var nöjd. En taxa nämndes. Frågan om parkering var kort. Någon antog det."
    assert best(reranker, "Vem antog taxan för parkering?", [near, far]) == near


def test_words_that_follow_each_other_count_more_than_the_same_apart(reranker: Reranker) -> None:
    together = "Ekmarka antar en digital strategi för bibliotek och skolor."
    apart = "Strategi för bibliotek och skolor antas digital i Ekmarka."
    assert best(reranker, "Vad är en digital strategi?", [together, apart]) == together


def test_the_heading_above_a_passage_belongs_to_each_of_its_sentences(reranker: Reranker) -> None:
    [under, alone] = reranker.evidence(
        "Vilka röstade nej om badhuset?",
        [
            Candidate("Nej röstade fem ledamöter.", context="Nytt badhus i Ekmarka"),
            Candidate("Nej röstade fem ledamöter."),
        ],
        even,
    )
    assert under.sentence > alone.sentence


def test_every_kind_of_evidence_lies_between_nothing_and_all(reranker: Reranker) -> None:
    candidates = [
        Candidate("Busslinjen läggs ner i höst.", "Kollektivtrafik", lexical=7.0, dense=0.9),
        Candidate("", lexical=0.0, dense=-0.2),
        Candidate("§ 4 \0 !!! 👩‍👩‍👧", lexical=2.0, dense=0.85),
    ]
    for question in ("När läggs busslinjen ner?", "", "och att det", "👩‍👩‍👧"):
        for found in reranker.evidence(question, candidates, even):
            values = [getattr(found, name) for name in Evidence.__slots__]
            assert all(0 <= value <= 1 for value in values)
            assert 0 <= reranker.mixed(found) <= 1


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Vilka partier reserverade sig", True),
        ("Beslutade nämnden om bussarna?", True),
        ("What does the motion demand", True),
        ("Motion om ny belysning i parken", False),
        ("Varbergs sjukhus", False),
        ("", False),
    ],
)
def test_a_question_is_told_from_a_heading(text: str, asks: bool) -> None:
    assert is_question(text) is asks


def test_no_candidate_gives_no_score(reranker: Reranker) -> None:
    assert reranker.scores("När?", [], even) == []


def test_thirty_candidates_take_a_few_hundredths_of_a_second(reranker: Reranker) -> None:
    text = "Kommunstyrelsen i Ekmarka beslutar att anta förslaget om vägavgifter. " * 12
    candidates = [Candidate(f"{text} {n}") for n in range(30)]
    reranker.scores("vägavgifter", candidates, even)
    began = time.process_time()
    reranker.scores("Vad beslutar kommunstyrelsen om vägavgifter?", candidates, even)
    assert time.process_time() - began < 0.2
