"""The web server: Gradio's pages, the style sheet, and pictures of PDF pages."""

from __future__ import annotations

import os
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from assistant.web.desk import Desk

# Read by Gradio when it is imported: nothing is reported to anybody.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr
from fastapi import FastAPI, Response

from assistant.web.about_page import about_page
from assistant.web.api import Api, endpoints
from assistant.web.ask_page import ask_page
from assistant.web.asking import Asking
from assistant.web.assets import style
from assistant.web.brief_page import brief_page
from assistant.web.briefing import Briefing
from assistant.web.cases_page import cases_page
from assistant.web.compare_page import compare_page
from assistant.web.drafts import Drafts, download
from assistant.web.frame import Frame
from assistant.web.paper import page_png
from assistant.web.papers_page import papers_page
from assistant.web.paths import PAGES
from assistant.web.prepared import Prepared
from assistant.web.registers import Registers
from assistant.web.theme import theme
from assistant.web.words import Words

_ANSWERED_AT_ONCE = 8


def serve(desk: Desk) -> FastAPI:
    """The application; the assistant is opened beside it."""
    prepared, registers, drafts = Prepared(desk), Registers(), Drafts()
    app = FastAPI(
        docs_url=None, redoc_url=None, openapi_url=None, lifespan=_beside(desk, prepared, registers)
    )
    app.add_api_route("/beredd.css", _style, methods=["GET"])
    app.add_api_route("/page.png", partial(_picture, desk), methods=["GET"])
    app.add_api_route("/brief.{suffix}", partial(download, drafts), methods=["GET"])
    blocks = pages(desk, prepared, registers, drafts)
    with warnings.catch_warnings():
        # Gradio warns that pages are not rendered on the server, which nobody has asked for.
        warnings.filterwarnings("ignore", message="SSR mode")
        _mount(app, blocks)
    app.add_middleware(Frame)
    return app


def _beside(
    desk: Desk, prepared: Prepared, registers: Registers
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Opens the assistant beside the server when it starts, so that no visitor waits for it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        prepared.warm(Words("sv"))
        registers.warm(desk)
        yield

    return lifespan


def _mount(app: FastAPI, blocks: Any) -> None:
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        pwa=False,
        show_error=False,
        enable_monitoring=False,
        theme=theme(),
        favicon_path=str(Path(__file__).parent / "assets" / "icon.svg"),
    )


def pages(desk: Desk, prepared: Prepared, registers: Registers, drafts: Drafts) -> Any:
    """All pages in both languages, as Gradio Blocks."""
    with gr.Blocks(
        title="Beredd", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)
    ) as blocks:
        ask_page(Asking(desk, Words("sv")), prepared)
        endpoints(Api(desk))
    with blocks.route("Ask", PAGES["ask"]["en"], show_in_navbar=False):
        ask_page(Asking(desk, Words("en")), prepared)
    for language in ("sv", "en"):
        with blocks.route("Papers", PAGES["documents"][language], show_in_navbar=False):
            papers_page(desk, Words(language))
        with blocks.route("Cases", PAGES["cases"][language], show_in_navbar=False):
            cases_page(desk, registers, Words(language))
        with blocks.route("Compare", PAGES["compare"][language], show_in_navbar=False):
            compare_page(desk, registers, Words(language))
        with blocks.route("Brief", PAGES["brief"][language], show_in_navbar=False):
            brief_page(Briefing(desk, registers, drafts, Words(language)))
        with blocks.route("About", PAGES["about"][language], show_in_navbar=False):
            about_page(desk, Words(language))
    blocks.queue(default_concurrency_limit=_ANSWERED_AT_ONCE, api_open=False)
    return blocks


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
