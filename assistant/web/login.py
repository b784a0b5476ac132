"""Logging in and out: a page that needs no script."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import FastAPI, Form, Request, Response
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse

from assistant.web.assets import style_tag
from assistant.web.doors import COOKIE, Doors, WaitFirst
from assistant.web.frame import page_header
from assistant.web.markup import fill
from assistant.web.paths import LOGIN, LOGOUT, Place, link, place_of
from assistant.web.words import Words

_LONGEST = 200
"""Characters of a name or a password that are looked at."""


def login_routes(app: FastAPI, doors: Doors) -> None:
    """Adds the pages where one logs in, in each language, and the address that logs out."""
    for language, path in LOGIN.items():
        _login_routes(app, doors, Words(language), path)

    def leave(request: Request) -> Response:
        doors.log_out(request.scope)
        answer = RedirectResponse("./", status_code=303)
        answer.delete_cookie(COOKIE)
        # What the browser has kept is the person's: the next one at the machine is another.
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer

    app.add_api_route(f"/{LOGOUT}", leave, methods=["POST"])


def _login_routes(app: FastAPI, doors: Doors, words: Words, path: str) -> None:
    def show(next: str = "") -> Response:
        if not doors.by_form:
            return RedirectResponse("./", status_code=303)
        return _page(words, next)

    def enter(
        request: Request,
        name: Annotated[str, Form(max_length=_LONGEST)] = "",
        password: Annotated[str, Form(max_length=_LONGEST)] = "",
        next: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:
        try:
            token = doors.log_in(name, password, doors.address(request.scope))
        except WaitFirst as error:
            told = words("login.wait", seconds=round(error.seconds) + 1)
            return _page(words, next, told, name, status=429)
        if token is None:
            return _page(words, next, words("login.wrong"), name, status=401)
        return _entered(request, token, next, doors.settings.session_hours)

    app.add_api_route(f"/{path}", show, methods=["GET"])
    app.add_api_route(f"/{path}", enter, methods=["POST"])


def _entered(request: Request, token: str, wanted: str, hours: float) -> Response:
    answer = RedirectResponse(_within(wanted), status_code=303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=round(hours * 3600),
        httponly=True,
        samesite="lax",
        secure=request.scope["scheme"] == "https",
    )
    return answer


def _within(wanted: str) -> str:
    """The page that was wanted if it is one of ours, else the first one: never another site."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "./"
    place = place_of(parts.path)
    if parts.scheme or parts.netloc or place is None or parts.path.strip("/") != place.path:
        return "./"
    return f"./{place.path}?{parts.query}" if parts.query else f"./{place.path}"


def _page(
    words: Words, wanted: str, problem: str = "", name: str = "", status: int = 200
) -> Response:
    html = fill(
        "login",
        words,
        style=style_tag(),
        header=Markup(page_header(words, Place("ask", words.language), bare=True)),
        footer=Markup(fill("footer", words)),
        action=LOGIN[words.language],
        other=LOGIN["en" if words.language == "sv" else "sv"],
        home=link("ask", words.language),
        next=wanted,
        problem=problem,
        name=name,
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})
