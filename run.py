"""Everything on a fresh machine: `python3 run.py chat` or `python3 run.py test`.

Makes the virtual environment `.venv` beside this file, installs Beredd into it when that is needed,
and then opens the chat (indexing `samples/` first if there is no index yet) or runs every test.
Needs nothing but Python 3.11 or later.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("BEREDD_VENV") or ROOT / ".venv")
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INDEX = Path(os.environ.get("BEREDD_INDEX") or ROOT / ".beredd")
USAGE = "usage: python3 run.py chat [OPTIONS OF beredd chat] | test [OPTIONS OF pytest]"


def main(arguments: list[str]) -> int:
    """Runs what is asked for; returns its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036  (this file is what tells an older Python so)
        print(f"Beredd needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        return 2
    if not arguments or arguments[0] not in ("chat", "test"):
        print(USAGE)
        return 2
    what, rest = arguments[0], arguments[1:]
    install("dev" if what == "test" else "")
    return chat(rest) if what == "chat" else test(rest)


def chat(options: list[str]) -> int:
    """Indexes the samples if there is no index yet, and opens the page."""
    if not (INDEX / "index.json").exists():
        print("No index yet: reading the sample papers …", flush=True)
        beredd("ingest", str(ROOT / "samples"), "--index", str(INDEX))
    return beredd("chat", "--index", str(INDEX), *options)


def test(options: list[str]) -> int:
    """Runs the checks and every test; the first that fails decides the exit code."""
    for check in (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"]):
        code = subprocess.call([PYTHON, "-m", *check], cwd=ROOT)
        if code:
            return code
    return subprocess.call([PYTHON, "-m", "pytest", *options], cwd=ROOT)


def beredd(*arguments: str) -> int:
    """Runs a command of Beredd's."""
    return subprocess.call([PYTHON, "-m", "assistant", *arguments], cwd=ROOT)


def install(extra: str) -> None:
    """Makes the environment and installs into it, unless that was done for this very project file.

    Exits with the installer's code where it fails; the next run begins again.
    """
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest() + extra
    stamp = VENV / ".beredd-installed"
    have = stamp.read_text(encoding="utf-8") if stamp.exists() else ""
    if have in (wanted, wanted + "dev"):
        return
    print("Installing Beredd into .venv; the first time takes some minutes …", flush=True)
    if not PYTHON.exists():
        call([sys.executable, "-m", "venv", str(VENV)])
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    call([str(PYTHON), "-m", "pip", "install", "--quiet", "--upgrade", "pip"])
    # torch by itself first: where its CPU build is at hand, nothing then asks for another.
    call([str(PYTHON), "-m", "pip", "install", "--quiet", "torch==2.13.0"])
    call([str(PYTHON), "-m", "pip", "install", "--quiet", "--editable", target])
    stamp.write_text(wanted, encoding="utf-8")


def call(command: list[str]) -> None:
    """Runs a command; exits with its code where it fails."""
    code = subprocess.call(command, cwd=ROOT)
    if code:
        print(f"This failed: {' '.join(command)}", file=sys.stderr)
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
