"""The page in a real browser: adding papers, logging in, keyboard alone, zoom, reduced motion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant import users
from assistant.settings import Settings
from assistant.users import Access, User
from assistant.web.desk import Desk
from assistant.web.intake import Intake
from tests.light import light_desk, light_work
from tests.test_browser_ask import QUESTION, Page, _faults
from tests.web_fixtures import HOSTILE, PAPERS, served

pytest_plugins = ["tests.web_fixtures"]
pytestmark = pytest.mark.browser
PASSWORD = "ett långt lösenord"
EVIL = "<img src=x onerror=window.hacked=1>.txt"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("rooms")
    return Settings(
        index=folder / "index", documents=folder / "documents", owner="Ekmarka kommun",
        contact="beredd@ekmarka.se", questions_a_minute=0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def desk(settings: Settings) -> Desk:
    return light_desk(settings, PAPERS)


@pytest.fixture(scope="module")
def rooms(desk: Desk) -> Iterator[str]:
    """A service without login: whoever sits at the machine is an editor."""
    with served(desk, Intake(desk.settings, light_work)) as address:
        yield address


@pytest.fixture
def closed(desk: Desk, tmp_path: Path) -> Iterator[str]:
    """The same service with login."""
    file = tmp_path / "users.json"
    users.write(file, {"bo": User(Access.READER, users.hashed(PASSWORD))})
    with served(Desk(replace(desk.settings, users=file), desk.open())) as address:
        yield address


def _page(browser: Any, site: str) -> Page:
    page = Page(browser, site)
    page.open("beredd.css").script("localStorage.clear()")
    browser.delete_all_cookies()
    return page


@pytest.fixture
def page(chromium: Any, rooms: str) -> Iterator[Page]:
    yield _page(chromium, rooms)
    motion = {"features": [{"name": "prefers-reduced-motion", "value": ""}]}
    chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", motion)


def _focused(page: Page) -> Any:
    return page.browser.switch_to.active_element


def _keys(page: Page, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(page.browser).send_keys(*keys).perform()


def _tab_to(page: Page, selector: str, most: int = 60) -> Any:
    """Presses Tab until the focus is on what is wanted."""
    from selenium.webdriver.common.keys import Keys

    for _ in range(most):
        if page.script(f"return document.activeElement.matches({selector!r})"):
            return _focused(page)
        _keys(page, Keys.TAB)
    raise AssertionError(f"{selector} is not reached by Tab")


def _fits(page: Page) -> bool:
    return bool(
        page.script(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def test_papers_are_added_from_the_page_and_what_fails_is_named(page: Page, tmp_path: Path) -> None:
    page.open("dokument")
    page.one("tbody tr")
    files = {"motion-lekplats.txt": HOSTILE, "skadad.docx": "no zip", "program.exe": "x"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    names = "\n".join(str(tmp_path / name) for name in files)
    page.all("#add-files")[0].send_keys(names)
    page.until(lambda: "klar:" in page.one("#job").text, "the end of the reading")
    sent = page.one(".sending").text
    assert "motion-lekplats.txt" in sent
    assert "Filformatet kan inte läsas" in sent
    assert "skadad.docx" in page.one("#job").text
    assert "program.exe" not in page.one("#job").text
    page.until(lambda: "motion-lekplats.txt" in page.one("#content").text, "the new paper")


def test_papers_are_dropped_on_the_page_and_their_names_are_no_markup(page: Page) -> None:
    page.open("dokument")
    page.one("tbody tr")
    page.script(
        "const files = new DataTransfer();"
        f"files.items.add(new File(['Motion\\n\\nJag yrkar att parken rustas upp.'], {EVIL!r}));"
        "document.querySelector('.drop').dispatchEvent("
        "  new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true}));"
    )
    page.until(lambda: "klar:" in page.one("#job").text, "the end of the reading")
    assert EVIL in page.one(".sending").text
    assert page.script("return window.hacked === undefined")
    assert not page.all(".sending img, #content img, #job img")


def test_removing_asks_first_and_the_question_has_the_focus(page: Page) -> None:
    page.open("dokument")
    page.one("tbody tr")
    before = len(page.all("tbody tr"))
    page.one("[data-do=remove][data-file='motion-sommarsimkort.txt']").click()
    page.one("[data-do=removed]")
    page.until(lambda: "Ja, ta bort" in _focused(page).text, "the focus")
    page.one("[data-do=keep]").click()
    page.until(lambda: not page.all("[data-do=removed]"), "the question gone")
    assert len(page.all("tbody tr")) == before


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_no_fault_where_papers_are_edited(
    page: Page, axe: str, width: int, dark: bool
) -> None:
    page.open("dokument", width, dark=dark)
    page.one("[data-do=remove]").click()
    page.one("[data-do=removed]")
    assert _faults(page, axe) == []
    assert _fits(page)
    page.open("om", width, dark=dark)
    page.one(".about h3")
    assert _faults(page, axe) == []
    assert _fits(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("path", ["logga-in", "login"])
def test_axe_finds_no_fault_where_one_logs_in(
    chromium: Any, closed: str, axe: str, path: str, width: int, dark: bool
) -> None:
    page = _page(chromium, closed).open(path, width, dark=dark)
    page.one("#name")
    assert _faults(page, axe) == []
    page.one("#name").send_keys("bo")
    page.one("#password").send_keys("fel lösenord\n")
    page.one("#problem")
    assert _faults(page, axe) == []
    assert _fits(page)


def test_one_logs_in_asks_and_logs_out(chromium: Any, closed: str) -> None:
    page = _page(chromium, closed).open("dokument?file=motion-sommarsimkort.txt")
    page.until(lambda: page.all("#name"), "the login")
    page.one("#name").send_keys("Bo")
    page.one("#password").send_keys(PASSWORD + "\n")
    page.until(lambda: "simkort" in page.text(), "the paper that was wanted")
    assert "beredd-session" not in page.script("return document.cookie")
    page.open().ask()
    assert page.all(".card")
    page.open("dokument")
    page.one("tbody tr")
    assert not page.all("[data-do=remove]")
    assert not [e for e in page.all("#add-files") if e.is_displayed()]
    page.one(".leave button").click()
    page.until(lambda: page.all("#name"), "the login again")
    assert page.script("return localStorage.length") == 0


def test_everything_is_reached_by_keyboard_alone(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    page.open()
    page.one(".welcome h1")
    page.script("document.body.focus()")
    _tab_to(page, ".skip", 3)
    _keys(page, Keys.ENTER)
    _tab_to(page, "#question textarea", 4)
    _keys(page, QUESTION, Keys.ENTER)
    page.until(lambda: page.all("article.turn:last-of-type .actions"), "the answer")
    page.script("document.querySelector('article.turn').focus()")
    _tab_to(page, "a.mark")
    _keys(page, Keys.ENTER)
    page.until(lambda: page.script("return document.activeElement.matches('.card')"), "the card")
    _tab_to(page, ".card .links a[href*='start=']", 20)
    outline = page.script("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    _keys(page, Keys.ENTER)
    page.one("mark#citat")
    page.until(lambda: page.script("return document.activeElement.id") == "citat", "the quote")


def test_the_question_box_never_hides_what_has_the_focus(page: Page) -> None:
    page.open().ask()
    page.script("document.querySelector('article.turn').focus()")
    from selenium.webdriver.common.keys import Keys

    for _ in range(14):
        _keys(page, Keys.TAB)
        hidden = page.script(
            "const e = document.activeElement, box = document.querySelector('#ask');"
            "if (!e.closest('article.turn')) return false;"
            "const a = e.getBoundingClientRect(), b = box.getBoundingClientRect();"
            "return a.top >= b.top && a.bottom <= b.bottom;"
        )
        assert not hidden, _focused(page).get_attribute("outerHTML")


@pytest.mark.parametrize("width", [720, 320], ids=["200 %", "400 %"])
def test_nothing_is_lost_when_the_page_is_zoomed(page: Page, width: int) -> None:
    """A window of 1,440 (1,280) points at 200 % (400 %) has 720 (320) points for the page."""
    page.open(width=width).ask()
    assert _fits(page)
    for selector in ("header nav a", "#question textarea", ".ask-row button", ".lines", ".card",
                     ".actions button", "header .language"):  # fmt: skip
        shown = page.one(selector).rect
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= width + 1
    for path in ("dokument", "om", "dokument?file=motion-sommarsimkort.txt"):
        page.open(path, width)
        page.one("main h1")
        assert _fits(page), path


def test_text_twice_as_large_still_fits(page: Page) -> None:
    page.open().ask()
    page.script("document.documentElement.style.fontSize = '200%'")
    assert _fits(page)
    clipped = page.script(
        "return [...document.querySelectorAll('.line, .card, .actions button, header a')]"
        ".filter(e => getComputedStyle(e).overflowX === 'hidden'"
        "  && e.scrollWidth > e.clientWidth + 1).length"
    )
    assert clipped == 0


def test_nothing_moves_for_those_who_want_it_still(page: Page) -> None:
    motion = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    page.open()
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", motion)
    page.ask()
    moving = page.script(
        "return [...document.querySelectorAll('*')].filter(e => {"
        "  const s = getComputedStyle(e);"
        "  return s.animationName !== 'none' || s.transitionDuration.split(',')"
        "    .some(d => parseFloat(d) > 0) || s.scrollBehavior === 'smooth';"
        "}).map(e => e.outerHTML.slice(0, 120))"
    )
    assert moving == []


def test_questions_to_go_on_with_stand_below_the_sources(page: Page) -> None:
    page.open().ask()
    onward = page.one(".next").rect
    for card in page.all(".card"):
        assert onward["y"] >= card.rect["y"] + card.rect["height"] - 1
