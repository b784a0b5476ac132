"""Planted faults: every kind is noticed, and no metric is blind. Feedback and the judge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from eval import cases, cli_tools, feedback, judge, oracle, planting
from eval.examine import rows
from eval.given import parse
from eval.mutations import FAULTS
from ingest.errors import BereddError
from tests.eval_examples import (
    MINUTES,
    MOTION,
    answer,
    citation,
    gold,
    line,
    texts,
    unanswerable,
    vote_answer,
    write,
)
from tests.scripted_chat import ScriptedChat, Step, scripted


def _cases() -> list[cases.Case]:
    negated = line(
        id="e3", category="decision", question="Ska badet stängas, och vad kostar det?",
        gold_any=[[gold("beslutar att badet inte ska stängas och att avgiften är 40 kronor.")]],
        facts=[["inte ska stängas"], ["40 kronor"]], forbidden=["20 kronor"],
    )  # fmt: skip
    voices = line(
        id="e4", category="who", question="Vilka reserverade sig om badet?", forbidden=["(M)"],
        gold_any=[[gold("Karin Alm (V) och Nils Berg (S) reserverar sig mot beslutet")],
                  [gold("att avgiften sänks till 20 kronor", "motion.txt")]],
        facts=[["Karin Alm"], ["Nils Berg"]],
    )  # fmt: skip
    return [cases.parse(text) for text in (line(), unanswerable(), negated, voices)]


def test_perfect_answers_get_full_marks() -> None:
    for row in rows(_cases(), oracle.answers(_cases(), texts()), texts()):
        assert row.scores["right_and_shown"] == 1.0, row.key
        assert row.scores["supported"] in (None, 1.0), row.key


def test_every_planted_fault_is_noticed_and_every_metric_can_fall() -> None:
    outcomes = planting.plant_answers(_cases(), oracle.answers(_cases(), texts()), texts())
    outcomes += planting.plant_search(_cases(), texts(), len)
    assert [(o.fault, o.missed) for o in outcomes if o.missed] == []
    assert [o.fault for o in outcomes if not o.planted] == []
    assert planting.blind(outcomes) == []
    assert {o.fault for o in outcomes} >= {fault.name for fault in FAULTS}


def test_a_metric_that_nothing_lowers_is_called_blind() -> None:
    assert "verbatim" in planting.blind([])


def test_the_command_plants_and_writes_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "protokoll.txt").write_text(MINUTES, "utf-8")
    (tmp_path / "motion.txt").write_text(MOTION, "utf-8")
    lines = [line(), unanswerable()]
    file = write(tmp_path, "c.jsonl", *lines)
    out = tmp_path / "results"
    code = cli_tools.mutate([str(file), "--corpus", str(tmp_path), "--out", str(out)])
    printed = capsys.readouterr().out
    assert code == 0, printed
    (run,) = out.iterdir()
    assert json.loads((run / "summary.json").read_text("utf-8"))["blind"] == []


def test_the_check_command_tells_faults_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "protokoll.txt").write_text(MINUTES, "utf-8")
    good = write(tmp_path, "good.jsonl", line())
    assert cli_tools.check([str(good), "--corpus", str(tmp_path)]) == 0
    bad = write(tmp_path, "bad.jsonl", line(extra=1), line(gold_any=[[gold("Finns inte här.")]]))
    assert cli_tools.check([str(bad), "--corpus", str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "bad.jsonl:1: unknown field 'extra'" in printed
    assert "is not in protokoll.txt" in printed


def _mark(verdict: str, **more: Any) -> dict[str, Any]:
    said = {**vote_answer(), "standalone_question": "Hur föll omröstningen om badet ut?"}
    return {"verdict": verdict, "question": "Hur föll den ut?", "answer": said, **more}


def test_what_a_user_marked_as_wrong_becomes_a_draft_that_no_run_accepts() -> None:
    marks = [_mark("wrong", comment="fel siffror"), _mark("wrong_source", citation="S1")]
    (draft,) = feedback.drafts([*marks, _mark("right")])
    assert draft["question"] == "Hur föll omröstningen om badet ut?"
    assert "fel siffror" in draft["note"]
    with pytest.raises(ValueError, match="gold_any names no source"):
        cases.parse(json.dumps(draft))


def test_what_was_right_keeps_its_sources_as_gold() -> None:
    assert feedback.drafts([_mark("right")]) == []
    (draft,) = feedback.drafts([_mark("right")], right=True)
    assert draft["gold_any"][0][0]["quote"] == "Omröstningen utfaller med 25 Ja mot 14 Nej."
    finished = cases.parse(json.dumps({**draft, "facts": [["25"]]}))
    assert finished.turns[0].answerable


def test_feedback_that_is_none_is_refused_by_line(tmp_path: Path) -> None:
    file = write(tmp_path, "f.jsonl", '{"verdict": "meh", "answer": {}}')
    with pytest.raises(BereddError, match=r"f\.jsonl:1"):
        feedback.read(file)


def test_the_feedback_command_prints_drafts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path, "f.jsonl", json.dumps(_mark("wrong"), ensure_ascii=False))
    assert cli_tools.feedback([str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "fb001"


GOOD = '{"faithful": true, "complete": true, "reason": "ja"}'
BAD = 'Jag tänker… {"faithful": false, "complete": true, "reason": "nej"}'


@contextmanager
def _judging(monkeypatch: pytest.MonkeyPatch, *replies: Step) -> Iterator[ScriptedChat]:
    """A chat model behind its real wire protocol, which gives the replies in turn."""
    waiting = list(replies)
    with scripted(lambda _: [waiting.pop(0)]) as chat:
        monkeypatch.setenv("BEREDD_MODEL", "judge")
        monkeypatch.setenv("BEREDD_MODEL_URL", chat.url)
        yield chat


def test_the_judge_is_told_beside_the_score_with_its_agreement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [case for case in _cases() if case.turns[0].answerable]
    answers = oracle.answers(found, texts())
    with _judging(monkeypatch, GOOD, BAD, "gibberish") as chat:
        lines, figures = judge.judged(
            found, answers, rows(found, answers, texts()), judge.open_model()
        )
    assert [item["faithful"] for item in lines] == [True, False, None]
    assert (figures["n"], figures["of"], figures["agreement"]) == (2, 3, 0.5)
    assert figures["kappa"] == 0.0
    assert "[S1] Protokoll" in chat.prompts[0]


def test_a_judge_that_fails_gives_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    said = parse(vote_answer())
    with _judging(monkeypatch, 401, GOOD):
        model = judge.open_model()
        assert judge.judge(said, "?", "sv", model).good is None
        assert judge.judge(said, "?", "en", model).good is True


def test_a_document_cannot_break_the_judges_prompt() -> None:
    said = parse(answer("{question} {0}", citation("Motionen avslås.")))
    assert "{question} {0}" in judge.prompt(said, "Vad?", "sv")


def test_no_judge_without_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BEREDD_MODEL", raising=False)
    with pytest.raises(BereddError, match="BEREDD_MODEL"):
        judge.open_model()
