"""The soak of the engine: workers are killed and stalled while 40 people write.

`python -m tests.desk.soak --share 1.0`: 4,000 messages over 40 chats, 6 worker
processes, each message sent twice, 100 kill -9 and stalls longer than the lease.
Afterwards each message has its reply once and in order and the work list is empty.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing as mp
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from bot.desk import Desk
from bot.desk.lines import chain_breaks
from bot.desk.server import EmbeddedServer
from tests.desk.helpers import replies_in_order
from tests.desk.soak_worker import LEASE_MS, worker_main

CHATS, MESSAGES, WORKERS, BLOWS = 40, 4_000, 6, 120
STALL_S = 0.8 + LEASE_MS / 1000  # another worker must have taken the turn meanwhile
PAUSE_S = 0.6  # the longest pause of a person: little backlog, so that an ended lease is seen
QUIET_S = 60.0  # the longest that the last replies may take


@dataclass
class Counts:
    """What happened; printed at the end."""

    chats: int = 0
    messages: int = 0
    sent: int = 0
    kills: int = 0
    stalls: int = 0
    replies: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)


class Crew:
    """The worker processes; a killed one is replaced at once."""

    def __init__(self, url: str, desk_id: str, size: int) -> None:
        self.url, self.desk_id, self.made = url, desk_id, 0
        self.context: ForkServerContext = mp.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.desk.soak_worker"])
        self.busy = [self.context.Value("b", 0) for _ in range(size)]
        self.workers: list[ForkServerProcess] = [self.hire(place) for place in range(size)]
        self.stalled: set[int] = set()

    def hire(self, place: int) -> ForkServerProcess:
        """Starts one worker process. (A lock that a dead one held would stay held: a new flag.)"""
        self.made += 1
        self.busy[place] = self.context.Value("b", 0)
        args = (self.url, self.desk_id, self.made, self.busy[place])
        process = self.context.Process(target=worker_main, args=args, daemon=True)
        process.start()
        return process

    async def victim(self, rng: random.Random) -> int:
        """A worker to hit: one in the middle of a turn, where there is one within a second."""
        for _ in range(500):
            free = [p for p in range(len(self.workers)) if p not in self.stalled]
            at_work = [p for p in free if self.busy[p].get_obj().value]
            if at_work:
                return rng.choice(at_work)
            await asyncio.sleep(0.002)
        return rng.choice(free)

    def kill(self, place: int) -> None:
        """kill -9, and a new worker in its place."""
        old = self.workers[place]
        os.kill(old.pid or 0, signal.SIGKILL)
        old.join()
        self.workers[place] = self.hire(place)

    async def stall(self, place: int) -> None:
        """Stops a worker for longer than its lease, then lets it go on."""
        pid = self.workers[place].pid or 0
        self.stalled.add(place)
        os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(STALL_S)
        os.kill(pid, signal.SIGCONT)
        self.stalled.discard(place)

    def end(self) -> None:
        """Ends all workers."""
        for worker in self.workers:
            worker.kill()
            worker.join()


async def person(desk: Desk, chat: str, many: int, counts: Counts, rng: random.Random) -> None:
    """Writes its messages, each twice (at once, or one after the other)."""
    for number in range(many):
        text = f"{chat} message {number}"

        async def send(text: str = text) -> int:
            receipt = await desk.receive(chat, client_id=text, text=text)
            if not receipt.accepted:
                counts.wrong.append(f"{text}: {receipt.status}")
            return receipt.seq

        if rng.random() < 0.5:
            first, second = await asyncio.gather(send(), send())
        else:
            first, second = await send(), await send()
        if first != second:
            counts.wrong.append(f"{text} has two numbers")
        counts.sent += 1
        await asyncio.sleep(rng.uniform(0, PAUSE_S))


async def blows(crew: Crew, total: int, messages: int, counts: Counts) -> None:
    """Kills and stalls spread evenly over the sending."""
    rng = random.Random(7)
    stalls: list[asyncio.Task[None]] = []
    for number in range(total):
        while counts.sent < messages * number / total:
            await asyncio.sleep(0.005)
        place = await crew.victim(rng)
        # At least three workers go on, or nothing would be in anybody's hands.
        if len(crew.stalled) < 3 and rng.random() < 0.3:
            stalls.append(asyncio.create_task(crew.stall(place)))
            counts.stalls += 1
            await asyncio.sleep(0)
        else:
            crew.kill(place)
            counts.kills += 1
    await asyncio.gather(*stalls)


async def settle(desk: Desk, chats: list[str], counts: Counts) -> None:
    """Waits for the last replies, closes the chats, waits for an empty work list."""
    end = time.monotonic() + QUIET_S
    while await desk.work("turn") and time.monotonic() < end:
        await asyncio.sleep(0.05)
    for chat in chats:
        moved = await desk.move(chat, "close", by="system")
        if not moved.ok:
            counts.wrong.append(f"{chat} does not close: {moved.problem}")
    while (left := await desk.work()) and time.monotonic() < end:
        await asyncio.sleep(0.05)
    if left:
        counts.wrong.append(f"work list: {len(left)} left, {left[:3]}")


async def check(desk: Desk, chat: str, many: int, counts: Counts) -> None:
    """Each message once, each reply once and in order, the chain whole, the draft right."""
    entries = await desk.events(chat, 0, 10 * many + 100)
    counts.replies += sum(1 for e in entries if e["sender"] == "bot" and e["type"] == "message")
    counts.wrong += [f"{chat}: {problem}" for problem in replies_in_order(entries)]
    if sum(1 for e in entries if e["sender"] == "person") != many:
        counts.wrong.append(f"{chat}: a message is missing or doubled")
    if chain_breaks(await desk.raw_log(chat)):
        counts.wrong.append(f"{chat}: the hash chain is broken")
    found = await desk.snapshot(chat)
    if found is None or found.draft.get("count") != many:
        counts.wrong.append(f"{chat}: the draft was not advanced once a message")
    if len(await desk.history(chat)) != many:
        counts.wrong.append(f"{chat}: the tracker's history is doubled or short")


async def soak(url: str, share: float, desk_id: str = "soak") -> Counts:
    """Runs the share of the whole; returns the counts, with what went wrong."""
    chats = [f"chat{n}" for n in range(max(4, round(CHATS * min(1.0, share * 4))))]
    many = max(1, round(MESSAGES * share / len(chats)))
    counts = Counts(chats=len(chats), messages=many * len(chats))
    began = time.monotonic()
    desk = await Desk.connect(url, desk_id)
    crew = Crew(url, desk_id, WORKERS)
    try:
        for chat in chats:
            await desk.create(chat, {}, {"details": {}})
        people = [person(desk, c, many, counts, random.Random(c)) for c in chats]
        total = max(4, round(BLOWS * share))
        await asyncio.gather(blows(crew, total, counts.messages, counts), *people)
        await settle(desk, chats, counts)
        for chat in chats:
            await check(desk, chat, many, counts)
        counts.counters = await desk.counters()
        if share >= 1 and not counts.counters.get("commits_stale"):
            counts.wrong.append("no stall outlived its lease: the soak proved less than it should")
    finally:
        crew.end()
        await desk.close()
    counts.seconds = time.monotonic() - began
    return counts


def report(counts: Counts) -> str:
    """The counts as lines."""
    engine = counts.counters
    takes, commits = engine.get("takes_turn", 0), engine.get("turns_committed", 0)
    lines = [
        f"{counts.messages} messages over {counts.chats} chats, each sent twice "
        f"({engine.get('messages_sent_again', 0)} known again), {counts.seconds:.0f} s",
        f"{WORKERS} workers: {counts.kills} kill -9, {counts.stalls} stalls over the lease",
        f"{counts.replies} replies in {commits} turns; {takes - commits} turns taken again, "
        f"{engine.get('commits_stale', 0)} late commits refused",
        *counts.wrong[:20],
        "nothing lost, doubled or out of order; work list empty"
        if not counts.wrong
        else f"{len(counts.wrong)} things went wrong",
    ]
    return "\n".join(lines)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="share of the 4,000 messages")
    share = parser.parse_args().share
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, EmbeddedServer(Path(folder)) as up:
        counts = asyncio.run(soak(up.url, share))
    print(report(counts))
    return 1 if counts.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
