"""Beredd's search as a LangChain retriever, and its embedding model as LangChain `Embeddings`, for
those who build something of their own on them."""

from __future__ import annotations

from typing import Annotated, Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import SkipValidation

from assistant.assistant import Assistant
from assistant.filters import Filters
from assistant.search import Hit
from vectorstore.bundled import Bundled

Embeddings.register(Bundled)  # which has its methods, and is quicker to load without its class


class BereddRetriever(BaseRetriever):
    """Finds passages by words and by meaning, with what the question names taken into account.

    Each document's `page_content` is the exact text `[start:end)` of a stored paper; its metadata
    says where: `file`, `start`, `end`, `page` (1-based, None where the format has none), `title`
    and `part` (the paper in the file), `kind`, `role` ("decision", "proposal", …), `body`, `date`
    (ISO), `paragraph`, `case_numbers`, `score` (higher is better, comparable within one search),
    `twins` (ids of passages elsewhere that say the same, shown as one with this).

    Attributes:
        assistant: an open assistant (`Assistant.open(Path(".beredd"))`).
        k: how many passages at most.
        filters: what to search in; None for everything.
        window: True gives each passage with its surroundings, as the assistant reads it.
    """

    assistant: Annotated[Assistant, SkipValidation]
    k: int = 10
    filters: Filters | None = None
    window: bool = False

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **options: Any
    ) -> list[Document]:
        """The best passages first; `k` and `filters` may be given for one call."""
        k, filters = options.get("k", self.k), options.get("filters", self.filters)
        hits = self.assistant.search(query, k, filters)
        return [_document(hit, self.window) for hit in hits]


def _document(hit: Hit, window: bool) -> Document:
    passage = hit.passage
    span = hit.window if window else passage
    where = {
        "file": passage.file,
        "start": span.start,
        "end": span.end,
        "page": passage.page,
        "part": passage.part,
        "title": passage.title,
        "kind": passage.kind.value,
        "role": passage.role.value,
        "body": passage.body,
        "date": passage.date,
        "paragraph": passage.paragraph,
        "case_numbers": list(passage.case_numbers),
        "score": hit.score,
        "twins": list(hit.twins),
    }
    return Document(id=passage.id, page_content=span.text, metadata=where)
