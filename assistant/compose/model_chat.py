"""A chat model by name, through LangChain: the one home of the chat-model framework.

Nothing is sent anywhere unless a model is set; LangChain's own tracing is switched off.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.settings import Settings
from ingest.errors import BereddError

_EXTRAS = {
    "openai": "openai", "azure_openai": "openai", "anthropic": "anthropic",
    "mistralai": "mistral", "ollama": "openai",
}  # fmt: skip
_FINAL_STATUS = frozenset((400, 401, 403, 404, 413, 422))
_LONGEST_PAUSE_S = 10.0


class ChatFailed(Exception):
    """The chat model gave no usable reply. `final`: trying again would not help."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Chat(Protocol):
    """A chat model."""

    @property
    def name(self) -> str:
        """ "<provider>:<model>"."""

    def stream(self, prompt: str) -> Iterator[str]:
        """The reply to a prompt, piece by piece as it arrives. Raises ChatFailed."""


@dataclass(frozen=True, slots=True)
class LangChainChat:
    """A chat model that LangChain opened.

    Attributes:
        model: LangChain's chat model.
        deadline_s: seconds that a whole reply may take.
        attempts: how often a reply is begun before it counts as failed.
        pause_s: seconds before the second attempt; doubled for each further one.
    """

    name: str
    model: Any
    deadline_s: float = 60.0
    attempts: int = 3
    pause_s: float = 0.5

    def stream(self, prompt: str) -> Iterator[str]:
        """The reply, piece by piece. A reply that broke before its first piece is begun again."""
        ends = time.monotonic() + self.deadline_s
        for attempt in range(self.attempts):
            begun = False
            try:
                for piece in self._pieces(prompt):
                    begun = True
                    yield piece
                    if time.monotonic() > ends:
                        raise ChatFailed("the model took too long", final=True)
                if begun:
                    return
                failure = ChatFailed("the model gave an empty reply")
            except ChatFailed as error:
                failure = error
            pause = min(self.pause_s * 2**attempt, _LONGEST_PAUSE_S)
            last = attempt + 1 == self.attempts or time.monotonic() + pause > ends
            if begun or failure.final or last:
                raise failure
            time.sleep(pause)

    def _pieces(self, prompt: str) -> Iterator[str]:
        """The pieces of one attempt; whatever the provider raises becomes ChatFailed."""
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):
                for chunk in self.model.stream(prompt):
                    text = _text(chunk.content)
                    if text:
                        yield text
        except ChatFailed:
            raise
        except Exception as error:  # each provider raises its own
            status = getattr(error, "status_code", None)
            reason = f"{type(error).__name__}: {str(error)[:200]}"
            raise ChatFailed(reason, final=status in _FINAL_STATUS) from error


def open_chat(settings: Settings) -> LangChainChat | None:
    """The chat model that is set, or None where none is.

    With `model_url` any OpenAI-compatible server will do (Ollama, vLLM, llama.cpp); the name then
    needs no provider.

    Raises:
        BereddError: the provider is unknown or its package is not installed.
    """
    if not settings.model:
        return None
    from langchain.chat_models import init_chat_model

    provider, _, model = settings.model.rpartition(":")
    if settings.model_url:
        provider, model = "openai", model if provider in _EXTRAS else settings.model
    options: dict[str, Any] = {
        "timeout": settings.model_timeout_s,
        "max_retries": 0,  # tried again here, where the back-off is bounded
        "temperature": 0,
        "max_tokens": 1500,
    }
    if settings.model_url:
        options |= {"base_url": settings.model_url, "api_key": settings.model_key or "none"}
    elif settings.model_key:
        options["api_key"] = settings.model_key
    try:
        opened = init_chat_model(model, model_provider=provider or None, **options)
    except ImportError:
        extra = _EXTRAS.get(provider, provider or "openai")
        raise BereddError(
            f'The model "{settings.model}" needs a package that is not installed. '
            f'Install it with: pip install "beredd[{extra}]"'
        ) from None
    except ValueError as error:
        raise BereddError(
            f'The model "{settings.model}" is not known ({str(error)[:120]}). '
            'Write it as "provider:model", for example "openai:gpt-4o", or set BEREDD_MODEL_URL.'
        ) from None
    return LangChainChat(f"{provider or 'model'}:{model}", opened, settings.model_timeout_s)


def _text(content: object) -> str:
    """The plain text of a chunk; providers give a string or a list of blocks."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(
            block if isinstance(block, str) else str(block.get("text", "")) for block in content
        )
    return ""
