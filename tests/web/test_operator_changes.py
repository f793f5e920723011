"""The trainers' page: what a handler put right, what is withheld, and proposals as patches."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.desk import Desk
from bot.records import retention
from bot.records.archive import Archiver
from bot.records.follow import archive_conversation
from bot.records.tables import audit, make_tables, open_database
from bot.settings import Settings
from bot.web import operator_changes
from bot.web.app import create_app
from tests.web.fakes import FakeReader, Person
from tests.web.operators import Operator, account
from tests.web.test_openapi import check
from tests.web.test_operator_explain import FakeTools

Http = TestClient[Any, Any]
Json = dict[str, Any]


@pytest.fixture
def tools() -> FakeTools:
    return FakeTools()


@pytest.fixture
def app(settings: Settings, reader: FakeReader, tools: FakeTools) -> web.Application:
    """The application with trainers' tools."""
    return create_app(settings, reader=reader, ticking=False, tools=tools)


@pytest.fixture
def sam(client: Http, settings: Settings) -> Operator:
    return Operator(client, account(settings, "sam"))


@pytest.fixture
def tess(client: Http, settings: Settings) -> Operator:
    return Operator(client, account(settings, "tess", "trainer"))


class Office:
    """Chats that a handler closes, and the records that follow."""

    def __init__(self, http: Http, desk: Desk, sam: Operator, settings: Settings) -> None:
        self.http, self.desk, self.sam = http, desk, sam
        self.engine = open_database(settings.sqlite_url)
        make_tables(self.engine)

    async def chat(
        self, text: str = "he has a knife", kind: str = "", danger: str = "",
        details: Mapping[str, object] | None = None, live: bool = False,
    ) -> str:  # fmt: skip
        """A chat that `sam` took, changed as told, and closed; archived and gone from the desk."""
        person = await Person(self.http).start()
        await person.say(text)
        await self.sam.do(person.id, "claim")
        if danger:
            await self.sam.do(person.id, "danger", value=danger, reason="it is a film, said Kim")
        if details:
            await self.sam.ok("PATCH", f"conversations/{person.id}/details", details)
        if not live:
            await self.sam.do(person.id, "close", code="advice_given", type=kind)
        await archive_conversation(self.desk, Archiver(self.engine, self.desk.desk_id), person.id)
        await self.desk.forget(person.id)
        return person.id

    async def views(self) -> list[tuple[str, str, str | None]]:
        """The audit of reads: who, what, which."""

        def rows() -> list[tuple[str, str, str | None]]:
            with self.engine.connect() as connection:
                found = connection.execute(select(audit).order_by(audit.c.id))
                return [(r.who, r.what, r.conversation) for r in found if r.who == "tess"]

        return await asyncio.to_thread(rows)


@pytest.fixture
def office(client: Http, desk: Desk, sam: Operator, settings: Settings) -> Office:
    return Office(client, desk, sam, settings)


async def test_only_a_trainer_sees_it(
    client: Http, settings: Settings, sam: Operator, tess: Operator
) -> None:
    sue = Operator(client, account(settings, "sue", "supervisor"))
    for who in (sam, sue):
        for method, path in (("GET", "changes"), ("GET", "changes/x"),
                             ("GET", "changes/x/messages/1/scrubbed"),
                             ("POST", "changes/x/messages/1/proposal")):  # fmt: skip
            answer = await who.call(method, path, {} if method == "POST" else None)
            assert (answer.status, (await answer.json())["code"]) == (403, "role_wrong")
    assert (await tess.ok("GET", "changes")) == {"chats": [], "next": None}


async def test_what_was_changed_is_listed_newest_first_and_nothing_else(
    office: Office, tess: Operator
) -> None:
    """Another type, its route with it, another danger; an edit of a place is no change."""
    retyped = await office.chat("my bike was stolen", kind="noise")
    calmed = await office.chat(danger="none")
    edited = await office.chat("it was nicked", details={"incident_type": "arson"})
    await office.chat("my shed was opened", details={"location": "Bury"})
    await office.chat("my car was opened", kind="burglary_dwelling")
    await office.chat(danger="none", live=True)  # not closed: a trainer reads closed ones only

    found = await tess.ok("GET", "changes")

    check(found, "Changes")
    assert [c["conversation"] for c in found["chats"]] == [edited, calmed, retyped]
    by_id = {c["conversation"]: c for c in found["chats"]}
    assert by_id[retyped]["changed"] == ["type", "route"]
    assert by_id[retyped]["read"]["type"] == "burglary_dwelling"
    assert by_id[retyped]["made"]["type"] == "noise"
    assert by_id[retyped]["made"]["route"] == "other_agency"
    assert by_id[calmed]["changed"] == ["danger"]
    move = by_id[calmed]["dangers"][0]
    assert (move["from"], move["to"], move["by"]) == ("now", "none", "sam")
    assert by_id[edited]["changed"] == ["type"] and by_id[edited]["made"]["incident"] == "arson"


