"""One test, or more, for each line of docs/security.md that is not tested beside its module."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from docx import Document as Docx
from PIL import Image

from assistant.__main__ import main
from assistant.cli.opening import as_json, printable
from assistant.settings import Settings
from ingest.errors import ReadError
from ingest.formats import discover, read_source
from ingest.formats.source import Source
from tests.bag import BagOfWords
from tests.papers import MOTION
from tests.reading_holds import check
from vectorstore.errors import IndexMissing
from vectorstore.index import create_index, open_index
from vectorstore.ingestion import ingest
from vectorstore.reading import read_one

ROOT = Path(__file__).resolve().parents[1]
ESCAPES = "\x1b[2J\x1b]0;ägd\x07 \x9b31m \u202egnp.txt [red]röd[/red] <b>fet</b> ${7*7}"


def _source(name: str, data: bytes) -> Source:
    return Source(file=name, data=data)


# --- Paths ---------------------------------------------------------------------------------------


def test_links_that_lead_out_of_the_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inne", tmp_path / "ute"
    for folder in (inside, outside / "under"):
        folder.mkdir(parents=True)
    (inside / "a.txt").write_text("Text.", encoding="utf-8")
    (outside / "hemlig.txt").write_text("Hemligt.", encoding="utf-8")
    (inside / "b.txt").symlink_to(outside / "hemlig.txt")
    (inside / "mapp").symlink_to(outside, target_is_directory=True)
    (inside / "c.txt").symlink_to(inside / "a.txt")
    found, failures = discover([inside])
    assert {item.path.resolve().name for item in found} == {"a.txt"}
    assert {(f.file, f.reason) for f in failures} == {
        ("b.txt", "it is a link that leads out of the folder"),
        ("mapp", "it is a link that leads out of the folder"),
    }
    trusted, none = discover([inside, outside])
    assert {item.path.resolve().name for item in trusted} == {"a.txt", "hemlig.txt"}
    assert none == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", "", "\x00", "a/../a.txt"]
)
def test_a_document_is_a_name_in_the_index_and_never_a_path(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(MOTION, encoding="utf-8")
    index = create_index(tmp_path / "index", BagOfWords())
    ingest(index, BagOfWords(), [tmp_path / "a.txt"])
    with pytest.raises(IndexMissing):
        index.find(name)
    assert open_index(tmp_path / "index").document(name) is None


# --- Bombs ---------------------------------------------------------------------------------------


def _zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "part"), [("a.docx", "word/document.xml"), ("a.odt", "content.xml")]
)
def test_a_zip_bomb_is_refused_before_it_fills_the_memory(name: str, part: str) -> None:
    bomb = _zipped(**{part: b"<a>" + b" " * (130 * 1024 * 1024), "mimetype": b"x"})
    assert len(bomb) < 1_000_000
    with pytest.raises(ReadError, match=r"enormous|damaged"):
        read_source(_source(name, bomb))


LAUGHS = b"".join(
    [b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">']
    + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 12)]
    + [b"]><x>&a11;</x>"]
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
@pytest.mark.parametrize(
    ("name", "part"), [("a.docx", "word/document.xml"), ("a.odt", "content.xml")]
)
def test_entities_are_neither_unfolded_nor_fetched(name: str, part: str, xml: bytes) -> None:
    with pytest.raises(ReadError):
        read_source(_source(name, _zipped(**{part: xml})))


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
def test_entities_in_html_are_plain_words(xml: bytes) -> None:
    try:
        text = read_source(_source("a.html", xml.replace(b"<x>", b"<x>Text "))).text
    except ReadError:
        return
    assert len(text) < 10_000
    assert "root:" not in text


@pytest.mark.parametrize(
    ("name", "part"), [("a.docx", "word/document.xml"), ("a.odt", "content.xml")]
)
def test_xml_that_nests_deeply_is_read_or_refused(name: str, part: str) -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    with pytest.raises(ReadError):
        read_source(_source(name, _zipped(**{part: deep})))


def test_a_picture_of_too_many_points_is_refused_unread(tmp_path: Path) -> None:
    stream = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(stream, "PNG")
    (tmp_path / "a.png").write_bytes(stream.getvalue())
    reading = read_one(tmp_path / "a.png", "a.png")
    assert reading.failure is not None
    assert re.search("enormous|Tesseract", reading.failure.reason)


def test_a_mail_in_a_mail_in_a_mail_ends(tmp_path: Path) -> None:
    inner = b"Subject: x\r\n\r\nText om en bro.\r\n"
    for n in range(20):
        edge = f"b{n}b".encode()
        inner = (
            b"Subject: x\r\nMIME-Version: 1.0\r\n"
            b'Content-Type: multipart/mixed; boundary="' + edge + b'"\r\n\r\n'
            b"--" + edge + b"\r\nContent-Type: text/plain\r\n\r\nText om en bro.\r\n"
            b"--" + edge + b"\r\nContent-Type: message/rfc822\r\n"
            b"Content-Disposition: attachment\r\n\r\n" + inner + b"\r\n--" + edge + b"--\r\n"
        )
    (tmp_path / "a.eml").write_bytes(inner)
    reading = read_one(tmp_path / "a.eml", "a.eml")
    assert reading.document is not None
    assert "too deep" in " ".join(reading.document.warnings)


def test_what_a_pdf_would_run_is_neither_run_nor_read(tmp_path: Path) -> None:
    data = (ROOT / "samples" / "tjansteskrivelse-hamnangen.pdf").read_bytes()
    action = b"/OpenAction << /S /JavaScript /JS (app.alert\\('kor'\\)) >> /Type /Catalog"
    (tmp_path / "a.pdf").write_bytes(data.replace(b"/Type /Catalog", action, 1))
    reading = read_one(tmp_path / "a.pdf", "a.pdf")
    check(reading)
    assert reading.document is not None
    assert "app.alert" not in reading.document.text


# --- Nothing is fetched --------------------------------------------------------------------------


@contextmanager
def _listening() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes every visit."""
    visits: list[str] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            while True:
                try:
                    connection, peer = server.accept()
                except OSError:
                    return
                visits.append(str(peer))
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", visits


