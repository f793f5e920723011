"""Promises of the worker: one reply a message, silence where it is due, and plain failure."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain

from bot.desk import Desk
from bot.dialogue import turn
from bot.dialogue.tracker import StagingTrackerStore
from bot.dialogue.worker import Worker
from tests.dialogue import tiny


@pytest.fixture(scope="module")
def agent(tiny_model: Path) -> Agent:
    """The small bot over our store, in this process."""
    return tiny.load(tiny_model, StagingTrackerStore(Domain.empty()))


@pytest_asyncio.fixture
async def worker(agent: Agent, desk: Desk) -> AsyncIterator[Worker]:
    """A running worker."""
    made = Worker(agent, desk, "test")
    made.start()
    yield made
    await made.stop()


async def begin(desk: Desk, conversation: str = "c", **fields: Any) -> None:
    """A conversation with an empty draft."""
    await desk.create(conversation, fields, {"stage": "idle", "asking": None, "account": []})


async def send(desk: Desk, intent: str, text: str, conversation: str = "c", **more: Any) -> int:
    """A person's message as the gateway stores it; its number."""
    receipt = await desk.receive(
        conversation, client_id=text, text=text, reading=tiny.reading(intent), **more
    )
    assert receipt.accepted
    return receipt.seq


async def settle(desk: Desk, conversation: str = "c") -> None:
    """Wait until every message of the conversation is handled."""
    for _ in range(500):
        found = await desk.snapshot(conversation)
        assert found is not None
        if found.state.cursor >= found.state.last_person_seq:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the turn was never committed")


async def said(desk: Desk, conversation: str = "c") -> list[str]:
    """What the bot said, in order."""
    return [e["text"] for e in await desk.events(conversation) if e["sender"] == "bot"
            and e["audience"] == "all"]  # fmt: skip


async def test_a_message_gets_its_reply_once(worker: Worker, desk: Desk) -> None:
    """The reply, with its response name and language, the draft and the cursor are there."""
    await begin(desk)
    seq = await send(desk, "crime_report", "my bike is gone")
    await settle(desk)
    events = await desk.events("c")
    assert [(e["sender"], e["text"]) for e in events] == [
        ("person", "my bike is gone"),
        ("bot", "Noted 1."),
    ]
    assert (events[1]["says"], events[1]["lang"]) == ("noted", "en")
    found = await desk.snapshot("c")
    assert found is not None and found.state.bot_idle
    assert found.draft["account"] == [{"seq": seq, "text": "my bike is gone"}]


async def test_the_draft_of_the_desk_reaches_the_next_turn(worker: Worker, desk: Desk) -> None:
    """Actions get the draft from the desk each time, and an edit between turns stays."""
    await begin(desk)
    for number in (1, 2, 3):
        await send(desk, "crime_report", f"message {number}")
        await settle(desk)
    assert await said(desk) == ["Noted 1.", "Noted 2.", "Noted 3."]


async def test_the_stage_of_the_draft_is_the_stage_of_the_stories(
    worker: Worker, desk: Desk, agent: Agent
) -> None:
    """Draft and stage reach the first message too, and may move on without Rasa."""
    await desk.create("c", {}, {"stage": "report"})
    await send(desk, "crime_report", "it was red")
    await settle(desk)
    call = agent.processor.action_endpoint.calls[-1]  # type: ignore[union-attr]  # tiny.Actions
    assert call["tracker"]["slots"]["stage"] == "report"
    found = await desk.snapshot("c")
    assert found is not None and found.draft["reference_next"]


async def test_messages_that_wait_are_answered_in_order(agent: Agent, desk: Desk) -> None:
    """Two messages before the worker comes make one turn with two replies."""
    await begin(desk)
    await send(desk, "greet", "hello")
    await send(desk, "faq", "when are you open")
    taken = await desk.take(["turn"])
    assert taken is not None
    assert await Worker(agent, desk, "test").work(taken) == "ok"
    assert await said(desk) == ["Hello.", "Here is an answer."]


