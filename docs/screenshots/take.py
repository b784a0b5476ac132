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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

WIDTHS = {"wide": (1440, 900), "phone": (360, 740)}
SETTLED_S = 0.8
"""How long a page must have stayed as it is before its picture is taken."""
WAIT_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture.

    Attributes:
        paths: the page's address in Swedish and in English.
        seen: what must be there before the picture is taken.
        questions: what is asked there, in each language; "" where nothing is.
        quote: words of the paper that the page is opened at.
        closed: True for the page where one logs in: the service has a login there.
        scroll: what is brought to the top, "" for the page's own top.
    """

    name: str
    paths: tuple[str, str]
    seen: str
    questions: tuple[str, str] = ("", "")
    quote: str = ""
    closed: bool = False
    scroll: str = ""


_PAIR = (
    "a=tjansteskrivelse-medborgardialog.pdf%23official_report-1"
    "&b=alternativt-forslag-medborgardialog.docx%23alternative_proposal-1"
)
SHOTS = (
    Shot(name="ask", paths=("", "en"), seen=".suggestion"),
    Shot(
        name="answer",
        paths=("", "en"),
        seen=".turn .actions",
        questions=(
            "Vem reserverade sig mot beslutet om Hamnängen?",
            "Who entered a reservation against the decision on Hamnängen?",
        ),
    ),
    Shot(
        name="declined",
        paths=("", "en"),
        seen=".turn .actions",
        questions=(
            "Hur stort vite dömdes socialnämnden att betala efter revisionens granskning?",
            "What did the council decide about a football stadium?",
        ),
    ),
    Shot(
        name="premise",
        paths=("", "en"),
        seen=".turn .actions",
        questions=(
            "Varför reserverade sig Miljöpartiet mot fullmäktiges beslut om Hamnängen?",
            "Why did the Green Party enter a reservation against the decision on Hamnängen?",
        ),
    ),
    Shot(name="papers", paths=("dokument", "documents"), seen="#content tbody tr"),
    Shot(
        name="paper",
        paths=(
            "dokument?file=revisionsrapport-hemtjanstavgifter.pdf",
            "documents?file=revisionsrapport-hemtjanstavgifter.pdf",
        ),
        seen=".picture .box",
        quote="Vår samlade bedömning är att socialnämnden inte har en tillräcklig intern kontroll.",
    ),
    Shot(name="cases", paths=("arenden", "cases"), seen=".cases tbody tr"),
    Shot(
        name="case",
        paths=("arenden?case=KS/2025/31", "cases?case=KS/2025/31"),
        seen=".course .points",
    ),
    Shot(name="compare", paths=(f"jamfor?{_PAIR}", f"compare?{_PAIR}"), seen=".pairs .pair"),
    Shot(
        name="prepare",
        paths=(
            "forbered?file=kallelse-ks-2025-05-05.odt",
            "prepare?file=kallelse-ks-2025-05-05.odt",
        ),
        seen=".brief .source-list",
    ),
    Shot(name="about", paths=("om", "about"), seen=".about h1"),
    Shot(name="login", paths=("logga-in", "login"), seen=".login h1", closed=True),
)


def main() -> None:
    """Takes every picture that is asked for."""
    args = _arguments()
    from assistant.settings import Settings
    from assistant.web.desk import Desk
    from tests.web_fixtures import served

    desk = Desk(Settings(index=args.index))
    wanted = [_at_quote(desk, shot) for shot in SHOTS if not args.only or shot.name in args.only]
    for closed in (False, True):
        shots = [shot for shot in wanted if shot.closed is closed]
        if shots:
            with served(_closed(desk) if closed else desk) as site:
                _take_all(site, shots, args)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take the pictures of the web page.")
    parser.add_argument("--index", type=Path, default=Path(".beredd"))
    parser.add_argument("--out", type=Path, default=HERE, help="where the pictures go")
    parser.add_argument("--only", nargs="*", help=", ".join(shot.name for shot in SHOTS))
    parser.add_argument("--sizes", nargs="*", default=list(WIDTHS), choices=list(WIDTHS))
    parser.add_argument("--schemes", nargs="*", default=["light", "dark"])
    parser.add_argument("--languages", nargs="*", default=["sv"], choices=["sv", "en"])
    parser.add_argument("--whole", action="store_true", help="the whole page, not its first screen")
    return parser.parse_args()


def _closed(desk: Any) -> Any:
    """The same desk behind a login."""
    from assistant import users
    from assistant.users import Access, User
    from assistant.web.desk import Desk

    file = Path(tempfile.mkdtemp()) / "users.json"
    users.write(file, {"anna": User(Access.READER, users.hashed("en lång fras att minnas"))})
    return Desk(replace(desk.settings, users=file), desk.open())


def _take_all(site: str, shots: Sequence[Shot], args: argparse.Namespace) -> None:
    for size in args.sizes:
        for scheme in args.schemes:
            browser = _browser(*WIDTHS[size], dark=scheme == "dark")
            for shot in shots:
                for language in args.languages:
                    tail = "" if language == "sv" else f"-{language}"
                    target = args.out / f"{shot.name}-{size}-{scheme}{tail}.png"
                    _open(browser, site, shot, english=language == "en")
                    _save(_picture(browser, whole=args.whole), target)
            browser.quit()


def _at_quote(desk: Any, shot: Shot) -> Shot:
    """The shot with its quote's place in the address."""
    if not shot.quote:
        return shot
    file = shot.paths[0].partition("file=")[2]
    text = desk.open().index.document(file).document.text
    words = r"\s+".join(map(re.escape, shot.quote.split()))
    place = re.search(words, text)
    if place is None:
        raise SystemExit(f"{file} does not say: {shot.quote}")
    at = f"&start={place.start()}&end={place.end()}#citat"
    swedish, english = shot.paths
    return replace(shot, paths=(swedish + at, english + at))


