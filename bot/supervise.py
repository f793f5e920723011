"""A small supervisor: start child processes, restart what ends, stop all of them in time.

A child that ends is started again with a growing pause and the terminal is told. `stop`
ends every child within ten seconds, the one started first (the store) last.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

#: First pause before a crashed child starts again, and the longest one, in seconds.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0
#: A child that lived this long is healthy: its pause starts from the beginning again.
HEALTHY_S = 60.0
#: How long children may take to end by themselves; design: all ended within 10 s.
GRACE_S = 7.0
#: Longest wait for the answer of one probe: a first one loads what the process needs.
PROBE_S = 30.0
PR_SET_PDEATHSIG = 1

Say = Callable[[str], None]
Probe = Callable[[], Awaitable[bool]]


@dataclass
class Child:
    """One process: how to start it, where it logs, and how to see that it is ready."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path
    probe: Probe
    cwd: Path
    nice: int = 0  # 0 to 19: how far it stands back when the machine is full
    restarts: int = 0
    process: asyncio.subprocess.Process | None = field(default=None, repr=False)


def free_port() -> int:
    """A free port of the loopback interface, picked by the kernel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare(nice: int) -> None:
    # A killed supervisor must not leave servers behind that hold the data folder.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.nice(nice)


class Supervisor:
    """Starts the children in order, restarts what ends, stops all of them."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.children: list[Child] = []
        self.stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, child: Child, timeout_s: float = 120.0) -> None:
        """Start `child` and wait until its probe answers. Raises TimeoutError."""
        self.children.append(child)
        await self._spawn(child)
        self._tasks.append(asyncio.create_task(self._keep(child), name=f"keep-{child.name}"))
        await self.wait_ready(child, timeout_s)

    async def wait_ready(self, child: Child, timeout_s: float) -> None:
        """Poll the probe until it is true; TimeoutError names the log to read."""
        deadline = time.monotonic() + timeout_s
        while not await child.probe():
            if self.stopping.is_set():
                return
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"{child.name} is not ready after {timeout_s:.0f} s: {child.log}"
                )
            await asyncio.sleep(0.1)

    async def _spawn(self, child: Child) -> None:
        child.log.parent.mkdir(parents=True, exist_ok=True)
        with child.log.open("ab") as log:
            child.process = await asyncio.create_subprocess_exec(
                *child.argv,
                env={**os.environ, **child.env},
                cwd=child.cwd,
                stdout=log,
                stderr=log,
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=partial(_prepare, child.nice),
            )

    async def _keep(self, child: Child) -> None:
        pause = FIRST_PAUSE_S
        while not self.stopping.is_set():
            assert child.process is not None
            born = time.monotonic()
            code = await child.process.wait()
            if self.stopping.is_set():
                return
            pause = FIRST_PAUSE_S if time.monotonic() - born > HEALTHY_S else pause
            child.restarts += 1
            self.say(
                f"{child.name} stopped (exit {code}); starting it again in {pause:.1f} s. "
                f"Its log: {child.log}"
            )
            await self._pause(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
            if not self.stopping.is_set():
                await self._spawn(child)
                self._announce(child)

    def _announce(self, child: Child) -> None:
        """Say that a child is back once its probe answers; it may end again before that."""

        async def announce() -> None:
            try:
                await self.wait_ready(child, 120.0)
            except TimeoutError:
                return
            if not self.stopping.is_set():
                self.say(f"{child.name} is back.")

        self._tasks.append(asyncio.create_task(announce(), name=f"back-{child.name}"))

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except asyncio.TimeoutError:
            return

    async def stop(self) -> None:
        """End every child, the last started first; what does not end in time is killed."""
        self.stopping.set()
        living = [c for c in reversed(self.children) if c.process and c.process.returncode is None]
        # Servers that others write to (the store) end last, after a first round for the rest.
        for wave in (living[:-1], living[-1:]):
            self._signal(wave, signal.SIGTERM)
            await self._gone(wave, GRACE_S * (0.7 if wave is not living[-1:] else 0.3))
            self._signal(wave, signal.SIGKILL)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @staticmethod
    def _signal(children: Sequence[Child], number: int) -> None:
        for child in children:
            if child.process is not None and child.process.returncode is None:
                try:
                    os.killpg(child.process.pid, number)
                except ProcessLookupError:
                    continue

    @staticmethod
    async def _gone(children: Sequence[Child], seconds: float) -> None:
        waits = [asyncio.ensure_future(c.process.wait()) for c in children if c.process]
        if waits:
            _, pending = await asyncio.wait(waits, timeout=seconds)
            for task in pending:
                task.cancel()


async def http_ready(url: str, body: str = "") -> bool:
    """True when a GET of `url` (with `body`: a POST of that JSON) answers with status 200."""
    host, _, path = url.removeprefix("http://").partition("/")
    name, _, port = host.partition(":")
    try:
        reader, writer = await asyncio.open_connection(name, int(port))
    except OSError:
        return False
    try:
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        method = "POST" if body else "GET"
        writer.write(f"{method} /{path} HTTP/1.0\r\nHost: {host}\r\n{kind}\r\n{body}".encode())
        await writer.drain()
        line = await asyncio.wait_for(reader.readline(), PROBE_S)
        return b" 200 " in line
    except (OSError, asyncio.TimeoutError):
        return False
    finally:
        writer.close()


def python(*args: str) -> list[str]:
    """The command line of a Python module in this environment."""
    return [sys.executable, *args]
