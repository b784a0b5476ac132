"""Which sentence answers: the model that reads a question and a sentence together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from assistant.compose import judged
from assistant.compose.candidates import Candidate
from assistant.compose.judged import reread
from assistant.question import understand
from ingest.document import Span
from vectorstore import pairs
from vectorstore.pairs import PairScorer, paired
from vectorstore.pieces import Pieces
from vectorstore.weights import model_folder

_QUESTION = "Vad kostar det att hyra sporthallen?"
_SENTENCES = (
    "Sporthallen i Norrby invigdes hösten 2019 av kommunalrådet.",
    "För en timme i hallen betalar en förening 240 kronor.",
    "Nämnden behandlade ärendet den 3 maj 2031.",
    "Hallen städas två gånger om dagen av vaktmästaren.",
)


def test_the_sentence_that_answers_scores_highest() -> None:
    scores = PairScorer().scores(_QUESTION, [paired("Taxor för lokaler", s) for s in _SENTENCES])
    assert scores is not None
    assert scores.shape == (4,)
    assert int(scores.argmax()) == 1


def test_a_sentence_scores_the_same_among_others_and_alone() -> None:
    scorer = PairScorer()
    told = [paired("Taxor för lokaler", s) for s in _SENTENCES]
    together = scorer.scores(_QUESTION, told)
    alone = [scorer.scores(_QUESTION, [one]) for one in told]
    assert together is not None
    assert np.allclose(together, np.concatenate(alone), atol=0.15)  # bf16 where the CPU has it


def test_nothing_to_read_is_nothing_to_say() -> None:
    scores = PairScorer().scores(_QUESTION, [])
    assert scores is not None
    assert scores.shape == (0,)


def test_words_are_cut_as_the_whole_tokeniser_cuts_them() -> None:
    from tokenizers import Tokenizer

    folder = model_folder(None)
    whole = Tokenizer.from_file(str(folder / "tokenizer.json"))
    texts = [*_SENTENCES, "§ 12 – ”Åtgärder” à 3,5 mnkr (KS 2031/0417)", "  ", "naïve e\u0301té\t日本"]
    cut = Pieces(folder / "pieces", 512).each(texts)
    assert cut == [whole.encode(text).ids[1:-1] for text in texts]


def test_without_its_weights_nothing_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "TAUGHT", Path("nowhere.npz"))
    pairs._loaded.cache_clear()
    assert PairScorer().scores(_QUESTION, list(_SENTENCES)) is None
    pairs._loaded.cache_clear()


class _Prefers:
    """Likes the sentences that hold a word."""

    def __init__(self, word: str) -> None:
        self._word = word

    def scores(self, question: str, sentences: Sequence[str]) -> npt.NDArray[np.float32] | None:
        return np.array([4.0 if self._word in one else -4.0 for one in sentences], np.float32)


class _CannotTell:
    def scores(self, question: str, sentences: Sequence[str]) -> npt.NDArray[np.float32] | None:
        return None


def _ranked() -> list[Candidate]:
    text = " ".join(_SENTENCES)
    place: Any = SimpleNamespace(
        document=SimpleNamespace(file="taxor.txt", text=text), part=SimpleNamespace(title="Taxor")
    )
    starts = [text.index(sentence) for sentence in _SENTENCES]
    return [
        Candidate(place, Span(at, at + len(sentence)), 1.0 - n / 10, frozenset())
        for n, (at, sentence) in enumerate(zip(starts, _SENTENCES, strict=True))
    ]


def test_what_answers_comes_before_what_the_words_point_to() -> None:
    first, *_ = reread(understand(_QUESTION), _ranked(), _Prefers("240 kronor"))
    assert first.text == _SENTENCES[1]


def test_what_was_not_read_stays_behind_what_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judged, "_READ", 2)
    order = [one.text for one in reread(understand(_QUESTION), _ranked(), _Prefers("240 kronor"))]
    assert order == [_SENTENCES[n] for n in (1, 0, 2, 3)]


@pytest.mark.parametrize("judge", [None, _CannotTell()])
def test_without_a_judge_the_rules_stand(judge: _CannotTell | None) -> None:
    assert reread(understand(_QUESTION), _ranked(), judge) == _ranked()
