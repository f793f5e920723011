"""Moves between owners, edits, notes, blanking: written by compare-and-set."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.desk import moves, names
from bot.desk.board import Board
from bot.desk.console import Console
from bot.desk.lines import Guard, blanked, machine_lines, note
from bot.desk.moves import Ask, Move, Ruling
from bot.desk.results import Moved
from bot.desk.state import State, plain, to_hash
from bot.desk.writes import Write

_UNKNOWN = "There is no such conversation."
_BUSY = "Too much is happening in this conversation. Try again."
_MOVED_ON = "The conversation has moved on. Look again first."
_NOT_THERE = "That call handler is not here now. Choose another."
_EMPTY = "Nobody is waiting."
# What a ruling rests on; if one of these changed meanwhile, it is made again.
_SEEN = ("owner", "danger", "peak", "lost", "suicide", "protected", "queue_since", "rev")


class Handling(Board, Console):
    """The verbs of call handlers, of the clock and of erasure."""

    async def move(
        self,
        conversation: str,
        name: str,
        *,
        by: str,
        reason: str = "",
        to: str | None = None,
        code: str | None = None,
        fields: Mapping[str, Any] | None = None,
        lines: Iterable[Mapping[str, Any]] = (),
        expected_length: int | None = None,
        guard: Guard | None = None,
    ) -> Moved:
        """One move of the table, with its staff note, and `lines` said to the person.

        `by`: operator id, person, bot or system. `to`: the operator of a transfer, or
        the danger of raise, lower and reopen. `fields`: details of an edit, else state
        fields. `expected_length`: refuse if the log has grown since the caller looked.
        Refusals are plain sentences in `problem`; ValueError for a name that is no move.
        """
        move = Move(name)
        by = by.removeprefix(names.OPERATOR)
        to = to.removeprefix(names.OPERATOR) if to else to
        said, replaced = machine_lines(lines, guard or self.guard)
        if move is Move.TRANSFER and to and to not in await self.present():
            return Moved(False, _NOT_THERE, None, conversation)
        for _ in range(names.MOVE_TRIES):
            found = await self.read(conversation)
            if found is None:
                return Moved(False, _UNKNOWN, None, conversation)
            raw, draft = found
            state = State.from_hash(raw)
            if expected_length is not None and expected_length != state.length:
                return Moved(False, _MOVED_ON, state, conversation)
            ask = Ask(move, by, self.clock(), reason, to, code, bool(said))
            ruling = moves.decide(state, ask)
            if ruling.problem:
                return Moved(False, ruling.problem, state, conversation)
            change = _change(state, ask, ruling, fields or {}, draft)
            change.expect = {name: raw.get(name, "") for name in _SEEN}
            if expected_length is not None:
                change.expect["length"] = raw.get("length", "")
            change.lines = [*change.lines, *said]
            change.count[names.COUNT_GUARDED] = replaced
            change.due = [*change.due, (names.ARCHIVE, self._archive_at(), "LT")]
            status, after, events = await self.write(conversation, change)
            if status == names.OK:
                return Moved(True, None, after, conversation, tuple(events))
        return Moved(False, _BUSY, None, conversation)

    async def next(
        self, operator: str, lines: Iterable[Mapping[str, Any]] = (), guard: Guard | None = None
    ) -> Moved:
        """Claims the most urgent waiting conversation; the loser of a race gets the one after."""
        lines = list(lines)
        for waiting in await self.queue():
            moved = await self.move(
                waiting.conversation, Move.CLAIM.value, by=operator, lines=lines, guard=guard
            )
            if moved.ok:
                return moved
        return Moved(False, _EMPTY, None)

    async def note(self, conversation: str, *, by: str, text: str, says: str) -> bool:
        """A staff entry, for example an audited read (`says="note.read"`). False: unknown."""
        made = note(by.removeprefix(names.OPERATOR), text, says)
        change = Write(lines=[made], due=[(names.ARCHIVE, self._archive_at(), "LT")])
        return (await self.write(conversation, change))[0] == names.OK

    async def blank(self, conversation: str, seqs: Iterable[int], *, by: str, reason: str) -> int:
        """Takes the words out of entries; numbers and chain stay. Returns how many it blanked.

        The words go from cues and draft too, and the tracker, which holds them, is
        dropped: the dialogue starts again from the draft.
        """
        wanted = set(seqs)
        by = by.removeprefix(names.OPERATOR)
        for _ in range(names.MOVE_TRIES):
            found = await self.read(conversation)
            if found is None:
                return 0
            raw, draft = found
            texts = await self.raw_log(conversation)
            rewrite = [(n, blanked(t)) for n, t in enumerate(texts, 1) if n in wanted]
            change = Write(
                expect={"rev": raw.get("rev", ""), "length": raw.get("length", "")},
                set={
                    "cues": _without_words(raw.get("cues", ""), wanted),
                    "rev": str(int(raw.get("rev") or 0) + 1),
                },
                lines=[note(by, f"Text removed: {reason}", "note.blank", reason=reason)],
                rewrite=rewrite,
                draft=_scrubbed(draft, wanted),
                due=[(names.ARCHIVE, self._archive_at(), "LT")],
                count={names.COUNT_BLANKED: len(rewrite)},
                forget_digests=True,
            )
            status, _, _ = await self.write(conversation, change)
            if status == names.OK:
                return len(rewrite)
        return 0

    async def forget(self, conversation: str) -> None:
        """Removes a conversation from the live desk, after it is archived or by retention."""
        found = await self.read(conversation)
        reserved = [found[1].get("reference_next"), found[0].get("reference")] if found else []
        pipe = self.client.pipeline(transaction=True)
        pipe.delete(*(self.part(conversation, s) for s in names.CONVERSATION_SUFFIXES))
        pipe.srem(self.key(names.ATTENDED), conversation)
        pipe.zrem(self.key(names.WORK), *(f"{k}:{conversation}" for k in names.WORK_KINDS))
        for reference in filter(None, reserved):
            pipe.hdel(self.key(names.REFS), reference)
        await self.call(pipe.execute())

    def _archive_at(self) -> int:
        return self.clock() + names.ARCHIVE_DELAY_MS


def _change(
    state: State, ask: Ask, ruling: Ruling, fields: Mapping[str, Any], draft: dict[str, Any]
) -> Write:
    change = Write(
        set=dict(ruling.set),
        due=[(kind, at, "") for kind, at in ruling.due],
        not_due=ruling.not_due,
        count=dict(ruling.count),
    )
    detail: dict[str, Any] = {"from": state.owner, "code": ask.code, "to": ask.to}
    if ask.move is Move.EDIT:
        bad = [name for name in fields if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name)]
        if bad:
            raise ValueError(f"not names of details: {bad}")
        change.draft = moves.edited(draft, fields, state.length)
        change.set["rev"] = str(state.rev + 1)
        detail["details"] = sorted(fields)
    else:
        change.set = {**to_hash(fields), **change.set}
    if ask.move in (Move.LOWER_DANGER, Move.RAISE_DANGER, Move.REOPEN):
        detail["danger_from"] = state.danger
    text = ruling.text
    says = f"note.{ask.move.value}"
    made = note(ask.by, text, says, name=ask.move.value, reason=ask.reason, **detail)
    change.lines = [made]
    return change


def _without_words(cues: str, seqs: set[int]) -> str:
    held = json.loads(cues or "[]")
    gone = [{**c, "words": "", "meaning": ""} if c.get("seq") in seqs else c for c in held]
    return plain(gone)


def _scrubbed(draft: dict[str, Any], seqs: set[int]) -> dict[str, Any]:
    account = [a for a in draft.get("account") or [] if a.get("seq") not in seqs]
    details = {n: d for n, d in (draft.get("details") or {}).items() if d.get("seq") not in seqs}
    return {**draft, "account": account, "details": details}
