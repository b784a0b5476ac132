"""The page about the service, in Gradio."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import gradio as gr

from assistant.web.desk import Desk
from assistant.web.markup import fill
from assistant.web.paths import link
from assistant.web.words import Words


def about_page(desk: Desk, words: Words) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    body = gr.HTML(apply_default_css=False, js_on_load=None, padding=False)
    gr.context.Context.root_block.load(
        lambda: about(desk, words), None, body, show_progress="hidden", api_name=False
    )


def about(desk: Desk, words: Words) -> str:
    """What the service is and does, and how it is set up here, as HTML."""
    assistant = desk.open()
    entries = assistant.index.entries.values() if assistant else ()
    return fill(
        "about",
        words,
        documents=len(entries),
        unreadable=sum(len(entry.unreadable_pages) for entry in entries),
        list=link("documents", words.language),
        model=desk.settings.model,
        embedding=assistant.index.manifest.model if assistant else None,
        server=desk.settings.chroma_url,
        version=_version(),
        scores=None,
    )


def _version() -> str:
    try:
        return version("beredd")
    except PackageNotFoundError:
        return "–"
