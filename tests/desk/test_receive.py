"""The script `receive`: a message and all that follows from it, in one step."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk import Desk, names
from bot.desk.lines import chain_breaks
from tests.desk.helpers import FakeClock, answer, line, notes, say, start, take_turn, texts

pytestmark = pytest.mark.asyncio
SAFETY = {"text": "If you are in danger, ring 999 now.", "says": "safety_999"}


async def test_the_999_line_is_the_entry_after_the_message(timed: Desk, clock: FakeClock) -> None:
    """Message n, safety line n+1, danger, queue, turn and archive: one step."""
    await start(timed)
    got = await say(
        timed,
        "he has a knife",
        reading={"language": "en", "route": "emergency"},
        lines=[SAFETY],
        changes={"told_999": "told", "told_cues": ["weapon"]},
        danger="now",
        queue_why="weapon: knife",
    )
    assert got.status == "new" and got.seq == 1
    kinds = [(e["seq"], e["type"], e["audience"]) for e in got.events]
    assert kinds[:2] == [(1, "message", "all"), (2, "safety", "all")]
    assert [e["says"] for e in got.events[2:]] == ["note.danger", "note.queue"]
    state = got.state
    assert (state.owner, state.danger, state.peak) == ("queue", "now", "now")
    assert state.queued and state.queued_danger and state.queue_since == clock()
    assert (state.told_999, state.told_cues) == ("told", ("weapon",))
    assert state.queue_why == "weapon: knife"
    assert not state.bot_idle
    assert {d.kind: d.at for d in await timed.work()} == {
        "turn": clock(),
        "archive": clock() + names.ARCHIVE_DELAY_MS,
    }


async def test_an_entry_is_stored_as_the_contract_says(timed: Desk, clock: FakeClock) -> None:
    """The stored entry keeps the reading, the payload and the words as typed."""
    await start(timed)
    text = 'naïve — 𝕏 \U0001f6b2 \\ " </script> \x00'
    reading = {"language": "pl", "cues": [], "route_scores": {"human": 0.25}}
    await say(timed, text, client_id="k1", payload="/location{}", reading=reading)
    (stored,) = await timed.events("c1")
    assert stored["text"] == text and stored["reading"] == reading
    assert stored["payload"] == "/location{}" and stored["lang"] == "pl"
    assert stored["ts"] == clock() and stored["client_id"] == "k1"


async def test_text_that_is_not_valid_unicode_is_kept(desk: Desk) -> None:
    """A lone surrogate from a broken client does not stop a message."""
    await start(desk)
    got = await say(desk, "help \ud83d", client_id="x", queue_why="odd \ud83d")
    assert got.status == "new" and (await texts(desk))[0] == "help \ud83d"
    assert chain_breaks(await desk.raw_log("c1")) == []


async def test_a_message_sent_again_changes_nothing(desk: Desk) -> None:
    """Same id and text: the same number and events, no entry, no second safety line."""
    await start(desk)
    first = await say(desk, "he hit me", lines=[SAFETY], danger="check")
    before = await desk.snapshot("c1")
    again = await say(desk, "he hit me", lines=[SAFETY], danger="now", expected_length=0)
    assert again.status == "same" and again.seq == first.seq
    assert [e["text"] for e in again.events] == [e["text"] for e in first.events[:2]]
    assert await desk.snapshot("c1") == before


async def test_the_same_id_with_other_words_is_a_conflict(desk: Desk) -> None:
    """Other text or another payload under a known id is refused."""
    await start(desk)
    await say(desk, "one", client_id="k")
    assert (await say(desk, "two", client_id="k")).status == "conflict"
    assert (await say(desk, "one", client_id="k", payload="/yes")).status == "conflict"
    assert await texts(desk) == ["one"]


async def test_ids_of_person_and_operator_do_not_meet(desk: Desk) -> None:
    """Each sender has ids of its own."""
    await start(desk)
    await say(desk, "hello", client_id="1")
    await desk.move("c1", "claim", by="sam")
    assert (await desk.operator_message("c1", "sam", "1", "I am Sam")).status == "new"
    assert (await desk.operator_message("c1", "sam", "1", "I am Sam")).status == "same"
    assert (await desk.operator_message("c1", "sam", "1", "other")).status == "conflict"


async def test_twenty_copies_at_once_are_one_message(desk: Desk) -> None:
    """However a client hammers, one entry."""
    await start(desk)
    got = await asyncio.gather(*(say(desk, "help") for _ in range(20)))
    assert sorted(r.status for r in got) == ["new"] + ["same"] * 19
    assert {r.seq for r in got} == {1}


async def test_a_grown_log_asks_for_another_reading(desk: Desk) -> None:
    """What was read against an older log is not stored."""
    await start(desk)
    await say(desk, "one")
    got = await say(desk, "two", expected_length=0)
    assert got.status == "grown" and got.state.length == 1
    assert (await say(desk, "two", expected_length=1)).status == "new"


async def test_an_unknown_conversation_is_said_to_be_unknown(desk: Desk) -> None:
    """Nothing is made by a message."""
    assert (await say(desk, "hello", "nobody")).status == "unknown"
    assert await desk.snapshot("nobody") is None and await desk.work() == []


async def test_danger_only_rises_and_the_peak_never_falls(desk: Desk) -> None:
    """A calm message after a dangerous one lowers nothing."""
    await start(desk)
    await say(desk, "one", danger="now")
    got = await say(desk, "it's fine now", danger="none", changes={"check_answer": "no"})
    assert (got.state.danger, got.state.peak) == ("now", "now")


async def test_check_stays_with_the_bot_and_is_watched(timed: Desk, clock: FakeClock) -> None:
    """`check` asks its question; 60 s without an answer is due work; an answer ends that."""
    await start(timed)
    got = await say(timed, "he might come back", danger="check")
    assert got.state.owner == "bot"
    (watch,) = await timed.work("check_wait")
    assert watch.at == clock() + 60_000
    clock.pass_ms(10_000)
    await say(timed, "hello?", danger="check")
    assert await timed.work("check_wait") == [watch], "more words do not put it off"
    await say(timed, "no, last week", changes={"check_answer": "no"})
    assert await timed.work("check_wait") == []


async def test_a_reason_queues_without_danger(desk: Desk) -> None:
    """A protected type goes to the queue at once, and is latched."""
    await start(desk)
    got = await say(desk, "my husband", changes={"protected": True}, queue_why="domestic abuse")
    assert got.state.owner == "queue" and got.state.protected and not got.state.queued_danger
    got = await say(desk, "more", changes={"protected": False})
    assert got.state.protected, "protected is never lowered"
    assert got.state.queue_why == "domestic abuse"


async def test_now_while_waiting_counts_as_danger(desk: Desk) -> None:
    """Queued for another cause, then `now`: the queue knows, with the new words."""
    await start(desk)
    await say(desk, "one", queue_why="asked for a person")
    got = await say(desk, "two", danger="now", queue_why="weapon: axe")
    assert got.state.queued_danger and got.state.queue_why == "weapon: axe"


async def test_an_operator_keeps_a_conversation_that_turns_dangerous(desk: Desk) -> None:
    """Safety lines are said whoever owns it; the owner stays."""
    await start(desk)
    await desk.move("c1", "claim", by="sam")
    got = await say(desk, "he is here", danger="now", lines=[SAFETY], queue_why="here")
    assert got.state.owner == "operator:sam" and got.state.danger == "now"
    assert SAFETY["text"] in await texts(desk)


async def test_a_closed_conversation_takes_only_danger(timed: Desk, clock: FakeClock) -> None:
    """Closed: a calm message is refused whole; `check` or `now` opens it to the queue."""
    await start(timed)
    await timed.move("c1", "close", by="system")
    before = await timed.snapshot("c1")
    assert (await say(timed, "thanks", lines=[SAFETY])).status == "closed"
    assert await timed.snapshot("c1") == before
    clock.pass_ms(5_000)
    got = await say(timed, "he is back", danger="check", lines=[SAFETY])
    assert got.status == "new" and got.state.owner == "queue"
    assert got.state.queue_since == clock() and got.state.closed_at is None
    assert [n["says"] for n in await notes(timed)][-1] == "note.reopen"
    assert [w.conversation for w in await timed.queue()] == ["c1"]


async def test_engine_fields_cannot_be_set_from_outside(desk: Desk) -> None:
    """A caller that writes `owner` or lowers `danger` has a bug and hears of it."""
    await start(desk)
    for field in ("owner", "danger", "peak", "turn", "queued"):
        with pytest.raises(ValueError, match=field):
            await say(desk, "x", changes={field: "bot"})
    with pytest.raises(ValueError, match="danger"):
        await say(desk, "x", danger="high")


async def test_safety_lines_go_through_the_number_guard(desk: Desk) -> None:
    """A machine line with a number is replaced and counted; exempt values reach the guard."""

    def guard(text: str, exempt: object) -> tuple[str, list[str]]:
        assert exempt == ("07700 900123",)
        return text.replace("0161 111", "[number]"), ["0161 111"]

    await start(desk)
    lines = [{**SAFETY, "text": "Ring 0161 111", "exempt": ["07700 900123"]}]
    await say(desk, "mine is 0161 111", lines=lines, guard=guard)
    assert await texts(desk) == ["mine is 0161 111", "Ring [number]"]
    assert (await desk.counters())[names.COUNT_GUARDED] == 1


async def test_operator_messages_need_the_owner(desk: Desk) -> None:
    """Only the operator who has it may write; closed and unknown say so."""
    await start(desk)
    assert (await desk.operator_message("c1", "sam", "1", "hi")).status == "refused"
    await desk.move("c1", "claim", by="sam")
    assert (await desk.operator_message("c1", "jo", "1", "hi")).status == "refused"
    got = await desk.operator_message("c1", "sam", "1", "hi")
    assert got.status == "new" and got.events[0]["by"] == "sam"
    await desk.move("c1", "close", by="sam", code="advice_given")
    assert (await desk.operator_message("c1", "sam", "2", "hi")).status == "closed"
    assert (await desk.operator_message("c9", "sam", "1", "hi")).status == "unknown"


async def test_a_client_id_has_a_length(desk: Desk) -> None:
    """An id of thousands of characters is refused before it is stored."""
    await start(desk)
    with pytest.raises(ValueError, match="client id"):
        await say(desk, "x", client_id="k" * 1_000)


async def test_a_message_during_a_turn_waits_for_the_commit(desk: Desk) -> None:
    """A new message does not break the lease of the turn that is being thought about."""
    await start(desk)
    await say(desk, "one")
    taken = await take_turn(desk)
    await say(desk, "two")
    assert await desk.take(["turn"]) is None
    done = await answer(desk, taken, "re one")
    assert done.status == "ok" and not done.state.bot_idle
    assert [e["text"] for e in (await take_turn(desk)).pending] == ["two"]


async def test_a_message_stops_the_nudge(desk: Desk) -> None:
    """Whoever writes is not silent."""
    await start(desk)
    await say(desk, "one")
    await answer(desk, await take_turn(desk), "and where?")
    assert [d.kind for d in await desk.work("nudge")] == ["nudge"]
    await say(desk, "at home")
    assert await desk.work("nudge") == []


async def test_lines_keep_buttons_and_language(desk: Desk) -> None:
    """A safety line brings its buttons, language and response name."""
    await start(desk)
    buttons = [{"title": "I can't speak", "payload": "/cannot_speak"}]
    await say(desk, "x", lines=[line("999", type="safety", lang="pl", buttons=buttons)])
    stored = (await desk.events("c1"))[1]
    assert (stored["buttons"], stored["lang"], stored["says"]) == (buttons, "pl", "utter_test")
