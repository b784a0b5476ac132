"""The steps of deploy/ do what they say, as far as they can be tried without being root."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from dataclasses import fields
from importlib.metadata import version
from pathlib import Path

import httpx
import pytest

from app import _parser
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
UNIT = ROOT / "deploy" / "beredd.service"
CONTAINER = ROOT / "deploy" / "Containerfile"
OUTSIDE_SETTINGS = {"cache"}
"""Variables that other packages read."""


def _run(*command: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_every_variable_that_is_set_is_a_setting() -> None:
    known = {field.name for field in fields(Settings)} | OUTSIDE_SETTINGS
    for file in (UNIT, CONTAINER):
        named = re.findall(r"BEREDD_([A-Z_]+)=", file.read_text(encoding="utf-8"))
        assert named
        assert {name.lower() for name in named} <= known, file


def test_what_is_started_is_a_command_with_its_options() -> None:
    text = CONTAINER.read_text(encoding="utf-8")
    [started] = re.findall(r"^CMD (.+)$", text, re.MULTILINE)
    [entry] = re.findall(r"^ENTRYPOINT (.+)$", text, re.MULTILINE)
    [served] = re.findall(r"^ExecStart=\S+/beredd (.+)$", UNIT.read_text("utf-8"), re.MULTILINE)
    assert json.loads(entry) == ["beredd"]
    for command, *options in (json.loads(started), served.split()):
        assert command == "chat"
        assert _parser().parse_args(options).open is False


def test_the_container_installs_what_the_readers_need() -> None:
    text = CONTAINER.read_text(encoding="utf-8")
    for package in ("tesseract-ocr", "tesseract-ocr-swe", "libreoffice-writer"):
        assert package in text
    [pinned] = re.findall(r"torch==[\d.]+", text)
    assert pinned in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r"^USER beredd$", text, re.MULTILINE), "it runs as nobody in particular"


def _steps(word: str) -> list[str]:
    """What a word of the Containerfile is followed by, lines joined."""
    text = CONTAINER.read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(rf"^{word} (.+)$", text, re.MULTILINE)


@pytest.mark.skipif(
    shutil.which("apt-get") is None or not any(Path("/var/lib/apt/lists").glob("*_Packages*")),
    reason="the lists of Debian's packages are not here (apt-get update)",
)
def test_every_package_of_the_container_is_one_of_debians() -> None:
    [install] = [step for step in _steps("RUN") if "apt-get install" in step]
    wanted = install.partition("--no-install-recommends")[2].partition("&&")[0].split()
    assert wanted
    for package in wanted:
        assert "Package:" in _run("apt-cache", "show", package).stdout, package


@pytest.mark.slow
def test_the_steps_of_the_container_make_a_service_that_answers(tmp_path: Path) -> None:
    """Its steps one by one, in folders of our own: no engine for containers is needed."""
    if int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("building the package needs setuptools 77")
    source, place, data = (tmp_path / name for name in ("src", "place", "data"))
    assert _steps("COPY") == [". /src"]
    left_out = shutil.ignore_patterns(".git", ".venv", "tests", "docs", "results", ".*cache")
    shutil.copytree(ROOT, source, ignore=left_out)
    [install] = [step for step in _steps("RUN") if "/src" in step]
    assert "pip install --no-cache-dir /src" in install
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed"]
    done = _run(sys.executable, "-m", "pip", "install", *options, "--prefix", place, source)
    assert done.returncode == 0, done.stderr
    [command] = place.rglob("bin/beredd")
    [library] = place.rglob("site-packages")
    data.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    [given] = _steps("ENV")
    env = dict(pair.split("=", 1) for pair in given.replace("/data", str(data)).split())
    env |= {"PYTHONPATH": f"{library}:{sysconfig.get_path('purelib')}", "BEREDD_PORT": str(port)}
    papers = tmp_path / "papers"
    papers.mkdir()
    shutil.copy(ROOT / "samples" / "motion-sommarsimkort.txt", papers)
    read = subprocess.run(
        [command, "ingest", papers], cwd=data, env=os.environ | env, capture_output=True, text=True
    )
    assert read.returncode == 0, read.stderr
    assert (data / "index" / "index.json").exists()
    [started] = _steps("CMD")
    service = subprocess.Popen([command, *json.loads(started)], cwd=data, env=os.environ | env)
    try:
        assert _health(f"http://127.0.0.1:{port}/health") == 200
    finally:
        service.terminate()
        service.wait(30)


def _health(url: str) -> int:
    ends = time.monotonic() + 60
    while True:
        try:
            return httpx.get(url, timeout=10).status_code
        except httpx.TransportError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_understands_the_unit_and_finds_little_exposed(tmp_path: Path) -> None:
    unit = tmp_path / "beredd.service"
    text = UNIT.read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/beredd/bin/beredd", sys.executable), encoding="utf-8")
    told = _run("systemd-analyze", "verify", "--man=no", unit)
    ours = [line for line in told.stderr.splitlines() if "beredd.service" in line]
    assert ours == []
    judged = _run("systemd-analyze", "security", "--offline=true", "--threshold=25", unit)
    assert judged.returncode == 0, judged.stdout[-400:]


def test_the_installer_is_a_shell_script_without_faults() -> None:
    assert _run("sh", "-n", ROOT / "deploy" / "install.sh").returncode == 0


@pytest.mark.slow
def test_the_installer_installs_a_command_that_runs(tmp_path: Path) -> None:
    if int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("building the package needs setuptools 77")
    copy, place = tmp_path / "checkout", tmp_path / "place"
    left_out = shutil.ignore_patterns(
        ".git", ".venv", "samples", "tests", "docs", "results", ".*cache"
    )
    shutil.copytree(ROOT, copy, ignore=left_out)
    done = _run(
        copy / "deploy" / "install.sh",
        DESTDIR=str(place),
        PYTHON=sys.executable,
        PYTHONPATH=sysconfig.get_path("purelib"),
        BEREDD_PIP_OPTIONS="--no-deps --no-index --no-build-isolation --ignore-installed",
    )
    assert done.returncode == 0, done.stderr
    command = place / "opt" / "beredd" / "bin" / "beredd"
    told = _run(command, "--help", PYTHONPATH="")
    assert told.returncode == 0, told.stderr
    assert "ingest" in told.stdout
    assert (place / "etc" / "systemd" / "system" / "beredd.service").exists()
    kept = place / "etc" / "beredd" / "environment"
    assert kept.stat().st_mode & 0o077 == 0
    kept.write_text("BEREDD_PORT=8080\n", encoding="utf-8")
    again = _run(
        copy / "deploy" / "install.sh",
        DESTDIR=str(place),
        PYTHON=sys.executable,
        PYTHONPATH=sysconfig.get_path("purelib"),
        BEREDD_PIP_OPTIONS="--no-deps --no-index --no-build-isolation --ignore-installed",
    )
    assert again.returncode == 0, again.stderr
    assert kept.read_text(encoding="utf-8") == "BEREDD_PORT=8080\n"
