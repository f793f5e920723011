"""The order of the queue is computed from the states, not kept."""

from __future__ import annotations

import itertools

import pytest

from bot.desk import Desk
from bot.desk.queue import RANKS, ordered
from bot.desk.state import State
from tests.desk.helpers import FakeClock, say, start

STEPS = {
    "now": State(owner="queue", danger="now", peak="now"),
    "lost_contact": State(owner="queue", danger="now", peak="now", lost=True),
    "check": State(owner="queue", danger="check", peak="check"),
    "protected": State(owner="queue", protected=True),
    "check_no": State(owner="queue", danger="check", peak="check", check_answer="no"),
    "waiting": State(owner="queue"),
}


def test_the_six_steps_in_every_order_of_arrival() -> None:
    """now > lost contact after now > check unanswered > protected > check, no > waiting."""
    assert tuple(STEPS) == RANKS
    for arrival in itertools.permutations(STEPS.items()):
        assert [w.conversation for w in ordered(arrival)] == list(RANKS)


def test_the_longest_wait_comes_first_within_a_step() -> None:
    """And the positions count from 1."""
    states = [(f"c{n}", State(owner="queue", queue_since=100 - n)) for n in range(3)]
    assert [(w.conversation, w.position) for w in ordered(states)] == [
        ("c2", 1),
        ("c1", 2),
        ("c0", 3),
    ]


def test_more_than_one_reason_counts_as_the_most_urgent() -> None:
    """Protected and `now` is `now`; protected and answered no is protected."""
    both = State(owner="queue", danger="now", peak="now", protected=True)
    assert ordered([("a", both)])[0].rank == "now"
    no = State(owner="queue", danger="check", check_answer="no", protected=True)
    assert ordered([("a", no)])[0].rank == "protected"


def test_who_does_not_wait_is_not_in_the_queue() -> None:
    """Bot, operator, closed."""
    owners = ("bot", "operator:sam", "closed")
    assert ordered((o, State(owner=o, danger="now")) for o in owners) == []


@pytest.mark.asyncio
async def test_the_order_follows_each_change(timed: Desk, clock: FakeClock) -> None:
    """Danger lowered by a handler moves a conversation down at once."""
    for name, danger in (("a", "now"), ("b", "none"), ("c", "now")):
        await start(timed, name)
        await say(timed, "help", name, danger=danger, queue_why="words")
        clock.pass_ms(10)
    assert [w.conversation for w in await timed.queue()] == ["a", "c", "b"]
    await timed.move("a", "lower_danger", by="sam", reason="a film")
    assert [(w.conversation, w.why) for w in await timed.queue()] == [
        ("c", "words"),
        ("a", "words"),
        ("b", "words"),
    ]
    assert await timed.queue_position("b") == 3
    await timed.move("b", "claim", by="sam")
    assert await timed.queue_position("b") is None
    assert [c for c, _ in await timed.attended()] == ["a", "b", "c"]
