"""The LangChain retriever: LangChain's own standard tests, and that its spans are exact."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests.retrievers import RetrieversIntegrationTests

from assistant.assistant import Assistant
from assistant.filters import Filters
from assistant.retriever import BereddRetriever
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.index import create_index
from vectorstore.ingestion import ingest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("retriever")
    write_some(folder / "papers", count=6)
    index = create_index(folder / "index", BagOfWords())
    ingest(index, BagOfWords(), [folder / "papers"])
    return Assistant(index, BagOfWords())


class TestStandard(RetrieversIntegrationTests):
    """What LangChain asks of every retriever."""

    @pytest.fixture(autouse=True)
    def _open(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return BereddRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"assistant": self._assistant}

    @property
    def retriever_query_example(self) -> str:
        return "skötsel av park"

    @pytest.fixture
    def retriever(self) -> BaseRetriever:
        return self.retriever_constructor(**self.retriever_constructor_params)


def test_what_is_retrieved_is_the_papers_own_text_at_its_place(assistant: Assistant) -> None:
    for window in (False, True):
        retriever = BereddRetriever(assistant=assistant, k=5, window=window)
        for found in retriever.invoke("Vad beslutade fullmäktige om simkort?"):
            stored = assistant.index.document(found.metadata["file"])
            assert stored is not None
            span = slice(found.metadata["start"], found.metadata["end"])
            assert found.page_content == stored.document.text[span]


def test_filters_hold_for_one_call(assistant: Assistant) -> None:
    retriever = BereddRetriever(assistant=assistant)
    found = retriever.invoke("simkort", filters=Filters(files=("motion.txt",)))
    assert {document.metadata["file"] for document in found} == {"motion.txt"}


def test_the_documented_example_runs(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "langchain.md").read_text(encoding="utf-8")
    monkeypatch.setattr(Assistant, "open", classmethod(lambda cls, _: assistant))
    for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(code, "docs/langchain.md", "exec"), {"INDEX": "here"})
    shown = capsys.readouterr().out
    assert "protokoll.txt 14 decision" in shown
    assert shown.endswith("Busskortet höjs till 620 kronor.\n")
