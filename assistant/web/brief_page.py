"""The page that prepares a meeting, in Gradio."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from assistant.web.assets import script
from assistant.web.briefing import Briefing
from assistant.web.markup import fill
from assistant.web.paths import BRIEF_UPLOAD
from ingest.formats import FORMATS

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_name": False}

_SIZE: dict[str, Any] = {"scale": 0, "min_width": 220, "size": "md"}


def brief_page(briefing: Briefing) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    own = briefing.words.of("prepare")
    query = gr.State({})
    gr.HTML(
        fill("brief_head", briefing.words, p=own),
        apply_default_css=False,
        js_on_load=None,
        padding=False,
    )
    with gr.Column(elem_id="brief-choice"):
        choice = gr.Dropdown([], label=own("brief.choose"), value=None)
        with gr.Accordion(own("brief.other"), open=False, elem_id="brief-own"):
            text = gr.Textbox(
                label=own("brief.paste"), info=own("brief.paste_help"), lines=6, max_lines=14,
                max_length=400_000,
            )  # fmt: skip
            button = gr.Button(own("brief.button"), variant="primary", **_SIZE)
            file = gr.HTML(
                fill(
                    "brief_file",
                    briefing.words,
                    p=own,
                    url=BRIEF_UPLOAD,
                    accept=",".join(sorted(FORMATS)),
                ),
                apply_default_css=False,
                js_on_load=script("brief"),
                padding=False,
            )
    body = gr.HTML(apply_default_css=False, js_on_load=None, elem_id="content", padding=False)

    def opened(request: gr.Request) -> list[object]:
        asked = str(request.query_params.get("file", ""))
        choices = briefing.offered()
        if asked not in {name for _, name in choices}:
            return [{}, gr.update(choices=choices), briefing.told("empty")]
        kept = {"file": asked}
        chosen = gr.update(choices=choices, value=asked)
        return [kept, chosen, briefing.of_file(asked, kept)]

    def making(make: Callable[[str, dict[str, str]], str]) -> Any:
        def made(given: str | None, kept: dict[str, str]) -> Iterator[str]:
            if not given or not given.strip():
                yield briefing.told("empty")
                return
            yield briefing.told("making")
            yield make(given, kept)

        return made

    def received(event: gr.EventData, kept: dict[str, str]) -> str:
        data = event._data if isinstance(event._data, dict) else {}
        return briefing.of_draft(str(data.get("draft", "")), kept)

    gr.context.Context.root_block.load(opened, None, [query, choice, body], **_QUIET)
    choice.input(making(briefing.of_file), [choice, query], body, **_QUIET)
    button.click(making(briefing.of_text), [text, query], body, **_QUIET)
    file.act(received, query, body, **_QUIET)
