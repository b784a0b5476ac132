"""How soon the page is there, and that neither the server nor the browser reaches another host."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.test_browser_ask import Page
from tests.test_durability import ROOT

pytest_plugins = ["tests.web_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
UP, USABLE = 4.0, 2.0
"""How soon the server is up, and after that its page usable, against the import of Gradio alone in
a new interpreter just before: nobody can serve a Gradio page without that."""
TRIES = 3
"""Starts that it may take to find a moment in which the machine does nothing else."""
SERVED = """
import sys
said = open(sys.argv[1], "a", buffering=1)

def heard(event, details):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = details[1]
        said.write(str(address[0] if isinstance(address, tuple) else address) + "\\n")
    elif event == "socket.getaddrinfo":
        said.write(str(details[0]) + "\\n")

sys.addaudithook(heard)
from app import main
main(sys.argv[2:])
"""
"""The server as a person starts it; every address that it turns to is written to a file."""
OURS = {"127.0.0.1", "::1", "localhost", "None"}


@dataclass(frozen=True)
class Started:
    """A server: its address, the seconds until it answered, and whom it turned to."""

    site: str
    seconds: float
    heard: Path


@contextmanager
def _started(index: Path, folder: Path) -> Iterator[Started]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    heard, site = folder / "heard", f"http://127.0.0.1:{port}/"
    options = ["--index", str(index), "--port", str(port), "--no-open"]
    began = time.monotonic()
    server = subprocess.Popen([sys.executable, "-c", SERVED, str(heard), *options], cwd=ROOT)
    try:
        while not _lives(site):
            assert server.poll() is None, "the server ended"
            assert time.monotonic() < began + 60
            time.sleep(0.05)
        yield Started(site, time.monotonic() - began, heard)
    finally:
        server.terminate()
        server.wait(20)


def _lives(site: str) -> bool:
    try:
        return httpx.get(f"{site}health", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def _usable(page: Page) -> float:
    """Seconds from the address to a question that can be written."""
    began = time.monotonic()
    page.open("")
    page.one("#question textarea").send_keys("V")
    page.one(".welcome h1")
    return time.monotonic() - began


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    """An index of its own: starting leaves traces beside it."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))


def test_the_server_is_up_and_its_first_page_usable_soon(
    chromium: Any, index: Path, tmp_path: Path
) -> None:
    up, usable = [], []
    while len(up) < TRIES and not (up and min(up) < UP and min(usable) < USABLE):
        alone = _imported()
        with _started(index, tmp_path) as started:
            up.append(started.seconds / alone)
            usable.append(_usable(Page(chromium, started.site)) / alone)
            print(
                f"\nGradio alone {alone:.1f} s, up {up[-1]:.1f} ×, usable {usable[-1]:.1f} × later"
            )
    assert min(up) < UP, up
    assert min(usable) < USABLE, usable


def _imported() -> float:
    """Seconds that a new interpreter takes to import Gradio."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import gradio"], cwd=ROOT, check=True)
    return time.monotonic() - began


def test_neither_the_server_nor_the_browser_turns_to_another_host(
    chromium: Any, index: Path, tmp_path: Path
) -> None:
    with _started(index, tmp_path) as started:
        chromium.get_log("performance")
        page = Page(chromium, started.site)
        page.open("beredd.css").script("localStorage.clear()")
        page.open().ask()
        for path in ("en", "documents", "cases", "compare", "prepare", "about"):
            page.open(path)
            page.one("main h1")
        entries = [json.loads(e["message"])["message"] for e in chromium.get_log("performance")]
        asked = {
            httpx.URL(entry["params"]["request"]["url"]).host
            for entry in entries
            if entry["method"] == "Network.requestWillBeSent"
            and entry["params"]["request"]["url"].startswith(("http", "ws"))
        }
        assert asked == {"127.0.0.1"}
        turned_to = set(started.heard.read_text(encoding="utf-8").split())
    assert turned_to <= OURS, turned_to - OURS
