"""The gateway's clock: what nobody did in time is done, and said in the right words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from bot.content import safety as content
from bot.desk import Desk, Taken, names
from bot.web import clock
from bot.web.keys import DESK, METRICS, RECORDS_WORK
from tests.web.fakes import API, FakeAssistant, Person


@pytest_asyncio.fixture
async def later(app: web.Application, person: Person) -> AsyncIterator[Any]:
    """Moves the gateway's clock on by so many milliseconds, and ticks."""
    desk: Desk = app[DESK]
    real, moved = desk.clock, [0]
    desk.clock = lambda: real() + moved[0]

    async def on(ms: int) -> None:
        moved[0] += ms
        await clock.tick(app)

    yield on


async def archived(desk: Desk, taken: Taken) -> None:
    """An archive that is always well."""


@pytest.fixture
def app(app: web.Application) -> web.Application:
    """The application without a database."""
    app[RECORDS_WORK] = {names.ARCHIVE: archived}
    return app


async def test_check_without_an_answer_is_queued(
    person: Person, assistant: FakeAssistant, later: Any
) -> None:
    """After 60 seconds: to the queue, the 55 text once, and the same question again."""
    await person.say("there is shouting next door")
    await person.until_idle()
    await later(names.CHECK_WAIT_MS + 1_000)

    found = await person.read()

    assert found["state"]["owner"] == "queue"
    says = [e["says"] for e in found["events"]]
    assert says.count("fixed_55") == 1
    last = found["events"][-1]
    assert last["says"] == "ask_safe_now" and [b["title"] for b in last["buttons"]][:2] == [
        "Yes",
        "No",
    ]
    # What is typed now is read against the question that stands last.
    assert (await person.say("yes"))["state"]["danger"] == "now"


async def test_check_in_protected_mode_says_nothing(person: Person, later: Any) -> None:
    """Protected: queued, and not one word more."""
    before = await person.say("my partner is shouting")
    await later(names.CHECK_WAIT_MS + 1_000)

    found = await person.read()

    assert found["state"]["owner"] == "queue"
    assert len(found["events"]) == len(before["events"])


@pytest.mark.parametrize("on_duty", [True, False])
async def test_silent_assistant_is_said_and_queued(
    person: Person, desk: Desk, app: web.Application, later: Any, on_duty: bool
) -> None:
    """Nobody takes the turn for ten seconds: the words fit who is there."""
    await person.say("my bike was stolen")
    if on_duty:
        await app[DESK].presence_beat("sam")
    await later(names.DIALOGUE_SILENT_MS + 500) if not on_duty else await later(11_000)

    found = await person.read()

    expected = "automatic_down" if on_duty else "automatic_down_nobody"
    assert found["state"]["owner"] == "queue"
    assert found["events"][-1]["text"] == content.text(expected)


async def test_nudge_then_end(person: Person, assistant: FakeAssistant, later: Any) -> None:
    """One quiet line after five minutes; half an hour later the chat is closed."""
    await person.say("my bike was stolen")
    await person.until_idle()
    await later(names.NUDGE_MS + 1_000)
    nudged = await person.read()
    assert nudged["events"][-1]["says"] == "nudge" and "?" not in nudged["events"][-1]["text"]

    await later(names.SILENCE_CLOSE_MS + 1_000)

    after = await person.read()
    assert after["state"]["owner"] == "closed"
    assert [e["says"] for e in after["events"]].count("nudge") == 1


async def test_no_nudge_when_protected(
    person: Person, assistant: FakeAssistant, later: Any, desk: Desk
) -> None:
    """A protected person is never nudged and never closed by silence."""
    await person.say("my partner reads this")
    await person.until_idle()
    await desk.schedule(names.NUDGE, person.id, desk.clock())
    await later(names.NUDGE_MS + names.SILENCE_CLOSE_MS + 1_000)

    found = await person.read()
    assert "nudge" not in [e["says"] for e in found["events"]]
    assert found["state"]["owner"] == "queue"


async def test_person_gone_with_a_risk_open_is_lost_contact(
    person: Person, desk: Desk, later: Any
) -> None:
    """Two minutes after the last sign of somebody in danger: lost contact."""
    await person.say("he has a knife")
    await person.read()
    await later(60_000)
    held = await desk.snapshot(person.id)
    assert held is not None and not held.state.lost

    await later(120_000)

    held = await desk.snapshot(person.id)
    assert held is not None and held.state.lost


async def test_person_who_still_listens_is_not_lost(person: Person, desk: Desk, later: Any) -> None:
    """As long as a reader waits for the conversation, contact is not lost."""
    await person.say("he has a knife")
    await person.read()
    async with person.http.ws_connect(f"{API}/{person.id}/socket", headers=person.headers) as ws:
        await ws.receive_json()
        await later(300_000)
        held = await desk.snapshot(person.id)

    assert held is not None and not held.state.lost


async def test_handler_who_went_is_said(person: Person, desk: Desk, later: Any) -> None:
    """A minute without a beat: back to the queue, and the person is told, truly."""
    await desk.presence_beat("sam")
    await person.say("he has a knife")
    assert (await desk.move(person.id, "claim", by="sam")).ok
    await later(names.PRESENCE_MS + 1_000)

    found = await person.read()

    assert found["state"]["owner"] == "queue"
    assert found["events"][-1]["text"] == content.text("handler_gone_nobody")


async def test_broken_archive_is_counted_and_holds_nothing_up(
    person: Person, app: web.Application, later: Any
) -> None:
    """The database is down: the work stays on the list and the clock goes on."""

    async def broken(*_: object) -> None:
        raise OSError("no database")

    await person.say("there is shouting")
    app[RECORDS_WORK] = {names.ARCHIVE: broken}
    await later(names.CHECK_WAIT_MS + 1_000)

    assert (await person.read())["state"]["owner"] == "queue"
    assert app[METRICS].clock_failed.labels("archive")._value.get() >= 1
    assert await app[DESK].work(names.ARCHIVE)


async def test_clock_runs_by_itself(settings: Any, reader: Any, desk: Desk) -> None:
    """An application that ticks does what is due without being asked."""
    from aiohttp.test_utils import TestClient, TestServer

    from bot.web.app import create_app

    app = create_app(settings, reader=reader, records_work={names.ARCHIVE: archived})
    async with TestClient(TestServer(app)) as client:
        person = await Person(client).start()
        await person.say("hello")
        for _ in range(60):
            if not await desk.work(names.ARCHIVE):
                break
            await asyncio.sleep(0.1)
        assert await desk.work(names.ARCHIVE) == []
