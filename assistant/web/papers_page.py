"""The page with the papers, in Gradio. Editors add, read again and remove them there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.web.assets import script
from assistant.web.desk import Desk
from assistant.web.editing import Editing
from assistant.web.intake import Intake
from assistant.web.markup import fill
from assistant.web.papers import listed, shown
from assistant.web.visitor import visitor_of
from assistant.web.words import Words

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_name": False}
_LOOKED_EVERY_S = 0.3


def papers_page(desk: Desk, intake: Intake, words: Words) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    editing = Editing(desk, intake, words)
    plain: dict[str, Any] = {"apply_default_css": False, "padding": False}
    head = gr.HTML(fill("papers_head", words), js_on_load=None, visible=False, **plain)
    add = gr.HTML(editing.panel(), js_on_load=script("add"), visible=False, elem_id="add", **plain)
    job = gr.HTML(js_on_load=None, elem_id="job", **plain)
    search = gr.Textbox(
        label=words("document.search"), elem_id="find", visible=False, max_length=200
    )
    scripts = "\n".join(script(name) for name in ("quote", "press", "focus"))
    body = gr.HTML(js_on_load=scripts, elem_id="content", **plain)

    def opened(request: gr.Request) -> Iterator[list[object]]:
        query = {name: str(value) for name, value in request.query_params.items()}
        if "file" in query:
            yield [shown(desk, words, query), *[gr.skip()] * 4]
            return
        edits = visitor_of(request).edits
        yield [
            listed(desk, words, edits=edits),
            gr.update(visible=True),
            gr.update(visible=True),
            gr.update(visible=edits),
            editing.job() if edits and intake.job.running else gr.skip(),
        ]
        if edits and intake.job.running:
            for list_html, job_html in _followed(editing):
                yield [list_html, *[gr.skip()] * 3, job_html]

    def act(event: gr.EventData, wanted: str, request: gr.Request) -> Iterator[list[object]]:
        data = event._data if isinstance(event._data, dict) else {}
        if not visitor_of(request).edits:
            yield [gr.skip(), gr.skip()]
            return
        list_html, job_html = editing.act(data, wanted)
        yield [list_html, gr.skip() if job_html is None else job_html]
        if intake.job.running:
            yield from map(list, _followed(editing, wanted))

    def found(wanted: str, request: gr.Request) -> str:
        return listed(desk, words, wanted, edits=visitor_of(request).edits)

    root = gr.context.Context.root_block
    root.load(opened, None, [body, search, head, add, job], **_QUIET)
    for part in (add, body):
        part.act(act, [search], [body, job], **_QUIET)
    search.input(found, search, body, trigger_mode="always_last", **_QUIET)


def _followed(editing: Editing, wanted: str = "") -> Iterator[tuple[object, str]]:
    """The list and the job's progress until it has ended; the list only when it has."""
    seen = None
    while True:
        now = editing.intake.job
        if now != seen:
            ended = not now.running
            yield editing.papers(wanted) if ended else gr.skip(), editing.job()
            if ended:
                return
            seen = now
        time.sleep(_LOOKED_EVERY_S)
