"""The typed state: there and back, what is derived, what the public sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import State, names
from bot.desk.state import to_hash

PUBLIC = {
    *("owner", "bot_idle", "asking", "danger", "check_answer", "protected", "on_duty"),
    *("told_999", "route", "subtype", "queue_position", "reference", "disposition"),
}


def test_values_come_back_as_they_were() -> None:
    """None, flags, lists and text survive the hash; unknown fields go to `extra`."""
    given = {
        "check_answer": None,
        "protected": True,
        "told_cues": ["weapon", "blood"],
        "cues": [{"name": "weapon", "words": "nóż", "seq": 3}],
        "language": "pl",
        "last_seen": 1_795_000_000_000,
        "token_hash": "abc",
    }
    state = State.from_hash(to_hash(given))
    assert state.check_answer is None and state.protected is True
    assert state.told_cues == ("weapon", "blood") and state.cues == tuple(given["cues"])  # type: ignore[arg-type]  # a list
    assert state.last_seen == 1_795_000_000_000 and state.extra == {"token_hash": "abc"}


@pytest.mark.parametrize("field", names.ENGINE_FIELDS)
def test_engine_fields_are_not_for_callers(field: str) -> None:
    """Each of them is refused by name."""
    with pytest.raises(ValueError, match=field):
        to_hash({field: "x"})


@pytest.mark.parametrize(
    ("state", "idle"),
    [
        (State(cursor=0, last_person_seq=0), True),
        (State(cursor=1, last_person_seq=3), False),
        (State(cursor=3, last_person_seq=3), True),
        (State(owner="queue", cursor=1, last_person_seq=3), False),
        (State(owner="operator:sam", cursor=1, last_person_seq=3), True),
        (State(owner="closed", cursor=1, last_person_seq=3), True),
    ],
)
def test_bot_idle_is_derived(state: State, idle: bool) -> None:
    """Handled the last message, or an operator owns it, or it is closed."""
    assert state.bot_idle is idle
    assert state.to_public(on_duty=True)["bot_idle"] is idle


def test_the_public_state_has_the_contracts_fields_and_no_more() -> None:
    """No cue, no persona flag, no reason leaves the desk."""
    state = State(suicide=True, suspect=True, queue_why="his words", extra={"token_hash": "x"})
    assert set(state.to_public(on_duty=True)) == PUBLIC


def test_no_place_in_the_queue_while_a_cue_is_open_or_nobody_is_there() -> None:
    """A number is no comfort in danger, and promises a person who may not be there."""
    calm = State(owner="queue")
    assert calm.to_public(queue_position=2, on_duty=True)["queue_position"] == 2
    for hidden in (
        replace(calm, danger="now"),
        replace(calm, danger="check", check_answer="no"),
        replace(calm, suicide=True),
        replace(calm, owner="bot"),
    ):
        assert hidden.to_public(queue_position=2, on_duty=True)["queue_position"] is None
    assert calm.to_public(queue_position=2, on_duty=False)["queue_position"] is None
