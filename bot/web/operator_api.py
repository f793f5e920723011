"""The operators' side of the gateway: log-in and session, and where everything else hangs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from aiohttp import web

from bot.web import (
    config,
    operator_changes,
    operator_explain,
    operator_pages,
    operator_read,
    operator_verbs,
)
from bot.web.errors import Problem
from bot.web.keys import DESK, LIMITER, SETTINGS, Tools
from bot.web.limits import client_address
from bot.web.operator_auth import (
    ACCOUNTS,
    COOKIE,
    Accounts,
    Caller,
    caller,
    log_in,
    log_out,
    set_cookie,
)
from bot.web.operator_queue import QUEUE, Queue
from bot.web.operator_records import RECORDS, Records
from bot.web.operator_socket import CONSOLES, close_all, operator_socket
from bot.web.operator_verbs import members
from bot.web.public import reply

# One address, any names: guessing one password for many names is slowed too.
RATE_LOGIN_PER_MINUTE = 30
_PASSWORD_MAX = 200


def _shown(name: str, role: str, csrf: str) -> Mapping[str, str]:
    return {"name": name, "role": role, "csrf": csrf, "shown": Caller(name, role).shown}


async def start_session(request: web.Request) -> web.Response:
    """POST /operator/session {name, password} -> 200 {name, role, csrf, shown} and the cookie."""
    address = client_address(request, request.app[SETTINGS].trusted_proxy)
    request.app[LIMITER].check("login", address, RATE_LOGIN_PER_MINUTE)
    body = await members(request)
    name, password = body.get("name"), body.get("password")
    for field, given in (("name", name), ("password", password)):
        if not isinstance(given, str) or not 0 < len(given) <= _PASSWORD_MAX:
            raise Problem("field_wrong", field=field)
    account, cookie, csrf = await log_in(request, str(name).strip(), str(password))
    if account.role != "trainer":
        await request.app[DESK].presence_beat(account.name, True)
    response = reply(200, **_shown(account.name, account.role, csrf))
    set_cookie(response, cookie, secure=request.app[SETTINGS].secure_cookies)
    return response


async def session(request: web.Request) -> web.Response:
    """GET /operator/session -> 200 {name, role, csrf, shown}."""
    who = await caller(request)
    return reply(200, **_shown(who.name, who.role, who.csrf))


async def end_session(request: web.Request) -> web.Response:
    """DELETE /operator/session -> 204: the session and the presence end at once."""
    await log_out(request.app[DESK], await caller(request))
    response = web.Response(status=204)
    response.del_cookie(COOKIE, path="/")
    return response


async def _parts(app: web.Application) -> AsyncIterator[None]:
    settings = app[SETTINGS]
    if RECORDS not in app:
        app[RECORDS] = Records(settings.sqlite_url, settings.desk_id)
    app[ACCOUNTS] = Accounts(app[RECORDS])
    app[QUEUE] = Queue(app[DESK])
    yield


def setup(app: web.Application, tools: Tools | None = None) -> None:
    """Routes and parts. Call it after the desk's own `cleanup_ctx`. `app[RECORDS]` may be set
    before; else it is made from the settings."""
    app[CONSOLES] = set()
    app.cleanup_ctx.append(_parts)
    app.on_shutdown.append(close_all)
    api = config.API + "/operator"
    app.router.add_post(api + "/session", start_session)
    app.router.add_get(api + "/session", session)
    app.router.add_delete(api + "/session", end_session)
    app.router.add_get(api + "/socket", operator_socket)
    one = api + "/conversations/{id:[0-9a-zA-Z_-]{1,64}}"
    operator_verbs.setup(app, one)
    operator_read.setup(app, one)
    operator_explain.setup(app, one, tools)
    operator_changes.setup(app, api)
    operator_pages.setup(app)