def test_reading_fetches_nothing_that_a_document_names(tmp_path: Path) -> None:
    with _listening() as (url, visits):
        html = (
            f'<html><head><link rel="stylesheet" href="{url}"><base href="{url}"></head><body>'
            f'<p>Nämnden beslutar.</p><img src="{url}"><iframe src="{url}"></iframe>'
            f'<script src="{url}"></script></body></html>'
        )
        (tmp_path / "a.html").write_text(html, encoding="utf-8")
        (tmp_path / "b.md").write_text(f"Nämnden ![x]({url}) beslutar.", encoding="utf-8")
        dtd = f'<!DOCTYPE x SYSTEM "{url}"><x>&a;</x>'.encode()
        (tmp_path / "c.docx").write_bytes(_zipped(**{"word/document.xml": dtd}))
        paper = Docx()
        paper.add_paragraph("Nämnden beslutar.")
        paper.part.relate_to(url, "http://schemas.openxmlformats.org/x/image", is_external=True)
        paper.save(str(tmp_path / "d.docx"))
        for file in sorted(tmp_path.iterdir()):
            read_one(file, file.name)
        assert visits == []


# --- What is shown -------------------------------------------------------------------------------


def test_nothing_that_is_printed_steers_the_terminal() -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printable(ESCAPES))


def test_json_is_the_same_data_and_steers_no_terminal() -> None:
    data = {"text": ESCAPES + "\u2028\u2066 åäö §"}
    text = as_json(data)
    assert json.loads(text) == data
    assert "åäö §" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", text)


def test_commands_show_hostile_names_and_titles_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    name = "ond \x1b[31m [bold]x \u202e.txt"
    (papers / name).write_text(f"Motion om {ESCAPES}\n\n{MOTION}", encoding="utf-8")
    (papers / "dålig \x1b[2J.xyz").write_bytes(b"?")
    index = create_index(tmp_path / "index", BagOfWords())
    report = ingest(index, BagOfWords(), [papers])
    from rich.console import Console

    from assistant.cli.ingest import _print

    _print(Console(stderr=True, width=300), report, 1.0)
    here = ["--index", str(tmp_path / "index")]
    file = next(iter(index.entries))
    for command in (["documents"], ["show", file], ["show", "\x1b[2J"], ["remove", file]):
        main([*command, *here])
    shown = capsys.readouterr()
    for text in (shown.out, shown.err):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text), text
    assert "[2J" in shown.err


# --- Secrets -------------------------------------------------------------------------------------


def test_a_key_is_in_no_settings_that_are_printed() -> None:
    settings = Settings.from_environ({"BEREDD_MODEL_KEY": "hemlig-nyckel"})
    assert settings.model_key == "hemlig-nyckel"
    assert "hemlig-nyckel" not in repr(settings)


# --- The document itself -------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["security.md", "durability.md"])
def test_every_line_of_a_table_of_threats_and_faults_names_tests_that_there_are(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = re.findall(r"`(tests/\w+\.py)(?:::(\w+))?`", text)
    assert len(named) >= 15
    for file, test in named:
        assert f"def {test}" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert all("`tests/" in row for row in rows), "a threat without a test"
