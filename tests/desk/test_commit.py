"""The script `commit`: a turn is one commit, and what it may still say."""

from __future__ import annotations

import pytest

from bot.desk import Desk, names
from tests.desk.helpers import FakeClock, answer, line, notes, say, start, take_turn, texts

pytestmark = pytest.mark.asyncio


async def test_a_commit_writes_the_whole_turn(timed: Desk, clock: FakeClock) -> None:
    """Lines in order, draft, tracker, history, cursor, fields, reference, work."""
    await start(timed)
    await say(timed, "my bike is gone")
    taken = await take_turn(timed)
    clock.pass_ms(50)
    reference = taken.draft["reference_next"]
    done = await answer(
        timed,
        taken,
        "I am sorry.",
        "Where was it?",
        draft={**taken.draft, "type": "theft_bike", "reference": reference},
        tracker='{"state": "é"}',
        history=['{"e": 1}', '{"e": 2}'],
        fields={"route": "crime_report", "asking": "location", "reference": reference},
    )
    assert done.status == "ok" and done.done and done.dropped == 0
    assert [e["text"] for e in done.events] == ["I am sorry.", "Where was it?"]
    assert all(e["says"] == "utter_test" and e["sender"] == "bot" for e in done.events)
    state = done.state
    assert (state.cursor, state.rev, state.bot_idle) == (1, 1, True)
    assert (state.route, state.asking, state.reference) == ("crime_report", "location", reference)
    assert state.last_bot == clock()
    found = await timed.snapshot("c1")
    assert found is not None and found.draft["type"] == "theft_bike"
    assert await timed.history("c1") == ['{"e": 1}', '{"e": 2}']
    assert await timed.by_reference(reference) == "c1"
    assert await timed.work("turn") == []


async def test_a_commit_sent_twice_counts_once(desk: Desk) -> None:
    """The answer of a commit may be lost; sent again it is stale and writes nothing."""
    await start(desk)
    await say(desk, "one")
    taken = await take_turn(desk)
    assert (await answer(desk, taken, "re one")).status == "ok"
    before = await desk.snapshot("c1")
    assert (await answer(desk, taken, "re one")).status == "stale"
    assert await desk.snapshot("c1") == before
    assert (await desk.counters())[names.COUNT_STALE] == 1


async def test_the_reference_is_given_once(desk: Desk) -> None:
    """A second reference never replaces the first."""
    await start(desk)
    await say(desk, "one")
    await answer(desk, await take_turn(desk), "a", fields={"reference": "GM-AAAA-AAAA"})
    await say(desk, "two")
    done = await answer(desk, await take_turn(desk), "b", fields={"reference": "GM-BBBB-BBBB"})
    assert done.state.reference == "GM-AAAA-AAAA"
    assert await desk.by_reference("GM-BBBB-BBBB") is None


async def test_a_newer_message_leaves_the_turn_due(timed: Desk, clock: FakeClock) -> None:
    """Whatever came while the bot thought is due at once, not after a lease."""
    await start(timed)
    await say(timed, "one")
    taken = await take_turn(timed, 60_000)
    await say(timed, "two")
    clock.pass_ms(5)
    await answer(timed, taken, "re one")
    assert [(d.kind, d.at) for d in await timed.work("turn")] == [("turn", clock())]


@pytest.mark.parametrize("how", ["claim", "close", "silence"])
async def test_what_the_bot_says_too_late_is_dropped_and_counted(how: str, desk: Desk) -> None:
    """Claimed, closed or silenced during the turn: no word, but the cursor goes on."""
    await start(desk)
    await say(desk, "one")
    taken = await take_turn(desk)
    by = "sam" if how == "claim" else "system"
    assert (await desk.move("c1", how, by=by)).ok
    details = {"location": {"said": "M1", "value": "M1", "source": "said", "seq": 1}}
    safety = line("999", type="safety")
    done = await desk.commit(
        taken,
        lines=[line("Where?"), safety],
        draft={**taken.draft, "details": details},
        cursor=1,
        fields={"asking": "when"},
    )
    assert done.status == "dropped" and done.done and done.dropped == 2
    assert done.state.bot_idle and done.state.cursor == 1 and done.state.asking is None
    assert await texts(desk, sender="bot") == []
    assert (await desk.counters())[names.COUNT_DROPPED] == 2
    found = await desk.snapshot("c1")
    assert found is not None
    if how != "close":
        assert found.draft["details"] == details, "details are filled silently"


async def test_details_are_filled_silently_under_an_operator(desk: Desk) -> None:
    """The person writes to an operator: a turn without a line still fills the draft."""
    await start(desk)
    await desk.move("c1", "claim", by="sam")
    await say(desk, "it was a red Ford")
    taken = await take_turn(desk)
    assert taken.state.operator == "sam"
    done = await answer(desk, taken, draft={**taken.draft, "type": "theft_vehicle"})
    assert done.status == "ok" and done.dropped == 0 and done.state.rev == 1
    assert await desk.work("turn") == []


