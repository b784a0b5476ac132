"""What is kept of questions, what is counted, and what the page says about it."""

from __future__ import annotations

import io
import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant import question_log
from assistant.answer import Answer, Outcome
from assistant.question_log import QuestionLog
from assistant.settings import Settings
from assistant.users import Access
from assistant.web.about_page import about
from assistant.web.asking import Asking
from assistant.web.desk import Desk
from assistant.web.ledger import Ledger, TooMany
from assistant.web.logs import JsonLines
from assistant.web.measured import NAME, measured
from assistant.web.meter import Meter
from assistant.web.visitor import Visitor
from assistant.web.words import Words
from eval import measured as measuring
from eval.metrics import Row, summarise
from ingest.errors import BereddError
from tests.light import light_desk

SV, EN = Words("sv"), Words("en")
ANNA = Visitor(name="anna", access=Access.READER, address="10.0.0.1")
SECRET = "Vad tjänar Berit Holm?"


def _answer(question: str = SECRET) -> Answer:
    return Answer(
        question=question, standalone_question=question, language="sv",
        outcome=Outcome.ANSWERED, answer="Svar", timings_ms={"total": 300.0},
    )  # fmt: skip


def _lines(index: Path) -> list[dict[str, object]]:
    files = sorted((index / question_log.FOLDER).glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_no_question_is_kept_unless_it_is_set(tmp_path: Path) -> None:
    ledger = Ledger(Settings(index=tmp_path))
    assert list(ledger.watched([_answer()], ANNA, "page"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_where_it_is_set_a_question_is_kept_with_its_person_and_its_outcome(
    tmp_path: Path,
) -> None:
    ledger = Ledger(Settings(index=tmp_path, question_log_days=30))
    list(ledger.watched([_answer()], ANNA, "page"))
    (line,) = _lines(tmp_path)
    assert (line["person"], line["question"], line["outcome"]) == ("anna", SECRET, "answered")
    (file,) = (tmp_path / question_log.FOLDER).glob("*.jsonl")
    assert file.stat().st_mode & 0o077 == 0


def test_questions_go_when_their_days_are_over(tmp_path: Path) -> None:
    QuestionLog(tmp_path, 7).keep(_answer(), "anna")
    folder = tmp_path / question_log.FOLDER
    today = datetime.now(UTC).date()
    for days in (6, 7, 40):
        (folder / f"{today - timedelta(days=days)}.jsonl").write_text("{}\n", encoding="utf-8")
    assert question_log.clear(tmp_path, 7, today) == 2
    assert question_log.clear(tmp_path, 0, today) == 2
    assert not list(folder.glob("*.jsonl"))


def test_a_persons_questions_can_be_erased_and_nobody_elses_go(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 30)
    for person in ("anna", "bo", "anna", ""):
        log.keep(_answer(), person)
    command = [sys.executable, "-m", "assistant", "log", "--index", str(tmp_path)]
    done = subprocess.run(
        [*command, "erase", "--person", "Anna"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "erased 2 questions\n"
    assert [line["person"] for line in _lines(tmp_path)] == ["bo", ""]


def test_figures_are_in_the_format_that_prometheus_reads() -> None:
    meter = Meter()
    for seconds in (0.05, 0.3, 700.0):
        meter.answered("answered", "page", seconds)
    meter.refused()
    text = meter.text(generation=3, documents=18, passages=900)
    assert 'beredd_questions_total{outcome="answered",by="page"} 3' in text
    assert 'beredd_answer_seconds_bucket{le="0.5"} 2' in text
    assert 'beredd_answer_seconds_bucket{le="+Inf"} 3' in text
    assert "beredd_questions_refused_total 1" in text
    assert "beredd_index_generation 3" in text
    sample = re.compile(r'^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.+e-]+$')
    assert all(line.startswith("# ") or sample.match(line) for line in text.splitlines())


def test_an_answer_that_breaks_is_counted_too() -> None:
    def broken() -> Iterator[Answer]:
        yield _answer()
        raise RuntimeError

    ledger = Ledger()
    with pytest.raises(RuntimeError):
        list(ledger.watched(broken(), ANNA, "api"))
    text = ledger.meter.text(generation=0, documents=0, passages=0)
    assert 'outcome="failed",by="api"} 1' in text


def test_a_log_line_is_one_object_and_holds_no_question(tmp_path: Path) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("assistant.web.ledger")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        ledger = Ledger(Settings(index=tmp_path, question_log_days=1))
        list(ledger.watched([_answer()], ANNA, "page"))
        logger.warning("rad\nbryt %s", "å")
    finally:
        logger.removeHandler(handler)
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["outcome"], first["ms"], first["by"]) == ("answered", 300.0, "page")
    assert "Berit" not in stream.getvalue()
    assert "anna" not in stream.getvalue()
    assert second["message"] == "rad\nbryt å"


def test_a_person_who_asks_too_much_is_told_to_wait_and_loses_nothing(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path, questions_a_minute=1)
    asking = Asking(Desk(settings), SV, Ledger(settings))
    list(asking.ask("Vad beslutades?", None, visitor=ANNA))
    (screen,) = asking.ask("Och sedan?", None, visitor=ANNA)
    assert "många frågor" in screen.status
    assert screen.box == "Och sedan?"
    with pytest.raises(TooMany):
        asking.ledger.admit(ANNA)
    asking.ledger.admit(Visitor(name="bo", address="10.0.0.1"))


def test_health_and_metrics_hold_no_names(tmp_path: Path) -> None:
    from assistant.web.server import serve

    settings = Settings(index=tmp_path / "index", model_key="hemlig", owner="Ekmarka")
    client = TestClient(serve(light_desk(settings, ("motion-sommarsimkort.txt",))))
    health = client.get("/health")
    assert health.json() == {"status": "ok", "documents": 1, "generation": 1}
    metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "beredd_index_documents 1" in metrics.text
    for text in (health.text, metrics.text):
        assert "hemlig" not in text
        assert "motion" not in text


def test_health_says_when_the_index_cannot_be_used(tmp_path: Path) -> None:
    from assistant.web.server import serve

    client = TestClient(serve(Desk(Settings(index=tmp_path))))
    assert client.get("/health").json()["status"] == "no index"
    (tmp_path / "index.json").write_text("{", encoding="utf-8")
    assert client.get("/health").status_code == 503


def test_about_says_honestly_that_nothing_was_measured(tmp_path: Path) -> None:
    desk = light_desk(Settings(index=tmp_path / "index"))
    assert "Ingen mätning har gjorts" in about(desk, SV)
    assert "has not been measured" in about(desk, EN)


def test_about_shows_what_was_measured_and_whether_the_papers_have_changed_since(
    tmp_path: Path,
) -> None:
    desk = light_desk(Settings(index=tmp_path / "index"))
    assistant = desk.open()
    assert assistant is not None
    row = Row(case="a", turn=0, category="fact", lang="sv", city="", answerable=True,
              question="?", scores={"right": 1.0, "declined": None})  # fmt: skip
    measuring.put(desk.settings.index, summarise([row] * 4), [Path("x/dev.jsonl")])
    found = measured(assistant.index, SV)
    assert found is not None
    assert not found.changed
    assert found.rows[0][0] == "Rätt svar"
    assert found.rows[0][1].startswith("100 procent")
    assert "4 frågor" in found.rows[0][1]
    assert "dev.jsonl" in about(desk, SV)
    assistant.index.advance()
    assert "har ändrats sedan mätningen" in about(desk, SV)


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"figures": 3, "time": 1, "cases": []}'])
def test_broken_figures_are_no_figures(tmp_path: Path, broken: str) -> None:
    desk = light_desk(Settings(index=tmp_path / "index"))
    (desk.settings.index / NAME).write_text(broken, encoding="utf-8")
    assert "Ingen mätning har gjorts" in about(desk, SV)


def test_about_says_what_is_kept_who_is_behind_it_and_whom_to_reach(tmp_path: Path) -> None:
    settings = Settings(
        index=tmp_path / "index", question_log_days=30, owner="Ekmarka <b>",
        contact="beredd@ekmarka.se",
    )  # fmt: skip
    html = about(light_desk(settings), SV)
    assert "i 30 dagar" in html
    assert "Ekmarka &lt;b&gt; är personuppgiftsansvarig" in html
    assert 'href="mailto:beredd@ekmarka.se"' in html
    assert "Digg" in html
    bare = about(light_desk(Settings(index=tmp_path / "bare")), SV)
    assert "Sparas inte på servern" in bare
    assert "inte angett någon kontaktväg" in bare
    odd = Settings(index=tmp_path / "odd", contact="javascript:alert(1)")
    assert 'href="javascript' not in about(light_desk(odd), SV)


def test_a_day_that_is_none_is_no_file_of_the_log(tmp_path: Path) -> None:
    folder = tmp_path / question_log.FOLDER
    folder.mkdir()
    (folder / "notes.jsonl").write_text("x", encoding="utf-8")
    assert question_log.clear(tmp_path, 0, date.today()) == 0


@pytest.mark.parametrize(
    "off", [{"BEREDD_LOG": "xml"}, {"BEREDD_UPLOAD_MB": "many"}, {"BEREDD_SESSION_HOURS": "?"}]
)
def test_a_setting_that_is_off_is_told_with_its_name(off: dict[str, str]) -> None:
    with pytest.raises(BereddError, match=next(iter(off))):
        Settings.from_environ(off)


def test_settings_are_read_from_the_environment(tmp_path: Path) -> None:
    found = Settings.from_environ(
        {"BEREDD_INDEX": "x/idx", "BEREDD_USERS": "u.json", "BEREDD_UPLOAD_MB": "5",
         "BEREDD_OWNER": "Ekmarka", "BEREDD_LOG": "json"}
    )  # fmt: skip
    assert found.documents_folder == Path("x/idx-documents")
    assert (found.users_file, found.upload_mb) == (Path("u.json"), 5)
    assert (found.owner, found.log, found.port) == ("Ekmarka", "json", 7860)
