"""What a handler put right, on both databases: read from rows and notes, and paged."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.desk import Desk
from bot.records.archive import Archiver
from bot.records.changes import Changes, withheld
from bot.records.follow import archive_conversation
from bot.report import draft as drafts

READING = {"type": "bike_theft", "route": "crime_report", "danger": "now", "cues": []}


async def closed(desk: Desk, database: Engine, name: str, final: str, lower: bool) -> None:
    """A chat read as bike theft in danger, closed by sam as `final`."""
    await desk.create(name, {"route": "crime_report", "subtype": "bike_theft"}, drafts.new(""), [])
    await desk.receive(
        name, client_id="m1", text="words", danger="now", changes={}, reading=READING,
        queue_why="danger now",
    )  # fmt: skip
    await desk.presence_beat("sam")
    assert (await desk.move(name, "claim", by="sam")).ok
    if lower:
        assert (await desk.move(name, "lower_danger", by="sam", to="none", reason="gone")).ok
    fields = {"final_type": final}
    assert (await desk.move(name, "close", by="sam", code="advice_given", fields=fields)).ok
    await archive_conversation(desk, Archiver(database, desk.desk_id), name)


async def test_type_route_and_danger_are_told_apart_and_paged(database: Engine, desk: Desk) -> None:
    await closed(desk, database, "same", "bike_theft", lower=False)
    await closed(desk, database, "other-type", "noise", lower=False)
    await closed(desk, database, "calmer", "bike_theft", lower=True)
    changes = Changes(database, desk.desk_id)
    found, following = changes.listed(None, None, None, 10)
    assert [(c.conversation, c.changed) for c in found] == [
        ("calmer", ("danger",)),
        ("other-type", ("type", "route")),
    ]
    assert following is None and found[0].dangers[0].before == "now"
    page, following = changes.listed(None, None, None, 1)
    assert following is not None
    rest, end = changes.listed(None, None, following, 1)
    assert [c.conversation for c in (*page, *rest)] == ["calmer", "other-type"] and end is None
    assert changes.one("same") is None
    opened = changes.one("calmer")
    assert opened is not None and opened[1][0]["text"] == "words"
    assert Changes(database, "another-desk").listed(None, None, None, 10) == ([], None)


def test_a_sealed_chat_is_withheld() -> None:
    """Sealing has no column of its own yet; where there is one, it counts."""
    assert withheld({"details": {}}, anonymous=False) is None
    assert withheld({"sealed_at": "2026-11-22", "details": {}}, anonymous=False) == "sealed"
    assert withheld({"details": {}}, anonymous=True) == "anonymous"
    assert withheld({"erased_at": "2026-11-22", "details": {}}, anonymous=True) == "erased"
