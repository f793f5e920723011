"""The desk: log, state, draft, work list and four scripts (design section 4).

All of it is async; `DeskUnavailable` when the server cannot be reached. Nothing
outside `bot/desk` knows that the server is Redis.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.desk import names
from bot.desk.board import Board
from bot.desk.console import Console
from bot.desk.handling import Handling
from bot.desk.lines import Guard, canonical, digest, entry, flat, machine_lines, note, packed
from bot.desk.results import Committed, Receipt, Snapshot, Taken
from bot.desk.state import State, to_hash
from bot.desk.store import Clock, now_ms, open_client
from bot.desk.writes import Write, state_of

_DEFAULT_WHY = "danger in the person's words"


class Desk(Handling, Board, Console):
    """One desk on one server; made with `connect`."""

    reference_prefix: str = "GM"

    @classmethod
    async def connect(
        cls,
        url: str,
        desk_id: str,
        clock: Clock = now_ms,
        guard: Guard | None = None,
        reference_prefix: str = "GM",
    ) -> Desk:
        """Opens a desk and checks that the server answers. Raises DeskUnavailable, ValueError."""
        desk = cls(open_client(url), desk_id, clock)
        desk.guard, desk.reference_prefix = guard, reference_prefix
        try:
            await desk.ping()
        except BaseException:
            await desk.close()
            raise
        return desk

    async def ping(self) -> None:
        """Raises DeskUnavailable when the server does not answer."""
        await self.call(self.client.ping())

    def new_reference(self) -> str:
        """A reference nobody can guess: 8 of 24 signs (1.1e11), read aloud without mistakes."""
        signs = [secrets.choice(names.REFERENCE_ALPHABET) for _ in range(8)]
        return f"{self.reference_prefix}-{''.join(signs[:4])}-{''.join(signs[4:])}"

    async def create(
        self,
        conversation: str,
        fields: Mapping[str, Any],
        draft: Mapping[str, Any],
        lines: Iterable[Mapping[str, Any]] = (),
        guard: Guard | None = None,
    ) -> Snapshot:
        """Starts a conversation with the bot. Made twice: the first one stands.

        The draft gets a `reference_next` that no other conversation has.
        """
        said, replaced = machine_lines(lines, guard or self.guard)
        now = str(self.clock())
        first = {"owner": names.BOT, "danger": "none", "peak": "none", "created": now}
        zero = dict.fromkeys(("turn", "tries", "fails", "cursor", "rev", "length"), "0")
        while True:
            reserved = self.new_reference()
            change = Write(
                create=True,
                reserve=reserved,
                set={**to_hash(fields), **first, **zero},
                lines=said,
                draft={**draft, "reference_next": reserved},
                due=[(names.ARCHIVE, self.clock() + names.ARCHIVE_DELAY_MS, "LT")],
                count={names.COUNT_GUARDED: replaced},
            )
            status, _, _ = await self.write(conversation, change)
            if status != "reference_taken":
                break
        made = await self.snapshot(conversation)
        if made is None:
            raise RuntimeError(f"conversation {conversation} vanished while it was made")
        return made

    async def receive(
        self,
        conversation: str,
        *,
        client_id: str,
        text: str,
        payload: str | None = None,
        reading: Mapping[str, Any] | None = None,
        lines: Iterable[Mapping[str, Any]] = (),
        changes: Mapping[str, Any] | None = None,
        danger: str = "none",
        expected_length: int | None = None,
        queue_why: str | None = None,
        guard: Guard | None = None,
    ) -> Receipt:
        """A person's message and all that follows from it, in one step.

        `lines` are said at once (type safety unless given); `changes` are state
        fields; `danger` only raises; `queue_why` queues; `expected_length` None
        takes the message whatever came between (the second try of "grown").
        """
        if danger not in names.DANGER:
            raise ValueError(f"danger is one of {', '.join(names.DANGER)}, not {danger!r}")
        lines = [{"type": "safety", "sender": "bot", **line} for line in lines]
        said, replaced = machine_lines(lines, guard or self.guard)
        lang = (reading or {}).get("language")
        message = entry(
            type="message",
            sender="person",
            text=text,
            lang=lang,
            client_id=client_id,
            payload=payload,
            reading=dict(reading) if reading else None,
        )
        why = queue_why or _DEFAULT_WHY
        receipt = await self._receive(
            conversation,
            sender_and_id=[names.PERSON, client_id],
            digest=digest(canonical([text, payload])),
            message=packed(message),
            lines=[packed(line) for line in said],
            changes=to_hash(changes or {}),
            danger=danger,
            expected_length=-1 if expected_length is None else expected_length,
            queue_why=queue_why,
            default_why=_DEFAULT_WHY,
            note_danger=packed(
                note(names.SYSTEM, f"Danger is now {danger!r}.", "note.danger", to=danger)
            ),
            note_queue=packed(
                note(names.SYSTEM, f"To the queue: {why}.", "note.queue", name="queue", reason=why)
            ),
            note_reopen=packed(
                note(names.SYSTEM, f"Open again: {why}.", "note.reopen", name="reopen", reason=why)
            ),
        )
        if receipt.status == names.NEW and replaced:
            await self.count(names.COUNT_GUARDED, replaced)
        return receipt

    async def operator_message(
        self, conversation: str, operator: str, client_id: str, text: str
    ) -> Receipt:
        """A call handler's message; refused unless this operator owns the conversation."""
        message = entry(
            type="message", sender="operator", text=text, by=operator, client_id=client_id
        )
        return await self._receive(
            conversation,
            sender_and_id=[names.OPERATOR + operator, client_id],
            digest=digest(canonical([text, None])),
            message=packed(message),
            lines=[],
            operator=operator,
        )

    async def _receive(
        self, conversation: str, *, sender_and_id: list[str], **args: object
    ) -> Receipt:
        if not 0 < len(sender_and_id[1]) <= names.CLIENT_ID_MAX:
            raise ValueError(f"a client id has 1 to {names.CLIENT_ID_MAX} characters")
        # A digest: a client chooses its ids, so they may hold a person's words.
        given = {"conversation": conversation, "id": digest(canonical(sender_and_id)), **args}
        status, state, entries, seq = await self.script("receive", given)
        return Receipt(status, int(seq), state_of(state), [flat(text) for text in entries])

    async def take(
        self, kinds: Sequence[str], lease_ms: int = names.LEASE_MS, worker: str = ""
    ) -> Taken | None:
        """The lowest due work of these kinds, under a lease; None when nothing is due."""
        got = await self.script("take", {"kinds": list(kinds), "lease": lease_ms})
        if not got:
            return None
        kind, conversation, lease, state, draft, tracker, entries = got
        # A staff note may be the person's doing too ("quick exit"): it is no message.
        pending = [
            e for e in map(flat, entries) if e["sender"] == names.PERSON and e["type"] == "message"
        ]
        return Taken(
            kind,
            conversation,
            worker,
            lease,
            state_of(state),
            json.loads(draft or "{}"),
            pending,
            tracker or None,
        )

    async def commit(
        self,
        taken: Taken,
        *,
        lines: Iterable[Mapping[str, Any]],
        draft: Mapping[str, Any],
        tracker: str | None = None,
        history: Sequence[str] = (),
        cursor: int,
        fields: Mapping[str, Any] | None = None,
        wants: Mapping[str, Any] | None = None,
        guard: Guard | None = None,
    ) -> Committed:
        """Writes a turn, whole or not at all.

        `cursor` is the last number that the turn handled; `tracker` and each item
        of `history` are JSON texts; `fields` may hold the `reference` (the first
        one stays); `wants` is `{"queue": {"why": ...}}` or `{"close": True}`.
        """
        said, replaced = machine_lines(lines, guard or self.guard)
        wants, given = wants or {}, to_hash(fields or {})
        reference = given.pop("reference", "") or draft.get("reference")
        asking = {k: given.pop(k) for k in names.ASKING_FIELDS if k in given}
        why = (wants.get("queue") or {}).get("why")
        queue_note = note(
            names.BOT, f"To the queue: {why}.", "note.queue", name="queue", reason=why
        )
        close_note = note(names.BOT, "Closed: nothing is open.", "note.close", name="close")
        args = {
            "conversation": taken.conversation,
            "turn": taken.turn,
            "rev": taken.rev,
            "danger": taken.state.danger,
            "peak": taken.state.peak,
            "lines": [packed(line) for line in said],
            "cursor": cursor,
            "fields": given,
            "asking": asking,
            "reference": reference or None,
            "queue_why": why,
            "note_queue": packed(queue_note) if why else None,
            "note_close": packed(close_note) if wants.get("close") else None,
        }
        texts = [canonical(draft), tracker or "", *history]
        status, state, entries, dropped = await self.script("commit", args, texts)
        if replaced and status in names.COMMIT_DONE:
            await self.count(names.COUNT_GUARDED, replaced)
        return Committed(status, int(dropped), state_of(state), [flat(text) for text in entries])

    async def fail(self, taken: Taken) -> int:
        """A turn that gave no reply: it is due again soon. Returns the failures so far.

        After `names.TURN_TRIES` the next `Taken.failed_before` is true: then commit
        a plain sentence with `wants={"queue": ...}`.
        """
        fails = taken.state.fails + 1
        change = Write(
            expect={"turn": str(taken.turn)},
            set={"fails": str(fails), "turn": str(taken.turn + 1)},
            due=[(names.TURN, self.clock() + names.RETRY_BACKOFF_MS, "")],
            count={names.COUNT_FAILED: 1},
            quiet=True,
        )
        await self.write(taken.conversation, change)
        return fails


__all__ = ["Committed", "Desk", "Receipt", "Snapshot", "State", "Taken"]
