"""The person's socket: events from a cursor, then the state, and again at each wake.

One writer task owns the socket. Nothing is queued for it: it reads the log from its own
cursor, so a slow socket holds up only itself, and it is dropped when one frame cannot be
written within the limit. The person comes back with `after` and misses nothing.
"""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from bot.desk import Desk, DeskError, DeskUnavailable, Snapshot
from bot.desk import view as desk_view
from bot.web import auth, config
from bot.web.errors import Problem
from bot.web.hub import Hub, Waiter
from bot.web.keys import DESK, HUB, METRICS
from bot.web.public import after_of
from bot.web.state import person_state, seen
from bot.web.tasks import end

log = logging.getLogger("bot.web")

# Close codes: 4401/4403/4404 as the HTTP statuses, 1013 "try again later".
CLOSE_AGAIN = 1013
_CLOSE = 4000
BATCH = 100


class Slow(Exception):
    """The other end has stopped reading."""


class Writer:
    """The only one that writes to the socket. `cursor` is the last entry sent."""

    def __init__(
        self, ws: web.WebSocketResponse, desk: Desk, conversation: str, after: int
    ) -> None:
        self.ws, self.desk, self.conversation, self.cursor = ws, desk, conversation, after
        self._shown: dict[str, Any] | None = None

    async def run(self, hub: Hub, waiter: Waiter) -> None:
        """Send what is new, wait for a wake, again, until the socket or the desk ends."""
        while not self.ws.closed and not hub.closing:
            # The state first: it must never speak of an entry that has not been sent.
            snapshot = await self.desk.snapshot(self.conversation)
            await self._events()
            if snapshot is not None:
                await self._state(snapshot)
            await waiter.wait(config.SOCKET_HEARTBEAT_S)

    async def _events(self) -> None:
        while True:
            entries = await self.desk.events(self.conversation, self.cursor, limit=BATCH)
            for entry in entries:
                event = desk_view.public_event(entry)
                if event is not None:
                    await self._send({"event": event})
                self.cursor = entry["seq"]
            if len(entries) < BATCH:
                return

    async def _state(self, snapshot: Snapshot) -> None:
        await seen(self.desk, snapshot)
        state = await person_state(self.desk, snapshot)
        frame = {"state": state, "through": self.cursor}
        if frame != self._shown:
            await self._send(frame)
            self._shown = frame

    async def _send(self, frame: dict[str, Any]) -> None:
        try:
            await asyncio.wait_for(
                self.ws.send_str(json.dumps(frame, ensure_ascii=False)), config.SOCKET_SEND_S
            )
        except asyncio.TimeoutError:
            raise Slow from None


async def _first_frame(ws: web.WebSocketResponse) -> str | None:
    """The token of the first frame, `{"token": ...}`, within the limit."""
    with suppress(asyncio.TimeoutError, ValueError, TypeError, AttributeError):
        frame = await asyncio.wait_for(ws.receive(), config.SOCKET_AUTH_S)
        if frame.type is WSMsgType.TEXT:
            token = json.loads(frame.data).get("token")
            return token if isinstance(token, str) else None
    return None


async def _open(
    ws: web.WebSocketResponse, desk: Desk, conversation: str, token: str | None
) -> Snapshot | None:
    """Check the token of the first frame; a refusal is a problem frame and a close code."""
    try:
        return await auth.person(desk, conversation, token)
    except Problem as problem:
        with suppress(ConnectionError):
            await ws.send_json({"problem": problem.document()})
            await ws.close(code=_CLOSE + problem.status)
        return None


async def _drain(ws: web.WebSocketResponse) -> None:
    """Read and drop what the person's side sends: sends go by POST, where they have an answer."""
    async for _ in ws:
        pass


async def person_socket(request: web.Request) -> web.WebSocketResponse:
    """GET /api/v1/conversations/{id}/socket?after=N."""
    desk, hub, metrics = request.app[DESK], request.app[HUB], request.app[METRICS]
    conversation = request.match_info["id"]
    after = after_of(request)
    auth.check_origin(request)
    token = auth.token_of(request)
    if token is not None:
        await auth.person(desk, conversation, token)
    if hub.count(conversation) >= config.SOCKETS_PER_CONVERSATION:
        raise Problem("too_many", headers={"Retry-After": "5"})
    ws = web.WebSocketResponse(
        heartbeat=config.SOCKET_HEARTBEAT_S,
        max_msg_size=config.SOCKET_MAX_FRAME,
        writer_limit=config.SOCKET_BUFFER,
    )
    await ws.prepare(request)
    if token is None and await _open(ws, desk, conversation, await _first_frame(ws)) is None:
        return ws
    with hub.waiter(conversation) as waiter, metrics.sockets.track_inprogress():
        await _serve(ws, Writer(ws, desk, conversation, after), waiter, request)
    return ws


async def _serve(
    ws: web.WebSocketResponse, writer: Writer, waiter: Waiter, request: web.Request
) -> None:
    """Run the writer until it or the person's side ends; then leave nothing running."""
    writing = asyncio.create_task(writer.run(request.app[HUB], waiter))
    reading = asyncio.create_task(_drain(ws))
    try:
        await asyncio.wait({writing, reading}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (writing, reading):
            await end(task)
        results = await asyncio.gather(writing, reading, return_exceptions=True)
    if any(isinstance(result, Slow) for result in results):
        request.app[METRICS].sockets_dropped.inc()
        if request.transport is not None:
            request.transport.abort()
        return
    with suppress(ConnectionError, asyncio.TimeoutError):
        lost = any(isinstance(result, DeskUnavailable | DeskError) for result in results)
        await ws.close(code=CLOSE_AGAIN if lost else 1000)
