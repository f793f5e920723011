"""The public contract, version 1 (design section 8, docs/api.md): start, send, read, leave."""

from __future__ import annotations

import json
import time
from typing import Any

from aiohttp import web

from bot.desk import Desk, names, view
from bot.report import draft
from bot.web import auth, config
from bot.web.errors import Problem
from bot.web.hub import Hub
from bot.web.keys import DESK, HUB, INTAKE, LIMITER, METRICS, SETTINGS
from bot.web.limits import client_address
from bot.web.messages import parse
from bot.web.state import person_state, seen

Json = dict[str, Any]
_NO_STORE = {"Cache-Control": "no-store"}


def _limit(request: web.Request, kind: str, per_minute: int) -> None:
    address = client_address(request, request.app[SETTINGS].trusted_proxy)
    request.app[LIMITER].check(kind, address, per_minute)


async def body_of(request: web.Request) -> object:
    """The JSON of a request. Raises `Problem`: body_too_large, json_broken."""
    if (request.content_length or 0) > config.MAX_BODY:
        raise Problem("body_too_large", limit=config.MAX_BODY)
    raw = await request.read()
    try:
        return json.loads(raw.decode("utf-8")) if raw.strip() else {}
    except (ValueError, RecursionError):
        raise Problem("json_broken") from None


def after_of(request: web.Request) -> int:
    """The cursor of a reader: `after`, a whole number from 0. Raises `Problem`."""
    text = request.query.get("after", "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Problem("field_wrong", field="after")
    return int(text)


def _wait_of(request: web.Request) -> float:
    try:
        wait = float(request.query.get("wait", "0"))
    except ValueError:
        raise Problem("field_wrong", field="wait") from None
    if not 0 <= wait <= config.MAX_WAIT_S:
        raise Problem("field_wrong", field="wait", limit=config.MAX_WAIT_S)
    return wait


def reply(status: int, **members: object) -> web.Response:
    """A JSON answer that no cache keeps."""
    return web.json_response(members, status=status, headers=_NO_STORE)


async def start(request: web.Request) -> web.Response:
    """POST /conversations {previous?, locale?} -> 201 with the token, which is said only here."""
    _limit(request, "start", config.RATE_START_PER_MINUTE)
    body = await body_of(request)
    if not isinstance(body, dict):
        raise Problem("field_wrong", field="body")
    fields: Json = {}
    for name in ("previous", "locale"):
        given = body.get(name)
        if given is None:
            continue
        if not isinstance(given, str) or len(given) > 40 or not given.isprintable():
            raise Problem("field_wrong", field=name)
        fields[name] = given
    # A browser says where it comes from: without that there is no page that could be open.
    fields["via"] = "page" if "Origin" in request.headers else "api"
    conversation, token = auth.new_conversation(), auth.new_token()
    fields["token"] = auth.hashed(token)
    desk = request.app[DESK]
    await desk.create(conversation, fields, draft.new(""), [])
    request.app[METRICS].conversations.inc()
    shown, state, through = await _read(desk, conversation, 0)
    return reply(
        201, conversation=conversation, token=token, events=shown, state=state, through=through
    )


async def send(request: web.Request) -> web.Response:
    """POST /conversations/{id}/messages -> 202 {seq, events, state, through}; again: 200."""
    _limit(request, "send", config.RATE_SEND_PER_MINUTE)
    conversation = request.match_info["id"]
    desk = request.app[DESK]
    snapshot = await auth.person(desk, conversation, auth.token_of(request))
    message = parse(await body_of(request))
    receipt = await request.app[INTAKE].take(conversation, message, snapshot)
    if receipt.status == names.SAME:
        # What came after the first time may be what the sender missed: all of it again.
        events, state, through = await _read(desk, conversation, receipt.seq - 1)
        return reply(200, seq=receipt.seq, events=events, state=state, through=through)
    events, through = view.public_events(receipt.events, receipt.seq)
    # The state of the message's own step: nothing in it is ahead of the events beside it.
    state = await person_state(desk, snapshot, receipt.state)
    return reply(202, seq=receipt.seq, events=events, state=state, through=through)


async def _read(desk: Desk, conversation: str, after: int) -> tuple[list[Json], Json, int]:
    """Events, state, through. The state is read first, so it never speaks of an entry (an
    idle assistant, a reference) that the reader has not been given."""
    snapshot = await desk.snapshot(conversation)
    if snapshot is None:
        raise Problem("conversation_unknown")
    entries = await desk.events(conversation, after, limit=config.MAX_EVENTS)
    await seen(desk, snapshot)
    events, through = view.public_events(entries, after)
    return events, await person_state(desk, snapshot), through


async def _wait(desk: Desk, hub: Hub, conversation: str, after: int, wait: float) -> None:
    """Wait until the log grows past `after` or something else changes, at most `wait` seconds."""
    until = time.monotonic() + wait
    with hub.waiter(conversation) as waiter:
        while not hub.closing and not await _grown(desk, conversation, after):
            left = until - time.monotonic()
            if left <= 0 or await waiter.wait(left):
                return


async def _grown(desk: Desk, conversation: str, after: int) -> bool:
    return bool(await desk.events(conversation, after, limit=1))


async def read(request: web.Request) -> web.Response:
    """GET /conversations/{id}/events?after=N&wait=S -> 200 {events, state, through}."""
    _limit(request, "read", config.RATE_READ_PER_MINUTE)
    conversation = request.match_info["id"]
    desk, hub = request.app[DESK], request.app[HUB]
    after, wait = after_of(request), _wait_of(request)
    await auth.person(desk, conversation, auth.token_of(request))
    if wait and hub.count(conversation) < config.SOCKETS_PER_CONVERSATION:
        await _wait(desk, hub, conversation, after, wait)
    shown, state, through = await _read(desk, conversation, after)
    return reply(200, events=shown, state=state, through=through)


async def leave(request: web.Request) -> web.Response:
    """POST /conversations/{id}/exit {token} -> 204: the quick exit (sendBeacon has no headers)."""
    _limit(request, "send", config.RATE_SEND_PER_MINUTE)
    auth.check_origin(request)
    conversation = request.match_info["id"]
    body = await body_of(request)
    given = body.get("token") if isinstance(body, dict) else None
    desk = request.app[DESK]
    await auth.person(desk, conversation, given if isinstance(given, str) else None)
    # Refused when no risk is open: then there is nobody to look for.
    await desk.move(conversation, "lost", by="person", reason="left by the quick exit")
    request.app[METRICS].exits.inc()
    return web.Response(status=204)
