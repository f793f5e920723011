"""The people of the benchmark: over the desk's public contract, and over Rasa's REST channel."""

from __future__ import annotations

import time
from typing import Any
from uuid import uuid4

import aiohttp


class DeskPerson:
    """One chat with the desk. `say` gives seconds to the end of the bot's replies."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url = http, url
        self.id = self.token = ""
        self.after = 0
        self.stopped = False  # told to stop typing: by rule the machine says nothing more

    async def _call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.http.request(
            method, f"{self.url}/api/v1/conversations{path}", json=body, headers=headers
        ) as answer:
            answer.raise_for_status()
            return dict(await answer.json())

    async def start(self) -> None:
        """Begin a conversation."""
        body = await self._call("POST", "", {})
        self.id, self.token, self.after = body["conversation"], body["token"], body["through"]

    async def send(self, text: str) -> tuple[float, bool]:
        """Send one message; gives seconds to the answer, and whether it holds a 999 line (or the
        chat was told to stop typing before: then silence is right)."""
        started = time.perf_counter()
        body = await self._call(
            "POST", f"/{self.id}/messages", {"client_id": uuid4().hex, "text": text}
        )
        seconds, told = time.perf_counter() - started, self.stopped
        self.stopped = told or any(e["says"] == "stop_typing" for e in body["events"])
        told = told or any(e["type"] == "safety" and "999" in e["text"] for e in body["events"])
        return seconds, told

    async def say(self, text: str) -> float:
        """Send and wait until the bot is idle."""
        started = time.perf_counter()
        body = await self._call(
            "POST", f"/{self.id}/messages", {"client_id": uuid4().hex, "text": text}
        )
        self.after = body["through"]
        while not body["state"]["bot_idle"]:
            body = await self._call("GET", f"/{self.id}/events?after={self.after}&wait=20")
            self.after = max(self.after, body["through"])
        return time.perf_counter() - started


class RasaPerson:
    """One chat with stock Rasa over its REST channel."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http, self.url, self.id = http, url, uuid4().hex

    async def start(self) -> None:
        """Nothing to begin: Rasa makes a conversation with the first message."""

    async def say(self, text: str) -> float:
        """Send one message and wait for its replies."""
        started = time.perf_counter()
        async with self.http.post(
            f"{self.url}/webhooks/rest/webhook", json={"sender": self.id, "message": text}
        ) as answer:
            answer.raise_for_status()
            await answer.read()
        return time.perf_counter() - started
