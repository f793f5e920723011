"""Rasa events to and from the short list that the desk keeps between turns.

Stock Rasa walks all subclasses of Event for every event that it loads; here the types are
mapped once. What is stored holds no word that the person or the bot wrote: rules and
memoization look at intents, actions and slots only, and the words live in the desk's log
(one place to blank, instead of three).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

Stored = dict[str, Any]

#: Slots that the worker sets anew in every turn from the desk; never stored with the tracker.
TURN_SLOTS = ("draft", "desk")
#: More person turns than CUT_ABOVE are cut to the last CUT_TO. Measured (docs/decisions/0003):
#: rules and memoization look back five states, and eight turns hold more than sixteen.
CUT_ABOVE, CUT_TO = 16, 8
#: The same on every event; they would double the size of the list.
_NOISE = ("model_id", "assistant_id")

_types: dict[str, type[Event]] = {}


def load(stored: Stored) -> Event:
    """One event from its stored form. Raises ValueError for a type that Rasa does not know."""
    if not _types:
        for kind in all_subclasses(Event):
            _types.setdefault(kind.type_name, kind)
    kind = _types.get(stored["event"])
    event = kind._from_parameters(stored) if kind else None
    if event is None:
        raise ValueError(f"unknown tracker event {stored['event']!r}")
    return event


def dump(events: Iterable[Event]) -> list[Stored]:
    """The stored form of `events`: no turn slots, no words, no repeated metadata."""
    return [
        _plain(event)
        for event in events
        if not (isinstance(event, SlotSet) and event.key in TURN_SLOTS)
    ]


def _plain(event: Event) -> Stored:
    stored: Stored = event.as_dict()
    metadata = {k: v for k, v in event.metadata.items() if k not in _NOISE}
    if isinstance(event, UserUttered):
        # With an intent and no text Rasa featurises by intent, as it did with both.
        stored["text"] = None
        stored["parse_data"] = {
            "intent": event.intent,
            "entities": [],
            "message_id": event.message_id,
        }
    elif isinstance(event, BotUttered):
        stored["text"], stored["data"] = None, {}
        metadata = {k: v for k, v in metadata.items() if k == "utter_action"}
    stored["metadata"] = metadata
    if not metadata:
        del stored["metadata"]
    return stored


def rebuild(
    tracker: DialogueStateTracker,
    stored: Sequence[Stored],
    slots: Mapping[str, Any] | None = None,
) -> DialogueStateTracker:
    """Fill the empty `tracker` with stored events, as Rasa's own stores do, and set `slots`.

    The slots are set just before the last listen: Rasa's fallback takes back everything
    between that listen and the message, and would take the draft with it.
    """
    loaded = [load(item) for item in stored]
    at = _last_listen(stored, len(stored))
    loaded[at:at] = [SlotSet(name, value) for name, value in (slots or {}).items()]
    tracker._reset()
    tracker.events.extend(loaded)
    tracker.replay_events()
    return tracker


def cut(stored: list[Stored], sender: str, domain: Domain) -> list[Stored]:
    """Shorten a list of more than CUT_ABOVE person turns to the last CUT_TO.

    The cut lies just before an `action_listen`. Real events at the head bring back what the
    cut-off part had left: slots, an active form and its rejection, a pause.
    """
    turns = [i for i, item in enumerate(stored) if item["event"] == UserUttered.type_name]
    if len(turns) <= CUT_ABOVE:
        return stored
    at, tail = _tail(stored, turns[-CUT_TO])
    before = rebuild(DialogueStateTracker(sender, domain.slots), stored[:at])
    return dump(_head(before)) + tail


def _tail(stored: list[Stored], first: int) -> tuple[int, list[Stored]]:
    """Where the message at `first` began to be listened for, and what to keep from there."""
    at = _last_listen(stored, first)
    between = stored[at + 1 : first]
    users = [i for i, item in enumerate(between) if item["event"] == UserUttered.type_name]
    if users:
        # A paused bot does not listen again between messages. Those after the first left
        # nothing but slot values.
        last = {s["name"]: i for i, s in enumerate(between) if s["event"] == SlotSet.type_name}
        between = [
            item
            for i, item in enumerate(between)
            if i not in users[1:] and last.get(item.get("name"), i) == i
        ]
    return at, [*stored[at : at + 1], *between, *stored[first:]]


def _last_listen(stored: Sequence[Stored], before: int) -> int:
    return next((i for i in range(before - 1, 0, -1) if _listens(stored[i])), 0)


def _listens(item: Stored) -> bool:
    return (item["event"], item.get("name")) == (ActionExecuted.type_name, ACTION_LISTEN_NAME)


def _head(before: DialogueStateTracker) -> list[Event]:
    head: list[Event] = [
        SlotSet(slot.name, slot.value)
        for slot in before.slots.values()
        if slot.value != slot.initial_value
    ]
    loop = before.active_loop
    if loop is not None and before.active_loop_name:
        head += [ActionExecuted(loop.name), ActiveLoop(loop.name)]
        if loop.rejected:
            head.append(ActionExecutionRejected(loop.name))
    if before.is_paused():
        head.append(ConversationPaused())
    return head
