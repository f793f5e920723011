"""A worker killed with kill -9 at any point of a turn: no second reply, no second reference."""

from __future__ import annotations

import asyncio
import signal
import sys

import pytest

from bot.desk import Desk
from tests.desk.helpers import replies_in_order, say, start, stub_turn
from tests.desk.stub_worker import POINTS

pytestmark = pytest.mark.asyncio
LEASE_MS = 300


async def killed_at(point: str, url: str, desk: Desk) -> None:
    """Lets a worker process run to a point and kills it there."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.desk.stub_worker", url, desk.desk_id, str(LEASE_MS), point),
        stdout=asyncio.subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert await asyncio.wait_for(worker.stdout.readline(), 30) == b"ready\n"
    reached = await asyncio.wait_for(worker.stdout.readline(), 30)
    assert reached.decode().strip() == f"at {point}"
    worker.send_signal(signal.SIGKILL)
    assert await worker.wait() == -signal.SIGKILL


@pytest.mark.parametrize("point", POINTS)
async def test_kill_gives_one_reply_and_one_reference(
    point: str, desk: Desk, desk_url: str
) -> None:
    """Whoever dies where, the next worker leaves one reply, one reference, one count."""
    await start(desk)
    await say(desk, "my bike is gone")
    await say(desk, "send")
    await killed_at(point, desk_url, desk)

    found = await desk.snapshot("c1")
    assert found is not None
    done = point == "after_commit"
    assert found.state.cursor == (2 if done else 0)
    assert found.state.bot_idle is done
    if not done:
        assert await desk.take(["turn"]) is None, "the lease of the dead worker still holds"

    await asyncio.sleep(LEASE_MS / 1000)
    taken = await desk.take(["turn"])
    assert (taken is None) is done
    if taken is not None:
        assert (await desk.commit(taken, **stub_turn(taken))).status == "ok"

    entries = await desk.events("c1")
    assert replies_in_order(entries) == []
    found = await desk.snapshot("c1")
    assert found is not None and found.draft["count"] == 2
    assert found.state.reference == found.draft["reference"]
    assert await desk.by_reference(str(found.state.reference)) == "c1"
    assert len(await desk.history("c1")) == 2
    assert await desk.work("turn") == []
