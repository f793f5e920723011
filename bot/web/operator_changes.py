"""The trainers' page: chats that a handler put right, and examples proposed from them.

Everything is read from the records; nothing is written but the audit, which has every view. A
proposal is a patch that the trainer takes away: the gateway never writes into the project.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from aiohttp import web

from bot.content import types
from bot.desk.view import iso
from bot.records.changes import KINDS, WITHHELD, Change
from bot.web.errors import Problem
from bot.web.keys import DESK
from bot.web.operator_auth import TRAINS, Caller, caller
from bot.web.operator_explain import NoAnswer, ask, asked_before, said, shown_reading
from bot.web.operator_records import RECORDS
from bot.web.operator_verbs import members
from bot.web.operator_words import CODES, route_label, type_label
from bot.web.public import reply

Json = dict[str, Any]
#: Chats in one answer: a screen or two.
PAGE = 40
#: Longest word of a label; the longest of ours has 34 letters.
LABEL_MAX = 60
CUES_MAX = 30
EXAMPLE_MAX = 2_000
_CURSOR = re.compile(r"[0-9T:.Z-]{1,30}\|[0-9a-zA-Z_-]{1,64}")


async def _seen(request: web.Request, who: Caller, what: str, conversation: str = "") -> None:
    """Every view is a row of the audit."""
    now = request.app[DESK].clock()
    await request.app[RECORDS].audit_view(
        who.name, what, f"{what}:{now}:{secrets.token_hex(8)}", iso(now),
        conversation=conversation or None,
    )  # fmt: skip


async def listed(request: web.Request) -> web.Response:
    """GET /operator/changes?change=&type=&before= -> 200 {chats, next}, the newest first."""
    who = await caller(request, *TRAINS)
    change, type_id, before = (
        request.query.get(name) or None for name in ("change", "type", "before")
    )
    if change is not None and change not in KINDS:
        raise Problem("field_wrong", field="change")
    if type_id is not None and not types.exists(type_id):
        raise Problem("field_wrong", field="type")
    if before is not None and not _CURSOR.fullmatch(before):
        raise Problem("field_wrong", field="before")
    found, following = await request.app[RECORDS].changes(change, type_id, before, PAGE)
    await _seen(request, who, "read.changes")
    return reply(200, chats=[_shown(one) for one in found], next=following)


def _shown(one: Change) -> Json:
    """One chat of the list."""
    return {
        "conversation": one.conversation,
        "closed_at": one.closed_at,
        "by": list(one.by),
        "changed": list(one.changed),
        "read": _side(one.read_type, one.read_route, one.read_incident),
        "made": _side(one.made_type, one.made_route, one.made_incident),
        "peak": one.peak,
        "danger": one.danger,
        "dangers": [
            {"seq": d.seq, "at": d.at, "by": d.by, "from": d.before, "to": d.after,
             "reason": d.reason}
            for d in one.dangers
        ],
        "closed_as": CODES.get(one.close_code or "", one.close_code),
        "withheld": WITHHELD.get(one.withheld or ""),
    }  # fmt: skip


def _side(kind: str | None, route: str | None, incident: str | None) -> Json:
    return {
        "type": kind,
        "label": type_label(kind),
        "route": route,
        "route_label": route_label(route),
        "incident": incident.replace("_", " ") if incident else None,
    }


async def _chat(request: web.Request) -> tuple[Change, list[Json]]:
    """A chat that was changed, with its entries. Raises `Problem("conversation_unknown")`."""
    found = await request.app[RECORDS].changed(request.match_info["id"])
    if found is None:
        raise Problem("conversation_unknown")
    return found


async def chat(request: web.Request) -> web.Response:
    """GET /operator/changes/{id} -> 200: the chat, its messages and how each was read."""
    who = await caller(request, *TRAINS)
    one, entries = await _chat(request)
    await _seen(request, who, "read.change", one.conversation)
    lines = [e for e in entries if e.get("audience") != "staff"]
    return reply(200, **_shown(one), messages=[_line(entries, line) for line in lines])


def _line(entries: list[Json], line: Json) -> Json:
    person = line["sender"] == "person"
    return {
        "seq": line["seq"],
        "at": line["ts"],
        "sender": line["sender"],
        "type": line["type"],
        "text": line["text"],
        "removed": bool(line.get("blanked")),
        "asked": asked_before(entries, line["seq"]) if person else None,
        "read": shown_reading(line.get("reading")) if person else None,
        "pressed": person and bool(line.get("payload")),
    }


async def _message(request: web.Request) -> tuple[str, Json, str | None]:
    """Conversation, message and what was asked before it. Raises `Problem`."""
    one, entries = await _chat(request)
    if one.withheld:
        raise Problem("role_wrong", detail=WITHHELD[one.withheld])
    entry = said(entries, int(request.match_info["seq"]))
    return one.conversation, entry, asked_before(entries, entry["seq"])


async def scrubbed(request: web.Request) -> web.Response:
    """GET .../changes/{id}/messages/{seq}/scrubbed -> 200 {text, changes, left, why_not}."""
    who = await caller(request, *TRAINS)
    name, entry, asked = await _message(request)
    await _seen(request, who, "read.change", name)
    seed = f"{name}:{entry['seq']}"
    try:
        made = await ask(request.app, lambda tools: tools.scrub(seed, entry["text"], asked))
    except NoAnswer as error:
        return reply(200, text="", changes=[], left=[], asked=asked, why_not=str(error))
    return reply(200, **made, asked=asked, why_not=None)


async def proposal(request: web.Request) -> web.Response:
    """POST .../changes/{id}/messages/{seq}/proposal -> 200 {id, file, patch}.

    What still looks personal, or is no fit example, is `proposal_refused` with `problems`.
    """
    who = await caller(request, *TRAINS)
    given = labels(await members(request))
    name, entry, asked = await _message(request)
    await _seen(request, who, "propose.example", name)
    given["asked"] = asked if given["act"] else None
    seed = f"{name}:{entry['seq']}"
    try:
        made = await ask(request.app, lambda tools: tools.propose(seed, entry["text"], given))
    except NoAnswer as error:
        raise Problem("proposal_refused", problems=[str(error)]) from None
    problems = [f"This still looks personal: {one}" for one in made["left"]] + made["problems"]
    if problems:
        raise Problem("proposal_refused", problems=problems)
    return reply(200, id=made["id"], file=made["file"], patch=made["patch"])


def labels(body: Json) -> Json:
    """The words and labels of a proposal. Raises `Problem("field_wrong")`."""
    found: Json = {}
    for name, most in (("text", EXAMPLE_MAX), ("route", LABEL_MAX), ("type", LABEL_MAX),
                       ("danger", LABEL_MAX), ("act", LABEL_MAX)):  # fmt: skip
        value = body.get(name) or ""
        if not isinstance(value, str) or len(value) > most or not _plain(value):
            raise Problem("field_wrong", field=name, limit=most)
        found[name] = value.strip() or None
    cues = body.get("cues") or []
    if not isinstance(cues, list) or len(cues) > CUES_MAX:
        raise Problem("field_wrong", field="cues", limit=CUES_MAX)
    if not all(isinstance(cue, str) and len(cue) <= LABEL_MAX for cue in cues):
        raise Problem("field_wrong", field="cues", limit=CUES_MAX)
    if found["type"] and not types.exists(found["type"]):
        raise Problem("field_wrong", field="type")
    return {**found, "cues": cues}


def _plain(text: str) -> bool:
    """Words and line ends only: nothing that a patch or a terminal would take for more."""
    return all(sign.isprintable() or sign == "\n" for sign in text)


def setup(app: web.Application, api: str) -> None:
    """The addresses."""
    one = api + "/changes/{id:[0-9a-zA-Z_-]{1,64}}"
    message = one + "/messages/{seq:[0-9]{1,9}}"
    app.router.add_get(api + "/changes", listed)
    app.router.add_get(one, chat)
    app.router.add_get(message + "/scrubbed", scrubbed)
    app.router.add_post(message + "/proposal", proposal)
