"""Takes the pictures in this folder: each page, wide and on a phone, light and dark.

    python docs/screenshots/take.py --index .beredd

The index should hold `samples/`. Needs Chromium, its driver and the development packages.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

QUESTION = "Vem reserverade sig mot beslutet om Hamnängen?"
WIDTHS = {"wide": (1440, 900), "phone": (360, 740)}


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page, what is asked there, and what must be seen before it is taken.

    `quote`: words of the paper that the page is opened at.
    """

    name: str
    path: str
    seen: str
    question: str = ""
    quote: str = ""


SHOTS = (
    Shot("ask", "", ".suggestion"),
    Shot("answer", "", ".turn .actions", QUESTION),
    Shot("declined", "en", ".turn .actions", "What does a ticket to the moon cost?"),
    Shot("papers", "dokument", "tbody tr"),
    Shot(
        "paper",
        "dokument?file=revisionsrapport-hemtjanstavgifter.pdf",
        ".picture .box",
        quote="Vår samlade bedömning är att socialnämnden inte har en tillräcklig intern kontroll.",
    ),
    Shot("about", "om", ".about h1"),
)


def main() -> None:
    """Takes every picture."""
    parser = argparse.ArgumentParser(description="Take the pictures of the web page.")
    parser.add_argument("--index", type=Path, default=Path(".beredd"))
    index = parser.parse_args().index

    from assistant.settings import Settings
    from assistant.web.desk import Desk
    from tests.web_fixtures import served

    desk = Desk(Settings(index=index))
    shots = [_at_quote(desk, shot) for shot in SHOTS]
    with served(desk) as site:
        for size, (width, height) in WIDTHS.items():
            for dark in (False, True):
                browser = _browser(width, height, dark)
                for shot in shots:
                    scheme = "dark" if dark else "light"
                    _take(browser, site, shot, HERE / f"{shot.name}-{size}-{scheme}.png")
                browser.quit()


def _at_quote(desk: Any, shot: Shot) -> Shot:
    """The shot with its quote's place in the address."""
    if not shot.quote:
        return shot
    file = shot.path.partition("file=")[2]
    text = desk.open().index.document(file).document.text
    words = r"\s+".join(map(re.escape, shot.quote.split()))
    place = re.search(words, text)
    if place is None:
        raise SystemExit(f"{file} does not say: {shot.quote}")
    return replace(shot, path=f"{shot.path}&start={place.start()}&end={place.end()}#citat")


def _browser(width: int, height: int, dark: bool) -> Any:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tempfile.mkdtemp()}",
    ):  # fmt: skip
        options.add_argument(flag)
    browser = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    return browser


def _take(browser: Any, site: str, shot: Shot, target: Path) -> None:
    browser.get(f"{site}beredd.css")
    browser.execute_script("localStorage.clear()")
    browser.get(site + shot.path)
    if shot.question:
        box = _wait(browser, "#question textarea")
        box.send_keys(shot.question)
        box.send_keys("\n")
    _wait(browser, shot.seen)
    time.sleep(2)
    _save(browser.get_screenshot_as_png(), target)


def _wait(browser: Any, selector: str) -> Any:
    for _ in range(600):
        found = browser.find_elements("css selector", selector)
        if found and found[0].is_displayed():
            return found[0]
        time.sleep(0.1)
    raise SystemExit(f"{browser.current_url}: {selector} was not seen in a minute")


def _save(png: bytes, target: Path) -> None:
    """Saves the picture in 128 colours, which is a third of the size."""
    from PIL import Image

    Image.open(io.BytesIO(png)).convert("RGB").quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main()
