"""The page about the service, in Gradio."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version

import gradio as gr

from assistant.settings import Settings
from assistant.web.desk import Desk
from assistant.web.doors import Doors
from assistant.web.markup import fill
from assistant.web.measured import measured
from assistant.web.paths import link
from assistant.web.words import Words

_MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[a-z]{2,}")


def about_page(desk: Desk, words: Words) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    body = gr.HTML(apply_default_css=False, js_on_load=None, padding=False)
    gr.context.Context.root_block.load(
        lambda: about(desk, words), None, body, show_progress="hidden", api_name=False
    )


def about(desk: Desk, words: Words) -> str:
    """What the service is and does, and how it is set up here, as HTML."""
    assistant, settings = desk.open(), desk.settings
    entries = assistant.index.entries.values() if assistant else ()
    return fill(
        "about",
        words,
        documents=len(entries),
        unreadable=sum(len(entry.unreadable_pages) for entry in entries),
        list=link("documents", words.language),
        here=link("about", words.language),
        model=settings.model,
        embedding=assistant.index.manifest.model if assistant else None,
        server=settings.chroma_url,
        version=_version(),
        measured=measured(assistant.index, words) if assistant else None,
        kept=_kept(settings, words),
        owner=settings.owner,
        contact=settings.contact,
        mail=bool(settings.contact and _MAIL.fullmatch(settings.contact)),
    )


def _kept(settings: Settings, words: Words) -> list[tuple[str, str]]:
    """What is kept, and where and for how long."""
    days, login = settings.question_log_days, Doors(settings)
    rows = ["papers", "added", "talks", "marks"]
    told = [(words(f"kept.{name}"), words(f"kept.{name}_text")) for name in rows]
    log = words.number("kept.questions_text", days) if days > 0 else words("kept.questions_none")
    told.append((words("kept.questions"), log))
    if login.closed:
        key = "kept.login_text" if login.by_form else "kept.login_outside"
        told.append((words("kept.login"), words(key, hours=f"{settings.session_hours:g}")))
    return [*told, (words("kept.figures"), words("kept.figures_text"))]


def _version() -> str:
    try:
        return version("beredd")
    except PackageNotFoundError:
        return "–"
