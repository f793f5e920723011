"""Why a message was read as it was: the reading that was kept, and what explains it now.

What explains is handed in (`create_app(tools=...)`) and loads at its first use, in a thread of
its own: the gateway starts, and keeps people safe, without it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import web

from bot.desk.view import iso
from bot.records.changes import WITHHELD, withheld
from bot.web.errors import Problem
from bot.web.keys import DESK, READER, Tools
from bot.web.messages import SAFETY_QUESTIONS
from bot.web.operator_auth import EVERYONE, HANDLES, Caller, caller
from bot.web.operator_read import AUDIT_ONCE_S, entries_of, opened
from bot.web.operator_records import RECORDS
from bot.web.operator_words import CUES, route_label, type_label
from bot.web.public import reply

log = logging.getLogger("bot.web")

Json = dict[str, Any]
NO_TOOLS = "This desk runs without the trainers' tools, so there is no more to tell."
BROKEN = "This could not be worked out. The desk's own log says which fault it was."
_ASK = "ask_"  # what a question's line is called, before the question's id

TOOLS: web.AppKey[Tools] = web.AppKey("operator_tools")
# One: explanations wait for each other, and a core is left for the people who chat.
THREAD: web.AppKey[ThreadPoolExecutor] = web.AppKey("operator_tools_thread")


class NoAnswer(Exception):
    """The trainers' tools have no answer; the text is one plain sentence."""


async def ask(app: web.Application, work: Callable[[Tools], Json]) -> Json:
    """One question to the trainers' tools, in their thread. Raises NoAnswer."""
    tools = app.get(TOOLS)
    if tools is None:
        raise NoAnswer(NO_TOOLS)
    try:
        return await asyncio.get_running_loop().run_in_executor(app[THREAD], work, tools)
    except RuntimeError as error:
        raise NoAnswer(str(error)) from error
    except Exception as error:
        # The type only: the text of an exception may hold what a person wrote.
        log.error("the trainers' tools failed: %s", type(error).__name__)
        raise NoAnswer(BROKEN) from error


async def reading(request: web.Request) -> web.Response:
    """GET .../messages/{seq}/reading -> 200: the kept reading, and why (`explanation`, or a
    plain sentence in `why_not`)."""
    who = await caller(request, *EVERYONE)
    name, seq = request.match_info["id"], int(request.match_info["seq"])
    entries = await _entries(request, who, name)
    entry = said(entries, seq)
    read, asked = entry.get("reading"), asked_before(entries, seq)
    body: Json = {
        "conversation": name,
        "seq": seq,
        "text": entry["text"],
        "asked": asked,
        "read": shown_reading(read),
        "explanation": None,
        "same": None,
        "why_not": None,
    }
    try:
        if entry.get("payload"):
            raise NoAnswer("They pressed a button: what it means is known by its question.")
        found = await ask(request.app, lambda tools: tools.explain(entry["text"], asked))
    except NoAnswer as error:
        return reply(200, **{**body, "why_not": str(error)})
    now = found["reading"]
    same = read and all(now[key] == read.get(key) for key in ("route", "type", "danger"))
    return reply(200, **{**body, "explanation": _explained(found), "same": bool(same)})


async def _entries(request: web.Request, who: Caller, name: str) -> list[Json]:
    """The entries of a conversation, live or from the records, audited as every read is.

    Raises `Problem`: conversation_unknown, role_wrong.
    """
    desk, records = request.app[DESK], request.app[RECORDS]
    if await desk.snapshot(name) is not None:
        snapshot = await opened(desk, who, name)
        entries = await entries_of(desk, name)
        row: Json = {"details": snapshot.draft.get("details") or {}}
        anonymous = False
    else:
        stored = await records.stored(name)
        if stored is None:
            raise Problem("conversation_unknown")
        row, anonymous = stored
        if who.role not in HANDLES and not row["closed_at"]:
            raise Problem("role_wrong")
        now = desk.clock()
        key = f"read:{who.name[:40]}:{name[:40]}:{now // (AUDIT_ONCE_S * 1000)}"
        await records.audit_view(who.name, "read.conversation", key, iso(now), conversation=name)
        entries = await records.transcript(name)
    why = withheld(row, anonymous, entries)
    if why and (who.role not in HANDLES or why == "erased"):
        raise Problem("role_wrong", detail=WITHHELD[why])
    return entries


