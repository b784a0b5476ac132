"""Case files: what is read, what is refused and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import cases, checks
from tests.eval_examples import gold, line, texts, unanswerable, write


def _refusals(folder: Path, *lines: str) -> list[str]:
    _, refused = cases.read([write(folder, "c.jsonl", *lines)])
    return [f"{refusal.line}: {refusal.reason}" for refusal in refused]


def test_single_questions_and_dialogues_are_read_in_order(tmp_path: Path) -> None:
    turn = '{"question": "Och sedan?", "answerable": false}'
    talk = f'{{"id": "f1", "lang": "sv", "turns": [{turn}, {turn}]}}'
    found = cases.load([write(tmp_path, "c.jsonl", line(), "", talk)])
    assert [(case.id, case.category, len(case.turns)) for case in found] == [
        ("e1", "vote", 1),
        ("f1", "dialogue", 2),
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{nonsense", "not JSON"),
        ("[1]", "not a JSON object"),
        (line(colour="red"), "unknown field 'colour'"),
        (line(gold_any=[[{**gold("en tillräckligt lång text"), "pgae": 1}]]), "unknown field"),
        (line(category="gossip"), "category"),
        (line(gold_any=[]), "gold_any names no source"),
        (line(facts=[]), "facts is empty"),
        (line(facts=[[]]), "facts.0"),
        (line(answerable=False), "not answerable, but it has gold_any or facts"),
        (line(false_premise=True), "false_premise"),
        (line(derived_facts=[7]), "derived_facts"),
        (line(gold_any=[[gold("en tillräckligt lång text", page=0)]]), "page"),
        (line(question=""), "question"),
        ('{"id": "x"}', "is missing"),
        ('{"id": "x", "lang": "sv", "turns": []}', "turns"),
    ],
)
def test_a_bad_line_is_refused_with_its_reason(tmp_path: Path, bad: str, reason: str) -> None:
    (refusal,) = _refusals(tmp_path, unanswerable(), bad)
    assert refusal.startswith("2: ")
    assert reason in refusal


def test_an_id_is_taken_once_over_all_files(tmp_path: Path) -> None:
    files = [write(tmp_path, "a.jsonl", line()), write(tmp_path, "b.jsonl", line())]
    with pytest.raises(cases.CasesRefused, match=r"'e1' is taken by a\.jsonl:1"):
        cases.load(files)


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    assert len(_refusals(tmp_path, "{", line(), line(), "[]")) == 3


def test_a_file_that_is_not_there_is_a_refusal(tmp_path: Path) -> None:
    _, (refusal,) = cases.read([tmp_path / "none.jsonl"])
    assert "cannot be read" in str(refusal)


def test_a_line_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    odd = line(question="Vad\u2028sades?").replace("\\u2028", "\u2028")
    assert len(cases.load([write(tmp_path, "c.jsonl", odd)])) == 1


def _problems(*lines: str) -> list[str]:
    return [str(p) for p in checks.fatal(checks.check([cases.parse(text) for text in lines],
                                                      texts()))]  # fmt: skip


def test_a_gold_quote_must_stand_in_its_document() -> None:
    assert _problems(line(), unanswerable()) == []
    (problem,) = _problems(line(gold_any=[[gold("Omröstningen utfaller med 99 Ja")]]))
    assert "is not in protokoll.txt" in problem
    (problem,) = _problems(line(gold_any=[[gold("Motionen avslås.", file="annat.txt")]]))
    assert "no document" in problem


def test_a_gold_quote_on_another_page_is_refused_with_the_right_page() -> None:
    quote = "Kostnaden uppgick till 1 250 tkr"
    assert _problems(line(gold_any=[[gold(quote, "revision.pdf", 2)]])) == []
    (problem,) = _problems(line(gold_any=[[gold(quote, "revision.pdf", 1)]]))
    assert "is on page 2 of revision.pdf, not 1" in problem
