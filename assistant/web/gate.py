"""The gate in front of everything that is served: pages, files, the API and MCP alike.

It finds out who asks, sends those who must log in to do so, refuses what other sites' pages send in
a person's name, and closes what Gradio would serve that Beredd has no use for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.doors import FORWARDING, Doors, WaitFirst
from assistant.web.paths import LOGIN, LOGOUT, UPLOAD, place_of
from assistant.web.visitor import SCOPE, Visitor

_OPEN = {"/health", "/beredd.css", "/favicon.ico", "/robots.txt", f"/{LOGOUT}",
         *(f"/{path}" for path in LOGIN.values())}  # fmt: skip
"""What anybody may fetch: what the login page consists of, and the sign of life."""
_CLOSED = re.compile(
    r"/(?:gradio_api/)?(?:upload|proxy=|file[=/]|stream/|vibe|undo-vibe|run-history|runs\b"
    r"|deep_link|process_recording|dev/|token\b|startup-events|component_server"
    r"|custom_component|monitoring|logout\b)"
)
"""Gradio's addresses that nothing of ours uses. Uploads come another way (`shelf.py`)."""
_EDITORS = {f"/{UPLOAD}"}
_MCP = "/gradio_api/mcp"
_SAFE = ("GET", "HEAD", "OPTIONS")
_LARGEST = 32_000_000
"""Bytes of a request that brings no paper: the conversations that a browser keeps fit well."""


class Gate:
    """ASGI middleware; leaves the visitor in the scope for those behind it."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here speaks over web sockets
        refusal = await self._judged(scope)
        await (refusal or self._app)(scope, receive, send)

    async def _judged(self, scope: Scope) -> Response | None:
        """The answer to a request that goes no further, or None."""
        path, headers = scope["path"].rstrip("/") or "/", Headers(scope=scope)
        if _CLOSED.match(path):
            return _problem(404, "There is nothing at this address.")
        if scope["method"] not in _SAFE and not _from_here(headers):
            return _problem(403, "Another site's page may not do this.")
        if path not in _EDITORS and _length(headers) > _LARGEST:
            return _problem(413, "That is too much at once.")
        try:
            visitor = await self._visitor(scope, headers)
        except WaitFirst as error:
            return _problem(429, str(error), {"Retry-After": str(round(error.seconds) + 1)})
        self._believe(scope)
        if visitor is None and path not in _OPEN:
            return _unknown(scope, headers, self._doors.by_form)
        if path in _EDITORS and not (visitor and visitor.edits):
            return _problem(403, "Only editors may add papers.")
        if path.startswith(_MCP):
            _to_itself(scope)
        if visitor is not None:
            scope[SCOPE] = visitor
        return None

    async def _visitor(self, scope: Scope, headers: Headers) -> Visitor | None:
        if "authorization" in headers:  # may cost a hash, which must not hold up the others
            return await to_thread.run_sync(self._doors.visitor, scope)
        return self._doors.visitor(scope)

    def _believe(self, scope: Scope) -> None:
        """Takes what a trusted proxy says of itself, and drops what anybody else does."""
        if self._doors.trusts(scope):
            proto = Headers(scope=scope).get("x-forwarded-proto", "").split(",")[0].strip()
            scope["scheme"] = proto if proto in ("http", "https") else scope["scheme"]
        else:
            _drop(scope, FORWARDING)


def _from_here(headers: Headers) -> bool:
    """False if a browser says that a page of another site sends this."""
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    hosts = {headers.get("host"), headers.get("x-forwarded-host")}
    return urlsplit(origin).netloc in hosts - {None, ""}


def _length(headers: Headers) -> int:
    given = headers.get("content-length", "0")
    return int(given) if given.isascii() and given.isdigit() else 0


def _unknown(scope: Scope, headers: Headers, by_form: bool) -> Response:
    """What somebody gets who must log in: the page to do so, or for a script the word that it must.

    A browser is not asked for a password by its own dialog, which knows no logging out.
    """
    if not by_form:
        return _problem(401, "Come in through the organisation's own sign-on.")
    place = place_of(scope["path"])
    if place is not None and scope["method"] in _SAFE:
        query = scope.get("query_string", b"").decode("latin-1")
        wanted = f"{place.path}?{query}" if query else place.path
        target = f"/{LOGIN[place.language]}?{urlencode({'next': wanted})}"
        return RedirectResponse(scope.get("root_path", "") + target, status_code=303)
    asked = {} if "sec-fetch-mode" in headers else {"WWW-Authenticate": 'Basic realm="Beredd"'}
    return _problem(401, "Log in first.", asked)


def _to_itself(scope: Scope) -> None:
    """Lets Gradio's MCP server know itself by its own address only: it may open a connection to
    the host that a request names, and must not be sent elsewhere with that."""
    _drop(scope, ["host", *FORWARDING])
    host, port = scope.get("server") or ("127.0.0.1", None)
    named = f"[{host}]" if ":" in host else host
    scope["headers"].append((b"host", f"{named}:{port}".encode() if port else named.encode()))


def _drop(scope: Scope, names: Iterable[str]) -> None:
    dropped = {name.encode() for name in names}
    scope["headers"] = [pair for pair in scope["headers"] if pair[0].lower() not in dropped]


def _problem(status: int, text: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": text}, status_code=status, headers=headers)
