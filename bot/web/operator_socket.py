"""The console's socket: the queue, and the conversations that the console watches.

Frames out: `{"queue": {...}}`, `{"conversation": id, "event": {...}}`, `{"conversation": id,
"state": {...}, "rev": n, "through": n}`, `{"problem": {...}}`. Frames in: `{"token": ...}` (first,
when neither header nor cookie is there), `{"watch": {id: after}}`, `{"available": bool}`.
As with the person's socket one writer reads the log from its own cursors: nothing is queued.
"""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from bot.desk.store import DeskError, DeskUnavailable
from bot.desk.view import staff_events
from bot.web import config
from bot.web.errors import Problem
from bot.web.hub import Waiter
from bot.web.keys import DESK, HUB, METRICS
from bot.web.operator_auth import COOKIE, HANDLES, Caller, bearer, identify, same_origin
from bot.web.operator_queue import QUEUE
from bot.web.operator_read import opened
from bot.web.operator_view import is_connected, staff_state
from bot.web.socket import CLOSE_AGAIN, Slow
from bot.web.state import public_state

Json = dict[str, Any]
# A third of the time after which an operator counts as gone: two beats may be lost.
BEAT_S = 20.0
# A log-out or a disabled account ends an open socket within this time.
CHECK_S = 10.0
# A busy desk wakes many times a second; eyes do not.
PAUSE_S = 0.1
# More chats than one handler can have open; each costs two reads at a wake.
WATCH_MAX = 20
_FRAME_MAX = 8 * 1024
_CLOSE = 4000
_TICKING = ("waited_s", "now")


# Open consoles of this gateway: a gateway that stops closes them, or it would wait for them.
CONSOLES: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("consoles", set)


async def close_all(app: web.Application) -> None:
    """The gateway stops: every console hears it and comes back to another one."""
    held = app[CONSOLES]
    for ws in list(held):
        with suppress(ConnectionError, asyncio.TimeoutError):
            await ws.close(code=CLOSE_AGAIN)


