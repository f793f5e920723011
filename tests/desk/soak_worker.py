"""One worker of the soak; apart from it, so that its process imports little."""

from __future__ import annotations

import asyncio
import os
import random
from multiprocessing.sharedctypes import Synchronized

from bot.desk import Desk, DeskUnavailable
from tests.desk.helpers import stub_turn

LEASE_MS = 400  # short, so that a hundred dead workers cost a minute and not ten
KINDS = ("turn", "archive")


async def work(url: str, desk_id: str, seed: int, busy: Synchronized[int]) -> None:
    """One worker: takes a turn, thinks a little, commits one message or all."""
    rng = random.Random(seed)
    desk = await Desk.connect(url, desk_id)
    while True:
        taken = await desk.take(KINDS, LEASE_MS, f"w{seed}")
        if taken is None:
            await asyncio.sleep(0.01)
        elif taken.kind == "archive":
            await desk.finish(taken)
        else:
            # `busy` tells the soak whom to hit: a blow to an idle worker proves nothing.
            busy.value = 1
            await asyncio.sleep(rng.uniform(0, 0.05))
            turn = stub_turn(taken, most=rng.choice((1, 2, 1_000)))
            await asyncio.sleep(rng.uniform(0, 0.03))
            await desk.commit(taken, **turn)
            busy.value = 0


def worker_main(url: str, desk_id: str, seed: int, busy: Synchronized[int]) -> None:
    """Entry of a worker process."""
    try:
        asyncio.run(work(url, desk_id, seed, busy))
    except (DeskUnavailable, KeyboardInterrupt):
        os._exit(1)
