"""Small measuring tools: percentiles, CPU time and memory of process trees, a clock of lag."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence

import psutil


def percentile(values: Sequence[float], share: float) -> float:
    """The value at `share` (0 to 1) of the sorted values; 0.0 when there is none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def family(pid: int) -> list[psutil.Process]:
    """A process and everything below it."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    """User and system seconds of the processes that still live."""
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def pss_bytes(processes: Iterable[psutil.Process]) -> dict[str, int]:
    """Proportional set size by process (shared pages are counted once over all)."""
    found: dict[str, int] = {}
    for process in processes:
        try:
            name = " ".join(process.cmdline()[1:5])[-60:] or process.name()
            found[f"{process.pid} {name}"] = process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


class Lag:
    """How late the load generator's own event loop runs, in seconds: its share of any delay."""

    def __init__(self, period_s: float = 0.02) -> None:
        self.period_s, self.seen = period_s, list[float]()
        self._task: asyncio.Task[None] | None = None

    async def _run(self) -> None:
        while True:
            planned = time.perf_counter() + self.period_s
            await asyncio.sleep(self.period_s)
            self.seen.append(time.perf_counter() - planned)

    async def __aenter__(self) -> Lag:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
