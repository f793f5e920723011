"""The table of moves, walked in full: what is not in it is refused with a plain sentence."""

from __future__ import annotations

import itertools
import re

import pytest

from bot.desk import names
from bot.desk.moves import TABLE, Ask, Move, decide, edited, kind_of
from bot.desk.state import State
from tests.desk.helpers import START

OWNERS = ("bot", "queue", "operator:sam", "closed")
ACTORS = ("person", "bot", "system", "sam", "jo")

# The promise of design section 4, written out apart from the code:
# (move, owner before) -> (who may, owner after). Everything else is refused.
MACHINE, ALL_MACHINE = ("bot", "system"), ("person", "bot", "system")
ANY_OPERATOR = ("sam", "jo")
LEGAL: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
    ("claim", "bot"): (ANY_OPERATOR, "operator:{by}"),
    ("claim", "queue"): (ANY_OPERATOR, "operator:{by}"),
    ("release", "operator:sam"): (("sam",), "queue"),
    ("gone", "operator:sam"): (MACHINE, "queue"),
    ("hold_over", "operator:sam"): (MACHINE, "queue"),
    ("hold", "operator:sam"): (("sam",), "operator:sam"),
    ("transfer", "operator:sam"): (("sam",), "operator:kim"),
    ("return_to_bot", "operator:sam"): (("sam",), "bot"),
    ("close", "bot"): (ALL_MACHINE, "closed"),
    ("close", "queue"): (ANY_OPERATOR, "closed"),
    ("close", "operator:sam"): (("sam",), "closed"),
    ("reopen", "closed"): (MACHINE, "queue"),
    ("queue", "bot"): (ALL_MACHINE, "queue"),
    ("withdraw", "queue"): (("person",), "bot"),
    ("edit", "operator:sam"): (("sam",), "operator:sam"),
    ("lower_danger", "bot"): (ANY_OPERATOR, "bot"),
    ("lower_danger", "queue"): (ANY_OPERATOR, "queue"),
    ("lower_danger", "operator:sam"): (("sam",), "operator:sam"),
    ("raise_danger", "bot"): ((*ANY_OPERATOR, *MACHINE), "queue"),
    ("raise_danger", "queue"): ((*ANY_OPERATOR, *MACHINE), "queue"),
    ("raise_danger", "operator:sam"): (("sam", *MACHINE), "operator:sam"),
    ("lost", "bot"): (ALL_MACHINE, "queue"),
    ("lost", "queue"): (ALL_MACHINE, "queue"),
    ("lost", "operator:sam"): (ALL_MACHINE, "operator:sam"),
    ("found", "queue"): (ANY_OPERATOR, "queue"),
    ("found", "operator:sam"): (("sam",), "operator:sam"),
    ("silence", "bot"): (ALL_MACHINE, "bot"),
    ("silence", "queue"): (ALL_MACHINE, "queue"),
    ("silence", "operator:sam"): (ALL_MACHINE, "operator:sam"),
}


def state_for(move: str, owner: str) -> State:
    """A state in which nothing but the table can refuse the move."""
    danger = "check" if move in ("lower_danger", "lost") else "none"
    return State(owner=owner, danger=danger, peak=danger, lost=move == "found")


def ask_for(move: str, by: str, **more: object) -> Ask:
    """A request that brings all that the move needs."""
    to = {"transfer": "kim", "reopen": "check", "lower_danger": "none", "raise_danger": "now"}
    given = {"reason": "because", "to": to.get(move), "code": "advice_given", "has_lines": True}
    return Ask(Move(move), by, START, **{**given, **more})  # type: ignore[arg-type]  # test shorthand


@pytest.mark.parametrize("move", [m.value for m in Move])
def test_the_table_is_what_the_design_says(move: str) -> None:
    """Each move from each owner by each actor: legal ones end where they should, others refuse."""
    for owner, by in itertools.product(OWNERS, ACTORS):
        ruling = decide(state_for(move, owner), ask_for(move, by))
        actors, after = LEGAL.get((move, owner), ((), ""))
        if by in actors:
            assert ruling.problem is None, (owner, by, ruling.problem)
            assert ruling.set.get("owner", owner) == after.format(by=by)
            assert ruling.text, "each move has its note"
        else:
            assert ruling.problem is not None, (owner, by)
            assert not ruling.set and not ruling.due


def test_the_table_has_a_row_for_each_move() -> None:
    """No move without a row, and no owner that does not exist."""
    assert set(TABLE) == set(Move)
    kinds = {kind for row in TABLE.values() for kind in row}
    assert kinds == {kind_of(owner) for owner in OWNERS}


def test_refusals_are_plain_sentences() -> None:
    """A refusal is a short sentence with a full stop and no word of the code."""
    for move, owner, by in itertools.product(Move, OWNERS, ACTORS):
        for bare in (ask_for(move.value, by), Ask(move, by, START)):
            problem = decide(State(owner=owner), bare).problem
            if problem is not None:
                assert re.fullmatch(r"[A-Z][^_{}]+[.]", problem) and len(problem) < 90, problem


