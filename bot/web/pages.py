"""The public page, its static parts, and the page that stands when the desk is down."""

from __future__ import annotations

from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.content import force
from bot.web import config
from bot.web.keys import DESK, SETTINGS

HERE = Path(__file__).resolve().parent


def environment() -> jinja2.Environment:
    """The templates, with everything escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def down_page(exit_url: str) -> str:
    """The static page with 999 and 101: rendered at start, needs nothing afterwards."""
    return environment().get_template("down.html").render(exit_url=exit_url)


async def page(request: web.Request) -> web.Response:
    """GET /: the page. Raises DeskUnavailable when nobody could take a message."""
    on_duty = await request.app[DESK].on_duty()
    context = {
        "api": config.API,
        "exit_url": request.app[SETTINGS].exit_url,
        "limit": config.MAX_TEXT,
        "on_duty": on_duty,
        "notice": force.get().notice,
    }
    response = aiohttp_jinja2.render_template("page.html", request, context)
    response.headers["Cache-Control"] = "no-store"
    return response


def setup(app: web.Application) -> None:
    """Templates, the page and the static folder."""
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    app.router.add_get("/", page)
    app.router.add_static("/static", HERE / "static", append_version=False)
