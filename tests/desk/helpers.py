"""Shared by the desk's tests: a clock that moves when told, shorthand, a stub dialogue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.desk import Committed, Desk, Receipt, Taken

START = 1_795_000_000_000  # any moment; ms UTC


class FakeClock:
    """Milliseconds that pass only when a test says so."""

    def __init__(self, start: int = START) -> None:
        self.now = start

    def __call__(self) -> int:
        return self.now

    def pass_ms(self, ms: int) -> None:
        """Lets time go by."""
        self.now += ms


async def start(desk: Desk, conversation: str = "c1", **fields: Any) -> str:
    """A conversation with an empty draft."""
    await desk.create(conversation, fields, {"stage": "idle", "details": {}})
    return conversation


async def say(desk: Desk, text: str, conversation: str = "c1", **more: Any) -> Receipt:
    """The person writes; the client id is the text unless given."""
    more.setdefault("client_id", text)
    return await desk.receive(conversation, text=text, **more)


def line(text: str, **more: Any) -> dict[str, Any]:
    """One line of the bot."""
    return {"text": text, "says": "utter_test", **more}


async def take_turn(desk: Desk, lease_ms: int = 1_000) -> Taken:
    """Takes the turn that must be there."""
    taken = await desk.take(["turn"], lease_ms, "test")
    assert taken is not None, "a turn is due"
    return taken


async def answer(desk: Desk, taken: Taken, *texts: str, **more: Any) -> Committed:
    """Commits a turn that handled all that was pending."""
    more.setdefault("draft", taken.draft)
    more.setdefault("cursor", taken.pending[-1]["seq"])
    return await desk.commit(taken, lines=[line(text) for text in texts], **more)


async def texts(desk: Desk, conversation: str = "c1", sender: str | None = None) -> list[str]:
    """The texts of a log, or of one sender, in order."""
    entries = await desk.events(conversation, 0, 10_000)
    return [e["text"] for e in entries if sender is None or e["sender"] == sender]


async def notes(desk: Desk, conversation: str = "c1") -> list[dict[str, Any]]:
    """The staff entries of a log."""
    return [e for e in await desk.events(conversation, 0, 10_000) if e["audience"] == "staff"]


def stub_turn(taken: Taken, most: int = 1_000) -> dict[str, Any]:
    """What a dialogue would commit: one reply a message, a count, one reference at "send"."""
    handled = taken.pending[:most]
    draft = {**taken.draft, "count": taken.draft.get("count", 0) + len(handled)}
    lines = [line(f"reply to {entry['seq']}: {entry['text']}") for entry in handled]
    fields: dict[str, Any] = {"stage": "report"}
    if any(entry["text"] == "send" for entry in handled):
        # A new one each time it is worked out, to see that only one is ever given.
        draft["reference"] = fields["reference"] = f"{draft['reference_next']}-{taken.turn}"
    return {
        "lines": lines,
        "draft": draft,
        "tracker": json.dumps({"events": draft["count"]}),
        "history": [json.dumps({"seq": entry["seq"]}) for entry in handled],
        "cursor": handled[-1]["seq"],
        "fields": fields,
    }


def replies_in_order(entries: Sequence[dict[str, Any]]) -> list[str]:
    """What is wrong with a log of the stub: replies missing, doubled or out of order."""
    asked = [f"reply to {e['seq']}: {e['text']}" for e in entries if e["sender"] == "person"]
    got = [e["text"] for e in entries if e["sender"] == "bot" and e["type"] == "message"]
    wrong = [] if got == asked else [f"{len(asked)} asked, {len(got)} answered, or out of order"]
    numbers = [e["seq"] for e in entries]
    if numbers != list(range(1, len(entries) + 1)):
        wrong.append("numbers have gaps")
    return wrong