def test_close_needs_a_code_from_the_list() -> None:
    """A handler's close carries a code; two codes carry their "which"."""
    state = State(owner="operator:sam")
    assert decide(state, ask_for("close", "sam", code=None)).problem
    assert decide(state, ask_for("close", "sam", code="nonsense")).problem
    for code in names.CLOSING_CODES:
        assert decide(state, ask_for("close", "sam", code=code)).set["close_code"] == code
        bare = decide(state, ask_for("close", "sam", code=code, reason=" ")).problem
        assert bool(bare) == (code in names.CLOSING_CODES_WITH_REASON)


@pytest.mark.parametrize(
    "risk", [{"danger": "check", "peak": "check"}, {"suicide": True}, {"lost": True}]
)
def test_no_machine_closes_a_risk(risk: dict[str, object]) -> None:
    """Danger, also when it was answered "no", suicide words and lost contact need a handler."""
    open_risk = State(owner="bot", check_answer="no", **risk)  # type: ignore[arg-type]  # fields
    for by in ALL_MACHINE:
        assert decide(open_risk, ask_for("close", by)).problem
    waiting = State(owner="queue", **risk)  # type: ignore[arg-type]  # fields
    assert decide(waiting, ask_for("withdraw", "person")).problem


def test_danger_falls_only_with_a_reason_and_only_down() -> None:
    """No reason, no lowering; nothing is "lowered" upwards; the peak is not touched."""
    state = State(owner="queue", danger="now", peak="now")
    assert decide(state, ask_for("lower_danger", "sam", reason=" ")).problem
    assert decide(state, ask_for("lower_danger", "sam", to="now")).problem
    ruling = decide(state, ask_for("lower_danger", "sam", to="check"))
    assert ruling.set == {"danger": "check"}
    with pytest.raises(ValueError, match="danger"):
        decide(state, ask_for("lower_danger", "sam", to="low"))


def test_the_bot_never_gets_a_conversation_in_danger_back() -> None:
    """`now` or lost contact stays with people; and the person is told first."""
    for risk in ({"danger": "now", "peak": "now"}, {"lost": True}):
        state = State(owner="operator:sam", **risk)  # type: ignore[arg-type]  # fields
        assert decide(state, ask_for("return_to_bot", "sam")).problem
    calm = State(owner="operator:sam")
    assert decide(calm, ask_for("return_to_bot", "sam", has_lines=False)).problem


def test_the_first_waiting_time_is_kept() -> None:
    """Released, gone or held too long: back to the old place in the line."""
    state = State(owner="operator:sam", queue_since=START - 1, queued=True)
    for move, by in (("release", "sam"), ("gone", "system"), ("hold_over", "system")):
        assert "queue_since" not in decide(state, ask_for(move, by)).set
    fresh = State(owner="operator:sam")
    assert decide(fresh, ask_for("release", "sam")).set["queue_since"] == str(START)


def test_a_claim_from_the_bot_counts_as_handed_over() -> None:
    """ "Queued" latches: a person had it, so the outcome is no longer the bot's alone."""
    ruling = decide(State(owner="bot", danger="check", peak="now"), ask_for("claim", "sam"))
    assert (ruling.set["queued"], ruling.set["queued_danger"]) == ("1", "1")


def test_a_transfer_to_nobody_or_oneself_is_refused() -> None:
    """Someone else must be named."""
    state = State(owner="operator:sam")
    for to in (None, "", "sam", "bot", "person"):
        assert decide(state, ask_for("transfer", "sam", to=to)).problem


def test_lost_contact_needs_a_risk_and_opens_once() -> None:
    """Someone who closes the page on a question about parking is not a lost contact."""
    assert decide(State(owner="bot"), ask_for("lost", "system")).problem
    assert decide(State(owner="bot", protected=True), ask_for("lost", "system")).set["lost"] == "1"
    assert decide(State(owner="queue", lost=True), ask_for("lost", "system")).problem
    assert decide(State(owner="queue"), ask_for("found", "sam")).problem


def test_an_edit_keeps_what_was_said_and_says_who_changed_it() -> None:
    """The person's words stay beside the operator's value; an empty value takes it out."""
    said = {"said": "my mum's", "value": "my mum's", "source": "said", "seq": 3}
    draft = {"details": {"location": said, "when": said}, "stage": "report"}
    after = edited(draft, {"location": "1 Oak Street", "when": None, "injury": "no"}, 9)
    assert after["details"] == {
        "location": {"said": "my mum's", "value": "1 Oak Street", "source": "operator", "seq": 9},
        "injury": {"said": "no", "value": "no", "source": "operator", "seq": 9},
    }
    assert draft["details"]["location"] is said, "the old draft is not touched"
