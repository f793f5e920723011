"""Due work of the clock: gone, hold, check without an answer, a silent dialogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from bot.desk import Desk, State, Taken
from bot.desk.clock import dialogue_silent, no_words, own_handlers, tick
from tests.desk.helpers import FakeClock, answer, line, say, start, take_turn, texts

pytestmark = pytest.mark.asyncio


def words(occasion: str, state: State) -> Iterable[Mapping[str, Any]]:
    """Says the occasion."""
    return [line(f"occasion {occasion}", type="status")]


async def test_an_operator_who_is_gone_sixty_seconds_loses_the_chat(
    timed: Desk, clock: FakeClock
) -> None:
    """Back to the queue, first waiting time kept, the person told; not before."""
    await start(timed)
    await say(timed, "help", queue_why="person")
    since = clock()
    clock.pass_ms(5_000)
    await timed.presence_beat("sam")
    await timed.move("c1", "claim", by="sam")
    clock.pass_ms(30_000)
    await timed.presence_beat("sam")
    clock.pass_ms(30_001)
    assert await tick(timed, own_handlers(words), "clock") == 1, "looked at, still there"
    assert (await timed.snapshot("c1")).state.operator == "sam"  # type: ignore[union-attr]  # is there
    clock.pass_ms(30_000)
    await tick(timed, own_handlers(words), "clock")
    found = await timed.snapshot("c1")
    assert found is not None and found.state.owner == "queue"
    assert found.state.queue_since == since
    assert (await texts(timed))[-1] == "occasion gone"
    assert await timed.work("gone") == []


async def test_a_hold_ends(timed: Desk, clock: FakeClock) -> None:
    """After five minutes the person is back in the line."""
    await start(timed)
    await timed.move("c1", "claim", by="sam")
    await timed.move("c1", "hold", by="sam")
    for _ in range(6):
        clock.pass_ms(50_001)
        await timed.presence_beat("sam")
        await tick(timed, own_handlers(words), "clock")
    found = await timed.snapshot("c1")
    assert found is not None and found.state.owner == "queue" and found.state.hold_until is None
    assert "occasion hold_over" in await texts(timed)


@pytest.mark.parametrize(("answered", "owner"), [(None, "queue"), ("no", "bot")])
async def test_a_check_without_an_answer_queues_after_a_minute(
    answered: str | None, owner: str, timed: Desk, clock: FakeClock
) -> None:
    """No answer in 60 s queues; "no" does not."""
    await start(timed)
    await say(timed, "he might come", danger="check")
    if answered:
        await say(timed, answered, changes={"check_answer": answered}, danger="check")
    clock.pass_ms(60_001)
    await tick(timed, own_handlers(no_words), "clock")
    found = await timed.snapshot("c1")
    assert found is not None and found.state.owner == owner


async def test_work_whose_handler_throws_is_due_again(timed: Desk, clock: FakeClock) -> None:
    """Nothing is lost by an exception."""

    async def broken(desk: Desk, taken: Taken) -> int | None:
        raise RuntimeError("database down")

    await start(timed)
    clock.pass_ms(1_000)
    with pytest.raises(RuntimeError):
        await tick(timed, {"archive": broken}, "clock", lease_ms=500)
    assert await timed.due("archive") == []
    clock.pass_ms(501)
    assert [d.conversation for d in await timed.due("archive")] == ["c1"]


async def test_a_silent_dialogue_is_said_and_queued(timed: Desk, clock: FakeClock) -> None:
    """Ten seconds without an answer: the queue, also while a dead worker's lease holds."""
    for name in ("dead", "fine"):
        await start(timed, name)
        await say(timed, "hello", name)
    await answer(timed, await take_turn(timed, 60_000), "late")
    taken = await timed.take(["turn"], 60_000)
    left = {"dead", "fine"} - {c for c in ("dead", "fine") if await timed.due("turn")}
    assert taken is not None and left
    clock.pass_ms(9_999)
    assert await dialogue_silent(timed, words) == []
    clock.pass_ms(1)
    assert await dialogue_silent(timed, words) == [taken.conversation]
    assert (await texts(timed, taken.conversation))[-1] == "occasion dialogue_silent"
    assert await dialogue_silent(timed, words) == []
