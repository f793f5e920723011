"""One turn: the person's messages since the last one, through Rasa, to one commit's worth.

Nothing here writes. `handle` returns what the worker commits; a turn that raises or that says
nothing without meaning to is a failed try.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.dialogue.intent import parse_data
from bot.dialogue.replies import Collector, Line
from bot.dialogue.tracker import TURN, Staged
from bot.report.fill import fill
from bot.triage.reading import Reading

if TYPE_CHECKING:
    from bot.desk.engine import State, Taken

SAFETY_QUESTIONS = ("safe_now", "safe_to_chat", "where_now")
Event = dict[str, Any]
Draft = dict[str, Any]


class TurnFailed(RuntimeError):
    """Rasa did not handle the message; the text says how, without words of the person."""


@dataclass(frozen=True)
class Outcome:
    """What the commit of a turn writes (docs/seams.md section 7)."""

    lines: list[Line]
    draft: Draft
    tracker: str | None
    history: list[str]
    cursor: int
    fields: dict[str, Any] = field(default_factory=dict)
    wants: dict[str, Any] = field(default_factory=dict)


def bot_is_silent(state: State) -> bool:
    """True when the bot only listens: a handler owns it, it is closed, or typing is not safe."""
    return state.operator is not None or state.closed or state.silenced


async def handle(
    agent: Agent, taken: Taken, log: Sequence[Event] = (), on_duty: bool = True
) -> Outcome:
    """Put every pending message of `taken` through Rasa. Raises TurnFailed or what Rasa raises.

    `log` holds the entries since the first pending message, with what the gateway said.
    """
    if not agent.is_ready() or agent.processor is None or agent.domain is None:
        raise TurnFailed("no model is loaded")
    staged = Staged.from_blob(taken.conversation, taken.tracker)
    collector = Collector(_language(taken))
    token = TURN.set(staged)
    try:
        if not staged.stored:
            # The session starts by itself, so that the slots of the turn are set after it.
            await agent.tracker_store.save(
                await agent.processor.fetch_tracker_with_initial_session(
                    taken.conversation, collector
                )
            )
        # Only now: a session that starts would leave their initial values here.
        staged.slots = {
            "draft": copy.deepcopy(taken.draft),
            # Follows the draft, which also changes without Rasa (under a handler).
            "stage": taken.draft.get("stage") or "idle",
        }
        for event in taken.pending:
            staged.slots["desk"] = desk_slot(taken, event, log, on_duty)
            await _one(agent, taken, event, staged, collector)
    finally:
        TURN.reset(token)
    return _outcome(taken, staged, collector.lines)


async def _one(agent: Agent, taken: Taken, event: Event, staged: Staged, into: Collector) -> None:
    """One message; its own replies must be there, not only those of the message before it."""
    assert agent.processor is not None and agent.domain is not None
    one, saves = Collector(_language(taken)), staged.saves
    message = UserMessage(
        text=event["text"],
        output_channel=one,
        sender_id=taken.conversation,
        parse_data=parse_data(
            event["text"], event.get("reading"), event.get("payload"), agent.domain.intents
        ),
        input_channel=one.name(),
        message_id=str(event["seq"]),
    )
    # Not agent.handle_message: its ticket lock polls once a second, and the lease of this turn
    # already keeps the conversation to itself.
    await agent.processor.handle_message(message)
    if staged.error is not None:
        raise TurnFailed(staged.error)
    if staged.saves == saves:
        raise TurnFailed("the tracker was not saved")
    if not one.answered:
        raise TurnFailed("nothing was said")
    into.lines += one.lines


def listen(taken: Taken) -> Outcome:
    """Fill details from the pending messages without Rasa and without a word (design section 5)."""
    draft = copy.deepcopy(taken.draft)
    for event in taken.pending:
        if event.get("reading"):
            reading, asked = Reading.from_json(event["reading"]), draft.get("asking")
            now = datetime.fromtimestamp(event["ts"] / 1000, timezone.utc)
            draft = fill(draft, reading, event["text"], asked, event["seq"], now)
    draft.pop("wants", None)
    return Outcome([], draft, taken.tracker, [], last_seq(taken), fields(draft))


def trouble(taken: Taken, line: Line, why: str) -> Outcome:
    """What is written when both tries failed: one plain line and a place in the queue."""
    wants = {"queue": {"why": why, "level": "cannot_handle"}}
    return Outcome([line], taken.draft, taken.tracker, [], last_seq(taken), {}, wants)


def last_seq(taken: Taken) -> int:
    """The cursor after this turn: the last log entry that it saw."""
    return max((int(event["seq"]) for event in taken.pending), default=int(taken.state.cursor))


def desk_slot(taken: Taken, event: Event, log: Sequence[Event], on_duty: bool) -> dict[str, Any]:
    """The slot `desk` of one message (docs/seams.md section 5); times are the message's own."""
    state, reading = taken.state, event.get("reading") or {}
    return {
        "seq": event["seq"],
        "now": iso(event["ts"]),
        "owner": state.owner,
        "danger": state.danger,
        "peak": state.peak,
        "check_answer": state.check_answer,
        "protected": bool(state.protected),
        "on_duty": on_duty,
        "deaf": bool(state.deaf),
        "child": bool(state.child),
        "suspect": bool(state.suspect),
        "language": state.language,
        "told_999": state.told_999,
        "queued": bool(state.queued),
        "safety_asked": safety_asked(log, int(event["seq"])),
        "safety_said": any(safety_lines(log, int(event["seq"]))),
        "retraction": reading.get("act") == "retract",
    }


def iso(milliseconds: int) -> str:
    """A time of the desk (whole ms, UTC) as ISO 8601 with milliseconds and Z."""
    moment = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def safety_asked(log: Sequence[Event], seq: int) -> bool:
    """True when the gateway asked its own question in the step of message `seq`.

    Every line that asks ends in a question mark (design section 8).
    """
    return any(text.rstrip().endswith("?") for text in safety_lines(log, seq))


def safety_lines(log: Sequence[Event], seq: int) -> Iterator[str]:
    """What the gateway said in the step of message `seq`."""
    for event in log:
        if int(event["seq"]) <= seq:
            continue
        if event.get("sender") == "person":
            return
        if event.get("type") == "safety":
            yield str(event.get("text", ""))


def fields(draft: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the state that follow the draft; those it does not know stay as they are."""
    named = {
        "stage": draft.get("stage"),
        "route": draft.get("route"),
        "subtype": draft.get("type"),
        "incident_type": draft.get("incident_type"),
        "reference": draft.get("reference"),
    }
    return {name: value for name, value in named.items() if value is not None}


def _outcome(taken: Taken, staged: Staged, lines: list[Line]) -> Outcome:
    draft = staged.slots["draft"]
    draft = dict(draft) if isinstance(draft, dict) else copy.deepcopy(taken.draft)
    wants = draft.pop("wants", None) or {}
    history = [json.dumps(item, separators=(",", ":")) for item in staged.history]
    changed = fields(draft)
    asks = any(line["text"].rstrip().endswith("?") for line in lines)
    if asks or not taken.state.safety_asking:
        # Else the gateway's own question is the latest one and stays open.
        changed["asking"] = asking = draft.get("asking")
        # The gateway reads the answer to a safety question whoever put it.
        changed["safety_asking"] = asking if asking in SAFETY_QUESTIONS else None
    return Outcome(lines, draft, staged.to_blob(), history, last_seq(taken), changed, dict(wants))


def _language(taken: Taken) -> str:
    return str(taken.state.language or "en")
