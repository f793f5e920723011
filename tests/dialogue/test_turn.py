"""Promises of the pure parts of a turn: who is silent, what was asked, what the state learns."""

from __future__ import annotations

from typing import Any

import pytest

from bot.desk.engine import State, Taken
from bot.dialogue import turn

ASKED = {"seq": 2, "sender": "bot", "type": "safety", "text": "Are you safe? "}
TOLD = {"seq": 3, "sender": "bot", "type": "safety", "text": "Ring 999."}
NEXT = {"seq": 4, "sender": "person", "type": "message", "text": "why?"}


def taken(**state: Any) -> Taken:
    """A turn with one pending message."""
    message = {"seq": 5, "ts": 1_795_300_000_123, "text": "x", "sender": "person"}
    draft = {"stage": "idle"}
    return Taken("turn", "c", "w", "1", State(**state), draft, [message], None)


@pytest.mark.parametrize(
    ("state", "silent"),
    [
        ({"owner": "bot"}, False),
        ({"owner": "queue"}, False),
        ({"owner": "operator:op1"}, True),
        ({"owner": "closed"}, True),
        ({"owner": "bot", "silenced": True}, True),
    ],
)
def test_who_silences_the_bot(state: dict[str, Any], silent: bool) -> None:
    """Design decision 6, and call-handling section 14: not safe to type means no word again."""
    assert turn.bot_is_silent(State(**state)) is silent


@pytest.mark.parametrize(
    ("log", "seq", "asked"),
    [
        ([ASKED, TOLD, NEXT], 1, True),
        ([TOLD, NEXT], 1, False),
        ([ASKED, NEXT], 4, False),
        ([NEXT, {**ASKED, "seq": 5}], 1, False),
        ([{**ASKED, "type": "message"}], 1, False),
    ],
)
def test_a_safety_question_belongs_to_its_step(
    log: list[dict[str, Any]], seq: int, asked: bool
) -> None:
    """Only a question, of the gateway, between this message and the person's next one."""
    assert turn.safety_asked(log, seq) is asked


def test_times_are_iso_with_milliseconds() -> None:
    """As in the public contract."""
    assert turn.iso(1_795_300_000_123) == "2026-11-21T22:26:40.123Z"


def test_the_slot_of_a_message() -> None:
    """Every name of docs/seams.md section 5 is there."""
    work = taken(danger="check", check_answer="no", deaf=True, queued=True)
    slot = turn.desk_slot(work, {**work.pending[0], "reading": {"act": "retract"}}, [], False)
    names = (
        "seq now owner danger peak check_answer protected on_duty deaf child suspect language "
        "told_999 queued safety_asked safety_said retraction"
    )
    assert " ".join(slot) == names
    assert (slot["danger"], slot["deaf"], slot["retraction"]) == ("check", True, True)


def test_unknown_fields_of_the_draft_do_not_blank_the_state() -> None:
    """A route that the draft does not have yet leaves the one of the first reading."""
    assert turn.fields({"stage": "report", "route": None, "type": "theft"}) == {
        "stage": "report",
        "subtype": "theft",
    }


def test_trouble_changes_nothing_but_says_so() -> None:
    """The draft and tracker stay, the message counts as handled, a person is asked for."""
    outcome = turn.trouble(taken(), {"text": "Sorry."}, "why")
    assert (outcome.draft, outcome.tracker, outcome.cursor) == ({"stage": "idle"}, None, 5)
    assert outcome.wants == {"queue": {"why": "why", "level": "cannot_handle"}}
