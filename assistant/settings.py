"""Settings: read once at the edge, from the environment; everything else takes arguments."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings as the environment has them. Raises BereddError for a value that is off."""
        text = {name: environ.get(f"BEREDD_{name.upper()}") or None for name in _TEXTS}
        return cls(
            index=Path(environ.get("BEREDD_INDEX") or ".beredd"),
            host=environ.get("BEREDD_HOST") or "127.0.0.1",
            port=int(_number(environ, "PORT", 7860)),
            model_timeout_s=_number(environ, "MODEL_TIMEOUT_S", 60.0),
            mask_personal_numbers=bool(_number(environ, "MASK_PERSONAL_NUMBERS", 0)),
            **text,
        )


_TEXTS = (
    "chroma_url", "embedding_model", "embedding_url", "embedding_key", "model", "model_url",
    "model_key",
)  # fmt: skip


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
