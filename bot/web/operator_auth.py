"""Who an operator's request comes from, and what their role may do.

Two ways in: a console session (a cookie, with the session's own token in a header for
everything that changes something, and an Origin check), or an API token in a header.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.desk import Desk
from bot.records.operators import Account
from bot.web.errors import Problem
from bot.web.keys import DESK, SETTINGS
from bot.web.limits import client_address
from bot.web.operator_records import Records

COOKIE = "console_session"
CSRF_HEADER = "X-CSRF-Token"
# A long shift; nobody types a password in the middle of a chat about danger.
SESSION_S = 10 * 60 * 60
# Log-ins for one name from one address; the sixth in a minute waits. Loopback waits too.
LOGINS_PER_MINUTE = 5
# One check takes 64 MiB and a core for 50 ms: two at a time leave the chats their air.
_CHECKS_AT_ONCE = 2
# A disabled account loses its console within this time, without a query for each request.
ACCOUNT_FRESH_S = 5.0
# With the records down a known account stays known this long: danger is still answered.
ACCOUNT_STALE_S = 15 * 60.0
# More accounts than any desk has; a flood of wrong tokens is never kept.
_ACCOUNTS_KEPT = 500

HANDLES = ("handler", "supervisor")
SUPERVISES = ("supervisor",)
TRAINS = ("trainer",)
EVERYONE = ("handler", "supervisor", "trainer")
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Caller:
    """An operator as one request knows them. `session` is None for an API token."""

    name: str
    role: str
    session: str | None = None
    csrf: str = ""

    @property
    def shown(self) -> str:
        """What the person reads: a first name, or the role when the account is not a name."""
        first = self.name.replace(".", " ").replace("_", " ").split()[0]
        if first.isalpha() and len(first) > 1 and first.lower() not in _NOT_NAMES:
            return first.capitalize() if first.islower() else first
        return "A call handler"


_NOT_NAMES = (*EVERYONE, "operator", "admin", "desk", "police", "tester", "test")


class Accounts:
    """Accounts as the records have them, remembered for a few seconds."""

    def __init__(self, records: Records, fresh_s: float = ACCOUNT_FRESH_S) -> None:
        self.records, self.fresh_s = records, fresh_s
        self._held: dict[str, tuple[float, Account]] = {}
        self.checking = asyncio.Semaphore(_CHECKS_AT_ONCE)

    async def of_name(self, name: str) -> Account | None:
        """The account of a session, None when it is gone or disabled."""
        return await self._look("n:" + name, name)

    async def of_token(self, token: str) -> Account | None:
        """The account of an API token."""
        return await self._look("t:" + _digest(token), token)

    async def _look(self, key: str, what: str) -> Account | None:
        at, held = self._held.get(key, (0.0, None))
        age = time.monotonic() - at
        if held is not None and age < self.fresh_s:
            return held
        ask = self.records.by_name if key.startswith("n:") else self.records.by_token
        try:
            found = await ask(what)
        except Problem:
            if held is not None and age < ACCOUNT_STALE_S:
                return held
            raise
        self._held.pop(key, None)
        if found is not None:
            if len(self._held) >= _ACCOUNTS_KEPT:
                self._held.clear()
            self._held[key] = (time.monotonic(), found)
        return found


ACCOUNTS: web.AppKey[Accounts] = web.AppKey("operator_accounts", Accounts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def same_origin(request: web.Request, *, needed: bool) -> None:
    """Refuses a request that another site's page made. Raises `Problem`: origin_refused."""
    origin = request.headers.get("Origin")
    if origin is None:
        if needed:
            raise Problem("origin_refused")
    elif urlsplit(origin).netloc != request.host:
        raise Problem("origin_refused")


def bearer(request: web.Request) -> str | None:
    """The API token of the header, or None."""
    header = request.headers.get("Authorization", "")
    return header[7:].strip() or None if header.lower().startswith("bearer ") else None


async def identify(app: web.Application, *, token: str | None, cookie: str | None) -> Caller | None:
    """The caller of an API token or a session cookie; None when it opens nothing."""
    accounts = app[ACCOUNTS]
    if token is not None:
        account = await accounts.of_token(token)
        return Caller(account.name, account.role) if account else None
    if not cookie:
        return None
    key = _digest(cookie)
    data = await app[DESK].session_get(key)
    if data is None:
        return None
    account = await accounts.of_name(str(data["name"]))
    if account is None:
        await app[DESK].session_drop(key)
        return None
    return Caller(account.name, account.role, key, str(data["csrf"]))


async def caller(request: web.Request, *roles: str) -> Caller:
    """The operator who asks; the only way in. `roles`: who may (everyone when none is named).

    Raises `Problem`: not_logged_in, origin_refused, csrf_wrong, role_wrong.
    """
    found = await identify(request.app, token=bearer(request), cookie=request.cookies.get(COOKIE))
    if found is None:
        raise Problem("not_logged_in", headers={"WWW-Authenticate": "Bearer"})
    if found.session is not None and request.method not in _SAFE_METHODS:
        same_origin(request, needed=True)
        given = request.headers.get(CSRF_HEADER, "")
        if not hmac.compare_digest(given.encode(), found.csrf.encode()):
            raise Problem("csrf_wrong")
    if found.role not in (roles or EVERYONE):
        raise Problem("role_wrong")
    return found


async def log_in(request: web.Request, name: str, password: str) -> tuple[Account, str, str]:
    """The account, a fresh cookie and its CSRF token. Raises `Problem`: too_many, login_wrong."""
    same_origin(request, needed=False)
    desk = request.app[DESK]
    address = client_address(request, request.app[SETTINGS].trusted_proxy)
    bucket = "login:" + _digest(f"{name.casefold()}\n{address}")[:32]
    if await desk.hit(bucket, 60) > LOGINS_PER_MINUTE:
        raise Problem("too_many", headers={"Retry-After": "60"})
    accounts = request.app[ACCOUNTS]
    async with accounts.checking:
        account = await accounts.records.log_in(name, password)
    if account is None:
        raise Problem("login_wrong")
    cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
    data: dict[str, Any] = {"name": account.name, "csrf": csrf, "since": desk.clock()}
    await desk.session_put(_digest(cookie), data, SESSION_S)
    return account, cookie, csrf


def set_cookie(response: web.Response, cookie: str, *, secure: bool) -> None:
    """Puts the session cookie on an answer."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=SESSION_S,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=secure,
    )


async def log_out(desk: Desk, who: Caller) -> None:
    """Ends the session and the operator's presence."""
    if who.session is not None:
        await desk.session_drop(who.session)
    await desk.presence_leave(who.name)
