"""Promises of the stored events: nothing unknown is guessed, a short list is left alone."""

from __future__ import annotations

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered

from bot.dialogue import events


def test_an_unknown_event_is_refused() -> None:
    """A list from another version must fail the turn, not lose a part of the conversation."""
    with pytest.raises(ValueError, match="no_such"):
        events.load({"event": "no_such"})


def test_what_is_dumped_loads_as_the_same_kind() -> None:
    """Intent and slots come back; text and turn slots do not."""
    given = [
        ActionExecuted("action_listen"),
        UserUttered("words", {"name": "greet"}, metadata={"model_id": "m"}),
        SlotSet("draft", {"account": "words"}),
        SlotSet("stage", "report"),
    ]
    stored = events.dump(given)
    assert "words" not in str(stored) and "model_id" not in str(stored)
    listen, user, slot = (events.load(item) for item in stored)
    assert isinstance(listen, ActionExecuted) and listen.action_name == "action_listen"
    assert isinstance(user, UserUttered) and user.intent_name == "greet"
    assert isinstance(slot, SlotSet) and (slot.key, slot.value) == ("stage", "report")


def test_up_to_the_limit_nothing_is_cut() -> None:
    """Sixteen turns stay as they are; the seventeenth leaves eight."""
    turns: list[events.Stored] = []
    for number in range(events.CUT_ABOVE + 1):
        assert events.cut(turns, "c", Domain.empty()) == turns, number
        turns += events.dump([ActionExecuted("action_listen"), UserUttered("x", {"name": "a"})])
    left = events.cut(turns, "c", Domain.empty())
    assert sum(item["event"] == "user" for item in left) == events.CUT_TO
    assert left[0]["name"] == "action_listen"
