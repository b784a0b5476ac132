"""The page that compares two proposals, in Gradio."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.web.compare import offered, shown
from assistant.web.desk import Desk
from assistant.web.markup import fill
from assistant.web.registers import Registers
from assistant.web.words import Words


def compare_page(desk: Desk, registers: Registers, words: Words) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    own = words.of("prepare")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_name": False}
    gr.HTML(
        fill("compare_head", words, p=own),
        apply_default_css=False,
        js_on_load=None,
        padding=False,
    )
    with gr.Row(elem_id="compare-choice"):
        boxes = []
        for name in ("first", "second"):
            with gr.Column(min_width=260):
                boxes.append(gr.Dropdown([], label=own(f"compare.{name}"), value=None))
    body = gr.HTML(apply_default_css=False, js_on_load=None, elem_id="content", padding=False)

    def opened(request: gr.Request) -> list[object]:
        names = [str(request.query_params.get(name, "")) for name in ("a", "b")]
        choices = offered(desk, registers, words, names)
        known = {name for _, name in choices}
        chosen = [
            gr.update(choices=choices, value=name if name in known else None) for name in names
        ]
        return [*chosen, shown(desk, words, *names)]

    def compared(one: str | None, other: str | None) -> str:
        return shown(desk, words, one or "", other or "")

    gr.context.Context.root_block.load(opened, None, [*boxes, body], **quiet)
    gr.on([box.input for box in boxes], compared, boxes, body, **quiet)
