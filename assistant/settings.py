"""Settings: read once at the edge, from the environment; everything else takes arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.errors import BereddError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set. Every field is `BEREDD_` and its name in capitals in the environment.

    Attributes:
        index: the index folder.
        chroma_url: a Chroma server that holds the store ("http://host:8000"); None: in process.
        embedding_model: name or path of a sentence-transformers model; None: the bundled one.
        embedding_url: base URL of an OpenAI-compatible server that embeds, with the model that
            `embedding_model` names there; passages and questions then go to it.
        embedding_key: its key, where it wants one.
        model: a chat model that writes the answers ("openai:gpt-4o", "ollama:llama3"); None: the
            extractive composer, and nothing leaves the machine.
        model_url: base URL of an OpenAI-compatible server.
        model_key: its key, where it wants one.
        model_timeout_s: seconds to wait for the chat model.
        host, port: where the web page listens.
        mask_personal_numbers: personnummer are masked in whatever is read.
        documents: the folder that papers added on the page are kept in; None: beside the index.
        upload_mb: the largest file that can be added on the page, in megabytes.
        users: the file of those who may log in (see `beredd users`); None: beside the index. Login
            is on where the file exists, or was named here.
        user_header: the header in which the city's own sign-on names the person.
        trusted_proxy: addresses ("10.0.0.4, 10.1.0.0/16") whose forwarding headers are believed.
        session_hours: how long a login lasts.
        questions_a_minute: how many questions a person may ask.
        log: "text", or "json" for one object a line on standard error.
        question_log_days: how long questions are kept; 0: they are not kept at all.
        owner, contact: who runs the service, and where faults are reported; shown on the page.
    """

    index: Path = Path(".beredd")
    chroma_url: str | None = None
    embedding_model: str | None = None
    embedding_url: str | None = None
    embedding_key: str | None = field(default=None, repr=False)
    model: str | None = None
    model_url: str | None = None
    model_key: str | None = field(default=None, repr=False)
    model_timeout_s: float = 60.0
    host: str = "127.0.0.1"
    port: int = 7860
    mask_personal_numbers: bool = False
    documents: Path | None = None
    upload_mb: int = 100
    users: Path | None = None
    user_header: str | None = None
    trusted_proxy: str | None = None
    session_hours: float = 12.0
    questions_a_minute: int = 60
    log: str = "text"
    question_log_days: int = 0
    owner: str | None = None
    contact: str | None = None

    @property
    def documents_folder(self) -> Path:
        """Where papers added on the page are kept. Not in the index, which may be built anew."""
        return self.documents or _beside(self.index, "documents")

    @property
    def users_file(self) -> Path:
        """The file of those who may log in."""
        return self.users or _beside(self.index, "users.json")

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings as the environment has them. Raises BereddError for a value that is off."""
        found: dict[str, Any] = {name: environ.get(_variable(name)) or None for name in _TEXTS}
        for name in _PATHS:
            if environ.get(_variable(name)):
                found[name] = Path(environ[_variable(name)])
        for name, default in _COUNTS.items():
            found[name] = int(_number(environ, name.upper(), default))
        for name, limit in _TIMES.items():
            found[name] = _number(environ, name.upper(), limit)
        return cls(
            host=environ.get("BEREDD_HOST") or "127.0.0.1",
            log=_log(environ),
            mask_personal_numbers=bool(_number(environ, "MASK_PERSONAL_NUMBERS", 0)),
            **found,
        )


_TEXTS = (
    "chroma_url", "embedding_model", "embedding_url", "embedding_key", "model", "model_url",
    "model_key", "user_header", "trusted_proxy", "owner", "contact",
)  # fmt: skip
_COUNTS = {"port": 7860, "upload_mb": 100, "questions_a_minute": 60, "question_log_days": 0}
"""Whole numbers that can be set, and what they are where they are not."""
_TIMES = {"model_timeout_s": 60.0, "session_hours": 12.0}
_PATHS = ("index", "documents", "users")


def _variable(name: str) -> str:
    return f"BEREDD_{name.upper()}"


def _beside(index: Path, name: str) -> Path:
    return index.with_name(f"{index.name}-{name}")


def _log(environ: Mapping[str, str]) -> str:
    chosen = environ.get("BEREDD_LOG") or "text"
    if chosen not in ("text", "json"):
        raise BereddError(f'BEREDD_LOG is "{chosen}". Set text or json, or leave it unset.')
    return chosen


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    raw = environ.get(f"BEREDD_{name}")
    if not raw:
        return default
    try:
        return float(raw)
    except ValueError:
        raise BereddError(
            f'BEREDD_{name} is "{raw}", which is no number. Set a number or leave it unset.'
        ) from None
