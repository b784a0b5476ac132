"""An assistant over papers written for a test, and what its answers quote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.answer import Answer
from assistant.assistant import Assistant
from tests.bag import BagOfWords
from vectorstore.index import create_index
from vectorstore.ingestion import ingest


def assistant_over(folder: Path, texts: Mapping[str, str]) -> Assistant:
    """An assistant over an index, in the folder, of these texts by their file names."""
    papers = folder / "papers"
    papers.mkdir()
    for name, text in texts.items():
        (papers / name).write_text(text, encoding="utf-8")
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [papers])
    return Assistant(index, BagOfWords())


def quotes(answer: Answer) -> str:
    """What an answer quotes, a citation a line, without line breaks inside one."""
    return "\n".join(" ".join(citation.quote.split()) for citation in answer.citations)
