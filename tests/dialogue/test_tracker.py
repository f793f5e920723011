"""Promises of the staging store: bounded, true to the stock store, and never half-saved."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path

import pytest
from rasa.core.tracker_store import check_if_tracker_store_async
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered

from bot.dialogue import events
from bot.dialogue.tracker import TURN, NoTurn, Staged, StagingTrackerStore
from tests.dialogue import tiny

INTENTS = (
    *("greet", "report", "report", "answer", "answer", "answer", "faq", "deny", "stop"),
    *("first", "second", "crime_report", "quiet", "human"),
)


def _kinds(blob: str) -> list[str]:
    return [item["event"] for item in json.loads(blob)["events"]]


def test_rasa_takes_the_store_as_asynchronous() -> None:
    """A store that Rasa calls synchronous would be wrapped and warned about."""
    assert check_if_tracker_store_async(StagingTrackerStore(Domain.empty()))


@pytest.mark.parametrize("loop", [["greet"], ["report", "faq", "answer", "answer"], ["deny"]])
def test_the_tracker_stays_small_over_200_turns(tiny_model: Path, loop: list[str]) -> None:
    """Turn 200 loads no more events than turn 20 did, for chat, form and slots."""

    async def chat() -> list[int]:
        agent = tiny.load(tiny_model, StagingTrackerStore(Domain.empty()))
        blob, sizes = None, []
        for number in range(200):
            blob, lines, _ = await tiny.staged_turn(agent, blob, "c", loop[number % len(loop)])
            assert lines
            sizes.append(len(_kinds(blob)))
            assert _kinds(blob).count("user") <= events.CUT_ABOVE
        return sizes

    sizes = asyncio.run(chat())
    assert max(sizes[100:]) <= max(sizes[:40]) + 5
    assert max(sizes) < 250


@pytest.mark.parametrize("seed", range(3))
def test_replies_and_slots_are_those_of_the_stock_store(tiny_model: Path, seed: int) -> None:
    """Random turns with a form, interruptions, a pause and restarts: nobody can tell the cut."""
    dice = random.Random(seed)
    turns = [dice.choice(INTENTS) for _ in range(45)]
    if seed % 2:
        at = dice.randrange(20, 40)
        turns[at : at + 1] = ["report", "pause", *["faq"] * 19, "restart", "report", "answer"]

    async def chat() -> None:
        stock = tiny.load(tiny_model)
        ours = tiny.load(tiny_model, StagingTrackerStore(Domain.empty()))
        blob, draft = None, None
        for number, intent in enumerate(turns):
            text = f"words {number}"
            wanted = await tiny.say(stock, "c", intent, text)
            blob, lines, staged = await tiny.staged_turn(ours, blob, "c", intent, text, draft)
            draft = staged.slots["draft"]
            assert lines == wanted, f"turn {number}: {turns[: number + 1]}"
            theirs = await stock.tracker_store.retrieve("c")
            mine = events.rebuild(
                ours.tracker_store._tracker_store.init_tracker("c"), json.loads(blob)["events"]
            )
            assert theirs is not None
            slots = {**mine.current_slot_values(), "draft": draft}
            assert slots == theirs.current_slot_values(), f"turn {number}: {turns[: number + 1]}"
            assert mine.active_loop_name == theirs.active_loop_name
            assert mine.is_active_loop_rejected == theirs.is_active_loop_rejected
            assert mine.is_paused() == theirs.is_paused()

    asyncio.run(chat())


def test_a_paused_chat_stays_small_too(tiny_model: Path) -> None:
    """While paused Rasa never listens again, so there is no listen to cut at."""

    async def chat() -> str:
        agent = tiny.load(tiny_model, StagingTrackerStore(Domain.empty()))
        blob, lines, _ = await tiny.staged_turn(agent, None, "c", "pause")
        for _ in range(60):
            blob, lines, _ = await tiny.staged_turn(agent, blob, "c", "greet")
            assert lines == []
        return blob

    assert _kinds(asyncio.run(chat())).count("user") <= events.CUT_ABOVE


def test_what_is_stored_holds_no_words(tiny_model: Path) -> None:
    """Neither the tracker nor its history keeps a text of the person or the bot, or the draft."""

    async def chat() -> tuple[str, Staged]:
        agent = tiny.load(tiny_model, StagingTrackerStore(Domain.empty()))
        staged = Staged("c")
        token = TURN.set(staged)
        try:
            for intent in ("greet", "crime_report"):
                staged.slots["desk"] = {"seq": 1}
                staged.slots["draft"] = {"account": ["MARKER"]}
                await tiny.say(agent, "c", intent, "MARKER")
        finally:
            TURN.reset(token)
        return staged.to_blob(), staged

    blob, staged = asyncio.run(chat())
    kept = blob + json.dumps(staged.history)
    assert "MARKER" not in kept and "Hello." not in kept
    assert "crime_report" in kept and "utter_greet" in kept
    assert staged.slots["draft"]["account"][-1] == {"seq": 1, "text": "MARKER"}


def test_history_holds_every_event_once(tiny_model: Path) -> None:
    """The cut shortens the state list only: the history of all turns is whole."""

    async def chat() -> list[dict[str, object]]:
        agent = tiny.load(tiny_model, StagingTrackerStore(Domain.empty()))
        blob, history = None, []
        for _ in range(40):
            blob, _, staged = await tiny.staged_turn(agent, blob, "c", "greet")
            history += staged.history
        return history

    history = asyncio.run(chat())
    assert sum(item["event"] == UserUttered.type_name for item in history) == 40
    assert sum(item["event"] == "session_started" for item in history) == 1


def test_after_a_failed_read_nothing_is_saved(tiny_model: Path) -> None:
    """Rasa goes on with an empty tracker after a failed read; it must not replace the real one."""

    async def chat() -> Staged:
        agent = tiny.load(tiny_model, StagingTrackerStore(Domain.empty()))
        broken = Staged("c", stored=[{"event": "no_such_event"}])
        token = TURN.set(broken)
        try:
            await tiny.say(agent, "c", "greet")
        finally:
            TURN.reset(token)
        return broken

    broken = asyncio.run(chat())
    assert broken.error == "ValueError"
    assert broken.saves == 0
    assert broken.stored == [{"event": "no_such_event"}] and broken.history == []


def test_the_empty_tracker_that_rasa_saves_first_stages_nothing() -> None:
    """Rasa creates a tracker by saving an empty one; that is no turn."""

    async def create() -> Staged:
        staged = Staged("c")
        token = TURN.set(staged)
        try:
            await StagingTrackerStore(Domain.empty()).create_tracker("c", False)
        finally:
            TURN.reset(token)
        return staged

    staged = asyncio.run(create())
    assert staged.stored == [] and staged.history == []


@pytest.mark.parametrize("open_turn", [None, Staged("another")])
def test_no_tracker_outside_its_turn(open_turn: Staged | None) -> None:
    """Without a turn, or in another conversation's, reading and saving are refused."""

    async def use() -> None:
        store = StagingTrackerStore(Domain.empty())
        token = TURN.set(open_turn)
        try:
            with pytest.raises(NoTurn):
                await store.retrieve("c")
            with pytest.raises(NoTurn):
                await store.save(store.init_tracker("c"))
        finally:
            TURN.reset(token)

    asyncio.run(use())
