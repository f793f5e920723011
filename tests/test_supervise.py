"""The supervisor: restarts what ends and says so, ends everything in time."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from bot.supervise import Child, Supervisor, free_port, http_ready

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time, pathlib, sys\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "pathlib.Path(sys.argv[1]).touch()\n"
    "time.sleep(600)",
]


async def always() -> bool:
    return True


def child(folder: Path, name: str = "one", argv: list[str] | None = None) -> Child:
    return Child(name, argv or SLEEPER, {}, folder / "logs" / f"{name}.log", always, folder)


async def test_a_killed_child_comes_back_and_the_terminal_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    run = Supervisor(said.append)
    one = child(tmp_path)
    await run.start(one)
    assert one.process is not None
    first = one.process.pid
    os.kill(first, signal.SIGKILL)
    for _ in range(100):
        await asyncio.sleep(0.05)
        if one.process.pid != first:
            break
    assert one.process.pid != first
    assert one.process.returncode is None
    assert "one stopped (exit -9); starting it again" in said[0]
    await run.stop()


async def test_stop_ends_a_child_that_ignores_the_polite_signal(tmp_path: Path) -> None:
    run = Supervisor(print)
    flag = tmp_path / "started"
    store = child(tmp_path, "store")
    stubborn = child(tmp_path, "stubborn", [*STUBBORN, str(flag)])
    await run.start(store)
    await run.start(stubborn)
    while not flag.exists():
        await asyncio.sleep(0.02)
    started = time.monotonic()
    await run.stop()
    assert time.monotonic() - started < 10
    assert stubborn.process is not None and stubborn.process.returncode == -signal.SIGKILL
    assert store.process is not None and store.process.returncode == -signal.SIGTERM


async def test_a_child_that_is_never_ready_names_its_log(tmp_path: Path) -> None:
    async def never() -> bool:
        return False

    run = Supervisor(print)
    one = child(tmp_path)
    one.probe = never
    with pytest.raises(TimeoutError, match=r"one\.log"):
        await run.start(one, timeout_s=0.3)
    await run.stop()


async def test_http_ready_is_false_where_nothing_listens() -> None:
    assert not await http_ready(f"http://127.0.0.1:{free_port()}/healthz")