async def test_twenty_conversations_and_two_workers(
    worker: Worker, desk: Desk, agent: Agent
) -> None:
    """Each of sixty messages gets its own reply once, each conversation in order."""
    other = Worker(agent, desk, "other")
    other.start()

    async def chat(name: str) -> list[str]:
        await begin(desk, name)
        for number in range(3):
            await send(desk, "crime_report", f"{name} {number}", name)
        await settle(desk, name)
        return await said(desk, name)

    replies = await asyncio.gather(*(chat(f"c{n}") for n in range(20)))
    await other.stop()
    assert replies == [["Noted 1.", "Noted 2.", "Noted 3."]] * 20
    assert worker.counts["commit_ok"] and other.counts["commit_ok"]


async def test_a_reply_does_not_wait_for_the_poll(worker: Worker, desk: Desk) -> None:
    """The wake channel starts the turn, not the poll of once a second."""
    await begin(desk)
    await send(desk, "greet", "one")
    await settle(desk)
    times = []
    for number in range(5):
        await asyncio.sleep(0.05)
        start = time.monotonic()
        await send(desk, "greet", f"hello {number}")
        await settle(desk)
        times.append(time.monotonic() - start)
    assert sorted(times)[2] < 0.5


async def test_typed_commands_are_ordinary_text(worker: Worker, desk: Desk) -> None:
    """A typed /restart is read like any words and restarts nothing."""
    await begin(desk)
    await send(desk, "crime_report", "first")
    await settle(desk)
    await send(desk, "crime_report", "/restart")
    await send(desk, "crime_report", '/greet{"colour": "red"}')
    await settle(desk)
    assert await said(desk) == ["Noted 1.", "Noted 2.", "Noted 3."]
    kinds = [json.loads(item)["event"] for item in await desk.history("c")]
    assert "restart" not in kinds
    found = await desk.snapshot("c")
    assert found is not None and found.draft["account"][1]["text"] == "/restart"


async def test_a_button_is_its_own_intent(worker: Worker, desk: Desk) -> None:
    """A payload that was offered decides, whatever its title was read as."""
    await begin(desk)
    await send(desk, "social", "Opening times", payload="/faq")
    await settle(desk)
    assert await said(desk) == ["Here is an answer."]


