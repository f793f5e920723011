"""What operators read: a conversation, its record as text, a report; and what they write in it.

Every read goes into the audit, at most one row for an operator, a conversation and ten
minutes: a console that is open all day would otherwise bury the audit in itself.
"""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from bot.desk import Desk, Snapshot, names
from bot.desk.view import iso, staff_events
from bot.report import draft as drafts
from bot.report.schema import incident_report
from bot.web import config
from bot.web.errors import Problem
from bot.web.keys import DESK, HUB
from bot.web.messages import parse
from bot.web.operator_auth import EVERYONE, HANDLES, Caller, caller
from bot.web.operator_cues import heard, with_cues
from bot.web.operator_record import record_text
from bot.web.operator_records import RECORDS
from bot.web.operator_verbs import beat, members
from bot.web.operator_view import conversation as shown
from bot.web.operator_view import is_connected
from bot.web.public import after_of, reply
from bot.web.state import public_state

Json = dict[str, Any]
AUDIT_ONCE_S = 600
REFERENCE = re.compile(r"[A-Z]{2,4}-[A-Z0-9]{4}-[A-Z0-9]{4}")


async def audited(desk: Desk, who: Caller, conversation: str) -> None:
    """Notes a read for the audit, once in ten minutes; the archiver writes the row."""
    if await desk.hit(f"read:{who.name}:{conversation}", AUDIT_ONCE_S) == 1:
        await desk.note(conversation, by=who.name, text=f"Read by {who.name}.", says="note.read")


async def opened(desk: Desk, who: Caller, conversation: str) -> Snapshot:
    """A conversation for an operator; the only way an operator's request gets to read one.

    Trainers read closed ones only. Raises `Problem`: conversation_unknown, role_wrong.
    """
    snapshot = await desk.snapshot(conversation)
    if snapshot is None:
        raise Problem("conversation_unknown")
    if who.role not in HANDLES and not snapshot.state.closed:
        raise Problem("role_wrong")
    await audited(desk, who, conversation)
    fresh = await desk.snapshot(conversation)
    return fresh or snapshot


async def entries_of(desk: Desk, conversation: str, after: int = 0) -> list[Json]:
    """All entries after a number, also of a conversation longer than one read."""
    found: list[Json] = []
    while True:
        more = await desk.events(conversation, after, limit=config.MAX_EVENTS)
        found += more
        if len(more) < config.MAX_EVENTS:
            return found
        after = more[-1]["seq"]


async def conversation(request: web.Request) -> web.Response:
    """GET /operator/conversations/{id}?after=N -> 200, see `operator_view`."""
    who = await caller(request, *EVERYONE)
    desk, name, after = request.app[DESK], request.match_info["id"], after_of(request)
    snapshot = await opened(desk, who, name)
    entries = await entries_of(desk, name)
    connected = is_connected(request.app[HUB].count(name), snapshot.state, desk.clock())
    body = await shown(desk, snapshot, entries, 0, connected)
    body["events"] = [event for event in body["events"] if event["seq"] > after]
    return reply(200, **body)


async def record(request: web.Request) -> web.Response:
    """GET /operator/conversations/{id}/record.txt -> 200 the record as text."""
    who = await caller(request, *EVERYONE)
    desk, name = request.app[DESK], request.match_info["id"]
    snapshot = await opened(desk, who, name)
    text = record_text(snapshot, list(await entries_of(desk, name)), desk.clock())
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=text, content_type="text/plain", charset="utf-8", headers=headers)


async def message(request: web.Request) -> web.Response:
    """POST /operator/conversations/{id}/messages {client_id, text} -> 202; again: 200."""
    who = await caller(request, *HANDLES)
    desk, name = request.app[DESK], request.match_info["id"]
    body = await members(request)
    send = parse({"client_id": body.get("client_id"), "text": body.get("text", "")})
    await beat(desk, who)
    receipt = await desk.operator_message(name, who.name, send.client_id, send.text)
    if receipt.accepted:
        await desk.cancel(names.HOLD, name)  # who writes again is back
    snapshot = await desk.snapshot(name)
    if receipt.status == "unknown" or snapshot is None:
        raise Problem("conversation_unknown")
    if receipt.status == "conflict":
        raise Problem("client_id_conflict")
    if not receipt.accepted:
        sentence = (
            "This conversation is closed."
            if receipt.status == "closed"
            else "You do not have this conversation. Claim it first."
        )
        raise Problem("move_refused", detail=sentence, owner=snapshot.state.owner)
    events, through = staff_events(receipt.events, receipt.seq)
    return reply(
        200 if receipt.status == "same" else 202,
        seq=receipt.seq,
        events=events,
        state=await public_state(desk, snapshot),
        through=through,
    )


async def report(request: web.Request) -> web.Response:
    """GET /reports/{reference} -> 200 the incident report. The live one is asked first."""
    who = await caller(request, *EVERYONE)
    reference = request.match_info["reference"].upper()
    if not REFERENCE.fullmatch(reference):
        raise Problem("report_unknown")
    desk = request.app[DESK]
    name = await desk.by_reference(reference)
    snapshot = await desk.snapshot(name) if name else None
    if name and snapshot:
        await audited(desk, who, name)
        draft = drafts.copied(snapshot.draft)
        entries = await entries_of(desk, name)
        state = with_cues(snapshot.state, heard(entries))
        found = incident_report(state, draft, entries)
        return reply(200, **found)
    records = request.app[RECORDS]
    stored = await records.report(reference)
    if stored is None:
        raise Problem("report_unknown")
    now = desk.clock()
    key = f"read:{who.name}:{reference}:{now // (AUDIT_ONCE_S * 1000)}"
    await records.audit_read(who.name, reference, key, iso(now))
    return reply(200, **stored)


def setup(app: web.Application, one: str) -> None:
    """The addresses; `one` is the pattern of a conversation."""
    app.router.add_get(one, conversation)
    app.router.add_get(one + "/record.txt", record)
    app.router.add_post(one + "/messages", message)
    app.router.add_get(config.API + "/reports/{reference}", report)
