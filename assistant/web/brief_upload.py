"""Where the page sends a summons of one's own: the bytes as they are, the name in the address.

It is read for a brief and not kept; what Gradio has for uploads is closed (`gate.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from anyio import to_thread
from fastapi import FastAPI, Query, Request, Response
from starlette.responses import JSONResponse

from assistant.web.briefing import Briefing
from assistant.web.paths import BRIEF_UPLOAD
from ingest.errors import BereddError

LARGEST = 30_000_000
"""Bytes: a summons with its appendices fits."""


def brief_upload_route(app: FastAPI, briefings: Mapping[str, Briefing]) -> None:
    """Adds the address. `briefings`: one for each language."""

    async def receive(
        request: Request, name: Annotated[str, Query(max_length=1000)], lang: str = "sv"
    ) -> Response:
        briefing = briefings.get(lang) or briefings["sv"]
        own = briefing.words.of("prepare")
        data = await _body(request)
        if data is None:
            return JSONResponse({"error": own("brief.too_large")}, status_code=413)
        try:
            key = await to_thread.run_sync(briefing.of_bytes, data, name)
        except BereddError as error:
            return JSONResponse({"error": briefing.why(error)}, status_code=422)
        return JSONResponse({"draft": key}, status_code=201)

    app.add_api_route(f"/{BRIEF_UPLOAD}", receive, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """The request's bytes, or None where they are too many."""
    data = bytearray()
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST:
            return None
    return bytes(data)