async def test_the_list_is_filtered_and_goes_on(
    office: Office, tess: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    retyped = await office.chat("my bike was stolen", kind="noise")
    calmed = await office.chat(danger="none")

    async def ids(query: str) -> list[str]:
        return [c["conversation"] for c in (await tess.ok("GET", f"changes?{query}"))["chats"]]

    assert await ids("change=danger") == [calmed]
    assert await ids("change=route") == await ids("type=noise") == [retyped]
    assert await ids("type=burglary_dwelling") == [calmed, retyped]
    assert await ids("type=bike_theft") == []
    monkeypatch.setattr(operator_changes, "PAGE", 1)
    first = await tess.ok("GET", "changes")
    second = await tess.ok("GET", f"changes?before={first['next']}")
    assert [c["conversation"] for c in first["chats"] + second["chats"]] == [calmed, retyped]
    assert second["next"] is None
    for bad in ("change=mood", "type=none_of_ours", "before=yesterday"):
        assert (await tess.call("GET", f"changes?{bad}")).status == 422


async def test_a_chat_opens_to_its_messages_and_every_view_is_in_the_audit(
    office: Office, tess: Operator
) -> None:
    name = await office.chat(danger="none", kind="noise")
    await tess.ok("GET", "changes")
    for _ in range(2):
        found = await tess.ok("GET", f"changes/{name}")
    check(found, "ChangedChat")
    said = [m for m in found["messages"] if m["sender"] == "person"]
    assert [m["text"] for m in said] == ["he has a knife"]
    assert said[0]["read"]["danger"] == "now" and said[0]["read"]["model"] == "fake"
    assert found["dangers"][0]["reason"] == "it is a film, said Kim"
    assert await office.views() == [
        ("tess", "read.changes", None),
        ("tess", "read.change", name),
        ("tess", "read.change", name),
    ]
    assert (await tess.call("GET", "changes/not-there")).status == 404
    untouched = await office.chat("my shed was opened")
    assert (await tess.call("GET", f"changes/{untouched}")).status == 404


@pytest.mark.parametrize("why", ["erased", "anonymous", "all taken out"])
async def test_no_word_of_an_erased_or_anonymous_chat_is_shown(
    office: Office, desk: Desk, tess: Operator, why: str
) -> None:
    """Neither what the person wrote nor what the handler wrote about them."""
    details = {"anonymous": True} if why == "anonymous" else None
    name = await office.chat(danger="none", kind="noise", details=details)
    if why == "erased":
        now = datetime.now(timezone.utc)
        await asyncio.to_thread(retention.erase, office.engine, desk.desk_id, name, now)
    if why == "all taken out":
        archiver = Archiver(office.engine, desk.desk_id)
        entry = {"seq": 1, "ts": "2026-11-22T10:00:00.000Z", "type": "message",
                 "sender": "person", "text": "[removed]", "blanked": True}  # fmt: skip
        await asyncio.to_thread(archiver.blank, name, [entry])
    listed = await tess.call("GET", "changes")
    opened = await tess.call("GET", f"changes/{name}")
    for answer in (listed, opened):
        text = await answer.text()
        assert answer.status == 200 and "knife" not in text and "Kim" not in text
    shown = await opened.json()
    assert shown["messages"] == [] and shown["withheld"]
    for method, path in (("GET", "scrubbed"), ("POST", "proposal")):
        body = {"text": "x", "danger": "none"} if method == "POST" else None
        answer = await tess.call(method, f"changes/{name}/messages/1/{path}", body)
        assert answer.status == 403 and "knife" not in await answer.text()
    assert (await tess.call("GET", f"conversations/{name}/messages/1/reading")).status == 403


async def test_a_proposal_is_a_patch_or_says_what_speaks_against_it(
    office: Office, tess: Operator
) -> None:
    name = await office.chat(danger="none")
    path = f"changes/{name}/messages/1"
    scrubbed = await tess.ok("GET", f"{path}/scrubbed")
    check(scrubbed, "Scrubbed")
    assert scrubbed["text"] == "HE HAS A KNIFE"
    example = {"text": "a knife", "route": "advice", "type": "noise", "danger": "none", "cues": []}
    made = await tess.ok("POST", f"{path}/proposal", example)
    assert made == {"id": "P-1", "file": "f.yml", "patch": "+a knife"}
    answer = await tess.call("POST", f"{path}/proposal", {**example, "text": "Darren did"})
    problem = await answer.json()
    check(problem, "Problem")
    assert (answer.status, problem["code"]) == (422, "proposal_refused")
    assert problem["problems"] == ["This still looks personal: a name: Darren"]
    for bad in ({"type": "none_of_ours"}, {"cues": "weapon"}, {"text": "x\x1b[31m"},
                {"text": "x" * 2001}):  # fmt: skip
        answer = await tess.call("POST", f"{path}/proposal", {**example, **bad})
        assert (answer.status, (await answer.json())["code"]) == (422, "field_wrong")
    assert ("tess", "propose.example", name) in await office.views()


async def test_without_tools_nothing_is_proposed_and_a_sentence_says_why(
    office: Office, tess: Operator, tools: FakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> Json:
        raise RuntimeError("The scrubber cannot be had.")

    monkeypatch.setattr(tools, "scrub", gone)
    monkeypatch.setattr(tools, "propose", gone)
    path = f"changes/{await office.chat(danger='none')}/messages/1"
    assert (await tess.ok("GET", f"{path}/scrubbed"))["why_not"] == "The scrubber cannot be had."
    answer = await tess.call("POST", f"{path}/proposal", {"text": "x", "danger": "none"})
    assert (await answer.json())["problems"] == ["The scrubber cannot be had."]
