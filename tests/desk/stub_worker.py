"""A worker with a stub dialogue in a process of its own, to be killed at a named point.

`python -m tests.desk.stub_worker URL DESK LEASE_MS POINT`: prints `at POINT` when
it is there and then waits for its end. POINT `none` works on for ever.
"""

from __future__ import annotations

import asyncio
import sys

from bot.desk import Desk
from tests.desk.helpers import stub_turn

POINTS = ("after_take", "after_action", "before_commit", "after_commit")


async def reached(point: str, wanted: str) -> None:
    """Says that the point is reached, and waits there if it is the wanted one."""
    if point == wanted:
        print(f"at {point}", flush=True)
        await asyncio.sleep(3_600)


async def work(url: str, desk_id: str, lease_ms: int, wanted: str) -> None:
    """Takes turns until it is killed."""
    desk = await Desk.connect(url, desk_id)
    print("ready", flush=True)
    while True:
        taken = await desk.take(["turn"], lease_ms, "stub")
        if taken is None:
            await asyncio.sleep(0.01)
            continue
        await reached("after_take", wanted)
        turn = stub_turn(taken)
        await reached("after_action", wanted)
        staged = dict(turn)
        await reached("before_commit", wanted)
        await desk.commit(taken, **staged)
        await reached("after_commit", wanted)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
