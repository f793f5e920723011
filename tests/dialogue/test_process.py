"""Promises of the real process: `rasa run` as the desk starts it, and killed in mid-turn."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psutil
import pytest

from bot.desk import Desk
from bot.dialogue import endpoints
from bot.up import free_port
from tests.dialogue import tiny

ROOT = Path(__file__).resolve().parents[2]
WORDS = "marker-of-a-person"


@contextmanager
def action_server(on_call: Callable[[], None]) -> Iterator[int]:
    """The small bot's actions over HTTP; `on_call` runs before each answer. Gives the port."""
    actions = tiny.Actions()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            on_call()
            made = asyncio.run(actions.request(json=body))
            if "refused" in body["tracker"]["latest_message"]["text"]:
                made["responses"] = WORDS
            answer = json.dumps(made).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            with suppress(BrokenPipeError):  # the caller was killed
                self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()


@contextmanager
def dialogue(
    model: Path, folder: Path, url: str, desk_id: str, actions_port: int
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`rasa run` with the files, arguments and environment that `livechat up` uses, once ready."""
    port = free_port()
    ends, creds = endpoints.write(folder, url, desk_id, actions_port)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            endpoints.argv(sys.executable, port, ends, creds, model),
            cwd=ROOT,
            env={**os.environ, **endpoints.env()},
            stdout=log,
            stderr=log,
        )
    try:
        deadline = time.monotonic() + 60
        while not health(port).get("ready"):
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline, (folder / "log").read_text()
            time.sleep(0.05)
        yield process, port
    finally:
        process.kill()
        process.wait()


def health(port: int) -> dict[str, Any]:
    """What /webhooks/desk/ready says; empty while nobody listens."""
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/webhooks/desk/ready", timeout=2
        ) as answer:
            return dict(json.load(answer))
    except OSError:
        return {}


async def replies(desk: Desk, wanted: int, seconds: float) -> list[str]:
    """What the bot said, once there are `wanted` lines or the time is over."""
    said: list[str] = []
    for _ in range(int(seconds / 0.1)):
        log = await desk.events("c")
        said = [e["text"] for e in log if (e["sender"], e["audience"]) == ("bot", "all")]
        if len(said) >= wanted:
            break
        await asyncio.sleep(0.1)
    return said


async def send(desk: Desk, text: str) -> None:
    """A message of the person."""
    await desk.receive("c", client_id=text, text=text, reading=tiny.reading("crime_report"))


async def test_the_process_answers_listens_on_loopback_and_logs_no_words(
    tiny_model: Path, tmp_path: Path, desk: Desk, desk_url: str, desk_id: str
) -> None:
    """One start: a reply, no port open to the world, no word in the log, a clean end."""
    await desk.create("c", {}, {"stage": "idle"})
    with action_server(lambda: None) as actions:
        start = time.monotonic()
        with dialogue(tiny_model, tmp_path, desk_url, desk_id, actions) as (process, port):
            print(f"ready after {time.monotonic() - start:.1f} s")
            await send(desk, WORDS)
            assert await replies(desk, 1, 10) == ["Noted 1."]
            listening = [
                connection.laddr
                for connection in psutil.Process(process.pid).connections("inet")
                if connection.status == psutil.CONN_LISTEN
            ]
            assert [tuple(address) for address in listening] == [("127.0.0.1", port)]
            assert health(port)["counts"] == {"commit_ok": 1}
            await send(desk, f"{WORDS} refused")  # an answer that Rasa refuses, draft and all
            assert len(await replies(desk, 2, 10)) == 2
            process.send_signal(signal.SIGTERM)
            process.wait(10)
    assert WORDS not in (tmp_path / "log").read_text()


@pytest.mark.soak
async def test_killed_in_mid_turn_gives_one_reply(
    tiny_model: Path, tmp_path: Path, desk: Desk, desk_url: str, desk_id: str
) -> None:
    """kill -9 while an action runs: after the lease another process replies, once."""
    called, go = threading.Event(), threading.Event()

    def hold() -> None:
        called.set()
        go.wait(5)

    await desk.create("c", {}, {"stage": "idle"})
    with action_server(hold) as actions:
        with dialogue(tiny_model, tmp_path, desk_url, desk_id, actions) as (process, _):
            await send(desk, WORDS)
            assert await asyncio.to_thread(called.wait, 10)
            process.kill()
            process.wait()
        go.set()
        assert await replies(desk, 1, 0.5) == []
        with dialogue(tiny_model, tmp_path, desk_url, desk_id, actions):
            assert await replies(desk, 1, 25) == ["Noted 1."]
            await send(desk, "and more")
            assert await replies(desk, 2, 5) == ["Noted 1.", "Noted 2."]
    found = await desk.snapshot("c")
    assert found is not None and len(found.draft["account"]) == 2
