"""`make bench`: the figures of docs/benchmarks.md, printed and written as JSON.

Nothing here is a test: machines differ and are noisy. What counts is a ratio against the
baseline of the same run, and the load generator's own lag beside each latency.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.clients import DeskPerson, RasaPerson
from benchmarks.measure import Lag, cpu_seconds, family, percentile, pss_bytes
from benchmarks.script import DANGEROUS, LONG, TURNS
from benchmarks.servers import Server, baseline, desk, train_baseline

Figures = dict[str, Any]


def session() -> aiohttp.ClientSession:
    """A client without a limit of connections."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=120)
    )


async def chats(server: Server, kind: type, many: int, rounds: int) -> Figures:
    """`many` chats of 12 turns at a time, `rounds` times: replies a second, CPU a reply.

    One chat before the clock starts: a fresh process pays once for what it loads late.
    """
    people = family(server.pid)
    async with session() as http, Lag() as lag:
        seconds: list[float] = []

        async def one() -> None:
            person = kind(http, server.url)
            await person.start()
            for text in TURNS:
                seconds.append(await person.say(text))

        await one()
        seconds.clear()
        before, started = cpu_seconds(people), time.perf_counter()
        for _ in range(rounds):
            await asyncio.gather(*(one() for _ in range(many)))
        wall, cpu = time.perf_counter() - started, cpu_seconds(people) - before
    return {
        "chats": many * rounds,
        "replies": len(seconds),
        "replies_a_second": round(len(seconds) / wall, 1),
        "cpu_ms_a_reply": round(1000 * cpu / len(seconds), 1),
        "p50_ms": round(1000 * percentile(seconds, 0.5), 1),
        "p99_ms": round(1000 * percentile(seconds, 0.99), 1),
        "generator_lag_p99_ms": round(1000 * percentile(lag.seen, 0.99), 1),
    }


async def growth(server: Server, many: int, turns: int) -> Figures:
    """Long chats: how much a late turn costs against an early one."""
    async with session() as http:

        async def one() -> list[float]:
            person = DeskPerson(http, server.url)
            await person.start()
            first = [await person.say(text) for text in TURNS[:5]]
            rest = [await person.say(LONG[n % len(LONG)]) for n in range(turns - len(first))]
            return first + rest

        rows = await asyncio.gather(*(one() for _ in range(many)))
    early = [s for row in rows for s in row[5:15]]
    late = [s for row in rows for s in row[-10:]]
    return {
        "chats": many,
        "turns": turns,
        "early_median_ms": round(1000 * percentile(early, 0.5), 1),
        "late_median_ms": round(1000 * percentile(late, 0.5), 1),
        "ratio": round(percentile(late, 0.5) / percentile(early, 0.5), 2),
    }


async def danger(server: Server, many: int, each: int) -> Figures:
    """Dangerous messages at `many` chats at a time: from send to the 999 line."""
    async with session() as http, Lag() as lag:
        people = [DeskPerson(http, server.url) for _ in range(many)]
        for person in people:
            await person.start()
        found: list[tuple[float, bool]] = []

        async def one(number: int, person: DeskPerson) -> None:
            for turn in range(each):
                found.append(await person.send(DANGEROUS[(number + turn) % len(DANGEROUS)]))

        await asyncio.gather(*(one(n, p) for n, p in enumerate(people)))
    seconds = [s for s, _ in found]
    return {
        "messages": len(found),
        "chats": many,
        "with_999_line": sum(held for _, held in found),
        "p50_ms": round(1000 * percentile(seconds, 0.5), 1),
        "p99_ms": round(1000 * percentile(seconds, 0.99), 1),
        "max_ms": round(1000 * max(seconds), 1),
        "generator_lag_p99_ms": round(1000 * percentile(lag.seen, 0.99), 1),
    }


def memory(server: Server) -> Figures:
    """PSS of every process, in MB."""
    found = pss_bytes(family(server.pid))
    return {
        "total_mb": round(sum(found.values()) / 1e6),
        "by_process_mb": {name: round(size / 1e6) for name, size in found.items()},
    }


def run(share: float, folder: Path) -> Figures:
    """All figures. `share` below 1 makes a quick look of it."""
    rounds = max(1, round(5 * share))
    figures: Figures = {}
    project = train_baseline(folder, print)
    with baseline(project) as server:
        print("baseline: Rasa's default pipeline")
        figures["baseline_1"] = asyncio.run(chats(server, RasaPerson, 1, 6 * rounds))
        figures["baseline_20"] = asyncio.run(chats(server, RasaPerson, 20, rounds))
        figures["baseline_memory"] = memory(server)
    with desk(folder) as server:
        print("the desk")
        figures["desk_1"] = asyncio.run(chats(server, DeskPerson, 1, 6 * rounds))
        figures["desk_20"] = asyncio.run(chats(server, DeskPerson, 20, rounds))
        figures["danger"] = asyncio.run(danger(server, 50, max(2, round(12 * share))))
        figures["growth"] = asyncio.run(growth(server, 10, max(30, round(200 * share))))
        figures["desk_memory"] = memory(server)
    for many in (1, 20):
        ours, theirs = figures[f"desk_{many}"], figures[f"baseline_{many}"]
        figures[f"ratio_{many}"] = {
            "replies_a_second": round(ours["replies_a_second"] / theirs["replies_a_second"], 2),
            "cpu_a_reply": round(ours["cpu_ms_a_reply"] / theirs["cpu_ms_a_reply"], 2),
        }
    return figures


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print, write `benchmarks/out/figures.json`."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="0.2 is a quick look")
    parser.add_argument("--folder", type=Path, help="keep the baseline's model here")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="bench-") as fresh:
        figures = run(given.share, given.folder or Path(fresh))
    out = Path(__file__).parent / "out"
    out.mkdir(exist_ok=True)
    (out / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    for name, values in figures.items():
        print(f"{name}: {json.dumps(values)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
