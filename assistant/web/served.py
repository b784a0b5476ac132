"""What is served beside the pages: the style sheet, pictures of PDF pages, and signs of life."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI, Response
from starlette.responses import JSONResponse

from assistant.web import meter
from assistant.web.assets import style
from assistant.web.desk import Desk
from assistant.web.ledger import Ledger
from assistant.web.paper import page_png


def served_beside(app: FastAPI, desk: Desk, ledger: Ledger) -> None:
    """Adds the addresses."""
    app.add_api_route("/beredd.css", _style, methods=["GET"])
    app.add_api_route("/page.png", partial(_picture, desk), methods=["GET"])
    app.add_api_route("/health", partial(_health, desk), methods=["GET"])
    app.add_api_route("/metrics", partial(_metrics, desk, ledger), methods=["GET"])


def _style() -> Response:
    cached = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(style(), media_type="text/css", headers=cached)


def _picture(desk: Desk, file: str, page: int) -> Response:
    """The picture of a page of an indexed PDF."""
    assistant = desk.open()
    png = page_png(assistant.index, file, page) if assistant else None
    if png is None:
        return Response(status_code=404)
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


def _health(desk: Desk) -> Response:
    """Whether questions can be answered: 200, or 503 where the index cannot be used."""
    assistant = desk.open()
    status = "ok" if assistant else "index cannot be used" if desk.problem else "no index"
    told = {
        "status": status,
        "documents": len(assistant.index.entries) if assistant else 0,
        "generation": assistant.index.manifest.generation if assistant else 0,
    }
    fresh = {"Cache-Control": "no-store"}
    return JSONResponse(told, status_code=503 if desk.problem else 200, headers=fresh)


def _metrics(desk: Desk, ledger: Ledger) -> Response:
    assistant = desk.open()
    entries = assistant.index.entries if assistant else {}
    text = ledger.meter.text(
        generation=assistant.index.manifest.generation if assistant else 0,
        documents=len(entries),
        passages=sum(entry.passages for entry in entries.values()),
    )
    return Response(text, media_type=meter.TYPE, headers={"Cache-Control": "no-store"})
