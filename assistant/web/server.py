"""The web server: Gradio's pages behind the gate, and what is served beside them."""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.web.desk import Desk

# Read by Gradio when it is imported: nothing is reported to anybody.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr
from fastapi import FastAPI

from assistant.web.about_page import about_page
from assistant.web.adding import add_route
from assistant.web.api import Api, endpoints
from assistant.web.ask_page import ask_page
from assistant.web.asking import Asking
from assistant.web.brief_page import brief_page
from assistant.web.brief_upload import brief_upload_route
from assistant.web.briefing import Briefing
from assistant.web.cases_page import cases_page
from assistant.web.compare_page import compare_page
from assistant.web.doors import Doors
from assistant.web.drafts import Drafts, download
from assistant.web.frame import Frame
from assistant.web.gate import Gate
from assistant.web.intake import Intake
from assistant.web.ledger import Ledger
from assistant.web.login import login_routes
from assistant.web.papers_page import papers_page
from assistant.web.paths import PAGES
from assistant.web.prepare_api import PrepareApi
from assistant.web.prepared import Prepared
from assistant.web.registers import Registers
from assistant.web.served import served_beside
from assistant.web.theme import theme
from assistant.web.words import Words

_DONE_AT_ONCE = 8
"""Of each thing that the pages do, but for answering (`limits.at_once`)."""
_TIDIED_EVERY_S = 3600.0


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the pages and endpoints of one server share."""

    desk: Desk
    prepared: Prepared
    ledger: Ledger
    intake: Intake
    doors: Doors
    registers: Registers = field(default_factory=Registers)
    drafts: Drafts = field(default_factory=Drafts)

    @classmethod
    def over(cls, desk: Desk, intake: Intake | None = None) -> Rooms:
        """The rooms over a desk. Raises BereddError if a setting is off."""
        settings = desk.settings
        return cls(
            desk, Prepared(desk), Ledger(settings), intake or Intake(settings), Doors(settings)
        )


def serve(desk: Desk, intake: Intake | None = None) -> FastAPI:
    """The application; the assistant is opened beside it.

    Raises:
        BereddError: a setting of the login is off.
    """
    rooms = Rooms.over(desk, intake)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_beside(rooms))
    served_beside(app, desk, rooms.ledger)
    login_routes(app, rooms.doors)
    add_route(app, desk, rooms.intake)
    app.add_api_route("/brief.{suffix}", partial(download, rooms.drafts), methods=["GET"])
    brief_upload_route(app, {language: _briefing(rooms, language) for language in ("sv", "en")})
    blocks = pages(rooms)
    with warnings.catch_warnings():
        # Gradio warns that pages are not rendered on the server, which nobody has asked for.
        warnings.filterwarnings("ignore", message="SSR mode")
        _mount(app, blocks)
    app.add_middleware(Gate, doors=rooms.doors)
    app.add_middleware(Frame)
    return app


def _briefing(rooms: Rooms, language: str) -> Briefing:
    return Briefing(rooms.desk, rooms.registers, rooms.drafts, Words(language))


def _beside(rooms: Rooms) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Opens the assistant beside the server when it starts, so that no visitor waits for it; goes
    on with papers that were being read, and lets go of old questions."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        rooms.prepared.warm(Words("sv"))
        rooms.registers.warm(rooms.desk)
        if rooms.intake.shelf.unread:
            rooms.intake.read_added()
        tidying = asyncio.create_task(_tidied(rooms.ledger))
        yield
        tidying.cancel()
        rooms.intake.close()

    return lifespan


async def _tidied(ledger: Ledger) -> None:
    while True:
        await asyncio.to_thread(ledger.tidy)
        await asyncio.sleep(_TIDIED_EVERY_S)


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
        mcp_server=find_spec("mcp") is not None,
        theme=theme(),
        favicon_path=str(Path(__file__).parent / "assets" / "icon.svg"),
    )


def pages(rooms: Rooms) -> Any:
    """All pages in both languages, as Gradio Blocks."""
    desk = rooms.desk
    asked = {language: Asking(desk, Words(language), rooms.ledger) for language in ("sv", "en")}
    with gr.Blocks(
        title="Beredd", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)
    ) as blocks:
        ask_page(asked["sv"], rooms.prepared)
        endpoints(Api(desk, rooms.ledger), PrepareApi(desk, rooms.registers, rooms.ledger))
    with blocks.route("Ask", PAGES["ask"]["en"], show_in_navbar=False):
        ask_page(asked["en"], rooms.prepared)
    for language in ("sv", "en"):
        with blocks.route("Papers", PAGES["documents"][language], show_in_navbar=False):
            papers_page(desk, rooms.intake, Words(language))
        with blocks.route("Cases", PAGES["cases"][language], show_in_navbar=False):
            cases_page(desk, rooms.registers, Words(language))
        with blocks.route("Compare", PAGES["compare"][language], show_in_navbar=False):
            compare_page(desk, rooms.registers, Words(language))
        with blocks.route("Brief", PAGES["brief"][language], show_in_navbar=False):
            brief_page(_briefing(rooms, language))
        with blocks.route("About", PAGES["about"][language], show_in_navbar=False):
            about_page(desk, Words(language))
    blocks.queue(default_concurrency_limit=_DONE_AT_ONCE, api_open=False)
    return blocks
