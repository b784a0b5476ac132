"""The page where one asks, in Gradio."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import gradio as gr

from assistant.web.asking import Asking, Screen
from assistant.web.assets import script
from assistant.web.choices import chosen
from assistant.web.conversation import from_plain
from assistant.web.markup import fill
from assistant.web.prepared import Prepared
from assistant.web.words import Words

_KEY, _SECRET = "beredd", "beredd"
"""Where the browser keeps conversations. The secret is no secret: it is sent to every browser, and
only has to stay the same so that what was kept can be read after a restart."""


def ask_page(asking: Asking, prepared: Prepared) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    words = asking.words
    made = partial(gr.HTML, apply_default_css=False, js_on_load=script("press"), padding=False)
    kept = gr.BrowserState(None, storage_key=_KEY, secret=_SECRET)
    pending = gr.State("")
    talks = made(elem_id="talks")
    thread = made(elem_id="thread", elem_classes="thread")
    onward = made(elem_id="onward")
    with gr.Column(elem_id="ask", elem_classes="ask"):
        with gr.Row(elem_classes="ask-row"):
            box = gr.Textbox(
                label=words("ask.label"),
                lines=1,
                max_lines=6,
                max_length=2000,
                elem_id="question",
                scale=8,
                autofocus=False,
            )
            button = gr.Button(words("ask.button"), variant="primary", scale=1, min_width=110)
            stop = gr.Button(
                words("ask.stop"), visible=False, scale=1, min_width=110, elem_id="stop"
            )
        status = made(fill("status", words, told="", hint=""), elem_id="status")
        with gr.Accordion(words("filter.heading"), open=False, elem_id="filters") as limits:
            filters = _filters(asking)
    suggestions = made(elem_id="suggestions")
    outputs = [talks, thread, status, kept, box, button, stop, pending, suggestions, onward]

    def shown(screens: Iterator[Screen], question: str = "") -> Iterator[list[Any]]:
        for screen in screens:
            yield _update(screen, question)

    def ask(question: str, plain: Any, *limits: Any) -> Iterator[list[Any]]:
        yield from shown(asking.ask(question, plain, chosen(*limits)), question)

    def act(event: gr.EventData, plain: Any, *limits: Any) -> Iterator[list[Any]]:
        data = event._data if isinstance(event._data, dict) else {}
        yield from shown(asking.act(data, plain, chosen(*limits)), str(data.get("question", "")))

    bind: dict[str, Any] = {"outputs": outputs, "show_progress": "hidden"}
    running = [
        gr.on([box.submit, button.click], ask, [box, kept, *filters], api_name=False, **bind),
        *(
            part.act(act, [kept, *filters], api_name=False, **bind)
            for part in (thread, talks, suggestions, onward)
        ),
    ]

    def follow(plain: Any) -> str:
        questions = prepared.follow_ups(from_plain(plain).current, words)
        return fill("next", words, questions=questions)

    for event in running:
        event.success(follow, kept, onward, show_progress="hidden", api_name=False)
    stop.click(
        lambda plain, question: _update(asking.stopped(plain, question)),
        [kept, pending],
        cancels=running,
        api_name=False,
        **bind,
    )
    gr.on(
        [part.change for part in filters],
        lambda *values: gr.update(label=_limited(words, values)),
        filters,
        limits,
        show_progress="hidden",
        api_name=False,
    )
    _opening(asking, prepared, bind, kept, suggestions, filters)


def _limited(words: Words, values: Sequence[Any]) -> str:
    """The heading of the filters: whether the search is limited, or why a date is not used."""
    limits = chosen(*values)
    if any(day and day.strip() for day in values[4:]) and not limits.dates:
        return f"{words('filter.heading')}: {words('filter.bad_date')}"
    count = sum(bool(value) for value in (*values[:4], limits.first, limits.last))
    return words.number("filter.active", count) if count else words("filter.heading")


def _update(screen: Screen, question: str = "") -> list[Any]:
    """A screen as updates of the page's parts, in the order of the outputs."""
    return [
        screen.talks,
        screen.thread,
        screen.status,
        gr.skip() if screen.kept is None else screen.kept,
        gr.skip() if screen.box is None else screen.box,
        gr.skip(),
        gr.update(visible=screen.busy),
        question if screen.busy else "",
        gr.update(visible=screen.fresh),
        gr.skip() if screen.same else "",
    ]


def _filters(asking: Asking) -> list[Any]:
    words = asking.words
    with gr.Row():
        lists = [
            gr.Dropdown([], label=words(f"filter.{name}"), multiselect=True, min_width=200)
            for name in ("bodies", "kinds", "parties", "cases")
        ]
    with gr.Row():
        days = [
            gr.Textbox(label=words(f"filter.{name}"), max_length=10, min_width=160)
            for name in ("first", "last")
        ]
    return [*lists, *days]


def _opening(
    asking: Asking,
    prepared: Prepared,
    bind: dict[str, Any],
    kept: Any,
    suggestions: Any,
    filters: list[Any],
) -> None:
    """What happens when the page is opened: what was kept is shown, `?q=` is asked, and then the
    suggestions and filters come as soon as they are known."""
    blocks = gr.context.Context.root_block

    def opened(plain: Any, request: gr.Request) -> Iterator[list[Any]]:
        yield _update(asking.opened(plain))
        question = request.query_params.get("q", "")
        if question:
            for screen in asking.act({"do": "new"}, plain):
                plain = screen.kept or plain
            for screen in asking.ask(str(question)[:2000], plain):
                yield _update(screen)

    def ready() -> list[Any]:
        known = prepared.known(asking.words)
        found = known.choices
        kinds = [(asking.words.known("kind", kind), kind) for kind in found.kinds]
        values = [list(found.bodies), kinds, list(found.parties), list(found.cases)]
        html = fill("suggestions", asking.words, questions=known.questions)
        return [html, *(gr.update(choices=value) for value in values)]

    on_load: Callable[..., Any] = blocks.load
    on_load(opened, [kept], api_name=False, **bind)
    on_load(ready, None, [suggestions, *filters[:4]], show_progress="hidden", api_name=False)
