"""The whole desk, as `livechat up` starts it, on a free port with a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest

from bot.settings import ROOT
from bot.supervise import free_port

READY_S = 120


@dataclass
class Running:
    """A desk that runs: its address, its data folder, its process, an operator's token."""

    url: str
    data: Path
    process: subprocess.Popen[str]
    environ: dict[str, str]
    lines: list[str] = field(default_factory=list)
    token: str = ""

    def call(
        self, method: str, path: str, body: object | None = None, token: str = ""
    ) -> tuple[int, Any]:
        """One JSON call; gives status and body."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=40) as answer:
                text = answer.read().decode()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read().decode() or "null")

    def operator(self, name: str, role: str = "handler") -> str:
        """Make an account with the command line; gives its API token."""
        return self.account(name, role)[1]

    def account(self, name: str, role: str = "handler") -> tuple[str, str]:
        """Make an account with the command line; gives its password and its API token."""
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "operator", "add", name, "--role", role],
            cwd=ROOT, env=self.environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stderr.split("password ")[1].split()[0], done.stdout.strip().splitlines()[-1]

    def child(self, *words: str) -> psutil.Process:
        """The child process of `livechat up` whose command line holds all the words."""
        for process in psutil.Process(self.process.pid).children():
            line = " ".join(process.cmdline())
            if all(word in line for word in words):
                return process
        raise AssertionError(f"no child with {words}")


@dataclass
class Person:
    """Somebody who chats over the public contract."""

    desk: Running
    id: str = ""
    token: str = ""
    after: int = 0
    state: dict[str, Any] = field(default_factory=dict)

    def start(self) -> Person:
        status, body = self.desk.call("POST", "/api/v1/conversations", {})
        assert status == 201, body
        self.id, self.token = body["conversation"], body["token"]
        self._take(body)
        return self

    def _take(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        fresh = [e for e in body["events"] if e["seq"] > self.after]
        self.after, self.state = max(self.after, body["through"]), body["state"]
        return fresh

    def post(
        self, text: str, payload: str | None = None, client_id: str | None = None
    ) -> tuple[int, Any]:
        """Send and give the raw answer."""
        body = {"client_id": client_id or uuid4().hex, "text": text}
        if payload:
            body["payload"] = payload
        return self.desk.call("POST", f"/api/v1/conversations/{self.id}/messages", body, self.token)

    def poll(self, wait: int = 1) -> list[dict[str, Any]]:
        path = f"/api/v1/conversations/{self.id}/events?after={self.after}&wait={wait}"
        status, body = self.desk.call("GET", path, token=self.token)
        assert status == 200, body
        return self._take(body)

    def say(self, text: str, payload: str | None = None) -> list[dict[str, Any]]:
        """Send, wait until the bot is idle, and give every new event not the person's own."""
        status, body = self.post(text, payload)
        assert status == 202, body
        events = self._take(body)
        end = time.monotonic() + 30
        while not self.state["bot_idle"] and time.monotonic() < end:
            events += self.poll()
        events += self.poll(0)
        assert self.state["bot_idle"], "the bot did not answer in 30 s"
        return [e for e in events if e["sender"] != "person"]


def texts(events: list[dict[str, Any]]) -> str:
    """What was said, as one text."""
    return "\n".join(e["text"] for e in events)


def start_desk(data: Path, **more: str) -> Running:
    """Start `livechat up` and wait until /readyz is 200."""
    port = free_port()
    environ = {
        **os.environ,
        "LIVECHAT_PORT": str(port),
        "LIVECHAT_DATA": str(data),
        "REDIS_URL": "",
        "DATABASE_URL": "",
        **more,
    }
    data.mkdir(parents=True, exist_ok=True)
    out = (data / "up.out").open("w+")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "up"],
        cwd=ROOT, env=environ, stdout=out, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    desk = Running(f"http://127.0.0.1:{port}", data, process, environ)
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            if desk.call("GET", "/readyz")[0] == 200:
                return desk
        except (OSError, ValueError):
            pass
        time.sleep(0.2)
    stop_desk(desk)
    raise AssertionError(f"the desk did not start:\n{(data / 'up.out').read_text()}")


def stop_desk(desk: Running) -> float:
    """Ctrl-C; gives the seconds until everything ended."""
    started = time.monotonic()
    if desk.process.poll() is None:
        desk.process.send_signal(signal.SIGINT)
        try:
            desk.process.wait(30)
        except subprocess.TimeoutExpired:
            desk.process.kill()
            raise
    return time.monotonic() - started


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_desk(tmp_path_factory.mktemp("desk"))
    running.token = running.operator("tester")
    yield running
    stop_desk(running)


@pytest.fixture
def person(desk: Running) -> Person:
    return Person(desk).start()
