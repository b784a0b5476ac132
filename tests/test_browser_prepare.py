"""The pages of cases, comparisons and briefs in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from assistant.web.compare import offered
from assistant.web.desk import Desk
from assistant.web.registers import Registers
from assistant.web.words import Words
from tests.test_browser_ask import Page, _faults

pytest_plugins = ["tests.web_fixtures"]
pytestmark = pytest.mark.browser
BOARD = "protokoll-ks-2025-04-07.docx"


@pytest.fixture
def page(chromium: Any, site: str) -> Iterator[Page]:
    """A page; what a script does wrong on it fails the test."""
    chromium.get_log("browser")
    yield Page(chromium, site)
    wrong = [e for e in chromium.get_log("browser") if e["source"] in ("javascript", "security")]
    assert not wrong, wrong


@pytest.fixture(scope="module")
def pair(desk: Desk) -> str:
    """The query that compares two papers."""
    names = [name for _, name in offered(desk, Registers(), Words("sv"))][:2]
    return f"a={quote(names[0])}&b={quote(names[1])}"


def test_a_case_is_found_by_words_and_opened_at_a_quote(page: Page) -> None:
    page.open("arenden")
    box = page.one("#find-case textarea, #find-case input")
    box.send_keys("hamnängen")
    page.until(lambda: len(page.all(".cases tbody tr")) == 1, "one case")
    page.one(".cases tbody a").click()
    assert "Hamnängen" in page.one(".case h1").text
    words = page.one(".points .words span").text
    page.one(".points a.source").click()
    marked = page.one("mark#citat")
    assert "".join(words.split())[:30] in "".join(marked.text.split())


def test_two_proposals_are_chosen_by_keyboard_and_compared(page: Page) -> None:
    page.open("jamfor")
    page.one(".compare .note")
    for number, box in enumerate(page.all("#compare-choice input")):
        box.click()
        page.until(lambda: page.all("#compare-choice [role=option]"), "the proposals")
        box.send_keys("\ue015" * (number + 1))
        page.until(lambda: page.all("#compare-choice [role=option].active"), "one of them")
        box.send_keys("\ue007")
        page.until(lambda box=box: box.get_attribute("value"), "the choice")
    page.one(".pairs .pair")
    assert "Jämförelsen är klar" in str(
        page.script("return document.querySelector('.compare [role=status]').textContent")
    )


def test_a_file_of_ones_own_becomes_a_brief(page: Page, tmp_path: Path) -> None:
    summons = tmp_path / "kallelse.txt"
    summons.write_text("Kallelse\n1. Val av justerare\n2. Hamnängen, KS 2025/12\n", "utf-8")
    page.open("forbered")
    page.one("#brief-own button").click()
    page.one("#brief-own textarea")
    page.all("#brief-own input[type=file]")[0].send_keys(str(summons))
    assert "kallelse.txt" in page.one(".brief .label").text


def test_a_pasted_agenda_becomes_a_brief_with_files_to_download(page: Page, axe: str) -> None:
    page.open("forbered")
    page.one("#brief-own button").click()
    page.one("#brief-own textarea").send_keys("1. Val av justerare\n2. Hamnängen, KS 2025/12\n")
    page.one("#brief-own button.primary").click()
    page.one(".brief .item-head")
    links = [str(link.get_attribute("href")) for link in page.all(".downloads a")]
    assert [link.split("?")[0].rsplit(".", 1)[1] for link in links] == ["docx", "pdf"]
    first = page.script(
        "return fetch(arguments[0] || document.querySelector('.downloads a').href)"
        ".then(r => r.status)"
    )
    assert first == 200
    assert _faults(page, axe) == []


def test_a_mark_in_a_brief_leads_to_its_source_without_leaving_the_page(page: Page) -> None:
    page.open(f"forbered?file={BOARD}")
    mark = page.one(".brief a.mark")
    page.script("window.same = true")
    mark.send_keys("\n")
    target = str(mark.get_attribute("href")).rpartition("#")[2]
    page.until(lambda: page.script("return document.activeElement.closest('li')?.id") == target)
    assert page.script("return window.same")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("arenden", ".cases table"),
        ("cases?case=KS/2025/12", ".course"),
        ("jamfor", ".compare"),
        ("compare?{pair}", ".pairs"),
        ("forbered", ".brief"),
        (f"prepare?file={BOARD}", ".source-list"),
    ],
)
def test_axe_finds_no_fault_and_nothing_is_wider_than_the_screen(
    page: Page, axe: str, pair: str, path: str, seen: str, width: int, dark: bool
) -> None:
    page.open(path.format(pair=pair), width, dark=dark)
    page.one(seen)
    assert page.script("return document.documentElement.scrollWidth") <= width
    assert _faults(page, axe) == []
