"""Due work that the gateway's clock does: look at presence, holds, checks that nobody answered.

The words said to the person are the caller's (`Words`); what is due and what
moves is here. Archive, nudge, lost and retain need other modules: the caller
hands in a handler for each.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from bot.desk import names
from bot.desk.engine import Desk
from bot.desk.results import Taken
from bot.desk.state import State

Words = Callable[[str, State], Iterable[Mapping[str, Any]]]
"""`words(occasion, state)`: lines for gone, hold_over, check_wait, dialogue_silent."""
Handler = Callable[[Desk, Taken], Awaitable[int | None]]
"""Does one piece of work; returns ms until it is due again, or None when it is done."""

_MANY = 200  # pieces of work of one tick; the clock ticks each second


def no_words(occasion: str, state: State) -> Iterable[Mapping[str, Any]]:
    """Says nothing."""
    return ()


def own_handlers(words: Words = no_words) -> dict[str, Handler]:
    """Handlers of the kinds that need nothing but the desk: gone, hold, check_wait."""

    async def gone(desk: Desk, taken: Taken) -> int | None:
        operator = taken.state.operator
        if operator is None:
            return None
        left_at = (await desk.last_beat(operator) or 0) + names.PRESENCE_MS
        if left_at > desk.clock():
            return left_at - desk.clock()
        lines = words("gone", taken.state)
        await desk.move(taken.conversation, "gone", by=names.SYSTEM, lines=lines)
        return None

    async def hold(desk: Desk, taken: Taken) -> int | None:
        if taken.state.operator is not None and taken.state.hold_until is not None:
            lines = words("hold_over", taken.state)
            await desk.move(taken.conversation, "hold_over", by=names.SYSTEM, lines=lines)
        return None

    async def check_wait(desk: Desk, taken: Taken) -> int | None:
        state = taken.state
        if state.owner == names.BOT and state.danger == "check" and state.check_answer is None:
            await desk.move(
                taken.conversation,
                "queue",
                by=names.SYSTEM,
                reason="no answer to the danger check",
                lines=words("check_wait", state),
            )
        return None

    return {names.GONE: gone, names.HOLD: hold, names.CHECK_WAIT: check_wait}


async def tick(
    desk: Desk, handlers: Mapping[str, Handler], worker: str, lease_ms: int = names.LEASE_MS
) -> int:
    """Does what is due now, one piece at a time; returns how many.

    A handler that raises leaves its piece under lease, so it is due again later;
    the exception goes on to the caller, who counts it and ticks again.
    """
    done = 0
    while done < _MANY:
        taken = await desk.take(list(handlers), lease_ms, worker)
        if taken is None:
            break
        again = await handlers[taken.kind](desk, taken)
        await desk.finish(taken, again)
        done += 1
    return done


async def dialogue_silent(desk: Desk, words: Words = no_words) -> list[str]:
    """Queues each conversation whose last message the dialogue has left alone for 10 s."""
    moved = []
    for item in await desk.work(names.TURN):
        found = await desk.snapshot(item.conversation)
        if found is None or found.state.owner != names.BOT or found.state.bot_idle:
            continue
        waited = desk.clock() - (found.state.last_person or 0)
        if waited < names.DIALOGUE_SILENT_MS:
            continue
        result = await desk.move(
            item.conversation,
            "queue",
            by=names.SYSTEM,
            reason="the assistant does not answer",
            lines=words("dialogue_silent", found.state),
            expected_length=found.length,
        )
        if result.ok:
            moved.append(item.conversation)
    return moved
