"""Each path through the page from start to end over the samples: in both languages, by keyboard
alone, on a phone, a tablet and a wide screen. A mouse is not used anywhere here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assistant.settings import Settings
from assistant.web.intake import Intake
from tests.light import SAMPLES, light_desk, light_work
from tests.test_browser_ask import Page
from tests.test_browser_rooms import _fits, _focused, _keys, _tab_to
from tests.web_fixtures import served

pytest_plugins = ["tests.web_fixtures"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
DOWN, ENTER, SPACE = "\ue015", "\ue007", "\ue00d"
OTHER_TONGUE = {
    "sv": ("Sources", "Documents", "Ask", "Cases", "Compare", "Prepare", "About", "Show in"),
    "en": ("Källor", "Handlingar", "Fråga", "Ärenden", "Jämför", "Förbered", "Om tjänsten", "Visa"),
}
"""Words of the page's own that must not be seen on a page in the language."""


class Walk(NamedTuple):
    """A page in a language on a screen."""

    page: Page
    language: str
    width: int

    def at(self, swedish: str, english: str) -> Page:
        """Opens the page, with the focus before everything."""
        path = swedish if self.language == "sv" else english
        self.page.open(path, self.width)
        return self.page

    def said(self, swedish: str, english: str) -> str:
        return swedish if self.language == "sv" else english


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over all samples, at a machine whose user may edit."""
    folder = tmp_path_factory.mktemp("paths")
    settings = Settings(
        index=folder / "index", documents=folder / "documents", questions_a_minute=0
    )
    desk = light_desk(settings, tuple(sorted(file.name for file in SAMPLES.iterdir())))
    with served(desk, Intake(settings, light_work)) as address:
        yield address


@pytest.fixture(
    params=[(language, width) for language in ("sv", "en") for width in (360, 768, 1440)],
    ids=lambda given: f"{given[0]}-{given[1]}",
)
def walk(request: pytest.FixtureRequest, chromium: Any, rooms: str) -> Iterator[Walk]:
    """At the end nothing is wider than the screen, in the other language, or wrong in a script."""
    page = Page(chromium, rooms)
    page.open("beredd.css").script("localStorage.clear()")
    chromium.get_log("browser")
    language, width = request.param
    yield Walk(page, language, width)
    page.until(lambda: _fits(page), "all of it on the screen")
    assert page.script("return document.documentElement.lang") == language
    own = page.script(
        "const t = document.querySelector('.gradio-container, main, body').cloneNode(true);"
        "t.querySelectorAll('[lang=sv], script, style, .language, .file, .said, select, input')"
        ".forEach(e => e.remove()); return t.innerText.split(/[\\s.,:()]+/)"
    )
    assert [word for word in OTHER_TONGUE[language] if word in own] == []
    wrong = [e for e in chromium.get_log("browser") if e["source"] in ("javascript", "security")]
    assert not wrong, wrong


def test_a_question_is_asked_and_its_source_read(walk: Walk) -> None:
    page = walk.at("", "en")
    page.one(".welcome h1")
    _tab_to(page, ".skip", 3)
    _keys(page, ENTER)
    _tab_to(page, "#question textarea", 6)
    _keys(
        page,
        walk.said(
            "Vem reserverade sig mot beslutet om Hamnängen?",
            "Who entered a reservation against the decision on Hamnängen?",
        ),
        ENTER,
    )
    page.until(lambda: page.all("article.turn:last-of-type .actions"), "the answer")
    page.script("document.querySelector('article.turn').focus()")
    mark = _tab_to(page, "a.mark").get_attribute("id")
    _keys(page, ENTER)
    page.until(lambda: page.script("return document.activeElement.matches('.card')"), "the card")
    _tab_to(page, ".card a.back", 20)
    _keys(page, ENTER)
    page.until(lambda: _focused(page).get_attribute("id") == mark, "the mark again")
    _tab_to(page, ".card .links a[href*='start=']", 40)
    _keys(page, ENTER)
    page.one("mark#citat")
    page.until(lambda: _focused(page).get_attribute("id") == "citat", "the quote")


def test_a_meeting_is_chosen_and_its_brief_taken_home(walk: Walk) -> None:
    page = walk.at("forbered", "prepare")
    page.one("#brief-choice input")
    _tab_to(page, "#brief-choice input", 20)
    _keys(page, "kallelse")
    page.until(lambda: page.all("#brief-choice [role=option]"), "the meetings")
    _keys(page, DOWN)
    page.until(lambda: page.all("#brief-choice [role=option].active"), "one of them")
    _keys(page, ENTER)
    page.one(".brief .item-head")
    _tab_to(page, ".downloads a", 20)
    files = [str(link.get_attribute("href")) for link in page.all(".downloads a")]
    assert len(files) == 2
    for file in files:
        assert page.browser.execute_async_script(
            "fetch(arguments[0]).then(r => arguments[1](r.status))", file
        ) == 200  # fmt: skip
    _tab_to(page, ".brief .toc a", 20)
    _keys(page, ENTER)
    page.until(lambda: page.script("return location.hash") == "#arende-1", "the item")
    mark = _tab_to(page, ".brief a.mark", 30)
    target = str(mark.get_attribute("href")).rpartition("#")[2]
    _keys(page, ENTER)
    page.until(lambda: page.script("return document.activeElement.closest('li')?.id") == target)


def test_two_proposals_are_compared(walk: Walk) -> None:
    page = walk.at("jamfor", "compare")
    page.one("#compare-choice input")
    for number in (1, 2):
        _tab_to(page, f"#compare-choice > :nth-child({number}) input", 25)
        _keys(page, "medborgardialog")
        page.until(lambda: page.all("#compare-choice [role=option]"), "the proposals")
        _keys(page, *[DOWN] * number)
        page.until(lambda: page.all("#compare-choice [role=option].active"), "one of them")
        _keys(page, ENTER)
        page.until(lambda: _focused(page).get_attribute("value") not in ("", "medborgardialog"))
    page.one(".pairs .pair")
    _tab_to(page, ".pairs a[href*='start=']", 40)
    _keys(page, ENTER)
    page.one("mark#citat")


def test_a_case_is_followed_to_its_source(walk: Walk) -> None:
    page = walk.at("arenden", "cases")
    page.one(".cases tbody tr")
    _tab_to(page, "#find-case :is(input, textarea)", 20)
    _keys(page, "hamnängen")
    page.until(lambda: len(page.all(".cases tbody tr")) == 1, "one case")
    _tab_to(page, ".cases tbody a", 10)
    _keys(page, ENTER)
    page.one(".case h1")
    _tab_to(page, ".points a.source", 40)
    _keys(page, ENTER)
    page.one("mark#citat")
    page.until(lambda: _focused(page).get_attribute("id") == "citat", "the quote")


def test_a_paper_is_added_found_read_again_and_removed(walk: Walk, tmp_path: Path) -> None:
    page = walk.at("dokument", "documents")
    page.one("tbody tr")
    name = f"motion-gungor-{walk.language}-{walk.width}.txt"
    paper = tmp_path / name
    paper.write_text("Motion om gungor\n\nJag yrkar att parken får gungor.\n", "utf-8")
    chosen = _tab_to(page, "#add-files", 20)
    chosen.send_keys(str(paper))  # the system's own window of files cannot be driven
    page.until(lambda: name in page.one("#content").text, "the new paper")
    _tab_to(page, "#find :is(input, textarea)", 10)
    _keys(page, name)
    page.until(lambda: len(page.all("#content tbody tr")) == 1, "one paper")
    for press in ("reread", "remove"):
        _tab_to(page, f"[data-do={press}]", 20)
        _keys(page, SPACE)
        if press == "reread":
            page.until(lambda: walk.said("ändrad", "changed") in page.one("#job").text, "the end")
    page.until(lambda: _focused(page).get_attribute("data-do") == "removed", "the question")
    _keys(page, SPACE)
    page.until(lambda: not page.all(f"[data-file='{name}']"), "the paper gone")


def test_what_beredd_can_and_cannot_do_is_read(walk: Walk) -> None:
    page = walk.at("om", "about")
    page.one(".about h1")
    _tab_to(page, ".about .toc a[href$='#tillganglighet']", 40)
    _keys(page, ENTER)
    page.until(lambda: page.script("return location.hash") == "#tillganglighet", "the statement")
    assert walk.said("Tillgänglighet", "ccessibility") in page.text()
