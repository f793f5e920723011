"""The console's two pages. Both are shells: what a person wrote comes over the API only."""

from __future__ import annotations

from typing import Any

import aiohttp_jinja2
from aiohttp import web

from bot.content import force
from bot.desk import names
from bot.triage.reading import ACTS
from bot.web import config
from bot.web.errors import Problem
from bot.web.operator_auth import COOKIE, Caller, identify
from bot.web.operator_view import type_choices
from bot.web.operator_words import CODES, CUES, ROUTES

_NO_STORE = {"Cache-Control": "no-store"}


async def _who(request: web.Request) -> Caller | None:
    try:
        return await identify(request.app, token=None, cookie=request.cookies.get(COOKIE))
    except Problem:
        return None  # the records are down: the log-in page says so when it is tried


def _page(name: str, request: web.Request, context: dict[str, Any]) -> web.Response:
    response = aiohttp_jinja2.render_template(name, request, context)
    response.headers.update(_NO_STORE)
    return response


async def log_in_page(request: web.Request) -> web.Response:
    """GET /console/login."""
    if await _who(request) is not None:
        raise web.HTTPSeeOther("/console")
    return _page("console_login.html", request, {"api": config.API, "force": force.get().name})


async def console_page(request: web.Request) -> web.Response:
    """GET /console."""
    who = await _who(request)
    if who is None:
        raise web.HTTPSeeOther("/console/login")
    codes = [
        {"id": code, "title": CODES[code], "reason": code in names.CLOSING_CODES_WITH_REASON}
        for code in names.CLOSING_CODES
    ]
    context = {
        "api": config.API,
        "force": force.get().name,
        "who": who,
        "codes": codes,
        "types": type_choices(),
        "routes": ROUTES,
        "cues": CUES,
        "acts": ACTS,
        "limit": config.MAX_TEXT,
    }
    name = "console_trainer.html" if who.role == "trainer" else "console.html"
    return _page(name, request, context)


def setup(app: web.Application) -> None:
    """The addresses of the pages."""
    app.router.add_get("/console", console_page)
    app.router.add_get("/console/login", log_in_page)
