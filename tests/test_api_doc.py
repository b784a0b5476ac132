"""The examples of docs/api.md, run as they stand there against a server over the sample papers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.settings import Settings
from tests.light import light_desk
from tests.web_fixtures import served

pytest_plugins = ["tests.web_fixtures"]
DOC = Path(__file__).resolve().parents[1] / "docs" / "api.md"
CLIENT = httpx.Client(timeout=60)
"""A busy machine may take its time: httpx alone gives up after five seconds."""
ADDRESS = "http://127.0.0.1:7860/"
NAMES = [
    "ask", "converse", "search", "documents", "document", "case", "cases", "proposals",
    "compare", "brief", "agenda",
]  # fmt: skip
PAPERS = (
    "motion-sommarsimkort.txt", "reservation-hamnangen.txt", "protokoll-ks-2025-04-07.docx",
    "tjansteskrivelse-sommarsimkort.docx",
)  # fmt: skip


def _examples(language: str) -> list[tuple[str, list[str]]]:
    """Each example of a language, and what its answer holds."""
    blocks = re.findall(rf"```{language}\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)
    return [(block, re.findall(r"^# → (.*)$", block, re.M)) for block in blocks]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over some sample papers."""
    folder = tmp_path_factory.mktemp("api")
    with served(light_desk(Settings(index=folder / "index", questions_a_minute=0), PAPERS)) as site:
        yield site


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(("example", "held"), _examples("sh"))
def test_an_example_of_the_command_line_answers_as_it_says(
    api: str, example: str, held: list[str]
) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    done = subprocess.run(
        ["bash", "-c", example.replace(ADDRESS, api)], capture_output=True, text=True, check=True
    )
    assert held
    for text in held:
        assert _bare(text) in _bare(done.stdout), done.stdout[:2000]


@pytest.mark.parametrize(("example", "held"), _examples("python"))
@pytest.mark.skipif(find_spec("mcp") is None, reason='needs the extra: pip install "beredd[mcp]"')
def test_the_example_of_mcp_answers_as_it_says(api: str, example: str, held: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", example.replace(ADDRESS, api)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for text in held:
        assert text in done.stdout, done.stdout[:2000]


@pytest.mark.skipif(find_spec("mcp") is None, reason='needs the extra: pip install "beredd[mcp]"')
def test_an_mcp_call_never_leads_the_server_elsewhere(api: str) -> None:
    call = {
        "jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": {"uri": "x://y"},
    }  # fmt: skip
    accepted = "application/json, text/event-stream"
    headers = {"Accept": accepted, "Host": "192.0.2.1:9", "X-Forwarded-Host": "192.0.2.1:9"}
    answer = CLIENT.post(f"{api}gradio_api/mcp/", json=call, headers=headers)
    assert "192.0.2.1" not in answer.text


def test_every_endpoint_has_its_example_its_types_and_its_description(api: str) -> None:
    text = DOC.read_text(encoding="utf-8")
    found = CLIENT.get(f"{api}gradio_api/info").json()["named_endpoints"]
    assert list(found) == [f"/{name}" for name in NAMES]
    for name in NAMES:
        assert f"\n### {name}\n" in text
        assert f"/gradio_api/run/{name}" in text
        assert found[f"/{name}"]["description"]
        assert all(p["python_type"]["type"] for p in found[f"/{name}"]["parameters"])
        assert "request" not in [p["parameter_name"] for p in found[f"/{name}"]["parameters"]]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("document", ["../../etc/passwd"], "No document is called"),
        ("case", ["not a number"], "no case number"),
        ("converse", ["Vad beslutades?", [{"question": "?"}], {}], "takes answer objects"),
        ("converse", ["Vad beslutades?", [], {"body": "x"}], "takes the lists"),
        ("compare", ["motion-sommarsimkort.txt", "nowhere.txt"], "No document is called"),
        ("brief", ["motion-sommarsimkort.txt", "sv"], "holds no items of a meeting"),
        ("agenda", [" ", "sv"], "There is no text"),
        ("ask", [""], None),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(
    api: str, name: str, data: list[Any], told: str | None
) -> None:
    answer = CLIENT.post(f"{api}gradio_api/run/{name}", json={"data": data})
    if told is None:
        assert answer.json()["data"][0]["outcome"] == "bad_question"
    else:
        assert told in answer.json()["error"]
        assert "Traceback" not in answer.text


def test_a_case_is_told_from_its_first_paper_to_its_last(api: str) -> None:
    answer = CLIENT.post(f"{api}gradio_api/run/case", json={"data": ["Dnr KS 2025/31"]})
    dates = [part["date"] for part in answer.json()["data"][0] if part["date"]]
    assert dates == sorted(dates)
    assert dates


def test_too_many_questions_are_refused_with_the_time_to_wait(tmp_path: Path) -> None:
    desk = light_desk(Settings(index=tmp_path / "index", questions_a_minute=2), PAPERS[:1])
    with served(desk) as site:
        answers = [
            CLIENT.post(f"{site}gradio_api/run/search", json={"data": ["simkort", 1]}).json()
            for _ in range(3)
        ]
        assert [bool(answer.get("error")) for answer in answers] == [False, False, True]
        assert "Wait" in answers[2]["error"]
        assert "beredd_questions_refused_total 1" in CLIENT.get(f"{site}metrics").text


def test_answers_are_json_that_any_client_reads(api: str) -> None:
    question = {"data": ["Vad föreslås om sommarsimkort?"]}
    answer = CLIENT.post(f"{api}gradio_api/run/ask", json=question)
    found = json.loads(answer.text)["data"][0]
    assert {"outcome", "answer", "sentences", "citations", "searched"} <= set(found)


def test_a_question_goes_on_from_earlier_answers(api: str) -> None:
    def ask(question: str, *earlier: dict[str, Any]) -> dict[str, Any]:
        data = [question, list(earlier), {}]
        answer = CLIENT.post(f"{api}gradio_api/run/converse", json={"data": data})
        made: dict[str, Any] = answer.json()["data"][0]
        return made

    first = ask("Vem reserverade sig mot beslutet om Hamnängen?")
    second = ask("När var det?", first)
    assert "Hamnängen" in second["standalone_question"]


def test_a_limited_question_cites_only_what_it_is_limited_to(api: str) -> None:
    data = ["Vem reserverade sig mot beslutet om Hamnängen?", [], {"kinds": ["reservation"]}]
    answer = CLIENT.post(f"{api}gradio_api/run/converse", json={"data": data})
    found = answer.json()["data"][0]
    assert {source["type"] for source in found["citations"]} <= {"reservation"}
