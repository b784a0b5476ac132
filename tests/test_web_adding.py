"""Adding, reading again and removing papers on the page, as an editor."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import anyio
import pytest
from starlette.testclient import TestClient

from assistant.settings import Settings
from assistant.web.desk import Desk
from assistant.web.editing import Editing
from assistant.web.failures import kind_of
from assistant.web.intake import Intake
from assistant.web.reading_process import Task
from assistant.web.shelf import Refused, Shelf, plain_name
from assistant.web.words import Words
from tests.light import SAMPLES, light_desk, light_work

SV = Words("sv")
NAME = "motion-sommarsimkort.txt"
FORGED = (
    "../../etc/passwd.txt", "C:\\fakepath\\a.pdf", "/abs/olut.docx", ".htaccess.txt", "~$lock.docx",
    "a\x00b.pdf", "rad\nbryt.txt", "<img src=x>.html", "con.txt", "x" * 400 + ".pdf",
    "\u202efdp.txt", "é" * 200 + ".txt", "a/../../b.md", "..\\..\\c.odt", " . .d.eml",
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index", documents=tmp_path / "documents", upload_mb=1)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return light_desk(settings)


@pytest.fixture
def intake(settings: Settings) -> Iterator[Intake]:
    made = Intake(settings, light_work)
    yield made
    made.close()


@pytest.fixture
def client(desk: Desk, intake: Intake) -> TestClient:
    """A browser at the machine itself, where no login is set: an editor."""
    from assistant.web.server import serve

    app = serve(desk, intake)
    return TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50_000))


def _ended(intake: Intake) -> None:
    limit = time.monotonic() + 60
    while intake.job.running and time.monotonic() < limit:
        time.sleep(0.05)
    assert not intake.job.running


def _add(client: TestClient, name: str, content: bytes, lang: str = "sv") -> tuple[int, str]:
    answer = client.post("/documents/add", params={"name": name, "lang": lang}, content=content)
    told = answer.json()
    return answer.status_code, told.get("name") or told["error"]


@pytest.mark.parametrize("given", FORGED)
def test_a_name_is_never_a_path(given: str, tmp_path: Path) -> None:
    name = plain_name(given)
    assert name == Path(name).name
    assert not name.startswith((".", "~"))
    assert len(name.encode()) <= 150
    assert name.isprintable()
    (tmp_path / name).write_bytes(b"x")


@pytest.mark.parametrize(("given", "why"), [("", "name"), ("..", "name"), (".pdf", "format"),
                         ("virus.exe", "format"), ("utan", "format")])  # fmt: skip
def test_a_name_of_which_nothing_is_left_is_refused(given: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        plain_name(given)
    assert refused.value.why == why


def test_an_added_paper_is_read_and_can_be_asked_about(
    client: TestClient, desk: Desk, intake: Intake
) -> None:
    content = (SAMPLES / NAME).read_bytes()
    assert _add(client, f"C:\\papper\\{NAME}", content) == (201, NAME)
    intake.read_added()
    _ended(intake)
    assert intake.job.report is not None
    assert intake.job.report.added == (NAME,)
    assistant = desk.open()
    assert assistant is not None
    assert NAME in assistant.index.entries
    assert (intake.shelf.folder / NAME).read_bytes() == content
    assert sorted(path.name for path in intake.shelf.folder.iterdir()) == [".waiting", NAME]
    assert assistant.search("sommarsimkort")


def test_what_cannot_be_taken_is_told_with_what_to_do(client: TestClient, intake: Intake) -> None:
    told = {
        "virus.exe": (415, "Spara filen som PDF", b"x"),
        "tom.txt": (400, "tom", b""),
        "stor.txt": (413, "1 MB", b"x" * 1_000_001),
        "..": (400, "namn", b"x"),
    }
    for name, (status, word, content) in told.items():
        found = _add(client, name, content)
        assert found[0] == status
        assert word in found[1]
    assert _add(client, "a.exe", b"x", "en")[1].startswith("This format")
    assert not intake.shelf.unread


def test_a_file_larger_than_it_says_is_stopped_on_its_way(tmp_path: Path) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 1000

    shelf = Shelf(tmp_path, 5000)
    with pytest.raises(Refused, match="large"):
        anyio.run(shelf.put, "a.txt", endless(), {})
    assert not [name for _, _, names in os.walk(tmp_path) for name in names]


def test_only_those_who_may_add_papers(desk: Desk, intake: Intake) -> None:
    from assistant.web.server import serve

    app = serve(desk, intake)
    far = TestClient(app, base_url="http://localhost", client=("10.0.0.9", 1))
    assert far.post("/documents/add?name=a.txt", content=b"x").status_code == 403
    assert not intake.shelf.folder.exists()


def test_a_name_that_is_indexed_from_elsewhere_is_not_taken(
    settings: Settings, intake: Intake
) -> None:
    from assistant.web.server import serve

    app = serve(light_desk(settings, (NAME,)), intake)
    client = TestClient(app, base_url="http://localhost", client=("127.0.0.1", 1))
    status, told = _add(client, NAME, b"Motion")
    assert status == 409
    assert "annan plats" in told


def test_damaged_and_unreadable_files_are_named_and_the_others_are_read(
    client: TestClient, desk: Desk, intake: Intake
) -> None:
    _add(client, "skadad.docx", b"no zip at all")
    _add(client, "tom.html", b"<html></html>")
    _add(client, NAME, (SAMPLES / NAME).read_bytes())
    editing = Editing(desk, intake, SV)
    editing.act({"do": "read"}, "")
    _ended(intake)
    html = editing.job()
    assert "skadad.docx" in html
    assert "tom.html" in html
    assert "spara den på nytt" in html
    assert "en ny handling" in html
    assert [f.name for f in intake.shelf.folder.glob("[!.]*")] == [NAME]


def test_the_version_before_stays_where_the_new_one_cannot_be_read(
    client: TestClient, desk: Desk, intake: Intake
) -> None:
    good = (SAMPLES / NAME).read_bytes()
    for content in (good, b"\x00\x01\x02\xff" * 500):
        _add(client, NAME, content)
        intake.read_added()
        _ended(intake)
    assert intake.job.report is not None
    assert [failure.file for failure in intake.job.report.failed] == [NAME]
    assert (intake.shelf.folder / NAME).read_bytes() == good
    assistant = desk.open()
    assert assistant is not None
    assert NAME in assistant.index.entries


def test_a_changed_paper_takes_the_place_of_the_one_before(
    client: TestClient, intake: Intake
) -> None:
    good = (SAMPLES / NAME).read_bytes()
    for content in (good, good + b"\nTill\xc3\xa4gg.\n"):
        _add(client, NAME, content)
        intake.read_added()
        _ended(intake)
    assert intake.job.report is not None
    assert intake.job.report.changed == (NAME,)
    assert (intake.shelf.folder / NAME).read_bytes().endswith("Tillägg.\n".encode())


def test_a_paper_is_read_again_though_it_has_not_changed(
    settings: Settings, intake: Intake
) -> None:
    desk = light_desk(settings, (NAME,))
    Editing(desk, intake, SV).act({"do": "reread", "file": NAME}, "")
    _ended(intake)
    assert intake.job.report is not None
    assert intake.job.report.changed == (NAME,)


def test_removing_asks_first_and_deletes_only_what_was_added_here(
    settings: Settings, intake: Intake
) -> None:
    desk = light_desk(settings, (NAME,))
    editing = Editing(desk, intake, SV)
    asked, _ = editing.act({"do": "remove", "file": NAME}, "")
    assert "Ja, ta bort" in asked
    kept, _ = editing.act({"do": "keep"}, "")
    assert "Ja, ta bort" not in kept
    assert NAME in kept
    after, told = editing.act({"do": "removed", "file": NAME}, "")
    assert NAME not in after
    assert told is not None
    assert "ligger kvar" in told
    assert (SAMPLES / NAME).exists()


def test_removing_an_added_paper_deletes_its_file(
    client: TestClient, desk: Desk, intake: Intake
) -> None:
    _add(client, NAME, (SAMPLES / NAME).read_bytes())
    intake.read_added()
    _ended(intake)
    _, told = Editing(desk, intake, SV).act({"do": "removed", "file": NAME}, "")
    assert told is not None
    assert "raderad" in told
    assert not (intake.shelf.folder / NAME).exists()


@pytest.mark.parametrize(
    "event", [{}, {"do": "removed", "file": "../../x"}, {"do": "reread", "file": "nope"}, {"do": 3}]
)
def test_an_event_about_nothing_changes_nothing(
    desk: Desk, intake: Intake, event: dict[str, object]
) -> None:
    Editing(desk, intake, SV).act(event, "")
    _ended(intake)
    assistant = desk.open()
    assert assistant is not None
    assert not assistant.index.entries


def _dies(task: Task, line: Connection) -> None:
    os._exit(11)


def test_a_file_that_kills_its_reader_is_named_and_the_page_lives(
    settings: Settings, desk: Desk
) -> None:
    intake = Intake(settings, _dies)
    intake.shelf.waiting.mkdir(parents=True)
    (intake.shelf.waiting / "bomb.pdf").write_bytes(b"x")
    intake.read_added()
    _ended(intake)
    assert "bomb.pdf" in Editing(desk, intake, SV).job()
    assert not intake.shelf.unread
    assert not (intake.shelf.folder / "bomb.pdf").exists()


def _busy(task: Task, line: Connection) -> None:
    line.send("The index is being written by process 1.")


def test_papers_that_could_not_be_read_now_are_kept_for_later(
    settings: Settings, desk: Desk
) -> None:
    intake = Intake(settings, _busy)
    intake.shelf.waiting.mkdir(parents=True)
    (intake.shelf.waiting / NAME).write_bytes((SAMPLES / NAME).read_bytes())
    intake.read_added()
    _ended(intake)
    assert "ligger kvar" in Editing(desk, intake, SV).job()
    assert intake.shelf.unread
    later = Intake(settings, light_work)
    later.read_added()
    _ended(later)
    assert later.job.report is not None
    assert later.job.report.added == (NAME,)


def test_a_reading_that_was_cut_off_is_taken_up_again(settings: Settings, desk: Desk) -> None:
    shelf = Intake(settings).shelf
    shelf.folder.mkdir()
    (shelf.folder / NAME).write_bytes((SAMPLES / NAME).read_bytes())
    (shelf.folder / ".reading").touch()
    again = Intake(settings, light_work)
    assert again.shelf.unread
    again.read_added()
    _ended(again)
    assert again.job.report is not None
    assert again.job.report.added == (NAME,)
    assert not again.shelf.unread


def test_questions_are_answered_while_papers_are_read(settings: Settings, intake: Intake) -> None:
    desk = light_desk(settings, (NAME,))
    intake.shelf.waiting.mkdir(parents=True)
    for file in list(SAMPLES.glob("protokoll-*"))[:2]:
        (intake.shelf.waiting / file.name).write_bytes(file.read_bytes())
    intake.read_added()
    answered = 0
    while intake.job.running:
        assistant = desk.open()
        assert assistant is not None
        assert assistant.answer("Vad föreslås om sommarsimkort?").answer
        answered += 1
    assert answered > 0
    _ended(intake)
    assert intake.job.report is not None
    assert len(intake.job.report.added) == 2


def test_readers_see_nothing_to_press(desk: Desk, settings: Settings) -> None:
    from assistant.web.papers import listed

    filled = light_desk(replace(settings, index=settings.index / "b"), (NAME,))
    assert "data-do" not in listed(filled, SV)
    assert "data-do" in listed(filled, SV, edits=True)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("the PDF is encrypted", "encrypted"),
        ("the docx file is damaged", "damaged"),
        ("the file is empty", "empty"),
        ('the format ".exe" is unknown', "format"),
        ("reading .doc needs LibreOffice", "program"),
        ("reading it crashed or took too long", "crashed"),
        ("the PDF is enormous (90,000 pages)", "large"),
        ("something nobody thought of", "other"),
    ],
)
def test_every_reason_has_a_kind_with_words_of_its_own(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind
    assert SV(f"failure.{kind}") != Words("en")(f"failure.{kind}")
