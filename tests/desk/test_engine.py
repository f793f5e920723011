"""Starting a conversation, the wake channel, references, addresses of servers."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.desk import WAKE_ALL, Desk, DeskUnavailable
from bot.desk.store import open_client
from tests.desk.helpers import line, say, start, texts

pytestmark = pytest.mark.asyncio


async def test_create_starts_with_the_bot(desk: Desk) -> None:
    """Owner bot, greeting in the log, a reference kept for it, the archive told."""
    made = await desk.create("c1", {"locale": "cy"}, {"stage": "idle"}, [line("Hello")])
    assert (made.state.owner, made.state.danger, made.state.peak) == ("bot", "none", "none")
    assert made.state.bot_idle and made.length == 1 and made.rev == 0
    assert made.state.locale == "cy" and await texts(desk) == ["Hello"]
    assert re.fullmatch(r"GM-[A-Z0-9]{4}-[A-Z0-9]{4}", made.draft["reference_next"])
    assert await desk.by_reference(made.draft["reference_next"]) is None, "only reserved"
    assert [d.kind for d in await desk.work()] == ["archive"]


async def test_create_twice_keeps_the_first(desk: Desk) -> None:
    """A repeated start changes nothing."""
    first = await desk.create("c1", {}, {"stage": "idle"}, [line("Hello")])
    assert await desk.create("c1", {"locale": "cy"}, {"stage": "x"}, [line("Again")]) == first


async def test_no_two_conversations_get_one_reference(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reference that is taken is drawn again."""
    drawn = iter(["GM-BBBB-BBBB", "GM-BBBB-BBBB", "GM-CCCC-CCCC"])
    monkeypatch.setattr(desk, "new_reference", lambda: next(drawn))
    await start(desk, "c1")
    await start(desk, "c2")
    found = [await desk.snapshot(c) for c in ("c1", "c2")]
    assert [f.draft["reference_next"] for f in found if f] == ["GM-BBBB-BBBB", "GM-CCCC-CCCC"]


async def test_events_are_read_from_a_cursor(desk: Desk) -> None:
    """After N comes N+1, up to the limit; an unknown conversation has none."""
    await start(desk)
    for n in range(5):
        await say(desk, f"m{n}")
    assert [e["seq"] for e in await desk.events("c1", 2, 2)] == [3, 4]
    assert await desk.events("c1", 5) == [] and await desk.events("nobody", 0) == []


async def test_every_change_wakes_the_listeners(desk: Desk) -> None:
    """Message, commit and move each send the conversation's id; the first word is "look at all"."""
    heard: asyncio.Queue[str] = asyncio.Queue()

    async def listen() -> None:
        async for conversation in desk.wake():
            await heard.put(conversation)

    await start(desk)
    task = asyncio.create_task(listen())
    assert await asyncio.wait_for(heard.get(), 5) == WAKE_ALL
    await say(desk, "one")
    assert await asyncio.wait_for(heard.get(), 5) == "c1"
    await desk.move("c1", "claim", by="sam")
    assert await asyncio.wait_for(heard.get(), 5) == "c1"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_no_server_is_said_at_once(tmp_path: Path) -> None:
    """Connecting to nothing is DeskUnavailable, never a traceback of the client library."""
    with pytest.raises(DeskUnavailable):
        await Desk.connect(f"unix://{tmp_path}/none.sock", "d")
    with pytest.raises(ValueError, match="scheme"):
        await Desk.connect("http://somewhere", "d")


async def test_a_sentinel_address_names_hosts_service_and_database() -> None:
    """`sentinel://a:1,b/desk/2`: both hosts, the service, the database."""
    client = open_client("sentinel://:secret@a:1,b/desk/2")
    pool = client.connection_pool
    assert pool.service_name == "desk" and pool.connection_kwargs["db"] == 2
    assert pool.connection_kwargs["password"] == "secret"
    nodes = [s.connection_pool.connection_kwargs for s in pool.sentinel_manager.sentinels]
    assert [(n["host"], n["port"]) for n in nodes] == [("a", 1), ("b", 26379)]


async def test_fields_of_other_modules_are_kept(desk: Desk) -> None:
    """`set_fields` writes what the engine does not own, and says when there is nothing."""
    await start(desk)
    assert await desk.set_fields("c1", {"last_seen": 5, "disposition": "advised"})
    found = await desk.snapshot("c1")
    assert found is not None and (found.state.last_seen, found.state.disposition) == (5, "advised")
    assert not await desk.set_fields("nobody", {"last_seen": 5})
