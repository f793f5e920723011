"""The life of one message of the public (design section 5, steps 1 to 5).

Whatever happens on the way, a message that passed the checks is stored: a reader that
throws or hangs makes it `check`, a safety step that throws makes it at least `check` and
puts the conversation before a person. Both are counted.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

from bot.content import safety as content
from bot.desk import Desk, Receipt, Snapshot
from bot.triage import safety
from bot.triage.reading import Reading
from bot.triage.safety_answers import pressed
from bot.web import config
from bot.web.errors import Problem
from bot.web.keys import Reads
from bot.web.metrics import Metrics
from bot.web.words import line_of

log = logging.getLogger("bot.web")

Json = dict[str, Any]
_CLIENT_ID = re.compile(rf"[A-Za-z0-9._:-]{{1,{config.MAX_CLIENT_ID}}}")
LOCATION = "/location"
SAFETY_QUESTIONS = frozenset(
    ("ask_safe_now", "self_hurt_now", "ask_safe_to_chat", "ask_where_now", "ask_where_them")
)
# Below this the reader has no firm idea; with a risk cue beside it a person decides (section 4).
LOW_CONFIDENCE = 0.5
# Why a person is needed at once, by what the safety step has latched; the first that fits.
_WHY = {
    "suspect": "may be writing about an offence of their own",
    "suicide": "may be thinking of suicide",
    "protected": "protected",
    "child": "a child is writing",
}


@dataclass(frozen=True)
class Send:
    """A message as it came, checked: text without lone surrogates, up to 10,000 characters."""

    client_id: str
    text: str
    payload: str | None


def parse(body: object) -> Send:
    """Check the body of a POST. Raises `Problem`: field_wrong, text_empty, text_too_long."""
    if not isinstance(body, dict):
        raise Problem("field_wrong", field="body")
    client_id, text = body.get("client_id"), body.get("text", "")
    payload = body.get("payload")
    if not isinstance(client_id, str) or not _CLIENT_ID.fullmatch(client_id):
        raise Problem("field_wrong", field="client_id")
    if not isinstance(text, str):
        raise Problem("field_wrong", field="text")
    if payload is not None and (not isinstance(payload, str) or len(payload) > 500):
        raise Problem("field_wrong", field="payload")
    if len(text) > config.MAX_TEXT:
        raise Problem("text_too_long", limit=config.MAX_TEXT, length=len(text))
    text = text.encode("utf-8", "replace").decode("utf-8")
    if payload is not None and payload.startswith(LOCATION):
        payload, text = location(payload)
    if not text.strip():
        raise Problem("text_empty")
    return Send(client_id, text, payload or None)


def location(payload: str) -> tuple[str, str]:
    """A shared position: the payload in one form, and the words that stand for it in the log.

    `/location{"lat": degrees, "lon": degrees, "accuracy": metres}`, or `/location` alone when
    the person or the device said no. Raises `Problem`.
    """
    if payload == LOCATION:
        return LOCATION, "I can't share my location."
    try:
        given = json.loads(payload[len(LOCATION) :])
        lat, lon, accuracy = (float(given[name]) for name in ("lat", "lon", "accuracy"))
    except (ValueError, TypeError, KeyError):
        raise Problem("field_wrong", field="payload") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= accuracy < 1e7):
        raise Problem("field_wrong", field="payload")
    metres = max(1, round(accuracy))
    sent = json.dumps({"lat": round(lat, 6), "lon": round(lon, 6), "accuracy": metres})
    return LOCATION + sent, f"My location: {lat:.5f}, {lon:.5f} (to within {metres} metres)."


def offered(payload: str, entries: Sequence[Json]) -> bool:
    """Was this button shown in the conversation? A location fills in the offered `/location`."""
    wanted = LOCATION if payload.startswith(LOCATION) else payload
    return any(
        button.get("payload") == wanted
        for entry in entries
        if entry.get("sender") != "person"
        for button in entry.get("buttons") or ()
    )


def answers_safety(payload: str | None) -> bool:
    """Is this a press of yes, no or not sure under a safety question?"""
    return payload is not None and payload.startswith("/safe_")


def recent(entries: Sequence[Json]) -> tuple[str, ...]:
    """The person's last sends, oldest first: one thought may be split over them."""
    said = [entry["text"] for entry in entries if entry.get("sender") == "person"]
    return tuple(said[-config.RECENT_SENDS :])


def asked_again(entries: Sequence[Json]) -> bool:
    """Is the newest safety question on the page already in its second wording?"""
    for entry in reversed(entries):
        says, text = entry.get("says"), entry.get("text", "")
        if entry.get("sender") == "person" or says not in SAFETY_QUESTIONS:
            continue
        return bool(text == content.again(says) and text != content.text(says))
    return False


