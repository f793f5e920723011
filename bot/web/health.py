"""`/healthz` (this process lives), `/readyz` (all is up), `/metrics` (for this machine only)."""

from __future__ import annotations

import ipaddress

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.desk import Desk, names
from bot.web.errors import Problem
from bot.web.keys import DESK, METRICS, SETTINGS
from bot.web.limits import client_address


async def healthz(request: web.Request) -> web.Response:
    """GET /healthz -> 200 as long as the process answers."""
    return web.json_response({"ok": True})


async def readyz(request: web.Request) -> web.Response:
    """GET /readyz -> 200 when the store answers and the assistant keeps up, else 503."""
    found = await parts(request.app[DESK])
    ready = all(found.values())
    return web.json_response({"ready": ready, "parts": found}, status=200 if ready else 503)


async def parts(desk: Desk) -> dict[str, bool]:
    """What the desk needs, by name, and whether it works. The assistant works when no message
    has waited for it longer than the person is asked to wait."""
    await desk.ping()
    late = desk.clock() - names.DIALOGUE_SILENT_MS
    waiting = await desk.due(names.TURN)
    return {"store": True, "assistant": not any(item.at < late for item in waiting)}


def _near(address: str) -> bool:
    if not address:
        return True
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False


async def metrics(request: web.Request) -> web.Response:
    """GET /metrics -> Prometheus text. Only for this machine and its private network."""
    if not _near(client_address(request, request.app[SETTINGS].trusted_proxy)):
        raise Problem("not_found")
    held = request.app[METRICS]
    for name, value in (await request.app[DESK].counters()).items():
        held.desk.labels(name).set(value)
    response = web.Response(body=generate_latest(held.registry))
    response.headers["Content-Type"] = CONTENT_TYPE_LATEST
    return response


def setup(app: web.Application) -> None:
    """The three addresses."""
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
