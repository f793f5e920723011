"""A reader that tests can steer, a tiny assistant, and settings for a gateway of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from bot.desk import Desk, names
from bot.settings import ROOT, Settings, load
from bot.triage.reading import CueHit, Reading

API = "/api/v1/conversations"
Json = dict[str, Any]
HELLO = "Where did it happen?"


class FakeReader:
    """Reads by a few words: 'knife' is danger now, 'shouting' a check, 'partner' protects."""

    fingerprint = "fake"

    def __init__(self) -> None:
        self.seen: list[tuple[str, str | None, tuple[str, ...]]] = []
        self.throws: Exception | None = None

    def read(self, text: str, asked: str | None = None, recent: Sequence[str] = ()) -> Reading:
        """The reading of one message."""
        self.seen.append((text, asked, tuple(recent)))
        if self.throws is not None:
            raise self.throws
        low = text.lower()
        cues = []
        if "knife" in low:
            cues.append(CueHit("weapon", "knife", "rule"))
        if "partner" in low:
            cues.append(CueHit("domestic_abuse", "partner", "rule"))
        danger = "now" if "knife" in low else "check" if "shouting" in low else "none"
        act = {"yes": "yes", "no": "no"}.get(low.strip(".! ")) if asked else None
        return Reading(
            act=act,
            route="emergency" if danger == "now" else "crime_report",
            route_scores={"crime_report": 0.9},
            type="burglary_dwelling",
            type_scores=[("burglary_dwelling", 0.9)],
            danger=danger,
            danger_score={"now": 0.9, "check": 0.5, "none": 0.1}[danger],
            cues=tuple(cues),
            language="en",
            confidence=0.9,
            model="fake",
        )


class FakeAssistant:
    """Takes turns from the desk and answers each with one line. `silent`: takes nothing."""

    def __init__(self, desk: Desk, delay_s: float = 0.0) -> None:
        self.desk, self.delay_s = desk, delay_s
        self.text = HELLO
        self.buttons: list[dict[str, str]] = []
        self.silent = False

    async def one(self) -> bool:
        """One turn, if one is due."""
        taken = await self.desk.take([names.TURN], worker="fake")
        if taken is None:
            return False
        await asyncio.sleep(self.delay_s)
        line = {"text": self.text, "says": "fake_reply", "lang": "en", "buttons": self.buttons}
        last = taken.pending[-1]["seq"] if taken.pending else taken.state.cursor
        await self.desk.commit(
            taken, lines=[line], draft=taken.draft, cursor=last, fields={"asking": "location"}
        )
        return True

    async def run(self) -> None:
        """Turns for as long as the test runs."""
        while True:
            if self.silent or not await self.one():
                await asyncio.sleep(0.02)


def gateway_settings(data: Path, redis_url: str, desk_id: str) -> Settings:
    """Settings of a gateway in `data`; no `.env` of this machine is read."""
    return load(
        {
            "LIVECHAT_DATA": str(data),
            "REDIS_URL": redis_url,
            "LIVECHAT_DESK": desk_id,
            "LIVECHAT_MODELS": str(ROOT / "models"),
            "LIVECHAT_EXIT_URL": "https://example.org/weather",
        },
        env_file=data / "none.env",
    )


@dataclass
class Person:
    """Somebody who chats over the public contract."""

    http: TestClient[Any, Any]
    id: str = ""
    token: str = ""
    state: Json = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def start(self, **body: object) -> Person:
        """Begin a conversation."""
        answer = await self.http.post(API, json=body)
        assert answer.status == 201, await answer.text()
        made = await answer.json()
        self.id, self.token, self.state = made["conversation"], made["token"], made["state"]
        return self

    async def post(self, text: str, **more: object) -> ClientResponse:
        """Send one message; the raw answer."""
        body = {"client_id": uuid4().hex, "text": text, **more}
        return await self.http.post(f"{API}/{self.id}/messages", json=body, headers=self.headers)

    async def say(self, text: str, **more: object) -> Json:
        """Send one message that is taken; its answer."""
        answer = await self.post(text, **more)
        assert answer.status in (200, 202), await answer.text()
        found: Json = await answer.json()
        self.state = found["state"]
        return found

    async def read(self, after: int = 0, wait: float = 0) -> Json:
        """Read events after a number."""
        answer = await self.http.get(
            f"{API}/{self.id}/events?after={after}&wait={wait}", headers=self.headers
        )
        assert answer.status == 200, await answer.text()
        found: Json = await answer.json()
        self.state = found["state"]
        return found

    async def until_idle(self, limit_s: float = 5.0) -> Json:
        """Read until the assistant has answered."""
        end = asyncio.get_running_loop().time() + limit_s
        while not (found := await self.read())["state"]["bot_idle"]:
            assert asyncio.get_running_loop().time() < end, "the assistant did not answer"
            await asyncio.sleep(0.02)
        return found