@pytest.mark.parametrize("intent", ["crash", "half"])
async def test_a_failed_action_is_said_plainly(
    worker: Worker, desk: Desk, agent: Agent, intent: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Two tries, then one plain line and the queue; half a reply is never shown."""
    await begin(desk)
    before = agent.processor.action_endpoint.crashes  # type: ignore[union-attr]  # tiny.Actions
    caplog.clear()
    await send(desk, intent, "MARKER of a person")
    await settle(desk)
    assert agent.processor.action_endpoint.crashes - before == 2  # type: ignore[union-attr]  # tiny.Actions
    assert len(await said(desk)) == 1
    found = await desk.snapshot("c")
    assert found is not None and found.state.owner == "queue"
    assert "MARKER" not in "".join(r.message for r in caplog.records if r.name.startswith("bot"))


async def test_no_line_and_no_mark_is_a_failure(worker: Worker, desk: Desk) -> None:
    """Rasa ignores messages while paused: that is no answer."""
    await begin(desk)
    await send(desk, "pause", "pause")
    await settle(desk)
    await send(desk, "greet", "hello?")
    await settle(desk)
    assert await said(desk) == ["Paused.", worker._trouble_line(False)["text"]]


async def test_a_turn_marked_silent_is_done(worker: Worker, desk: Desk) -> None:
    """The mark of an action that means to say nothing: no line, no failure."""
    await begin(desk)
    await send(desk, "quiet", "thanks")
    await settle(desk)
    assert await said(desk) == []
    assert worker.counts["tries_failed"] == 0
    found = await desk.snapshot("c")
    assert found is not None and found.state.owner == "bot"


async def test_under_an_operator_the_bot_only_listens(
    worker: Worker, desk: Desk, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Details are filled from what the person writes; Rasa is not asked and nothing is said."""

    def fill(
        draft: dict[str, Any], reading: Any, text: str, asked: Any, seq: int, now: Any
    ) -> dict[str, Any]:
        return {**draft, "account": [*draft["account"], {"seq": seq, "text": text}]}

    monkeypatch.setattr(turn, "fill", fill)
    await begin(desk)
    await desk.presence_beat("op1")
    assert (await desk.move("c", "claim", by="op1")).ok
    calls = len(agent.processor.action_endpoint.calls)  # type: ignore[union-attr]  # tiny.Actions
    seq = await send(desk, "crime_report", "it was red")
    await settle(desk)
    assert await said(desk) == []
    assert len(agent.processor.action_endpoint.calls) == calls  # type: ignore[union-attr]  # tiny.Actions
    found = await desk.snapshot("c")
    assert found is not None
    assert found.draft["account"] == [{"seq": seq, "text": "it was red"}]


async def test_the_question_of_the_gateway_is_known_to_the_actions(
    worker: Worker, desk: Desk, agent: Agent
) -> None:
    """`safety_asked` is set for the message in whose step the gateway asked, and only for it."""
    await begin(desk)
    await send(desk, "crime_report", "one", lines=[{"text": "Are you safe?", "says": "safe_now"}])
    await settle(desk)
    await send(desk, "crime_report", "two", lines=[{"text": "Ring 999.", "says": "told_999"}])
    await settle(desk)
    calls = agent.processor.action_endpoint.calls[-2:]  # type: ignore[union-attr]  # tiny.Actions
    assert [c["tracker"]["slots"]["desk"]["safety_asked"] for c in calls] == [True, False]
    assert calls[0]["tracker"]["slots"]["desk"]["now"].endswith("Z")


async def test_what_an_action_wants_is_done_once(worker: Worker, desk: Desk) -> None:
    """A move asked for in the draft is made by the commit and cleared."""
    await begin(desk)
    await send(desk, "crime_report", "queue me")
    await settle(desk)
    found = await desk.snapshot("c")
    assert found is not None and found.state.owner == "queue"
    assert found.state.queue_why == "asked for a person"
    assert "wants" not in found.draft


async def test_the_open_question_is_the_latest_one(worker: Worker, desk: Desk) -> None:
    """The bot's question is `asking`; a safety question that it does not answer over stays."""
    await begin(desk)
    await send(desk, "crime_report", "ask me")
    await settle(desk)
    found = await desk.snapshot("c")
    assert found is not None and found.state.asking == "location"
    open_now = {"asking": "safe_now", "safety_asking": "safe_now"}
    await send(desk, "crime_report", "he has a knife", changes=open_now)
    await settle(desk)
    found = await desk.snapshot("c")
    assert found is not None and found.state.asking == "safe_now"


async def test_a_machine_line_with_an_unknown_number_is_cleaned(
    worker: Worker, desk: Desk, agent: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every line of a turn goes through the number guard."""
    assert agent.domain is not None
    hello = [{"text": "Ring 0161 496 0000."}]
    monkeypatch.setitem(agent.domain.responses, "utter_greet", hello)
    await begin(desk)
    await send(desk, "greet", "hello")
    await settle(desk)
    assert "496" not in (await said(desk))[0]


async def test_a_stopped_worker_takes_nothing_more(agent: Agent, desk: Desk) -> None:
    """After stop a message waits for another worker."""
    await begin(desk)
    made = Worker(agent, desk, "test")
    made.start()
    assert made.alive
    await made.stop()
    await send(desk, "greet", "hello")
    await asyncio.sleep(0.2)
    assert await said(desk) == []
    assert not made.alive
