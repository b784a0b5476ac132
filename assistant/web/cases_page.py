"""The page with the cases, in Gradio."""

from __future__ import annotations

import gradio as gr

from assistant.web.cases import listed, shown
from assistant.web.desk import Desk
from assistant.web.markup import fill
from assistant.web.registers import Registers
from assistant.web.words import Words


def cases_page(desk: Desk, registers: Registers, words: Words) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    own = words.of("prepare")
    head = gr.HTML(
        fill("cases_head", words, p=own),
        apply_default_css=False,
        js_on_load=None,
        visible=False,
        padding=False,
    )
    search = gr.Textbox(
        label=own("case.search"), elem_id="find-case", visible=False, max_length=200
    )
    body = gr.HTML(apply_default_css=False, js_on_load=None, elem_id="content", padding=False)

    def opened(request: gr.Request) -> list[object]:
        key = str(request.query_params.get("case", ""))
        if key:
            return [shown(desk, registers, words, key), gr.skip(), gr.skip()]
        both = gr.update(visible=True)
        return [listed(desk, registers, words), both, both]

    gr.context.Context.root_block.load(
        opened, None, [body, search, head], show_progress="hidden", api_name=False
    )
    search.input(
        lambda wanted: listed(desk, registers, words, wanted),
        search,
        body,
        show_progress="hidden",
        trigger_mode="always_last",
        api_name=False,
    )
