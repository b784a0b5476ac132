"""The page in a real browser: asking, following marks, languages, keyboard, hostile papers."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlparse

import httpx
import pytest
from PIL import Image, ImageOps

from assistant.assistant import Assistant
from assistant.compose import Draft
from assistant.question import Question
from assistant.search import Hit
from assistant.settings import Settings
from assistant.web.desk import Desk
from tests.web_fixtures import served
from vectorstore.index import Index

pytest_plugins = ["tests.web_fixtures"]
pytestmark = pytest.mark.browser
QUESTION = "Vem reserverade sig mot beslutet om Hamnängen?"


class Page:
    """A browser on the site, with waiting built in."""

    def __init__(self, browser: Any, site: str) -> None:
        self.browser = browser
        self.site = site

    def open(self, path: str = "", width: int = 1440, *, dark: bool = False) -> Page:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self.browser.get(self.site + path)
        return self

    def all(self, selector: str) -> list[Any]:
        return list(self.browser.find_elements("css selector", selector))

    def one(self, selector: str) -> Any:
        """The first element, once it is there and shown."""
        shown = self.until(lambda: [e for e in self.all(selector) if e.is_displayed()], selector)
        return shown[0]

    def until(self, met: Callable[[], Any], what: str = "") -> Any:
        from selenium.common.exceptions import StaleElementReferenceException

        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            try:
                if found := met():
                    return found
            except StaleElementReferenceException:
                pass
            time.sleep(0.05)
        raise AssertionError(f"not seen in 30 s: {what}\n{self.text()[:1500]}")

    def script(self, code: str, *given: Any) -> Any:
        return self.browser.execute_script(code, *given)

    def text(self) -> str:
        return str(self.script("return document.body.innerText"))

    def ask(self, question: str = QUESTION) -> Page:
        """Asks, and waits until the answer is complete."""
        turns = len(self.all("article.turn"))
        box = self.one("#question textarea")
        box.send_keys(question)
        box.send_keys("\n")
        self.until(lambda: len(self.all("article.turn")) > turns, "the turn")
        self.until(lambda: self.all("article.turn:last-of-type .actions"), "the whole answer")
        return self


@pytest.fixture
def page(chromium: Any, site: str) -> Iterator[Page]:
    """A page with nothing kept from before."""
    made = Page(chromium, site)
    made.open("beredd.css").script("localStorage.clear()")
    chromium.get_log("performance")
    yield made
    # What the console says of requests given up when a page is left is Gradio's own talk.
    wrong = [e for e in chromium.get_log("browser") if e["source"] in ("javascript", "security")]
    assert not wrong, wrong


def test_asking_shows_an_answer_with_its_sources_beside_it(page: Page) -> None:
    page.open().ask()
    assert QUESTION in page.one("article.turn h2").text
    assert "reserver" in page.one(".lines").text
    answer, card = page.one(".answer").rect, page.one(".card").rect
    assert card["x"] > answer["x"] + 300
    assert page.one(".card mark").text


def test_on_a_phone_the_sources_come_below_and_nothing_is_wider_than_the_screen(
    page: Page,
) -> None:
    page.open(width=360).ask()
    answer, card = page.one(".answer").rect, page.one(".card").rect
    assert card["y"] > answer["y"] + answer["height"] - 1
    assert page.script("return document.documentElement.scrollWidth") <= 360


def test_a_mark_leads_to_its_card_and_the_card_back_by_keyboard_alone(page: Page) -> None:
    page.open().ask()
    mark = page.one("a.mark")
    mark.send_keys("\n")
    card = page.until(lambda: page.script("return document.activeElement.closest('.card')?.id"))
    assert f"#{card}" in str(mark.get_attribute("href"))
    page.one(f"#{card} a.back").send_keys("\n")
    back = page.until(lambda: page.script("return document.activeElement.closest('a.mark')?.id"))
    assert back == mark.get_attribute("id")


def test_a_source_opens_in_its_paper_at_the_marked_quote(page: Page) -> None:
    page.open().ask()
    quote = page.one(".card mark").text
    page.one(".card .links a[href*='start=']").click()
    marked = page.one("mark#citat")
    assert "".join(quote.split())[:40] in "".join(marked.text.split())
    page.until(lambda: page.script("return document.activeElement.id") == "citat", "focus")
    top = page.script("return document.querySelector('#citat').getBoundingClientRect().top")
    assert 0 <= top <= 900


def test_the_page_is_swedish_and_changes_language_as_a_whole(page: Page) -> None:
    page.open()
    assert page.script("return document.documentElement.lang") == "sv"
    page.one(".welcome h1")
    page.ask()
    page.one("header .language").click()
    page.until(lambda: page.script("return document.documentElement.lang") == "en", "English")
    page.one("article.turn")
    seen = page.script(
        "const t = document.body.cloneNode(true);"
        "t.querySelectorAll('[lang=sv], script').forEach(e => e.remove()); return t.innerText"
    )
    assert "Sources" in seen
    for word in ("Källa", "Fråga", "Handlingar", "Kopiera", "Nytt samtal", "Begränsa"):
        assert word not in seen


def test_a_conversation_is_still_there_after_the_page_is_opened_again(page: Page) -> None:
    page.open().ask()
    time.sleep(1)
    page.open()
    assert page.one("article.turn h2").text.endswith(QUESTION)
    page.one("#talks [data-do=new]").click()
    page.one(".welcome h1")
    assert not page.all("article.turn")


def test_a_link_asks_its_question_again(page: Page) -> None:
    page.open("?q=Vem+reserverade+sig+mot+beslutet+om+Hamnängen%3F")
    assert QUESTION in page.one("article.turn h2").text


def test_a_link_asks_its_question_limited_as_it_was(page: Page) -> None:
    asked = urlencode({"q": QUESTION, "kind": "reservation", "from": "2025-01-01"})
    page.open(f"?{asked}")
    page.until(
        lambda: any("Reservation" in said.text for said in page.all("article.turn .searched")),
        "the answer with what its search was limited to",
    )
    page.until(lambda: page.all("article.turn:last-of-type .actions"), "the whole answer")
    page.until(lambda: "begränsad på 2 sätt" in page.one("#filters").text, "the filters")
    links = [str(copy.get_attribute("data-copylink")) for copy in page.all("[data-copylink]")]
    assert "kind=reservation&from=2025-01-01" in links[-1]


def test_the_heading_of_the_filters_tells_what_is_chosen(page: Page) -> None:
    page.open()
    page.one("#filters button").send_keys("\n")
    page.one("#filters input")
    page.all("#filters textarea, #filters input")[-1].send_keys("2025-12-31")
    page.until(lambda: "begränsad på ett sätt" in page.one("#filters").text, "one filter")


def test_a_suggested_question_is_asked_by_a_press(page: Page) -> None:
    page.open()
    suggestion = page.one(".suggestion")
    question = suggestion.text
    suggestion.click()
    assert question in page.one("article.turn h2").text
    page.until(lambda: page.all(".lines .line a.mark"), "an answer")


def test_stopping_gives_the_question_back(chromium: Any, assistant: Assistant) -> None:
    slow = Desk(assistant_settings(assistant), replace(assistant, composer=Slow()))
    with served(slow) as site:
        page = Page(chromium, site)
        page.open("beredd.css").script("localStorage.clear()")
        page.open()
        page.one(".welcome h1")
        page.one("#question textarea").send_keys(QUESTION + "\n")
        page.one("#stop").click()
        page.one(".hint")
        assert page.one("#question textarea").get_attribute("value") == QUESTION
        assert not page.all("article.turn")
        assert "avbröt" in page.one(".hint").text


def test_a_lost_connection_is_told_in_the_language_of_the_page_and_one_goes_on_when_it_is_back(
    chromium: Any, assistant: Assistant
) -> None:
    with served(Desk(assistant_settings(assistant), assistant)) as site:
        page = Page(chromium, site).open()
        page.one(".welcome h1")
        page.browser.execute_cdp_cmd("Network.enable", {})
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        page.browser.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
        try:
            page.one("#question textarea").send_keys(QUESTION + "\n")
            page.until(lambda: "bröts" in page.text(), "the message")
            assert "onnection" not in page.text()
        finally:
            online = offline | {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
            page.browser.execute_cdp_cmd("Network.emulateNetworkConditions", online)
        page.until(lambda: "bröts" not in page.text() and page.all(".suggestion"), "the page anew")
        box = page.one("#question textarea")
        page.until(lambda: box.get_attribute("value") == QUESTION, "the question that was lost")
        box.send_keys("\n")
        page.until(lambda: page.all("article.turn:last-of-type .card"), "the answer")


class Slow:
    """A composer that takes its time."""

    name = "slow"
    at_once = False

    def compose(self, question: Question, hits: Sequence[Hit], index: Index) -> Iterator[Draft]:
        time.sleep(4)
        return iter(())


def assistant_settings(assistant: Assistant) -> Settings:
    return Settings(index=assistant.index.folder)


def test_a_hostile_paper_stays_text(page: Page) -> None:
    page.open().ask("Vad yrkar motionen om lekplatsen vid Björkvallen?")
    page.open("dokument?file=motion-lekplats.txt")
    page.until(lambda: "<script>window.hacked=1</script>" in page.text(), "the text")
    assert "${window.hacked=3}" in page.text()
    assert page.script("return window.hacked === undefined")
    assert not page.all(".text img, .text script, .text a, .card img")


def test_the_whole_answer_is_read_aloud_when_it_is_complete(page: Page) -> None:
    page.open().ask()
    status = page.until(
        lambda: page.script("return document.querySelector('[role=status]').textContent.trim()")
    )
    assert "Svaret är klart" in status
    assert "reserver" in status


def test_questions_to_go_on_with_come_after_the_answer(page: Page) -> None:
    page.open().ask()
    suggestion = page.one(".next .suggestion")
    question = suggestion.text
    suggestion.send_keys("\n")
    page.until(lambda: len(page.all("article.turn")) == 2, "the second turn")
    assert question in page.all("article.turn h2")[1].text


def test_a_word_of_thanks_follows_a_mark_on_the_answer(page: Page) -> None:
    page.open().ask()
    page.one("[data-do=right]").click()
    page.until(lambda: page.all("[data-do=right][aria-pressed=true]"), "pressed")
    assert "Tack" in page.one(".verdict").text


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("path", ["", "en", "dokument", "documents", "om", "about"])
def test_axe_finds_no_fault_on_any_page(
    page: Page, axe: str, path: str, width: int, dark: bool
) -> None:
    page.open(path, width, dark=dark)
    page.one("main h1")
    assert _faults(page, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_no_fault_in_answers_and_papers(
    page: Page, axe: str, width: int, dark: bool
) -> None:
    page.open("", width, dark=dark).ask().ask("Vad kostar en resa till månen?")
    assert _faults(page, axe) == []
    page.open("dokument?file=revisionsrapport-hemtjanstavgifter.pdf&start=100&end=220#citat", width)
    page.one(".picture .box")
    assert _faults(page, axe) == []


def _faults(page: Page, axe: str) -> list[Any]:
    page.script(axe)
    found: list[Any] = page.browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document).then(r => done(r.violations.map("
        "  v => [v.id, v.nodes.map(n => n.html.slice(0, 200))])));"
    )
    return found


def test_a_pdf_shows_its_page_with_boxes_on_it(page: Page) -> None:
    page.open("dokument?file=revisionsrapport-hemtjanstavgifter.pdf&start=100&end=220#citat")
    page.one(".picture .box")
    page.until(
        lambda: page.script("return document.querySelector('.picture img').naturalWidth") > 500,
        "the picture",
    )


def test_the_box_in_the_picture_stands_on_the_words_of_the_quote(
    page: Page, assistant: Assistant
) -> None:
    """Read by Tesseract from the picture alone, so that nothing which made the box judges it."""
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        pytest.skip("Tesseract is not installed (Debian: tesseract-ocr tesseract-ocr-swe)")
    file = "revisionsrapport-hemtjanstavgifter.pdf"
    stored = assistant.index.document(file)
    assert stored is not None
    text = stored.document.text
    start = text.index("Nämnden har\nvisserligen")
    end = text.index("i tre fall för lite.") + len("i tre fall för lite.")
    page.open(f"dokument?file={file}&start={start}&end={end}#citat")
    page.one(".picture .box")
    source = str(page.one(".picture img").get_attribute("src"))
    picture = Image.open(io.BytesIO(httpx.get(source).content)).convert("L")
    seen = ""
    for box in page.all(".picture .box"):
        left, top, width, height = (
            float(str(page.script(f"return arguments[0].style.{side}", box)).rstrip("%")) / 100
            for side in ("left", "top", "width", "height")
        )
        size = picture.size
        edges = (left * size[0], top * size[1], (left + width) * size[0], (top + height) * size[1])
        line = ImageOps.expand(picture.crop(tuple(map(round, edges))), 20, 255)
        data = io.BytesIO()
        line.resize((line.width * 2, line.height * 2)).save(data, "PNG")
        command = [tesseract, "-", "-", "-l", "swe", "--psm", "7"]
        read = subprocess.run(command, input=data.getvalue(), capture_output=True, check=True)
        seen += f" {read.stdout.decode()}"
    wanted, found = (re.findall(r"\w+", words) for words in (text[start:end], seen))
    both = sum((Counter(wanted) & Counter(found)).values())
    assert both >= 0.9 * len(wanted), (wanted, found)
    assert both >= 0.9 * len(found), (wanted, found)


def test_no_request_leaves_this_machine(page: Page) -> None:
    page.open().ask()
    for path in ("en", "dokument", "documents", "om", "about"):
        page.open(path)
        page.one("main h1")
    entries = [json.loads(e["message"])["message"] for e in page.browser.get_log("performance")]
    urls = [
        urlparse(entry["params"]["request"]["url"])
        for entry in entries
        if entry["method"] == "Network.requestWillBeSent"
    ]
    hosts = {url.hostname for url in urls if url.scheme in ("http", "https", "ws", "wss")}
    assert hosts == {"127.0.0.1"}
