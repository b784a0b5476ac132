"""An embedding server, scripted, that speaks the real protocol on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.assistant import query_embedder
from assistant.question import understand
from assistant.search import search
from assistant.settings import Settings
from ingest.errors import BereddError
from tests.bag import BagOfWords
from tests.papers import write_some
from vectorstore.index import create_index
from vectorstore.ingestion import ingest
from vectorstore.remote import RemoteEmbedder, chosen

Script = Callable[[dict[str, Any]], tuple[int, dict[str, str], bytes]]
"""From a request's body to status, headers and body of the answer."""


def right(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Vectors of a bag of words, told in another order and not normalised."""
    rows = [
        {"object": "embedding", "index": n, "embedding": (3 * BagOfWords().query(text)).tolist()}
        for n, text in enumerate(body["input"])
    ]
    data = {"object": "list", "model": body["model"], "data": rows[::-1]}
    return 200, {"Content-Type": "application/json"}, json.dumps(data).encode()


@contextmanager
def _serving(script: Script) -> Iterator[tuple[str, list[tuple[str, dict[str, Any], str]]]]:
    asked: list[tuple[str, dict[str, Any], str]] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing."""

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size))
            asked.append((self.path, body, self.headers.get("Authorization") or ""))
            status, headers, data = script(body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def test_vectors_come_in_the_order_of_the_texts_and_of_length_one() -> None:
    with _serving(right) as (url, asked):
        texts = [f"stycke {n} om park {n % 7}" for n in range(150)]
        vectors = RemoteEmbedder(url, "bag").passages(texts)
    assert np.allclose(vectors, BagOfWords().passages(texts), atol=1e-5)
    assert [len(body["input"]) for _, body, _ in asked] == [64, 64, 22]
    assert {path for path, _, _ in asked} == {"/v1/embeddings"}


def test_the_prefixes_of_the_model_and_the_key_are_sent() -> None:
    with _serving(right) as (url, asked):
        embedder = RemoteEmbedder(url + "/", "intfloat/multilingual-e5-large", "nyckel")
        embedder.query("simkort")
        embedder.passages(["simkort"])
    assert [body["input"] for _, body, _ in asked] == [["query: simkort"], ["passage: simkort"]]
    assert {key for _, _, key in asked} == {"Bearer nyckel"}


def test_an_index_is_made_and_searched_through_a_server(tmp_path: Path) -> None:
    write_some(tmp_path / "papers")
    with _serving(right) as (url, _):
        settings = Settings(embedding_model="bag", embedding_url=url)
        embedder = chosen(settings.embedding_model, settings.embedding_url, None)
        index = create_index(tmp_path / "index", embedder)
        ingest(index, embedder, [tmp_path / "papers"])
        asker = query_embedder(settings, index)
        hits = search(index, asker, understand("avgiftsfria simkort för barn"), 5)
    assert index.manifest.model == "remote:bag"
    assert "motion.txt" in {hit.passage.file for hit in hits}


def test_a_busy_server_is_asked_again_and_a_refusing_one_is_not() -> None:
    answers = iter([429, 503])

    def busy(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        status = next(answers, 200)
        return right(body) if status == 200 else (status, {}, b"busy")

    with _serving(busy) as (url, asked):
        RemoteEmbedder(url, "bag", waits_s=(0, 0, 0)).query("simkort")
        assert len(asked) == 3
    with _serving(lambda body: (401, {}, b"no")) as (url, asked):
        with pytest.raises(BereddError, match="401"):
            RemoteEmbedder(url, "bag", "hemlig", waits_s=(0, 0, 0)).query("simkort")
        assert len(asked) == 1


def test_a_redirect_is_not_followed_so_that_texts_and_key_stay() -> None:
    with _serving(right) as (elsewhere, others):
        there = {"Location": f"{elsewhere}/embeddings"}
        with (
            _serving(lambda body: (307, there, b"")) as (url, _),
            pytest.raises(BereddError, match="307"),
        ):
            RemoteEmbedder(url, "bag", "hemlig").query("simkort")
        assert others == []


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"[]", b"{}", b'{"data": []}', b'{"data": [{"index": 0}]}',
     b'{"data": [{"index": 0, "embedding": ["x"]}]}',
     b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}'],
)  # fmt: skip
def test_an_answer_without_vectors_is_one_sentence_without_the_key(data: bytes) -> None:
    with (
        _serving(lambda body: (200, {}, data)) as (url, _),
        pytest.raises(BereddError, match="embedding server") as told,
    ):
        RemoteEmbedder(url, "bag", "hemlig-nyckel").query("simkort")
    assert "hemlig-nyckel" not in str(told.value)


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(BereddError, match="See that it runs"):
        RemoteEmbedder("http://127.0.0.1:9/v1", "bag", waits_s=()).query("simkort")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host/x", "host:8080", ""])
def test_only_the_address_of_a_server_is_taken(url: str) -> None:
    with pytest.raises(BereddError, match="BEREDD_EMBEDDING_URL"):
        RemoteEmbedder(url, "bag")


def test_a_server_without_a_model_is_said() -> None:
    with pytest.raises(BereddError, match="BEREDD_EMBEDDING_MODEL"):
        chosen(None, "http://127.0.0.1:9/v1", None)
