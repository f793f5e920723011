"""Who may read a conversation: the person's token, and where it may come from."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from aiohttp import web

from bot.desk import Desk, Snapshot
from bot.web.errors import Problem

# Only for a site of the force's own that sets it; our page keeps its token out of cookies.
COOKIE = "chat_token"
_BEARER = "bearer "


def new_token() -> str:
    """A fresh token: 256 random bits, safe in a header and in an address."""
    return secrets.token_urlsafe(32)


def new_conversation() -> str:
    """A fresh conversation id: 128 random bits, no order and no meaning."""
    return secrets.token_hex(16)


def hashed(token: str) -> str:
    """What is stored of a token. A random 256-bit token needs no salt and no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def token_of(request: web.Request) -> str | None:
    """The token of a request: header first, then the cookie of a same-origin page."""
    header = request.headers.get("Authorization", "")
    if header.lower().startswith(_BEARER):
        return header[len(_BEARER) :].strip() or None
    cookie = request.cookies.get(COOKIE)
    if cookie:
        check_origin(request)
    return cookie


def check_origin(request: web.Request) -> None:
    """Refuse a request that a page of another site made (a missing Origin is not a page)."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Problem("origin_refused")


async def person(desk: Desk, conversation: str, token: str | None) -> Snapshot:
    """The conversation, opened with the person's token; the only way a person's request gets it.

    Raises `Problem`: token_missing (401), conversation_unknown (404), token_wrong (403).
    """
    if not token:
        raise Problem("token_missing", headers={"WWW-Authenticate": "Bearer"})
    snapshot = await desk.snapshot(conversation)
    if snapshot is None:
        raise Problem("conversation_unknown")
    if not hmac.compare_digest(snapshot.state.extra.get("token", ""), hashed(token)):
        raise Problem("token_wrong")
    return snapshot
