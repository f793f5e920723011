"""What the public and the handlers see of the log."""

from __future__ import annotations

import pytest

from bot.desk import Desk
from bot.desk.view import iso, public_events, staff_events
from tests.desk.helpers import START, line, say, start

EVENT = {"seq", "ts", "type", "sender", "text", "says", "lang", "buttons", "attachments"}


@pytest.mark.asyncio
async def test_the_person_sees_no_staff_entry_and_no_reading(timed: Desk) -> None:
    """Only the contract's fields, and `through` counts the hidden entries."""
    await start(timed)
    reading = {"danger": "now", "language": "en"}
    await say(timed, "help", reading=reading, payload="/p", lines=[line("999")], danger="now")
    entries = await timed.events("c1")
    events, through = public_events(entries, 0)
    assert [e["seq"] for e in events] == [1, 2] and through == 4 == len(entries)
    assert all(set(e) == EVENT for e in events)
    staff, seen = staff_events(entries, 0)
    assert len(staff) == 4 and seen == 4 and staff[0]["reading"] == reading
    assert all("chain" not in e and "client_id" not in e for e in staff)


def test_nothing_new_leaves_the_cursor() -> None:
    """`through` never goes back."""
    assert public_events([], 7) == ([], 7)


def test_times_are_iso_with_milliseconds_and_z() -> None:
    """Also a whole second keeps its three digits."""
    assert iso(START) == "2026-11-18T11:06:40.000Z"
    assert iso(START + 7).endswith(":40.007Z")
