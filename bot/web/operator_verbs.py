"""The operator's verbs: next, claim, release, transfer, close, hold, return, danger, details.

The desk's table of moves decides; here a request becomes a move, and a refusal its problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from bot.content import questions, types
from bot.desk import Desk, Moved, State, names
from bot.report.draft import CONTRACT
from bot.web import config
from bot.web.errors import Problem
from bot.web.keys import DESK, HUB
from bot.web.operator_auth import HANDLES, SUPERVISES, Caller, caller
from bot.web.operator_queue import QUEUE
from bot.web.operator_words import line
from bot.web.public import body_of, reply
from bot.web.state import public_state

Json = dict[str, Any]
# A reason, a note or a detail: longer than any sentence, shorter than a message.
TEXT_MAX = 2_000
# Design and call-handling.md section 23: this type closes only with what the person was told.
TOLD_TYPE = "concern_for_safety"


async def members(request: web.Request) -> Json:
    """The JSON object of a request. Raises `Problem`."""
    body = await body_of(request)
    if not isinstance(body, dict):
        raise Problem("field_wrong", field="body")
    return body


def text_of(body: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    """A short text of a request. Raises `Problem("field_wrong")`."""
    given = body.get(name, "")
    if given is None:
        given = ""
    if not isinstance(given, str) or len(given) > TEXT_MAX or (needed and not given.strip()):
        raise Problem("field_wrong", field=name, limit=TEXT_MAX)
    return given.encode("utf-8", "replace").decode().strip()


def flag_of(body: Mapping[str, Any], name: str) -> bool:
    """A yes or no of a request. Raises `Problem("field_wrong")`."""
    given = body.get(name)
    if not isinstance(given, bool):
        raise Problem("field_wrong", field=name)
    return given


async def beat(desk: Desk, who: Caller) -> None:
    """Somebody who acts is there, also without an open console; whether free stays as it was."""
    present = await desk.present()
    await desk.presence_beat(who.name, present.get(who.name, True))


async def state_of(desk: Desk, conversation: str) -> State:
    """The state of a conversation. Raises `Problem("conversation_unknown")`."""
    snapshot = await desk.snapshot(conversation)
    if snapshot is None:
        raise Problem("conversation_unknown")
    return snapshot.state


async def do(  # the arguments of `Desk.move`
    request: web.Request,
    who: Caller,
    name: str,
    *,
    reason: str = "",
    to: str | None = None,
    code: str | None = None,
    fields: Mapping[str, Any] | None = None,
    lines: Iterable[Mapping[str, Any]] = (),
) -> web.Response:
    """One move of the desk; 200 {state, through} or `Problem("move_refused")` with the sentence."""
    desk, conversation = request.app[DESK], request.match_info["id"]
    await beat(desk, who)
    moved = await desk.move(
        conversation,
        name,
        by=who.name,
        reason=reason,
        to=to,
        code=code,
        fields=fields,
        lines=lines,
    )
    request.app[QUEUE].forget()
    return await answer(desk, conversation, moved)


async def answer(desk: Desk, conversation: str, moved: Moved) -> web.Response:
    """What a move came to."""
    snapshot = await desk.snapshot(conversation)
    if snapshot is None:
        raise Problem("conversation_unknown")
    if not moved.ok:
        raise Problem("move_refused", detail=moved.problem, owner=snapshot.state.owner)
    state = await public_state(desk, snapshot)
    return reply(200, conversation=conversation, state=state, through=snapshot.length)


async def take_next(request: web.Request) -> web.Response:
    """POST /operator/next -> 200 {conversation} of the most urgent one, 204 when nobody waits."""
    who = await caller(request, *HANDLES)
    desk = request.app[DESK]
    await beat(desk, who)
    # Tried in order; when another handler is faster, the one after. The words depend on the
    # state of each, so the desk's own `next` (one set of lines for all) is not used.
    for waiting in await desk.queue():
        moved = await desk.move(
            waiting.conversation,
            "claim",
            by=who.name,
            lines=line("handler_joined", waiting.state, True, name=who.shown),
        )
        if moved.ok:
            request.app[QUEUE].forget()
            return await answer(desk, waiting.conversation, moved)
    return web.Response(status=204)


async def claim(request: web.Request) -> web.Response:
    """POST .../claim -> 200. The person is told who is there; the assistant is silent."""
    who = await caller(request, *HANDLES)
    state = await state_of(request.app[DESK], request.match_info["id"])
    return await do(
        request, who, "claim", lines=line("handler_joined", state, True, name=who.shown)
    )


async def release(request: web.Request) -> web.Response:
    """POST .../release {reason?} -> 200: back to the queue, with its first waiting time."""
    who = await caller(request, *HANDLES)
    desk, body = request.app[DESK], await members(request)
    state = await state_of(desk, request.match_info["id"])
    lines = line("handler_gone", state, await desk.on_duty())
    return await do(request, who, "release", reason=text_of(body, "reason"), lines=lines)


async def transfer(request: web.Request) -> web.Response:
    """POST .../transfer {to, reason?} -> 200: to a colleague who is there."""
    who = await caller(request, *HANDLES)
    body = await members(request)
    state = await state_of(request.app[DESK], request.match_info["id"])
    to = text_of(body, "to", needed=True).removeprefix(names.OPERATOR)
    lines = line("handler_changed", state, True, name=Caller(to, "handler").shown)
    return await do(request, who, "transfer", to=to, reason=text_of(body, "reason"), lines=lines)


async def return_to_bot(request: web.Request) -> web.Response:
    """POST .../return_to_bot -> 200: the assistant carries on, and the person is told so."""
    who = await caller(request, *HANDLES)
    state = await state_of(request.app[DESK], request.match_info["id"])
    if state.silenced:
        raise Problem("move_refused", detail="It is not safe for them to type. Keep this chat.")
    return await do(request, who, "return_to_bot", lines=line("handler_to_bot", state, True))


async def hold(request: web.Request) -> web.Response:
    """POST .../hold -> 200: kept for five minutes, then it goes back to the queue."""
    return await do(request, await caller(request, *HANDLES), "hold")


async def found(request: web.Request) -> web.Response:
    """POST .../found {reason} -> 200: contact is there again; a person closes lost contact."""
    who = await caller(request, *HANDLES)
    reason = text_of(await members(request), "reason", needed=True)
    return await do(request, who, "found", reason=reason)


async def close(request: web.Request) -> web.Response:
    """POST .../close {code, reason?, type?, told?} -> 200. `type`: the final type, kept as a label
    for the trainers."""
    who = await caller(request, *HANDLES)
    desk, body = request.app[DESK], await members(request)
    snapshot = await desk.snapshot(request.match_info["id"])
    if snapshot is None:
        raise Problem("conversation_unknown")
    reason, final = text_of(body, "reason"), text_of(body, "type")
    if final and not types.exists(final):
        raise Problem("field_wrong", field="type")
    final = final or snapshot.draft.get("type") or snapshot.state.subtype or ""
    if final == TOLD_TYPE and not (body.get("told") is True and reason):
        sentence = "Say that the person was told what happens now, and the words you used."
        raise Problem("move_refused", detail=sentence)
    return await do(
        request,
        who,
        "close",
        code=text_of(body, "code", needed=True),
        reason=reason,
        fields={"final_type": final},
    )


async def danger(request: web.Request) -> web.Response:
    """POST .../danger {value, reason} -> 200. Lowering needs a reason; the peak stays."""
    who = await caller(request, *HANDLES)
    body = await members(request)
    value = body.get("value")
    if value not in names.DANGER:
        raise Problem("field_wrong", field="value")
    state = await state_of(request.app[DESK], request.match_info["id"])
    lower = names.DANGER.index(value) < names.DANGER.index(state.danger)
    name = "lower_danger" if lower else "raise_danger"
    return await do(request, who, name, to=value, reason=text_of(body, "reason"))


async def details(request: web.Request) -> web.Response:
    """PATCH .../details {name: value} -> 200. null or "" takes a detail out; the assistant never
    overwrites what a handler set."""
    who = await caller(request, *HANDLES)
    body = await members(request)
    if not body:
        raise Problem("field_wrong", field="body")
    fields: Json = {}
    for name, value in body.items():
        if name not in CONTRACT and not questions.exists(name):
            raise Problem("field_wrong", field=name[:64])
        fields[name] = _value(name, value)
    return await do(request, who, "edit", fields=fields)


def _value(name: str, value: object) -> object:
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode().strip()
        known = name != "incident_type" or not text or text in types.incident_types()
        if len(text) <= TEXT_MAX and known:
            return text
    elif value is None or isinstance(value, bool):
        return value
    raise Problem("field_wrong", field=name, limit=TEXT_MAX)


async def note(request: web.Request) -> web.Response:
    """POST .../notes {text} -> 201: a note for staff, for example an incident number."""
    who = await caller(request, *HANDLES)
    desk, conversation = request.app[DESK], request.match_info["id"]
    text = text_of(await members(request), "text", needed=True)
    if not await desk.note(conversation, by=who.name, text=text, says="note.handler"):
        raise Problem("conversation_unknown")
    return reply(201, conversation=conversation)


def _all_look(request: web.Request) -> None:
    """Who is there changes what everybody is shown, and the desk's own wakes do not say it.
    Another gateway sees it when its readers next look by themselves."""
    request.app[QUEUE].forget()
    request.app[HUB].wake_all()


async def presence(request: web.Request) -> web.Response:
    """POST /operator/presence {available} -> 200: whether a new chat may come."""
    who = await caller(request, *HANDLES)
    available = flag_of(await members(request), "available")
    await request.app[DESK].presence_beat(who.name, available)
    _all_look(request)
    return reply(200, available=available)


async def no_handlers(request: web.Request) -> web.Response:
    """POST /operator/no_handlers {value} -> 200: the supervisor's switch beats all counts."""
    who = await caller(request, *SUPERVISES)
    value = flag_of(await members(request), "value")
    desk = request.app[DESK]
    await desk.set_no_handlers(value)
    _all_look(request)
    return reply(200, no_handlers=await desk.no_handlers(), by=who.name)


async def queue(request: web.Request) -> web.Response:
    """GET /operator/queue -> 200 {queue, mine, live, on_duty, no_handlers, ...}."""
    who = await caller(request, *HANDLES)
    return reply(200, **await request.app[QUEUE].shown(who.name))


def setup(app: web.Application, one: str) -> None:
    """The addresses of the verbs; `one` is the pattern of a conversation."""
    api = config.API + "/operator"
    app.router.add_get(api + "/queue", queue)
    app.router.add_post(api + "/next", take_next)
    app.router.add_post(api + "/presence", presence)
    app.router.add_post(api + "/no_handlers", no_handlers)
    posts = {
        "claim": claim,
        "release": release,
        "transfer": transfer,
        "close": close,
        "return_to_bot": return_to_bot,
        "hold": hold,
        "found": found,
        "danger": danger,
        "notes": note,
    }
    for name, handler in posts.items():
        app.router.add_post(f"{one}/{name}", handler)
    app.router.add_patch(one + "/details", details)