@pytest.mark.parametrize("danger", ["check", "now"])
async def test_danger_that_rises_during_a_turn_drops_ordinary_replies(
    danger: str, desk: Desk
) -> None:
    """Safety lines of the turn stay, ordinary ones are dropped, the new message is due."""
    await start(desk)
    await say(desk, "my bike was stolen")
    taken = await take_turn(desk)
    safety = {"text": "Ring 999.", "says": "safety_999"}
    asked = {"asking": "safe_now", "safety_asking": "safe_now"}
    await say(desk, "he is at the door", danger=danger, lines=[safety], changes=asked)
    done = await desk.commit(
        taken,
        lines=[line("What colour was it?"), line("Ring 999.", type="safety")],
        draft=taken.draft,
        cursor=1,
        fields={"asking": "colour"},
    )
    assert done.status == "dropped" and done.dropped == 1
    assert await texts(desk, sender="bot") == ["Ring 999.", "Ring 999."]
    assert done.state.asking == "safe_now", "the safety question is what was asked last"
    assert [e["text"] for e in (await take_turn(desk)).pending] == ["he is at the door"]


async def test_danger_that_rises_again_after_it_was_lowered_counts_as_rising(desk: Desk) -> None:
    """The peak is `now` already; what counts is that danger rose since the take."""
    await start(desk)
    await say(desk, "one", danger="now")
    await desk.move("c1", "lower_danger", by="sam", reason="a film")
    taken = await take_turn(desk)
    await say(desk, "two", danger="now")
    assert (await answer(desk, taken, "What colour?", cursor=1)).dropped == 1


async def test_a_handlers_edit_is_never_overwritten(desk: Desk) -> None:
    """Edited during the turn: nothing of the turn is written, and it is done again at once."""
    await start(desk)
    await desk.move("c1", "claim", by="sam")
    await say(desk, "it was in Leeds")
    taken = await take_turn(desk, 60_000)
    await desk.move("c1", "edit", by="sam", fields={"location": "1 Oak Street"})
    length = (await desk.events("c1"))[-1]["seq"]
    late = await answer(desk, taken, draft={**taken.draft, "details": {"location": {}}})
    assert late.status == "stale_draft" and not late.done and late.state.length == length
    assert late.state.cursor == 0
    again = await take_turn(desk)
    assert again.draft["details"]["location"]["value"] == "1 Oak Street"
    assert (await answer(desk, again)).status == "ok"
    assert (await answer(desk, taken)).status == "stale"


async def test_the_revision_rises_only_with_the_draft(desk: Desk) -> None:
    """A turn that changed nothing in the draft makes no other writer start again."""
    await start(desk)
    await say(desk, "one")
    assert (await answer(desk, await take_turn(desk), "hello")).state.rev == 0


async def test_wants_queue_moves_to_the_queue_in_the_commit(desk: Desk) -> None:
    """ "I want a person": the words, then the queue, with its note and reason."""
    await start(desk)
    await say(desk, "a person please")
    wants = {"queue": {"why": "asked for a person", "level": "person"}}
    done = await answer(desk, await take_turn(desk), "You are in the queue.", wants=wants)
    assert done.state.owner == "queue" and done.state.queue_why == "asked for a person"
    assert done.state.queued and not done.state.queued_danger
    assert [n["by"] for n in await notes(desk)] == ["bot"]
    assert [w.conversation for w in await desk.queue()] == ["c1"]


async def test_wants_queue_leaves_another_owner_alone(desk: Desk) -> None:
    """Claimed meanwhile: the operator keeps it."""
    await start(desk)
    await say(desk, "a person please")
    taken = await take_turn(desk)
    await desk.move("c1", "claim", by="sam")
    done = await answer(desk, taken, "In the queue.", wants={"queue": {"why": "person"}})
    assert done.state.owner == "operator:sam"


async def test_wants_close_closes_when_nothing_is_open(desk: Desk) -> None:
    """The last words, then closed; no timers left."""
    await start(desk)
    await say(desk, "no, that's all")
    done = await answer(desk, await take_turn(desk), "Thank you.", wants={"close": True})
    assert done.state.closed and done.state.close_by == "bot"
    assert [d.kind for d in await desk.work()] == ["archive"]


@pytest.mark.parametrize("open_thing", ["danger", "suicide", "newer"])
async def test_wants_close_never_closes_a_risk(open_thing: str, desk: Desk) -> None:
    """A person closes every risk chat, and nobody's next message is shut out."""
    await start(desk)
    changes = {"suicide": True} if open_thing == "suicide" else {}
    await say(desk, "bye", danger="check" if open_thing == "danger" else "none", changes=changes)
    taken = await take_turn(desk)
    if open_thing == "newer":
        await say(desk, "one more thing")
    done = await answer(desk, taken, "Goodbye.", wants={"close": True})
    assert not done.state.closed


async def test_bot_lines_go_through_the_number_guard(desk: Desk) -> None:
    """A number that no content shows is replaced and counted; the exempt one is not."""

    def guard(text: str, exempt: object) -> tuple[str, list[str]]:
        found = [] if exempt else [text]
        return ("[number removed]" if found else text), found

    await start(desk)
    await say(desk, "one")
    taken = await take_turn(desk)
    lines = [line("Ring 0161 496 0000"), line("Yours: 07700 900123", exempt=["07700 900123"])]
    done = await desk.commit(taken, lines=lines, draft={}, cursor=1, guard=guard)
    assert [e["text"] for e in done.events] == ["[number removed]", "Yours: 07700 900123"]
    assert "exempt" not in done.events[1]
    assert (await desk.counters())[names.COUNT_GUARDED] == 1


async def test_the_bot_may_go_on_while_waiting(desk: Desk) -> None:
    """`queue` is a place in a line, not a gag."""
    await start(desk)
    await say(desk, "one", queue_why="asked for a person")
    done = await answer(desk, await take_turn(desk), "Meanwhile: where was it?")
    assert done.status == "ok" and done.state.owner == "queue"