def _browser(width: int, height: int, *, dark: bool) -> Any:
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
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    return browser


def _open(browser: Any, site: str, shot: Shot, *, english: bool) -> None:
    """Opens the page, asks what is to be asked, and waits until nothing moves any more."""
    browser.get(f"{site}beredd.css")
    browser.execute_script("localStorage.clear()")
    browser.get(site + shot.paths[english])
    if shot.questions[english]:
        _wait(browser, ".suggestion")
        box = _wait(browser, "#question textarea")
        box.send_keys(shot.questions[english])
        box.send_keys("\n")
    _wait(browser, shot.seen)
    _settle(browser)
    if shot.scroll:
        code = f"document.querySelector({shot.scroll!r}).scrollIntoView()"
        browser.execute_script(code)
        _settle(browser)


def _settle(browser: Any) -> None:
    """Waits until pictures and fonts are there, and the page has stayed as it is for a moment."""
    code = (
        "return [document.fonts.status, scrollY, document.body.innerHTML.length,"
        " [...document.images].filter(i => !i.complete).length].join()"
    )
    limit, before, since = time.monotonic() + WAIT_S, "", time.monotonic()
    while time.monotonic() < limit:
        now = str(browser.execute_script(code))
        if now != before:
            before, since = now, time.monotonic()
        elif time.monotonic() - since > SETTLED_S and now.endswith(",0"):
            return
        time.sleep(0.1)
    raise SystemExit(f"{browser.current_url}: the page does not come to rest")


def _wait(browser: Any, selector: str) -> Any:
    limit = time.monotonic() + WAIT_S
    while time.monotonic() < limit:
        found = browser.find_elements("css selector", selector)
        if found and found[0].is_displayed():
            return found[0]
        time.sleep(0.1)
    raise SystemExit(f"{browser.current_url}: {selector} was not seen in a minute")


def _picture(browser: Any, *, whole: bool) -> bytes:
    if not whole:
        return bytes(browser.get_screenshot_as_png())
    import base64

    taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    return base64.b64decode(taken["data"])


def _save(png: bytes, target: Path) -> None:
    """Saves the picture in 128 colours, which is a third of the size."""
    from PIL import Image

    target.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(png)).convert("RGB").quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main()
