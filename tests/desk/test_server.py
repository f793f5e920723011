"""The embedded server: it ends when it is told, and what it acknowledged stays."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bot.desk import Desk, DeskUnavailable
from bot.desk.server import EmbeddedServer, ServerFailed, socket_path
from tests.desk.helpers import say, start, texts


def test_stop_leaves_no_process_and_no_socket(tmp_path: Path) -> None:
    """The server itself is our child: after stop it is gone, children and all."""
    server = EmbeddedServer(tmp_path)
    server.start()
    assert server.process is not None
    pid = server.process.pid
    assert psutil.Process(pid).name().startswith("valkey")
    assert not psutil.Process(pid).net_connections("inet"), "no TCP port"
    server.stop()
    assert not psutil.pid_exists(pid) and not server.socket.exists() and not server.running()


def test_an_acknowledged_message_survives_kill_9(tmp_path: Path) -> None:
    """`appendfsync always`: what was answered with a number is there after a crash."""

    async def write(url: str) -> None:
        desk = await Desk.connect(url, "d")
        await start(desk)
        for n in range(20):
            assert (await say(desk, f"m{n}")).status == "new"
        await desk.close()

    async def read(url: str) -> list[str]:
        desk = await Desk.connect(url, "d")
        found = await texts(desk)
        await desk.close()
        return found

    server = EmbeddedServer(tmp_path)
    server.start()
    asyncio.run(write(server.url))
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    with server as again:  # as its supervisor would start it again
        assert asyncio.run(read(again.url)) == [f"m{n}" for n in range(20)]


def test_a_desk_rides_over_a_restart_of_its_server(tmp_path: Path) -> None:
    """Scripts and connections come back by themselves; a dead server is DeskUnavailable."""

    async def over(first: EmbeddedServer) -> None:
        desk = await Desk.connect(first.url, "d")
        await start(desk)
        await asyncio.to_thread(first.stop)
        with pytest.raises(DeskUnavailable):
            await say(desk, "lost?")
        await asyncio.to_thread(first.start)
        assert (await say(desk, "lost?")).status == "new"
        await desk.close()

    with EmbeddedServer(tmp_path) as server:
        asyncio.run(over(server))


def test_a_second_desk_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    """One clear sentence instead of two servers on one file."""
    with EmbeddedServer(tmp_path), pytest.raises(ServerFailed, match="already runs"):
        EmbeddedServer(tmp_path).start()


def test_a_long_data_folder_gets_a_short_socket(tmp_path: Path) -> None:
    """The kernel allows 107 bytes; two long folders do not share a socket."""
    long = tmp_path / ("x" * 120)
    assert len(os.fsencode(socket_path(long))) < 107
    assert socket_path(long) != socket_path(tmp_path / ("y" * 120))
    with EmbeddedServer(long) as server:
        assert server.running()


def test_a_server_that_cannot_start_says_so(tmp_path: Path) -> None:
    """A broken append-only folder is named, in one line."""
    (tmp_path / "appendonlydir").write_text("not a folder")
    with pytest.raises(ServerFailed, match=r"valkey\.log"):
        EmbeddedServer(tmp_path).start()


def test_a_desk_killed_with_kill_9_starts_again(tmp_path: Path) -> None:
    """Its server lives on without it; the next start ends that one and keeps its data."""
    code = (
        "import sys, time, pathlib; from bot.desk.server import EmbeddedServer;"
        "s = EmbeddedServer(pathlib.Path(sys.argv[1])); s.start();"
        "print(s.process.pid, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        orphan = int(first.stdout.readline())
        with pytest.raises(ServerFailed, match="already runs"):
            EmbeddedServer(tmp_path).start()
        first.kill()
    assert psutil.pid_exists(orphan), "kill -9 ran no stop"
    with EmbeddedServer(tmp_path) as server:
        assert server.running() and server.process is not None
        assert server.process.pid != orphan
    gone = not psutil.pid_exists(orphan) or psutil.Process(orphan).status() == "zombie"
    assert gone
