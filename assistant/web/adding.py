"""Where the page sends papers: one a request, the bytes as they are, the name in the address.

What Gradio has for uploads is closed (`gate.py`): it lets anybody fill the disk, and keeps what
comes under names of its own.
"""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import FastAPI, Query, Request, Response
from starlette.responses import JSONResponse

from assistant.web.desk import Desk
from assistant.web.intake import Intake
from assistant.web.paths import UPLOAD
from assistant.web.shelf import Refused
from assistant.web.visitor import visitor_of
from assistant.web.words import Words

_STATUS = {"large": 413, "format": 415, "taken": 409}


def add_route(app: FastAPI, desk: Desk, intake: Intake) -> None:
    """Adds the address."""

    async def add(
        request: Request,
        name: Annotated[str, Query(max_length=1000)],
        lang: str = "sv",
    ) -> Response:
        words = Words("en" if lang == "en" else "sv")
        if not visitor_of(request).edits:
            return _problem(403, words("add.not_allowed"))
        shelf = intake.shelf
        try:
            if int(request.headers.get("content-length", "0")) > shelf.limit:
                raise Refused("large")
            assistant = await to_thread.run_sync(desk.open)
            known = assistant.index.entries if assistant else {}
            kept = await shelf.put(name, request.stream(), known)
        except Refused as error:
            told = words(f"add.refused_{error.why}", mb=intake.settings.upload_mb)
            return _problem(_STATUS.get(error.why, 400), told)
        except OSError:
            return _problem(507, words("add.no_room"))
        return JSONResponse({"name": kept}, status_code=201)

    app.add_api_route(f"/{UPLOAD}", add, methods=["POST"])


def _problem(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=status)
