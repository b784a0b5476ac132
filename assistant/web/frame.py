"""The frame around Gradio's part of every page: language, landmarks, and what a page may fetch.

Gradio's page names no language but English, puts everything inside `<main>` and carries previews
that name other hosts. The HTML is mended on its way out; nothing else is touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from markupsafe import escape
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.assets import head
from assistant.web.markup import fill
from assistant.web.paths import LOGIN, LOGOUT, PAGES, Place, link, place_of
from assistant.web.visitor import ANYBODY, SCOPE, Visitor
from assistant.web.words import Words

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio starts itself with a script in the page, and gr.HTML makes functions of templates.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
"""What a page may load and call: this server and nothing else."""

SAFETY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Headers on everything that is served."""

_PREVIEW = re.compile(r"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>", re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>")
_HTML = re.compile(r"<html\s+lang=\"en\"")


class Frame:
    """ASGI middleware that mends the HTML of the pages and sets headers of safety on everything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        place = place_of(scope["path"])
        await self._app(scope, receive, _Sending(send, place, scope).message)


class _Sending:
    """Sends one response on; HTML of a page is held back until it is whole."""

    def __init__(self, send: Send, place: Place | None, scope: Scope) -> None:
        self._send = send
        self._place = place
        self._scope = scope
        self._query = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        self._start: Message | None = None
        self._body = b""

    async def message(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in SAFETY.items():
                headers.setdefault(name, value)
            if self._scope["scheme"] == "https":
                headers["Strict-Transport-Security"] = "max-age=31536000"
            if self._place and "text/html" in Headers(raw=message["headers"]).get(
                "content-type", ""
            ):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._whole(self._start)
            return
        await self._send(message)

    async def _whole(self, start: Message) -> None:
        assert self._place is not None
        visitor = self._scope.get(SCOPE, ANYBODY)
        page = framed(self._body.decode("utf-8"), self._place, dict(self._query), visitor)
        body = page.encode()
        headers = MutableHeaders(raw=start["headers"])
        headers["content-length"] = str(len(body))
        headers["content-language"] = self._place.language
        if visitor.name:
            headers["cache-control"] = "private, no-cache"
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def framed(html: str, place: Place, query: dict[str, str], visitor: Visitor = ANYBODY) -> str:
    """Gradio's page with its language, header and footer, without previews of other hosts."""
    words = Words(place.language)
    html = _HTML.sub(f'<html lang="{place.language}"', _PREVIEW.sub("", html), count=1)
    title = f"<title>{escape(words(f'site.title_{place.page}'))}</title>"
    # At the head's beginning: the language must be set before Gradio's own script looks for it.
    html = html.replace('<meta charset="utf-8" />', f'<meta charset="utf-8">{title}', 1)
    html = html.replace("<script>", f"{head(words)}<script>", 1)
    header = page_header(words, place, query, visitor)
    html = _BODY.sub(lambda body: body.group() + header, html, count=1)
    return html.replace("</body>", f"{fill('footer', words)}</body>", 1)


def page_header(
    words: Words,
    place: Place,
    query: Mapping[str, str] | None = None,
    visitor: Visitor = ANYBODY,
    *,
    bare: bool = False,
) -> str:
    """The header of a page; `bare`: of the one where one logs in, which leads nowhere else."""
    other = "en" if place.language == "sv" else "sv"
    asked = dict(query or {})
    items = [
        {
            "href": link(page, words.language),
            "word": words(f"site.{page}"),
            "current": page == place.page,
        }
        for page in PAGES
    ]
    anchor = "question" if place.page == "ask" and not bare else "content"
    return fill(
        "header",
        words,
        items=[] if bare else items,
        home=link("ask", words.language),
        skip=f"{LOGIN[words.language]}#content"
        if bare
        else link(place.page, words.language, anchor, **asked),
        other=LOGIN[other] if bare else link(place.page, other, "", **asked),
        other_lang=other,
        person=visitor.name if visitor.by_form else "",
        leave=LOGOUT,
        script=not bare,
    )
