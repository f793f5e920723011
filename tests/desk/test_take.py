"""The script `take`: the score is the lease, one integer is the fence."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk import Desk
from tests.desk.helpers import FakeClock, answer, say, start, take_turn

pytestmark = pytest.mark.asyncio


async def test_the_longest_due_comes_first(timed: Desk, clock: FakeClock) -> None:
    """Lowest score first; each is then leased to its taker."""
    for name in ("c1", "c2", "c3"):
        await start(timed, name)
        await say(timed, "hello", name)
        clock.pass_ms(10)
    order = [(await take_turn(timed)).conversation for _ in range(3)]
    assert order == ["c1", "c2", "c3"]
    assert await timed.take(["turn"]) is None


async def test_a_lease_ends_and_the_work_is_due_again(timed: Desk, clock: FakeClock) -> None:
    """A dead worker needs no take-over: after its lease the next take gets the turn."""
    await start(timed)
    await say(timed, "hello")
    first = await take_turn(timed, lease_ms=500)
    clock.pass_ms(499)
    assert await timed.take(["turn"]) is None
    clock.pass_ms(2)
    second = await take_turn(timed)
    assert second.turn == first.turn + 1
    assert (await answer(timed, first, "late")).status == "stale"
    assert (await answer(timed, second, "in time")).status == "ok"


async def test_a_take_brings_all_that_a_turn_needs(desk: Desk) -> None:
    """State, draft, revision, the person's open messages, the tracker."""
    await start(desk)
    await say(desk, "one", lines=[{"text": "safe?", "says": "safe"}])
    await answer(desk, await take_turn(desk), "re one", tracker='{"a": [1]}')
    await say(desk, "two")
    await say(desk, "three")
    taken = await take_turn(desk)
    assert [e["text"] for e in taken.pending] == ["two", "three"]
    assert taken.tracker == '{"a": [1]}' and taken.rev == taken.state.rev
    assert taken.draft["stage"] == "idle" and taken.state.cursor == 1


async def test_a_note_of_the_persons_doing_is_no_message(desk: Desk) -> None:
    """A quick exit is noted in the log; the bot does not answer it."""
    await start(desk)
    await say(desk, "he is coming", danger="check")
    assert (await desk.move("c1", "lost", by="person", reason="quick exit")).ok
    assert [e["text"] for e in (await take_turn(desk)).pending] == ["he is coming"]


async def test_two_workers_never_hold_the_same_turn(desk: Desk) -> None:
    """Twenty takes at once: one has it."""
    await start(desk)
    await say(desk, "hello")
    got = await asyncio.gather(*(desk.take(["turn"], 5_000) for _ in range(20)))
    assert sum(taken is not None for taken in got) == 1


async def test_only_the_kinds_asked_for_are_taken(desk: Desk) -> None:
    """A worker of turns does not see the archive's work, however much is due."""
    for n in range(120):  # more than a page of the script
        await start(desk, f"c{n}")
    await say(desk, "hello", "c7")
    for item in await desk.work("archive"):
        await desk.schedule("archive", item.conversation, 1)
    taken = await take_turn(desk)
    assert (taken.kind, taken.conversation) == ("turn", "c7")
    archive = await desk.take(["archive"])
    assert archive is not None and archive.kind == "archive" and archive.pending == []


async def test_other_work_does_not_move_the_fence(desk: Desk) -> None:
    """The archiver at work makes no turn stale."""
    await start(desk)
    await say(desk, "hello")
    taken = await take_turn(desk)
    await desk.schedule("archive", "c1", 1)
    assert await desk.take(["archive"]) is not None
    assert (await answer(desk, taken, "hi")).status == "ok"


async def test_work_made_due_anew_outlives_a_finish(timed: Desk, clock: FakeClock) -> None:
    """A message that comes while the archiver writes is archived too."""
    await start(timed)
    clock.pass_ms(1_000)
    taken = await timed.take(["archive"], 5_000)
    assert taken is not None
    await say(timed, "meanwhile")
    assert await timed.finish(taken) is False
    clock.pass_ms(1_000)
    again = await timed.take(["archive"], 5_000)
    assert again is not None and again.state.length == 1
    assert await timed.finish(again) is True
    assert await timed.work("archive") == []


async def test_a_finish_can_put_work_off(timed: Desk, clock: FakeClock) -> None:
    """Database down: due again later."""
    await start(timed)
    clock.pass_ms(1_000)
    taken = await timed.take(["archive"])
    assert taken is not None and await timed.finish(taken, again_ms=30_000)
    (item,) = await timed.work("archive")
    assert item.at == clock() + 30_000


async def test_leases_of_one_moment_differ(timed: Desk, clock: FakeClock) -> None:
    """Two takes in the same millisecond: the first cannot end the second's lease."""
    await start(timed)
    clock.pass_ms(1_000)
    first = await timed.take(["archive"], 100)
    await timed.schedule("archive", "c1", clock(), "LT")
    second = await timed.take(["archive"], 100)
    assert first is not None and second is not None
    assert await timed.finish(first) is False
    assert await timed.finish(second) is True


async def test_work_of_a_forgotten_conversation_goes_away(desk: Desk) -> None:
    """An item without a conversation is dropped, and the next one is given."""
    await start(desk, "gone")
    await start(desk, "c1")
    await say(desk, "hello")
    await desk.schedule("turn", "gone", 1)
    await desk.call(desk.client.delete(desk.part("gone", "state")))
    assert (await take_turn(desk)).conversation == "c1"
    assert [d.conversation for d in await desk.work("turn")] == ["c1"]


async def test_a_turn_with_nothing_to_handle_is_dropped(desk: Desk) -> None:
    """A leftover item is no turn."""
    await start(desk)
    await desk.schedule("turn", "c1", 1)
    assert await desk.take(["turn"]) is None and await desk.work("turn") == []


async def test_two_failures_and_the_next_turn_knows(timed: Desk, clock: FakeClock) -> None:
    """A turn with no reply is tried twice; the third take is told to say a plain sentence."""
    await start(timed)
    await say(timed, "hello")
    for number in (1, 2):
        taken = await take_turn(timed)
        assert not taken.failed_before
        assert await timed.fail(taken) == number
        assert (await answer(timed, taken, "late")).status == "stale"
        clock.pass_ms(1_000)
    taken = await take_turn(timed)
    assert taken.failed_before
    why = {"queue": {"why": "the assistant failed"}}
    done = await answer(timed, taken, "I can't answer that.", wants=why)
    assert done.state.owner == "queue" and done.state.fails == 0 and done.state.tries == 0
    assert (await timed.counters())["turns_failed"] == 2


async def test_a_message_that_kills_each_worker_is_given_up(timed: Desk, clock: FakeClock) -> None:
    """Workers that die say nothing; the takes are counted for them."""
    await start(timed)
    await say(timed, "poison")
    for _ in range(5):
        assert not (await take_turn(timed, 100)).failed_before
        clock.pass_ms(1_000)
    assert (await take_turn(timed, 100)).failed_before
