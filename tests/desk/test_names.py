"""Names and limits stand once; every key of a desk is in one slot."""

from __future__ import annotations

import pytest

from bot.desk import Desk, names
from bot.desk.store import lua_names, script_text
from tests.desk.helpers import answer, say, start, take_turn


def test_a_desk_id_is_a_safe_word() -> None:
    """It becomes the hash tag: braces would move keys to other slots."""
    assert names.prefix("gmp") == "{gmp}:"
    for bad in ("", "a b", "a}", "{a", "x" * 65):
        with pytest.raises(ValueError, match="desk id"):
            names.prefix(bad)


def test_scripts_get_their_names_and_limits_from_here() -> None:
    """The Lua table holds the values, and no script spells a limit of its own."""
    assert f"CHECK_WAIT_MS = {names.CHECK_WAIT_MS}" in lua_names()
    for name in ("receive", "take", "commit", "move"):
        body = script_text(name).replace(lua_names(), "")
        assert "60000" not in body and "'work'" not in body


def test_the_limits_of_the_design() -> None:
    """60 s for a check and for presence, 10 s for a silent dialogue, two tries."""
    limits = (names.CHECK_WAIT_MS, names.PRESENCE_MS, names.DIALOGUE_SILENT_MS, names.TURN_TRIES)
    assert limits == (60_000, 60_000, 10_000, 2)
    assert len(set(names.CLOSING_CODES)) == 23


@pytest.mark.asyncio
async def test_every_key_of_a_desk_bears_its_hash_tag(desk: Desk) -> None:
    """And two desks on one server share nothing."""
    await start(desk)
    await say(desk, "one", danger="now")
    await answer(desk, await take_turn(desk), "a", tracker="{}", history=["{}"])
    await desk.presence_beat("sam")
    other = type(desk)(desk.client, "other-desk", desk.clock)
    assert await other.snapshot("c1") is None and await other.queue() == []
    made = [k for k in await desk.client.keys("*") if desk.desk_id in k]
    assert len(made) > 8 and all(k.startswith("{" + desk.desk_id + "}:") for k in made)
