"""States that a page comes into: axe finds no fault, all fits the screen, keys are enough."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_browser_ask import Page, _faults
from tests.test_browser_rooms import _fits, _keys, _tab_to

pytest_plugins = ["tests.web_fixtures"]
pytestmark = pytest.mark.browser
NOWHERE = "Vad beslutade kommunfullmäktige om fotbollsstadion?"


@pytest.fixture
def page(chromium: Any, site: str) -> Page:
    """A page with nothing kept from before."""
    made = Page(chromium, site)
    made.open("beredd.css").script("localStorage.clear()")
    return made


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_no_fault_while_asking_goes_on(
    page: Page, axe: str, width: int, dark: bool
) -> None:
    page.open("", width, dark=dark).ask(NOWHERE)
    page.one("#talks [data-do=new]").click()
    page.one(".welcome h1")
    page.ask()
    page.one("[data-do=wrong_source]").send_keys("\n")
    page.until(lambda: page.all("[data-do=wrong_source][aria-pressed=true]"), "noted")
    page.one(".talks summary").send_keys("\n")
    page.one(".card details summary").send_keys("\n")
    page.one("#filters button").send_keys("\n")
    page.one("#filters input")
    assert _faults(page, axe) == []
    assert _fits(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("dokument?file=nowhere.txt", "#content h1"),
        ("dokument?file=motion-sommarsimkort.txt", ".paper h1"),
        ("arenden?case=KS/1999/1", "#content h1"),
        ("compare?a=x&b=x", ".compare .note"),
        ("forbered?file=nowhere.txt", ".brief .note"),
    ],
)
def test_axe_finds_no_fault_where_something_is_missing(
    page: Page, axe: str, path: str, seen: str, dark: bool
) -> None:
    page.open(path, 360, dark=dark)
    page.one(seen)
    if path.startswith("forbered"):
        page.one("#brief-own button").click()
        page.one("#brief-own textarea")
    assert _faults(page, axe) == []
    assert _fits(page)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_filters_leave_room_for_the_answer(page: Page, width: int) -> None:
    page.open("", width).ask()
    page.one("#filters button").send_keys("\n")
    page.one("#filters input")
    top = page.script("return document.querySelector('#ask').getBoundingClientRect().top")
    assert top > 250


def test_a_case_is_found_and_its_source_opened_by_keyboard_alone(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open("cases")
    page.one(".cases tbody tr")
    _tab_to(page, "#find-case :is(input, textarea)", 20)
    _keys(page, "hamnängen")
    page.until(lambda: len(page.all(".cases tbody tr")) == 1, "one case")
    _tab_to(page, ".cases tbody a", 10)
    _keys(page, Keys.ENTER)
    page.one(".case h1")
    _tab_to(page, ".points a.source", 40)
    _keys(page, Keys.ENTER)
    page.one("mark#citat")
    page.until(lambda: page.script("return document.activeElement.id") == "citat", "the quote")


def test_an_agenda_is_pasted_and_its_brief_read_by_keyboard_alone(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open("prepare")
    page.one("#brief-own button")
    _tab_to(page, "#brief-own button", 20)
    _keys(page, Keys.ENTER)
    page.one("#brief-own textarea")
    _tab_to(page, "#brief-own textarea", 5)
    _keys(page, "1. Val av justerare", Keys.ENTER, "2. Hamnängen, KS 2025/12")
    _tab_to(page, "#brief-own button.primary", 5)
    _keys(page, Keys.ENTER)
    page.one(".brief .item-head")
    _tab_to(page, ".brief .toc a", 20)
    _keys(page, Keys.ENTER)
    page.until(lambda: page.script("return location.hash") == "#arende-1", "the item")
    _tab_to(page, ".brief a.mark", 20)


def test_the_contents_of_a_long_page_stand_beside_it_where_there_is_room(page: Page) -> None:
    page.open("om", 1440)
    beside, text = page.one(".about .toc").rect, page.one(".about .lead").rect
    assert beside["x"] >= text["x"] + text["width"]
    page.open("om", 768)
    assert page.one(".about .toc").rect["y"] > page.one(".about .lead").rect["y"]
    assert _fits(page)
