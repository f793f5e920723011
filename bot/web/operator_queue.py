"""The queue as the console shows it: read once for all consoles of a gateway.

A busy desk wakes many times a second; the answer is kept for a tenth of one.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.desk import Desk, State, Waiting, names
from bot.desk import queue as desk_queue
from bot.desk.view import iso
from bot.web.operator_cues import Heard, heard, short, sorted_cues, with_cues
from bot.web.operator_words import rank_words, type_label

Json = dict[str, Any]
_KEPT_MS = 100
# The work list also holds what is due in weeks, so how many the bot has is counted seldom.
_LIVE_KEPT_MS = 5_000
_HEARD_KEPT = 2_000


@dataclass(frozen=True)
class _Board:
    """One look at the desk."""

    at: int
    attended: list[tuple[str, State]]
    waiting: list[Waiting]
    present: dict[str, bool]
    no_handlers: bool


class Queue:
    """What waits, who has what and who is there, for every console of this gateway."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._board: _Board | None = None
        self._lock = asyncio.Lock()
        self._live: tuple[int, int] = (0, 0)
        self._heard: OrderedDict[tuple[str, int], Heard] = OrderedDict()

    def forget(self) -> None:
        """The desk has just changed by our own hand: look anew."""
        self._board = None

    async def _look(self) -> _Board:
        async with self._lock:
            now = self._desk.clock()
            if self._board is None or not 0 <= now - self._board.at < _KEPT_MS:
                attended = await self._desk.attended()
                self._board = _Board(
                    now,
                    attended,
                    desk_queue.ordered(attended),
                    await self._desk.present(),
                    await self._desk.no_handlers(),
                )
            return self._board

    async def shown(self, operator: str) -> Json:
        """The whole answer of GET /operator/queue for one operator."""
        board = await self._look()
        now = self._desk.clock()
        waiting = [
            await self._card(w.conversation, w.state, now) | _place(w) for w in board.waiting
        ]
        mine = [
            await self._card(conversation, state, now)
            for conversation, state in board.attended
            if state.operator == operator
        ]
        mine.sort(key=lambda card: (-names.DANGER.index(card["danger"]), card["since"]))
        here = sorted(name for name, free in board.present.items())
        return {
            "queue": waiting,
            "mine": mine,
            "with_others": sum(1 for _, s in board.attended if s.operator) - len(mine),
            "live": await self._with_bot(now),
            "on_duty": not board.no_handlers and any(board.present.values()),
            "no_handlers": board.no_handlers,
            "operators_available": sum(board.present.values()),
            "operators": [{"name": name, "available": board.present[name]} for name in here],
            "available": board.present.get(operator, False),
            "now": iso(now),
        }

    async def _with_bot(self, now: int) -> int:
        """How many chats the bot has: those with a turn, a check or a nudge to come."""
        at, count = self._live
        if not 0 <= now - at < _LIVE_KEPT_MS:
            work = await self._desk.work(names.TURN, names.NUDGE, names.CHECK_WAIT)
            held = {conversation for conversation, _ in (await self._look()).attended}
            count = len({item.conversation for item in work} - held)
            self._live = (now, count)
        return count

    async def _card(self, conversation: str, state: State, now: int) -> Json:
        since = state.queue_since or state.created
        found = await self._listen(conversation, state)
        cues = sorted_cues(with_cues(state, found))
        kind = state.subtype or found.type
        return {
            "conversation": conversation,
            "since": iso(since),
            "waited_s": max(0, (now - since) // 1000),
            "why": state.queue_why or "",
            "danger": state.danger,
            "peak": state.peak,
            "check_answer": state.check_answer,
            "protected": state.protected,
            "silenced": state.silenced,
            "lost": state.lost,
            "suspect": state.suspect,
            "child": state.child,
            "deaf": state.deaf,
            "type": kind,
            "label": type_label(kind),
            "cues": cues[:4],
            # The words that put it there: of the worst cue, else the last the person wrote.
            "words": short(next((c["words"] for c in cues if c["words"]), found.last_text)),
            "last_text": short(found.last_text),
            "told_999": state.told_999,
            "language": state.language,
            "last_text_at": iso(state.last_person) if state.last_person else None,
            "last_person_seq": state.last_person_seq,
            "length": state.length,
            "hold_until": iso(state.hold_until) if state.hold_until else None,
            "reference": state.reference,
        }

    async def _listen(self, conversation: str, state: State) -> Heard:
        """What the person's messages say; read once for each new message."""
        key = (conversation, state.last_person_seq)
        if key not in self._heard:
            self._heard[key] = heard(await self._desk.events(conversation, 0))
            while len(self._heard) > _HEARD_KEPT:
                self._heard.popitem(last=False)
        return self._heard[key]


def _place(waiting: Waiting) -> Json:
    return {
        "rank": waiting.rank,
        "rank_words": rank_words(waiting.rank),
        "position": waiting.position,
    }


QUEUE: web.AppKey[Queue] = web.AppKey("operator_queue", Queue)
