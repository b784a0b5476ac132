"""Twenty people at once for a minute: BEREDD_LOAD=1 python -m pytest tests/test_load.py -s"""

from __future__ import annotations

import os
import statistics
import threading
import time
from pathlib import Path

import httpx
import pytest

from assistant.settings import Settings
from tests.light import SAMPLES, light_desk
from tests.web_fixtures import served

pytest_plugins = ["tests.web_fixtures"]
pytestmark = pytest.mark.slow
PEOPLE, SECONDS = 20, float(os.environ.get("BEREDD_LOAD_SECONDS", "60"))
QUESTIONS = (
    "Vem reserverade sig mot beslutet om Hamnängen?",
    "Vad föreslås om sommarsimkort?",
    "Vad beslutade kommunstyrelsen om Hamnängen?",
    "Vad kostar en resa till månen?",
    "Who made a reservation?",
)


@pytest.mark.skipif(not os.environ.get("BEREDD_LOAD"), reason="takes a minute: set BEREDD_LOAD=1")
def test_twenty_people_at_once_are_all_answered(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index", questions_a_minute=0)
    papers = tuple(sorted(file.name for file in SAMPLES.iterdir() if file.suffix != ".pdf"))
    times: list[float] = []
    failed: list[str] = []
    with served(light_desk(settings, papers)) as site:
        people = [
            threading.Thread(target=_person, args=(site, n, times, failed)) for n in range(PEOPLE)
        ]
        for person in people:
            person.start()
        for person in people:
            person.join()
    assert not failed, failed[:3]
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(
        f"\n{PEOPLE} people, {SECONDS:.0f} s: {len(times)} answers, "
        f"p50 {p50:.2f} s, p95 {p95:.2f} s, slowest {max(times):.2f} s"
    )
    assert len(times) >= PEOPLE


def _person(site: str, number: int, times: list[float], failed: list[str]) -> None:
    """Asks one question after another, with a moment to read in between."""
    ends = time.monotonic() + SECONDS
    with httpx.Client(timeout=60) as client:
        at = number
        while time.monotonic() < ends:
            began = time.monotonic()
            asked = {"data": [QUESTIONS[at % len(QUESTIONS)]]}
            answer = client.post(f"{site}gradio_api/run/ask", json=asked)
            times.append(time.monotonic() - began)
            if answer.status_code != 200:
                failed.append(answer.text)
            at += 1
            time.sleep(1.0)
