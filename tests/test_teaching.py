"""Teaching the model which sentence answers, from papers and questions about them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import teaching
from eval.teaching import Group
from ingest.errors import BereddError

pytestmark = pytest.mark.slow

_PAPER = """Taxor för Ällebäcks lokaler 2031

Den som hyr sporthallen betalar 240 kronor i timmen. Föreningar med ungdomar betalar hälften.
Sporthallen i Ällebäck invigdes hösten 2019. Hallen städas två gånger om dagen. Bokningen stänger
klockan tolv dagen före. Nyckeln hämtas i receptionen.
"""


def _lesson(folder: Path, *questions: object) -> Path:
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "taxor.txt").write_text(_PAPER, encoding="utf-8")
    lines = [one if isinstance(one, str) else json.dumps(one) for one in questions]
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _question(text: str, quote: str = "") -> dict[str, object]:
    gold = [[{"file": "taxor.txt", "quote": quote}]] if quote else []
    return {"question": text, "answerable": bool(quote), "gold_any": gold}


def test_a_lesson_shows_what_the_rules_would_choose_from(tmp_path: Path) -> None:
    asked = _question("Vad tar de betalt för hallen?", "betalar 240 kronor i timmen")
    (group,) = teaching.read(_lesson(tmp_path / "a", asked))
    assert len(group.sentences) > 3
    assert [group.sentences[n] for n in group.answers][0].endswith("240 kronor i timmen.")


def test_a_question_without_answer_teaches_that_none_answers(tmp_path: Path) -> None:
    (group,) = teaching.read(_lesson(tmp_path / "a", _question("Vem städar sporthallen?")))
    assert group.sentences
    assert not group.answers


def test_a_question_whose_answer_is_not_found_is_left_out(tmp_path: Path) -> None:
    asked = _question("Vad tar de betalt för hallen?", "en mening som inte står där")
    assert teaching.read(_lesson(tmp_path / "a", asked)) == []


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(BereddError, match="line 1"):
        teaching.read(_lesson(tmp_path / "a", '{"question": 3'))


def test_what_is_taught_is_learnt() -> None:
    group = Group("Vad kostar hallen?", ("Hallen kostar 240 kronor.", "Hallen är blå."),
                  frozenset({0}))  # fmt: skip
    model = teaching._Model(layers=1, rank=2, seed=1)
    losses = list(model.taught([group] * 8, rounds=12, rate=1e-2, seed=1))
    assert losses[-1] < losses[0] / 2
    assert set(model.weights()) >= {"layers", "score.weight", "encoder.layer.0.output.dense.A"}
