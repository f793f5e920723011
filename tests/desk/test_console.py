"""Presence, console sessions, rate counters."""

from __future__ import annotations

import pytest

from bot.desk import Desk
from tests.desk.helpers import FakeClock, start

pytestmark = pytest.mark.asyncio


async def test_presence_lasts_sixty_seconds(timed: Desk, clock: FakeClock) -> None:
    """A beat within 60 s and available: on duty."""
    assert not await timed.on_duty()
    await timed.presence_beat("sam")
    assert await timed.on_duty()
    clock.pass_ms(59_999)
    assert await timed.on_duty()
    clock.pass_ms(1)
    assert not await timed.on_duty() and await timed.present() == {}


async def test_who_takes_no_new_chats_is_present_but_not_on_duty(timed: Desk) -> None:
    """Busy is not gone."""
    await timed.presence_beat("sam", available=False)
    assert await timed.present() == {"sam": False} and not await timed.on_duty()
    await timed.presence_beat("jo", available=True)
    assert await timed.on_duty()
    await timed.presence_leave("jo")
    assert await timed.present() == {"sam": False}


async def test_the_switch_beats_everything(desk: Desk) -> None:
    """ "No handlers: say so" wins over everybody who is there."""
    await desk.presence_beat("sam")
    await desk.set_no_handlers(True)
    assert not await desk.on_duty() and await desk.no_handlers()
    await desk.set_no_handlers(False)
    assert await desk.on_duty()


async def test_the_public_state_says_whether_anyone_is_there(desk: Desk) -> None:
    """`on_duty` is part of the state."""
    await start(desk)
    found = await desk.snapshot("c1")
    assert found is not None
    assert (await desk.public_state("c1", found.state))["on_duty"] is False
    await desk.presence_beat("sam")
    assert (await desk.public_state("c1", found.state))["on_duty"] is True


async def test_sessions_are_kept_read_and_dropped(desk: Desk) -> None:
    """A session comes back as it was put; a dropped one is gone."""
    await desk.session_put("k", {"operator": "sam", "role": "handler"}, 60)
    assert await desk.session_get("k", 120) == {"operator": "sam", "role": "handler"}
    assert await desk.client.ttl(desk.key("session:k")) > 60
    await desk.session_drop("k")
    assert await desk.session_get("k") is None


async def test_hits_count_within_their_window(desk: Desk) -> None:
    """The counter has a time to live, so it starts anew."""
    assert [await desk.hit("ip", 60) for _ in range(3)] == [1, 2, 3]
    assert 0 < await desk.client.ttl(desk.key("hits:ip")) <= 60
