"""The tracker store of the desk: it stages, the worker's commit writes.

Rasa reads a tracker at the start of `handle_message` and saves it at the end. Here reading
takes from the turn that the worker holds, and saving only notes what the commit is to write:
tracker, replies, draft and cursor reach the store in one step or not at all.

`FailSafeTrackerStore` always wraps this store and swallows its errors: after a failed read it
would go on with an empty tracker and save that over the real one. So an error is noted on the
turn, nothing is saved after it, and the turn counts as failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue import events
from bot.dialogue.events import Stored


class NoTurn(RuntimeError):
    """Rasa asked for a tracker outside a turn of the worker, or after an error in one."""


@dataclass
class Staged:
    """What one turn reads from and leaves for its commit.

    `stored` is the short state list, `history` the events that this turn added, `slots` the
    values that the worker sets before every message (`draft`, `desk`).
    """

    conversation: str
    stored: list[Stored] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    history: list[Stored] = field(default_factory=list)
    loaded: int = 0
    saves: int = 0
    error: str | None = None

    @classmethod
    def from_blob(cls, conversation: str, blob: str | bytes | None) -> Staged:
        """The turn's start: `blob` is what the last commit wrote, None before the first."""
        return cls(conversation, stored=json.loads(blob)["events"] if blob else [])

    def to_blob(self) -> str:
        """What the commit writes; the input of the next `from_blob`."""
        return json.dumps({"events": self.stored}, ensure_ascii=False, separators=(",", ":"))

    def note(self, error: BaseException | str) -> None:
        """Keep the first error, by its kind only: its text may hold words of a person."""
        if self.error is None:
            self.error = error if isinstance(error, str) else type(error).__name__


#: The turn that the running task handles. Each worker task has a context of its own.
TURN: ContextVar[Staged | None] = ContextVar("turn", default=None)


class StagingTrackerStore(TrackerStore):
    """Reads from and saves to the turn in `TURN`; never touches a database."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        **kwargs: object,
    ) -> None:
        """Called by Rasa for `type: bot.dialogue.tracker.StagingTrackerStore`."""
        super().__init__(domain, event_broker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The turn's tracker with its slots set, None before the first. Raises NoTurn."""
        turn = _open_turn(sender_id)
        try:
            if not turn.stored:
                turn.loaded = 0
                return None
            tracker = self.init_tracker(sender_id)
            known = {name: value for name, value in turn.slots.items() if name in tracker.slots}
            events.rebuild(tracker, turn.stored, known)
        except Exception as error:
            turn.note(error)
            raise
        turn.loaded = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stage what the tracker gained since it was read. Raises NoTurn.

        Rasa saves an empty tracker before the first message: that stages nothing.
        """
        turn = _open_turn(tracker.sender_id)
        try:
            fresh = events.dump(islice(tracker.events, turn.loaded, None))
            turn.loaded = len(tracker.events)
            turn.history += fresh
            turn.stored = events.cut(turn.stored + fresh, tracker.sender_id, self.domain)
            for name in turn.slots:
                if name in tracker.slots:
                    turn.slots[name] = tracker.get_slot(name)
            turn.saves += 1
        except Exception as error:
            turn.note(error)
            raise

    async def keys(self) -> Iterable[str]:
        """No conversations: they are listed by the desk, not by Rasa."""
        return []


def _open_turn(sender_id: str) -> Staged:
    turn = TURN.get()
    if turn is None:
        raise NoTurn("no turn is open in this task")
    if turn.conversation != sender_id:
        turn.note("OtherConversation")
        raise NoTurn("the open turn is of another conversation")
    if turn.error is not None:
        raise NoTurn(f"the turn failed before: {turn.error}")
    return turn
