"""Moves on the real server: one wins, the others get a sentence; every move is noted."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.desk import Desk, names
from bot.desk.lines import chain_breaks
from tests.desk.helpers import FakeClock, answer, line, notes, say, start, take_turn, texts

pytestmark = pytest.mark.asyncio


async def test_two_handlers_claim_at_once(desk: Desk) -> None:
    """Ten at once: one has it, nine get a plain sentence, one note."""
    await start(desk)
    await say(desk, "help", queue_why="person")
    who = [f"h{n}" for n in range(10)]
    got = await asyncio.gather(*(desk.move("c1", "claim", by=h) for h in who))
    (winner,) = [m for m in got if m.ok]
    lost = {m.problem for m in got if not m.ok}
    assert lost == {"A call handler already has this conversation."}
    assert winner.state is not None and winner.state.operator in who
    assert [n["by"] for n in await notes(desk) if n["says"] == "note.claim"] == [
        winner.state.operator
    ]


async def test_next_gives_each_handler_another_conversation(desk: Desk) -> None:
    """Three waiting, four ask for the next at once: three get one each, urgent first."""
    for name, danger in (("calm", "none"), ("urgent", "now"), ("check", "check")):
        await start(desk, name)
        await say(desk, "help", name, danger=danger, queue_why="person")
    got = await asyncio.gather(*(desk.next(f"h{n}") for n in range(4)))
    assert sorted(m.conversation for m in got if m.ok) == ["calm", "check", "urgent"]
    assert [m.problem for m in got if not m.ok] == ["Nobody is waiting."]


async def test_next_takes_the_most_urgent(desk: Desk) -> None:
    """The order of the queue decides, and the line is said in the same step."""
    for name, danger in (("calm", "none"), ("urgent", "now")):
        await start(desk, name)
        await say(desk, "help", name, danger=danger, queue_why="person")
    moved = await desk.next("sam", lines=[line("You are talking to Sam.", type="status")])
    assert moved.conversation == "urgent"
    assert (await texts(desk, "urgent"))[-1] == "You are talking to Sam."


async def test_every_move_leaves_a_staff_note(desk: Desk) -> None:
    """The notes are the source of the audit: who, what, from where, why."""
    await start(desk)
    await say(desk, "help", danger="now", queue_why="weapon")
    await desk.presence_beat("jo")
    assert (await desk.move("c1", "claim", by="operator:sam")).ok
    assert (await desk.move("c1", "lower_danger", by="sam", reason="a film set")).ok
    assert (await desk.move("c1", "edit", by="sam", fields={"location": "M1 1AA"})).ok
    assert (await desk.move("c1", "transfer", by="sam", to="jo", reason="break")).ok
    closed = await desk.move(
        "c1", "close", by="jo", code="advice_given", fields={"final_type": "other"}
    )
    assert closed.ok and closed.state is not None and closed.state.extra["final_type"] == "other"
    made = [n for n in await notes(desk) if n["sender"] == "operator"]
    assert [(n["says"], n["by"]) for n in made] == [
        ("note.claim", "sam"),
        ("note.lower_danger", "sam"),
        ("note.edit", "sam"),
        ("note.transfer", "sam"),
        ("note.close", "jo"),
    ]
    assert made[1]["move"]["danger_from"] == "now" and made[1]["move"]["reason"] == "a film set"
    assert made[2]["move"]["details"] == ["location"]
    assert "M1 1AA" not in json.dumps(made[2]), "the note names the detail, the draft holds it"
    assert made[3]["move"] == {
        "name": "transfer",
        "from": "operator:sam",
        "to": "jo",
        "reason": "break",
    }
    assert closed.state.peak == "now" and closed.state.danger == "none"


async def test_a_refused_move_changes_nothing(desk: Desk) -> None:
    """No note, no state, a sentence."""
    await start(desk)
    before = await desk.snapshot("c1")
    moved = await desk.move("c1", "release", by="sam")
    assert not moved.ok and moved.problem and moved.state is not None
    assert await desk.snapshot("c1") == before
    assert (
        await desk.move("nobody", "claim", by="sam")
    ).problem == "There is no such conversation."
    with pytest.raises(ValueError, match="abduct"):
        await desk.move("c1", "abduct", by="sam")


async def test_a_transfer_needs_somebody_there(timed: Desk, clock: FakeClock) -> None:
    """Nobody is given a conversation behind their back."""
    await start(timed)
    await timed.move("c1", "claim", by="sam")
    assert not (await timed.move("c1", "transfer", by="sam", to="jo")).ok
    await timed.presence_beat("jo", available=False)
    assert (await timed.move("c1", "transfer", by="sam", to="operator:jo")).ok
    await timed.move("c1", "release", by="jo")
    clock.pass_ms(60_001)
    await timed.move("c1", "claim", by="sam")
    assert not (await timed.move("c1", "transfer", by="sam", to="jo")).ok


async def test_release_goes_back_to_the_old_place(timed: Desk, clock: FakeClock) -> None:
    """First waiting time kept through claim and release."""
    for name in ("c1", "c2"):
        await start(timed, name)
        await say(timed, "help", name, queue_why="person")
        clock.pass_ms(1_000)
    await timed.move("c1", "claim", by="sam")
    clock.pass_ms(60_000)
    await timed.move("c1", "release", by="sam")
    assert [w.conversation for w in await timed.queue()] == ["c1", "c2"]


async def test_a_close_that_was_decided_on_an_older_log_is_refused(desk: Desk) -> None:
    """Silence closes; a word that comes at the same moment does not get shut out."""
    await start(desk)
    await say(desk, "one")
    moved = await desk.move("c1", "close", by="system", expected_length=0)
    assert not moved.ok and moved.problem == "The conversation has moved on. Look again first."
    assert (await desk.move("c1", "close", by="system", expected_length=1)).ok


async def test_closing_leaves_no_timer_but_the_archive(desk: Desk) -> None:
    """No nudge, no presence check, no turn for a closed conversation."""
    await start(desk)
    await say(desk, "one", danger="check")
    await desk.move("c1", "claim", by="sam")
    await desk.move("c1", "hold", by="sam")
    assert {d.kind for d in await desk.work()} == {"turn", "gone", "hold", "archive"}
    await desk.move("c1", "close", by="sam", code="advice_given")
    assert {d.kind for d in await desk.work()} == {"archive"}
    assert await desk.attended() == []


async def test_two_edits_at_once_both_stand(desk: Desk) -> None:
    """Edits are compare-and-set on the revision: none is lost."""
    await start(desk)
    await desk.move("c1", "claim", by="sam")
    many = [desk.move("c1", "edit", by="sam", fields={f"d{n}": str(n)}) for n in range(6)]
    assert all(m.ok for m in await asyncio.gather(*many))
    found = await desk.snapshot("c1")
    assert found is not None and sorted(found.draft["details"]) == [f"d{n}" for n in range(6)]
    assert found.rev == 6


async def test_an_edit_takes_only_names_of_details(desk: Desk) -> None:
    """A name is a short id."""
    await start(desk)
    await desk.move("c1", "claim", by="sam")
    with pytest.raises(ValueError, match="names of details"):
        await desk.move("c1", "edit", by="sam", fields={"Where? ": "x"})


async def test_a_move_cannot_smuggle_engine_fields(desk: Desk) -> None:
    """`fields` never writes the owner."""
    await start(desk)
    with pytest.raises(ValueError, match="owner"):
        await desk.move("c1", "claim", by="sam", fields={"owner": "bot"})


async def test_raise_to_now_queues(desk: Desk) -> None:
    """A raised danger behaves as one that was read."""
    await start(desk)
    moved = await desk.move("c1", "raise_danger", by="system", to="now", reason="answered yes")
    assert moved.state is not None and moved.state.owner == "queue"
    assert (moved.state.danger, moved.state.peak, moved.state.queued_danger) == ("now", "now", True)


async def test_reopen_brings_it_back_with_its_danger(desk: Desk) -> None:
    """Closed to queue, only with danger."""
    await start(desk)
    await desk.move("c1", "close", by="person")
    assert not (await desk.move("c1", "reopen", by="system")).ok
    moved = await desk.move("c1", "reopen", by="system", to="now", reason="new words")
    assert moved.state is not None and moved.state.owner == "queue" and moved.state.peak == "now"
    assert moved.state.queued_danger and moved.state.closed_at is None


async def test_what_was_not_handled_before_the_close_is_due_after_a_reopen(desk: Desk) -> None:
    """Closing took the turn off the list; opening puts it back."""
    await start(desk)
    await say(desk, "one")
    await desk.move("c1", "close", by="system")
    assert await desk.work("turn") == []
    await desk.move("c1", "reopen", by="system", to="check")
    assert [e["text"] for e in (await take_turn(desk)).pending] == ["one"]


async def test_lost_contact_from_the_bot_queues(desk: Desk) -> None:
    """Drop-out with a check open: a person must look."""
    await start(desk)
    await say(desk, "he might come", danger="check")
    moved = await desk.move("c1", "lost", by="person", reason="quick exit")
    assert moved.state is not None and moved.state.owner == "queue" and moved.state.lost
    assert moved.state.queue_why == "quick exit"
    assert [d.kind for d in await desk.work("lost")] == ["lost"]
    assert (await desk.move("c1", "found", by="sam")).ok
    assert await desk.work("lost") == []


async def test_a_note_is_kept_for_the_audit(desk: Desk) -> None:
    """A read by a handler is a staff entry, and is archived."""
    await start(desk)
    await desk.cancel("archive", "c1")
    assert await desk.note("c1", by="sam", text="Read the report.", says="note.read")
    assert [(n["by"], n["says"], n["sender"]) for n in await notes(desk)] == [
        ("sam", "note.read", "operator")
    ]
    assert [d.kind for d in await desk.work()] == ["archive"]
    assert not await desk.note("nobody", by="sam", text="x", says="note.read")


async def test_blanking_takes_the_words_and_leaves_numbers_and_chain(desk: Desk) -> None:
    """No trace of the words in any key of the conversation; the chain still verifies."""
    await start(desk)
    secret = "PLANTEDMARKER"
    cue = {"name": "weapon", "words": secret, "seq": 1, "meaning": secret}
    await say(
        desk,
        f"my name is {secret}",
        client_id="k1",
        reading={"cues": [cue], "language": "en"},
        payload=f"/x{secret}",
        changes={"cues": [cue]},
    )
    taken = await take_turn(desk)
    held = {"said": secret, "value": secret, "source": "said", "seq": 1}
    draft = {**taken.draft, "details": {"contact_name": held, "when": {**held, "seq": 9}}}
    draft["account"] = [{"seq": 1, "text": secret}]
    draft["details"]["when"]["said"] = draft["details"]["when"]["value"] = "today"
    await answer(desk, taken, "Thanks", draft=draft, tracker=f'"{secret}"', history=[f'"{secret}"'])

    assert await desk.blank("c1", [1], by="sam", reason="the person asked") == 1
    entries = await desk.events("c1")
    assert entries[0]["text"] == names.TOMBSTONE and entries[0]["blanked"] is True
    assert [e["seq"] for e in entries] == [1, 2, 3] and entries[1]["text"] == "Thanks"
    assert chain_breaks(await desk.raw_log("c1")) == []
    found = await desk.snapshot("c1")
    assert found is not None and list(found.draft["details"]) == ["when"]
    assert found.state.cues[0]["name"] == "weapon"
    raw = [await desk.raw_log("c1"), await desk.history("c1"), await desk.read("c1")]
    assert secret not in json.dumps(raw)
    for key in await desk.client.keys("*"):
        if key.startswith(desk.prefix) and await desk.client.type(key) == "string":
            assert secret not in await desk.client.get(key)
    assert (await say(desk, f"my name is {secret}", client_id="k1")).status == "same"


async def test_forgetting_leaves_no_key(desk: Desk) -> None:
    """Retention: nothing of a conversation stays in the live desk but counts."""
    await start(desk)
    await say(desk, "one", danger="now")
    await answer(desk, await take_turn(desk), "a", tracker="{}", history=["{}"])
    await desk.forget("c1")
    left = [k for k in await desk.client.keys("*") if k.startswith(desk.prefix)]
    assert left == [desk.key(names.COUNTERS)]
    assert await desk.snapshot("c1") is None


async def test_guard_sees_the_lines_of_a_move(desk: Desk) -> None:
    """Machine lines said with a move go through the guard too."""
    await start(desk)
    moved = await desk.move(
        "c1", "claim", by="sam", lines=[line("1234")], guard=lambda text, exempt: ("-", [text])
    )
    assert moved.ok and (await texts(desk))[-1] == "-"
    assert (await desk.counters())[names.COUNT_GUARDED] == 1