class Intake:
    """Takes messages in. One for each gateway."""

    def __init__(self, desk: Desk, reader: Reads, metrics: Metrics, threads: Executor) -> None:
        self._desk = desk
        self._reader = reader
        self._metrics = metrics
        self._threads = threads

    async def take(self, conversation: str, send: Send, seen: Snapshot | None = None) -> Receipt:
        """Read, judge and store one message. Raises `Problem` for every refusal.

        `seen` is the conversation as the caller has just read it.
        """
        for reread in range(config.REREADS + 1):
            snapshot = await self._snapshot(conversation) if seen is None or reread else seen
            entries = await self._window(conversation, snapshot, send)
            if send.payload and not offered(send.payload, entries):
                self._metrics.messages.labels("not_offered").inc()
                raise Problem("payload_not_offered")
            reading = await self._read(snapshot, entries, send)
            again = asked_again(entries)
            receipt = await self._receive(conversation, snapshot, send, reading, again=again)
            if receipt.status != "grown":
                return self._settle(receipt)
            if reread < config.REREADS:
                self._metrics.reread.inc()
        return self._settle(await self._insist(conversation, send, reading, again))

    async def _insist(
        self, conversation: str, send: Send, reading: Reading, again: bool
    ) -> Receipt:
        """The log goes on growing under us: store it, judged against the newest state."""
        snapshot = await self._snapshot(conversation)
        return await self._receive(
            conversation, snapshot, send, reading, again=again, whatever=True
        )

    async def _snapshot(self, conversation: str) -> Snapshot:
        snapshot = await self._desk.snapshot(conversation)
        if snapshot is None:
            raise Problem("conversation_unknown")
        return snapshot

    async def _window(self, conversation: str, snapshot: Snapshot, send: Send) -> list[Json]:
        span = config.OFFER_ENTRIES if send.payload else config.RECENT_ENTRIES
        return await self._desk.events(conversation, max(0, snapshot.length - span), limit=span)

    async def _read(self, snapshot: Snapshot, entries: Sequence[Json], send: Send) -> Reading:
        """`triage.read` in a thread. Never raises and never waits longer than the limit."""
        state = snapshot.state
        asked = state.asking or state.safety_asking
        if answers_safety(send.payload):
            asked = state.safety_asking
        loop = asyncio.get_running_loop()
        try:
            reading = await asyncio.wait_for(
                loop.run_in_executor(
                    self._threads, self._reader.read, send.text, asked, recent(entries)
                ),
                config.READ_TIMEOUT_S,
            )
        except Exception as error:
            log.error("reading failed: %s", type(error).__name__)
            reading = Reading.failure("unread")
        if reading.failed:
            self._metrics.reading_failed.inc()
        # A button's title is ours: what it means is known by its question.
        return pressed(reading) if send.payload else reading

    async def _receive(
        self,
        conversation: str,
        snapshot: Snapshot,
        send: Send,
        reading: Reading,
        *,
        again: bool,
        whatever: bool = False,
    ) -> Receipt:
        step = self._step(snapshot, send, reading, await self._desk.on_duty(), again)
        receipt = await self._desk.receive(
            conversation,
            client_id=send.client_id,
            text=send.text,
            payload=send.payload,
            reading=reading.to_json(),
            lines=[line_of(line) for line in step.lines],
            changes={**learnt(snapshot, reading), **step.changes},
            danger=step.danger,
            expected_length=None if whatever else snapshot.length,
            queue_why=queue_why(snapshot, reading, step),
        )
        if receipt.status == "new":
            self._metrics.danger.labels(step.danger).inc()
            for line in step.lines:
                self._metrics.safety_lines.labels(line.says).inc()
        return receipt

    def _step(
        self, snapshot: Snapshot, send: Send, reading: Reading, on_duty: bool, again: bool
    ) -> safety.SafetyStep:
        state = snapshot.state
        if answers_safety(send.payload) and state.safety_asking:
            # A button belongs to its question, whatever the assistant has asked since.
            state = replace(state, asking=state.safety_asking)
        try:
            return safety.step(state, reading, send.text, send.payload, on_duty, asked_again=again)
        except Exception as error:
            log.error("safety step failed: %s", type(error).__name__)
            self._metrics.safety_failed.inc()
            danger = reading.danger if reading.danger != "none" else "check"
            if danger != "now" or state.silenced:
                return safety.SafetyStep(lines=(), changes={}, danger=danger, silence=False)
            # Whatever broke: somebody in danger is told of 999 in the same step.
            says = content.variant("tell_999_full", deaf=state.deaf, protected=state.protected,
                                   child=state.child, on_duty=on_duty)  # fmt: skip
            return safety.SafetyStep(
                (safety.SafetyLine(says),), {"told_999": "told"}, danger, silence=False
            )

    def _settle(self, receipt: Receipt) -> Receipt:
        self._metrics.messages.labels(receipt.status).inc()
        if receipt.status == "conflict":
            raise Problem("client_id_conflict")
        if receipt.status == "unknown":
            raise Problem("conversation_unknown")
        if receipt.status == "closed":
            raise Problem(
                "conversation_closed",
                next="Start a new conversation and name this one in `previous`.",
            )
        return receipt


def learnt(snapshot: Snapshot, reading: Reading) -> Json:
    """What the state learns from the reading itself, so that a handler sees it with the
    assistant dead: the cues with the words that show them, and the first route and type."""
    state = snapshot.state
    held = {(cue.get("name"), cue.get("words")) for cue in state.cues}
    fresh = [
        {"name": c.name, "words": c.words, "seq": snapshot.length + 1, "meaning": c.meaning}
        for c in reading.cues
        if (c.name, c.words) not in held
    ]
    found: Json = {}
    if fresh:
        found["cues"] = [*state.cues, *fresh][-config.MAX_CUES :]
    if state.route is None and reading.act is None and not reading.failed:
        found |= {"route": reading.route, "subtype": reading.type}
    return found


def queue_why(snapshot: Snapshot, reading: Reading, step: safety.SafetyStep) -> str | None:
    """Why this message puts the conversation before a person at once (design section 4).

    Danger, a protected person, a possible suspect, or words of risk that the reader could
    not place. The console shows this beside the words themselves.
    """
    state = snapshot.state
    cues = ", ".join(sorted(reading.cue_names())).replace("_", " ")
    if step.danger == "now" and state.danger != "now":
        return f"danger now ({cues})" if cues else "danger now"
    if state.owner != "bot":
        return None
    for name, why in _WHY.items():
        if step.changes.get(name):
            return why
    if reading.cues and reading.confidence < LOW_CONFIDENCE and step.danger != "none":
        return f"not sure what it is, and a risk ({cues})"
    return None
