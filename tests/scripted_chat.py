"""A scripted chat model: a real server that speaks the OpenAI streaming protocol on loopback."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Step = str | bytes | int | float
"""Text to stream; bytes to send as they are; an HTTP status to answer with; seconds to wait."""
Script = Callable[[str], Sequence[Step]]
"""From the prompt to what the model does."""
ENDLESS = 5_000


def source_with(prompt: str, phrase: str) -> str:
    """The token of the source in the prompt that holds the phrase, "[S99]" if none does."""
    blocks = re.split(r"^(?=\[S\d+\] )", prompt, flags=re.MULTILINE)
    for block in blocks[1:]:
        if phrase in " ".join(block.split()):
            return block.split(" ", 1)[0]
    return "[S99]"


class ScriptedChat:
    """The running server. `prompts`: what it was asked, in order."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.prompts: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Says nothing."""

            def do_POST(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(size))
                prompt = str(body["messages"][-1]["content"])
                outer.prompts.append(prompt)
                steps = list(outer.script(prompt))
                if steps and isinstance(steps[0], int):
                    self._refuse(steps[0])
                    return
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.send_header("Connection", "close")
                self.end_headers()
                with suppress(BrokenPipeError, ConnectionResetError):
                    self._play(steps, body.get("model", "m"))
                self.close_connection = True

            def _refuse(self, status: int) -> None:
                body = json.dumps({"error": {"message": "scripted", "type": "x"}}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _play(self, steps: Sequence[Step], model: str) -> None:
                done = True
                for step in steps:
                    if isinstance(step, bytes):
                        self.wfile.write(step)
                        done = False
                    elif isinstance(step, str):
                        for piece in re.findall(r".{1,7}", step, re.DOTALL):
                            self._event(_chunk(model, {"content": piece}))
                    else:
                        time.sleep(step)
                    self.wfile.flush()
                if done:
                    self._event(_chunk(model, {}, "stop"))
                    self.wfile.write(b"data: [DONE]\n\n")

            def _event(self, data: dict[str, Any]) -> None:
                self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"


def _chunk(model: str, delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


@contextmanager
def scripted(script: Script) -> Iterator[ScriptedChat]:
    """The server, for as long as the block runs."""
    chat = ScriptedChat(script)
    thread = threading.Thread(target=chat.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        chat.server.shutdown()
        chat.server.server_close()
