"""The gateway's application: made by `create_app`, run by `serve`. Nothing happens at import."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from aiohttp import web

from bot.content.guard import clean
from bot.content.loader import load
from bot.desk import Desk, DeskUnavailable
from bot.desk.server import url_of
from bot.settings import Settings
from bot.triage.read import Reader
from bot.web import clock, config, errors, headers, health, operator_api, pages, public
from bot.web.archiving import Records
from bot.web.errors import Handler
from bot.web.hub import Hub
from bot.web.keys import (
    DESK,
    HUB,
    INTAKE,
    LIMITER,
    METRICS,
    READER,
    RECORDS_WORK,
    SETTINGS,
    Reads,
    RecordsWork,
    Tools,
)
from bot.web.limits import Limiter
from bot.web.messages import Intake
from bot.web.metrics import Metrics
from bot.web.socket import person_socket
from bot.web.tasks import end

log = logging.getLogger("bot.web")
_UNTIMED = ("/events", "/socket")


def create_app(
    settings: Settings,
    *,
    reader: Reads | None = None,
    records_work: RecordsWork | None = None,
    ticking: bool = True,
    tools: Tools | None = None,
) -> web.Application:
    """The application. `reader` and `records_work` (handlers of archive and retain) stand in
    for the real ones in tests; without `ticking` the clock stands still (another gateway ticks,
    or a test does). `tools`: the trainers' ones; without them the console says so."""
    app = web.Application(
        client_max_size=config.MAX_BODY,
        middlewares=[measure, errors.middleware(pages.down_page(settings.exit_url))],
    )
    app[SETTINGS] = settings
    app[METRICS] = Metrics()
    app[LIMITER] = Limiter()
    app[HUB] = Hub()
    app.on_shutdown.append(app[HUB].close)
    if reader is not None:
        app[READER] = reader
    records = Records(settings.sqlite_url, settings.desk_id)
    app[RECORDS_WORK] = records.handlers() if records_work is None else records_work
    app.on_response_prepare.append(headers.on_prepare)
    app.cleanup_ctx.extend([_desk, _intake, _listener])
    operator_api.setup(app, tools)
    if ticking:
        app.cleanup_ctx.append(clock.ticking)
    _routes(app)
    return app


def _routes(app: web.Application) -> None:
    one = config.API + "/conversations/{id:[0-9a-zA-Z_-]{1,64}}"
    app.router.add_post(config.API + "/conversations", public.start)
    app.router.add_post(one + "/messages", public.send)
    app.router.add_get(one + "/events", public.read)
    app.router.add_get(one + "/socket", person_socket)
    app.router.add_post(one + "/exit", public.leave)
    health.setup(app)
    pages.setup(app)


async def _desk(app: web.Application) -> AsyncIterator[None]:
    settings = app[SETTINGS]
    url = settings.redis_url or url_of(settings.data)
    prefix = load().force.reference_prefix
    app[DESK] = await Desk.connect(url, settings.desk_id, guard=clean, reference_prefix=prefix)
    yield
    await app[DESK].close()


async def _intake(app: web.Application) -> AsyncIterator[None]:
    if READER not in app:
        app[READER] = await asyncio.to_thread(Reader.load, app[SETTINGS].triage_model)
    threads = ThreadPoolExecutor(config.READ_THREADS, thread_name_prefix="read")
    app[INTAKE] = Intake(app[DESK], app[READER], app[METRICS], threads)
    yield
    threads.shutdown(wait=False, cancel_futures=True)


async def _listener(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[HUB].listen(app[DESK]), name="wake-listener")
    yield
    await end(task)


@web.middleware
async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count and time each answer, by route pattern."""
    started = time.perf_counter()
    status = 500
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "none"
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        metrics = request.app[METRICS]
        metrics.requests.labels(route, str(status)).inc()
        if not route.endswith(_UNTIMED):
            metrics.seconds.labels(route).observe(time.perf_counter() - started)


def serve(settings: Settings, tools: Tools | None = None) -> int:
    """Run the gateway until a signal. Gives the exit status: 0, or 2 when it cannot start."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        asyncio.run(_serve(settings, tools))
    except DeskUnavailable as error:
        print(f"The store cannot be reached: {error}", file=sys.stderr)
    except (OSError, ValueError) as error:
        print(f"The gateway cannot start: {error}", file=sys.stderr)
    else:
        return 0
    return 2


async def _serve(settings: Settings, tools: Tools | None) -> None:
    """Listen until SIGINT or SIGTERM. No access log: addresses of pages hold conversation ids."""
    runner = web.AppRunner(create_app(settings, tools=tools), access_log=None, shutdown_timeout=3.0)
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        await stopping.wait()
    finally:
        await runner.cleanup()
