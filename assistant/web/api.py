"""Search, questions, papers and cases as named endpoints, for scripts and for MCP clients.

Their docstrings are what callers are shown; `docs/api.md` has an example of each. They bypass
Gradio's queue: its MCP server would otherwise call itself over HTTP for each.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import gradio as gr
from starlette.requests import Request

from assistant.answer import Answer, to_json
from assistant.assistant import Assistant
from assistant.cli import documents as listing
from assistant.cli import search as searching
from assistant.cli import show as showing
from assistant.filters import Filters
from assistant.web.choices import chosen
from assistant.web.conversation import answer_from
from assistant.web.desk import Desk
from assistant.web.ledger import Ledger
from assistant.web.limits import at_once
from assistant.web.prepare_api import PrepareApi
from assistant.web.visitor import visitor_of
from ingest.errors import BereddError
from ingest.grammar.references import case_key

_MOST = 50
_LISTS = ("bodies", "kinds", "parties", "cases")


@dataclass(slots=True)
class Api:
    """The endpoints over one desk."""

    desk: Desk
    ledger: Ledger = field(default_factory=Ledger)
    _turns: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._turns = threading.Semaphore(at_once(self.desk.settings))

    def ask(self, question: str, request: gr.Request) -> dict[str, Any]:
        """Answers a question about the indexed papers, each sentence with its source.

        Args:
            question: the question, in Swedish or English.

        Returns:
            The answer object: outcome, answer, sentences, citations with file, offsets and quote.
        """
        return self._asked(question, (), None, request)

    def converse(
        self,
        question: str,
        earlier: list[dict[str, Any]],
        limits: dict[str, Any],
        request: gr.Request,
    ) -> dict[str, Any]:
        """Answers a question that goes on from earlier answers, or from some of the papers only.

        Args:
            question: the question, in Swedish or English.
            earlier: the answer objects of the same conversation, oldest first; [] for none.
            limits: what the search keeps to; {} for all papers. "bodies", "kinds", "parties" and
                "cases" are lists, "first" and "last" are days as 2025-04-28.

        Returns:
            The answer object, as `ask` gives it.
        """
        return self._asked(question, _answers(earlier), _filters(limits), request)

    def _asked(
        self,
        question: str,
        earlier: Sequence[Answer],
        filters: Filters | None,
        request: gr.Request,
    ) -> dict[str, Any]:
        visitor = visitor_of(request)
        self.ledger.admit(visitor)
        with self._turns:
            answers = self._assistant().stream(question, earlier, filters)
            *_, last = self.ledger.watched(answers, visitor, "api")
        return to_json(last)

    def search(self, question: str, request: gr.Request, k: int = 10) -> list[dict[str, Any]]:
        """Finds the passages of the indexed papers that fit a question, best first.

        Args:
            question: what to search for, in Swedish or English.
            k: how many passages, 1 to 50.

        Returns:
            Passages with rank, score, file, part, kind, role, date, page, offsets and text.
        """
        self.ledger.admit(visitor_of(request))
        hits = self._assistant().search(question, max(1, min(int(k), _MOST)))
        return [searching.as_json(rank, hit) for rank, hit in enumerate(hits, 1)]

    def documents(self, request: gr.Request) -> list[dict[str, Any]]:
        """Lists the indexed papers.

        Returns:
            Papers with file, title, kind, pages, parts and when they were read.
        """
        entries = self._assistant().index.entries.values()
        return [listing.as_json(entry) for entry in entries]

    def document(self, file: str, request: gr.Request) -> dict[str, Any]:
        """Shows one paper: its parts, and the demands, decisions and votes that they record.

        Args:
            file: the paper's file as `documents` lists it, or its name where only one has it.

        Returns:
            The paper's title, pages and parts, each with its records and their offsets.
        """
        index = self._assistant().index
        stored = index.document(index.find(file))
        if stored is None:
            raise BereddError(f"{file} has just been removed.")
        return showing.as_json(stored)

    def case(self, number: str, request: gr.Request) -> list[dict[str, Any]]:
        """Follows a case: every part of the papers that carries its number, the oldest first.

        Args:
            number: the case number (diarienummer), for example "KS 2025/31".

        Returns:
            Parts with file, document, kind, role, title, date, body, authors, records and offsets.
        """
        index, canonical = self._assistant().index, case_key(number)
        if canonical is None:
            raise BereddError(f'"{number}" is no case number. Give one such as KS 2025/31.')
        found = index.case([canonical])
        return [
            {"file": stored.document.file, "document": stored.document.title}
            | showing.part_as_json(part)
            for stored, part in found
        ]

    def _assistant(self) -> Assistant:
        return self.desk.opened()


def endpoints(api: Api, prepare: PrepareApi) -> None:
    """Registers the endpoints inside the Blocks that are open."""
    for function in (
        api.ask, api.converse, api.search, api.documents, api.document, api.case,
        prepare.cases, prepare.proposals, prepare.compare, prepare.brief, prepare.agenda,
    ):  # fmt: skip
        gr.api(_told(function), api_name=function.__name__, queue=False)


def _answers(earlier: Sequence[Mapping[str, Any]] | None) -> tuple[Answer, ...]:
    try:
        return tuple(answer_from(answer) for answer in earlier or ())
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BereddError("`earlier` takes answer objects as `ask` gives them.") from error


def _filters(limits: Mapping[str, Any] | None) -> Filters:
    given = dict(limits or {})
    bodies, kinds, parties, cases = (given.pop(name, []) for name in _LISTS)
    first, last = (str(given.pop(name, "")) for name in ("first", "last"))
    if given or not all(isinstance(values, list) for values in (bodies, kinds, parties, cases)):
        raise BereddError(
            f"`limits` takes the lists {', '.join(_LISTS)}, and the days first, last."
        )
    return chosen(bodies, kinds, parties, cases, first, last)


def _told(function: Any) -> Any:
    """The function with errors that callers can read, and with JSON for an MCP client.

    Gradio's MCP server calls with the request as it came, and shows a value as Python writes it.
    """

    @wraps(function)
    def told(*args: Any) -> Any:
        try:
            result = function(*args)
        except BereddError as error:
            raise gr.Error(str(error), print_exception=False) from error
        by_mcp = any(isinstance(arg, Request) for arg in args)
        return json.dumps(result, ensure_ascii=False) if by_mcp else result

    return told
