"""The page's functions as named endpoints, for scripts and for MCP clients (Gradio's `mcp` extra).

Their docstrings are what callers are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import Any

import gradio as gr

from assistant.answer import to_json
from assistant.assistant import Assistant
from assistant.cli import documents as listing
from assistant.cli import search as searching
from assistant.cli import show as showing
from assistant.web.desk import Desk
from ingest.errors import BereddError


@dataclass(frozen=True, slots=True)
class Api:
    """The endpoints over one desk."""

    desk: Desk

    def ask(self, question: str) -> dict[str, Any]:
        """Answers a question about the indexed papers, each sentence with its source.

        Args:
            question: the question, in Swedish or English.

        Returns:
            The answer object: outcome, answer, sentences, citations with file, offsets and quote.
        """
        return to_json(self._assistant().answer(question))

    def search(self, question: str, k: int = 10) -> list[dict[str, Any]]:
        """Finds the passages that fit a question, best first.

        Args:
            question: what to search for.
            k: how many passages, 1 to 50.
        """
        hits = self._assistant().search(question, max(1, min(int(k), 50)))
        return [searching.as_json(rank, hit) for rank, hit in enumerate(hits, 1)]

    def documents(self) -> list[dict[str, Any]]:
        """Lists the indexed papers: file, title, kind, pages, parts."""
        entries = self._assistant().index.entries.values()
        return [listing.as_json(entry) for entry in entries]

    def document(self, file: str) -> dict[str, Any]:
        """One paper with its parts and what they record: demands, decisions, votes, reservations.

        Args:
            file: the paper's file as `documents` lists it, or its name where only one has it.
        """
        index = self._assistant().index
        stored = index.document(index.find(file))
        if stored is None:
            raise BereddError(f"{file} has just been removed.")
        return showing.as_json(stored)

    def _assistant(self) -> Assistant:
        assistant = self.desk.open()
        if assistant is None:
            raise BereddError(self.desk.problem or "Nothing is indexed yet.")
        return assistant


def endpoints(api: Api) -> None:
    """Registers the endpoints inside the Blocks that are open."""
    for function in (api.ask, api.search, api.documents, api.document):
        gr.api(_told(function), api_name=function.__name__)


def _told(function: Any) -> Any:
    """The function with errors that callers can read."""

    @wraps(function)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except BereddError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told