def said(entries: Iterable[Json], seq: int) -> Json:
    """The person's message of a number. Raises `Problem("not_found")`."""
    for entry in entries:
        theirs = entry["sender"] == "person" and entry.get("audience") != "staff"
        if entry["seq"] == seq and theirs and not entry.get("blanked"):
            return entry
    raise Problem("not_found")


def asked_before(entries: Sequence[Mapping[str, Any]], seq: int) -> str | None:
    """The question that was open when a message came, as its log tells it, or None.

    A question stays open over sends that the assistant has not answered yet; what it says
    without a question closes it. A message that was read as no act was read as a first one.
    """
    held: str | None = None
    block: list[str] = []
    for entry in entries:
        if entry["seq"] >= seq:
            if not (entry.get("reading") or {}).get("act"):
                return None
            break
        if entry["sender"] == "person" and entry.get("audience") != "staff":
            held, block = _open(block, held), []
        elif entry["sender"] in ("bot", "system") and entry.get("audience") != "staff":
            block.append(str(entry.get("says") or ""))
    return _open(block, held)


def _open(block: Sequence[str], held: str | None) -> str | None:
    """The question that the lines between two messages leave open."""
    if not block:
        return held
    asked = [says for says in block if says.startswith(_ASK)]
    ordinary = [says for says in asked if says not in SAFETY_QUESTIONS]
    return (ordinary or asked)[-1].removeprefix(_ASK) if asked else None


def shown_reading(read: Mapping[str, Any] | None) -> Json | None:
    """A kept reading with its words for people."""
    if not read:
        return None
    keys = ("act", "route", "type", "danger", "danger_score", "confidence", "language", "model")
    return {
        **{key: read.get(key) for key in keys},
        "failed": bool(read.get("failed")),
        "route_label": route_label(read.get("route")),
        "label": type_label(read.get("type")) if read.get("type") else "No type",
        "cues": [_cue(cue) for cue in read.get("cues") or ()],
    }


def _cue(cue: Mapping[str, Any]) -> Json:
    name = str(cue.get("name") or "")
    return {
        "name": name,
        "label": CUES.get(name, name.replace("_", " ")),
        "words": cue.get("words") or "",
        "source": cue.get("source") or "",
        "meaning": cue.get("meaning") or "",
    }


def _explained(found: Mapping[str, Any]) -> Json:
    """An explanation (`bot.train.explain.Explanation.to_json`) with its words for people."""
    now = found["reading"]
    routes = sorted(now["route_scores"].items(), key=lambda one: -one[1])
    return {
        "read": shown_reading(now),
        "place": found["place"],
        "decided": found["decided"],
        "routes": [{"route": r, "label": route_label(r), "score": s} for r, s in routes],
        "types": [{"type": t, "label": type_label(t), "score": s} for t, s in now["type_scores"]],
        "opinions": list(found["opinions"]),
        "bars": list(found["bars"]),
        "fired": [
            {**one, "label": CUES.get(one["cue"], one["cue"].replace("_", " "))}
            for one in found["fired"]
        ],
        "nearest": [
            {**one, "label": type_label(one["type"]) if one["type"] else ""}
            for one in found["nearest"]
        ],
        "left_out": found.get("left_out", 0),
    }


async def _thread(app: web.Application) -> AsyncIterator[None]:
    app[THREAD] = ThreadPoolExecutor(1, thread_name_prefix="tools")
    if TOOLS in app:
        app[TOOLS].reads_with(app[READER])
    yield
    app[THREAD].shutdown(wait=False, cancel_futures=True)


def setup(app: web.Application, one: str, tools: Tools | None) -> None:
    """The address; `one` is the pattern of a conversation."""
    if tools is not None:
        app[TOOLS] = tools
    app.cleanup_ctx.append(_thread)
    app.router.add_get(one + "/messages/{seq:[0-9]{1,9}}/reading", reading)
