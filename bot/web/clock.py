"""The gateway's clock: each second it does what is due (design section 4).

A check question without an answer, a handler who is gone, a hold that is over, the
assistant's silence, a person's silence, lost contact, the archive. What is due and how it
moves is the desk's (`bot.desk.clock`); the words are content; the rest is here. Several
gateways may tick: a piece of work is under a lease.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Iterable
from typing import Any

from aiohttp import web

from bot.desk import Desk, State, Taken, names
from bot.desk import clock as desk_clock
from bot.desk.clock import Handler
from bot.desk.writes import Write
from bot.triage.safety import SAFE_NOW
from bot.web import config, words
from bot.web.hub import Hub
from bot.web.keys import DESK, HUB, METRICS, RECORDS_WORK
from bot.web.tasks import end

log = logging.getLogger("bot.web")


async def nudge(desk: Desk, taken: Taken) -> int | None:
    """The person has been silent: one line, then half an hour later the end.

    Never when protected or silenced (call-handling section 14), never with a risk open, and
    only while the assistant has the conversation: a person is never hurried by a person's desk.
    """
    state = taken.state
    if state.owner != names.BOT or state.protected or state.silenced or state.risk_open:
        return None
    said_for = str(state.last_person_seq)
    if state.extra.get("nudged") == said_for:
        await desk.move(
            taken.conversation,
            "close",
            by=names.SYSTEM,
            reason="the person is silent",
            expected_length=state.length,
        )
        return None
    await desk.write(
        taken.conversation,
        Write(
            expect={"owner": names.BOT, "length": str(state.length)},
            set={"nudged": said_for},
            lines=[words.nudge()],
            due=[(names.ARCHIVE, desk.clock() + names.ARCHIVE_DELAY_MS, "LT")],
        ),
    )
    return names.SILENCE_CLOSE_MS


def check_wait(on_duty: bool) -> Handler:
    """The check question has had no answer: to the queue, and the question is asked again, so
    it is the latest one and the next words are read against it."""

    async def unanswered(desk: Desk, taken: Taken) -> int | None:
        state = taken.state
        if state.owner != names.BOT or state.danger != "check" or state.check_answer is not None:
            return None
        lines = words.occasion("check_wait", state, on_duty)
        await desk.move(
            taken.conversation,
            "queue",
            by=names.SYSTEM,
            reason="no answer to the danger check",
            lines=lines,
            fields={"asking": SAFE_NOW, "safety_asking": SAFE_NOW} if lines else None,
        )
        return None

    return unanswered


def lost_contact(hub: Hub) -> Handler:
    """Somebody with a risk open has dropped out: put it before a person, now."""

    async def lost(desk: Desk, taken: Taken) -> int | None:
        state = taken.state
        if state.lost or state.closed or not state.risk_open:
            return None
        if hub.count(taken.conversation):
            return config.LOST_AFTER_MS
        seen = max(state.last_seen or 0, state.last_person or 0) + config.LOST_AFTER_MS
        if seen > desk.clock():
            return seen - desk.clock()
        await desk.move(
            taken.conversation, "lost", by=names.SYSTEM, reason="the connection is gone"
        )
        return None

    return lost


def handlers(app: web.Application, on_duty: bool) -> dict[str, Handler]:
    """What this gateway can do; a kind without a handler stays on the list."""

    def lines(occasion: str, state: State) -> Iterable[dict[str, Any]]:
        return words.occasion(occasion, state, on_duty)

    made = desk_clock.own_handlers(lines)
    made[names.CHECK_WAIT] = check_wait(on_duty)
    made[names.NUDGE] = nudge
    made[names.LOST] = lost_contact(app[HUB])
    made.update(dict(app[RECORDS_WORK].items()))
    return {kind: _counted(app, kind, handler) for kind, handler in made.items()}


def _counted(app: web.Application, kind: str, handler: Handler) -> Handler:
    async def counted(desk: Desk, taken: Taken) -> int | None:
        metrics = app[METRICS]
        try:
            again = await handler(desk, taken)
        except Exception as error:
            # One broken piece must not hold up the others: due again in a lease's time.
            log.error("clock: %s failed: %s", kind, type(error).__name__)
            metrics.clock_failed.labels(kind).inc()
            return names.LEASE_MS
        metrics.clock.labels(kind).inc()
        return again

    return counted


async def tick(app: web.Application) -> None:
    """Everything that is due now."""
    desk = app[DESK]
    on_duty = await desk.on_duty()
    await desk_clock.tick(desk, handlers(app, on_duty), f"gateway-{os.getpid()}")

    def lines(occasion: str, state: State) -> Iterable[dict[str, Any]]:
        return words.occasion(occasion, state, on_duty)

    for _ in await desk_clock.dialogue_silent(desk, lines):
        app[METRICS].clock.labels("dialogue_silent").inc()


async def _run(app: web.Application) -> None:
    while True:
        try:
            await tick(app)
        except Exception as error:
            log.error("clock: tick failed: %s", type(error).__name__)
            app[METRICS].clock_failed.labels("tick").inc()
        await asyncio.sleep(config.TICK_S)


async def ticking(app: web.Application) -> AsyncIterator[None]:
    """Runs the clock for as long as the gateway runs."""
    task = asyncio.create_task(_run(app), name="clock")
    yield
    await end(task)
