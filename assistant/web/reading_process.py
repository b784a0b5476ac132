"""Reading papers into the index in a process of its own.

A file that brings its reader down takes this process with it, not the page; and the page's own
process goes on answering. Nothing of Gradio is imported here.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.errors import BereddError
from vectorstore import ingestion
from vectorstore.ingestion import Report
from vectorstore.storing import Embeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be read.

    Attributes:
        index: the index folder; server, model, model_url, model_key: as in the settings.
        mask: personal numbers are masked.
        paths: files to read. again: ids of documents to read once more.
    """

    index: Path
    server: str | None = None
    model: str | None = None
    model_url: str | None = None
    model_key: str | None = field(default=None, repr=False)
    mask: bool = False
    paths: tuple[Path, ...] = ()
    again: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How far it has come. `stage`: "waiting", "reading" or "storing"; `done` of `total` files."""

    stage: str
    file: str = ""
    done: int = 0
    total: int = 0


Told = Step | Report | str
"""What is sent while a task runs; its end is a report, or the sentence of an error."""
Work = Callable[[Task, Connection], None]


def work(task: Task, line: Connection) -> None:
    """Runs a task, and tells of it on the line."""
    from vectorstore.remote import chosen

    os.nice(5)  # questions come first
    try:
        embedder = chosen(task.model, task.model_url, task.model_key)
    except BereddError as error:
        line.send(str(error))
        return
    work_with(task, line, embedder)


def work_with(task: Task, line: Connection, embedder: Embeds) -> None:
    """As `work`, with a model that is given."""
    from vectorstore.index import create_index

    try:
        index = create_index(task.index, embedder, task.server)  # type: ignore[arg-type]
        progress = _progress(line)
        if task.again:
            line.send(ingestion.reread(index, embedder, task.again, progress=progress))
        else:
            line.send(
                ingestion.ingest(index, embedder, task.paths, mask=task.mask, progress=progress)
            )
    except BereddError as error:
        line.send(str(error))


def _progress(line: Connection) -> ingestion.Progress:
    total = done = 0

    def start(count: int, size: int) -> None:
        nonlocal total
        total = count
        line.send(Step("reading", total=total))

    def stored(file: str, size: int) -> None:
        nonlocal done
        done += 1
        line.send(Step("storing", file, done, total))

    return ingestion.Progress(
        start=start,
        read=lambda file, size: line.send(Step("reading", file, done, total)),
        stored=stored,
        waiting=lambda holder: line.send(Step("waiting")),
    )
