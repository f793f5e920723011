"""The public state, with what only the desk as a whole knows: on duty, place in the queue."""

from __future__ import annotations

from typing import Any

from bot.desk import Desk, Snapshot, State, names
from bot.report.outcome import disposition
from bot.web import config


async def public_state(desk: Desk, snapshot: Snapshot, held: State | None = None) -> dict[str, Any]:
    """The state of the public contract (design section 8). `held` stands in for the snapshot's
    state where the caller knows more of it."""
    held = held or snapshot.state
    on_duty = await desk.on_duty()
    # The whole queue is read for a place: never where the place is not shown anyway.
    shows_place = (
        held.owner == names.QUEUE and on_duty and held.danger == "none" and not held.suicide
    )
    place = await desk.queue_position(snapshot.conversation) if shows_place else None
    shown = held.to_public(queue_position=place, on_duty=on_duty)
    return {**shown, "disposition": disposition(held, snapshot.draft)}


async def person_state(desk: Desk, snapshot: Snapshot, held: State | None = None) -> dict[str, Any]:
    """The public state as the person's side gets it: that a handler has the chat, not which."""
    shown = await public_state(desk, snapshot, held)
    if str(shown["owner"]).startswith(names.OPERATOR):
        shown["owner"] = f"{names.OPERATOR}handler"
    return shown


async def seen(desk: Desk, snapshot: Snapshot) -> None:
    """Note that the person still reads. Only with a risk open: nothing else asks for it."""
    held = snapshot.state
    if not held.risk_open or held.closed:
        return
    if desk.clock() - (held.last_seen or 0) < config.SEEN_EVERY_MS:
        return
    await desk.set_fields(snapshot.conversation, {"last_seen": desk.clock()})
    # Looked at again when the reader has been away for long enough to be lost.
    at = desk.clock() + config.LOST_AFTER_MS
    await desk.schedule("lost", snapshot.conversation, at, "NX")
