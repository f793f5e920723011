"""The person's socket: who may open it, what comes, and what becomes of a slow one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestClient

from bot.desk import Desk
from bot.web import config
from bot.web.keys import HUB
from tests.web.fakes import API, HELLO, FakeAssistant, Person

Http = TestClient[Any, Any]


def address(person: Person, after: int = 0) -> str:
    """Where the socket of a conversation is."""
    return f"{API}/{person.id}/socket?after={after}"


async def until_state(ws: Any, through: int) -> list[dict[str, Any]]:
    """Events up to the state frame that has seen `through`."""
    events = []
    while True:
        frame = await asyncio.wait_for(ws.receive_json(), 5)
        if "event" in frame:
            events.append(frame["event"])
        elif frame.get("through", -1) >= through:
            return events


async def test_same_events_as_the_long_poll(person: Person, assistant: FakeAssistant) -> None:
    """What the socket sends is, frame for frame, what reading gives."""
    async with person.http.ws_connect(address(person), headers=person.headers) as ws:
        await person.say("he has a knife")
        await person.until_idle()
        read = await person.read()
        events = await until_state(ws, read["through"])

    assert events == read["events"]
    assert events[-1]["text"] == HELLO


async def test_token_in_the_first_frame(person: Person) -> None:
    """A browser cannot set a header: its first frame opens the socket."""
    async with person.http.ws_connect(address(person)) as ws:
        await ws.send_json({"token": person.token})
        frame = await asyncio.wait_for(ws.receive_json(), 5)

    assert frame["state"]["owner"] == "bot" and frame["through"] == 0


@pytest.mark.parametrize("first", ['{"token": "wrong"}', "nonsense", '{"token": 4}', "[]"])
async def test_wrong_first_frame_closes_with_a_problem(person: Person, first: str) -> None:
    """A wrong token is a problem frame and a close code that says which."""
    async with person.http.ws_connect(address(person)) as ws:
        await ws.send_str(first)
        frame = await asyncio.wait_for(ws.receive_json(), 5)
        await ws.receive()

    assert frame["problem"]["code"] in ("token_wrong", "token_missing")
    assert ws.close_code in (4401, 4403)


async def test_silence_at_the_door_closes(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who says nothing within the limit is let go."""
    monkeypatch.setattr(config, "SOCKET_AUTH_S", 0.1)
    async with person.http.ws_connect(address(person)) as ws:
        frame = await asyncio.wait_for(ws.receive_json(), 5)

    assert frame["problem"]["code"] == "token_missing"


async def test_page_of_another_site_is_refused(person: Person) -> None:
    """A foreign Origin does not get as far as a socket."""
    answer = await person.http.get(
        address(person), headers={**person.headers, "Origin": "https://elsewhere.example"}
    )

    assert answer.status == 403 and (await answer.json())["code"] == "origin_refused"


async def test_reconnect_from_the_cursor_misses_nothing(
    person: Person, assistant: FakeAssistant
) -> None:
    """Dropped and opened again at its cursor, a socket has each event once."""
    got: list[dict[str, Any]] = []
    for turn in range(4):
        after = got[-1]["seq"] if got else 0
        async with person.http.ws_connect(address(person, after), headers=person.headers) as ws:
            await person.say(f"message {turn}")
            read = await person.until_idle()
            got += await until_state(ws, read["through"])

    assert got == (await person.read())["events"]


async def test_slow_socket_is_dropped_and_others_are_not(
    person: Person, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    """A socket that cannot be written to is let go, counted, and can come back."""

    async def stuck(*_: object) -> None:
        await asyncio.sleep(30)

    monkeypatch.setattr(config, "SOCKET_SEND_S", 0.1)
    async with person.http.ws_connect(address(person), headers=person.headers) as ws:
        await asyncio.wait_for(ws.receive_json(), 5)
        with monkeypatch.context() as patch:
            patch.setattr(web.WebSocketResponse, "send_str", stuck)
            await person.say("hello")
            message = await asyncio.wait_for(ws.receive(), 5)
    assert message.type in (WSMsgType.CLOSED, WSMsgType.CLOSE, WSMsgType.ERROR)

    metrics = await (await person.http.get("/metrics")).text()
    assert "livechat_sockets_dropped_total 1.0" in metrics
    async with person.http.ws_connect(address(person), headers=person.headers) as ws:
        assert [e["text"] for e in await until_state(ws, 1)] == ["hello"]


async def test_too_many_sockets_of_one_conversation(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One conversation cannot hold all the sockets of a gateway."""
    monkeypatch.setattr(config, "SOCKETS_PER_CONVERSATION", 1)
    async with person.http.ws_connect(address(person), headers=person.headers) as ws:
        await ws.receive_json()
        answer = await person.http.get(address(person), headers=person.headers)

    assert answer.status == 429


async def test_gateway_that_ends_lets_everybody_go(app: web.Application, person: Person) -> None:
    """At shutdown no reader waits out its time."""
    waiting = asyncio.create_task(person.read(wait=20))
    async with person.http.ws_connect(address(person), headers=person.headers) as ws:
        await ws.receive_json()
        await app[HUB].close()
        closed = await asyncio.wait_for(ws.receive(), 5)

    assert closed.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING)
    assert (await asyncio.wait_for(waiting, 5))["events"] == []
