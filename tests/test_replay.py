"""How a replayed conversation is judged."""

from __future__ import annotations

import pytest

from bot.replay import asks, check_end, check_turn, holds

STATE = {"owner": "queue", "route": "emergency", "disposition": "reported", "reference": None}


def reply(text: str) -> dict[str, object]:
    return {"seq": 2, "sender": "bot", "type": "message", "text": text}


@pytest.mark.parametrize(
    ("detail", "expected", "held"),
    [
        ({"said": "on Tuesday, I think", "value": None}, "Tuesday", True),
        ({"said": "07700 900123", "value": "07700900123"}, "07700900123", True),
        ({"said": "no", "value": True}, True, True),
        ({"said": "no", "value": "True"}, True, False),
        ({"said": "x", "value": {"area": "Hulme", "landmark": "the Asda"}}, "asda hulme", True),
        ({"said": "Hulme", "value": None}, "Hulme Asda", False),
        (None, "Hulme", False),
    ],
)
def test_every_expected_word_must_be_held(
    detail: dict[str, object] | None, expected: object, held: bool
) -> None:
    assert holds(detail, expected) is held


def test_each_expectation_that_does_not_hold_is_named() -> None:
    expect = {
        "route": "crime_report",
        "must_mention": ["101"],
        "must_not_mention": ["999"],
        "escalates": False,
        "slots": {"when": "today"},
        "still_asking": True,
    }
    assert len(check_turn(expect, STATE, [reply("Ring 999 now.")], {})) == 6


def test_a_turn_that_holds_has_no_problem() -> None:
    expect = {"route": "emergency", "must_mention": ["999"], "escalates": True}
    assert check_turn(expect, STATE, [reply("Ring 999 now.")], {}) == []


def test_asking_is_a_last_reply_that_ends_in_a_question() -> None:
    assert asks([reply("Thank you."), reply("Where was it?")])
    assert not asks([reply("Where was it?"), reply("Thank you.")])
    assert not asks([])


def test_reported_needs_a_reference() -> None:
    assert check_end({"disposition": "reported"}, STATE, {}) == ["no reference was given"]
    state = {**STATE, "reference": "GM-7K4M-2QX9"}
    assert check_end({"disposition": "reported", "must_not_hold": ["name"]}, state, {}) == []
