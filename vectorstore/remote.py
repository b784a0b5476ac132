"""Texts to vectors on a server that speaks OpenAI's embeddings protocol, by its URL.

POST {url}/embeddings {"model", "input": […], "encoding_format": "float"} is answered with
{"data": [{"index", "embedding"}, …]}. vLLM, Ollama, text-embeddings-inference and llama.cpp speak
it.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from ingest.errors import BereddError
from vectorstore.bundled import Bundled
from vectorstore.texts import prompts_for

if TYPE_CHECKING:
    from vectorstore.embedding import Embedder

Vectors = npt.NDArray[np.float32]

_AT_ONCE = 64
"""Texts to one request."""
_TIME_LIMIT_S = 120.0
_LARGEST = 64_000_000
"""Bytes of an answer."""
_WAITS_S = (1.0, 4.0, 15.0)
"""How long to wait before trying again, where the server says that it is busy."""


class RemoteEmbedder:
    """A model on a server. What is embedded goes there.

    Args:
        url: the server's base URL ("http://10.0.0.4:8080/v1"); it is never left by a redirect.
        model: what the server calls the model; an index remembers it.
        key: sent as a bearer token where it is given.
        waits_s: seconds to wait before each new try while the server is busy.

    Vectors are float32 and L2-normalised. BereddError if the server fails.
    """

    def __init__(
        self, url: str, model: str, key: str | None = None, waits_s: Sequence[float] = _WAITS_S
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BereddError(
                f'BEREDD_EMBEDDING_URL is "{url}". Set the address of a server, as '
                "http://host:8080/v1."
            )
        self._url, self._model, self._key = url.rstrip("/"), model, key
        self._waits_s = waits_s
        self._prompts = prompts_for({}, model)

    @property
    def name(self) -> str:
        """The model's name on the server; its weights cannot be seen from here."""
        return f"remote:{self._model}"

    @cached_property
    def dimensions(self) -> int:
        """The length of a vector; asks the server."""
        return int(self.query("a").shape[0])

    def passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Vectors of texts to be found: (len(texts), dimensions) float32."""
        blocks: list[Vectors] = []
        for at in range(0, len(texts), _AT_ONCE):
            some = texts[at : at + _AT_ONCE]
            blocks.append(self._embedded([self._prompts["passage"] + text for text in some]))
            if progress:
                progress(len(some))
        return np.concatenate(blocks) if blocks else np.empty((0, self.dimensions), np.float32)

    def query(self, text: str) -> Vectors:
        """The vector of a question: (dimensions,) float32."""
        vector: Vectors = self._embedded([self._prompts["query"] + text])[0]
        return vector

    def embed_query(self, text: str) -> list[float]:
        """`query` in LangChain's terms."""
        vector: list[float] = self.query(text).tolist()
        return vector

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        answer = self._asked({"model": self._model, "input": clean, "encoding_format": "float"})
        try:
            rows = sorted(answer["data"], key=lambda row: int(row["index"]))
            vectors = np.asarray([row["embedding"] for row in rows], dtype=np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise self._failed("its answer holds no vectors") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise self._failed(f"it gave no vector for each of {len(texts)} texts")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(lengths, np.float32(1e-12))
        return unit

    def _asked(self, body: Mapping[str, Any]) -> Any:
        for wait in (*self._waits_s, None):
            try:
                return self._once(body)
            except urllib.error.HTTPError as error:
                if wait is None or (error.code != 429 and error.code < 500):
                    raise self._failed(f"it answered {error.code} {error.reason}") from None
            except (OSError, ValueError) as error:
                if wait is None or isinstance(error, ValueError):
                    raise self._failed(_why(error)) from None
            time.sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _once(self, body: Mapping[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(
            f"{self._url}/embeddings", json.dumps(body).encode(), headers, method="POST"
        )
        with _opener.open(request, timeout=_TIME_LIMIT_S) as answer:
            data = answer.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ValueError("its answer is enormous")
        return json.loads(data)

    def _failed(self, why: str) -> BereddError:
        host = urlsplit(self._url)
        return BereddError(
            f"The embedding server at {host.hostname}:{host.port or host.scheme} failed: {why}. "
            "See that it runs and knows the model in BEREDD_EMBEDDING_MODEL, and run the command "
            "again; what was stored is kept."
        )


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: texts and the key go to the server that was set, and to no other."""

    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stays, urllib.request.ProxyHandler({}))


def chosen(
    model: str | None, url: str | None, key: str | None
) -> Bundled | Embedder | RemoteEmbedder:
    """The embedding model that the settings mean: on a server, by name, or the bundled one."""
    if url is None:
        if model is None:
            return Bundled()
        from vectorstore.embedding import Embedder

        return Embedder(model)
    if model is None:
        raise BereddError(
            "BEREDD_EMBEDDING_URL is set, but not which model. Set BEREDD_EMBEDDING_MODEL to what "
            "the server calls it."
        )
    return RemoteEmbedder(url, model, key)


def _why(error: Exception) -> str:
    if isinstance(error, urllib.error.URLError):
        return str(error.reason)
    if isinstance(error, json.JSONDecodeError):
        return "its answer is not JSON"
    return str(error) or type(error).__name__
