"""The page where one asks, in Gradio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import gradio as gr

from assistant.web.asking import Asking, Screen
from assistant.web.assets import script
from assistant.web.choices import chosen
from assistant.web.conversation import from_plain
from assistant.web.limits import at_once
from assistant.web.markup import fill
from assistant.web.narrowed import from_query
from assistant.web.prepared import Prepared
from assistant.web.visitor import visitor_of
from assistant.web.words import Words

_KEY, _SECRET = "beredd", "beredd"
"""Where the browser keeps conversations. The secret is no secret: it is sent to every browser, and
only has to stay the same so that what was kept can be read after a restart."""

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_name": False}
"""How the page's own events are bound: the status line tells what happens; scripts have the API."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The page's components. `limits`: what frames the filters; `pending`: what is being asked."""

    kept: Any
    pending: Any
    talks: Any
    thread: Any
    onward: Any
    box: Any
    button: Any
    stop: Any
    status: Any
    limits: Any
    filters: tuple[Any, ...]
    suggestions: Any

    @property
    def outputs(self) -> list[Any]:
        """What a screen changes, in the order of `_update`."""
        return [
            self.talks, self.thread, self.status, self.kept, self.box, self.stop, self.pending,
            self.suggestions, self.onward,
        ]  # fmt: skip


def ask_page(asking: Asking, prepared: Prepared) -> None:
    """Lays the page out inside the Blocks that are open, and binds its events."""
    parts = _laid_out(asking.words)
    _bind_asking(asking, prepared, parts)
    _bind_filters(asking.words, parts)
    _bind_opening(asking, prepared, parts)


def _laid_out(words: Words) -> _Parts:
    made = partial(gr.HTML, apply_default_css=False, js_on_load=script("press"), padding=False)
    kept = gr.BrowserState(None, storage_key=_KEY, secret=_SECRET)
    pending = gr.State("")
    talks, thread, onward = (made(elem_id=name) for name in ("talks", "thread", "onward"))
    with gr.Column(elem_id="ask", elem_classes="ask"):
        with gr.Row(elem_classes="ask-row"):
            box = gr.Textbox(
                label=words("ask.label"), lines=1, max_lines=6, max_length=2000, scale=8,
                elem_id="question",
            )  # fmt: skip
            size: dict[str, Any] = {"scale": 1, "min_width": 110}
            button = gr.Button(words("ask.button"), variant="primary", **size)
            stop = gr.Button(words("ask.stop"), visible=False, elem_id="stop", **size)
        status = made(fill("status", words, told="", hint=""), elem_id="status")
        with gr.Accordion(words("filter.heading"), open=False, elem_id="filters") as limits:
            filters = _filters(words)
    return _Parts(
        kept=kept,
        pending=pending,
        talks=talks,
        thread=thread,
        onward=onward,
        box=box,
        button=button,
        stop=stop,
        status=status,
        limits=limits,
        filters=filters,
        suggestions=made(elem_id="suggestions"),
    )


def _filters(words: Words) -> tuple[Any, ...]:
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
    return (*lists, *days)


def _bind_asking(asking: Asking, prepared: Prepared, parts: _Parts) -> None:
    def ask(request: gr.Request, question: str, plain: Any, *limits: Any) -> Iterator[list[Any]]:
        visitor = visitor_of(request)
        yield from map(_update, asking.ask(question, plain, chosen(*limits), visitor))

    def act(
        event: gr.EventData, request: gr.Request, plain: Any, *limits: Any
    ) -> Iterator[list[Any]]:
        data = event._data if isinstance(event._data, dict) else {}
        visitor = visitor_of(request)
        yield from map(_update, asking.act(data, plain, chosen(*limits), visitor))

    def follow(plain: Any) -> str:
        questions = prepared.follow_ups(from_plain(plain).current, asking.words)
        return fill("next", asking.words, questions=questions)

    told = {"outputs": parts.outputs, **_QUIET}
    turns = {"concurrency_limit": at_once(asking.desk.settings), "concurrency_id": "answers"}
    pressed = (parts.thread, parts.talks, parts.suggestions, parts.onward)
    running = [
        gr.on(
            [parts.box.submit, parts.button.click],
            ask,
            [parts.box, parts.kept, *parts.filters],
            **told,
            **turns,
        ),
        *(part.act(act, [parts.kept, *parts.filters], **told, **turns) for part in pressed),
    ]
    for event in running:
        event.success(follow, parts.kept, parts.onward, concurrency_limit=1, **_QUIET)
    parts.stop.click(
        lambda plain, question: _update(asking.stopped(plain, question)),
        [parts.kept, parts.pending],
        cancels=running,
        **told,
    )


def _bind_filters(words: Words, parts: _Parts) -> None:
    gr.on(
        [part.input for part in parts.filters],  # what the address sets, `ready` tells of
        lambda *values: gr.update(label=_limited(words, values)),
        list(parts.filters),
        parts.limits,
        trigger_mode="always_last",  # two filters that change at once are told as two
        **_QUIET,
    )


def _bind_opening(asking: Asking, prepared: Prepared, parts: _Parts) -> None:
    """When the page is opened, what was kept is shown and `?q=` is asked, limited as the address
    says; suggestions and filters come as soon as they are known."""
    blocks = gr.context.Context.root_block

    def opened(plain: Any, request: gr.Request) -> Iterator[list[Any]]:
        yield _update(asking.opened(plain))
        question = str(request.query_params.get("q", ""))[:2000]
        if question:
            limits = from_query(request.query_params)
            plain = next(asking.act({"do": "new"}, plain)).kept
            screens = asking.ask(question, plain, limits, visitor_of(request))
            yield from map(_update, screens)

    def ready(request: gr.Request) -> list[Any]:
        known = prepared.known(asking.words)
        found, limits = known.choices, from_query(request.query_params)
        kinds = [(asking.words.known("kind", kind), kind) for kind in found.kinds]
        values = [list(found.bodies), kinds, list(found.parties), list(found.cases)]
        html = fill("suggestions", asking.words, questions=known.questions)
        named = (limits.bodies, limits.kinds, limits.parties, limits.cases)
        held = (found.bodies, found.kinds, found.parties, found.cases)
        lists = [
            gr.update(choices=choice, value=[v for v in wanted if v in there])
            if wanted
            else gr.update(choices=choice)
            for choice, wanted, there in zip(values, named, held, strict=True)
        ]
        days = [gr.update(value=day) if day else gr.skip() for day in (limits.first, limits.last)]
        limited = _limited(asking.words, (*named, limits.first or "", limits.last or ""))
        return [html, *lists, *days, gr.update(label=limited)]

    blocks.load(opened, [parts.kept], parts.outputs, **_QUIET)
    blocks.load(ready, None, [parts.suggestions, *parts.filters, parts.limits], **_QUIET)


def _limited(words: Words, values: Sequence[Any]) -> str:
    """The heading of the filters: whether the search is limited, or why a date is not used."""
    limits = chosen(*values)
    if any(day and day.strip() for day in values[4:]) and not limits.dates:
        return f"{words('filter.heading')}: {words('filter.bad_date')}"
    count = sum(bool(value) for value in (*values[:4], limits.first, limits.last))
    return words.number("filter.active", count) if count else words("filter.heading")


def _update(screen: Screen) -> list[Any]:
    """A screen as updates of the page's parts, in the order of `_Parts.outputs`."""
    return [
        screen.talks,
        screen.thread,
        screen.status,
        gr.skip() if screen.kept is None else screen.kept,
        gr.skip() if screen.box is None else screen.box,
        gr.update(visible=screen.busy),
        screen.asked,
        gr.update(visible=screen.fresh),
        gr.skip() if screen.same else "",
    ]
