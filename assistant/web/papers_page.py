"""The page with the papers, in Gradio."""

from __future__ import annotations

import gradio as gr

from assistant.web.assets import script
from assistant.web.desk import Desk
from assistant.web.markup import fill
from assistant.web.papers import listed, shown
from assistant.web.words import Words


def papers_page(desk: Desk, words: Words) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    head = gr.HTML(
        fill("papers_head", words),
        apply_default_css=False,
        js_on_load=None,
        visible=False,
        padding=False,
    )
    search = gr.Textbox(
        label=words("document.search"), elem_id="find", visible=False, max_length=200
    )
    body = gr.HTML(
        apply_default_css=False, js_on_load=script("quote"), elem_id="content", padding=False
    )

    def opened(request: gr.Request) -> list[object]:
        query = {name: str(value) for name, value in request.query_params.items()}
        if "file" in query:
            return [shown(desk, words, query), gr.skip(), gr.skip()]
        return [listed(desk, words), gr.update(visible=True), gr.update(visible=True)]

    gr.context.Context.root_block.load(
        opened, None, [body, search, head], show_progress="hidden", api_name=False
    )
    search.input(
        lambda wanted: listed(desk, words, wanted),
        search,
        body,
        show_progress="hidden",
        trigger_mode="always_last",
        api_name=False,
    )