class Console:
    """One open console: what it watches and what it has been sent."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, who: Caller) -> None:
        self.app, self.ws, self.who = request.app, ws, who
        self.desk = request.app[DESK]
        self.token, self.cookie = bearer(request), request.cookies.get(COOKIE)
        self.cursors: dict[str, int] = {}
        self._states: dict[str, Json] = {}
        self._queue: Json = {}
        self._beat_at = self._check_at = 0.0
        self.available = True

    async def run(self, waiter: Waiter) -> None:
        """Send what is new, wait for a wake, again, until either end goes."""
        self.available = (await self.desk.present()).get(self.who.name, True)
        self._check_at = time.monotonic() + CHECK_S
        while not self.ws.closed:
            await self._keep()
            await self._send_queue()
            for conversation in list(self.cursors):
                await self._send_conversation(conversation)
            await waiter.wait(BEAT_S)
            await asyncio.sleep(PAUSE_S)

    async def _keep(self) -> None:
        """The presence beat, and whether the account still opens the desk."""
        now = time.monotonic()
        if now >= self._check_at:
            self._check_at = now + CHECK_S
            if await identify(self.app, token=self.token, cookie=self.cookie) is None:
                raise Problem("not_logged_in")
        if now >= self._beat_at:
            self._beat_at = now + BEAT_S
            held = await self.desk.present()
            self.available = held.get(self.who.name, self.available)
            await self.desk.presence_beat(self.who.name, self.available)

    async def _send_queue(self) -> None:
        shown = await self.app[QUEUE].shown(self.who.name)
        still = _without_time(shown)
        if still != self._queue:
            await self.send({"queue": shown})
            self._queue = still

    async def _send_conversation(self, conversation: str) -> None:
        after = self.cursors.get(conversation, 0)
        entries = await self.desk.events(conversation, after, limit=config.MAX_EVENTS)
        events, through = staff_events(entries, after)
        for event in events:
            await self.send({"conversation": conversation, "event": event})
        if conversation not in self.cursors:
            return
        self.cursors[conversation] = through
        snapshot = await self.desk.snapshot(conversation)
        if snapshot is None:
            return
        public = await public_state(self.desk, snapshot)
        frame: Json = {
            "conversation": conversation,
            "state": staff_state(snapshot.state, public),
            "rev": snapshot.rev,
            "connected": is_connected(
                self.app[HUB].count(conversation), snapshot.state, self.desk.clock()
            ),
            "through": through,
        }
        if self._states.get(conversation) != frame:
            await self.send(frame)
            self._states[conversation] = frame

    async def send(self, frame: Json) -> None:
        """One frame; a socket that has stopped reading is dropped."""
        text = json.dumps(frame, ensure_ascii=False)
        try:
            await asyncio.wait_for(self.ws.send_str(text), config.SOCKET_SEND_S)
        except asyncio.TimeoutError:
            raise Slow from None

    async def listen(self, waiter: Waiter) -> None:
        """What the console says; nonsense is dropped."""
        async for frame in self.ws:
            if frame.type is not WSMsgType.TEXT:
                continue
            with suppress(ValueError, TypeError, AttributeError):
                await self._heard(json.loads(frame.data))
                waiter.wake()

    async def _heard(self, said: Json) -> None:
        if isinstance(said.get("available"), bool):
            self.available = said["available"]
            await self.desk.presence_beat(self.who.name, self.available)
            self.app[QUEUE].forget()
        if isinstance(said.get("watch"), dict):
            wanted = list(said["watch"].items())[:WATCH_MAX]
            cursors: dict[str, int] = {}
            for conversation, after in wanted:
                held = self.cursors.get(conversation)
                if held is None:
                    with suppress(Problem):
                        await opened(self.desk, self.who, conversation)
                        cursors[conversation] = int(after)
                else:
                    cursors[conversation] = held
            self.cursors = cursors
            self._states = {k: v for k, v in self._states.items() if k in cursors}


def _without_time(shown: Json) -> Json:
    still = {key: value for key, value in shown.items() if key not in _TICKING}
    for name in ("queue", "mine"):
        still[name] = [{k: v for k, v in c.items() if k not in _TICKING} for c in shown[name]]
    return still


async def _first_token(ws: web.WebSocketResponse) -> str | None:
    with suppress(asyncio.TimeoutError, ValueError, TypeError, AttributeError):
        frame = await asyncio.wait_for(ws.receive(), config.SOCKET_AUTH_S)
        if frame.type is WSMsgType.TEXT:
            token = json.loads(frame.data).get("token")
            return token if isinstance(token, str) else None
    return None


async def operator_socket(request: web.Request) -> web.WebSocketResponse:
    """GET /api/v1/operator/socket."""
    token, cookie = bearer(request), request.cookies.get(COOKIE)
    if token is None and cookie:
        same_origin(request, needed=True)
    who = await identify(request.app, token=token, cookie=cookie)
    if who is None and (token or cookie):
        raise Problem("not_logged_in", headers={"WWW-Authenticate": "Bearer"})
    if who is not None and who.role not in HANDLES:
        raise Problem("role_wrong")
    ws = web.WebSocketResponse(
        heartbeat=config.SOCKET_HEARTBEAT_S,
        max_msg_size=_FRAME_MAX,
        writer_limit=config.SOCKET_BUFFER,
    )
    await ws.prepare(request)
    if who is None:
        token = await _first_token(ws)
        who = await identify(request.app, token=token, cookie=None) if token else None
        if who is None or who.role not in HANDLES:
            await _refuse(ws, Problem("role_wrong" if who else "not_logged_in"))
            return ws
    console = Console(request, ws, who)
    console.token = token
    with request.app[HUB].everything() as waiter, request.app[METRICS].sockets.track_inprogress():
        await _serve(request, console, waiter)
    return ws


async def _refuse(ws: web.WebSocketResponse, problem: Problem) -> None:
    with suppress(ConnectionError):
        await ws.send_json({"problem": problem.document()})
        await ws.close(code=_CLOSE + problem.status)


async def _serve(request: web.Request, console: Console, waiter: Waiter) -> None:
    """Run until one side ends; then leave nothing running."""
    request.app[CONSOLES].add(console.ws)
    tasks = {
        asyncio.create_task(console.run(waiter)),
        asyncio.create_task(console.listen(waiter)),
    }
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        request.app[CONSOLES].discard(console.ws)
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Slow):
            request.app[METRICS].sockets_dropped.inc()
            if request.transport is not None:
                request.transport.abort()
            return
        if isinstance(result, Problem):
            await _refuse(console.ws, result)
            return
    lost = any(isinstance(result, DeskUnavailable | DeskError) for result in results)
    with suppress(ConnectionError, asyncio.TimeoutError):
        await console.ws.close(code=CLOSE_AGAIN if lost else 1000)
