"""The archiver: follows the desk, writes once, survives its database; words are where we say."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import jsonschema
import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.desk import Desk
from bot.records import audit, retention
from bot.records.archive import Archiver, Reader
from bot.records.follow import archive_conversation
from bot.records.places import PLACES, redis_suffixes, sql_columns
from bot.records.tables import METADATA, conversations, make_tables, open_database
from bot.report import draft as drafts
from bot.report.schema import json_schema

MARKER = "zebrafinch"


async def chat(desk: Desk, name: str = "c1", text: str = f"my {MARKER} was stolen") -> str:
    """A conversation with a filed report; every word of the person holds the marker."""
    await desk.create(name, {}, drafts.new(""), [])
    cues = [{"name": "hate", "words": f"{MARKER} hate", "seq": 1, "meaning": ""}]
    await desk.receive(
        name, client_id="m1", text=text, danger="none", changes={"cues": cues},
        reading={"cues": [{"name": "hate", "words": MARKER}]},
    )  # fmt: skip
    taken = await desk.take(["turn"], 5000, "test")
    assert taken is not None
    draft = drafts.copied(taken.draft)
    draft["details"]["property"] = {
        "said": f"my {MARKER}",
        "value": None,
        "source": "said",
        "seq": 1,
    }
    draft["account"] = [{"seq": 1, "text": text}]
    draft |= {"type": "bike_theft", "incident_type": "theft", "stage": "sent"}
    draft["reference"] = draft["reference_next"]
    draft["filed_at"] = "2026-11-22T10:00:00.000Z"
    await desk.commit(
        taken,
        lines=[{"text": "Thank you.", "says": "utter_reference", "type": "message"}],
        draft=draft,
        tracker=json.dumps({"events": [MARKER]}),
        history=[json.dumps({"text": MARKER})],
        cursor=taken.pending[-1]["seq"],
        fields={"reference": draft["reference"], "stage": "sent"},
    )
    return str(draft["reference"])


def rows(database: Engine, name: str) -> list[dict[str, Any]]:
    with database.connect() as connection:
        return [dict(r._mapping) for r in connection.execute(select(METADATA.tables[name]))]


async def test_a_report_is_on_file_as_its_schema_says(database: Engine, desk: Desk) -> None:
    reference = await chat(desk)
    archiver = Archiver(database, desk.desk_id)
    assert await archive_conversation(desk, archiver, "c1") >= 2
    report = Reader(database, desk.desk_id).report(reference)
    assert report is not None
    jsonschema.validate(report, json_schema())
    assert report["details"]["property"]["source"] == "said"
    assert report["account"][0]["text"] == f"my {MARKER} was stolen"
    (row,) = rows(database, "conversations")
    assert (row["disposition"], row["reference"]) == ("reported", reference)


async def test_archiving_again_changes_nothing(database: Engine, desk: Desk) -> None:
    await chat(desk)
    archiver = Archiver(database, desk.desk_id)
    await archive_conversation(desk, archiver, "c1")
    before = [rows(database, name) for name in ("entries", "audit")]
    assert await archive_conversation(desk, archiver, "c1") == 0
    assert [rows(database, name) for name in ("entries", "audit")] == before


async def test_every_move_is_one_row_of_the_audit(database: Engine, desk: Desk) -> None:
    await chat(desk)
    await desk.presence_beat("sam")
    await desk.move("c1", "claim", by="sam")
    await desk.move("c1", "close", by="sam", code="advice_given", reason="told")
    await archive_conversation(desk, Archiver(database, desk.desk_id), "c1")
    made = audit.history(database, desk.desk_id, "c1")
    assert [r["who"] for r in made].count("sam") == 2
    assert audit.verify(database) is None


async def test_blanked_words_leave_the_records_too(database: Engine, desk: Desk) -> None:
    await chat(desk)
    archiver = Archiver(database, desk.desk_id)
    await archive_conversation(desk, archiver, "c1")
    first = (await desk.events("c1"))[0]["seq"]
    seqs = [e["seq"] for e in await desk.events("c1") if e["sender"] == "person"]
    await desk.blank("c1", seqs, by="sam", reason="anonymous")
    await archive_conversation(desk, archiver, "c1")
    assert first == 1
    entries = [r for r in rows(database, "entries") if r["sender"] == "person"]
    assert entries and all(r["blanked"] for r in entries)
    assert MARKER not in json.dumps(rows(database, "entries"))
    assert MARKER not in json.dumps(rows(database, "conversations"))


async def test_every_place_that_holds_words_is_listed_and_nothing_else_does(
    database: Engine, desk: Desk
) -> None:
    await chat(desk)
    await archive_conversation(desk, Archiver(database, desk.desk_id), "c1")
    found = {
        f"{name}.{column}"
        for name in METADATA.tables
        for row in rows(database, name)
        for column, value in row.items()
        if MARKER in json.dumps(value, default=str)
    }
    assert found == sql_columns()
    suffixes = set()
    async for key in desk.client.scan_iter(f"{desk.prefix}*"):
        kind = await desk.client.type(key)
        read = {
            "hash": desk.client.hgetall,
            "string": desk.client.get,
            "list": lambda k: desk.client.lrange(k, 0, -1),
            "zset": lambda k: desk.client.zrange(k, 0, -1),
            "set": desk.client.smembers,
        }[kind]
        if MARKER in str(await read(key)) + str(key):
            suffixes.add(key.rsplit(":", 1)[1])
    assert suffixes == redis_suffixes()
    assert all(place.leaves for place in PLACES)


async def test_erasure_takes_the_words_out_of_every_place(database: Engine, desk: Desk) -> None:
    await chat(desk)
    await archive_conversation(desk, Archiver(database, desk.desk_id), "c1")
    await desk.forget("c1")
    now = datetime.now(timezone.utc)
    retention.erase(database, desk.desk_id, "c1", now)
    for name in METADATA.tables:
        assert MARKER not in json.dumps(rows(database, name), default=str)
    assert not [key async for key in desk.client.scan_iter(f"{desk.prefix}c:*")]
    assert audit.verify(database) is None


async def test_retention_leaves_reports_alone_and_finds_what_is_over(
    database: Engine, desk: Desk
) -> None:
    await chat(desk, "filed")
    await desk.create("idle", {}, drafts.new(""), [])
    await desk.receive("idle", client_id="m", text="hello", danger="none", reading={})
    archiver = Archiver(database, desk.desk_id)
    for name in ("filed", "idle"):
        await desk.move(name, "close", by="person")
        await archive_conversation(desk, archiver, name)
    later = datetime.now(timezone.utc) + timedelta(days=400)
    assert retention.due(database, desk.desk_id, later) == ["idle"]
    assert retention.due(database, desk.desk_id, datetime.now(timezone.utc)) == []


async def test_a_database_that_is_down_raises_and_loses_nothing(postgres: Any, desk: Desk) -> None:
    engine = open_database(postgres.url)
    make_tables(engine)
    archiver = Archiver(engine, desk.desk_id)
    names = [f"{desk.desk_id}{n}" for n in range(5)]
    for name in names[:2]:
        await chat(desk, name)
    await archive_conversation(desk, archiver, names[0])
    await asyncio.to_thread(postgres.stop)
    try:
        for name in names[2:]:
            await chat(desk, name)
        with pytest.raises(SQLAlchemyError):
            await archive_conversation(desk, archiver, names[1])
    finally:
        await asyncio.to_thread(postgres.start)
    for name in names:
        await archive_conversation(desk, archiver, name)
        stored = Reader(engine, desk.desk_id).transcript(name)
        assert [r["seq"] for r in stored] == list(range(1, len(stored) + 1))
        assert len(stored) == len(await desk.events(name))
    with engine.begin() as connection:
        done = connection.execute(
            update(conversations).where(conversations.c.desk == desk.desk_id).values(route=None)
        )
    assert done.rowcount == 5
    engine.dispose()
