"""A service over the sample papers that is quick to start: real index, real server, no weights."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import Settings
from assistant.web.desk import Desk
from assistant.web.reading_process import Task, work_with
from tests.bag import BagOfWords
from vectorstore import ingestion
from vectorstore.index import create_index

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def light_work(task: Task, line: Connection) -> None:
    """`assistant.web.reading_process.work` with words for vectors."""
    work_with(task, line, BagOfWords())


def light_desk(settings: Settings, papers: tuple[str, ...] = ()) -> Desk:
    """A desk over an index of sample papers, embedded as bags of words."""
    embedder = BagOfWords()
    index = create_index(settings.index, embedder)
    if papers:
        ingestion.ingest(index, embedder, [SAMPLES / name for name in papers])
    return Desk(settings, Assistant(index, embedder))
